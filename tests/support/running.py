"""Running the real command, and reading what it leaves."""

import atexit
import csv
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.support.warm import Warm

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
    return _warm().run([*map(str, arguments)], folder, os.environ | environment)


@cache
def _warm() -> Warm:
    """Return the process that runs this one's commands; it ends with this one."""
    warm = Warm()
    atexit.register(warm.close)
    return warm


def grades(out: Path) -> dict[str, dict[str, str]]:
    """Return the rows of grades.csv by student."""
    with (out / "grades.csv").open(encoding="utf-8", newline="") as file:
        return {row["student_id"]: row for row in csv.DictReader(file)}
