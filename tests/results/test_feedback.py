"""What students get back: their marks and hints, and nothing that was hidden."""

import re
import shutil
import time
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup
from hypothesis import example, given
from hypothesis import strategies as st

from autograder.notebook.headings import titles
from autograder.notebook.markup import harmless
from autograder.results.assess import read_error
from autograder.results.hint_wording import known_exception
from autograder.results.status import MEANING, STATUSES
from tests.support import displays, tiny_course
from tests.support.running import Graded, run
from tests.support.tiny_course import CLASS

# What a student must learn from each status, in words that no other status has.
LEARNT = {
    "ok": "All checks pass",
    "partial": "Some checks pass",
    "failed": "No check passes",
    "waiting": "not fully marked yet",
    "marked": "were marked by hand",
    "blank": "No answer was written",
    "timeout": "ran too long",
    "died": "ended Python",
    "out-of-memory": "memory",
    "output-limit": "output",
    "unreadable": "could not be read",
    "tampered": "none of the cells for answers",
    "infra-error": "not your fault",
}


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
    assert not re.search(r"<(script|iframe|object|link|form)\b", page)
    assert "default-src 'none'" in page
    assert "Traceback" not in text(page)


def test_each_status_is_told_in_its_own_words(graded: Graded) -> None:
    """Whose cell took too much memory must not look for what takes so long."""
    for status, words in LEARNT.items():
        assert [each for each in STATUSES if words in MEANING[each].student] == [status]
    assert set(LEARNT) == set(STATUSES)
    for student, case in CLASS.items():
        if case.status != "partial":  # then the points say it
            assert LEARNT[case.status] in text(graded.feedback(student)), student


def test_wrong_answer_shows_call_hint_and_code(graded: Graded) -> None:
    shown = text(graded.feedback("half"))
    assert "3 of 5 points. 1 of the 2 exercises is right." in shown
    assert "double(5) returned 25. That is too large." in shown
    assert "[too-large]" in shown
    assert "Checks: 0 of 2 points" in shown


def test_the_table_names_exercises_and_says_first_what_to_do(graded: Graded) -> None:
    page = BeautifulSoup(graded.feedback("half"), "html.parser")
    double, area = page.select("table.summary tbody tr")
    for row, title, state in (
        (double, "Exercise 1: double", "wrong"),
        (area, "Exercise 2", "right"),
    ):
        link = row.select_one("th a")
        assert link is not None
        assert link.get_text().startswith(title)
        assert page.find(id=str(link["href"]).removeprefix("#")) is not None
        assert row.select(f".mark.{state}")
    result = double.select("td")[1]
    seen = result.select_one(".seen")
    assert seen is not None
    assert seen.get_text() == "double(5) returned 25."
    assert result.get_text().startswith("That is too large.")
    checks = page.select_one("details > summary")
    assert checks is not None
    assert " ".join(checks.get_text().split()) == "Checks: 0 of 2 points"


def test_a_mistake_is_pointed_to_the_section_that_explains_it(graded: Graded) -> None:
    wrong, right = BeautifulSoup(graded.feedback("half"), "html.parser").select("tbody tr")
    section = wrong.select_one(".section")
    assert section is not None
    assert section.get_text() == "In the chapter: “Twice, “two times””"
    assert section.find("a") is None, "the course does not say where its website is"
    assert right.select_one(".section") is None


def test_the_section_is_a_link_where_the_course_has_a_website(
    graded: Graded, tmp_path: Path
) -> None:
    course = tmp_path / "course"
    shutil.copytree(graded.course, course)
    config = 'html:\n  # Where it is.\n  baseurl: "https://course.example/2026/"\n'
    (course / "_config.yml").write_text(config, encoding="utf-8")
    shutil.copytree(graded.submitted / "half", tmp_path / "submitted/half")
    done = run("grade", tmp_path / "submitted", "--out", tmp_path / "out", folder=course)
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "out/feedback/half/q1/tiny.html").read_text(encoding="utf-8")
    (link,) = BeautifulSoup(page, "html.parser").select(".section a")
    address = "https://course.example/2026/notebooks/q1/tiny.html#twice-two-times"
    assert (link.get_text(), link["href"]) == ("Twice, “two times”", address)


@pytest.mark.parametrize(
    ("markdown", "title"),
    [
        ("## 2. *Two* words\n\ntext", "2. Two words"),
        ("# One\n\n## [A link](x.html) to `snake_case` #", "A link to snake_case"),
        ("no heading", ""),
        ("```\n# a comment\n```", ""),
        ("# Shared\n", "Shared"),
    ],
)
def test_an_exercise_is_called_as_the_heading_above_it(markdown: str, title: str) -> None:
    above = nbformat.v4.new_markdown_cell(markdown)
    tests = [tiny_course.graded("pass", f"{name}-test", 1) for name in ("a", "b")]
    notebook = nbformat.v4.new_notebook(cells=[above, tests[0]])
    assert titles(notebook) == ({"a": title} if title else {})
    notebook.cells.append(tests[1])
    assert titles(notebook) == {}, "it says nothing of two"


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


def test_tables_and_pictures_are_shown(displayed: Graded) -> None:
    page = displayed.feedback("shows")
    table = BeautifulSoup(page, "html.parser").select_one("div.output_html table")
    assert table is not None
    assert table.get_text("|", strip=True) == "filters|conv1|3|96 < 128"
    assert [cell.attrs for cell in table.find_all("th")] == [{}, {"colspan": "2"}, {}]
    assert f'src="data:image/png;base64,{displays.PIXEL}' in page


