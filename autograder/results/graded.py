"""A graded class: each submission's result, beside what the gradebook says of it now."""

from dataclasses import dataclass
from pathlib import Path

from autograder.errors import UsageError
from autograder.results import grades_table, journal
from autograder.results.gradebook import Gradebook, RecordedScore
from autograder.results.verdict import Result


@dataclass(frozen=True)
class Graded:
    """One submission: what the grader made of it, and what the gradebook says of it."""

    result: Result
    recorded: RecordedScore | None  # None: the grader itself failed, or nothing is recorded

    @property
    def reason(self) -> str:
        """Why there are not all points, lateness included, in one line for the teacher."""
        lateness = self.recorded.lateness if self.recorded else ""
        return "; ".join(part for part in (self.result.reason, lateness) if part)


def read(folder: Path, database: str) -> list[Graded]:
    """Return the class that `grade` left in `folder`, with its scores as they are now.

    Raises UsageError if there are no grades, or no such gradebook.
    """
    members = grades_table.read(folder)
    entries = journal.read(folder)
    with Gradebook(database, must_exist=True) as book:
        return [
            Graded(entries[member].result, recorded(book, entries[member].result))
            for member in members
            if member in entries
        ]


def recorded(book: Gradebook, result: Result) -> RecordedScore | None:
    """Return what a gradebook says of a result; None where the grader itself had failed."""
    notebook = book.notebook(result.assignment)
    if result.status == "infra-error" or notebook is None:
        return None
    return book.recorded_score(notebook, result.assignment, result.student)


def not_in(database: str, folder: Path, missing: str) -> UsageError:
    """Return the error of a gradebook that lacks what an output folder of `grade` has."""
    return UsageError(
        f"the gradebook {database} holds nothing of {missing}, which is in {folder}; "
        "--db names the gradebook, as for `autograder grade`"
    )
