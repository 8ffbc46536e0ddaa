"""From solutions/ to notebooks/: with our command and with plain nbgrader."""

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from autograder.authoring.bank import hand_in, read_bank
from autograder.authoring.release import release, template
from autograder.errors import UsageError
from autograder.notebook import notebooks
from autograder.notebook.cells import is_demonstration
from autograder.notebook.course import Course, find_course
from tests.support import tiny_course
from tests.support.forked_kernels import forked_kernels
from tests.support.running import nbgrader, run


@pytest.fixture
def copied(course: Course, tmp_path: Path) -> Course:
    """A copy of the course's sources, with nothing released."""
    shutil.copytree(course.root / "solutions", tmp_path / "solutions")
    shutil.copy(course.root / "nbgrader_config.py", tmp_path)
    return find_course(tmp_path)


def test_releasing_again_changes_nothing(course: Course, copied: Course, name: str) -> None:
    release(copied, name)
    assert copied.released(name).read_bytes() == course.released(name).read_bytes()


@pytest.mark.slow
@pytest.mark.parametrize("name", ["q2", "q9"])
def test_plain_nbgrader_releases_the_same(course: Course, copied: Course, name: str) -> None:
    """A sample: what could differ is the configuration, which is one for all."""
    done = nbgrader("generate_assignment", name, folder=copied.root)
    assert done.returncode == 0, done.stderr
    assert copied.released(name).read_bytes() == course.released(name).read_bytes()
    assert [path.name for path in copied.released(name).parent.iterdir()] == [
        copied.released(name).name
    ]


def test_lesson_cells_keep_their_outputs_and_graded_cells_lose_them(
    course: Course, name: str
) -> None:
    source = nbformat.read(course.source(name), as_version=4)
    released = nbformat.read(course.released(name), as_version=4)
    for before, after in zip(source.cells, released.cells, strict=True):
        if "nbgrader" in before.metadata:
            assert after.outputs == []
        else:
            assert after == before


def test_the_template_keeps_hidden_tests_and_no_solution(course: Course, name: str) -> None:
    source = nbformat.read(course.source(name), as_version=4)
    text = nbformat.writes(template(source))
    assert "BEGIN HIDDEN TESTS" in text
    assert "BEGIN SOLUTION" not in text
    assert "BEGIN SOLUTION" in nbformat.writes(source)


def test_an_unknown_assignment_is_named_with_the_known_ones(copied: Course) -> None:
    with pytest.raises(UsageError, match=r"no assignment 'q77'; this course has: .*q2"):
        release(copied, "q77")
    with pytest.raises(UsageError, match=r"no assignment '\.\./q2'"):
        release(copied, "../q2")


def test_what_nbgrader_refuses_is_said_in_one_line(
    copied: Course, capfd: pytest.CaptureFixture[str]
) -> None:
    path = copied.source("q2")
    path.write_text(path.read_text(encoding="utf-8").replace("### END SOLUTION", "###", 1))
    with pytest.raises(UsageError) as refused:
        release(copied, "q2")
    assert "no end solution statement found" in str(refused.value)
    assert "\n" not in str(refused.value)
    assert capfd.readouterr().err == ""


def test_a_folder_that_is_no_course(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"is not inside a course"):
        find_course(tmp_path)


@pytest.mark.slow
def test_nbgrader_validate_agrees(course: Course, tmp_path: Path) -> None:
    released = nbformat.read(course.released("q2"), as_version=4)
    released.cells = [c for c in released.cells if not is_demonstration(c)]
    bank = read_bank(course.source("q2").parent / "answers")
    right = {answer.exercise: answer.source for answer in bank if answer.kind == "right"}
    wrong = {
        answer.exercise: answer.source
        for answer in bank
        if (answer.exercise, answer.title) == ("conv-parameters", "no-channels")
    }
    shutil.copy(course.hints, tmp_path)  # as it lies above the notebooks in a student's folder
    nbformat.write(hand_in(released, right), tmp_path / "right.ipynb")
    nbformat.write(hand_in(released, right | wrong), tmp_path / "wrong.ipynb")
    kernels = forked_kernels()
    passed = nbgrader("validate", str(tmp_path / "right.ipynb"), folder=course.root, **kernels)
    assert "Success! Your notebook passes all the tests." in passed.stdout
    failed = nbgrader("validate", str(tmp_path / "wrong.ipynb"), folder=course.root, **kernels)
    assert "VALIDATION FAILED ON 1 CELL(S)!" in failed.stdout
    assert "conv_parameters(5, 3, 8) returned 200. A filter is not a flat" in failed.stdout


