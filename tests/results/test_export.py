"""Scores for other systems: in their formats, from the gradebook, and safe to open.

By `autograder export`, which reads the output folder as well, and by `nbgrader export`.
"""

import csv
import io
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.plugins import ExportPlugin

from autograder.results.export import FORMS
from autograder.results.grades_table import number, plain_cell
from autograder.results.journal import Journal
from tests.support import tiny_course
from tests.support.running import nbgrader, run

pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")  # nbgrader's own

Rows = list[list[str]]


@pytest.fixture(scope="module")
def two_chapters(
    tmp_path_factory: pytest.TempPathFactory, tiny: Path, released: NotebookNode
) -> Path:
    """Ann did q1 and q2, Ben half of q1; Cleo's file is broken; for Dora the grader failed."""
    folder = tmp_path_factory.mktemp("export")
    shutil.copytree(tiny, folder / "course")
    for part in ("solutions", "notebooks"):
        shutil.copytree(folder / f"course/{part}/q1", folder / f"course/{part}/q2")
    submitted, out = folder / "submitted", folder / "out"
    half = tiny_course.solved(released, double="def double(number):\n    return number**2")
    tiny_course.hand_in(submitted, "ann", tiny_course.solved(released))
    tiny_course.hand_in(submitted, "ben", half)
    tiny_course.hand_in(submitted, "cleo", "{")
    tiny_course.hand_in(submitted, "Dora O'Neil, jr", tiny_course.solved(released))
    shutil.copytree(submitted / "ann/q1", submitted / "ann/q2")
    done = run("grade", submitted, "--out", out, "--jobs", "2", folder=folder / "course")
    assert (done.returncode, done.stderr) == (0, "")
    # The journal says what the grader could not do; a score of an earlier run may be recorded.
    with Journal(out) as journal:
        graded = journal.entries["Dora O'Neil, jr", "q1"]
        assert graded.result.status == "ok"
        journal.append(replace(graded, result=replace(graded.result, status="infra-error")))
    with Gradebook(f"sqlite:///{out / 'gradebook.db'}") as book:
        ann = book.find_student("ann")
        ann.first_name, ann.last_name, ann.lms_user_id = "Ann", "=cmd()|' /C calc'!A0", "4711"
        book.find_student("ben").lms_user_id = "12ab"
        book.find_student("cleo").lms_user_id = "12²"
        book.find_grade("double-test", "tiny", "q1", "ben").manual_score = 1.25
        submission = book.find_submission_notebook("tiny", "q2", "ann")
        submission.late_submission_penalty = 2
        book.db.commit()
    return folder


@pytest.fixture
def out(two_chapters: Path, tmp_path: Path) -> Path:
    """A copy of the output folder, which tests may change."""
    shutil.copytree(two_chapters / "out", tmp_path / "out")
    return tmp_path / "out"


def exported(out: Path, form: str) -> Rows:
    """Run `autograder export` and return the rows of the file that it names."""
    done = run("export", "--out", out, "--to", form, folder=out)
    path = out / f"export-{form}.csv"
    assert (done.returncode, done.stdout, done.stderr) == (0, f"wrote {path}\n", "")
    return rows_of(path)


def rows_of(path: Path) -> Rows:
    """The rows of a CSV file, to the byte: lines end as they are written."""
    return list(csv.reader(io.StringIO(path.read_bytes().decode(), newline="")))


def nbgrader_export(out: Path, plugin: str, *options: str) -> str:
    """Run `nbgrader export` beside the gradebook with a plugin of ours; return what it logs."""
    exporter = f"--exporter=autograder.results.export.{plugin}"
    done = nbgrader("export", exporter, *options, folder=out)
    assert done.returncode == 0, done.stderr
    return done.stderr


def test_csv(out: Path) -> None:
    assert exported(out, "csv") == [
        ["student_id", "q1", "q2", "total"],
        ["Dora O'Neil, jr", "", "", ""],  # no zero, and no total without it
        ["ann", "5", "3", "8"],  # 2 taken off for being late
        ["ben", "4.25", "", "4.25"],  # the teacher gave 1.25 by hand
        ["cleo", "0", "", "0"],
    ]


def test_canvas(out: Path) -> None:
    """The columns in the order that Canvas's importer insists on, then its row of points."""
    assert exported(out, "canvas") == [
        ["Student", "ID", "SIS Login ID", "Section", "q1", "q2"],
        ["Points Possible", "", "", "", "5", "5"],
        ["Dora O'Neil, jr", "", "Dora O'Neil, jr", "", "", ""],
        ["'=cmd()|' /C calc'!A0, Ann", "4711", "ann", "", "5", "3"],
        ["ben", "", "ben", "", "4.25", ""],  # Canvas would take 12ab for its user 12
        ["cleo", "", "cleo", "", "0", ""],  # nor is 12² a number, though Python has ² for a digit
    ]


def test_moodle(out: Path) -> None:
    """Nobody's row starts empty, and no score is empty: Moodle would make it a 0."""
    rows = exported(out, "moodle")
    assert rows[0] == ["ID number", "q1", "q1 feedback", "q2", "q2 feedback"]
    assert [row[:2] + row[3:4] for row in rows[1:]] == [
        ["Dora O'Neil, jr", "-", "-"],
        ["ann", "5", "3"],
        ["ben", "4.25", "-"],
        ["cleo", "0", "-"],
    ]
    assert [row[2] for row in rows[1:]] == [
        "The grader could not run your notebook. This is not your fault.",
        "All checks pass.",
        "Some checks pass.",
        "What you handed in could not be read, so nothing was graded. "
        "The file is cut off: its end is missing.",
    ]


