"""Judges an executed notebook: a verdict for each test cell, a status for the whole."""

import math
import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from nbformat import NotebookNode

from autograder.checks import WrongAnswer
from autograder.notebook import cells, notebooks
from autograder.results.hint_wording import CUT_SHORT, known_exception, public
from autograder.results.status import Status
from autograder.results.verdict import NOT_ANSWERED, Kind, Result, Verdict, status_of
from autograder.submissions.rebuild import Rebuilt
from autograder.task import CellRun, Cut, Outcome

MAX_LINE = 120  # characters of a line of the student's code in a verdict
NOT_RUN = "not run"  # the isolation of what was refused
_CODE = re.compile(r"\[([a-z0-9-]+)\]\s*$")


def assess(
    student: str,
    assignment: str,
    rebuilt: Rebuilt,
    outcome: Outcome,
    no_numbers: Collection[str] = (),
) -> Result:
    """Return the result of an executed submission. Only tests seen to pass give points.

    `no_numbers` is as for `verdicts`.
    """
    found = verdicts(rebuilt.notebook, outcome, no_numbers)
    cuts = [
        (run["cut"], rebuilt.notebook.cells[run["index"]])
        for run in outcome["cells"]
        if run["cut"] is not None
    ]
    if outcome["infra"] is not None:
        status: Status = "infra-error"
        found = ()
        notes = [outcome["infra"]]
    else:
        by_hand = len(_order(rebuilt.notebook)) > len(found)
        whole = status_of(found, rebuilt.is_blank, by_hand)
        status = _costly_cut(rebuilt.notebook, outcome) or (cuts[0][0] if cuts else whole)
        notes = [*rebuilt.notes, *(f"{_where(cell)} {CUT_SHORT[cut]}" for cut, cell in cuts)]
        if status == "blank":
            notes.append("no answer was written")
    return Result(
        student=student,
        assignment=assignment,
        status=status,
        verdicts=found,
        notes=tuple(notes),
        seconds=round(outcome["seconds"], 1),
        isolation=outcome["isolation"],
        cells=_cell_seconds(rebuilt.notebook, outcome),
        order=_order(rebuilt.notebook),
    )


def _costly_cut(notebook: NotebookNode, outcome: Outcome) -> Cut | None:
    """Return how the first cut that cost points came about, or None if none did.

    It is that of a test, or the one that ended the run before a test. Of the others the student
    is told nothing: with hidden inputs in mind, an answer could choose them at no price.
    """
    runs = {run["index"]: run for run in outcome["cells"]}
    for index, cell in enumerate(notebook.cells):
        if cells.is_test(cell) and index not in runs:
            return outcome["cells"][-1]["cut"] if runs else None
        if cells.is_test(cell) and not runs[index]["ok"] and runs[index]["cut"] is not None:
            return runs[index]["cut"]
    return None


def verdicts(
    notebook: NotebookNode, outcome: Outcome, no_numbers: Collection[str] = ()
) -> tuple[Verdict, ...]:
    """Return one verdict for each test cell of an executed notebook, in order.

    `no_numbers` are the tests whose last value is no number for the teacher's own solution: such a
    value leaves all points, as in nbgrader. For any other test it gives none, since an answer may
    have made it one.
    """
    runs = {run["index"]: run for run in outcome["cells"]}
    executed = outcome["notebook"].get("cells", [])
    answers = _answer_errors(notebook, runs)
    found = tuple(
        _verdict(
            notebook.cells,
            cell,
            runs.get(index),
            answers.get(cells.exercise(cell), ""),
            _credit(notebooks.node(executed[index]), cells.grade_id(cell) in no_numbers)
            if index in runs
            else None,
        )
        for index, cell in enumerate(notebook.cells)
        if cells.is_test(cell)
    )
    return found if outcome["apart"] is None else _apart(notebook, found, outcome["apart"])


def _answer_errors(notebook: NotebookNode, runs: dict[int, CellRun]) -> dict[str, str]:
    """Return, by exercise, the error that the cell with the answer ended with, if it did."""
    return {
        cells.grade_id(notebook.cells[index]): run["ename"]
        for index, run in runs.items()
        if cells.is_solution(notebook.cells[index])
    }


def _apart(
    notebook: NotebookNode, found: Sequence[Verdict], apart: Sequence[CellRun]
) -> tuple[Verdict, ...]:
    """Return the verdicts with what those may say that came after a hidden test.

    `apart` is what became of the cells in a run without hidden tests.
    """
    runs = {run["index"]: run for run in apart}
    answers = _answer_errors(notebook, runs)
    places = {cells.grade_id(cell): index for index, cell in enumerate(notebook.cells)}
    told = []
    met = False
    for verdict in found:
        met = met or verdict.met_hidden
        if met and not verdict.hidden and verdict.kind in ("wrong", "error", "no-answer"):
            run = runs.get(places[verdict.grade_id])
            said = ""
            if run is not None and not run["ok"] and run["cut"] is None:
                said = _failure(run, answers.get(verdict.exercise, ""))[2]
            verdict = replace(verdict, apart=said)
        told.append(verdict)
    return tuple(told)


def refused(
    student: str, assignment: str, template: NotebookNode, status: Status, reason: str
) -> Result:
    """Return the result of a submission that is not executed: no points, and the reason."""
    missed = tuple(
        Verdict(
            exercise=cells.exercise(cell),
            grade_id=cells.grade_id(cell),
            points=0.0,
            max_points=cells.points(cell),
            code=None,
            message=reason,
            hidden=False,
            kind="refused",
        )
        for cell in template.cells
        if cells.is_test(cell)
    )
    order = _order(template)
    return Result(student, assignment, status, missed, (reason,), 0.0, NOT_RUN, order=order)


