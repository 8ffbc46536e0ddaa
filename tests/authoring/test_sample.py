"""The made-up class, from the real answer bank."""

import shutil
from pathlib import Path

import pytest

from autograder.authoring.bank import read_bank
from autograder.authoring.release import template
from autograder.notebook import notebooks
from autograder.notebook.cells import grade_id, without_hidden_tests
from autograder.notebook.course import Course
from tests.support import tiny_course
from tests.support.running import Command


@pytest.fixture
def q2(tmp_path: Path) -> Course:
    """A copy of this course, with q2 released."""
    for name in ("nbgrader_config.py", "hints.toml"):
        shutil.copy(tiny_course.REPOSITORY / name, tmp_path)
    shutil.copytree(tiny_course.REPOSITORY / "solutions/q2", tmp_path / "solutions/q2")
    course = Course(tmp_path)
    released = template(notebooks.read(course.source("q2")))
    for cell in released.cells:
        cell.source = without_hidden_tests(cell.source)
    course.released("q2").parent.mkdir(parents=True)
    course.released("q2").write_text(notebooks.text(released), encoding="utf-8")
    return course


def test_the_class_is_mixed_and_always_the_same(autograder: Command, q2: Course) -> None:
    for folder in ("one", "two"):
        done = autograder("sample", folder, folder=q2.root)
        assert (done.returncode, done.stderr) == (0, "")
    files = {path.parts[-3]: path for path in q2.root.glob("one/*/q2/*.ipynb")}
    assert len(files) >= 12
    for path in files.values():
        again = q2.root / "two" / path.relative_to(q2.root / "one")
        assert path.read_bytes() == again.read_bytes()

    wrong = {
        (answer.exercise, answer.source): answer.title
        for answer in read_bank(q2.source("q2").parent / "answers")
        if answer.kind == "wrong"
    }
    broken, mistakes, blank = [], [], []
    untouched = notebooks.read(q2.released("q2"))
    for student, path in files.items():
        try:
            notebook = notebooks.read(path)
        except Exception:  # nbformat has its own kind for files that are no notebooks
            broken.append(student)
            continue
        if notebook == untouched:
            blank.append(student)
            continue
        mistakes.append(
            frozenset(
                (cell.metadata.nbgrader["grade_id"], wrong[key])
                for cell in notebook.cells
                if "nbgrader" in cell.metadata
                and (key := (cell.metadata.nbgrader["grade_id"], cell.source)) in wrong
            )
        )
    assert (len(broken), len(blank), mistakes.count(frozenset())) == (1, 1, 3)
    partly = [each for each in mistakes if each]
    assert len(partly) == len(set(partly)) == len(files) - 5


def test_more_students_are_of_mixed_ability(autograder: Command, q2: Course) -> None:
    assert autograder("sample", "small", folder=q2.root).returncode == 0
    done = autograder("sample", "large", "--more", "12", folder=q2.root)
    assert done.stdout == "wrote 26 submissions of q2 into large\n"
    for path in q2.root.glob("small/*/q2/*.ipynb"):
        assert (q2.root / "large" / path.relative_to(q2.root / "small")).read_bytes() == (
            path.read_bytes()
        )
    right = {
        (answer.exercise, answer.source): answer.kind == "right"
        for answer in read_bank(q2.source("q2").parent / "answers")
    }
    exercises = {exercise for exercise, _ in right}
    solved = [
        sum(
            right[grade_id(cell), cell.source]  # each answer is one of the bank's
            for cell in notebooks.read(path).cells
            if grade_id(cell) in exercises
        )
        for path in q2.root.glob("large/student-*/q2/*.ipynb")
    ]
    assert len(solved) == 12
    assert min(solved) <= len(exercises) // 2
    assert max(solved) == len(exercises)


def test_not_released_or_no_bank(autograder: Command, q2: Course) -> None:
    shutil.rmtree(q2.root / "solutions/q2/answers")
    done = autograder("sample", "x", folder=q2.root)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "has no answer bank" in done.stderr
    q2.released("q2").unlink()
    assert "q2 is not released yet" in autograder("sample", "x", folder=q2.root).stderr
