"""The same on every Python that is supported and found here: set-up, fast tests, a class, a check.

    python -m tests.pythons [--brief] [3.13 …]

Each gets an environment of its own below `_build/pythons`. `--brief` takes only the newest that is
here, and leaves out the fast tests. Ends with an error if a step fails, if a Python that was named
is not here, or if a notebook's grade or what `autograder check` prints of it is another one than
this Python's.
"""

import argparse
import csv
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.support.tiny_course import REPOSITORY

COMPARED: Final = ("student_id", "assignment", "score", "max_score", "status", "reason")
LEFT_OUT: Final = ("site", "models", "attacks")
FAST: Final = (
    *("-q", "-n", "2", "--dist", "loadfile", "-m", "not slow"),
    *(f"--ignore=tests/{name}" for name in LEFT_OUT),
)
CHECKED: Final = "notebooks/q2/parameters-and-memory.ipynb"
NOT_SOLVED: Final = 1  # what `autograder check` ends with, since nobody has solved it


@dataclass(frozen=True)
class Verdicts:
    """What one Python made of the same notebooks."""

    grades: list[tuple[str, ...]]
    checked: str


def supported() -> list[str]:
    """Return the versions that pyproject.toml allows, as 3.11, from the oldest on."""
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    least, beyond = project["requires-python"].replace(">=3.", "").replace("<3.", "").split(",")
    return [f"3.{minor}" for minor in range(int(least), int(beyond))]


def found(version: str) -> Path | None:
    """Return this version's interpreter, on the path or of pyenv's; None if there is none."""
    on_path = shutil.which(f"python{version}")
    of_pyenv = sorted(Path.home().glob(f".pyenv/versions/{version}.*/bin/python"))
    for each in (*([Path(on_path)] if on_path else []), *of_pyenv):
        asked = [str(each), "-c", "import sys, venv; print('%d.%d' % sys.version_info[:2])"]
        done = subprocess.run(asked, capture_output=True, text=True, check=False)
        if done.stdout.strip() == version:  # a shim of pyenv's may be there and start nothing
            return each
    return None


def verdicts(program: Path, place: Path) -> Verdicts:
    """Return what the `autograder` of one Python makes of a sample class, and of a notebook."""
    place.mkdir(parents=True, exist_ok=True)
    sample, out = place / "sample", place / "grading"
    for folder in (sample, out):
        shutil.rmtree(folder, ignore_errors=True)
    subprocess.run([program, "sample", sample], cwd=REPOSITORY, check=True)
    subprocess.run([program, "grade", sample, "--out", out], cwd=REPOSITORY, check=True)
    check = subprocess.run(
        [program, "check", CHECKED], cwd=REPOSITORY, capture_output=True, text=True, check=False
    )
    if check.returncode != NOT_SOLVED:
        raise SystemExit(f"{program} check ended with {check.returncode}: {check.stderr}")
    with (out / "grades.csv").open(encoding="utf-8", newline="") as table:
        grades = [tuple(row[name] for name in COMPARED) for row in csv.DictReader(table)]
    return Verdicts(grades, check.stdout)


def tried(version: str, python: Path, brief: bool) -> Verdicts:
    """Return what a version makes of the notebooks, after the set-up and the fast tests."""
    place = REPOSITORY / "_build/pythons" / version
    environment = place / "venv"
    subprocess.run(
        ["make", f"VENV={environment}", f"PYTHON={python}", "setup"], cwd=REPOSITORY, check=True
    )
    if not brief:
        subprocess.run([environment / "bin/pytest", *FAST, "tests"], cwd=REPOSITORY, check=True)
    return verdicts(environment / "bin/autograder", place)


def main() -> None:
    """Try every version that is found or named, and say what differs from this Python's."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("versions", nargs="*", help="as 3.13; all that are found if left out")
    parser.add_argument("--brief", action="store_true", help="the newest, without the fast tests")
    options = parser.parse_args()
    here = "{}.{}".format(*sys.version_info)
    pythons = {}
    for version in options.versions or [each for each in supported() if each != here]:
        python = found(version)
        if python is not None:
            pythons[version] = python
        elif options.versions:
            raise SystemExit(f"Python {version} is not here")
        else:
            print(f"Python {version} is not here: not tried", flush=True)
    chosen = list(pythons)[-1:] if options.brief else list(pythons)
    if not chosen:
        return
    place = REPOSITORY / "_build/pythons"
    own = verdicts(Path(sys.executable).with_name("autograder"), place)
    for version in chosen:
        its = tried(version, pythons[version], options.brief)
        differing = sorted(set(its.grades) ^ set(own.grades))
        if differing or its.checked != own.checked:
            raise SystemExit(f"Python {here} and {version} differ: {differing or its.checked}")
    same = ", ".join([here, *chosen])
    print(f"the same {len(own.grades)} grades, and the same check, on Python {same}")


if __name__ == "__main__":
    main()
