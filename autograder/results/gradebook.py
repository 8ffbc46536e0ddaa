"""Scores and comments in nbgrader's own database, written by the coordinator alone.

nbgrader's formgrader, manual grades and exports work on it as after `nbgrader autograde`.
"""

import contextlib
import hashlib
import json
import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from nbformat import NotebookNode
from nbgrader.api import (
    BaseCell,
    Comment,
    Grade,
    InvalidEntry,
    MissingEntry,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
)
from nbgrader.api import Gradebook as Database
from nbgrader.preprocessors import NbGraderPreprocessor, SaveCells
from sqlalchemy import Row, make_url, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, scoped_session

import autograder.notebook.nbgrader_patch  # noqa: F401
from autograder.errors import UsageError
from autograder.notebook import cells
from autograder.results import new_submission
from autograder.results.late import Penalties, seconds_late, told
from autograder.results.status import MEANING
from autograder.results.verdict import Result
from autograder.submissions.student_ids import student_id

# nbgrader logs a database's error, with its traceback, before it raises it.
logging.getLogger("tornado.application").addHandler(logging.NullHandler())

NO_RESPONSE = "No response."  # nbgrader's comment on an answer that was not changed


_GRADES = select(
    *(BaseCell.name, Grade.score, Grade.max_score, Grade.auto_score, Grade.manual_score),
    *(Grade.extra_credit, Grade.needs_manual_grade),
).join(BaseCell, BaseCell.id == Grade.cell_id)
_COMMENTS = select(BaseCell.name, Comment.comment).join(BaseCell, BaseCell.id == Comment.cell_id)
_WHOLE = select(
    *(SubmittedNotebook.score, SubmittedNotebook.max_score),
    *(SubmittedNotebook.late_submission_penalty, SubmittedAssignment),
).join(SubmittedAssignment, SubmittedAssignment.id == SubmittedNotebook.assignment_id)


@dataclass(frozen=True)
class Mark:
    """The points of one cell in the gradebook."""

    points: float  # that count, extra credit included
    max_points: float
    by_hand: bool  # a teacher gave them, or some of them
    waits: bool  # nobody gave any yet: a teacher has to
    to_review: bool  # it was graded anew since a teacher looked at it


@dataclass(frozen=True)
class RecordedScore:
    """A submission's points and comments in the gradebook, those given by a teacher included."""

    marks: dict[str, Mark]  # by grade_id
    comments: dict[str, str | None]  # grade_id of an answer -> the comment that counts
    total: float  # of all marks, as the gradebook adds them up
    max_score: float
    seconds_late: float
    penalty: float

    @property
    def score(self) -> float:
        """The total less the penalty for being late."""
        return self.total - self.penalty

    @property
    def lateness(self) -> str:
        """How late it was and what that cost, in a few words; empty if it was not late."""
        return told(self.seconds_late, self.penalty)

    @property
    def by_hand(self) -> set[str]:
        """The cells to which a teacher gave points."""
        return {name for name, mark in self.marks.items() if mark.by_hand}

    @property
    def waits(self) -> bool:
        """Whether a cell has still to be marked by a teacher, so that there is no score yet."""
        return any(mark.waits for mark in self.marks.values())

    @property
    def digest(self) -> str:
        """A hash that changes with every score and comment."""
        marks = sorted(
            (name, mark.points, mark.max_points, mark.by_hand, mark.waits)
            for name, mark in self.marks.items()
        )
        shown = json.dumps([marks, sorted(self.comments.items()), self.penalty])
        return hashlib.sha256(shown.encode()).hexdigest()


@dataclass(frozen=True)
class Person:
    """A student's name and addresses in the gradebook; empty where it has none."""

    first_name: str
    last_name: str
    email: str
    lms_id: str  # the number that a learning platform knows the student by

    def filled_up(self, other: "Person | None") -> "Person":
        """Return a copy in which empty fields have the values of `other`."""
        if other is None:
            return self
        return Person(
            *(own or theirs for own, theirs in zip(astuple(self), astuple(other), strict=True))
        )


