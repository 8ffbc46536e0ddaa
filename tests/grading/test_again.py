"""Grading again: nothing is repeated, nothing is lost, and what changed is graded anew."""

import copy
import fcntl
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from nbformat import NotebookNode
from nbgrader.api import Gradebook

from tests.support import tiny_course
from tests.support.running import PROGRAM, Done, grades, run

pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")  # nbgrader's own


class Class:
    """Two students, one right, one half right, in a copy of the course that tests may change."""

    def __init__(self, folder: Path) -> None:
        self.course = folder / "course"
        self.submitted = folder / "submitted"
        self.out = folder / "out"

    def command(self, *options: str) -> list[str | Path]:
        """Return what to type after `autograder` to grade the two."""
        return ["grade", self.submitted, "--out", self.out, "--jobs", "1", *options]

    def run(self, *options: str, **environment: str) -> Done:
        """Run that command."""
        return run(*self.command(*options), folder=self.course, **environment)

    def grade(self, *options: str) -> dict[str, str]:
        """Grade, and return for each student whether it was `graded` or left `unchanged`."""
        done = self.run(*options)
        assert (done.returncode, done.stderr) == (0, "")
        lines = [line.split() for line in done.stdout.splitlines()[:-1]]
        return {line[0]: "unchanged" if line[-1] == "unchanged" else "graded" for line in lines}

    def scores(self) -> dict[str, str]:
        """Return the scores in grades.csv."""
        return {student: row["score"] for student, row in grades(self.out).items()}


