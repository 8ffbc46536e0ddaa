"""Does `autograder grade` give the scores that stock nbgrader gives? Both run for real.

`python -m tests.grading.parity q2 …` compares the whole answer bank of chapters (all
without a name) and lists every difference; `make parity` runs it. It leaves out the notebooks'
demonstrations that the answer does not need: they earn nothing, and stock nbgrader would run them.
"""

import copy
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from nbformat import NotebookNode
from nbgrader.api import Gradebook

from autograder.authoring.bank import hand_in, read_bank
from autograder.authoring.kill_matrix import REFERENCE, UNTOUCHED, submissions
from autograder.authoring.release import read_template
from autograder.files import write
from autograder.notebook import cells, notebooks
from autograder.notebook.course import Course, find_course
from autograder.results import journal
from autograder.submissions.rebuild import rebuild
from tests.support.running import Done

Notebooks = Mapping[str, NotebookNode]  # by student
Scores = dict[tuple[str, str], float]  # (student, test cell) -> points
Run = Callable[[list[str], Path], Done]  # how a command is run in a folder
STOCK = "\ndel c.Autograde['autograde_preprocessors']\n"


def honest(course: Course, name: str) -> dict[str, NotebookNode]:
    """Return the bank of a chapter as notebooks; endless answers are left out."""
    released = notebooks.read(course.released(name))
    rows = submissions(read_bank(course.source(name).parent / "answers"))
    handed_in = {
        student: hand_in(released, {exercise: each.source for exercise, each in row.items()})
        for student, row in rows.items()
        if not student.startswith("stop")
    }
    reference = notebooks.read(course.source(name))
    return handed_in | {UNTOUCHED: released, REFERENCE: reference}


def without_demonstrations(template: NotebookNode, handed_in: Notebooks) -> Notebooks:
    """Return copies of the notebooks that lack the cells which `autograder grade` does not run."""
    copies = {}
    for student, notebook in handed_in.items():
        rebuilt = rebuild(template, notebook).notebook
        needed = {cell.id for cell in rebuilt.cells if cells.is_needed(cell)}
        copies[student] = copy.deepcopy(notebook)
        copies[student].cells = [
            cell for cell in notebook.cells if not cells.is_demonstration(cell) or cell.id in needed
        ]
    return copies


def started(command: list[str], folder: Path) -> Done:
    """Run a command as everybody does."""
    programs = Path(sys.executable).parent
    path = os.pathsep.join([str(programs), os.environ.get("PATH", os.defpath)])
    return subprocess.run(
        [programs / command[0], *command[1:]],
        cwd=folder,
        env={**os.environ, "PATH": path},  # nbgrader calls `alembic` by its name
        capture_output=True,
        text=True,
        check=False,
    )


def stock(
    course: Course, name: str, handed_in: Notebooks, folder: Path, run: Run = started
) -> Scores:
    """Return the scores that nbgrader itself gives, with its own steps, in the empty `folder`."""
    return _by_nbgrader(course, name, handed_in, folder, run, sealed=False)


def with_our_steps(
    course: Course, name: str, handed_in: Notebooks, folder: Path, run: Run = started
) -> Scores:
    """Return the scores of `nbgrader autograde` with the repository's configuration."""
    return _by_nbgrader(course, name, handed_in, folder, run, sealed=True)


def ours(
    course: Course,
    name: str,
    handed_in: Notebooks,
    folder: Path,
    run: Run = started,
    jobs: int | None = None,
) -> Scores:
    """Return the scores that `autograder grade` gives, in the empty `folder`.

    So many submissions run at a time; with None, as many as there are cores.
    """
    lay(course, name, handed_in, folder / "submitted")
    out = folder / "grading"
    command = ["autograder", "grade", str(folder / "submitted"), "--out", str(out)]
    if jobs is not None:
        command += ["--jobs", str(jobs)]
    finished(run([*command, "--no-feedback"], course.root))
    return {
        (student, verdict.grade_id): verdict.points
        for (student, _), entry in journal.read(out).items()
        for verdict in entry.result.verdicts
    }


def differences(theirs: Scores, mine: Scores) -> list[str]:
    """Return one line for every score that is not the same in both."""
    return [
        f"{student}, {cell}: {theirs.get((student, cell))} and {mine.get((student, cell))}"
        for student, cell in sorted(theirs.keys() | mine.keys())
        if theirs.get((student, cell)) != mine.get((student, cell))
    ]


def nbgrader_course(
    course: Course, name: str, handed_in: Notebooks, folder: Path, run: Run, sealed: bool
) -> None:
    """Make `folder` nbgrader's course of this assignment, with these submissions, beside others.

    It grades by the repository's configuration if `sealed`, else by nbgrader's own steps.
    """
    source = course.source(name)
    (folder / "solutions" / name).mkdir(parents=True)
    shutil.copy(source, folder / "solutions" / name)
    shutil.copy(course.root / "nbgrader_config.py", folder)
    if course.data.is_dir() and not (folder / "data").exists():
        (folder / "data").symlink_to(course.data)
    lay(course, name, handed_in, folder / "submitted")
    if not sealed:
        with (folder / "nbgrader_config.py").open("a", encoding="utf-8") as config:
            config.write(STOCK)
    finished(run(["nbgrader", "generate_assignment", name], folder))


def nbgrader_scores(course: Course, name: str, students: Iterable[str], folder: Path) -> Scores:
    """Return what the gradebook in nbgrader's course says."""
    notebook = course.source(name).stem
    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}") as book:
        return {
            (student, grade.name): grade.score
            for student in students
            for grade in book.find_submission_notebook(notebook, name, student).grades
        }


def _by_nbgrader(
    course: Course,
    name: str,
    handed_in: Notebooks,
    folder: Path,
    run: Run,
    sealed: bool,
) -> Scores:
    nbgrader_course(course, name, handed_in, folder, run, sealed)
    finished(run(["nbgrader", "autograde", name], folder))
    return nbgrader_scores(course, name, handed_in, folder)


def lay(course: Course, name: str, handed_in: Notebooks, folder: Path) -> None:
    """Write notebooks as submissions of an assignment, in nbgrader's layout."""
    for student, notebook in handed_in.items():
        path = folder / student / name / course.source(name).name
        write(path, notebooks.text(notebook))


def finished(done: Done) -> None:
    """Raise RuntimeError with what a command said, unless it ended well."""
    if done.returncode != 0:
        said = f"{done.stdout[-2000:]}\n{done.stderr[-4000:]}"
        raise RuntimeError(f"{' '.join(map(str, done.args))}:\n{said}")


def main(names: list[str]) -> int:
    """Print the differences in these chapters; return how many there are."""
    course = find_course(Path.cwd())
    count = 0
    for name in names or course.names():
        handed_in = without_demonstrations(read_template(course, name), honest(course, name))
        with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
            theirs = stock(course, name, handed_in, Path(one))
            found = differences(theirs, ours(course, name, handed_in, Path(two)))
        print(f"{name}: {len(handed_in)} notebooks, {len(theirs)} scores, {len(found)} differ")
        for line in found:
            print(f"  {line}")
        count += len(found)
    return count


if __name__ == "__main__":
    sys.exit(min(main(sys.argv[1:]), 1))
