"""The ways to grade a class that are compared: the commands of each, on the same notebooks."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from autograder.authoring.release import read_template
from autograder.notebook.course import Course
from autograder.results import journal
from benchmarks import otter
from tests.grading import parity
from tests.support.running import Done

Class = Mapping[str, parity.Notebooks]  # by assignment; of each, the notebooks by student
Points = dict[tuple[str, str, str], float]  # of each student, assignment and test
STOCK, OTTER = "nbgrader autograde", "otter run"


@dataclass(frozen=True)
class Prepared:
    """A class written out: what is to be run and timed, and how to read the points after it."""

    commands: list[tuple[list[str], Path]]  # each with the folder it is run in
    points: Callable[[], Points]


Way = Callable[[Course, Class, Path], Prepared]


def ways(course: Course) -> dict[str, Way]:
    """Return the ways by the names that tables call them by. Why a way is not there is printed."""
    found: dict[str, Way] = {STOCK: stock}
    program = otter.program(course.root)
    if program is not None:
        found[OTTER] = partial(by_otter, program)
    for jobs in (1, 2):
        found[f"autograder grade --jobs {jobs}"] = partial(ours, jobs)
    return found


def stock(course: Course, handed_in: Class, folder: Path) -> Prepared:
    """Write a class for nbgrader's own steps; its gradebook has the assignments beforehand."""
    for name, notebooks in handed_in.items():
        parity.nbgrader_course(course, name, notebooks, folder, parity.started, sealed=False)

    def points() -> Points:
        return {
            (student, name, test): given
            for name, notebooks in handed_in.items()
            for (student, test), given in parity.nbgrader_scores(
                course, name, notebooks, folder
            ).items()
        }

    return Prepared([(["nbgrader", "autograde", name], folder) for name in handed_in], points)


def ours(jobs: int, course: Course, handed_in: Class, folder: Path) -> Prepared:
    """Write a class for `autograder grade`, which grades all its assignments in one command."""
    for name, notebooks in handed_in.items():
        parity.lay(course, name, notebooks, folder / "submitted")
    out = folder / "grading"
    command = ["autograder", "grade", str(folder / "submitted"), "--out", str(out)]

    def points() -> Points:
        return {
            (student, name, verdict.grade_id): verdict.points
            for (student, name), entry in journal.read(out).items()
            for verdict in entry.result.verdicts
        }

    return Prepared([([*command, "--jobs", str(jobs), "--no-feedback"], course.root)], points)


def by_otter(program: Path, course: Course, handed_in: Class, folder: Path) -> Prepared:
    """Write a class in otter's form; a command grades one submission, as otter's containers do."""
    commands = []
    results: dict[tuple[str, str], Path] = {}
    for name, notebooks in handed_in.items():
        otter.write_tests(read_template(course, name), folder / name / "tests")
        otter.pack(folder / name / "tests", folder / name / "autograder.zip")
        changed = {student: otter.in_its_form(each) for student, each in notebooks.items()}
        parity.lay(course, name, changed, folder / "submitted")
        for student in notebooks:
            place = folder / "submitted" / student / name
            results[student, name] = place / "results.json"
            graded = ["-a", str(folder / name / "autograder.zip"), "-o", str(place), "--no-logo"]
            commands.append(([str(program), "run", *graded, course.source(name).name], place))

    def points() -> Points:
        return {
            (student, name, test): given
            for (student, name), path in results.items()
            for test, given in otter.scores(path).items()
        }

    return Prepared(commands, points)


def run(command: list[str], folder: Path, course: Course) -> Done:
    """Run a command to its end, its programs first those of this environment.

    What it puts into the system's folder for temporary files lies in the course's `_build`, so
    that a notebook finds the course's data above it, wherever it is run.
    """
    temporary = course.root / "_build" / "tmp"
    temporary.mkdir(parents=True, exist_ok=True)
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    return subprocess.run(  # noqa: S603
        command,
        cwd=folder,
        env={**os.environ, "PATH": path, "TMPDIR": str(temporary)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
