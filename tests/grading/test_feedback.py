"""What students get back: their marks and hints, and nothing that was hidden."""

import re

import pytest
from bs4 import BeautifulSoup

from tests.grading.running import Graded
from tests.grading.tiny_course import CLASS


def text(page: str) -> str:
    """Return what a reader sees of a page, spaces evened out."""
    body = BeautifulSoup(page, "html.parser").body
    assert body is not None
    return " ".join(body.get_text(" ").split())


@pytest.mark.parametrize("student", CLASS)
def test_nothing_hidden_nothing_active_nothing_from_elsewhere(graded: Graded, student: str) -> None:
    page = graded.feedback(student)
    for secret in ("777", "1554", "1984", "31, 64", "HIDDEN"):
        assert secret not in text(page), secret
    assert not re.search(r"""(src|href)=["'](?!data:|#)""", page)
    assert not re.search(r"<(script|iframe|object|link|form)\\b", page)
    assert "default-src 'none'" in page
    assert "Traceback" not in text(page)


def test_wrong_answer_shows_call_hint_and_code(graded: Graded) -> None:
    shown = text(graded.feedback("half"))
    assert "3 of 5 points. Some checks pass." in shown
    assert "double(5) returned 25. That is too large." in shown
    assert "[too-large]" in shown
    assert "Checks: 0 of 2 points" in shown


def test_hidden_failure_shows_the_hint_alone(graded: Graded) -> None:
    shown = text(graded.feedback("memorised"))
    assert "A check that is not shown fails. That is too small." in shown
    assert "[too-small]" in shown
    assert "returned 0" not in shown


def test_student_output_is_shown_only_before_the_first_hidden_test(graded: Graded) -> None:
    shown = text(graded.feedback("helper"))
    assert "seen before any hidden test" in shown
    assert "asked for 5" not in shown  # printed while a test ran, and again in a later cell
    executed = (graded.out / "autograded/helper/q1/tiny.ipynb").read_text(encoding="utf-8")
    assert "asked for 777" in executed  # the teacher sees it


def test_untouched_answer_is_not_an_error(graded: Graded) -> None:
    shown = text(graded.feedback("one-answered"))
    assert "Not answered yet." in shown
    assert "NotImplementedError" not in shown.replace("raise NotImplementedError", "")
    assert "Comment: No response." in shown


def test_syntax_error_is_named(graded: Graded) -> None:
    shown = text(graded.feedback("syntax-error"))
    assert "the cell with the answer stops with SyntaxError" in shown
    assert "SyntaxError: incomplete input (line 1)" in shown


def test_without_a_notebook_the_reason_is_told(graded: Graded) -> None:
    shown = text(graded.feedback("truncated"))
    assert "0 of 5 points." in shown
    assert "The file is cut off: its end is missing." in shown
