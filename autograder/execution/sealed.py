"""Runs one notebook in two confined processes: JSON in, JSON out, idempotent.

The student's process runs the cells of the lesson and of the student, the test process the
lesson's and the tests. They speak only through this process, which keeps the time and
believes nobody but the test process about a test.
"""

import contextlib
import time
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import autograder.lean_imports  # noqa: F401

# isort: split
from nbformat import NotebookNode

from autograder.execution import beside
from autograder.execution.apart import second_look
from autograder.execution.engine import Workers
from autograder.execution.outputs import Outputs, shortened, text
from autograder.execution.router import Broken, Router
from autograder.execution.scratch import remove
from autograder.execution.warm import close, group, warm
from autograder.execution.watchdog import Watchdog
from autograder.notebook import in_common, notebooks
from autograder.notebook.cells import (
    grade_id,
    is_demonstration,
    is_extra,
    is_solution,
    is_test,
    runs_with_answer,
)
from autograder.sandbox.cgroup import Group
from autograder.sandbox.child import Setting
from autograder.sandbox.protocol import READY
from autograder.sandbox.wire import Disconnected, Timeout, WireError
from autograder.sandbox.zygote import Child, NoZygote
from autograder.task import (
    ERROR_TEXT,
    OUT_OF_MEMORY,
    WALL_CELLS,
    CellRun,
    Cut,
    Outcome,
    OwnError,
    Task,
)

__all__ = ["close", "run", "slots"]

ISOLATION = "sealed"
BOUNDED = "sealed in a cgroup ({})"  # the controllers that bounded every process
COLD = "the libraries could not be imported beforehand ({}): every submission imports them anew"
START = 60.0  # seconds that a confined process may take to start


def run(task: Task) -> Outcome:
    """Run the code cells of `task` one after the other, its tests apart from its answers.

    A cell over its time is interrupted and the next one runs; a process that dies, or cannot
    be interrupted, ends the run, and what was reached is kept. Cells tagged `demo` are not
    run. Never raises for what the notebook's code does.
    """
    started = time.monotonic()
    notebook = notebooks.node(task["notebook"])
    remarks: list[str] = []
    runs: list[CellRun] = []
    apart: list[CellRun] = []
    bounds: list[tuple[str, ...]] = []
    infra = None
    try:
        _run_twice_at_most(task, notebook, runs, remarks, bounds)
        without = second_look(notebook, runs)
        if without is not None:
            _run_twice_at_most(task, without, apart, [], bounds)
    except (NoZygote, Broken) as problem:
        infra = str(problem)[:ERROR_TEXT]
    return Outcome(
        notebook=shortened(notebook),
        cells=runs,
        seconds=round(time.monotonic() - started, 2),
        infra=infra,
        isolation=_isolation(notebook, bounds),
        remarks=remarks,
        apart=apart,
    )


def slots(jobs: int) -> Workers:
    """Return slots for such runs: threads, since the work is in the children they watch."""

    def stop(executor: Executor) -> None:
        executor.shutdown(wait=False, cancel_futures=True)
        close()
        executor.shutdown(wait=True, cancel_futures=True)

    return Workers(jobs, run, ThreadPoolExecutor, stop)


def _run_twice_at_most(
    task: Task,
    notebook: NotebookNode,
    runs: list[CellRun],
    remarks: list[str],
    bounds: list[tuple[str, ...]],
) -> None:
    """Run a notebook's cells, and once more if the test process fails at an answer.

    If it fails again, the answer is the cause, and the run ends there. Raises NoZygote or Broken
    for other failures.
    """
    try:
        _run(task, notebook, runs, remarks, bounds, is_second=False)
    except Broken as problem:
        if not problem.answered:
            raise
        runs.clear()
        _run(task, notebook, runs, remarks, bounds, is_second=True)


def _run(
    task: Task,
    notebook: NotebookNode,
    runs: list[CellRun],
    remarks: list[str],
    bounds: list[tuple[str, ...]],
    is_second: bool,
) -> None:
    """Run a notebook's cells in two processes made for it; add what became of each to `runs`.

    The controllers of a control group that bounded them are added to `bounds`. Raises NoZygote or
    Broken if the grader's own processes fail. In a second run, a test process that fails at an
    answer raises nothing: the run ends there, as if the student's process had.
    """
    private = Path(mkdtemp(prefix="autograder-"))
    processes: list[Child] = []
    bound = group(task["memory"])
    try:
        _fork_both(task, private, processes, remarks)
        bound.add([process.pid for process in processes])
        bounds.append(bound.controllers)
        for process in processes:
            _await_start(process)
        _run_cells(task, notebook, processes, bound, runs, is_second)
    finally:
        for process in processes:
            process.close()
        bound.close()
        with contextlib.suppress(OSError):
            remove(private)


def _isolation(notebook: NotebookNode, bounds: list[tuple[str, ...]]) -> str:
    """Return the kind of isolation, with the ids of tests that ran in the student's process.

    A control group is told only if it was there in every run; its controllers are in `bounds`.
    """
    weak = [grade_id(cell) for cell in notebook.cells if runs_with_answer(cell)]
    bounded = bool(bounds) and all(bounds)
    sealed = BOUNDED.format(" ".join(bounds[0])) if bounded else ISOLATION
    return f"{sealed}, but weak for {' '.join(weak)}" if weak else sealed


