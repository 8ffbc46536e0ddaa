"""What learning platforms give as a class's download, graded as it is."""

import csv
import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from nbformat import NotebookNode

from autograder.notebook import notebooks
from tests.support import tiny_course
from tests.support.running import Done, run

RIGHT, HALF, EMPTY = "right", "half", "empty"
NOTE = "Name: Ada Lovelace ({})\nAssignment: Q2\nDate Submitted: Saturday, 28 November 2026\n"
MOODLE = "_assignsubmission_file_"

# What was handed in, by its place in the download; and of each student the score of 5, or the
# reason for none.
DOWNLOADS: dict[str, tuple[dict[str, str], dict[str, str]]] = {
    "moodle": (
        {
            f"Ada Lovelace_4711{MOODLE}/other.ipynb": RIGHT,
            f"Øyvind von der Ähre_4712{MOODLE}/my work/other (1).ipynb": HALF,
            f"Sam Lee_4713{MOODLE}/other.ipynb": RIGHT,
            f"Sam Lee_4714{MOODLE}/other.ipynb": HALF,
            f"Zoë O'Neil_4715{MOODLE}/report.pdf": "a report",
            "Ann Written_4716_assignsubmission_onlinetext_/onlinetext.html": "<p>text</p>",
        },
        {
            "Ada Lovelace": "5",
            "Øyvind von der Ähre": "3",
            "Sam Lee 4713": "5",
            "Sam Lee 4714": "3",
            "Zoë O'Neil": "no notebook was handed in, only report.pdf",
            "Ann Written": "no notebook was handed in, only onlinetext.html",
        },
    ),
    "moodle-flat": (
        {
            f"Ada Lovelace_4711{MOODLE}other.ipynb": RIGHT,
            f"Grace_Hopper_4712{MOODLE}other.ipynb": HALF,
            f"Grace_Hopper_4712{MOODLE}figure.png": "a picture",
        },
        {"Ada Lovelace": "5", "Grace_Hopper": "3"},
    ),
    "canvas": (
        {
            "lovelaceada_90125_1234567_other.ipynb": RIGHT,
            "hoppergrace_LATE_90126_1234568_other-1.ipynb": HALF,
            "leesam_90127_1234569_Copy of other.ipynb": RIGHT,
            "two_90128_1234570_other.ipynb": RIGHT,
            "two_90128_1234571_notes.ipynb": EMPTY,
            "both_90129_1234572_mine.ipynb": RIGHT,
            "both_90129_1234573_more.ipynb": RIGHT,
        },
        {
            "lovelaceada": "5",
            "hoppergrace": "3",
            "leesam": "5",
            "two": "5",
            "both": "2 notebooks were handed in",
        },
    ),
    "brightspace": (
        {
            "1234-99 - Ada Lovelace - Nov 28, 2026 240 PM/other.ipynb": RIGHT,
            "1234-99 - Ada Lovelace - Nov 28, 2026 1159 AM/other.ipynb": HALF,
            "1235-99 - Grace Hopper - Dec 1, 2026 1205 AM/other.ipynb": HALF,
            "1235-99 - Grace Hopper - Nov 30, 2026 1130 PM/other.ipynb": RIGHT,
            "1236-99 - Sam - the - Lee - Nov 28, 2026 905 AM/other.ipynb": RIGHT,
            "index.html": "<html></html>",
        },
        {"Ada Lovelace": "5", "Grace Hopper": "3", "Sam - the - Lee": "5"},
    ),
    "blackboard": (
        {
            "Q2_ada_attempt_2026-11-28-14-40-00_other.ipynb": RIGHT,
            "Q2_ada_attempt_2026-11-27-14-40-00_other.ipynb": HALF,
            "Q2_ada_attempt_2026-11-28-14-40-00.txt": NOTE.format("ada"),
            "Q2_j_smith_attempt_2026-11-28-14-40-00_other.ipynb": HALF,
            "Q2_j_smith_attempt_2026-11-28-14-40-00.txt": NOTE.format("j_smith"),
            "Q2_none_attempt_2026-11-28-14-40-00.txt": NOTE.format("none"),
        },
        {"ada": "5", "j_smith": "3", "none": "no notebook was handed in, only Q2_none_attempt_"},
    ),
    "google": (
        {
            "Ada Lovelace - other.ipynb": RIGHT,
            "Copy of other - Grace Hopper.ipynb": HALF,
            "Sam Lee - Copy of other (1).ipynb": RIGHT,
            "Copy of other.ipynb": RIGHT,
        },
        {
            "Ada Lovelace": "5",
            "Grace Hopper": "3",
            "Sam Lee": "5",
            "Copy of other.ipynb": "it is not a folder; expected <student>/<assignment>/",
        },
    ),
    "github": (
        {
            "q2-ada/notebooks/q2/other.ipynb": RIGHT,
            "q2-ada/notebooks/q1/tiny.ipynb": RIGHT,
            "q2-ada/.git/config": "",
            "q2-grace-hopper/other.ipynb": HALF,
            "q2-sam/README.md": "",
        },
        {"ada": "5", "grace-hopper": "3", "sam": "no notebook was handed in, only README.md"},
    ),
}


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory, tiny: Path) -> Path:
    """A course with two assignments, `q1/tiny` and `q2/other`."""
    folder = tmp_path_factory.mktemp("downloads") / "course"
    shutil.copytree(tiny, folder)
    (folder / "solutions/q2").mkdir()
    shutil.copy(folder / "solutions/q1" / tiny_course.NAME, folder / "solutions/q2/other.ipynb")
    return folder


