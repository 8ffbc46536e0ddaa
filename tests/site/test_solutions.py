"""The part for solutions: what it shows, and that one line of the table of contents removes it."""

import json
import re
from pathlib import Path

import pytest
from jupyter_book.config import get_final_config
from playwright.sync_api import Browser, expect
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

from solutions import Solution, read_solutions
from tests.site.accessibility import violations
from tests.site.browsing import (
    CHAPTERS,
    DOCUMENTS,
    NARROW,
    ROOT,
    WIDE,
    Site,
    look,
    parsed,
    recorded,
    skip_without_chromium,
)
from tests.site.test_claims import notebook
from tests.site.test_pages import THEME_IS_READY

skip_without_chromium()

shown = pytest.mark.skipif("book/solutions" not in DOCUMENTS, reason="this course shows none")


def page_of(chapter: str) -> str:
    """The document with a chapter's solutions."""
    return f"book/solutions/{chapter.split('/')[1]}"


def solutions(chapter: str) -> list[Solution]:
    """The solutions of a chapter, as the instructor's notebook has them."""
    source = ROOT / f"{chapter.replace('notebooks', 'solutions', 1)}.ipynb"
    return list(read_solutions(json.loads(source.read_text("utf-8"))))


def test_only_what_marks_a_solution_is_left_out() -> None:
    cells = notebook(
        ("markdown", "### Exercise 1: an area\n\n*1 point.*"),
        (
            "code",
            "def area(a):\n    ### BEGIN SOLUTION\n    return a * a  # why\n    ### END SOLUTION\n",
        ),
        ("code", "assert area(2) == 4\n### BEGIN HIDDEN TESTS\nassert 1\n### END HIDDEN TESTS"),
    )
    for cell, grade in zip(cells["cells"][1:], [False, True], strict=True):
        name = "area-test" if grade else "area"
        cell["metadata"]["nbgrader"] = {"grade_id": name, "solution": not grade, "grade": grade}
    code = "def area(a):\n    return a * a  # why"
    assert list(read_solutions(cells)) == [Solution("Exercise 1: an area", "area", code)]


@shown
@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_exercise_has_its_solution_folded(html: Path, chapter: str) -> None:
    page = parsed(html / f"{page_of(chapter)}.html")
    sections = page.select("article section section")
    public = (html / f"{chapter}.html").read_text("utf-8")
    exercises = re.findall(r'<section id="(exercise-\d+-[^"]*)">', public)
    assert len(exercises) >= 4
    for section, solution, exercise in zip(sections, solutions(chapter), exercises, strict=True):
        link, fold = section.select_one("h2 a"), section.select_one("details")
        assert link
        assert fold
        assert link.text == solution.exercise
        assert link["href"] == f"../../{chapter}.html#{exercise}"
        assert not fold.has_attr("open")
        summary, code = fold.select_one("summary"), fold.select_one("pre")
        assert summary
        assert code
        assert summary.text == f"Show the solution to {solution.exercise}"
        assert code.text.strip() == solution.code
        assert "###" not in code.text


@shown
def test_a_solution_opens_by_keyboard(site: Site, browser: Browser) -> None:
    with recorded(browser, WIDE) as record:
        page = record.page
        page.goto(site.page(page_of(CHAPTERS[1])))
        fold = page.locator("article details").first
        expect(fold.locator("pre")).to_be_hidden()
        fold.locator("summary").press("Enter")
        expect(fold.locator("pre")).to_be_visible()
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        for width, mode in [(WIDE, "light"), (NARROW, "dark")]:
            look(page, width, mode)
            page.wait_for_timeout(THEME_IS_READY)
            assert violations(page) == [], mode
            across, window = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
            assert across <= window
        assert record.complaints == []


@shown
def test_the_search_knows_no_solution(html: Path) -> None:
    index = (html / "searchindex.js").read_text("utf-8")
    found = json.loads(index.removeprefix("Search.setIndex(").removesuffix(")"))
    numbers = {found["docnames"].index(page_of(chapter)) for chapter in CHAPTERS}
    for words in (found["terms"], found["titleterms"]):
        places = [[at] if isinstance(at, int) else at for at in words.values()]
        assert numbers & {number for at in places for number in at} == set()
    assert [found["titles"][number] for number in numbers] == [""] * len(numbers)
    assert {at[0] for places in found["alltitles"].values() for at in places} & numbers == set()


def documents(toc: Path, scratch: Path) -> set[str]:
    """The documents that a site with this table of contents is made of, by the book's own rules."""
    config, _ = get_final_config(
        user_yaml=ROOT / "_config.yml", sourcedir=ROOT, cli_config={"latex_individualpages": False}
    )
    settings = {key: config[key] for key in ("exclude_patterns", "external_toc_exclude_missing")}
    settings["external_toc_path"] = str(toc)
    settings["extensions"] = ["sphinx_external_toc"]
    settings["source_suffix"] = {".md": "markdown", ".ipynb": "markdown"}
    with docutils_namespace():
        app = Sphinx(ROOT, None, scratch / "out", scratch, "html", settings, status=None)
        app.env.find_files(app.config, app.builder)
    return set(app.env.found_docs)


def test_one_line_of_the_table_of_contents_removes_them(tmp_path: Path) -> None:
    lines = (ROOT / "_toc.yml").read_text("utf-8").splitlines(keepends=True)
    part = [line for line in lines if "book/solutions" in line]
    assert len(part) == ("book/solutions" in DOCUMENTS)
    without = tmp_path / "_toc.yml"
    without.write_text("".join(line for line in lines if line not in part), encoding="utf-8")
    kept = documents(without, tmp_path)
    assert {"book/welcome", "book/kill-matrix/q1", *CHAPTERS} <= kept
    assert [name for name in kept if name.startswith("book/solutions")] == []
    if part:
        gone = documents(ROOT / "_toc.yml", tmp_path) - kept
        assert gone == {"book/solutions", *map(page_of, CHAPTERS)}
