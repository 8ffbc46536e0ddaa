"""Right answers in notebooks as students hand them in: graded and checked by the real command."""

import copy
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

from autograder.notebook import notebooks
from autograder.notebook.cells import is_solution
from tests.submissions.test_moved_answers import ANSWERS, SOURCE
from tests.support.running import grades, run
from tests.support.tiny_course import REPOSITORY

POINTS = len(ANSWERS)
NAME = "chapter.ipynb"
Edit = Callable[[NotebookNode], NotebookNode | None]
EDITS: dict[str, tuple[Edit, int]] = {}  # name -> what is done, and the points it is worth


def edit(points: int = POINTS) -> Callable[[Edit], Edit]:
    """Add a function that edits a solved notebook."""

    def add(function: Edit) -> Edit:
        EDITS[function.__name__.strip("_")] = (function, points)
        return function

    return add


def at(notebook: NotebookNode, name: str) -> NotebookNode:
    """Return the cell with this id."""
    found: NotebookNode = next(cell for cell in notebook.cells if cell.get("id") == name)
    return found


def place(notebook: NotebookNode, name: str) -> int:
    """Return where the cell with this id stands."""
    return int(notebook.cells.index(at(notebook, name)))


def drop(notebook: NotebookNode, *names: str) -> None:
    """Take cells out."""
    notebook.cells = [cell for cell in notebook.cells if cell.get("id") not in names]


def lose_ids(notebook: NotebookNode) -> None:
    """Save as Colab does: with neither cell ids nor nbgrader's marks."""
    for number, cell in enumerate(notebook.cells):
        cell.metadata, cell["id"] = {"id": f"colab-{number}"}, f"other-{number}"


def copied(notebook: NotebookNode, name: str, source: str, where: int) -> None:
    """Insert a copy of a cell, with its marks, and another text."""
    cell = copy.deepcopy(at(notebook, name))
    cell.source, cell.id = source, f"{name}-copied-{where}"
    notebook.cells.insert(where, cell)


# --- what cannot be run here stands above an answer ---


@edit()
def _installs(notebook: NotebookNode) -> None:
    at(notebook, "scale").source = f"!pip install -q numpy\n%pip list\n{ANSWERS['scale']}"
    at(notebook, "shape").source = f"files = !ls\ncount = len(files)\n{ANSWERS['shape']}"


# --- names that no `=` tells of, and no ids ---


@edit()
def _set_through_globals(notebook: NotebookNode) -> None:
    at(notebook, "shape").source = "globals()['shape'] = (SIZE, SIZE + 1)"
    at(notebook, "total").source = "exec('total = 6')"
    lose_ids(notebook)


@edit()
def _set_by_a_function(notebook: NotebookNode) -> None:
    at(notebook, "total").source = "def add():\n    global total\n    total = 6\nadd()"
    lose_ids(notebook)


@edit()
def _set_where_no_tree_tells(notebook: NotebookNode) -> None:
    at(notebook, "shape").source = "for name in ['shape']:\n    globals()[name] = (7, 8)"
    at(notebook, "total").source = "globals().update(total=6)"
    lose_ids(notebook)


@edit()
def _timed(notebook: NotebookNode) -> None:
    at(notebook, "total").source = "%time total = 6"
    lose_ids(notebook)


# --- copies of an answer's cell ---


@edit()
def _an_older_try_further_down(notebook: NotebookNode) -> None:
    copied(notebook, "scale", "def scale(x):\n    return 0", len(notebook.cells))


@edit(POINTS - 1)
def _an_older_try_before_the_test(notebook: NotebookNode) -> None:
    copied(notebook, "scale", "def scale(x):\n    return 0", place(notebook, "scale-test"))


@edit()
def _a_first_try_that_stops(notebook: NotebookNode) -> None:
    for name, wrong in {"scale": "def scale(x)\n    return", "total": "print(nothing)"}.items():
        copied(notebook, name, wrong, place(notebook, name))


@edit()
def _a_second_part_that_stops(notebook: NotebookNode) -> None:
    copied(notebook, "scale", "print(scale(2)", place(notebook, "scale-test"))
    copied(notebook, "total", "%%time\nprint(nothing)", place(notebook, "total-test"))


# --- answers that were moved, with what they need ---