@dataclass(frozen=True)
class Receipt:
    """The time of receipt and the penalty for being late; without a time nothing is late."""

    time: datetime | None
    penalties: Penalties | None


class Gradebook:
    """The gradebook at a database URL, made if it does not exist.

    Opening it raises UsageError if the database cannot be opened.
    """

    def __init__(self, url: str, must_exist: bool = False) -> None:
        """Open it; with `must_exist` no new file is made for SQLite."""
        self._url = url
        try:
            path = make_url(url).database if must_exist and url.startswith("sqlite:") else None
            if path and not Path(path).is_file():
                raise FileNotFoundError(f"there is no {path}")
            self._database = Database(url)
        except (SQLAlchemyError, OSError, ImportError, ValueError) as problem:
            why = str(getattr(problem, "orig", None) or problem).split("\n")[0]
            raise UsageError(
                f"the gradebook {_shown(url)} cannot be opened: {why}; "
                "--db expects a database URL such as sqlite:///gradebook.db"
            ) from problem

    def __enter__(self) -> "Gradebook":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._database.close()
        if isinstance(error, SQLAlchemyError | InvalidEntry):  # a full disk, for example
            why = str(error).split("\n")[0]
            raise UsageError(
                f"the gradebook {_shown(self._url)} cannot be written: {why}; what is graded so "
                "far is kept, and the same command goes on when it can be"
            ) from error

    def register(self, assignment: str, templates: Mapping[str, NotebookNode]) -> None:
        """Record an assignment's notebooks and cells, as `nbgrader generate_assignment` does.

        `templates` are by the notebooks' names. Raises UsageError if the gradebook holds
        submissions of a version with other cells, or with notebooks of other names.
        """
        with _in_one_transaction(self._database.db):
            known = self._database.update_or_create_assignment(assignment)
            former = {each.name for each in known.notebooks}
            if former != set(templates):
                if known.submissions:
                    raise UsageError(
                        f"the gradebook {_shown(self._url)} holds grades of {assignment} as "
                        f"{_files(former)}, which is {_files(templates)} now; name it as before, "
                        "or grade into a new folder (--out) or a new gradebook (--db)"
                    )
                for name in former - set(templates):
                    self._database.remove_notebook(name, assignment)
            try:
                for name, template in templates.items():
                    _SaveCells(self._database, assignment, name).preprocess(template, {})
            except RuntimeError as problem:
                raise UsageError(
                    f"the gradebook {_shown(self._url)} holds grades of an assignment {assignment} "
                    "with other cells than today's; grade into a new folder (--out) or a new "
                    "gradebook (--db)"
                ) from problem
        self._database.db.commit()

    def carry_over(self, former: set[str], student: str) -> str | None:
        """Give a student the submissions, and so the marks by hand, of one of their former ids.

        Returns that id; None if the student has submissions, or none of the ids has.
        """
        database = self._database.db
        held = {
            str(each.student_id)
            for each in database.query(SubmittedAssignment.student_id).filter(
                SubmittedAssignment.student_id.in_({*former, student})
            )
        }
        if len(held) != 1 or student in held:
            return None
        (before,) = held
        known = person(self._database.find_student(before))
        self._database.update_or_create_student(
            student,
            first_name=known.first_name,
            last_name=known.last_name,
            email=known.email,
            lms_user_id=known.lms_id,
        )
        database.execute(
            update(SubmittedAssignment)
            .where(SubmittedAssignment.student_id == before)
            .values(student_id=student)
        )
        database.commit()
        return before

    def know(self, numbers: Mapping[str, str]) -> None:
        """Note the numbers that a learning platform knows students by, where there are none yet."""
        known = self.people()
        for student, number in numbers.items():
            if student not in known or not known[student].lms_id:
                self._database.update_or_create_student(student, lms_user_id=number)

    def people(self) -> dict[str, Person]:
        """Return every student by id."""
        return people(self._database)

    def max_score(self, assignment: str) -> float:
        """Return the points that a registered assignment can give."""
        return float(self._database.find_assignment(assignment).max_score)

    def has_due_date(self, assignment: str) -> bool:
        """Return whether a registered assignment has a due date."""
        return self._database.find_assignment(assignment).duedate is not None

    def penalised(self) -> set[tuple[str, str]]:
        """Return each (student, assignment) with a penalty for being late."""
        found = self._database.db.query(SubmittedNotebook).filter(
            SubmittedNotebook.late_submission_penalty > 0
        )
        return {(each.assignment.student.id, each.assignment.name) for each in found}

    def record(
        self, notebook: str, result: Result, unanswered: tuple[str, ...], receipt: Receipt
    ) -> RecordedScore:
        """Write the scores, comments and penalty of one submission in one transaction.

        What a teacher entered stays: manual scores, extra credit, manual comments. Returns
        what the gradebook then says.
        """
        scores = _scores(result)
        refused = MEANING[result.status].refused

        def score(name: str) -> float | None:
            by_hand = name not in scores  # an answer that only a teacher can judge
            return 0.0 if by_hand and (refused or name in unanswered) else scores.get(name)

        def comment(name: str) -> str | None:
            return NO_RESPONSE if name in unanswered else None

        session = self._database.db
        about = (result.assignment, result.student, notebook)
        added = new_submission.add(session, *about, score, comment)
        if added is not None and receipt.time is None:
            session.commit()
            return _recorded(session, added)
        submitted = self._database.find_submission_notebook(
            notebook, result.assignment, result.student
        )
        for grade in submitted.grades:
            grade.auto_score = score(grade.name)
            is_marked = grade.manual_score is not None or bool(grade.extra_credit)
            grade.needs_manual_grade = is_marked or grade.auto_score is None
        for each in submitted.comments:
            each.auto_comment = comment(each.name)
        self._penalise(submitted, receipt)
        session.commit()
        return _recorded(session, submitted.id)

    def receive(
        self, notebook: str, assignment: str, student: str, receipt: Receipt
    ) -> RecordedScore:
        """Write a submission's time of receipt, and its penalty by the due date as it is now.

        Returns what the gradebook then says.
        """
        submitted = self._database.find_submission_notebook(notebook, assignment, student)
        self._penalise(submitted, receipt)
        self._database.db.commit()
        return _recorded(self._database.db, submitted.id)

    def _penalise(self, submitted: SubmittedNotebook, receipt: Receipt) -> None:
        """Do what nbgrader's AssignLatePenalties does, with a time that can be trusted."""
        submission = submitted.assignment
        submission.timestamp = None if receipt.time is None else receipt.time.replace(tzinfo=None)
        submitted.late_submission_penalty = None
        late = seconds_late(submission)
        if late > 0 and receipt.penalties is not None:
            self._database.db.flush()
            self._database.db.expire(submitted, ["score"])  # the database adds it up
            submitted.late_submission_penalty = receipt.penalties.points(
                submission.student.id, submitted.score, late
            )

    def holds(self, notebook: str, result: Result) -> bool:
        """Return whether the automatic scores of `result` are the recorded ones."""
        try:
            submitted = self._database.find_submission_notebook(
                notebook, result.assignment, result.student
            )
        except MissingEntry:
            return False
        recorded = {grade.name: grade.auto_score for grade in submitted.grades}
        return all(recorded.get(name) == score for name, score in _scores(result).items())

    def notebook(self, assignment: str) -> str | None:
        """Return the name of an assignment's one notebook, or None if it is not registered."""
        try:
            return str(self._database.find_assignment(assignment).notebooks[0].name)
        except (MissingEntry, IndexError):
            return None

    def recorded_score(self, notebook: str, assignment: str, student: str) -> RecordedScore | None:
        """Return a submission's points and comments, or None if it is not recorded."""
        try:
            submitted = self._database.find_submission_notebook(notebook, assignment, student)
        except MissingEntry:
            return None
        return _recorded(self._database.db, submitted.id)


