"""Running the real command, and reading what it leaves."""

import csv
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

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


def run(*arguments: str | Path, folder: Path) -> Done:
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
