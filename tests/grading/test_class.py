"""One class with every kind of submission, graded in one run: each gets what it deserves."""

import re

import pytest

from tests.support.running import Graded
from tests.support.tiny_course import CLASS


@pytest.mark.parametrize("student", CLASS)
def test_status_and_score(graded: Graded, student: str) -> None:
    row, case = graded.rows()[student], CLASS[student]
    assert (row["status"], float(row["score"])) == (case.status, case.score), row["reason"]
    assert (row["reason"] == "") == (case.reason == ""), row["reason"]
    assert case.reason in row["reason"]
    assert (row["max_score"], row["assignment"]) == ("5", "q1")
    refused = case.status in ("unreadable", "tampered")
    assert row["isolation"] == ("not run" if refused else "sealed")


def test_every_submission_has_one_row_and_one_line(graded: Graded) -> None:
    assert sorted(graded.rows()) == sorted(CLASS)
    lines = [line for line in graded.stdout.splitlines() if re.search(r" q1 .* s$", line)]
    assert sorted(line.split()[0] for line in lines) == sorted(CLASS)
    assert graded.stdout.splitlines()[-1].startswith(f"{len(CLASS)} graded, 0 unchanged: ")
    assert (graded.code, graded.stderr) == (0, "")


def test_files(graded: Graded) -> None:
    executed = {
        student for student, case in CLASS.items() if case.status not in ("unreadable", "tampered")
    }
    assert {path.parts[-3] for path in graded.out.glob("autograded/*/q1/tiny.ipynb")} == executed
    assert {path.parts[-3] for path in graded.out.glob("feedback/*/q1/tiny.html")} == set(CLASS)
    assert sorted(path.name for path in graded.out.iterdir()) == [
        *("autograded", "exercises.csv", "feedback", "gradebook.db", "grades.csv"),
        *("journal.jsonl", "mistakes.csv", "rehearsed.json", "report.html"),
    ]
    assert not list(graded.out.rglob("*.part"))


def test_a_flood_of_output_leaves_a_small_file(graded: Graded) -> None:
    assert (graded.out / "autograded/flood/q1/tiny.ipynb").stat().st_size < 200_000


def test_report_has_every_student_and_is_self_contained(graded: Graded) -> None:
    page = (graded.out / "report.html").read_text(encoding="utf-8")
    for student in CLASS:
        assert f'<th scope="row">{student}</th>' in page
        assert f'href="feedback/{student}/q1/tiny.html"' in page
    assert "<caption>" in page
    assert "0/2 double: Too large <code>too-large</code>" in page
    assert f"{len(CLASS)} submissions: " in page
    assert "http:" not in page
    assert "https:" not in page
    assert " src=" not in page
