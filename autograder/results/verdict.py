"""What an executed notebook is worth: a verdict for each test cell, a status for the whole."""

import builtins
import math
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal

from nbformat import NotebookNode

from autograder.checks import WrongAnswer, hints
from autograder.notebook import cells, notebooks
from autograder.results.status import CUT, MEANING, Status
from autograder.submissions.rebuild import Rebuilt
from autograder.task import CellRun, Cut, Outcome

NOT_ANSWERED = "not-answered"
RAISES = "raises"  # the check's hint for any error, which says less than the error itself
MAX_LINE = 120  # characters of a line of the student's that are told
NOT_RUN = "not run"  # the isolation of what was refused
_CODE = re.compile(r"\[([a-z0-9-]+)\]\s*$")
_CUT_WORDS: dict[Cut, str] = {
    "timeout": "ran too long and was stopped",
    "died": "ended the kernel",
    "out-of-memory": "took more memory than allowed",
    "output-limit": "wrote more output than allowed",
}

_ONLY_AFTER_HIDDEN = (
    "This check passes by itself and fails after checks that are not shown. Does your code keep "
    "something from one call to the next, or change what it was given?"
)

Kind = Literal[
    "passed",
    "partial-credit",  # the test ended well, and gives some of its points
    "not-answered",  # the answer is still the stub
    "wrong",  # a check says so
    "error",  # the test stopped with another exception, `ename`
    "no-answer",  # the cell with the answer stopped, with `ename`
    "cut",  # the test was cut short
    "not-reached",  # the run ended before it
    "refused",  # there was nothing to run
    "by-hand",  # a teacher gave the points
    "waiting",  # a teacher has still to give them
    "unknown",  # of a version before 0.2.0: the result's notes say why
]


@dataclass(frozen=True)
class Verdict:
    """What one test cell gave: its points or none, or what it says itself (partial credit)."""

    exercise: str
    grade_id: str
    points: float
    max_points: float
    code: str | None  # of the hint, if the check recognised the mistake
    message: str  # why there are not all points; empty if there are
    hidden: bool  # the message comes from a hidden test: not for the student
    kind: Kind = "unknown"
    ename: str = ""  # the name of the exception, for the kinds that have one
    own_error: str = ""  # the name of the error of the student's own code behind it
    own_line: str = ""  # the line of the student's own code that raised it
    by_hand: bool = False  # the points are a teacher's, whatever the test gave
    met_hidden: bool = True  # hidden tests of this cell called an answer, or may have
    # What the check says in a run without hidden tests (empty: it passes there), if this run's
    # message could carry what hidden tests gave away; else None.
    apart: str | None = None

    @property
    def passed(self) -> bool:
        """Whether the test cell gave all its points."""
        return not self.message

    @property
    def short(self) -> str:
        """Why there are not all points, in a word or a few: the teacher's table."""
        ename = self.ename if self.kind in ("error", "wrong") else ""
        why = self.code or ename or self.message.split("\n")[0]
        return f"{self.exercise}: {why}"


@dataclass(frozen=True)
class Exercise:
    """One exercise of a submission: the verdicts of its test cells together."""

    name: str
    verdicts: tuple[Verdict, ...]

    @property
    def points(self) -> float:
        """The points of all its tests."""
        return sum(each.points for each in self.verdicts)

    @property
    def max_points(self) -> float:
        """The points that all its tests could give."""
        return sum(each.max_points for each in self.verdicts)

    @property
    def passed(self) -> bool:
        """Whether every test gave all its points."""
        return all(each.passed for each in self.verdicts)

    @property
    def by_hand(self) -> bool:
        """Whether a teacher gave points of it."""
        return any(each.by_hand for each in self.verdicts)

    @property
    def waits(self) -> bool:
        """Whether a teacher has still to give points of it."""
        return any(each.kind == "waiting" for each in self.verdicts)

    @property
    def code(self) -> str | None:
        """The first hint that one of its tests gave."""
        return next((each.code for each in self.verdicts if each.code), None)

    @property
    def message(self) -> str:
        """The first reason for the student, of a test that did not pass; else empty."""
        return next((for_student(each) for each in self.verdicts if not each.passed), "")