@pytest.fixture(scope="session")
def graded_pair(shared: Path, tiny: Path, released: NotebookNode) -> Path:
    """A folder with the two students' class, graded once; tests work on copies of it."""
    folder = shared / "pair"
    with (shared / "pair.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            shutil.copytree(tiny, folder / "course")
            pair = Class(folder)
            half = tiny_course.solved(released, double="def double(number):\n    return number**2")
            tiny_course.hand_in(pair.submitted, "ann", tiny_course.solved(released))
            tiny_course.hand_in(pair.submitted, "ben", half)
            assert pair.grade() == {"ann": "graded", "ben": "graded"}
    return folder


@pytest.fixture
def pair(graded_pair: Path, tmp_path: Path) -> Class:
    """A copy of the graded class of two."""
    shutil.copytree(graded_pair, tmp_path / "pair")
    return Class(tmp_path / "pair")


def test_second_run_repeats_nothing(pair: Class) -> None:
    before = (pair.out / "journal.jsonl").read_bytes()
    shutil.rmtree(pair.out / "feedback")
    assert pair.grade("--no-feedback") == {"ann": "unchanged", "ben": "unchanged"}
    assert (pair.out / "journal.jsonl").read_bytes() == before
    assert pair.scores() == {"ann": "5", "ben": "3"}
    assert not (pair.out / "feedback").exists()
    assert "feedback/" not in (pair.out / "report.html").read_text(encoding="utf-8")


def test_changed_and_withdrawn_submissions(pair: Class, released: NotebookNode) -> None:
    shutil.rmtree(pair.submitted / "ann")
    tiny_course.hand_in(pair.submitted, "ben", tiny_course.solved(released))
    assert pair.grade() == {"ben": "graded"}
    assert pair.scores() == {"ben": "5"}


def test_of_a_notebook_that_cannot_be_read_nothing_is_left(pair: Class) -> None:
    executed = pair.out / "autograded/ben/q1/tiny.ipynb"
    assert executed.exists()
    (pair.submitted / "ben/q1/tiny.ipynb").write_text("<html>", encoding="utf-8")
    assert pair.grade() == {"ann": "unchanged", "ben": "graded"}
    assert pair.scores() == {"ann": "5", "ben": "0"}
    assert not executed.exists()


def test_pages_are_for_a_web_server_and_colleagues_to_read(pair: Class) -> None:
    pages = [*pair.out.rglob("*.html")]
    assert len(pages) > 2
    assert [page for page in pages if page.stat().st_mode & 0o777 != 0o644] == []


def test_edited_test_regrades(pair: Class) -> None:
    source = tiny_course.source_notebook()
    tiny_course.cell(source, "area-test").source = "assert area(2, 3) + double(1) == 8"
    tiny_course.write_source(pair.course, source)
    assert pair.grade() == {"ann": "graded", "ben": "graded"}
    assert pair.scores() == {"ann": "5", "ben": "2"}


def _in_the_data(pair: Class) -> None:
    (pair.course / "data").mkdir()
    (pair.course / "data/table.csv").write_text("1,2", encoding="utf-8")


def _in_linked_data(pair: Class) -> None:
    elsewhere = pair.course.parent / "elsewhere"
    elsewhere.mkdir()
    (pair.course / "data").mkdir()
    (pair.course / "data/linked").symlink_to(elsewhere)
    (elsewhere / "back").symlink_to(pair.course / "data")  # and so on, for ever
    pair.grade()
    (elsewhere / "table.csv").write_text("1,2", encoding="utf-8")


def _in_a_mark(pair: Class) -> None:
    source = tiny_course.source_notebook()
    tiny_course.cell(source, "area-test").metadata["autograder"] = "beside-the-answer"
    tiny_course.write_source(pair.course, source)


@pytest.mark.parametrize("change", [_in_the_data, _in_linked_data, _in_a_mark])
def test_what_a_result_depends_on_regrades(pair: Class, change: Callable[[Class], None]) -> None:
    change(pair)
    assert pair.grade() == {"ann": "graded", "ben": "graded"}
    assert pair.grade() == {"ann": "unchanged", "ben": "unchanged"}


def _more_points(pair: Class) -> None:
    """Have the teacher change what a test gives, which changes everybody's result."""
    source = tiny_course.source_notebook()
    tiny_course.cell(source, "double-test").metadata.nbgrader["points"] = 4
    tiny_course.write_source(pair.course, source)


def test_results_of_an_earlier_version_are_said_to_be(pair: Class) -> None:
    _more_points(pair)
    for student in ("ben", "ben"):  # each time
        done = pair.run("--student", student)
        assert done.returncode == 0
        assert done.stderr.startswith("autograder: the scores of ann in q1 are of an earlier")
        assert done.stderr.count("\n") == 1
    assert pair.grade() == {"ann": "graded", "ben": "unchanged"}
    assert pair.scores() == {"ann": "7", "ben": "3"}
    assert {row["max_score"] for row in grades(pair.out).values()} == {"7"}
    assert pair.grade("--student", "ben") == {"ben": "unchanged"}


def test_marks_for_work_that_is_not_known_are_said(pair: Class) -> None:
    """One gradebook for two output folders: the second cannot know what was marked."""
    database = f"sqlite:///{pair.out / 'gradebook.db'}"
    with Gradebook(database) as book:
        book.find_grade("double-test", "tiny", "q1", "ben").manual_score = 1.0
        book.db.commit()
    for where, told in ((pair.out, False), (pair.out.with_name("other"), True)):
        (pair.out / "journal.jsonl").unlink(missing_ok=True)
        done = pair.run("--db", database, "--out", str(where))
        assert done.returncode == 0
        assert ("ben/q1: double-test was marked by hand in this gradebook" in done.stderr) is told
        assert grades(where)["ben"]["score"] == "4"


def test_a_notebook_that_is_called_otherwise_is_refused(pair: Class) -> None:
    own = pair.course / "solutions/q1" / tiny_course.NAME
    own.rename(own.with_name("other.ipynb"))
    done = pair.run()
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "holds grades of q1 as tiny.ipynb, which is other.ipynb now" in done.stderr
    own.with_name("other.ipynb").rename(own)
    assert pair.grade() == {"ann": "unchanged", "ben": "unchanged"}
    shutil.rmtree(pair.out)
    own.rename(own.with_name("other.ipynb"))
    assert pair.grade() == {"ann": "graded", "ben": "graded"}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda text: ("\ufeff" + text.replace("\n", "\r\n")).encode(), ""),
        (lambda text: text.replace(",", ";").encode(), "is no longer as it was written"),
        (lambda text: text.encode("utf-16"), "is no longer as it was written"),
        (lambda text: text.replace("ann", "änn").encode("latin-1"), "is no longer as it was"),
        (lambda text: text.replace("ann", "an").encode(), "has a line for 'an' that nobody was"),
    ],
)
def test_a_table_that_a_spreadsheet_saved_loses_nobody(
    pair: Class, change: Callable[[str], bytes], told: str
) -> None:
    table = pair.out / "grades.csv"
    table.write_bytes(change(table.read_text(encoding="utf-8")))
    for command in (["report"], ["export", "--to", "csv"]):
        done = run(*command, "--out", pair.out, folder=pair.course)
        assert (done.returncode, told in done.stderr) == (2 if told else 0, True)
        assert done.stderr.count("\n") == (1 if told else 0)
    if not told:
        exported = (pair.out / "export-csv.csv").read_text(encoding="utf-8")
        assert exported == "student_id,q1,total\nann,5,5\nben,3,3\n"
    assert pair.grade() == {"ann": "unchanged", "ben": "unchanged"}
    assert run("report", "--out", pair.out, folder=pair.course).returncode == 0


