"""Question 2, solved as students hand it in: graded and checked by the real command."""

import copy
from pathlib import Path

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from autograder.authoring.bank import hand_in, read_bank
from autograder.files import write
from autograder.notebook import notebooks
from autograder.notebook.cells import grade_id, is_solution
from autograder.notebook.course import Course
from tests.support.forked_kernels import forked_kernels
from tests.support.running import grades, run

pytestmark = pytest.mark.slow


def _answers(notebook: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in notebook.cells if is_solution(cell)]


def _all_in_the_first(notebook: NotebookNode) -> None:
    first, *others = _answers(notebook)
    first.source = "\n\n".join(cell.source for cell in (first, *others))
    notebook.cells = [cell for cell in notebook.cells if cell not in others]


def _all_at_the_end(notebook: NotebookNode) -> None:
    cells = [new_code_cell(cell.source) for cell in _answers(notebook)]
    notebook.cells = [cell for cell in notebook.cells if not is_solution(cell)] + cells


def _from_colab(notebook: NotebookNode) -> None:
    """Colab keeps neither cell ids nor nbgrader's marks."""
    for cell in _answers(notebook):
        cell.source = cell.source.replace("counterexample = ", "counterexample: tuple = ")
    for number, cell in enumerate(notebook.cells):
        cell.metadata, cell["id"] = {"id": f"colab-{number}"}, f"other-{number}"


def _with_names_of_demonstrations(notebook: NotebookNode) -> None:
    """ "You may use anything from the chapter": these names only demonstrations define."""
    for cell in _answers(notebook):
        if grade_id(cell) == "prediction-memory":
            cell.source = cell.source.replace("return ", "return LAYERS and BYTES // BYTES * ")


EDITS = {
    "first": _all_in_the_first,
    "end": _all_at_the_end,
    "colab": _from_colab,
    "demonstrations": _with_names_of_demonstrations,
}


@pytest.fixture(scope="module")
def submitted(course: Course, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class of right answers, in other places than they were meant for."""
    folder = tmp_path_factory.mktemp("moved")
    source = course.source("q2")
    bank = read_bank(source.parent / "answers")
    right = {each.exercise: each.source for each in bank if each.kind == "right"}
    solved = hand_in(notebooks.read(course.released("q2")), right)
    for student, edit in EDITS.items():
        notebook = copy.deepcopy(solved)
        edit(notebook)
        write(folder / student / "q2" / source.name, notebooks.text(notebook))
    return folder


def test_right_answers_have_full_marks_wherever_they_stand(
    course: Course, submitted: Path, tmp_path: Path
) -> None:
    done = run("grade", submitted, "--out", tmp_path / "out", folder=course.root)
    assert (done.returncode, done.stderr) == (0, "")
    rows = grades(tmp_path / "out")
    assert {name: row["score"] for name, row in rows.items()} == dict.fromkeys(EDITS, "10")
    assert {row["reason"] for row in rows.values()} == {""}


@pytest.mark.parametrize("student", EDITS)
def test_check_says_so_too(course: Course, submitted: Path, student: str) -> None:
    path = next((submitted / student / "q2").iterdir())
    done = run("check", path, folder=course.root, **forked_kernels())
    assert (done.returncode, done.stderr) == (0, "")
    assert "Visible checks: 10 of 10 points." in done.stdout
