"""A graded class: each submission's result, beside what the gradebook says of it now."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import UsageError
from autograder.results import grades_table, journal, marks
from autograder.results.gradebook import Gradebook, Person, RecordedScore
from autograder.results.status import MEANING, Status
from autograder.results.verdict import Result


@dataclass(frozen=True)
class Graded:
    """One submission: the grader's result, and its record in the gradebook."""

    result: Result
    # None: the grader itself failed, or no assignment can be told; nobody knows a score
    recorded: RecordedScore | None

    @property
    def status(self) -> Status:
        """The status; `waiting` while a teacher has points to give, then `marked` without tests."""
        if self.recorded is None:
            return self.result.status
        if self.recorded.waits:
            return "waiting"
        return "marked" if self.result.status == "waiting" else self.result.status

    @property
    def status_for_student(self) -> Status:
        """The status that the student is told."""
        is_cut = self.status == self.result.status
        return self.result.status_for_student if is_cut else self.status

    @property
    def score(self) -> float | None:
        """The points; None if a teacher has still to give some, or nothing is recorded."""
        known = self.recorded is not None and MEANING[self.status].final
        return self.recorded.score if self.recorded and known else None

    @property
    def counted(self) -> Result:
        """The result with the points that count, a teacher's included."""
        return marks.counted(self.result, self.recorded)

    @property
    def outdated(self) -> list[str]:
        """The cells that were marked by hand before the work changed, and not looked at since."""
        known = self.recorded.marks if self.recorded else {}
        return [
            name
            for name in self.result.outdated
            if name in known and known[name].by_hand and known[name].to_review
        ]

    @property
    def reason(self) -> str:
        """The reasons for missing points and the notes, in one line for the teacher."""
        return "; ".join(part for part in (self.result.reason, *self.notes) if part)

    @property
    def notes(self) -> list[str]:
        """The notes that no check gives: marks by hand, and lateness."""
        changed = f"the work changed since {', '.join(self.outdated)} was marked by hand"
        return [
            *marks.notes(self.counted),
            *([changed] if self.outdated else []),
            *([self.lateness] if self.lateness else []),
        ]

    @property
    def lateness(self) -> str:
        """How late it was and what that cost, in a few words; empty if it was not late."""
        return self.recorded.lateness if self.recorded else ""


@dataclass(frozen=True)
class GradedClass:
    """The submissions, and the gradebook's students, of an output folder of `grade`."""

    submissions: list[Graded]
    maxima: dict[str, float]  # points of each assignment, in order
    people: dict[str, Person]  # by student id


def read(folder: Path, database: str) -> GradedClass:
    """Return the class that `grade` left in `folder`, with its scores as they are now.

    Who belongs to it stands in `grades.csv`. Raises UsageError if there are no grades, if a line
    there is nobody's that was graded, or if the gradebook is not the one of this class.
    """
    members = [(line["student_id"], line["assignment"]) for line in grades_table.read(folder)]
    entries = {
        (grades_table.plain_cell(each.result.shown), grades_table.plain_cell(label)): each
        for (_, label), each in journal.read(folder).items()
    }
    for student, assignment in members:
        if (student, assignment) not in entries:
            raise UsageError(
                f"{folder / grades_table.NAME} has a line for '{student}' that "
                "nobody was graded for: perhaps a spreadsheet saved it; "
                "`autograder grade` writes it anew"
            )
    results = [entries[each].result for each in members]
    with Gradebook(database, must_exist=True) as book:
        maxima = {
            name: _maximum(book, name, database, folder)
            for name in sorted({each.assignment for each in results if each.assignment})
        }
        submissions = [Graded(each, recorded(book, each)) for each in results]
        people = book.people()
    for each in submissions:
        is_known = each.result.status != "infra-error" and each.result.assignment
        if each.recorded is None and is_known:
            raise _not_in(database, folder, f"{each.result.student}/{each.result.label}")
    return GradedClass(submissions, maxima, people)


def recorded(book: Gradebook, result: Result) -> RecordedScore | None:
    """Return a result's record in the gradebook, or None.

    None, too, where the grader itself failed, since what an earlier run may have recorded is
    not of this work; and where no assignment can be told.
    """
    notebook = result.notebook or book.notebook(result.assignment)
    if result.status == "infra-error" or notebook is None:
        return None
    return book.recorded_score(notebook, result.assignment, result.student)


def write_table(path: Path, submissions: Iterable[Graded]) -> None:
    """Write `grades.csv`."""
    rows = []
    for each in submissions:
        result, known = each.result, each.recorded
        score = "" if each.score is None else grades_table.number(each.score)
        maximum = grades_table.number(known.max_score) if known else ""
        about = (each.status, result.isolation, each.reason)
        rows.append([result.shown, result.label, score, maximum, *about])
    cells = ([grades_table.plain_cell(value) for value in row] for row in rows)
    grades_table.write(path, [grades_table.COLUMNS, *cells])


def _maximum(book: Gradebook, assignment: str, database: str, folder: Path) -> float:
    if book.notebook(assignment) is None:
        raise _not_in(database, folder, assignment)
    return book.max_score(assignment)


def _not_in(database: str, folder: Path, missing: str) -> UsageError:
    return UsageError(
        f"the gradebook {database} holds nothing of {missing}, which is in {folder}; "
        "--db names the gradebook, as for `autograder grade`"
    )