@pytest.mark.slow
def test_another_grader_regrades(pair: Class, tmp_path: Path) -> None:
    package = tmp_path / "other/autograder"
    shutil.copytree(tiny_course.REPOSITORY / "autograder", package)

    def grade() -> str:
        command = [sys.executable, "-m", "autograder", *pair.command()]
        done = subprocess.run(
            command,
            cwd=pair.course,
            env={**os.environ, "PYTHONPATH": str(package.parent)},
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.splitlines()[-1]

    assert grade().startswith("0 graded, 2 unchanged")  # it is the same, wherever it lies
    for name in ("checks.py", "hints.toml", "sandbox/judge.py"):
        with (package / name).open("a", encoding="utf-8") as file:
            file.write("# another word\n")
        assert grade().startswith("2 graded, 0 unchanged"), name


def test_torn_journal_line_is_graded_again(pair: Class) -> None:
    journal = pair.out / "journal.jsonl"
    journal.write_bytes(journal.read_bytes()[:-40])
    assert sorted(pair.grade().values()) == ["graded", "unchanged"]
    assert pair.grade() == {"ann": "unchanged", "ben": "unchanged"}


def test_what_was_lost_comes_back(pair: Class) -> None:
    (pair.out / "gradebook.db").unlink()
    (pair.out / "feedback/ann/q1/tiny.html").unlink()
    (pair.out / "autograded/ben/q1/tiny.ipynb").unlink()
    assert pair.grade() == {"ann": "unchanged", "ben": "graded"}
    assert pair.scores() == {"ann": "5", "ben": "3"}
    assert (pair.out / "feedback/ann/q1/tiny.html").exists()


def test_teachers_marks_survive_and_are_shown(pair: Class) -> None:
    with Gradebook(f"sqlite:///{pair.out / 'gradebook.db'}") as book:
        submission = book.find_submission("q1", "ben")
        assert (submission.score, submission.max_score) == (3, 5)
        grade = book.find_grade("double-test", "tiny", "q1", "ben")
        assert (grade.auto_score, grade.needs_manual_grade) == (0, False)
        grade.manual_score = 1.5
        book.find_grade("area-test", "tiny", "q1", "ben").extra_credit = 0.25
        book.find_comment("double", "tiny", "q1", "ben").manual_comment = "Nearly: <b>squared</b>."
        book.db.commit()
    assert pair.grade() == {"ann": "unchanged", "ben": "unchanged"}
    assert pair.scores() == {"ann": "5", "ben": "4.75"}
    page = (pair.out / "feedback/ben/q1/tiny.html").read_text(encoding="utf-8")
    assert "4.75 of 5 points" in page
    assert "Nearly: &lt;b&gt;squared&lt;/b&gt;." in page
    assert pair.grade("--regrade", "--student", "ben") == {"ben": "graded"}
    assert pair.scores() == {"ann": "5", "ben": "4.75"}  # ann's row stays


def test_cells_added_to_a_graded_assignment_are_refused(pair: Class) -> None:
    source = tiny_course.source_notebook()
    extra = copy.deepcopy(tiny_course.cell(source, "area-test"))
    extra.id = extra.metadata.nbgrader["grade_id"] = "area-test-3"
    source.cells.append(extra)
    tiny_course.write_source(pair.course, source)
    done = pair.run()
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "holds grades of an assignment q1 with other cells" in done.stderr


@pytest.mark.slow
def test_a_grader_that_cannot_run_gives_no_zero(pair: Class) -> None:
    """A kernel's sockets cannot be made in a folder with too long a name."""
    deep = pair.course.parent / ("d" * 120)
    deep.mkdir()
    checked = run(
        "check", pair.submitted / "ann/q1/tiny.ipynb", folder=pair.course, TMPDIR=str(deep)
    )
    assert (checked.returncode, checked.stdout) == (2, "")
    assert "folder for temporary files is too long" in checked.stderr
    done = pair.run("--regrade", "--trust-submissions", TMPDIR=str(deep))
    assert done.returncode == 1
    why = f"set TMPDIR to a shorter one than {deep}"
    for line, student in zip(sorted(done.stderr.splitlines()), ("ann", "ben"), strict=True):
        assert line.startswith(f"autograder: could not grade {student}/q1: ")
        assert line.endswith(why)
    rows = grades(pair.out)
    assert {(row["status"], row["score"]) for row in rows.values()} == {("infra-error", "")}
    with Gradebook(f"sqlite:///{pair.out / 'gradebook.db'}") as book:
        assert book.find_submission("q1", "ben").score == 3  # as it was
    assert pair.grade() == {"ann": "graded", "ben": "graded"}


@pytest.mark.slow
def test_ctrl_c_stops_cleanly_and_the_next_run_goes_on(pair: Class, released: NotebookNode) -> None:
    name = f"endless{os.getpid()}"  # another suite on this machine must not be taken for this one
    endless = f"import ctypes; ctypes.CDLL(None).prctl(15, b'{name}')\nwhile True: pass"
    tiny_course.hand_in(pair.submitted, "cleo", tiny_course.solved(released, double=endless))
    process = subprocess.Popen(
        [PROGRAM, *pair.command("--jobs", "2")],
        cwd=pair.course,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    deadline = time.monotonic() + 60
    while not is_there(name):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert errors == "autograder: stopped; the same command goes on where it stopped\n"
    deadline = time.monotonic() + 10
    while is_there(name):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    shutil.rmtree(pair.submitted / "cleo")
    assert pair.grade() == {"ann": "unchanged", "ben": "unchanged"}


def is_there(name: str) -> bool:
    """Return whether a process has given itself this name."""
    for path in Path("/proc").glob("[0-9]*/comm"):
        with suppress(OSError):  # it has ended in between
            if path.read_text().strip() == name:
                return True
    return False
