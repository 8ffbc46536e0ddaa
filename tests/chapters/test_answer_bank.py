"""The tests of the tests: the whole answer bank through the real grader."""

import io
import re
import token
import tokenize
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from nbformat import NotebookNode

from autograder.authoring.kill_matrix import REFERENCE, UNTOUCHED, Matrix, page, run
from autograder.checks import hints
from autograder.notebook import notebooks
from autograder.notebook.cells import (
    is_demonstration,
    is_extra,
    is_test,
    met_hidden_tests,
    without_hidden_tests,
)
from autograder.notebook.course import Course
from autograder.results.hint_wording import for_student
from tests.support import running
from tests.support.forked_zygotes import forked_zygotes

pytestmark = [pytest.mark.timeout(3600), pytest.mark.slow]  # the first test waits for all banks


@dataclass(frozen=True)
class Banks:
    """What the grader made of the banks, and the folder in which it did."""

    folder: Path
    matrices: dict[str, Matrix]


@pytest.fixture(scope="module")
def banks(
    course: Course, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Banks:
    """The banks of the chapters that are tested, graded in one go."""
    tested = [
        str(item.callspec.params["name"])
        for item in request.session.items
        if isinstance(item, pytest.Function) and item.path == request.path
    ]
    folder = tmp_path_factory.mktemp("banks")
    return Banks(folder, run(course, sorted(set(tested)), folder, forked))


def forked(arguments: Sequence[str | Path], course: Path) -> None:
    """Run `autograder`, with warm interpreters that are forks of one with Keras."""
    done = running.run(*arguments, folder=course, **forked_zygotes())
    assert done.returncode == 0, done.stderr


@pytest.fixture
def matrix(banks: Banks, name: str) -> Matrix:
    """The graded bank of a chapter."""
    return banks.matrices[name]


def test_the_untouched_notebook_scores_nothing(matrix: Matrix) -> None:
    assert matrix.untouched.status == "blank"
    assert [verdict.points for verdict in matrix.untouched.verdicts if verdict.points] == []


def test_the_reference_scores_everything(matrix: Matrix) -> None:
    assert matrix.reference.status == "ok"
    assert sum(verdict.points for verdict in matrix.reference.verdicts) == 10


def lesson(path: Path) -> list[tuple[str, list[object]]]:
    """Return the lesson's cells but for the demonstrations, and what each shows as text."""
    return [
        (cell.source, [_text(output) for output in cell.outputs])
        for cell in notebooks.read(path).cells
        if cell.cell_type == "code"
        and "nbgrader" not in cell.metadata
        and not (is_demonstration(cell) or is_extra(cell))
    ]


def _text(output: NotebookNode) -> object:
    """Return an output without the picture or table, which the grader does not keep."""
    shown = output.get("data", {}).get("text/plain")
    return output.output_type, output.get("name"), output.get("text"), shown


@pytest.mark.parametrize("student", [UNTOUCHED, REFERENCE])
def test_the_lesson_shows_the_same_without_its_demonstrations(
    course: Course, banks: Banks, name: str, student: str
) -> None:
    source = course.source(name)
    graded = banks.folder / "grading/autograded" / student / name / source.name
    assert lesson(graded) == lesson(source)


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


def literals(source: str) -> set[str]:
    """Return the numbers and texts in some code that are long enough to be told apart."""
    words = tokenize.generate_tokens(io.StringIO(source).readline)
    found = {
        each.string.strip("\"'") for each in words if each.type in (token.NUMBER, token.STRING)
    }
    return {each for each in found if len(each) > 3}


def test_nothing_of_a_hidden_check_is_told(course: Course, name: str, matrix: Matrix) -> None:
    tests = [cell.source for cell in notebooks.read(course.source(name)).cells if is_test(cell)]
    assert any(met_hidden_tests(source, True, None) for source in tests)
    released = notebooks.read(course.released(name))
    public = "\n".join(cell.source for cell in released.cells)
    hidden = {
        literal
        for source in tests
        for literal in literals(source) - literals(without_hidden_tests(source))
        if literal not in public and literal not in hints()
    }
    said = {for_student(each.verdict) for each in matrix.outcomes}
    whole = {literal: re.compile(rf"(?<!\w){re.escape(literal)}(?!\w)") for literal in hidden}
    assert not {(each, words) for words in said for each in hidden if whole[each].search(words)}


def test_the_page_in_the_book_is_up_to_date(course: Course, name: str, matrix: Matrix) -> None:
    path = course.root / f"book/kill-matrix/{name}.md"
    assert path.read_text(encoding="utf-8") == page(name, matrix)
