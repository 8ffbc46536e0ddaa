"""Folders as classes really hand them in: everybody has a row, and the row says what to do."""

import csv
import json
import os
import shutil
from pathlib import Path

import pytest
from nbformat import NotebookNode

from tests.support import tiny_course
from tests.support.running import Command, Done, run

OK = "ok", ""
EXPECTED = "expected {}/{}/<notebook>.ipynb, found {}"
NO_ASSIGNMENT = "<assignment>", "(assignments: q1, q2), found"

# Where right notebooks were put, who has which rows for it, with which status and reason.
LAYOUTS: dict[str, dict[str, tuple[str, str]]] = {
    "right/q1/tiny.ipynb": {"q1": OK},
    "Case/Q1/tiny.ipynb": {"q1": OK},
    "space/q1 /tiny.ipynb": {"q1": OK},
    "direct/tiny.ipynb": {
        "q1": ("unreadable", EXPECTED.format("direct", "q1", "direct/tiny.ipynb"))
    },
    "second/tiny (2).ipynb": {
        "q1": ("unreadable", EXPECTED.format("second", "q1", "second/tiny (2).ipynb"))
    },
    "titled/Question 2/other.ipynb": {
        "q2": ("unreadable", EXPECTED.format("titled", "q2", "titled/Question 2"))
    },
    "untold/work.ipynb": {
        "": (
            "unreadable",
            "expected untold/<assignment>/<notebook>.ipynb (assignments: q1, q2), "
            "found untold/work.ipynb",
        )
    },
    "homework/hw/work.ipynb": {
        "": (
            "unreadable",
            "expected homework/<assignment>/<notebook>.ipynb (assignments: q1, q2), "
            "found homework/hw",
        )
    },
    "nested/q1/q1/tiny.ipynb": {"q1": ("unreadable", "no notebook was handed in, only q1")},
    "both/Q2/other.ipynb both/q2/other.ipynb": {"q2": OK},
    "nearly/Q1/tiny.ipynb nearly/q1 /tiny.ipynb": {
        "q1": ("unreadable", "several folders could be q1 (Q1, q1 ), and one is expected")
    },
    "part/q1/tiny.ipynb part/other.ipynb": {
        "q1": OK,
        "q2": ("unreadable", EXPECTED.format("part", "q2", "part/other.ipynb")),
    },
    "zipped/q1/tiny.zip": {"q1": ("unreadable", "no notebook was handed in, only tiny.zip")},
    "tiny.ipynb": {"": ("unreadable", "it is not a folder; expected <student>/<assignment>/")},
    "max.zip": {"": ("unreadable", "it is not a folder; expected <student>/<assignment>/")},
}


@pytest.fixture(scope="module")
def graded_layouts(
    tmp_path_factory: pytest.TempPathFactory, tiny: Path, released: NotebookNode
) -> tuple[Path, Done]:
    """A class with every layout, graded once, in a course with two assignments."""
    folder = tmp_path_factory.mktemp("layouts")
    shutil.copytree(tiny, folder / "course")
    (folder / "course/solutions/q2").mkdir()
    source = folder / "course/solutions"
    shutil.copy(source / "q1" / tiny_course.NAME, source / "q2/other.ipynb")
    right = json.dumps(tiny_course.solved(released))
    for paths in LAYOUTS:
        for name in paths.replace(".ipynb ", ".ipynb\n").split("\n"):
            path = folder / "submitted" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(right, encoding="utf-8")
    (folder / "submitted/empty").mkdir()
    (folder / "submitted/Case/q1").mkdir()  # without anything in it
    (folder / "submitted/notes.txt").write_text("the teacher's", encoding="utf-8")
    (folder / "submitted/.git/hooks").mkdir(parents=True)
    os.symlink("/etc", folder / "submitted/linked")
    where: list[str | Path] = ["grade", folder / "submitted", "--out", folder / "out"]
    return folder, run(*where, folder=folder / "course")


def rows(out: Path) -> dict[tuple[str, str], dict[str, str]]:
    with (out / "grades.csv").open(encoding="utf-8", newline="") as file:
        return {(row["student_id"], row["assignment"]): row for row in csv.DictReader(file)}