@pytest.mark.slow
def test_plain_nbgrader_grades_the_reference_with_full_marks(copied: Course) -> None:
    assert nbgrader("generate_assignment", "q2", folder=copied.root).returncode == 0
    folder = copied.root / "submitted" / "zoe" / "q2"
    folder.mkdir(parents=True)
    shutil.copy(copied.source("q2"), folder)
    done = nbgrader("autograde", "q2", folder=copied.root, **forked_kernels())
    assert done.returncode == 0, done.stderr
    with sqlite3.connect(copied.root / "gradebook.db") as database:
        scores = database.execute("SELECT SUM(auto_score) FROM grade").fetchall()
    assert scores == [(10.0,)]


# --- work in a released notebook is never written over ---


def _solve(notebook: NotebookNode) -> None:
    tiny_course.cell(notebook, "double").source = "def double(number):\n    return 2 * number"


def _add(notebook: NotebookNode) -> None:
    notebook.cells.append(new_code_cell("def double(number):\n    return 2 * number"))


def _note(notebook: NotebookNode) -> None:
    tiny_course.cell(notebook, "text-1").source += "\n\nAsk about this."


def _drop(notebook: NotebookNode) -> None:
    notebook.cells.remove(tiny_course.cell(notebook, "double"))


def _run(notebook: NotebookNode) -> None:
    tiny_course.cell(notebook, "setup").execution_count = 7


@pytest.fixture
def own(tmp_path: Path, tiny: Path) -> Path:
    """A tiny course of its own, released."""
    shutil.copytree(tiny, tmp_path / "course")
    return tmp_path / "course"


@pytest.mark.parametrize(
    ("edit", "stamped"),
    # A notebook of an earlier release shows only whether its answers were changed.
    [(_solve, True), (_add, True), (_note, True), (_drop, True), (_solve, False)],
)
def test_a_notebook_that_was_written_in_is_kept(
    own: Path, edit: Callable[[NotebookNode], None], stamped: bool
) -> None:
    path = own / "notebooks/q1" / tiny_course.NAME
    notebook = notebooks.read(path)
    edit(notebook)
    if not stamped:
        del notebook.metadata["released"]
    path.write_text(notebooks.text(notebook), encoding="utf-8")
    before = path.read_bytes()
    named, every = run("release", "q1", folder=own), run("release", folder=own)
    assert (named.returncode, every.returncode) == (2, 0)  # `make run` goes on
    for done in (named, every):
        assert "notebooks/q1/tiny.ipynb was written in since it was released" in done.stderr
        assert "--force" in done.stderr
        assert done.stdout == ""
    assert path.read_bytes() == before
    assert run("release", "q1", "--force", folder=own).returncode == 0
    assert path.read_bytes() != before


def test_a_notebook_that_was_only_run_is_released_anew(own: Path) -> None:
    path = own / "notebooks/q1" / tiny_course.NAME
    notebook = notebooks.read(path)
    _run(notebook)
    path.write_text(notebooks.text(notebook), encoding="utf-8")
    assert run("release", "q1", folder=own).returncode == 0
    assert notebooks.read(path).cells[1].execution_count is None


def test_a_damaged_notebook_is_kept(own: Path) -> None:
    path = own / "notebooks/q1" / tiny_course.NAME
    path.write_text(path.read_text(encoding="utf-8")[:500], encoding="utf-8")
    assert run("release", "q1", folder=own).returncode == 2