@dataclass(frozen=True)
class Result:
    """What became of one submission. The status is exactly one of:

    * `ok`: every test passed; `partial`: some did; `failed`: none did, though something
      was handed in; `blank`: no answer was changed and no test passed;
    * `waiting`: there is no test, and a teacher has to mark it by hand (see `Graded.status`,
      which knows the gradebook, for `waiting` and `marked`);
    * `timeout`, `died`, `out-of-memory`, `output-limit`: some cell's execution was cut
      short, whatever the others gave; the tests that passed count;
    * `unreadable`: there is no notebook to grade; `tampered`: there is one, but without
      any of the cells for answers. Both are a zero with a reason;
    * `infra-error`: the grader itself failed, twice. Never a zero: nothing is recorded.
    """

    student: str
    assignment: str
    status: Status
    verdicts: tuple[Verdict, ...]
    notes: tuple[str, ...]  # what the verdicts do not say: what is missing, or was cut short
    seconds: float
    isolation: str
    cells: dict[str, float] = field(default_factory=dict)  # seconds; of several, the longest
    name: str = ""  # what tables call the student, if not by the id
    order: tuple[str, ...] = ()  # grade_ids of the cells with points, as the notebook has them
    outdated: tuple[str, ...] = ()  # of those that were marked by hand before the work changed

    @property
    def shown(self) -> str:
        """What tables call the student."""
        return self.name or self.student

    @property
    def exercises(self) -> tuple[Exercise, ...]:
        """The exercises in the notebook's order."""
        return exercises(self.verdicts)

    @property
    def status_for_student(self) -> Status:
        """The status, without a word of cells that cost no point when they were cut short.

        Cells after the last hidden test know what it asked, and could say so by how they end.
        """
        lost = any(each.kind in ("cut", "not-reached") for each in self.verdicts)
        is_cut = self.status in CUT and not lost
        return _status(self.verdicts, False, False) if is_cut else self.status

    @property
    def reason(self) -> str:
        """Why there are not all points, in one line for the teacher's table."""
        return "; ".join(dict.fromkeys([*self.notes, *(each.short for each in self.told)]))

    @property
    def told(self) -> list[Verdict]:
        """The verdicts without all points that `notes` and the status do not cover already."""
        if self.status == "blank" or MEANING[self.status].refused:
            return []
        covered = ("cut", "unknown")
        return [each for each in self.verdicts if not each.passed and each.kind not in covered]

    def to_json(self) -> dict[str, Any]:
        """Return the result as plain data for the journal."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Result":
        """Return what `to_json` gave; raises KeyError or TypeError for anything else."""
        verdicts = tuple(Verdict(**verdict) for verdict in data["verdicts"])
        lists = {name: tuple(data.get(name, ())) for name in ("notes", "order", "outdated")}
        return cls(**{**data, **lists, "verdicts": verdicts})


def exercises(verdicts: Sequence[Verdict]) -> tuple[Exercise, ...]:
    """Return the exercises that verdicts belong to, in order."""
    return tuple(
        Exercise(name, tuple(each for each in verdicts if each.exercise == name))
        for name in dict.fromkeys(each.exercise for each in verdicts)
    )


def assess(student: str, assignment: str, rebuilt: Rebuilt, outcome: Outcome) -> Result:
    """Return the result of an executed submission. What was not seen to pass has no points."""
    found = verdicts(rebuilt.notebook, outcome)
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
        status = cuts[0][0] if cuts else _status(found, rebuilt.is_blank, by_hand)
        notes = [*rebuilt.notes, *(f"{_where(cell)} {_CUT_WORDS[cut]}" for cut, cell in cuts)]
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


def verdicts(notebook: NotebookNode, outcome: Outcome) -> tuple[Verdict, ...]:
    """Return one verdict for each test cell of an executed notebook, in order."""
    runs = {run["index"]: run for run in outcome["cells"]}
    executed = notebooks.node(outcome["notebook"]).get("cells", [])
    answers = _answer_errors(notebook, runs)
    found = tuple(
        _verdict(
            notebook.cells,
            cell,
            runs.get(index),
            answers.get(cells.exercise(cell), ""),
            _credit(executed[index]) if index in runs else None,
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
    """Return the result of what was handed in, of which no assignment can be told."""
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
        kind, message = "cut", _CUT_WORDS[run["cut"]]
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
        kind, message = "partial-credit", f"{earned:g} of {maximum:g} points"
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


def _credit(executed: NotebookNode) -> float | None:
    """Return the points that a test gives as its last value, nbgrader's partial credit.

    None without such a value; nothing but a finite number is worth a point.
    """
    shown = [
        str(output.data.get("text/plain", ""))
        for output in executed.outputs
        if output.output_type == "execute_result"
    ]
    if not shown:
        return None
    try:
        number = float(re.sub(r"^np\.\w+\((.*)\)$", r"\1", shown[-1]))  # np.float64(0.5) is 0.5
    except ValueError:
        return 0.0
    return number if math.isfinite(number) else 0.0


def for_student(verdict: Verdict) -> str:
    """Return why a test gave no points, in words its student may read; empty if it passed.

    Of a hidden test only the hint is told, or the kind of error and the line of the student's
    own code that raised it: never the test's values. Of a visible test that came after a hidden
    one, what it says where there is none.
    """
    if verdict.passed:
        return ""
    if verdict.code == NOT_ANSWERED:
        return "Not answered yet."
    if not verdict.hidden:
        return _ONLY_AFTER_HIDDEN if verdict.apart == "" else verdict.apart or verdict.message
    name = verdict.own_error or known_exception(verdict.ename)
    line = f", in your line `{verdict.own_line}`" if verdict.own_line else ""
    if verdict.code in hints() and not (verdict.code == RAISES and verdict.own_error):
        stops = f" Your code stops with {name}{line}." if verdict.own_error else ""
        hint = hints()[verdict.code]["hint"]
        return f"A check that is not shown fails. {hint} [{verdict.code}]{stops}"
    return f"In a check that is not shown, your code stops with {name}{line}."


def known_exception(name: str) -> str:
    """Return the name of one of Python's own exceptions; any other could carry a message."""
    return name if isinstance(getattr(builtins, name, None), type) else "an error"


def read_error(ename: str, evalue: str) -> tuple[Kind, str | None, str]:
    """Return kind, hint code if there is one, and message of a test cell's error."""
    if ename == "NotImplementedError":
        return "not-answered", NOT_ANSWERED, "there is no answer yet"
    if ename == WrongAnswer.__name__:
        found = _CODE.search(evalue)
        return "wrong", found.group(1) if found else None, evalue or ename
    return "error", None, f"{ename}: {evalue}" if evalue else ename or "an error without a name"


def _order(notebook: NotebookNode) -> tuple[str, ...]:
    return tuple(cells.grade_id(cell) for cell in notebook.cells if cells.is_graded(cell))


def _status(found: Sequence[Verdict], is_blank: bool, by_hand: bool) -> Status:
    if not found and by_hand and not is_blank:
        return "waiting"
    if found and all(verdict.passed for verdict in found):
        return "ok"
    if any(verdict.points > 0 for verdict in found):
        return "partial"
    return "blank" if is_blank else "failed"


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
