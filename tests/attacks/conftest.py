"""One class of attackers and honest students, graded as root and as anybody.

It is graded in two runs. What only a limit of time stops uses up all of it, much of it at full
speed: these get little, side by side. For the others no limit of time is to be what stops them.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from nbformat import NotebookNode

from autograder.notebook import notebooks
from autograder.results.grades_table import plain_cell
from autograder.submissions.student_ids import student_id, table_name
from tests.attacks import (
    awkward,
    course,
    forging,
    liveness,
    objects,
    reaching,
    returning,
    structure,
)
from tests.attacks.course import Attack
from tests.support.running import Done, grades, run
from tests.support.tiny_course import NAME, hand_in_class

pytest.register_assert_rewrite("tests.attacks.expectations")
NOBODY = 65534
KINDS = {
    "awkward": awkward.CASES,
    "forging": forging.CASES,
    "liveness": liveness.CASES,
    "objects": objects.CASES,
    "reaching": reaching.CASES,
    "returning": returning.CASES,
    "structure": structure.CASES,
}
CLASS: dict[str, Attack] = {name: case for cases in KINDS.values() for name, case in cases.items()}
# What root may do that others may not is for the kernel to say: files, signals, limits. Everything
# else about an attack is the same whoever grades, and is tried as anybody.
AS_ROOT = {**reaching.CASES, **liveness.CASES}


@dataclass(frozen=True)
class Run:
    """A run of `autograder grade`: the folders that it reads and writes, and its limits."""

    submitted: str
    graded: str
    limits: tuple[str, ...]


IN_TIME = Run("submitted", "grading", ("--jobs", "8"))
ENDLESS = Run("endless", "grading-endless", ("--jobs", "16", "--cell-timeout", "3"))


def run_of(student: str) -> Run:
    """Return the run for a student. An honest one stands beside those who take all the time."""
    endless = student == awkward.BESIDE_ENDLESS or CLASS[student].status == "timeout"
    return ENDLESS if endless else IN_TIME


@dataclass(frozen=True)
class Attacked:
    """What the runs of `autograder grade` gave for the whole class."""

    base: Path
    students: list[str]
    runs: list[Done]
    rows: dict[str, dict[str, str]]
    visits: list[str]  # connections that a submission made to what listens on this machine
    left: list[str]  # what the runs left in their folder for temporary files

    def row(self, student: str) -> dict[str, str]:
        """Return the row of grades.csv of who handed in under this name."""
        return self.rows[plain_cell(table_name(student))]

    @property
    def graded(self) -> list[Path]:
        """Return each run's folder."""
        return [self.base / run.graded for run in (IN_TIME, ENDLESS)]

    def executed(self, student: str) -> NotebookNode:
        """Return a student's notebook as graded."""
        return notebooks.read(self._of(student) / "autograded" / student_id(student) / "q1" / NAME)

    def feedback(self, student: str) -> str:
        """Return a student's feedback page."""
        path = self._of(student) / "feedback" / student_id(student) / "q1/tiny.html"
        return path.read_text(encoding="utf-8")

    def _of(self, student: str) -> Path:
        return self.base / run_of(student).graded


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out the attacks that are not tried as root."""
    items[:] = [
        item
        for item in items
        if not isinstance(item, pytest.Function)
        or getattr(item.module, "USER", "") != "root"
        or not hasattr(item, "callspec")
        or item.callspec.params["student"] in AS_ROOT
    ]


@pytest.fixture(scope="module")
def attacked(request: pytest.FixtureRequest) -> Iterator[Attacked]:
    """The class, graded by this module's user. Anybody is an ordinary user without any rights."""
    as_root = request.module.USER == "root"
    user = None if as_root or os.geteuid() != 0 else NOBODY
    with _folder() as base:
        course.make(base / "course")
        released = run("release", folder=base / "course")
        assert released.returncode == 0, released.stderr
        planted = reaching.plant(base)
        try:
            chapter = notebooks.read(base / "course/notebooks/q1" / NAME)
            cases = AS_ROOT if as_root else CLASS
            for name, case in cases.items():
                hand_in_class(base / run_of(name).submitted, chapter, {name: case.make})
            runs = [grade(base, user, run) for run in (IN_TIME, ENDLESS)]
            yield Attacked(
                base=base,
                students=list(cases),
                runs=runs,
                rows=grades(base / IN_TIME.graded) | grades(base / ENDLESS.graded),
                visits=planted.visits,
                left=os.listdir(base / "tmp"),
            )
        finally:
            planted.close()


def grade(base: Path, user: int | None, run: Run) -> Done:
    """Run `autograder grade` in `base`, as this user, with a home and outputs of its own."""
    for name in ("home", "tmp", run.graded):
        (base / name).mkdir(exist_ok=True)
        if user is not None:
            os.chown(base / name, user, user)
    program = Path(sys.executable).with_name("autograder")
    return subprocess.run(
        [
            *(_as(user) if user is not None else ()),
            *(program, "grade", base / run.submitted, "--out", base / run.graded),
            *("--memory", "1024", *run.limits),
        ],
        cwd=base / "course",
        env={**os.environ, "HOME": str(base / "home"), "TMPDIR": str(base / "tmp")},
        capture_output=True,
        text=True,
        timeout=420,
        check=False,
    )


def _as(user: int) -> list[str]:
    """Return the words that make a command another user's.

    Where this Python lies in a home of root's that nobody may look into, the user may read
    all files; that is the only right it has, and it makes reading easier, not harder.
    """
    command = ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups"]
    closed = subprocess.run(
        [*command, "test", "-x", os.path.realpath(sys.executable)], check=False
    ).returncode
    right = "+dac_read_search"
    return [*command, f"--inh-caps={right}", f"--ambient-caps={right}"] if closed else command


@contextmanager
def _folder() -> Iterator[Path]:
    """Make a folder that others may enter, which pytest's own are not."""
    base = Path(tempfile.mkdtemp(prefix="attacks-"))
    try:
        base.chmod(0o755)
        yield base
    finally:
        shutil.rmtree(base)