@pytest.fixture(scope="module")
def contents(released: NotebookNode) -> Callable[[str], str]:
    """What a file holds that was handed in."""
    half = tiny_course.solved(released, double="def double(number):\n    return number**2")
    made = {
        RIGHT: json.dumps(tiny_course.solved(released)),
        HALF: json.dumps(half),
        EMPTY: notebooks.text(notebooks.notebook([])),
    }
    return lambda kind: made.get(kind, kind)


def rows(out: Path) -> dict[str, dict[str, str]]:
    """Return the rows of grades.csv, of which each student has one."""
    with (out / "grades.csv").open(encoding="utf-8", newline="") as file:
        read = list(csv.DictReader(file))
    assert len({row["student_id"] for row in read}) == len(read)
    return {row["student_id"]: row for row in read}


def handed_in(folder: Path, files: dict[str, str]) -> Path:
    """Write a zip with these files, all in one folder of the download's name."""
    with zipfile.ZipFile(folder / "download.zip", "w") as zipped:
        for name, text in files.items():
            zipped.writestr(f"q2 submissions/{name}", text)
    return folder / "download.zip"


def grade(course: Path, submitted: Path, out: Path, *options: str) -> Done:
    """Grade a class."""
    where: list[str | Path] = ["grade", submitted, "--out", out, "--jobs", "2", *options]
    return run(*where, folder=course)


@pytest.mark.parametrize("platform", DOWNLOADS)
def test_a_download_is_graded_as_it_is(
    course: Path, contents: Callable[[str], str], tmp_path: Path, platform: str
) -> None:
    files, expected = DOWNLOADS[platform]
    given = handed_in(tmp_path, {name: contents(kind) for name, kind in files.items()})
    done = grade(course, given, tmp_path / "out")
    assert done.returncode == 0, done.stderr
    found = rows(tmp_path / "out")
    assert set(found) == set(expected)
    for student, told in expected.items():
        row = found[student]
        if told.isdigit():
            assert (row["assignment"], row["score"]) == ("q2", told), student
        else:
            assert row["status"] == "unreadable"
            assert row["reason"].startswith(told)
            assert row["assignment"] == ("" if student.endswith(".ipynb") else "q2")
    assert "download of q2" in done.stderr
    again = [student for student in ("Ada Lovelace", "Grace Hopper", "ada") if student in found]
    if platform in ("brightspace", "blackboard"):
        assert "of work handed in more than once the newest counts: " + again[0] in done.stderr
    assert ("told apart by the platform's numbers: those called Sam Lee" in done.stderr) == (
        platform == "moodle"
    )
    assert ("marked LATE in their files' names: hoppergrace" in done.stderr) == (
        platform == "canvas"
    )


def test_canvas_finds_its_own_users_again(
    course: Path, contents: Callable[[str], str], tmp_path: Path
) -> None:
    files, _ = DOWNLOADS["canvas"]
    given = handed_in(tmp_path, {name: contents(kind) for name, kind in files.items()})
    grade(course, given, tmp_path / "out")
    assert run("export", "--to", "canvas", "--out", tmp_path / "out", folder=course).returncode == 0
    table = (tmp_path / "out/export-canvas.csv").read_text(encoding="utf-8").splitlines()
    assert "lovelaceada,90125,lovelaceada,,5" in table
    assert "both,90129,both,,0" in table


@pytest.mark.parametrize(
    ("name", "options", "told"),
    [
        (f"Ada_4711{MOODLE}/mine.ipynb", (), "this is Moodle's download of some assignment; say"),
        (f"Ada_4711{MOODLE}/mine.ipynb", ("--assignment", "q1"), ""),
        ("ada_90125_1234567_mine.ipynb", ("--assignment", "q1"), ""),
        ("exercise-ada/mine.ipynb", ("--assignment", "q1"), "expected <student>/<assignment>/"),
        ("Copy of other.ipynb", (), "expected <student>/<assignment>/"),
    ],
)
def test_what_cannot_be_told_is_asked_for(
    course: Path,
    contents: Callable[[str], str],
    tmp_path: Path,
    name: str,
    options: tuple[str, ...],
    told: str,
) -> None:
    done = grade(course, handed_in(tmp_path, {name: contents(RIGHT)}), tmp_path / "out", *options)
    if told:
        assert (done.returncode, done.stderr.count("\n")) == (2, 1)
        assert told in done.stderr
        assert "q1, q2" in done.stderr
    else:
        assert done.returncode == 0
        (row,) = rows(tmp_path / "out").values()
        assert (row["student_id"].lower(), row["assignment"], row["score"]) == ("ada", "q1", "5")


def test_nbgraders_layout_stays_one_whatever_students_are_called(
    course: Path, contents: Callable[[str], str], tmp_path: Path
) -> None:
    files = {
        f"{student}/q2/other.ipynb": contents(RIGHT)
        for student in ("q2-ada", "ada_1_2_x", "1-2 - Ada - Nov 28, 2026", "ada")
    }
    done = grade(course, handed_in(tmp_path, files), tmp_path / "out")
    assert (done.returncode, done.stderr) == (0, "")
    assert set(rows(tmp_path / "out")) == {name.split("/")[0] for name in files}
