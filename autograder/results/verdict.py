"""What grading found: a verdict for each test, of them exercises, of these a submission's result.

Nothing here judges (`assess.py` does) or puts into words (`hint_wording.py` does).
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from autograder.results.status import CUT, MEANING, Status

NOT_ANSWERED = "not-answered"

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
    """The points that one test cell gave, and the reason if they are not all."""

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
    where: str = ""  # which calls or entries are wrong, in words without a hidden value
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
    notebook: str = ""  # the notebook's name if the assignment has several

    @property
    def label(self) -> str:
        """What tables call the work: the assignment, and the notebook if there are several."""
        return label(self.assignment, self.notebook)

    @property
    def shown(self) -> str:
        """The student's name in tables."""
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
        return status_of(self.verdicts, False, False) if is_cut else self.status

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


def label(assignment: str, notebook: str) -> str:
    """Return what tables call a notebook; it has a name only where an assignment has several."""
    return f"{assignment}/{notebook}" if notebook else assignment


def exercises(verdicts: Sequence[Verdict]) -> tuple[Exercise, ...]:
    """Return the exercises that verdicts belong to, in order."""
    return tuple(
        Exercise(name, tuple(each for each in verdicts if each.exercise == name))
        for name in dict.fromkeys(each.exercise for each in verdicts)
    )


def status_of(found: Sequence[Verdict], is_blank: bool, by_hand: bool) -> Status:
    """Return the status of a submission of which no cell was cut short.

    `is_blank`: no answer was changed; `by_hand`: there are points that only a teacher can give.
    """
    if not found and by_hand and not is_blank:
        return "waiting"
    if found and all(verdict.passed for verdict in found):
        return "ok"
    if any(verdict.points > 0 for verdict in found):
        return "partial"
    return "blank" if is_blank else "failed"
