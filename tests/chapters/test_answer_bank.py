"""The tests of the tests: the whole answer bank through the real grader."""

from pathlib import Path

import pytest

from autograder.authoring.kill_matrix import Matrix, page, page_path, run
from autograder.notebook.course import Course

pytestmark = [pytest.mark.timeout(900), pytest.mark.xdist_group("answer-bank")]

MATRICES: dict[str, Matrix] = {}


@pytest.fixture
def matrix(course: Course, name: str, tmp_path_factory: pytest.TempPathFactory) -> Matrix:
    """The graded bank of a chapter; the grader runs once for all tests of it."""
    if name not in MATRICES:
        MATRICES[name] = run(course, name, Path(tmp_path_factory.mktemp(name)))
    return MATRICES[name]


def test_the_untouched_notebook_scores_nothing(matrix: Matrix) -> None:
    assert matrix.untouched.status == "blank"
    assert [verdict.points for verdict in matrix.untouched.verdicts if verdict.points] == []


def test_the_reference_scores_everything(matrix: Matrix) -> None:
    assert matrix.reference.status == "ok"
    assert sum(verdict.points for verdict in matrix.reference.verdicts) == 10


@pytest.mark.parametrize("kind", ["right", "wrong", "crash", "stop"])
def test_every_answer_gets_what_it_deserves(matrix: Matrix, kind: str) -> None:
    outcomes = [each for each in matrix.outcomes if each.answer.kind == kind]
    assert outcomes or kind == "stop"
    assert [each for each in outcomes if not each.as_it_must] == []


def test_what_stops_costs_no_exercise_before_it(matrix: Matrix) -> None:
    for each in matrix.outcomes:
        if each.answer.kind == "stop":
            verdicts = each.result.verdicts
            before = verdicts[: [v.exercise for v in verdicts].index(each.answer.exercise)]
            assert all(verdict.passed for verdict in before), each.answer


def test_the_page_in_the_book_is_up_to_date(course: Course, name: str, matrix: Matrix) -> None:
    assert page_path(course, name).read_text(encoding="utf-8") == page(name, matrix)
