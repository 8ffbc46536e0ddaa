"""Late submissions: the teacher's table says when, nbgrader's plugin says what it costs."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import tzset

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.preprocessors import AssignLatePenalties

from autograder.errors import UsageError
from autograder.results import gradebook, late
from autograder.submissions.student_ids import student_id
from tests.support import tiny_course
from tests.support.running import Done, grades, nbgrader, run

pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")  # nbgrader's own

DUE = "2026-11-30 23:59 UTC"
RECEIVED = """\
student_id,assignment,received
ann,q1,2026-11-30T23:59:00Z
ben,q1,2026-12-01T02:29:00+01:00
dora,q1,2026-12-04 12:00+00:00
"""
PLUGIN = """
from nbgrader.plugins import LateSubmissionPlugin

class TwoPoints(LateSubmissionPlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return 99 if total_seconds_late > 86400 else 2
"""


class Class:
    """Ann is on time, Ben 90 minutes late, Cleo has no time, Dora is days late; all are right."""

    def __init__(self, folder: Path) -> None:
        self.course, self.submitted = folder / "course", folder / "submitted"
        self.out, self.table = folder / "out", folder / "received.csv"

    @property
    def database(self) -> str:
        """The URL of the gradebook."""
        return f"sqlite:///{self.out / 'gradebook.db'}"

    def grade(self, *options: str) -> Done:
        """Grade the four."""
        where: list[str | Path] = ["grade", self.submitted, "--out", self.out]
        return run(*where, "--jobs", "2", *options, folder=self.course)

    def grade_with_times(self) -> Done:
        """Grade the four with the table of times."""
        return self.grade("--received", str(self.table))

    def scores(self) -> dict[str, str]:
        """Return the scores in grades.csv."""
        return {student: row["score"] for student, row in grades(self.out).items()}


@pytest.fixture(scope="module")
def graded_late(
    tmp_path_factory: pytest.TempPathFactory, tiny: Path, released: NotebookNode
) -> tuple[Path, Done]:
    """The class, graded once with times of receipt and a plugin that lies in the course."""
    four = Class(tmp_path_factory.mktemp("late"))
    shutil.copytree(tiny, four.course)
    (four.course / "two_points.py").write_text(PLUGIN, encoding="utf-8")
    with (four.course / "nbgrader_config.py").open("a", encoding="utf-8") as file:
        file.write('\nc.AssignLatePenalties.plugin_class = "two_points.TwoPoints"\n')
    for student in ("ann", "ben", "cleo", "dora"):
        path = tiny_course.hand_in(four.submitted, student, tiny_course.solved(released))
        path.with_name("timestamp.txt").write_text("2020-01-01 00:00:00 UTC", encoding="utf-8")
    four.table.write_text(RECEIVED, encoding="utf-8")
    four.out.mkdir()
    added = nbgrader(
        *("db", "assignment", "add", "q1", f"--duedate={DUE}", f"--db={four.database}"),
        folder=four.course,
    )
    assert added.returncode == 0, added.stderr
    return four.course.parent, four.grade_with_times()


@pytest.fixture
def four(graded_late: tuple[Path, Done], tmp_path: Path) -> Class:
    """A copy of the graded class, which tests may change."""
    shutil.copytree(graded_late[0], tmp_path / "late")
    return Class(tmp_path / "late")


@pytest.fixture
def in_tokyo() -> Iterator[None]:
    """The time zone of this process, nine hours ahead of UTC."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", "JST-9")
        tzset()
        yield
    tzset()


def test_penalties_are_the_plugins(graded_late: tuple[Path, Done]) -> None:
    folder, done = graded_late
    assert done.returncode == 0
    rows = grades(folder / "out")
    assert {student: row["score"] for student, row in rows.items()} == {
        **{"ann": "5", "ben": "3", "cleo": "5"},
        "dora": "0",  # the plugin wants 99; no score becomes less than nothing
    }
    assert {student: row["reason"] for student, row in rows.items()} == {
        **{"ann": "", "cleo": ""},
        "ben": "1 h 30 min late: 2 points taken off",
        "dora": "3 d 12 h late: 5 points taken off",
    }
    assert {row["status"] for row in rows.values()} == {"ok"}


def test_what_is_ignored_or_missing_is_said_once(graded_late: tuple[Path, Done]) -> None:
    assert graded_late[1].stderr.splitlines() == [
        "autograder: timestamp.txt in ann/q1, ben/q1, cleo/q1 and 1 more is ignored, since "
        "students can write it; times of receipt come from --received",
        "autograder: --received has no time for cleo/q1: not taken for late",
    ]


def test_feedback_and_report_tell_of_the_penalty(four: Class) -> None:
    page = (four.out / "feedback/ben/q1/tiny.html").read_text(encoding="utf-8")
    assert "3 of 5 points" in page
    assert "2 points were taken off because it came in late." in page
    page = (four.out / "feedback/ann/q1/tiny.html").read_text(encoding="utf-8")
    assert "came in late" not in page
    assert "1 h 30 min late: 2 points taken off" in (four.out / "report.html").read_text("utf-8")


