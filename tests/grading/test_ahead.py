"""A warm interpreter that starts while `grade` is still being imported, if it will be needed."""

import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from autograder.cli import app
from autograder.errors import UsageError
from autograder.execution import warm
from autograder.grading.ahead import Sketch, to_run, warmed
from autograder.notebook import notebooks
from autograder.notebook.course import Course, find_course, load_config
from autograder.sandbox.zygote import Zygote
from tests.support import tiny_course

pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")  # nbgrader's own
NOBODY = (None, None)


@pytest.fixture
def submitted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a class of one, in a course that is the current folder."""
    tiny_course.make_course(tmp_path / "course")
    monkeypatch.chdir(tmp_path / "course")
    assert CliRunner().invoke(app, ["release"]).exit_code == 0
    hand_in(tmp_path / "submitted", "one")
    return tmp_path / "submitted"


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[str, ...]]]:
    """Count the warm interpreters by what they import."""
    found: list[tuple[str, ...]] = []

    class Counted(Zygote):
        def __init__(self, modules: tuple[str, ...]) -> None:
            found.append(modules)
            super().__init__(modules)

    monkeypatch.setattr(warm, "Zygote", Counted)
    yield found
    warm.close()


def hand_in(submitted: Path, student: str) -> None:
    """Hand in a right answer."""
    released = notebooks.read(Path("notebooks/q1", tiny_course.NAME))
    tiny_course.hand_in(submitted, student, tiny_course.solved(released))


def grade(submitted: Path, *options: str) -> str:
    """Grade the class here, and return what is printed."""
    done = CliRunner().invoke(app, ["grade", str(submitted), "--jobs", "1", *options])
    assert done.exit_code == 0, done.output
    return done.output


def test_what_will_be_run_is_seen_beforehand(submitted: Path) -> None:
    course, out = find_course(Path.cwd()), Path("grading")
    packed = submitted.with_suffix(".zip")
    with zipfile.ZipFile(packed, "w") as file:
        for path in submitted.rglob("*.ipynb"):
            file.write(path, path.relative_to(submitted))
    assert to_run(course, submitted, out, NOBODY, regrade=False) == ["q1"]
    assert to_run(Sketch(course.root), submitted, out, NOBODY, regrade=False) == ["q1"]
    assert to_run(course, packed, out, NOBODY, regrade=False) == ["q1"]
    assert to_run(course, submitted / "missing", out, NOBODY, regrade=False) == []
    assert to_run(course, submitted, out, ("q7", None), regrade=False) == []
    grade(submitted)
    assert to_run(course, submitted, out, NOBODY, regrade=False) == []
    assert to_run(course, packed, out, NOBODY, regrade=False) == []
    assert to_run(course, submitted, out, NOBODY, regrade=True) == ["q1"]
    hand_in(submitted, "two")
    assert to_run(course, submitted, out, NOBODY, regrade=False) == ["q1"]
    assert to_run(course, submitted, out, (None, "one"), regrade=False) == []


def test_one_is_started_for_a_class_and_none_where_nothing_is_run(
    submitted: Path, started: list[tuple[str, ...]]
) -> None:
    source = tiny_course.source_notebook()
    tiny_course.cell(source, "setup").source += "\nimport numpy as np"
    tiny_course.write_source(Path(), source)
    assert "1 graded" in grade(submitted)
    assert started == [("numpy",)]  # ahead, and the rehearsal and the class have the same
    assert "0 graded" in grade(submitted)
    assert started == [("numpy",)]


def test_one_that_nobody_used_is_killed_while_it_imports(
    submitted: Path, started: list[tuple[str, ...]]
) -> None:
    with warmed(Path.cwd(), submitted, Path("grading"), None, None, regrade=False):
        assert started == [()]
        (zygote,) = warm._zygotes.values()
    assert zygote._process.poll() == -signal.SIGKILL
    tiny_course.write_source(Path(), notebooks.notebook([]))
    Path("solutions/q1", tiny_course.NAME).write_text("{", encoding="utf-8")
    with warmed(Path.cwd(), submitted, Path("grading"), None, None, regrade=False):
        assert started == [()]  # what is wrong, the command says


def test_a_configuration_that_cannot_be_loaded_is_run_once(
    submitted: Path,
) -> None:
    Path("nbgrader_config.py").write_text("print('runs')\nraise ValueError", encoding="utf-8")
    load_config.cache_clear()
    done = CliRunner().invoke(app, ["grade", str(submitted)])
    assert isinstance(done.exception, UsageError)
    assert done.output == "runs\n"


def test_what_starts_it_imports_little() -> None:
    """Else it would wait for what it is to run beside."""
    code = (
        "import sys, autograder.cli, autograder.grading.ahead\n"
        "print({'sqlalchemy', 'nbgrader', 'autograder.grading.grade'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def test_a_sketch_has_nbgraders_folders(tmp_path: Path, course: Course) -> None:
    (tmp_path / "nbgrader_config.py").write_text(
        "c = get_config()\nc.CourseDirectory.root = 'below'\n"
        "c.CourseDirectory.submitted_directory = 'in'",
        encoding="utf-8",
    )
    for each in (course, Course(tmp_path)):
        sketch = Sketch(each.root)
        assert sketch.source_folder == each.source_folder
        assert sketch.submitted == each.submitted
