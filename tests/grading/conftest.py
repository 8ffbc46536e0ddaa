"""The tiny course, released once, and its class, graded once for all tests."""

import csv
import fcntl
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest
import tiny_course
from nbformat import NotebookNode

Command = Callable[..., "subprocess.CompletedProcess[str]"]


@dataclass(frozen=True)
class Graded:
    """What one run of `autograder grade` on the whole class gave."""

    course: Path
    submitted: Path
    out: Path
    stdout: str
    stderr: str
    code: int

    def rows(self) -> dict[str, dict[str, str]]:
        return grades(self.out)

    def feedback(self, student: str) -> str:
        return (self.out / f"feedback/{student}/q1/tiny.html").read_text(encoding="utf-8")


def run(*arguments: str | Path, folder: Path) -> "subprocess.CompletedProcess[str]":
    """Run `autograder` as users do, in a course's folder."""
    program = Path(sys.executable).with_name("autograder")
    return subprocess.run(
        [program, *map(str, arguments)],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


def grades(out: Path) -> dict[str, dict[str, str]]:
    """Return the rows of grades.csv by student."""
    with (out / "grades.csv").open(encoding="utf-8", newline="") as file:
        return {row["student_id"]: row for row in csv.DictReader(file)}


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
def released(tiny: Path) -> NotebookNode:
    """The student's notebook of the tiny course."""
    return nbformat.read(tiny / "notebooks/q1" / tiny_course.NAME, as_version=4)


@pytest.fixture(scope="session")
def graded(shared: Path, tiny: Path, released: NotebookNode) -> Graded:
    """The whole class, graded in one run of the command."""
    submitted, out, log = shared / "submitted", shared / "grading", shared / "graded"
    with (shared / "graded.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not log.exists():
            tiny_course.hand_in_class(submitted, released)
            done = run(
                *("grade", submitted, "--out", out, "--trust-submissions", "--jobs", "2"),
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


@pytest.fixture
def autograder(tiny: Path) -> Command:
    """The command, run in the tiny course unless `folder` says otherwise."""

    def call(*arguments: str | Path, folder: Path = tiny) -> "subprocess.CompletedProcess[str]":
        return run(*arguments, folder=folder)

    return call