@pytest.mark.usefixtures("in_tokyo")
def test_times_are_kept_in_utc_wherever_the_teacher_is(four: Class) -> None:
    """As nbgrader keeps them: due dates, too, whatever clock the teacher's computer has."""
    received = late.read(four.table, ["q1"])["ben", "q1"]
    with gradebook.Gradebook(four.database) as own:
        recorded = own.receive("tiny", "q1", "ben", gradebook.Receipt(received, None))
    assert recorded.seconds_late == 90 * 60
    with Gradebook(four.database) as book:
        assert str(book.find_submission("q1", "ben").timestamp) == "2026-12-01 01:29:00"


@pytest.mark.slow
def test_nbgraders_own_step_agrees(four: Class, monkeypatch: pytest.MonkeyPatch) -> None:
    """nbgrader's AssignLatePenalties, run on the same gradebook, changes nothing."""
    monkeypatch.syspath_prepend(four.course)
    step = AssignLatePenalties(plugin_class="two_points.TwoPoints")
    for student, penalty in (("ann", None), ("ben", 2), ("cleo", None), ("dora", 5)):
        names = {"notebook": "tiny", "assignment": "q1", "student": student}
        for _ in range(2):
            with Gradebook(four.database) as book:
                found = book.find_submission_notebook("tiny", "q1", student)
                assert found.late_submission_penalty == penalty
            step.preprocess(NotebookNode(cells=[]), {"nbgrader": names | {"db_url": four.database}})


def test_an_extension_a_manual_mark_and_an_edited_time_count_at_once(four: Class) -> None:
    with Gradebook(four.database) as book:
        book.grant_extension("q1", "ben", hours=2)
        book.find_grade("area-test", "tiny", "q1", "dora").manual_score = 0
        book.db.commit()
    four.table.write_text(
        RECEIVED.replace("2026-12-04 12:00", "2026-12-01 00:00"), encoding="utf-8"
    )
    done = four.grade_with_times()
    assert "0 graded, 4 unchanged" in done.stdout
    assert four.scores() == {"ann": "5", "ben": "5", "cleo": "5", "dora": "2"}
    assert "2 of 5 points" in (four.out / "feedback/dora/q1/tiny.html").read_text("utf-8")
    page = (four.out / "feedback/ben/q1/tiny.html").read_text("utf-8")
    assert "5 of 5 points" in page
    assert "came in late" not in page


@pytest.mark.slow
def test_without_the_table_nothing_is_late_and_that_is_said(four: Class) -> None:
    done = four.grade()
    assert "2 had a penalty for being late, and lose it" in done.stderr
    assert set(four.scores().values()) == {"5"}
    assert "lose it" not in four.grade().stderr
    assert four.grade_with_times().returncode == 0
    assert four.scores()["ben"] == "3"


@pytest.mark.slow
def test_nbgraders_own_plugin_takes_nothing_or_everything(four: Class) -> None:
    shutil.copy(tiny_course.REPOSITORY / "nbgrader_config.py", four.course)
    four.grade_with_times()
    assert set(four.scores().values()) == {"5"}
    assert grades(four.out)["ben"]["reason"] == "1 h 30 min late: nothing taken off"
    with (four.course / "nbgrader_config.py").open("a", encoding="utf-8") as file:
        file.write('\nc.LateSubmissionPlugin.penalty_method = "zero"\n')
    four.grade_with_times()
    assert four.scores() == {"ann": "5", "ben": "0", "cleo": "5", "dora": "0"}


def test_no_due_date_is_said(four: Class) -> None:
    with Gradebook(four.database) as book:
        book.find_assignment("q1").duedate = None
        book.db.commit()
    assert "q1 has no due date in the gradebook" in four.grade_with_times().stderr
    assert set(four.scores().values()) == {"5"}


@pytest.mark.parametrize(
    ("table", "told"),
    [
        (b"", "line 1: the first line must name the columns student_id, assignment, received"),
        (b"PK\x03\x04\xff", "not UTF-8"),
        (b"student_id,assignment\nann,q1\n", "line 1: the first line must name the columns"),
        (RECEIVED.encode() + b"ann,q1,2026-12-01T00:00Z\n", "line 5: a second time for 'ann'"),
        (b"student_id,assignment,received\nann,q1,yesterday\n", "line 2: 'yesterday' is not"),
        (b"student_id,assignment,received\nann,q1,2026-12-01T00:00\n", "with a time zone"),
        (b"student_id,assignment,received\nann,q1\n", "line 2: '' is not a time"),
        (b"student_id,assignment,received\nann,q7,2026-12-01T00:00Z\n", "no assignment 'q7'"),
        (b"student_id,assignment,received\n,q1,2026-12-01T00:00Z\n", "there is no student_id"),
        (b"student_id,assignment,received\na,q1,0001-01-01T00:00+23:00\n", "is not a time"),
    ],
)
def test_a_wrong_table_stops_everything(four: Class, table: bytes, told: str) -> None:
    before = (four.out / "grades.csv").read_bytes(), (four.out / "journal.jsonl").read_bytes()
    four.table.write_bytes(table)
    done = four.grade("--regrade", "--received", str(four.table))
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert told in done.stderr
    assert f"--received {four.table}" in done.stderr
    after = (four.out / "grades.csv").read_bytes(), (four.out / "journal.jsonl").read_bytes()
    assert after == before