@pytest.mark.parametrize("paths", LAYOUTS)
def test_everybody_has_a_row(graded_layouts: tuple[Path, Done], paths: str) -> None:
    out = graded_layouts[0] / "out"
    student = paths.split("/")[0]
    found = {key[1]: row for key, row in rows(out).items() if key[0] == student}
    assert set(found) == set(LAYOUTS[paths])
    for assignment, (status, reason) in LAYOUTS[paths].items():
        row = found[assignment]
        assert (row["status"], row["reason"].startswith(reason)) == (status, True), row["reason"]
        pages = list(out.glob(f"feedback/{student}/{assignment or '*'}/*.html"))
        if not assignment:
            assert (row["score"], row["max_score"], pages) == ("", "", [])
        else:
            assert row["score"] == ("5" if status == "ok" else "0")
            assert row["reason"][1:] in pages[0].read_text("utf-8").replace("&lt;", "<").replace(
                "&gt;", ">"
            )


def test_nothing_is_nobody(graded_layouts: tuple[Path, Done]) -> None:
    folder, _ = graded_layouts
    students = {key[0] for key in rows(folder / "out")}
    assert {"empty", "linked"} < students
    assert not {"notes.txt", ".git"} & students
    assert len(students) == len(LAYOUTS) + 2
    report = (folder / "out/report.html").read_text(encoding="utf-8")
    assert all(f'<th scope="row">{student}</th>' in report for student in students)


def test_what_was_done_is_said(graded_layouts: tuple[Path, Done]) -> None:
    _, done = graded_layouts
    assert done.returncode == 0
    told = done.stderr.splitlines()
    assert "autograder: Q1 is taken for q1, in the folders of Case" in told
    assert "autograder: left out both/Q2: both/q2 is there, too" in told
    assert any(
        line.startswith("autograder: left out notes.txt: it is not a folder") for line in told
    )
    assert any(line.startswith("autograder: left out empty: the folder is empty") for line in told)


@pytest.mark.slow
def test_again_nothing_changes(graded_layouts: tuple[Path, Done]) -> None:
    """No line is added to the journal, and a stray that is put right is one no more."""
    folder, _ = graded_layouts
    where: list[str | Path] = ["grade", folder / "submitted", "--out", folder / "out"]
    before = rows(folder / "out"), (folder / "out/journal.jsonl").read_bytes()
    done = run(*where, folder=folder / "course")
    assert f"0 graded, {len(before[0])} unchanged" in done.stdout
    assert (rows(folder / "out"), (folder / "out/journal.jsonl").read_bytes()) == before
    one = run(*where, "--student", "untold", folder=folder / "course")
    assert (one.returncode, one.stdout.count("\n")) == (0, 2)
    assert rows(folder / "out") == before[0]
    for form in ("csv", "canvas", "moodle"):
        export = run("export", "--to", form, "--out", folder / "out", folder=folder)
        assert export.returncode == 0, export.stderr
    text = (folder / "out/export-csv.csv").read_text(encoding="utf-8")
    assert "untold" not in text  # there is no score and no assignment
    assert "\npart,5,0,5\n" in text
    assert run("report", "--out", folder / "out", folder=folder).returncode == 0
    shutil.copytree(folder / "submitted", folder / "mended", symlinks=True)
    (folder / "mended/untold/q2").mkdir()
    (folder / "mended/untold/work.ipynb").rename(folder / "mended/untold/q2/work.ipynb")
    where[1] = folder / "mended"
    run(*where, "--student", "untold", folder=folder / "course")
    mended = rows(folder / "out")
    assert mended["untold", "q2"]["status"] == "ok"
    assert ("untold", "") not in mended
    assert len(mended) == len(before[0])


@pytest.mark.slow
def test_an_assignment_that_is_asked_for_is_told(
    graded_layouts: tuple[Path, Done], tmp_path: Path
) -> None:
    folder, _ = graded_layouts
    where: list[str | Path] = ["grade", folder / "submitted", "--out", tmp_path / "out"]
    done = run(*where, "--assignment", "q2", "--no-feedback", folder=folder / "course")
    assert done.returncode == 0
    found = rows(tmp_path / "out")
    assert {key[0] for key in found if key[1] == "q2"} == {
        *("both", "homework", "part", "titled", "untold"),
    }
    assert {key[0] for key in found if not key[1]} == {"empty", "linked", "max.zip", "tiny.ipynb"}


@pytest.mark.parametrize(
    "names", [["ann.ipynb"], ["q1/ann.ipynb"], ["ann/tiny.ipynb", "b/c.ipynb"]]
)
def test_where_nothing_is_right_the_layout_is_told(
    autograder: Command, tmp_path: Path, names: list[str]
) -> None:
    """The teacher's folder is the wrong one: that is wrong usage, and gives nobody a zero."""
    for name in names:
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_text("{}", encoding="utf-8")
    done = autograder("grade", tmp_path / "in", "--out", tmp_path / "out")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "expected <student>/<assignment>/<notebook>.ipynb (assignments: q1)" in done.stderr
    assert not (tmp_path / "out").exists()
