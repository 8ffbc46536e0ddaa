"""What is written into nbgrader's tables in few statements is what its own functions write."""

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from nbformat import NotebookNode
from nbgrader.api import Gradebook as Database
from nbgrader.preprocessors import SaveCells

from autograder.notebook import notebooks
from autograder.results import assess
from autograder.results.gradebook import NO_RESPONSE, Gradebook, Receipt
from autograder.results.verdict import Result
from tests.support import tiny_course

pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")  # nbgrader's own
NATURAL = {  # what tells the rows of a table apart, in an order in which each needs those above
    "assignment": ["name"],
    "notebook": ["assignment_id", "name"],
    "student": ["id"],
    "base_cell": ["notebook_id", "type", "name"],
    "grade_cells": ["id"],
    "solution_cells": ["id"],
    "task_cells": ["id"],
    "source_cell": ["notebook_id", "name"],
    "submitted_assignment": ["assignment_id", "student_id"],
    "submitted_notebook": ["assignment_id", "notebook_id"],
    "grade": ["notebook_id", "cell_id"],
    "comment": ["notebook_id", "cell_id"],
}
Rows = dict[str, list[dict[str, object]]]


def marked(kind: str, grade_id: str, points: float = 0) -> NotebookNode:
    """Return a text cell that is a task, or an answer that a teacher marks."""
    is_answer = kind == "answer"
    mark = {"grade_id": grade_id, "grade": is_answer, "solution": is_answer}
    more = {"task": kind == "task", "locked": kind == "task", "schema_version": 3}
    return notebooks.text_cell("why?", {"nbgrader": mark | more | {"points": points}})


def templates() -> dict[str, NotebookNode]:
    """Return an assignment of three notebooks: all kinds of cells, a test alone, nothing."""
    first = tiny_course.source_notebook()
    first.cells += [marked("answer", "reasons", 3), marked("task", "drawing", 2)]
    second = notebooks.notebook([tiny_course.graded("assert True", "other-test", 1)])
    return {"first": first, "second": second, "third": notebooks.notebook([])}


def rows(path: Path) -> Rows:
    """Return all rows of a gradebook, with what they belong to in the place of random ids."""
    found: Rows = {}
    names: dict[object, str] = {}
    with sqlite3.connect(path) as file:
        file.row_factory = sqlite3.Row
        tables = {
            str(each[0])
            for each in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        }
        for table, natural in NATURAL.items():
            told = []
            for row in map(dict, file.execute(f"SELECT * FROM {table}")):  # noqa: S608
                if natural != ["id"]:
                    name = " ".join(str(names.get(row[key], row[key])) for key in natural)
                    names[row["id"]] = f"{table} {name}"
                told.append({key: names.get(value, value) for key, value in row.items()})
            found[table] = sorted(told, key=str)
    assert tables - NATURAL.keys() <= {"alembic_version", "course"}
    return found


def register(path: Path) -> None:
    """Register the assignment by nbgrader's own functions."""
    url = f"sqlite:///{path}"
    with Database(url) as book:
        book.update_or_create_assignment("q1")
    for name, template in templates().items():
        about = {"assignment": "q1", "notebook": name, "db_url": url}
        SaveCells().preprocess(template, {"nbgrader": about})


def result(student: str) -> Result:
    """Return a result in which one test passes."""
    found = assess.refused(student, "q1", templates()["first"], "partial", "")
    first, *others = found.verdicts
    return replace(found, verdicts=(replace(first, points=first.max_points), *others))


def record(path: Path, found: Result, unanswered: tuple[str, ...]) -> None:
    """Record a result of the first notebook by nbgrader's own functions."""
    with Database(f"sqlite:///{path}") as book:
        book.update_or_create_student(found.student)
        book.update_or_create_submission("q1", found.student)
        submitted = book.find_submission_notebook("first", "q1", found.student)
        points = {each.grade_id: each.points for each in found.verdicts}
        for grade in submitted.grades:
            grade.auto_score = points.get(grade.name)
            if grade.name in unanswered and grade.name not in points:
                grade.auto_score = 0.0
            grade.needs_manual_grade = grade.auto_score is None
        for comment in submitted.comments:
            comment.auto_comment = NO_RESPONSE if comment.name in unanswered else None
        book.db.commit()


def both(tmp_path: Path, do: Callable[[Gradebook], None]) -> tuple[Rows, Path]:
    """Return the rows of a gradebook in which an assignment is registered by us, and its path."""
    path = tmp_path / "ours.db"
    with Gradebook(f"sqlite:///{path}") as book:
        book.register("q1", templates())
        do(book)
    return rows(path), path


def test_an_assignment_is_registered_as_by_nbgrader(tmp_path: Path) -> None:
    register(tmp_path / "theirs.db")
    ours, path = both(tmp_path, lambda book: None)
    assert ours["base_cell"]
    assert ours == rows(tmp_path / "theirs.db")
    with Gradebook(f"sqlite:///{path}") as book:  # nobody has handed anything in: it is made anew
        book.register("q1", templates())
    assert rows(path) == ours


@pytest.mark.parametrize("unanswered", [(), ("double",), ("reasons", "drawing")])
def test_a_submission_is_recorded_as_by_nbgrader(
    tmp_path: Path, unanswered: tuple[str, ...]
) -> None:
    register(tmp_path / "theirs.db")
    for student in ("one", "two"):
        record(tmp_path / "theirs.db", result(student), unanswered)
    expected = rows(tmp_path / "theirs.db")

    def record_ours(book: Gradebook) -> None:
        for student in ("one", "two", "one"):  # once more: what is there is written over
            book.record("first", result(student), unanswered, Receipt(None, None))

    ours, _ = both(tmp_path, record_ours)
    assert len(ours["grade"]) == 2 * 6
    assert ours == expected


def test_a_second_notebook_of_a_submission_finds_its_place(tmp_path: Path) -> None:
    def record_two(book: Gradebook) -> None:
        book.record("first", result("one"), (), Receipt(None, None))
        other = assess.refused("one", "q1", templates()["second"], "unreadable", "empty")
        recorded = book.record("second", other, (), Receipt(None, None))
        assert (recorded.total, recorded.max_score) == (0.0, 1.0)
        again = book.recorded_score("first", "q1", "one")
        assert again is not None
        assert (again.total, again.max_score) == (2.0, 10.0)

    ours, _ = both(tmp_path, record_two)
    assert [each["needs_manual_grade"] for each in ours["grade"]].count(1) == 2