def test_moodle_with_an_address_for_everybody(out: Path) -> None:
    with Gradebook(f"sqlite:///{out / 'gradebook.db'}") as book:
        for student in book.students[1:]:
            student.email = f"{student.id[:3]}@example.org"
        book.db.commit()
        assert exported(out, "moodle")[0][:2] == ["ID number", "q1"]  # one has none
        book.students[0].email = "@example.org"
        book.db.commit()
    rows = exported(out, "moodle")
    assert rows[0][:2] == ["ID number", "Email address"]
    assert all(row[1].endswith("@example.org") for row in rows[1:])
    assert "'@example.org" in {row[1] for row in rows[1:]}


@pytest.mark.slow
def test_nbgrader_writes_the_same_for_canvas(out: Path) -> None:
    """As `autograder export`, but for Dora: that the grader failed stands in the journal alone."""
    told = nbgrader_export(out, "CanvasExport")
    assert "Using exporter: CanvasExport" in told
    assert "Exporting grades to export-canvas.csv" in told
    theirs = rows_of(out / "export-canvas.csv")
    ours = exported(out, "canvas")
    assert ours[2] == ["Dora O'Neil, jr", "", "Dora O'Neil, jr", "", "", ""]
    ours[2][4] = "5"
    assert theirs == ours


@pytest.mark.slow
def test_nbgrader_takes_a_file_and_a_part_of_the_class(out: Path) -> None:
    nbgrader_export(out, "CsvExport", "--to=some.csv", "--assignment=['q1']", "--student=['ben']")
    assert rows_of(out / "some.csv") == [["student_id", "q1", "total"], ["ben", "4.25", "4.25"]]


@pytest.mark.slow
def test_nbgrader_tells_moodle_who_was_late_and_nothing_it_cannot_know(out: Path) -> None:
    with Gradebook(f"sqlite:///{out / 'gradebook.db'}") as book:
        due = datetime(2026, 11, 30, tzinfo=UTC).replace(tzinfo=None)
        book.find_assignment("q2").duedate = due
        book.find_submission("q2", "ann").timestamp = due + timedelta(hours=3)
        book.db.commit()
    nbgrader_export(out, "MoodleExport", "--to=moodle.csv")
    rows = rows_of(out / "moodle.csv")
    assert rows[0] == ["ID number", "q1", "q1 feedback", "q2", "q2 feedback"]
    assert rows[2] == ["ann", "5", "", "3", "3 h late: 2 points taken off."]
    assert rows[3] == ["ben", "4.25", "", "-", ""]


@pytest.mark.slow
def test_an_empty_gradebook_is_said(tmp_path: Path) -> None:
    assert "holds no such submission" in nbgrader_export(tmp_path, "CsvExport")
    assert rows_of(tmp_path / "export-csv.csv") == [["student_id", "total"]]


def test_every_form_is_a_plugin() -> None:
    assert sorted(FORMS) == ["canvas", "csv", "moodle"]
    assert all(issubclass(plugin, ExportPlugin) for plugin in FORMS.values())


def test_wrong_usage_is_one_line(out: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    nowhere = tmp_path / "nowhere.db"
    cases: dict[str, list[str | Path]] = {
        "Missing option '--to'": [],
        "'excel' is not one of": ["--to", "excel"],
        "there are no grades in": ["--to", "csv", "--out", tmp_path / "empty"],
        f"there is no {nowhere}": ["--to", "csv", "--out", out, "--db", f"sqlite:///{nowhere}"],
        "cannot be opened": ["--to", "csv", "--out", out, "--db", "nonsense"],
    }
    for told, options in cases.items():
        done = run("export", *options, folder=tmp_path)
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
        assert told in done.stderr
    assert not nowhere.exists()


def test_another_class_s_gradebook_is_noticed(out: Path, tmp_path: Path) -> None:
    with Gradebook(f"sqlite:///{tmp_path / 'other.db'}"):
        pass
    done = run(
        *("export", "--to", "csv", "--out", out, "--db", f"sqlite:///{tmp_path / 'other.db'}"),
        folder=tmp_path,
    )
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "holds nothing of q1" in done.stderr


@given(st.text(st.characters() | st.sampled_from("=+-@\t\r\n\0\"';,＝ \u202e\x1b"), max_size=12))
def test_no_cell_is_a_formula_or_more_than_one_line(text: str) -> None:
    cell = plain_cell(text)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "＝", "＋", "－", "＠"))
    assert cell.isprintable()
    assert plain_cell(cell) == cell
    kept = "".join(char for char in text if char.isprintable() and char != " ")
    assert cell.replace(" ", "").removeprefix("'") == kept.removeprefix("'")
    line = io.StringIO()
    csv.writer(line).writerow([cell, "next"])
    assert next(csv.reader(io.StringIO(line.getvalue()))) == [cell, "next"]


@given(st.integers(-10_000_000, 10_000_000).map(lambda number: number / 4))
def test_points_are_written_in_full(points: float) -> None:
    assert float(number(points)) == points
    assert "e" not in number(points)
    assert number(-0.00001) == "0"
