"""A graded class: each submission's result, beside what the gradebook says of it now."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import UsageError
from autograder.results import grades_table, journal
from autograder.results.gradebook import Gradebook, Person, RecordedScore
from autograder.results.verdict import Result


@dataclass(frozen=True)
class Graded:
    """One submission: what the grader made of it, and what the gradebook says of it."""

    result: Result
    recorded: RecordedScore | None  # None: the grader itself failed, so nobody knows

    @property
    def reason(self) -> str:
        """Why there are not all points, lateness included, in one line for the teacher."""
        return "; ".join(part for part in (self.result.reason, self.lateness) if part)

    @property
    def lateness(self) -> str:
        """How late it was and what that cost, in a few words; empty if it was not late."""
        return self.recorded.lateness if self.recorded else ""


@dataclass(frozen=True)
class GradedClass:
    """What `grade` left in a folder."""

    submissions: list[Graded]
    maxima: dict[str, float]  # points of each assignment, in order
    people: dict[str, Person]  # by student id


def read(folder: Path, database: str) -> GradedClass:
    """Return the class that `grade` left in `folder`, with its scores as they are now.

    Who belongs to it stands in `grades.csv`. Raises UsageError if there are no grades, or
    if the gradebook is not the one of this class.
    """
    members = [(line["student_id"], line["assignment"]) for line in grades_table.read(folder)]
    entries = journal.read(folder)
    results = [entries[each].result for each in members if each in entries]
    with Gradebook(database, must_exist=True) as book:
        maxima = {
            name: _maximum(book, name, database, folder)
            for name in sorted({each.assignment for each in results})
        }
        submissions = [Graded(each, recorded(book, each)) for each in results]
        people = book.people()
    for each in submissions:
        if each.recorded is None and each.result.status != "infra-error":
            raise _not_in(database, folder, f"{each.result.student}/{each.result.assignment}")
    return GradedClass(submissions, maxima, people)


def recorded(book: Gradebook, result: Result) -> RecordedScore | None:
    """Return what a gradebook says of a result, if anything.

    None, too, where the grader itself failed: what an earlier run may have recorded is not
    of this work.
    """
    notebook = book.notebook(result.assignment)
    if result.status == "infra-error" or notebook is None:
        return None
    return book.recorded_score(notebook, result.assignment, result.student)


def write_table(path: Path, submissions: Iterable[Graded]) -> None:
    """Write `grades.csv`."""
    rows = []
    for each in submissions:
        result, known = each.result, each.recorded
        points = map(grades_table.number, (known.score, known.max_score)) if known else ("", "")
        about = (result.status, result.isolation, each.reason)
        rows.append([result.student, result.assignment, *points, *about])
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
