"""`autograder check`: a student's own notebook, in the student's own folder."""

import copy
import json
from pathlib import Path

import pytest
from nbformat import NotebookNode

from tests.support import tiny_course
from tests.support.running import Command, grades

TOLD = "When your work is graded, further checks run that are not shown here."


def check(
    autograder: Command, folder: Path, notebook: NotebookNode
) -> tuple[int, dict[str, list[str]], str]:
    """Run the check and return its exit code, its table by exercise, and all it printed."""
    (folder / "mine.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    done = autograder("check", folder / "mine.ipynb", folder=folder)  # not inside a course
    assert done.stderr == ""
    rows = [line.rstrip().split(maxsplit=2) for line in done.stdout.splitlines() if "/" in line]
    return done.returncode, {row[0]: row[1:] for row in rows}, " ".join(done.stdout.split())


def test_right(autograder: Command, tmp_path: Path, released: NotebookNode) -> None:
    code, rows, told = check(autograder, tmp_path, tiny_course.solved(released))
    assert code == 0
    assert rows == {"double": ["2/2", "passed"], "area": ["3/3", "passed"]}
    assert "Visible checks: 5 of 5 points." in told
    assert TOLD in told


def test_a_test_that_ends_with_a_text_leaves_all_points(
    autograder: Command, tmp_path: Path, released: NotebookNode
) -> None:
    notebook = tiny_course.solved(released)
    tiny_course.cell(notebook, "area-test").source += "\n'Well done!'"
    code, rows, _ = check(autograder, tmp_path, notebook)
    assert (code, rows["area"]) == (0, ["3/3", "passed"])


def test_wrong_and_untouched(autograder: Command, tmp_path: Path, released: NotebookNode) -> None:
    notebook = copy.deepcopy(released)
    tiny_course.cell(notebook, "double").source = "def double(number):\n    return number**2"
    code, rows, told = check(autograder, tmp_path, notebook)
    assert code == 1
    assert rows["double"][0] == "0/2"
    assert rows["area"] == ["0/3", "Not answered yet."]
    assert "double(5) returned 25. That is too large." in told
    assert "[too-large]" in told
    assert "Visible checks: 0 of 5 points." in told


def test_own_files_and_skipped_cells(
    autograder: Command, tmp_path: Path, released: NotebookNode
) -> None:
    (tmp_path / "helper.py").write_text("def twice(number):\n    return 2 * number\n")
    notebook = tiny_course.solved(released, double="from helper import twice as double")
    tiny_course.cell(notebook, "area-test").metadata["tags"] = ["skip-execution"]
    code, rows, _ = check(autograder, tmp_path, notebook)
    assert (code, rows["double"][1]) == (0, "passed")


def test_not_a_notebook(autograder: Command, tmp_path: Path, released: NotebookNode) -> None:
    for content, told in {
        b"<html>": "a web page saved as .ipynb",
        b'{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}': "has no checks",
    }.items():
        (tmp_path / "mine.ipynb").write_bytes(content)
        done = autograder("check", tmp_path / "mine.ipynb")
        assert (done.returncode, done.stderr.count("\n")) == (2, 1)
        assert told in done.stderr


@pytest.mark.slow
def test_what_grade_finds_is_found(
    autograder: Command, tmp_path: Path, released: NotebookNode, tiny: Path
) -> None:
    """As Colab saves it, merged, an answer below its check: in the course's folder, and graded."""
    merged, colab, below = (tiny_course.solved(released) for _ in range(3))
    double, area = (tiny_course.cell(merged, name) for name in ("double", "area"))
    double.source += f"\n\n{area.source}"
    merged.cells.remove(area)
    for number, each in enumerate(colab.cells):
        each.metadata, each["id"] = {"id": f"colab-{number}"}, f"other-{number}"
    answer = tiny_course.cell(below, "double")
    tiny_course.cell(below, "double-test").source += f"\n\n{answer.source}"
    answer.source = tiny_course.cell(released, "double").source
    handed_in = {"merged": merged, "colab": colab, "below": below}
    for student, notebook in handed_in.items():
        tiny_course.hand_in(tmp_path / "submitted", student, notebook)
        path = tmp_path / f"{student}.ipynb"
        path.write_text(json.dumps(notebook), encoding="utf-8")
        done = autograder("check", path)
        assert (done.returncode, done.stderr) == (0, "")
        assert "Visible checks: 5 of 5 points." in done.stdout
    assert autograder("grade", tmp_path / "submitted", "--out", tmp_path / "out").returncode == 0
    rows = grades(tmp_path / "out")
    assert {student: row["score"] for student, row in rows.items()} == dict.fromkeys(handed_in, "5")
