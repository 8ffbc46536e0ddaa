"""Runs one notebook in two sealed processes: JSON in, JSON out, idempotent.

The witness runs the cells of the lesson and of the student, the judge the lesson's and the
tests. They speak only through this process, which passes their questions and answers on
unread, keeps the time, and believes nobody but the judge about a test.
"""

import contextlib
import json
import signal
import threading
import time
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from nbformat import NotebookNode
from nbgrader.preprocessors import LimitOutput

import autograder.lean_imports  # noqa: F401
from autograder import files
from autograder.execution.outputs import Outputs, content, text
from autograder.notebook import cells, notebooks
from autograder.sandbox import remote
from autograder.sandbox.child import BROKEN, DONE, OUTPUT, READY, RUN, Setting
from autograder.sandbox.remote import ANSWER, ASK
from autograder.sandbox.watch import overstepped
from autograder.sandbox.wire import Gone, Late, Message, WireError
from autograder.sandbox.zygote import MAX_FORKS, Child, NoZygote, Zygote, words
from autograder.task import (
    ERROR_TEXT,
    NOTEBOOK_OUTPUT,
    OUT_OF_MEMORY,
    PATIENCE,
    WALL_CELLS,
    CellRun,
    Cut,
    Outcome,
    Task,
)

ISOLATION = "sealed"
COLD = "the libraries could not be imported beforehand ({}): every submission imports them anew"
START = 60.0  # seconds that a sealed process may take to start
LOOK = 0.5  # seconds between two looks at what a child has taken
AGAIN = 1.0  # seconds between two interrupts: one may come when it is the other child's turn
_OF_THE_JUDGE = ("error", "execute_result")  # kept always: the result may be partial credit
_SHOWN_IN_TESTS = ("stream", "display_data")  # of the witness: no result and no error is its own

_zygotes: dict[tuple[str, ...], Zygote] = {}  # by what they have imported, for all threads
_lock = threading.Lock()


def run(task: Task) -> Outcome:
    """Run the code cells of `task` one after the other, its tests apart from its answers.

    A cell over its time is interrupted and the next one runs; a process that dies, or cannot
    be interrupted, ends the run, and what was reached is kept. Cells tagged `demo` are not
    run. Never raises for what the notebook's code does.
    """
    started = time.monotonic()
    notebook = notebooks.node(task["notebook"])
    zygote_words = words(
        "\n".join(
            cell.source
            for cell in notebook.cells
            if not (cells.is_solution(cell) or cells.is_extra(cell))
        )
    )
    remarks: list[str] = []
    infra = None
    runs: list[CellRun] = []
    private = Path(mkdtemp(prefix="autograder-"))
    children: list[Child] = []
    try:
        zygote = _warm(zygote_words)
        for role in ("witness", "judge"):
            setting = _setting(role, private / role, task)
            try:
                children.append(zygote.fork(dict(setting)))
            except NoZygote as problem:
                if not zygote.is_alive():  # killed from outside: the task is run once more
                    raise
                remarks.append(COLD.format(problem))
                zygote = _warm(())
                children.append(zygote.fork(dict(setting)))
        for child in children:
            _await_start(child)
        conductor = _Conductor(task, notebook, *children)
        runs = conductor.runs
        conductor.run_all()
    except _Stop:
        pass
    except (NoZygote, _Broken) as problem:
        infra = str(problem)[:ERROR_TEXT]
    finally:
        for child in children:
            child.close()
        with contextlib.suppress(OSError):
            files.remove(private)
    notebook, _ = LimitOutput().preprocess(notebook, {})
    return Outcome(
        notebook=notebooks.plain(notebook),
        cells=runs,
        seconds=round(time.monotonic() - started, 2),
        infra=infra,
        isolation=_isolation(notebook),
        remarks=remarks,
    )


def _isolation(notebook: NotebookNode) -> str:
    """Return what kept the code in, and which tests were all the same run beside it."""
    weak = [cells.grade_id(cell) for cell in notebook.cells if cells.runs_with_answer(cell)]
    return f"{ISOLATION}, but weak for {' '.join(weak)}" if weak else ISOLATION


