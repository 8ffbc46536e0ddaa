"""Wrong usage: one line that says what is wrong and what to do, exit code 2."""

import os
from pathlib import Path

import pytest
from nbformat import NotebookNode

from autograder import __version__
from tests.support import tiny_course
from tests.support.running import Command, grades


def refusal(autograder: Command, *arguments: str | Path, folder: Path | None = None) -> str:
    """Run a command that must be refused and return its one line."""
    done = autograder(*arguments) if folder is None else autograder(*arguments, folder=folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("autograder: ")
    return str(done.stderr).strip()


@pytest.fixture
def submitted(tmp_path: Path, released: NotebookNode) -> Path:
    """One right submission."""
    tiny_course.hand_in(tmp_path / "submitted", "ann", tiny_course.solved(released))
    return tmp_path / "submitted"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "Missing command"),
        (["mark"], "No such command 'mark'"),
        (["grade"], "submitted; expected a folder or zip of"),
        (["grade", "x", "--scheduler", "tcp://localhost"], "--scheduler expects tls://HOST:PORT"),
        (["grade", "x", "--jobs", "0"], "'--jobs'"),
        (["grade", "x", "--memory", "0"], "'--memory'"),
        (["grade", "x", "--cell-timeout", "soon"], "'--cell-timeout'"),
        (["export"], "Missing option '--to'"),
        (["grade", "nowhere"], "there is no nowhere; expected a folder or zip of"),
        (["release", "q7"], "q7"),
        (["check", "nowhere.ipynb"], "nowhere.ipynb"),
        (["sample", "x", "--assignment", "q9"], "no assignment 'q9'"),
    ],
)
def test_one_line(autograder: Command, arguments: list[str], told: str) -> None:
    assert told in refusal(autograder, *arguments)


def test_help_and_version(autograder: Command) -> None:
    assert autograder("--version").stdout == f"autograder {__version__}\n"
    for option in ("-h", "--help"):
        assert "--trust-submissions" in autograder("grade", option).stdout


def test_outside_a_course(autograder: Command, tmp_path: Path, submitted: Path) -> None:
    told = refusal(autograder, "grade", submitted, folder=tmp_path)
    assert "is not inside a course" in told


def test_empty_folder(autograder: Command, tmp_path: Path) -> None:
    told = refusal(autograder, "grade", tmp_path)
    assert (
        "expected <student>/<assignment>/<notebook>.ipynb (assignments: q1), found nothing" in told
    )


def test_wrong_layout(autograder: Command, tmp_path: Path, released: NotebookNode) -> None:
    (tmp_path / "ann.ipynb").write_text("{}")
    (tmp_path / "q1").mkdir()
    told = refusal(autograder, "grade", tmp_path)
    assert "expected <student>/<assignment>/<notebook>.ipynb" in told
    assert "found ann.ipynb, q1" in told


def test_unknown_assignment_and_student(autograder: Command, submitted: Path) -> None:
    told = refusal(autograder, "grade", submitted, "--assignment", "q5")
    assert "no assignment 'q5'; this course has: q1" in told
    told = refusal(autograder, "grade", submitted, "--student", "bob")
    assert "nothing from student 'bob'; it has: ann" in told


def test_database_that_cannot_be_opened(autograder: Command, submitted: Path) -> None:
    for url in ("nonsense", "sqlite:////nowhere/at/all.db", "postgresql://localhost/none"):
        told = refusal(autograder, "grade", submitted, "--db", url, "--out", submitted / "out")
        assert f"the gradebook {url} cannot be opened" in told


def test_out_is_a_file(autograder: Command, submitted: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    told = refusal(autograder, "grade", submitted, "--out", tmp_path / "out")
    assert "cannot make the folder" in told


def test_report_without_grades(autograder: Command, tmp_path: Path) -> None:
    assert "run `autograder grade` first" in refusal(autograder, "report", "--out", tmp_path)


# --- zips (more of them in tests/submissions/test_zips.py) ---


def test_not_a_zip(autograder: Command, tmp_path: Path) -> None:
    (tmp_path / "class.zip").write_bytes(b"PK, but not for long")
    assert "cannot be unpacked" in refusal(autograder, "grade", tmp_path / "class.zip")


# --- names (more of them in tests/submissions/test_names.py) ---


def test_awkward_names_do_no_harm(autograder: Command, tmp_path: Path) -> None:
    """Ids that are no names get escaped ones; who has no assignment's folder has a row, too."""
    for name in ("=cmd()", "*", "a\nb", "Zoë O'Brien, 3", "..x", "n" * 200):
        tiny_course.hand_in(tmp_path / "in", name, b"")
    (tmp_path / "in/dan").mkdir()
    tiny_course.hand_in(tmp_path / "in", "eve", b"").rename(tmp_path / "in/eve/tiny.ipynb")
    (tmp_path / "in/eve/q1").rmdir()
    os.symlink("/etc", tmp_path / "in/fay")
    done = autograder("grade", tmp_path / "in", "--out", tmp_path / "out")
    assert done.returncode == 0
    told = done.stderr.splitlines()
    assert [line.split(": ")[1] for line in told] == [
        "no safe names for a folder",
        *("left out dan", "left out eve/tiny.ipynb", "left out fay"),
    ]
    students = grades(tmp_path / "out")
    assert {"Zoë O'Brien, 3", "'=cmd()", "*", "..x", "n" * 200, "dan", "eve", "fay"} < set(students)
    assert len(students) == 9
    assert all("\n" not in name and name[0] not in "=+-@" for name in students)
    assert {row["status"] for row in students.values()} == {"unreadable"}
    assert [students[name]["assignment"] for name in ("dan", "eve", "fay")] == ["", "q1", ""]
    for path in (tmp_path / "out/feedback").iterdir():
        assert path.name[0].isalnum()
        assert len(path.name) < 60


def test_csv_is_safe_to_open(autograder: Command, tmp_path: Path) -> None:
    folder = tmp_path / "in/ann/q1"
    folder.mkdir(parents=True)
    (folder / "=cmd(),1.ipynb").mkdir()
    (folder / "x.ipynb").mkdir()
    autograder("grade", tmp_path / "in", "--out", tmp_path / "out")
    row = grades(tmp_path / "out")["ann"]
    assert row["reason"].startswith("2 notebooks were handed in (=cmd(),1.ipynb, x.ipynb)")
