"""Running the real command, and reading what it leaves."""

import csv
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.support import forks
from tests.support.forked_kernels import forked_kernels
from tests.support.forked_zygotes import forked_zygotes
from tests.support.warm import Warm, warm

PROGRAM = Path(sys.executable).with_name("autograder")  # for tests that kill or watch it
Done = subprocess.CompletedProcess[str]
Command = Callable[..., Done]


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
        """Return the rows of grades.csv by student."""
        return grades(self.out)

    def feedback(self, student: str) -> str:
        """Return a student's feedback page."""
        return (self.out / f"feedback/{student}/q1/tiny.html").read_text(encoding="utf-8")


def run(*arguments: str | Path, folder: Path, **environment: str) -> Done:
    """Run `autograder` as users do, in a course's folder."""
    return forked(["autograder", *map(str, arguments)], folder, environment)


def nbgrader(*arguments: str | Path, folder: Path, **environment: str) -> Done:
    """Run `nbgrader` as it is, in a course's folder."""
    return forked(["nbgrader", *map(str, arguments)], folder, environment)


def forked(command: list[str], folder: Path, environment: Mapping[str, str] = {}) -> Done:
    """Run one of the two, in an environment that is this process's but for `environment`.

    Its kernels and warm interpreters are forks: without Keras, if `environment` names no others.
    """
    path = f"{PROGRAM.parent}{os.pathsep}{os.environ['PATH']}"  # nbgrader calls `alembic` by name
    program, *arguments = command
    plain = forked_kernels(forks.PLAIN)
    if program == "autograder":
        plain |= forked_zygotes(forks.PLAIN)
    return _warm(program).run(
        arguments, folder, {**os.environ, "PATH": path, **plain, **environment}
    )


def programs(folder: Path) -> None:
    """Put `autograder` and `nbgrader` into a folder: a shell that finds them there is quicker."""
    for name in ("autograder", "nbgrader"):
        _warm(name).program(folder)


@cache
def _warm(program: str) -> Warm:
    return warm(program)


def grades(out: Path) -> dict[str, dict[str, str]]:
    """Return the rows of grades.csv by student."""
    with (out / "grades.csv").open(encoding="utf-8", newline="") as file:
        return {row["student_id"]: row for row in csv.DictReader(file)}