def close() -> None:
    """End the warm interpreters, and with them every run that goes on."""
    with _lock:
        for zygote in _zygotes.values():
            zygote.close()
        _zygotes.clear()


def _setting(role: str, scratch: Path, task: Task) -> Setting:
    scratch.mkdir()
    return Setting(
        role=role,
        scratch=str(scratch),
        data=task["data"] if task["data"] and Path(task["data"]).is_dir() else None,
        memory=task["memory"],
        cpu_seconds=4 * WALL_CELLS * task["cell_timeout"],
        seed=task["seed"],
    )


def _warm(libraries: tuple[str, ...]) -> Zygote:
    """Return an interpreter that has imported these, a new one where the old has served."""
    with _lock:
        zygote = _zygotes.get(libraries)
        if zygote is None or not zygote.is_alive() or zygote.forks >= MAX_FORKS:
            if zygote is not None:
                zygote.retire()
            zygote = _zygotes[libraries] = Zygote(libraries)
        return zygote


def _await_start(child: Child) -> None:
    """Wait until a child is sealed and has a shell. Raises _Broken if that fails."""
    try:
        message = child.link.receive(time.monotonic() + START)
    except (Gone, Late) as problem:
        raise _Broken("a sealed process did not start") from problem
    if message.kind != READY:
        raise _Broken(message.body.decode("utf-8", "replace"))


class _Stop(Exception):
    """No further cell is run."""


class _Broken(Exception):
    """The judge, or the way to it, failed: the grader's fault, not the student's."""


