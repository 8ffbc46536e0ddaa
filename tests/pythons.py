"""The same on every Python that is supported and found here: set-up, fast tests, a class, a check.

    python -m tests.pythons

Each gets an environment of its own below `_build/pythons`. Ends with an error if a step fails, or
if a notebook's grade differs from the first one's.
"""

import csv
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

from tests.support.tiny_course import REPOSITORY

VERSIONS: Final = ("3.11", "3.12", "3.13")
COMPARED: Final = ("student_id", "assignment", "score", "max_score", "status", "reason")
LEFT_OUT: Final = ("site", "models", "attacks")
FAST: Final = (
    *("-q", "-n", "2", "--dist", "loadfile", "-m", "not slow"),
    *(f"--ignore=tests/{name}" for name in LEFT_OUT),
)

Grades = list[tuple[str, ...]]


def found(version: str) -> Path | None:
    """Return this version's interpreter, on the path or of pyenv's; None if there is none."""
    on_path = shutil.which(f"python{version}")
    of_pyenv = sorted(Path.home().glob(f".pyenv/versions/{version}.*/bin/python"))
    for each in (*of_pyenv, *([Path(on_path)] if on_path else [])):
        if subprocess.run([each, "-c", "import venv"], check=False).returncode == 0:
            return each
    return None


def tried(version: str, python: Path) -> Grades:
    """Return a sample class's grades on this version, after the other steps."""
    place = Path("_build/pythons") / version
    subprocess.run(
        ["make", f"VENV={place}", f"PYTHON={python}", "setup"], cwd=REPOSITORY, check=True
    )
    program = REPOSITORY / place / "bin/autograder"
    sample, out = (REPOSITORY / place / name for name in ("sample", "grading"))
    for folder in (sample, out):
        shutil.rmtree(folder, ignore_errors=True)
    subprocess.run([program, "sample", sample], cwd=REPOSITORY, check=True)
    subprocess.run([program, "grade", sample, "--out", out], cwd=REPOSITORY, check=True)
    check = subprocess.run([program, "check", "notebooks/q2"], cwd=REPOSITORY, check=False)
    if check.returncode != 1:  # it is not solved yet
        raise SystemExit(f"Python {version}: `autograder check` ended with {check.returncode}")
    pytest = str(program.with_name("pytest"))
    subprocess.run([pytest, *FAST, "tests"], cwd=REPOSITORY, check=True)
    with (out / "grades.csv").open(encoding="utf-8", newline="") as table:
        return [tuple(row[name] for name in COMPARED) for row in csv.DictReader(table)]


def main() -> None:
    """Try every version that is found, and say what differs."""
    grades: dict[str, Grades] = {}
    for version in sys.argv[1:] or VERSIONS:
        python = found(version)
        if python is None:
            print(f"Python {version} is not here")
            continue
        grades[version] = tried(version, python)
    first, *others = grades
    for other in others:
        if grades[other] != grades[first]:
            differing = set(grades[other]) ^ set(grades[first])
            raise SystemExit(f"Python {first} and {other} differ: {sorted(differing)}")
    print(f"the same {len(grades[first])} grades on Python {', '.join(grades)}")


if __name__ == "__main__":
    main()
