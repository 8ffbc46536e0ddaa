"""Scores for other systems: a plain table, Canvas's gradebook, Moodle's grade import.

Each form is a plugin of nbgrader's export, so there are two ways to a file:

* `autograder export --to canvas` reads from the output folder who handed in what, and from the
  gradebook the scores: as they are now, with a teacher's own marks and what lateness cost.
  Where the grader failed, or a teacher has still to mark by hand, there is no score.
* `nbgrader export --exporter=autograder.results.export.CanvasExport` has the gradebook alone.
  It does not tell what became of a submission, only its score; one that the grader failed on
  has none there, or that of an earlier run. And it knows students by their ids alone.

Canvas's format is the one its importer reads (`lib/gradebook_importer.rb` in its sources):
the columns about the student in this order, one column an assignment, a row of points.
A column named `ps1` is matched with an assignment of that name, which Canvas offers to make
if there is none. Moodle's importer (`grade/import/csv`) lets the teacher say which column is the
user's ID number or address and which is the score, or the feedback, of which grade item.
"""

from abc import abstractmethod
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from nbgrader.api import Gradebook as Database
from nbgrader.api import SubmittedAssignment
from nbgrader.plugins import ExportPlugin

from autograder.results import graded, grades_table, late
from autograder.results.gradebook import Person, people, waits
from autograder.results.graded import Graded
from autograder.results.grades_table import number, plain_cell
from autograder.results.status import MEANING

Format = Literal["csv", "canvas", "moodle"]
Line = list[str]

NONE = "-"  # how Moodle's own export writes that there is no grade


@dataclass(frozen=True)
class Score:
    """The points of one submission, and a remark on it."""

    points: float | None  # None: the grader itself failed, or a teacher has still to mark
    remark: str  # for the student


@dataclass(frozen=True)
class Class:
    """The students, assignments and scores that are exported."""

    maxima: dict[str, float]  # points of each assignment, in order
    scores: dict[str, dict[str, Score]]  # of each student, by assignment
    people: dict[str, Person]
    names: dict[str, str]  # what tables call a student, if not by the id


class ClassExport(ExportPlugin):  # type: ignore[misc]  # nbgrader has no type hints
    """A form that scores are exported in: what nbgrader's command calls, and its lines."""

    form: Format  # as `autograder export --to` names it

    @abstractmethod
    def lines(self, given: Class) -> Iterator[Line]:
        """Yield the lines of the table, headings first; every cell is safe in a spreadsheet."""

    def export(self, gradebook: Database) -> None:
        """Write the scores of an open gradebook of nbgrader's to the file `to`.

        Called by `nbgrader export`, whose options `--to`, `--student` and `--assignment` are in
        the traits. Without `to` the file is `export-<form>.csv` in the current folder; without
        the others everybody's work is exported, and all of it.
        """
        given = recorded(gradebook, self.student, self.assignment)
        path = Path(self.to or file_name(self.form))
        if not given.scores:
            self.log.warning("The gradebook holds no such submission; --db says which one is read")
        self.log.info("Exporting grades to %s", path)
        grades_table.write(path, self.lines(given))


class CsvExport(ClassExport):
    """One row a student, one column an assignment; the total only where all is graded."""

    form = "csv"

    def lines(self, given: Class) -> Iterator[Line]:
        yield ["student_id", *map(plain_cell, given.maxima), "total"]
        for student, scores in given.scores.items():
            points = [score.points for score in scores.values()]
            known = [each for each in points if each is not None]
            total = number(sum(known)) if len(known) == len(points) else ""
            own = plain_cell(given.names.get(student, student))
            yield [own, *(_points(scores, name) for name in given.maxima), total]


class CanvasExport(ClassExport):
    """What Canvas's gradebook imports."""

    form = "canvas"

    def lines(self, given: Class) -> Iterator[Line]:
        yield ["Student", "ID", "SIS Login ID", "Section", *map(plain_cell, given.maxima)]
        yield ["Points Possible", "", "", "", *map(number, given.maxima.values())]
        for student, scores in given.scores.items():
            known = given.people[student]
            names = ", ".join(part for part in (known.last_name, known.first_name) if part)
            # Canvas's own number of a user; it reads `12ab` as 12, which is somebody else.
            own = known.lms_id if known.lms_id.isascii() and known.lms_id.isdigit() else ""
            login = given.names.get(student, student)
            about = [plain_cell(names or login), own, plain_cell(login), ""]
            yield [*about, *(_points(scores, name) for name in given.maxima)]