class _Conductor:
    def __init__(self, task: Task, notebook: NotebookNode, witness: Child, judge: Child) -> None:
        self._task = task
        self._notebook = notebook
        self._witness = witness
        self._judge = judge
        self._outputs = Outputs()
        self._end = time.monotonic() + WALL_CELLS * task["cell_timeout"]
        self._deadline = 0.0  # of the current cell
        self._interrupted: float | None = None  # when the current cell was
        self._again = 0.0  # when it is to be interrupted next
        self._cut: Cut | None = None
        self._looked = 0.0
        self.runs: list[CellRun] = []

    def run_all(self) -> None:
        """Run the cells in order. Raises _Stop where no further one can be, _Broken."""
        count = 0
        for index, cell in enumerate(self._notebook.cells):
            if cell.cell_type != "code":
                continue
            if not cell.source.strip() or cells.is_demonstration(cell):
                continue
            count += 1
            cell.execution_count = count
            self._start(index, cell)
            try:
                apart = cells.is_test(cell) and not cells.runs_with_answer(cell)
                done = self._test(cell) if apart else self._plain(cell)
            except (Gone, WireError):
                self._ended_abruptly("died")
                raise _Stop from None
            except Late:  # somebody does not take what is sent
                self._ended_abruptly("timeout")
                raise _Stop from None
            self._record(done)
            if self._outputs.written > NOTEBOOK_OUTPUT:
                self.runs[-1]["cut"] = "output-limit"
                raise _Stop

    def _start(self, index: int, cell: NotebookNode) -> None:
        now = time.monotonic()
        if now >= self._end:
            self.runs[-1]["cut"] = self.runs[-1]["cut"] or "timeout"
            raise _Stop
        self._deadline = min(now + self._task["cell_timeout"], self._end)
        self._interrupted = self._cut = None
        self._started = now
        self._outputs.start(cell)
        self.runs.append(
            CellRun(index=index, ok=False, cut=None, ename="", evalue="", line=None, seconds=0.0)
        )

    def _plain(self, cell: NotebookNode) -> Any:
        """Run a cell of the lesson or of the student; of the lesson's, the judge has its own."""
        own = cells.is_solution(cell) or cells.is_extra(cell) or cells.runs_with_answer(cell)
        if not own:
            self._tell(self._judge, cell, test=False)
        self._tell(self._witness, cell, test=False)
        done = None
        while done is None:
            message = self._receive(self._witness)
            if message.kind == DONE:
                done = content(message.body)
            elif message.kind == OUTPUT:
                self._outputs.add(content(message.body))
            else:
                raise WireError("out of turn")
        if not own:
            self._finish_lesson()
        return done

    def _finish_lesson(self) -> None:
        """Wait for the judge's run of a lesson's cell, which may ask for the student's names."""
        while True:
            try:
                message = self._receive(self._judge)
            except Gone:
                raise _Broken("the judge ended in a cell of the lesson") from None
            if message.kind == DONE:
                return
            if message.kind == ASK:
                self._pass_on(message, self._judge, self._witness, show=False)

    def _test(self, cell: NotebookNode) -> Any:
        """Run a test in the judge, whose questions go to the witness."""
        self._tell(self._judge, cell, test=True)
        while True:
            message = self._receive(self._judge)
            if message.kind == DONE:
                return content(message.body)
            if message.kind == OUTPUT:
                self._outputs.add(content(message.body), always=_OF_THE_JUDGE)
            elif message.kind == ASK and self._interrupted is not None:
                # Its time is over: an answer that swallows interrupts is not asked again.
                self._judge.link.send(ANSWER, remote.interrupted(), self._deadline + PATIENCE)
            elif message.kind == ASK:
                self._pass_on(message, self._judge, self._witness, show=True)
            else:
                raise _Broken("the judge spoke out of turn")

    def _pass_on(self, question: Message, asker: Child, answerer: Child, show: bool) -> None:
        """Take a question over, and the answer back; in between it may be asked back."""
        answerer.link.send(ASK, question.body, self._deadline + PATIENCE)
        while True:
            message = self._receive(answerer)
            if message.kind == ANSWER:
                break
            if message.kind == ASK:
                self._pass_on(message, answerer, asker, show)
            elif message.kind == OUTPUT:
                if show:
                    self._outputs.add(content(message.body), _SHOWN_IN_TESTS)
            else:
                raise WireError("out of turn")
        asker.link.send(ANSWER, message.body, self._deadline + PATIENCE)

    def _tell(self, child: Child, cell: NotebookNode, test: bool) -> None:
        body = {"source": cell.source, "test": test, "answers": self._task["answers"]}
        child.link.send(RUN, json.dumps(body).encode(), self._end)

    def _receive(self, child: Child) -> Message:
        """Return the next message of the child whose turn it is, and mind its limits meanwhile.

        Over its time it is interrupted, and killed when that does not help.
        """
        while True:
            now = time.monotonic()
            self._mind(child, now)
            try:
                message = child.link.receive(now + LOOK)
            except Late:
                continue
            if message.kind == BROKEN and child is self._judge:
                raise _Broken(message.body.decode("utf-8", "replace"))
            return message

    def _mind(self, child: Child, now: float) -> None:
        if now - self._looked > LOOK:
            self._looked = now
            for each in (self._witness, self._judge):
                cut = overstepped(each.pid, each.scratch)
                if cut is not None:
                    self._cut = cut
                    each.kill()
        if self._interrupted is None:
            if now > self._deadline or self._outputs.full_since is not None:
                self._cut = "timeout" if now > self._deadline else "output-limit"
                self._interrupted, self._again = now, now + AGAIN
                child.signal(signal.SIGINT)
        elif now > self._interrupted + PATIENCE:
            child.kill()
        elif now > self._again:
            self._again = now + AGAIN
            child.signal(signal.SIGINT)

    def _record(self, done: Any) -> None:
        """Note what became of a cell, as the process that ran it says."""
        current = self.runs[-1]
        failed = type(done) is not dict or done.get("ok") is not True or self._cut == "timeout"
        current["ok"] = not failed
        current["seconds"] = round(time.monotonic() - self._started, 3)
        current["cut"] = self._cut
        if failed and type(done) is dict:
            current["ename"] = text(done.get("ename"))[:100]
            current["evalue"] = text(done.get("evalue"))[:ERROR_TEXT]
            line = done.get("line")
            current["line"] = line if type(line) is int else None
            if self._cut is None and current["ename"] in OUT_OF_MEMORY:
                current["cut"] = "out-of-memory"

    def _ended_abruptly(self, how: Cut) -> None:
        if not self._witness.parent.is_alive():  # and took its children with it
            raise _Broken("the warm interpreter was killed")
        current = self.runs[-1]
        current["seconds"] = round(time.monotonic() - self._started, 3)
        current["cut"] = self._cut or how
