"""What the course's own notebooks must not do, so that the tests' names are the lesson's."""

import ast

from autograder.names import bound, mentioned
from autograder.notebook import cells, notebooks
from autograder.notebook.course import Course


def test_lessons_run_without_any_answer(course: Course, name: str) -> None:
    """A lesson's cell that fails in the judge would leave its names to the student."""
    chapter = notebooks.read(course.source(name))
    answers: set[str] = set()
    for cell in chapter.cells:
        if cell.cell_type != "code" or cells.is_demonstration(cell):
            continue
        if cells.is_solution(cell):
            answers |= bound(cell.source)
        elif not cells.is_test(cell):
            assert not answers & set(mentioned(cell.source)), cell.source


def test_names_of_a_piece_of_python() -> None:
    source = (
        "import math as m\nfrom a import b\nx, *y = f(z)\nfor i in range(3): w = i\n"
        "def g(p):\n    q = p\n    return q\nclass C: r = 1\n[s for s in t]\nwith u as v: pass"
    )
    ast.parse(source)
    assert bound(source) == {"m", "b", "x", "y", "i", "w", "g", "C", "v"}
    assert {"f", "z", "t", "u"} <= set(mentioned(source))
    assert bound("def") == set()