@edit()
def _completed_in_other_cells(notebook: NotebookNode) -> None:
    drop(notebook, "total")
    parts = ["total = 0", "total += 2", "def add():\n    global total\n    total += 4", "add()"]
    notebook.cells += map(new_code_cell, parts)


@edit()
def _needs_all_of_a_module(notebook: NotebookNode) -> None:
    drop(notebook, "total")
    notebook.cells += map(new_code_cell, ["from math import *", "total = floor(6.5)"])


@edit()
def _helpers_below(notebook: NotebookNode) -> None:
    at(notebook, "scale").source = "def scale(x):\n    return outer(x)"
    helpers = ["def inner(x):\n    return FACTOR * x", "def outer(x):\n    return inner(x)"]
    notebook.cells += map(new_code_cell, helpers)


@edit()
def _a_newer_try_below_an_older(notebook: NotebookNode) -> None:
    drop(notebook, "scale")
    notebook.cells += map(new_code_cell, ["def scale(x):\n    return 0", ANSWERS["scale"]])


# --- nothing left that a test could be known by ---


@edit()
def _answers_alone(notebook: NotebookNode) -> None:
    notebook.cells = [cell for cell in notebook.cells if is_solution(cell)]
    lose_ids(notebook)


@edit()
def _one_cell(notebook: NotebookNode) -> NotebookNode:
    alone: NotebookNode = new_notebook(cells=[new_code_cell("\n\n".join(ANSWERS.values()))])
    return alone


@edit()
def _tests_merged_into_answers(notebook: NotebookNode) -> None:
    for name in ANSWERS:
        at(notebook, name).source += f"\n{at(notebook, f'{name}-test').source}"
        drop(notebook, f"{name}-test")
    lose_ids(notebook)


# --- and what is not right ---


@edit(POINTS - 1)
def _wrong_in_a_cell_without_marks(notebook: NotebookNode) -> None:
    at(notebook, "total").source = "globals().update(total=7)"
    lose_ids(notebook)


@edit(POINTS - 1)
def _something_else_where_the_cell_was(notebook: NotebookNode) -> None:
    notebook.cells[place(notebook, "total")] = new_code_cell("print('later')")


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The chapter as a course."""
    folder = tmp_path_factory.mktemp("course")
    (folder / "solutions/q1").mkdir(parents=True)
    shutil.copy(REPOSITORY / "nbgrader_config.py", folder)
    (folder / "solutions/q1" / NAME).write_text(json.dumps(SOURCE), encoding="utf-8")
    done = run("release", folder=folder)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def submitted(course: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One student for each edit."""
    folder = tmp_path_factory.mktemp("submitted")
    released = notebooks.read(course / "notebooks/q1" / NAME)
    for student, (function, _) in EDITS.items():
        notebook = copy.deepcopy(released)
        for name, answer in ANSWERS.items():
            at(notebook, name).source = answer
        path = folder / student / "q1" / NAME
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(function(notebook) or notebook), encoding="utf-8")
    return folder


def test_grade_gives_what_the_answers_are_worth(
    course: Path, submitted: Path, tmp_path: Path
) -> None:
    done = run("grade", submitted, "--out", tmp_path / "out", folder=course)
    assert (done.returncode, done.stderr) == (0, "")
    scores = {name: row["score"] for name, row in grades(tmp_path / "out").items()}
    assert scores == {name: str(points) for name, (_, points) in EDITS.items()}


@pytest.mark.parametrize("student", EDITS)
def test_check_says_the_same(course: Path, submitted: Path, student: str) -> None:
    done = run("check", submitted / student / "q1" / NAME, folder=course)
    points = EDITS[student][1]
    assert f"Visible checks: {points} of {POINTS} points." in done.stdout, done.stderr


def test_a_student_without_the_teachers_notebooks_is_told_so_too(
    course: Path, submitted: Path, tmp_path: Path
) -> None:
    """Next to the released notebooks, `check` finds whose the answers are as well."""
    shutil.copytree(course / "notebooks", tmp_path / "notebooks")
    shutil.copy(course / "nbgrader_config.py", tmp_path)  # which says where they are
    shutil.copy(submitted / "answers_alone/q1" / NAME, tmp_path / "mine.ipynb")
    done = run("check", tmp_path / "mine.ipynb", folder=tmp_path)
    assert f"Visible checks: {POINTS} of {POINTS} points." in done.stdout, done.stderr
