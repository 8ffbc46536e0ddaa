"""What students are called: any name is safe, and the same in whatever form it comes."""

import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nbgrader.api import Gradebook

from autograder.submissions.student_ids import alike, normal, shown, student_id, table_name
from tests.support import tiny_course
from tests.support.running import Command, grades

QUICK = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
TURNED = "ann\u202e"  # the last character turns the direction of writing

PLAIN = [
    *(
        "amara-okafor",
        "a+b@gmail.com",
        "AT&T;x",
        "Zoë O'Brien, 3",
        "山田太郎",
        "Алёна",
        "אבג",
        "محمد",
    ),
    *("अनिता", "நன்றி", "ไทย", "한국", "٣٤٥", "x=y", "tom~1", "100%", "a[b]", "a!"),
    *("Conrad", "con-1", "lpt", "com10", "nulla.x", "ann.con", "ann 🎓"),
]
# No safe names for a folder, and what tables call it: the same, but for what they can't show.
ODD = {
    "=cmd()": "=cmd()",
    "+49170": "+49170",
    "-x": "-x",
    "@sum": "@sum",
    "..x": "..x",
    "*": "*",
    'a"b': 'a"b',
    "n" * 200: "n" * 200,
    "\u0301x": "\u0301x",
    "a\nb": None,
    "tab\t": None,
    **{name: name for name in ("CON", "nul", "Aux.b", "COM1", "lpt9.x.y", "com¹", "con .x")},
    **{name: name for name in ("ann.", "...", "🎓", "CONIN$")},
    "x ": None,
    "two  spaces": None,
    "'=x": None,
    TURNED: None,
    "n" * 300: None,
    "ann\u200b": None,
    "\ufeffann": None,
    "ann\x1b[31m": None,
    os.fsdecode(b"ann\xff"): None,
}


@pytest.mark.parametrize("name", PLAIN)
def test_letters_marks_and_digits_of_every_script_are_plain(name: str) -> None:
    for form in ("NFC", "NFD"):
        handed_in = unicodedata.normalize(form, name)
        assert student_id(handed_in) == table_name(handed_in) == normal(name)


@pytest.mark.parametrize("name", ODD)
def test_odd_names_are_escaped(name: str) -> None:
    assert student_id(name) != name
    assert student_id(name).startswith("id-")
    assert table_name(name) == (ODD[name] or student_id(name))


@QUICK
@given(name=st.text(min_size=1) | st.binary(min_size=1).map(os.fsdecode))
def test_any_name_is_a_safe_id(name: str, tmp_path: Path) -> None:
    safe = student_id(name)
    assert safe.isprintable()
    assert len(safe) <= 100
    assert len(safe.encode()) <= 255  # what a file system takes
    assert not set(safe) & set('/\\\0*?<>|":')
    assert safe[0] not in "=+-@. '"
    assert safe == safe.strip(" .")
    assert student_id(safe) == safe == normal(safe)
    (tmp_path / safe).mkdir(exist_ok=True)
    assert (tmp_path / safe).parent == tmp_path
    assert table_name(name).isprintable()
    assert shown(name).isprintable()


@QUICK
@given(names=st.sets(st.text(min_size=1).filter(lambda name: not name.startswith("id-"))))
def test_two_names_are_two_ids(names: set[str]) -> None:
    forms = {normal(name) for name in names}
    assert len({student_id(name) for name in names}) == len(forms)
    assert len({table_name(name) for name in names}) == len(forms)


@QUICK
@given(name=st.text(min_size=1))
def test_a_name_is_the_same_in_every_normal_form(name: str) -> None:
    other = unicodedata.normalize("NFD", name)
    assert student_id(other) == student_id(name)
    assert table_name(other) == table_name(name)
    assert alike(other) == alike(name)


def test_names_through_the_command(autograder: Command, tmp_path: Path) -> None:
    """In tables as they are, in folders safely; what differs is said once."""
    handed_in = [
        "a+b@gmail.com",
        "Zoe\u0308",
        "山田太郎",
        "x;y&z",
        "=cmd()",
        "..x",
        "ann\u202e",
        "ann",
    ]
    for name in handed_in:
        tiny_course.hand_in(tmp_path / "in", name, b"")
    (tmp_path / "received.csv").write_text(
        "student_id,assignment,received\n"
        + "".join(
            f"{name},q1,2026-11-30T23:59:00Z\n"
            for name in ("a+b@gmail.com", "Zoë", "山田太郎", "x;y&z", "'=cmd()", "..x", "ann")
        ),
        encoding="utf-8",
    )
    options = ("--out", tmp_path / "out", "--received", tmp_path / "received.csv")
    done = autograder("grade", tmp_path / "in", *options)
    assert done.returncode == 0
    odd = {name: student_id(name) for name in ("..x", "=cmd()", TURNED)}
    assert done.stderr.splitlines() == [
        "autograder: no safe names for a folder: in autograded/ and feedback/, "
        + ", ".join(f"{shown(name)} has {own}" for name, own in odd.items()),
        f"autograder: --received has no time for {odd[TURNED]}/q1: not taken for late",
        "autograder: q1 has no due date in the gradebook: nothing of it is late",
    ]
    told = {"a+b@gmail.com", "Zoë", "山田太郎", "x;y&z", "'=cmd()", "..x", odd[TURNED], "ann"}
    assert set(grades(tmp_path / "out")) == told
    pages = {path.parts[-3] for path in (tmp_path / "out").glob("feedback/*/q1/tiny.html")}
    assert pages == {student_id(name) for name in handed_in}
    page = (tmp_path / "out/feedback" / odd["=cmd()"] / "q1/tiny.html").read_text("utf-8")
    assert "<p>=cmd()</p>" in page
    report = (tmp_path / "out/report.html").read_text(encoding="utf-8")
    assert '<th scope="row">&#39;=cmd()</th>' in report
    assert report.count('href="feedback/') == len(handed_in)
    with Gradebook(f"sqlite:///{tmp_path / 'out/gradebook.db'}") as book:
        assert {each.id for each in book.students} == pages
        book.add_student("Zoe\u0308", email="zoe@example.org", lms_user_id="4711")  # a roster's
    for form in ("csv", "canvas", "moodle"):
        assert autograder("export", "--to", form, "--out", tmp_path / "out").returncode == 0
        text = (tmp_path / f"out/export-{form}.csv").read_text(encoding="utf-8")
        assert all(f"\n{name}," in text for name in told)
    assert "\nZoë,4711,Zoë,,0\n" in (tmp_path / "out/export-canvas.csv").read_text("utf-8")
    for name in ("Zoë", "Zoe\u0308", "=cmd()", odd["=cmd()"]):
        done = autograder("grade", tmp_path / "in", *options[:2], "--student", name)
        assert (done.returncode, done.stdout.splitlines()[-1][:21]) == (0, "0 graded, 1 unchanged")
    assert set(grades(tmp_path / "out")) == told


def test_names_that_are_nearly_the_same(autograder: Command, tmp_path: Path) -> None:
    """Each has a row, and the teacher is told."""
    for name in ("Zoë", "Zoe\u0308", "Ann", "ann", "=x", student_id("=x")):
        tiny_course.hand_in(tmp_path / "in", name, b"")
    done = autograder("grade", tmp_path / "in", "--out", tmp_path / "out")
    assert done.returncode == 0
    rows = set(grades(tmp_path / "out"))
    assert {"Zoë", "Ann", "ann", "'=x", student_id("=x")} < rows
    assert len(rows) == 6
    assert "two folders are named Zoë, with letters put together in different ways" in done.stderr
    assert "Ann and ann differ only in case" in done.stderr