class _SaveCells(SaveCells):  # type: ignore[misc]
    """nbgrader's step that records a notebook's cells, in a gradebook that is open already."""

    def __init__(self, database: Database, assignment: str, notebook: str) -> None:
        super().__init__()
        self.gradebook = database
        self.assignment_id, self.notebook_id = assignment, notebook
        self.new_grade_cells: dict[str, Any] = {}
        self.new_solution_cells: dict[str, Any] = {}
        self.new_task_cells: dict[str, Any] = {}
        self.new_source_cells: dict[str, Any] = {}

    def preprocess(
        self, notebook: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Record the cells of the teacher's notebook."""
        found: tuple[NotebookNode, dict[str, Any]]
        found = NbGraderPreprocessor.preprocess(self, notebook, resources)
        self._create_notebook(found[0])
        return found


@contextlib.contextmanager
def _in_one_transaction(session: "scoped_session[Session]") -> Iterator[None]:
    """Let nbgrader's functions, which commit each change, leave the commit to the caller.

    Several commits for one submission cost more than all the rest: after each, everything is
    written to the disk and read anew.
    """
    session.commit = session.flush  # type: ignore[method-assign]
    try:
        yield
    finally:
        del session.commit


def _recorded(session: "scoped_session[Session]", submitted: str) -> RecordedScore:
    """Return what the gradebook says of the submitted notebook with this id."""
    # Two statements, where each grade, each comment and the names of their cells would be more.
    grades = session.execute(_GRADES.where(Grade.notebook_id == submitted))
    comments = session.execute(_COMMENTS.where(Comment.notebook_id == submitted))
    total, most, penalty, submission = session.execute(
        _WHOLE.where(SubmittedNotebook.id == submitted)
    ).one()
    return RecordedScore(
        marks={grade.name: _mark(grade) for grade in grades},
        comments={comment.name: comment.comment for comment in comments},
        total=total,
        max_score=most,
        seconds_late=seconds_late(submission),
        penalty=penalty or 0.0,
    )


def _mark(grade: Grade | Row[Any]) -> Mark:
    return Mark(
        points=grade.score,
        max_points=grade.max_score,
        by_hand=grade.manual_score is not None or bool(grade.extra_credit),
        waits=waits(grade),
        to_review=bool(grade.needs_manual_grade),
    )


def waits(grade: Grade | Row[Any]) -> bool:
    """Return whether a cell has points that a teacher has still to give."""
    return bool(grade.auto_score is None and grade.manual_score is None and grade.max_score)


def _scores(result: Result) -> Mapping[str, float]:
    return {verdict.grade_id: verdict.points for verdict in result.verdicts}


def people(database: Database) -> dict[str, Person]:
    """Return every student of an open gradebook by id.

    A roster may have a name that no folder can have, or the same letters in another normal
    form: what it tells is of the same student.
    """
    found: dict[str, Person] = {}
    for each in database.students:
        for name in {each.id, student_id(each.id)}:
            found[name] = person(each).filled_up(found.get(name))
    return found


def person(student: Student) -> Person:
    """Return the name and addresses of a student in the gradebook."""
    return Person(
        first_name=student.first_name or "",
        last_name=student.last_name or "",
        email=student.email or "",
        lms_id=student.lms_user_id or "",
    )


def _files(names: Iterable[str]) -> str:
    return ", ".join(f"{each}.ipynb" for each in sorted(names))


def solution_ids(template: NotebookNode) -> tuple[str, ...]:
    """Return the grade_ids of all answers: all are unanswered where there is no notebook."""
    return tuple(cells.grade_id(cell) for cell in template.cells if cells.is_solution(cell))


def _shown(url: str) -> str:
    """Return a database's URL without its password."""
    try:
        return make_url(url).render_as_string(hide_password=True)
    except SQLAlchemyError:
        return url