def test_no_table_and_a_broken_configuration(four: Class) -> None:
    done = four.grade("--received", "nowhere.csv")
    assert (done.returncode, done.stderr) == (
        2,
        "autograder: --received nowhere.csv: No such file or directory\n",
    )
    (four.course / "two_points.py").write_text("1 / 0", encoding="utf-8")
    done = four.grade_with_times()
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "nbgrader_config.py does not give a plugin" in done.stderr


@pytest.mark.parametrize("given", ["None + 1", "float('nan')", "'two'"])
def test_a_plugin_that_gives_no_points(four: Class, given: str) -> None:
    plugin = PLUGIN.replace("return 99 if total_seconds_late > 86400 else 2", f"return {given}")
    (four.course / "two_points.py").write_text(plugin, encoding="utf-8")
    done = four.grade_with_times()
    assert (done.returncode, done.stderr.splitlines()[-1][:37]) == (
        2,
        "autograder: the plugin TwoPoints gave"
        if "nan" in given
        else "autograder: the plugin TwoPoints fail",
    )


def test_a_plugin_that_gives_points_for_being_late_gives_none(tmp_path: Path) -> None:
    (tmp_path / "bonus.py").write_text(PLUGIN.replace("99", "-99"), encoding="utf-8")
    (tmp_path / "nbgrader_config.py").write_text(
        'c = get_config()\nc.AssignLatePenalties.plugin_class = "bonus.TwoPoints"\n',
        encoding="utf-8",
    )
    assert late.Penalties(tmp_path).points("ann", 3.0, 1e6) == 0.0


@given(st.binary(max_size=200))
@example(b"student_id,assignment,received\r\n\0,q1,2026-12-01T00:00Z")
@example(b'student_id,assignment,received\n"ann,q1,2026')
@example(b"\xef\xbb\xbfstudent_id,assignment,received\nann,q1,2026-12-01T00:00Z")
def test_any_bytes_are_a_table_or_wrong_usage(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(content)
    try:
        times = late.read(path, ["q1"])
    except UsageError:
        return
    assert all(time.tzinfo is UTC for time in times.values())


@given(
    st.text(min_size=1).filter(str.strip),
    st.datetimes(
        min_value=datetime(1970, 1, 2), max_value=datetime(2100, 1, 1), timezones=st.timezones()
    ),
)
def test_any_name_and_time_zone_is_understood(
    tmp_path_factory: pytest.TempPathFactory, student: str, time: datetime
) -> None:
    path = tmp_path_factory.getbasetemp() / "one.csv"
    quoted = student.strip().replace('"', '""')
    try:
        path.write_text(
            f'student_id,assignment,received\n"{quoted}",q1,{time.isoformat()}\n',
            encoding="utf-8",
            newline="",
        )
    except UnicodeEncodeError:  # half a character: no file holds it
        return
    if time.utcoffset() is not None and time.utcoffset().seconds % 60 == 0:  # type: ignore[union-attr]
        ((name, _), found) = next(iter(late.read(path, ["q1"]).items()))
        assert name == student_id(student.strip())
        assert found == time.astimezone(UTC)
        assert found.utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, ""),
        (1, "1 min late: nothing taken off"),
        (3600, "1 h late: nothing taken off"),
        (3661, "1 h 2 min late: nothing taken off"),
        (90_061, "1 d 1 h late: nothing taken off"),
    ],
)
def test_lateness_in_words(seconds: float, words: str) -> None:
    assert late.told(seconds, 0) == words


def test_the_exchanges_times_count_where_they_are_trusted(four: Class) -> None:
    for student, text in {
        "ann": "2026-11-30 23:59:00.000000 UTC",
        "ben": "2026-12-01 02:29:00.123456 Europe/Paris",
        "cleo": "the day before yesterday",
        "dora": "2026-12-04 12:00:00 UTC",
    }.items():
        path = four.submitted / student / "q1/timestamp.txt"
        path.write_text(text, encoding="utf-8")
    done = four.grade("--trust-timestamps")
    assert done.stderr == "autograder: timestamp.txt has no time for cleo/q1: not taken for late\n"
    assert four.scores() == {"ann": "5", "ben": "3", "cleo": "5", "dora": "0"}
    done = four.grade("--trust-timestamps", "--received", str(four.table))
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "leave out --trust-timestamps" in done.stderr
