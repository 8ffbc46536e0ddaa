"""What a cell of a notebook is for, read from its metadata and its text."""

import ast
import re
from functools import cache
from typing import Any

from nbformat import NotebookNode

from autograder.names import bound

HIDDEN_BEGIN, HIDDEN_END = "BEGIN HIDDEN TESTS", "END HIDDEN TESTS"
EXTRA = "extra"  # the mark, in our metadata, of a cell that the student added
WITH_ANSWER = "beside-the-answer"  # and of a test that must run in the process of the answers
NEEDED = "needed-by-an-answer"  # and of a demonstration that an answer uses
SKIP_TAG = "demo"  # a lesson's heavy cells, which define nothing an answer could want
ANSWER_NAMES = "answer_names"  # in the metadata of a solution cell that is graded with


def is_solution(cell: NotebookNode) -> bool:
    """Return whether students write their answer into this cell."""
    return bool(_mark(cell).get("solution"))


def is_test(cell: NotebookNode) -> bool:
    """Return whether this cell is an automatic test with points."""
    mark = _mark(cell)
    return cell.cell_type == "code" and bool(mark.get("grade")) and not mark.get("solution")


def is_graded(cell: NotebookNode) -> bool:
    """Return whether this cell has points, whoever gives them: a test or a teacher."""
    return bool(_mark(cell).get("grade"))


def is_task(cell: NotebookNode) -> bool:
    """Return whether this is nbgrader's manually graded task: a text, answered in added cells."""
    return bool(_mark(cell).get("task"))


def is_lesson(cell: NotebookNode) -> bool:
    """Return whether this cell of the teacher's is code, and neither an answer nor a test."""
    return cell.cell_type == "code" and not is_solution(cell) and not is_test(cell)


def is_extra(cell: NotebookNode) -> bool:
    """Return whether the student added this cell to the instructor's notebook."""
    return bool(cell.metadata.get("autograder") == EXTRA)


def is_demonstration(cell: NotebookNode) -> bool:
    """Return whether this cell of a lesson is heavy, and not run unless an answer needs it."""
    return SKIP_TAG in cell.metadata.get("tags", [])


def is_needed(cell: NotebookNode) -> bool:
    """Return whether this is a demonstration that an answer uses: it runs beside the answers."""
    return bool(cell.metadata.get("autograder") == NEEDED)


def answer_names(cell: NotebookNode) -> frozenset[str]:
    """Return the names that a solution cell of the teacher's notebook is there to define.

    These are the stub's; where the stub has none, those of the teacher's own solution.
    """
    return bound(cell.source) or frozenset(cell.metadata.get(ANSWER_NAMES, []))


def runs_with_answer(cell: NotebookNode) -> bool:
    """Return whether this is a test that must run in the process of the answers.

    A teacher marks one so in the source cell's metadata, `"autograder": "beside-the-answer"`,
    where it cannot be done from outside. Such a verdict is weak: the answer can forge it.
    """
    return is_test(cell) and bool(cell.metadata.get("autograder") == WITH_ANSWER)


def grade_id(cell: NotebookNode) -> str:
    """Return the cell's nbgrader id, or an empty string."""
    name = _mark(cell).get("grade_id", "")
    return name if isinstance(name, str) else ""


def points(cell: NotebookNode) -> float:
    """Return the points that a test cell can give."""
    return float(_mark(cell).get("points", 0))


def without_hidden_tests(source: str, note: str | None = None) -> str:
    """Return a test cell's text without its hidden tests, each replaced by `note` if given."""
    if HIDDEN_BEGIN not in source and HIDDEN_END not in source:
        return source
    lines: list[str] = []
    hidden = False
    for line in source.split("\n"):
        if HIDDEN_BEGIN in line:
            hidden = True
            if note is not None:
                lines.append(note)
        elif HIDDEN_END in line:
            hidden = False
        elif not hidden:
            lines.append(line)
    return "\n".join(lines)


def is_hidden_line(source: str, line: int | None) -> bool:
    """Return whether line `line` (from 1) lies in a hidden test; an unknown line counts as one."""
    if HIDDEN_BEGIN not in source:
        return False
    if line is None:
        return True
    hidden = False
    for number, text in enumerate(source.split("\n"), start=1):
        if HIDDEN_BEGIN in text:
            hidden = True
        if number == line:
            return hidden
        if HIDDEN_END in text:
            hidden = False
    return True


def met_hidden_tests(source: str, ok: bool, line: int | None) -> bool:
    """Return whether hidden tests of a cell called an answer, or may have.

    `ok` says whether the test cell ended without an error, `line` in which line (from 1) the
    error arose, if that is known.
    """
    if HIDDEN_BEGIN not in source:
        return False
    return ok or line is None or line >= _first_after_hidden(source)


@cache
def _first_after_hidden(source: str) -> int:
    """Return the first line of a test that may run after a hidden one of the same cell.

    That of a loop around hidden tests runs again. A class has the same tests: each is read once.
    """
    first = next(n for n, text in enumerate(source.split("\n"), 1) if HIDDEN_BEGIN in text)
    try:
        statements = ast.parse(source).body
    except SyntaxError:  # it holds a magic
        return 1
    around = (each.lineno for each in statements if each.lineno < first <= (each.end_lineno or 0))
    return next(around, first)


def may_show_a_value(source: str) -> bool:
    """Return whether a cell's last line may have a value, as nbgrader's partial credit has."""
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError):  # a magic, for example
        return True
    if not body or not isinstance(body[-1], ast.Expr):
        return False
    match body[-1].value:
        case ast.Call(func=ast.Name("print")):
            return False
    return True


def exercise(cell: NotebookNode) -> str:
    """Return the exercise a test cell belongs to: `conv-parameters-test-2` -> `conv-parameters`."""
    return exercise_of(grade_id(cell))


def exercise_of(name: str) -> str:
    """Return the exercise that the cell with this grade_id belongs to; an answer is its own."""
    return re.sub(r"-test(-\d+)?$", "", name)


def _mark(cell: NotebookNode) -> dict[str, Any]:
    mark = cell.metadata.get("nbgrader")
    return mark if isinstance(mark, dict) else {}