def _fork_both(task: Task, private: Path, processes: list[Child], remarks: list[str]) -> None:
    """Add the student's process and the test process to `processes`.

    If the warm interpreter cannot fork, they come from one without libraries, and a remark says so.

    Raises NoZygote if there is no interpreter at all.
    """
    zygote = warm(tuple(task["preload"]))
    for role in ("witness", "judge"):
        setting = _setting(role, private / role, task)
        try:
            processes.append(zygote.fork(dict(setting)))
        except NoZygote as problem:
            if not zygote.is_alive():  # killed from outside: the task is run once more
                raise
            remarks.append(COLD.format(problem))
            zygote = warm(())
            processes.append(zygote.fork(dict(setting)))


def _setting(role: str, scratch: Path, task: Task) -> Setting:
    work = scratch / "work"
    work.mkdir(parents=True)
    try:
        beside.lay(work, task, with_own=role == "witness")
    except OSError as problem:
        raise Broken(f"a file beside the notebook cannot be read here: {problem}") from problem
    return Setting(
        role=role,
        scratch=str(scratch),
        data=task["data"] if task["data"] and Path(task["data"]).is_dir() else None,
        memory=task["memory"],
        cpu_seconds=4 * WALL_CELLS * task["cell_timeout"],
        seed=task["seed"],
    )


def _await_start(process: Child) -> None:
    """Wait until a process is confined and has a shell. Raises Broken if that fails."""
    try:
        message = process.link.receive(time.monotonic() + START)
    except (Disconnected, Timeout) as problem:
        raise Broken("a sealed process did not start") from problem
    if message.kind != READY:
        raise Broken(message.body.decode("utf-8", "replace"))


def _run_cells(
    task: Task,
    notebook: NotebookNode,
    processes: list[Child],
    bound: Group,
    runs: list[CellRun],
    is_second: bool,
) -> None:
    """Run the cells in order, as far as it goes; what becomes of each is added to `runs`.

    Raises Broken if the grader's own processes fail.
    """
    student, tests = processes
    outputs = Outputs()
    watchdog = Watchdog(task["cell_timeout"], processes, outputs)
    common = in_common.of(notebook)
    router = Router(task["answers"], common, student, tests, watchdog, outputs)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = []  # of a run before this one: what is not reached shows nothing
    count = 0
    for index, cell in enumerate(notebook.cells):
        if cell.cell_type != "code" or not cell.source.strip() or is_demonstration(cell):
            continue
        if not watchdog.start_cell():
            runs[-1]["cut"] = runs[-1]["cut"] or "timeout"
            return
        count += 1
        cell.execution_count = count
        outputs.start(cell)
        current = CellRun(
            index=index,
            ok=False,
            cut=None,
            ename="",
            evalue="",
            line=None,
            own=None,
            where="",
            seconds=0.0,
        )
        runs.append(current)
        started = time.monotonic()
        abrupt: Cut | None = None
        done = None
        try:
            done = router.run(index, cell)
        except (Disconnected, WireError):
            abrupt = "died"
        except Broken as problem:
            if not (is_second and problem.answered):
                raise
            abrupt = "died"
        except Timeout:  # somebody does not take what is sent
            abrupt = "timeout"
        current["seconds"] = round(time.monotonic() - started, 3)
        if abrupt is not None:
            if student.parent.ends_within(0.3):  # and took its children with it
                raise Broken("the warm interpreter was killed")
            current["cut"] = watchdog.cut or ("out-of-memory" if bound.ran_out() else abrupt)
            return
        _record(current, done, watchdog.cut)
        if runs_with_answer(cell):
            current["line"] = None  # the student's word: it could pass a hidden test off as visible
        if type(done) is dict and not current["ok"]:
            current["own"] = _own_error(done.get("own"), notebook, router.run_by_student)
            if is_test(cell) and not runs_with_answer(cell):  # else it is the student's word
                current["where"] = text(done.get("where"))[:ERROR_TEXT]
        if outputs.quota.is_used_up:
            current["cut"] = "output-limit"
            return


def _record(current: CellRun, done: Any, cut: Cut | None) -> None:
    """Write into `current` what the process that ran the cell says (`done`), and why it was cut."""
    failed = type(done) is not dict or done.get("ok") is not True or cut == "timeout"
    current["ok"] = not failed
    current["cut"] = cut
    if failed and type(done) is dict:
        current["ename"] = text(done.get("ename"))[:100]
        current["evalue"] = text(done.get("evalue"))[:ERROR_TEXT]
        line = done.get("line")
        current["line"] = line if type(line) is int else None
        if cut is None and current["ename"] in OUT_OF_MEMORY:
            current["cut"] = "out-of-memory"


def _own_error(said: Any, notebook: NotebookNode, cells: list[int]) -> OwnError | None:
    """Return where in the student's own code a test's error arose, or None.

    `said` comes from the student's process, so it is checked to name a line of the student's own
    cells; `cells` are the places of those that were run.
    """
    if type(said) is not list or len(said) != 3:
        return None
    name, number, line = text(said[0])[:100], said[1], said[2]
    if type(number) is not int or type(line) is not int or not 0 < number <= len(cells):
        return None
    cell = notebook.cells[cells[number - 1]]
    if not (is_solution(cell) or is_extra(cell)):
        return None
    if not 0 < line <= len(cell.source.split("\n")):
        return None
    return OwnError(ename=name, index=cells[number - 1], line=line)