def stray(student: str, name: str, reason: str) -> Result:
    """Return the result of a thing handed in that belongs to no assignment: unreadable."""
    return Result(student, "", "unreadable", (), (reason,), 0.0, NOT_RUN, name=name)


def _verdict(
    notebook: Sequence[NotebookNode],
    cell: NotebookNode,
    run: CellRun | None,
    answer_error: str,
    credit: float | None,
) -> Verdict:
    """Judge one test cell of a notebook.

    `answer_error` is the error that the answer's own cell ended with, `credit` the points
    that the test itself gives.
    """
    kind: Kind = "passed"
    code, message, ename, hidden = None, "", "", False
    own_error = own_line = ""
    if run is None:
        kind, message = "not-reached", "was not reached"
    elif run["cut"] is not None and not run["ok"]:
        kind, message = "cut", CUT_SHORT[run["cut"]]
    elif not run["ok"]:
        kind, code, message, ename = _failure(run, answer_error)
        hidden = cells.is_hidden_line(cell.source, run["line"])
        if run["own"] is not None:
            own_error = known_exception(run["own"]["ename"])
            own_line = notebook[run["own"]["index"]].source.split("\n")[run["own"]["line"] - 1]
    maximum = earned = cells.points(cell)
    if message:
        earned = 0.0
    elif credit is not None and credit != maximum:
        earned = min(max(credit, 0.0), maximum)
        # To a hundredth, as pages show points: more digits could say more.
        kind, message = "partial-credit", f"{round(earned, 2):g} of {maximum:g} points"
    return Verdict(
        exercise=cells.exercise(cell),
        grade_id=cells.grade_id(cell),
        points=earned,
        max_points=maximum,
        code=code,
        message=message,
        hidden=hidden,
        kind=kind,
        ename=ename,
        own_error=own_error,
        own_line=own_line.strip()[:MAX_LINE],
        where="" if run is None else run["where"],
        met_hidden=run is not None and cells.met_hidden_tests(cell.source, run["ok"], run["line"]),
    )


def _failure(run: CellRun, answer_error: str) -> tuple[Kind, str | None, str, str]:
    """Return kind, hint code if there is one, message and error's name of a test that failed.

    `answer_error` is the error that the answer's own cell ended with.
    """
    if answer_error == "NotImplementedError":
        return (*read_error(answer_error, ""), answer_error)
    if answer_error and run["ename"] == "NameError":
        ename = known_exception(answer_error)
        return "no-answer", None, f"the cell with the answer stops with {ename}", ename
    return (*read_error(run["ename"], run["evalue"]), run["ename"])


def _credit(executed: NotebookNode, no_number: bool) -> float | None:
    """Return the points that a test gives as its last value, nbgrader's partial credit.

    None without such a value, and for one that is no number if there may be such a one. Of numbers
    nothing but a finite one is worth a point; False counts as zero, and True as all.
    """
    shown = _last_value(executed)
    if shown is None or shown == "True":
        return None
    number = _number(shown)
    if number is None:
        return None if no_number else 0.0
    return number if math.isfinite(number) else 0.0


def no_numbers(notebook: NotebookNode, outcome: Outcome) -> dict[str, str]:
    """Return, by the tests' names, the last values of an executed notebook that are no numbers."""
    executed = outcome["notebook"].get("cells", [])
    shown = {
        cells.grade_id(cell): _last_value(notebooks.node(executed[run["index"]]))
        for run in outcome["cells"]
        if run["ok"] and cells.is_test(cell := notebook.cells[run["index"]])
    }
    return {
        name: text
        for name, text in shown.items()
        if text not in (None, "True") and _number(text) is None
    }


def _last_value(executed: NotebookNode) -> str | None:
    shown = [
        str(output.data.get("text/plain", ""))
        for output in executed.outputs
        if output.output_type == "execute_result"
    ]
    return shown[-1] if shown else None


def _number(text: str) -> float | None:
    if text == "False":
        return 0.0
    try:
        return float(re.sub(r"^np\.\w+\((.*)\)$", r"\1", text))  # np.float64(0.5) is 0.5
    except ValueError:
        return None


def read_error(ename: str, evalue: str) -> tuple[Kind, str | None, str]:
    """Return kind, hint code if there is one, and message of a test cell's error."""
    ename = public(ename)
    if ename == "NotImplementedError":
        return "not-answered", NOT_ANSWERED, "there is no answer yet"
    if ename == WrongAnswer.__name__:
        found = _CODE.search(evalue)
        return "wrong", found.group(1) if found else None, evalue or ename
    return "error", None, f"{ename}: {evalue}" if evalue else ename or "an error without a name"


def _order(notebook: NotebookNode) -> tuple[str, ...]:
    return tuple(cells.grade_id(cell) for cell in notebook.cells if cells.is_graded(cell))


def _cell_seconds(notebook: NotebookNode, outcome: Outcome) -> dict[str, float]:
    longest: dict[str, float] = {}
    for run in outcome["cells"]:
        name = _where(notebook.cells[run["index"]])
        longest[name] = max(longest.get(name, 0.0), round(run["seconds"], 2))
    return longest


def _where(cell: NotebookNode) -> str:
    if cells.is_extra(cell):
        return "a cell the student added"
    if cells.is_test(cell):
        return f"a test of {cells.exercise(cell)}"
    if cells.is_solution(cell):
        return f"the answer to {cells.grade_id(cell)}"
    return "a cell of the lesson"
