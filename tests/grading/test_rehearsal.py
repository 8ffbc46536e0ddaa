"""Before a class is graded, the teacher's own solution is: less than full marks stops the class."""

import copy
import shutil
from pathlib import Path

import pytest
from nbformat import NotebookNode

from autograder.grading import rehearsal
from autograder.notebook import notebooks
from autograder.notebook.course import Course
from tests.grading import parity
from tests.support import tiny_course
from tests.support.running import forked, grades, run
from tests.support.tiny_course import graded

EQUAL = "class Three:\n    def __eq__(self, other):\n        return other == 3"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course folder of its own."""
    tiny_course.make_course(tmp_path / "course")
    return tmp_path / "course"


def add(course: Path, answer: str, test: str) -> None:
    """Add an exercise worth two points."""
    source = tiny_course.source_notebook()
    source.cells += [
        graded(f"### BEGIN SOLUTION\n{answer}\n### END SOLUTION", "more"),
        graded(test, "more-test", 2),
    ]
    tiny_course.write_source(course, source)


def hand_in(course: Path, **answers: str) -> Path:
    """Release, and hand in one notebook for each answer to the added exercise."""
    done = run("release", folder=course)
    assert done.returncode == 0, done.stderr
    released = notebooks.read(course / "notebooks/q1" / tiny_course.NAME)
    submitted = course.parent / "submitted"
    for student, answer in ({"ann": ""} | answers).items():
        notebook: NotebookNode = tiny_course.solved(copy.deepcopy(released))
        if answer:
            tiny_course.cell(notebook, "more").source = answer
        tiny_course.hand_in(submitted, student, notebook)
    return submitted


@pytest.mark.parametrize(
    ("answer", "test", "told"),
    [
        (
            EQUAL,
            "assert Three() == 3",
            "(NotBridged: `==` of a Three, which the answer made, and a int is not believed; if "
            "the test needs it, mark its cell `beside-the-answer`); it passes beside the answer: "
            '"autograder": "beside-the-answer" in the metadata of its source cell',
        ),
        pytest.param(
            "x = 3",
            "assert x == 4",
            "(AssertionError); it fails in an ordinary kernel, too",
            marks=pytest.mark.slow,
        ),
        pytest.param(
            "x = 3",
            "import no_such_package",
            "(ModuleNotFoundError: No module named 'no_such_package'); install what a notebook",
            marks=pytest.mark.slow,
        ),
        pytest.param(
            "x = 3",
            "open('data/nothing.csv')",
            "files that a notebook reads belong beside it, or into the course's folder data/",
            marks=pytest.mark.slow,
        ),
    ],
)
def test_less_than_full_marks_stops(course: Path, answer: str, test: str, told: str) -> None:
    add(course, answer, test)
    submitted = hand_in(course)
    done = run("grade", submitted, folder=course)
    assert done.returncode == 2
    first, last = done.stderr.splitlines()
    assert first.startswith("autograder: q1: the test more-test gives its own solution 0 of 2 ")
    assert told in first
    assert last == (
        "autograder: nothing was graded: the solution of q1 itself does not get full marks, "
        "see above"
    )
    assert not (course / "grading/grades.csv").exists()


def test_the_mark_helps(course: Path) -> None:
    add(course, EQUAL, "assert Three() == 3")
    path = course / "solutions/q1" / tiny_course.NAME
    source = notebooks.read(path)
    source.cells[-1].metadata["autograder"] = "beside-the-answer"
    tiny_course.write_source(course, source)
    done = run("grade", hand_in(course), folder=course)
    assert done.returncode == 0, done.stderr
    table = (course / "grading/grades.csv").read_text(encoding="utf-8")
    assert "but weak for more-test" in table


def test_a_last_value_that_is_no_number(course: Path) -> None:
    """It leaves all points if the solution has one, too; else an answer may have made it so."""
    add(course, "share = 2.0", "assert share\nshare")
    submitted = hand_in(course, honest="share = 1.5", text="share = 'all of them'")
    done = run("grade", submitted, folder=course)
    assert (done.returncode, done.stderr) == (0, "")
    scores = {name: row["score"] for name, row in grades(course / "grading").items()}
    assert scores == {"ann": "5", "honest": "6.5", "text": "5"}
    add(course, "share = 2.0", "assert share == 2\n'Well done!'")
    shutil.rmtree(submitted)
    submitted = hand_in(course, right="share = 2.0", wrong="share = 1.5")
    for _ in range(2):  # the second time, what the rehearsal found is known
        done = run("grade", submitted, "--regrade", folder=course)
        assert done.returncode == 0, done.stderr
        scores = {name: row["score"] for name, row in grades(course / "grading").items()}
        assert scores == {"ann": "5", "right": "7", "wrong": "5"}
    told = "q1: the test more-test ends with a value that is no number ('Well done!')"
    assert told not in done.stderr
    handed_in = {
        path.parent.parent.name: notebooks.read(path) for path in submitted.glob("*/q1/*.ipynb")
    }
    by_nbgrader = parity.with_our_steps(
        Course(course), "q1", handed_in, course.parent / "by-nbgrader", forked
    )
    points = {name: by_nbgrader[name, "more-test"] for name in handed_in}
    assert points == {"ann": 0, "right": 2, "wrong": 0}


def test_once_for_each_version(course: Path) -> None:
    add(course, "x = 3", "assert x == 3")
    submitted = hand_in(course)
    assert run("grade", submitted, folder=course).returncode == 0
    kept = course / "grading" / rehearsal.NAME
    first = kept.stat().st_mtime_ns
    assert run("grade", submitted, folder=course).returncode == 0
    assert kept.stat().st_mtime_ns == first
    add(course, "x = 3", "assert x == 3 and x != 4")
    assert run("grade", submitted, folder=course).returncode == 0
    assert kept.stat().st_mtime_ns != first


@pytest.mark.slow
def test_lines_of_autotest_are_tests(course: Path) -> None:
    import nbgrader

    docs = Path(nbgrader.__file__).parent / "docs/source/user_guide"
    shutil.copy(docs / "autotests.yml", course)
    add(course, "x = 3\ny = [1, 2]", "### AUTOTEST x\n### HASHED AUTOTEST y; double(4)")
    answers = {"bob": "x = 4\ny = [1, 2]", "cy": "x = 3\ny = [2, 1]", "eve": "x = 3\ny = [1, 2]"}
    submitted = hand_in(course, **answers)
    released = notebooks.read(course / "notebooks/q1" / tiny_course.NAME)
    assert "AUTOTEST" not in tiny_course.cell(released, "more-test").source
    done = run("grade", submitted, folder=course)
    assert done.returncode == 0, done.stderr
    table = (course / "grading/grades.csv").read_text(encoding="utf-8").splitlines()
    scores = {line.split(",")[0]: line.split(",")[2] for line in table[1:]}
    assert scores == {"ann": "5", "bob": "5", "cy": "5", "eve": "7"}


def test_without_autotests_yml(course: Path) -> None:
    add(course, "x = 3", "### AUTOTEST x")
    tiny_course.hand_in(course.parent / "submitted", "ann", tiny_course.source_notebook())
    done = run("grade", course.parent / "submitted", folder=course)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "need autotests.yml" in done.stderr