def test_hostile_displays_and_writing_are_made_harmless(displayed: Graded) -> None:
    page = displayed.feedback("attacks")
    parsed = BeautifulSoup(page, "html.parser")
    outputs = parsed.select("div.output_html, div.panel-body.rendered_html")
    assert len(outputs) >= 3
    for output in outputs:
        for element in output.find_all(True):
            assert element.name not in {"script", "svg", "iframe", "form", "style", "object", "a"}
            assert not {"style", "src", "onerror", "onload", "srcdoc"} & set(element.attrs)
    for attribute in ("src", "href", "action", "data"):
        found = [str(each[attribute]) for each in parsed.select(f"[{attribute}]")]
        assert all(value.startswith(("data:image/png", "#")) for value in found), found
    shown = text(page)
    assert "<script>attack()</script>" in shown  # printed, so text
    assert "in its place" in shown
    assert "too deep" in shown
    assert parsed.select_one("div.rendered_html strong") is not None  # what was written in **


ALLOWED = set(
    "abbr b bdi bdo blockquote br caption code col colgroup dd del div dl dt em hr i ins kbd li "
    "mark ol p pre q s samp small span strong sub sup table tbody td tfoot th thead tr u ul "
    "var".split()
)
PARTS = st.sampled_from(
    [
        *("<script>", "</script>", "<svg", "<math>", "<style>", "<!--", "-->", "<![CDATA[", "]]>"),
        *("<td onclick=x()", "<a href=", "javascript:x()", "'", '"', ">", "<img src=x onerror=x()"),
        *("<noscript>", "<template>", "<title>", "</", "&lt;", "&#60;", "\0", "=", " ", "text"),
        *("<table>", "<p style='", "<select>", "<textarea>", "<mglyph>", "<annotation-xml>"),
    ]
)


@given(st.lists(PARTS | st.text(max_size=5), max_size=30).map("".join))
@example("<svg></p><style><a id='</style><img src=1 onerror=x()>'>")
@example("<math><mtext><table><mglyph><style><!--</style><img title='--><img src=1 onerror=x()>'>")
def test_nothing_acts_in_any_html(html: str) -> None:
    clean = harmless(html)
    if clean is not None:
        for element in BeautifulSoup(clean, "html.parser").find_all(True):
            assert element.name in ALLOWED
            assert set(element.attrs) <= {"colspan", "dir", "rowspan", "scope", "span", "start"}
        assert harmless(clean) == clean


# What a parser opens anew, and what makes it: a few thousand of them in some thousand characters.
FORMATTING = ("b", "i", "code", "a", "font")
AGAIN = ("<p>x", "<div>x</div>", "<li>x", "<td>x", "<table><td>x</table>", "<tr>", "x</i>")
# A closing tag that closes nothing, to whoever takes it for one.
PRETENDED = (
    *("<!--{}-->", "<style>{}</style>", "<i title='{}'>", '<i title="{}">', "<i x={}>"),
    *("<select>{}</select>", "<table><td>{}</table>", "<template>{}</template>", "<svg>{}"),
    *("<![CDATA[{}]]>", "<textarea>{}</textarea>", "<i ' {} '>", "</ {}>", "<?{}?>"),
)


@given(
    st.sampled_from(FORMATTING),
    st.sampled_from(("", "<p>", "<table>", "<div>")),
    st.sampled_from(PRETENDED),
    st.sampled_from(AGAIN),
    st.integers(1, 3_000),
    st.integers(1, 3_000),
)
@example("b", "<p>", "{}", "<p>x", 29, 2_900)
@example("b", "", "<p>", "", 1_490, 1)
def test_no_html_takes_long_or_becomes_long(
    tag: str, first: str, pretended: str, again: str, opened: int, repeated: int
) -> None:
    """Elements that differ are each opened anew, as often as the parser has to."""
    closed = pretended.format(f"</{tag}>")
    html = first + "".join(f"<{tag} class={i}>{closed}" for i in range(opened)) + again * repeated
    start = time.process_time()
    clean = harmless(html)
    # As much as a cell may write then takes seconds and no minutes; a page is never much longer.
    assert time.process_time() - start < 0.5 + 50e-6 * len(html)
    assert clean is None or len(clean) < 30 * len(html) + 10_000


def test_ordinary_html_is_shown_however_long() -> None:
    assert harmless("x" * 100_001) is None
    row = "<td>0.123456</td>" * 20
    assert harmless(f"<table>{f'<tr>{row}</tr>' * 60}</table>") is not None  # as pandas shows one
    unclosed = "<td>0.123456" * 20
    assert harmless("<table>" + f"<tr>{unclosed}" * 60) is not None
    assert harmless("<ul>" + "<li>one <b>thing</b><!-- noted -->" * 500) is not None
    assert harmless("<div>" * 30 + "deep" + "</div>" * 30) is not None


def test_an_error_has_one_name_on_every_python() -> None:
    """What is not complete stops with this private kind of SyntaxError from Python 3.13 on."""
    private = "_IncompleteInputError"
    assert known_exception(private) == "SyntaxError"
    assert read_error(private, "incomplete input")[2] == "SyntaxError: incomplete input"
