"""Scores for other systems: a plain table, Canvas's gradebook, Moodle's grade import.

Who handed in what is read from `grades.csv`, the scores from the gradebook: as they are now,
with a teacher's own marks and what lateness cost. Where the grader failed there is no score.

Canvas's format is the one its importer reads (`lib/gradebook_importer.rb` in its sources):
the columns about the student in this order, one column an assignment, a row of points.
A column named `q2` is matched with an assignment of that name, which Canvas offers to make
if there is none. Moodle's importer (`grade/import/csv`) lets the teacher say which column is the
user's ID number or address and which is the score, or the feedback, of which grade item.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

from autograder.errors import UsageError
from autograder.results import late, table
from autograder.results.feedback import STATUS_WORDS
from autograder.results.gradebook import Gradebook, Person, Standing
from autograder.results.table import number, plain_cell
from autograder.results.verdict import Status

Format = Literal["csv", "canvas", "moodle"]
Line = list[str]

NONE = "-"  # how Moodle's own export writes that there is no grade


@dataclass(frozen=True)
class Score:
    """What one submission is worth, and a remark on it."""

    points: float | None  # None: the grader itself failed, so nobody knows
    remark: str  # for the student


@dataclass(frozen=True)
class Class:
    """All that is exported."""

    maxima: dict[str, float]  # points of each assignment, in order
    scores: dict[str, dict[str, Score]]  # of each student, by assignment
    people: dict[str, Person]


def export(folder: Path, database: str, form: Format) -> Path:
    """Write the scores of an output folder of `grade` into it as `export-<form>.csv`.

    Returns the file's path. Raises UsageError if there are no grades, or no such gradebook.
    """
    scores = _read(folder, database)
    path = folder / f"export-{form}.csv"
    table.write(path, _FORMS[form](scores))
    return path


def _read(folder: Path, database: str) -> Class:
    lines = table.read(folder)
    maxima: dict[str, float] = {}
    scores: dict[str, dict[str, Score]] = {}
    with Gradebook(database, must_exist=True) as book:
        for assignment in sorted({line["assignment"] for line in lines}):
            notebook = book.notebook(assignment)
            if notebook is None:
                raise _not_this_one(database, folder, assignment)
            maxima[assignment] = book.max_score(assignment)
            for line in lines:
                if line["assignment"] != assignment:
                    continue
                student = line["student_id"]
                standing = book.standing(notebook, assignment, student)
                if line["status"] == "infra-error":
                    standing = None  # what an earlier run may have recorded is not of this work
                elif standing is None:
                    raise _not_this_one(database, folder, f"{student}/{assignment}")
                scores.setdefault(student, {})[assignment] = _score(line, standing)
        return Class(maxima, dict(sorted(scores.items())), book.people())


def _not_this_one(database: str, folder: Path, missing: str) -> UsageError:
    return UsageError(
        f"the gradebook {database} holds nothing of {missing}, which is in {folder}; "
        "--db names the gradebook, as for `autograder grade`"
    )


def _score(line: dict[str, str], standing: Standing | None) -> Score:
    status = line["status"]
    words = STATUS_WORDS[cast(Status, status)]
    lateness = late.told(standing.seconds_late, standing.penalty) if standing else ""
    reason = line["reason"] if status in ("unreadable", "tampered") else lateness
    remark = f"{words} {reason[:1].upper()}{reason[1:]}.".removesuffix(" .")
    return Score(None if standing is None else standing.score, remark)


def _csv(given: Class) -> Iterator[Line]:
    """One row a student, one column an assignment; the total only where all is graded."""
    yield ["student_id", *map(plain_cell, given.maxima), "total"]
    for student, scores in given.scores.items():
        points = [score.points for score in scores.values()]
        known = [each for each in points if each is not None]
        total = number(sum(known)) if len(known) == len(points) else ""
        yield [plain_cell(student), *(_points(scores, name) for name in given.maxima), total]


def _canvas(given: Class) -> Iterator[Line]:
    yield ["Student", "ID", "SIS Login ID", "Section", *map(plain_cell, given.maxima)]
    yield ["Points Possible", "", "", "", *map(number, given.maxima.values())]
    for student, scores in given.scores.items():
        person = given.people[student]
        names = ", ".join(part for part in (person.last_name, person.first_name) if part)
        # Canvas's own number of a user; it reads `12ab` as 12, which is somebody else.
        own = person.lms_id if person.lms_id.isascii() and person.lms_id.isdigit() else ""
        about = [plain_cell(names or student), own, plain_cell(student), ""]
        yield [*about, *(_points(scores, name) for name in given.maxima)]


def _moodle(given: Class) -> Iterator[Line]:
    """For Moodle, which takes an empty score in a new grade item for 0, and `-` for none.

    A row whose cell for the user is empty would go to the user of the row before: so there
    are addresses for everybody or for nobody.
    """
    emails = {student: given.people[student].email for student in given.scores}
    with_email = all(emails.values())
    items = [heading for name in given.maxima for heading in (name, f"{name} feedback")]
    about = ["ID number", "Email address"] if with_email else ["ID number"]
    yield [*about, *map(plain_cell, items)]
    for student, scores in given.scores.items():
        cells = [student, emails[student]] if with_email else [student]
        for name in given.maxima:
            remark = scores[name].remark if name in scores else ""
            cells += [_points(scores, name) or NONE, remark]
        yield [each if each == NONE else plain_cell(each) for each in cells]


def _points(scores: dict[str, Score], assignment: str) -> str:
    """Return a score as a cell; empty if there is none, or none is known."""
    points = scores[assignment].points if assignment in scores else None
    return "" if points is None else number(points)


_FORMS: dict[Format, Callable[[Class], Iterator[Line]]] = {
    "csv": _csv,
    "canvas": _canvas,
    "moodle": _moodle,
}