class MoodleExport(ClassExport):
    """For Moodle, which takes an empty score in a new grade item for 0, and `-` for none.

    A row whose cell for the user is empty would go to the user of the row before: so there
    are addresses for everybody or for nobody.
    """

    form = "moodle"

    def lines(self, given: Class) -> Iterator[Line]:
        emails = {student: given.people[student].email for student in given.scores}
        with_email = all(emails.values())
        items = [heading for name in given.maxima for heading in (name, f"{name} feedback")]
        about = ["ID number", "Email address"] if with_email else ["ID number"]
        yield [*about, *map(plain_cell, items)]
        for student, scores in given.scores.items():
            login = given.names.get(student, student)
            cells = [login, emails[student]] if with_email else [login]
            for name in given.maxima:
                remark = scores[name].remark if name in scores else ""
                cells += [_points(scores, name) or NONE, remark]
            yield [each if each == NONE else plain_cell(each) for each in cells]


FORMS = {each.form: each for each in (CsvExport, CanvasExport, MoodleExport)}


def file_name(form: Format) -> str:
    """Return the name of the file that a form is written to, if none is given."""
    return f"export-{form}.csv"


def export(folder: Path, database: str, form: Format) -> Path:
    """Write the scores of an output folder of `grade` into it as `export-<form>.csv`.

    Returns the file's path. Raises UsageError if there are no grades, or no such gradebook.
    """
    path = folder / file_name(form)
    grades_table.write(path, FORMS[form]().lines(handed_in(folder, database)))
    return path


def recorded(
    gradebook: Database, students: Collection[object], assignments: Collection[object]
) -> Class:
    """Return the students and scores of an open gradebook of nbgrader's.

    Only of these students and assignments, by their names; of all if there are none. A name
    that consists of digits may be a number, as nbgrader's command line has it.
    """
    wanted, whose = set(map(str, assignments)), set(map(str, students))
    maxima: dict[str, float] = {}
    scores: dict[str, dict[str, Score]] = {}
    for assignment in sorted(gradebook.assignments, key=lambda each: str(each.name)):
        if wanted and assignment.name not in wanted:
            continue
        maxima[assignment.name] = float(assignment.max_score)
        for submission in assignment.submissions:
            if not whose or submission.student.id in whose:
                own = scores.setdefault(submission.student.id, {})
                own[assignment.name] = _recorded_score(submission)
    return Class(maxima, dict(sorted(scores.items())), people(gradebook), {})


def _recorded_score(submission: SubmittedAssignment) -> Score:
    penalty = submission.late_submission_penalty or 0.0
    lateness = late.told(late.seconds_late(submission), penalty)
    if any(waits(grade) for notebook in submission.notebooks for grade in notebook.grades):
        return Score(None, f"{MEANING['waiting'].student} {_sentence(lateness)}".strip())
    return Score(max(0.0, submission.score - penalty), _sentence(lateness))


def handed_in(folder: Path, database: str) -> Class:
    """Return the class graded into an output folder, with the scores of the gradebook at a URL.

    Raises UsageError if there are no grades, or if the gradebook is not the one of this class.
    """
    graded_class = graded.read(folder, database)
    scores: dict[str, dict[str, Score]] = {}
    placed = [each for each in graded_class.submissions if each.result.assignment]
    for each in placed:
        own = scores.setdefault(each.result.student, {})
        before, now = own.get(each.result.assignment), _score(each)
        own[each.result.assignment] = now if before is None else _together(before, now)
    names = {each.result.student: each.result.shown for each in placed}
    return Class(graded_class.maxima, dict(sorted(scores.items())), graded_class.people, names)


def _score(submission: Graded) -> Score:
    meaning = MEANING[submission.status]
    reason = submission.reason if meaning.refused else submission.lateness
    return Score(submission.score, f"{meaning.student} {_sentence(reason)}".strip())


def _together(one: Score, other: Score) -> Score:
    """Return the score of two notebooks of an assignment; not known if one of them is not."""
    points = None if one.points is None or other.points is None else one.points + other.points
    remarks = dict.fromkeys(each for each in (one.remark, other.remark) if each)
    return Score(points, " ".join(remarks))


def _sentence(text: str) -> str:
    """Return words with a capital first and a full stop; nothing stays nothing."""
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def _points(scores: dict[str, Score], assignment: str) -> str:
    """Return a score as a cell; empty where nothing was handed in or no score is known yet."""
    points = scores[assignment].points if assignment in scores else None
    return "" if points is None else number(points)
