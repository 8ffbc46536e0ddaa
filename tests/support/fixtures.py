"""The tiny course, released once, and its class, graded once for all tests."""

import fcntl
import os
import subprocess
import sys
from pathlib import Path

import pytest
from nbformat import NotebookNode

from autograder.notebook import notebooks
from tests.support import displays, tiny_course
from tests.support.running import Command, Done, Graded, run


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder that all processes of the suite share, where things are made only once."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "tiny"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def tiny(shared: Path) -> Path:
    """The tiny course with its notebook released."""
    folder = shared / "course"
    with (shared / "course.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            tiny_course.make_course(folder)
            done = run("release", folder=folder)
            assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="session")
def package_index(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Skip where no index of packages can be reached, which needs the network. In CI it can."""
    uv = str(Path(sys.executable).with_name("uv"))
    command = [uv, "pip", "install", "--dry-run", "--no-cache", "--no-deps", "--target"]
    done = subprocess.run(
        [*command, str(tmp_path_factory.mktemp("index")), "six"], capture_output=True, check=False
    )
    if done.returncode != 0 and "CI" not in os.environ:
        pytest.skip("no index of packages can be reached: is there a network?")


@pytest.fixture(scope="session")
def released(tiny: Path) -> NotebookNode:
    """The student's notebook of the tiny course."""
    return notebooks.read(tiny / "notebooks/q1" / tiny_course.NAME)


@pytest.fixture(scope="session")
def graded(shared: Path, tiny: Path, released: NotebookNode) -> Graded:
    """The whole class, graded in one run of the command."""
    submitted, out, log = shared / "submitted", shared / "grading", shared / "graded"
    with (shared / "graded.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not log.exists():
            makes = {student: case.make for student, case in tiny_course.CLASS.items()}
            tiny_course.hand_in_class(submitted, released, makes)
            done = run(
                *("grade", submitted, "--out", out, "--jobs", "2"),
                *("--cell-timeout", "3", "--memory", "1024"),
                folder=tiny,
            )
            log.mkdir()
            (log / "stdout").write_text(done.stdout, encoding="utf-8")
            (log / "stderr").write_text(done.stderr, encoding="utf-8")
            (log / "code").write_text(str(done.returncode))
    return Graded(
        course=tiny,
        submitted=submitted,
        out=out,
        stdout=(log / "stdout").read_text(encoding="utf-8"),
        stderr=(log / "stderr").read_text(encoding="utf-8"),
        code=int((log / "code").read_text()),
    )


@pytest.fixture(scope="session")
def displayed(shared: Path, tiny: Path) -> Graded:
    """A class of students whose code displays things, harmless and hostile ones."""
    course, submitted, out = shared / "displays-course", shared / "displays", shared / "displayed"
    with (shared / "displays.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not out.exists():
            displays.make_course(course, tiny)
            displays.hand_in_class(submitted, course)
            done = run("grade", submitted, "--out", out, "--jobs", "2", folder=course)
            assert (done.returncode, done.stderr) == (0, "")
    return Graded(course=course, submitted=submitted, out=out, stdout="", stderr="", code=0)


@pytest.fixture
def autograder(tiny: Path) -> Command:
    """The command, run in the tiny course unless `folder` says otherwise."""

    def call(*arguments: str | Path, folder: Path = tiny) -> Done:
        return run(*arguments, folder=folder)

    return call
