"""A new submission's rows in nbgrader's tables: what its functions would write one by one.

They make an object of each score and comment, load what it belongs to, and write it twice. Here are
seven statements, whatever the assignment has in it.
"""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from nbgrader.api import (
    Assignment,
    BaseCell,
    Comment,
    Grade,
    Notebook,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
)
from sqlalchemy import bindparam, insert, select
from sqlalchemy.orm import Session, scoped_session

_CELL, _NOTEBOOK = BaseCell.__table__.c, Notebook.__table__.c
_GRADED, _COMMENTED = ("GradeCell", "TaskCell"), ("SolutionCell", "TaskCell")
_ASSIGNMENT = select(Assignment.id, SubmittedAssignment.id).outerjoin(
    SubmittedAssignment,
    (SubmittedAssignment.assignment_id == Assignment.id)
    & (SubmittedAssignment.student_id == bindparam("student")),
)
_ASSIGNMENT = _ASSIGNMENT.where(Assignment.name == bindparam("assignment"))
_STUDENT = select(Student.id).where(Student.id == bindparam("student"))
_CELLS = (
    select(_NOTEBOOK.id, _NOTEBOOK.name, _CELL.id, _CELL.name, _CELL.type)
    .outerjoin(BaseCell.__table__, _CELL.notebook_id == _NOTEBOOK.id)
    .where(_NOTEBOOK.assignment_id == bindparam("id"))
)

Score = Callable[[str], float | None]  # of a cell, by its name
Said = Callable[[str], str | None]


def add(
    session: "scoped_session[Session]",
    assignment: str,
    student: str,
    notebook: str,
    score: Score,
    comment: Said,
) -> str | None:
    """Add a submission with the scores and comments of one notebook; return its notebook's id.

    Its other notebooks have none yet. Returns None, and adds nothing, if the student has a
    submission of this registered assignment already. The student is added if need be; the caller
    commits.
    """
    who = {"student": student}
    known, submitted = session.execute(_ASSIGNMENT, {**who, "assignment": assignment}).one()
    if submitted is not None:
        return None
    if session.execute(_STUDENT, who).first() is None:
        session.execute(insert(Student.__table__), [{"id": student}])
    about = {"id": _new(), "assignment_id": known, "student_id": student}
    session.execute(insert(SubmittedAssignment.__table__), [about])
    ids: dict[str, tuple[str, str]] = {}  # of each notebook: the submitted one's, and its name
    grades: list[dict[str, Any]] = []
    comments: list[dict[str, Any]] = []
    for its_id, name, cell, cell_name, kind in session.execute(_CELLS, {"id": known}).all():
        place, _ = ids.setdefault(its_id, (_new(), name))
        row = {"id": _new(), "cell_id": cell, "notebook_id": place}
        is_here = name == notebook
        if kind in _GRADED:
            given = score(cell_name) if is_here else None
            waits = given is None
            grades.append(row | {"auto_score": given, "needs_manual_grade": waits})
        if kind in _COMMENTED:
            said = comment(cell_name) if is_here else None
            comments.append(row | {"id": _new(), "auto_comment": said})
    for table, rows in (
        (SubmittedNotebook.__table__, [_submitted(each, *it, about) for each, it in ids.items()]),
        (Grade.__table__, grades),
        (Comment.__table__, comments),
    ):
        if rows:
            session.execute(insert(table), rows)
    return next(place for place, name in ids.values() if name == notebook)


def _submitted(notebook: str, place: str, _name: str, about: dict[str, str]) -> dict[str, str]:
    return {"id": place, "assignment_id": about["id"], "notebook_id": notebook}


def _new() -> str:
    return uuid4().hex  # as nbgrader's own
