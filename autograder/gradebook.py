"""Scores and comments in nbgrader's own database, written by the coordinator alone.

nbgrader's formgrader, manual grades and exports work on it as after `nbgrader autograde`.
"""

import hashlib
import json
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType

from nbformat import NotebookNode
from nbgrader.api import Gradebook as Database
from nbgrader.api import MissingEntry
from nbgrader.preprocessors import SaveCells
from sqlalchemy.exc import SAWarning, SQLAlchemyError

from autograder import rebuild
from autograder.errors import UsageError
from autograder.verdict import Result

NO_RESPONSE = "No response."  # nbgrader's comment on an answer that was not changed


@dataclass(frozen=True)
class Standing:
    """What the gradebook says of a submission, a teacher's own marks included."""

    score: float
    max_score: float
    digest: str  # changes with every score and comment


class Gradebook:
    """The gradebook at a database URL, made if it does not exist.

    Opening it raises UsageError if the database cannot be opened.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        try:
            self._database = Database(url)
        except (SQLAlchemyError, OSError, ImportError, ValueError) as problem:
            why = str(getattr(problem, "orig", None) or problem).split("\n")[0]
            raise UsageError(
                f"the gradebook {url} cannot be opened: {why}; "
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

    def register(self, assignment: str, notebook: str, template: NotebookNode) -> None:
        """Record an assignment's notebook and its cells, as `nbgrader generate_assignment` does.

        Raises UsageError if the gradebook holds submissions of a version with other cells.
        """
        self._database.update_or_create_assignment(assignment)
        where = {"assignment": assignment, "notebook": notebook, "db_url": self._url}
        try:
            SaveCells().preprocess(template, {"nbgrader": where})
        except RuntimeError as problem:
            raise UsageError(
                f"the gradebook {self._url} holds grades of an assignment {assignment} with other "
                "cells than today's; grade into a new folder (--out) or a new gradebook (--db)"
            ) from problem

    def record(self, notebook: str, result: Result, unanswered: tuple[str, ...]) -> None:
        """Write the scores and comments of one submission in one transaction.

        What a teacher entered stays: manual scores, extra credit, manual comments.
        """
        self._database.update_or_create_student(result.student)
        with warnings.catch_warnings():
            # nbgrader's way to add a submission makes SQLAlchemy 2 warn, and works.
            warnings.simplefilter("ignore", SAWarning)
            self._database.update_or_create_submission(result.assignment, result.student)
        submitted = self._database.find_submission_notebook(
            notebook, result.assignment, result.student
        )
        scores = _scores(result)
        for grade in submitted.grades:
            by_hand = grade.name not in scores  # an answer that only a teacher can judge
            grade.auto_score = scores.get(grade.name)
            if by_hand and grade.name in unanswered:
                grade.auto_score = 0.0
            grade.needs_manual_grade = grade.manual_score is not None or grade.auto_score is None
        for comment in submitted.comments:
            comment.auto_comment = NO_RESPONSE if comment.name in unanswered else None
        self._database.db.commit()

    def holds(self, notebook: str, result: Result) -> bool:
        """Tell whether the automatic scores of `result` are recorded already."""
        try:
            submitted = self._database.find_submission_notebook(
                notebook, result.assignment, result.student
            )
        except MissingEntry:
            return False
        recorded = {grade.name: grade.auto_score for grade in submitted.grades}
        return all(recorded.get(name) == score for name, score in _scores(result).items())

    def standing(self, notebook: str, assignment: str, student: str) -> Standing | None:
        """Return what nbgrader would show for a submission, or None if it is not recorded."""
        try:
            submitted = self._database.find_submission_notebook(notebook, assignment, student)
        except MissingEntry:
            return None
        marks = sorted((grade.name, grade.score, grade.max_score) for grade in submitted.grades)
        comments = sorted((comment.name, comment.comment) for comment in submitted.comments)
        digest = hashlib.sha256(json.dumps([marks, comments]).encode()).hexdigest()
        return Standing(submitted.score, submitted.max_score, digest)


def _scores(result: Result) -> Mapping[str, float]:
    return {verdict.grade_id: verdict.points for verdict in result.verdicts}


def solution_ids(template: NotebookNode) -> tuple[str, ...]:
    """Return the grade_ids of all answers: all are unanswered where there is no notebook."""
    return tuple(rebuild.grade_id(cell) for cell in template.cells if rebuild.is_solution(cell))
