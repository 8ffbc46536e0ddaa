"""The same scores as stock nbgrader, and through nbgrader's own command: all three run for real.

A sample; `make parity` compares the whole answer bank.
"""

import copy
import os
import shutil
import subprocess
import sys
from functools import partial
from importlib.resources import files
from pathlib import Path

import pytest
from nbformat import NotebookNode
from nbgrader.api import Gradebook

from autograder.authoring.release import read_template
from autograder.notebook import cells, notebooks
from autograder.notebook.course import Course
from tests.grading import parity
from tests.support import tiny_course
from tests.support.forked_kernels import forked_kernels
from tests.support.running import forked, run

pytestmark = pytest.mark.slow

HONEST = ("right", "half", "memorised", "syntax-error", "one-answered", "none-right", "blank")


@pytest.fixture(scope="module")
def handed_in(released: NotebookNode, tmp_path_factory: pytest.TempPathFactory) -> parity.Notebooks:
    """Submissions of the tiny course: honest ones, and one whose answer writes to stderr."""
    folder = tmp_path_factory.mktemp("unused")
    made = {name: tiny_course.CLASS[name].make(released, folder) for name in (*HONEST, "helper")}
    return {name: made for name, made in made.items() if isinstance(made, NotebookNode)}


@pytest.fixture(scope="module")
def mine(
    tiny: Path, handed_in: parity.Notebooks, tmp_path_factory: pytest.TempPathFactory
) -> parity.Scores:
    """The scores of `autograder grade`."""
    return parity.ours(Course(tiny), "q1", handed_in, tmp_path_factory.mktemp("ours"), forked)


def test_stock_nbgrader_gives_the_same_but_for_words_on_stderr(
    tiny: Path, handed_in: parity.Notebooks, mine: parity.Scores, tmp_path: Path
) -> None:
    theirs = parity.stock(Course(tiny), "q1", handed_in, tmp_path, forked)
    assert len(theirs) == 3 * len(handed_in)
    # nbgrader takes any word on stderr for a failure; a warning costs nothing here.
    assert parity.differences(theirs, mine) == ["helper, double-test: 0.0 and 2.0"]


def test_nbgrader_autograde_grades_through_the_same_engine(
    tiny: Path, handed_in: parity.Notebooks, mine: parity.Scores, tmp_path: Path
) -> None:
    theirs = parity.with_our_steps(Course(tiny), "q1", handed_in, tmp_path, forked)
    assert parity.differences(theirs, mine) == []
    executed = (tmp_path / "autograded/right/q1/tiny.ipynb").read_text(encoding="utf-8")
    assert '"output_type": "error"' not in executed


def test_a_chapter_of_the_course(tmp_path_factory: pytest.TempPathFactory) -> None:
    course = Course(tiny_course.REPOSITORY)
    some = ("reference", "wrong-01", "crash-01")
    whole = {name: each for name, each in parity.honest(course, "q2").items() if name in some}
    assert sorted(whole) == sorted(some)
    # with them: see tests/authoring/test_release.py
    handed_in = parity.without_demonstrations(read_template(course, "q2"), whole)
    with_tensorflow = partial(forked, environment=forked_kernels())
    folder = tmp_path_factory.mktemp("stock")
    theirs = parity.stock(course, "q2", handed_in, folder, with_tensorflow)
    ours = parity.ours(course, "q2", handed_in, tmp_path_factory.mktemp("ours"), forked)
    assert parity.differences(theirs, ours) == []
    assert sum(score for (student, _), score in ours.items() if student == "reference") == 10


EXAMPLES: dict[str, dict[str, str]] = {  # by student, what takes the place of the solution
    "reference": {},
    "no-error": {"squares": "def squares(n):\n    return [i**2 for i in range(1, n + 1)]"},
    "repeated": {"sum_of_squares": "def sum_of_squares(n):\n    return n*(n+1)*(2*n+1) // 6"},
    "syntax": {"squares": "def squares(n:"},
    "printed": {"squares": "def squares(n):\n    print([i**2 for i in range(1, n + 1)])"},
}


def test_nbgraders_example_course(tmp_path: Path) -> None:
    """The same points and the same cells to mark by hand, in both gradebooks."""
    course = Course(tmp_path / "ours")
    (course.root / "solutions/ps1").mkdir(parents=True)
    example = files("nbgrader") / "docs/source/user_guide/source/ps1/problem1.ipynb"
    shutil.copy(str(example), course.root / "solutions/ps1")
    shutil.copy(tiny_course.REPOSITORY / "nbgrader_config.py", course.root)
    assert run("release", folder=course.root).returncode == 0
    source = notebooks.read(course.source("ps1"))
    handed_in = {"blank": notebooks.read(course.released("ps1"))}
    for student, answers in EXAMPLES.items():
        handed_in[student] = copy.deepcopy(source)
        for cell in handed_in[student].cells:
            cell.source = answers.get(cells.grade_id(cell), cell.source)
    theirs, mine = tmp_path / "theirs", tmp_path / "mine"
    parity.stock(course, "ps1", handed_in, theirs, forked)
    parity.ours(course, "ps1", handed_in, mine, forked)
    found = [
        {
            (student, grade.name): (grade.score, bool(grade.needs_manual_grade))
            for student in handed_in
            for grade in book.find_submission_notebook("problem1", "ps1", student).grades
        }
        for folder in (theirs, mine / "grading")
        for book in [Gradebook(f"sqlite:///{folder / 'gradebook.db'}")]
    ]
    assert len(found[0]) == 7 * len(handed_in)
    assert found[0] == found[1]


PRESSED = """
from nbgrader.apps import NbGrader
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
app = NbGrader()
app.initialize([])
api = NbGraderAPI(coursedir=CourseDirectory(parent=app), parent=app)
assert api.generate_assignment("q1")["success"]
assert api.autograde("q1", "helper")["success"]
print(api.get_submission("q1", "helper")["score"])
"""


def test_formgraders_button_grades_through_the_same_engine(
    released: NotebookNode, tmp_path: Path
) -> None:
    """The button calls this; stock nbgrader would not give all points (see above)."""
    tiny_course.make_course(tmp_path)
    made = tiny_course.CLASS["helper"].make(released, tmp_path)
    assert isinstance(made, NotebookNode)
    tiny_course.hand_in(tmp_path / "submitted", "helper", made)
    programs = Path(sys.executable).parent
    path = os.pathsep.join([str(programs), os.environ["PATH"]])
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", PRESSED],
        cwd=tmp_path,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "5.0\n"), done.stderr
