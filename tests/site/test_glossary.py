"""The glossary, the links of the chapters to it, and the index."""

import re
from collections import Counter
from pathlib import Path

import pytest
from bs4 import Tag
from glossary_links import Entry, Vocabulary, initial, read_glossary
from playwright.sync_api import expect

from tests.site.browsing import (
    CHAPTERS,
    NARROW,
    ROOT,
    WIDE,
    Site,
    Tab,
    parsed,
    skip_without_chromium,
)

skip_without_chromium()

ENTRIES = read_glossary(ROOT)
NOT_LINKED = "h1, h2, h3, h4, blockquote, pre, code, table, details:not(.claim), summary, .cell, ol"


def links(html: Path, document: str) -> list[Tag]:
    """The links of a page of the built site to entries of the glossary, made by the build."""
    words = parsed(html / f"{document}.html").select(".glossary-term")
    return [link for word in words if (link := word.find_parent("a"))]


def targets(html: Path, document: str) -> list[str]:
    """Where these links lead."""
    return [str(link["href"]) for link in links(html, document)]


def test_the_entries_are_sorted_and_have_their_letters() -> None:
    names = [entry.name for entry in ENTRIES]
    assert names == sorted(names, key=str.casefold)
    headings = (ROOT / "book" / "glossary.md").read_text(encoding="utf-8").split("\n## ")[1:]
    assert [text[0] for text in headings] == list(dict.fromkeys(initial(n)[0] for n in names))


def test_no_term_stands_there_twice() -> None:
    terms = Counter(term.casefold() for entry in ENTRIES for term in entry.terms)
    assert [term for term, count in terms.items() if count > 1] == []


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_links_each_term_once(html: Path, chapter: str) -> None:
    found = targets(html, chapter)
    assert len(found) >= 20
    assert [target for target, count in Counter(found).items() if count > 1] == []
    assert all(target.startswith("../../book/glossary.html#term-") for target in found)


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_no_link_stands_where_none_belongs(html: Path, chapter: str) -> None:
    page = parsed(html / f"{chapter}.html")
    inside = [word for place in page.select(NOT_LINKED) for word in place.select(".glossary-term")]
    assert inside == []


def test_every_entry_is_used_by_a_chapter(html: Path) -> None:
    items = parsed(html / "book/glossary.html").select("dl.glossary dt")
    first_terms = [item for item in items if not after_a_term(item)]
    assert len(first_terms) == len(ENTRIES)
    used = {target.split("#")[1] for chapter in CHAPTERS for target in targets(html, chapter)}
    assert [str(term["id"]) for term in first_terms if term["id"] not in used] == []


def after_a_term(item: Tag) -> bool:
    """Whether a term of the glossary is another name for the one before it."""
    before = item.find_previous_sibling()
    return isinstance(before, Tag) and before.name == "dt"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("a receptive field, a field", ["receptive field"]),
        ("Local response normalisation and LRN", ["LRN", "LRN"]),
        ("lrn, a sub-kernel and kernel_size", []),
        ("Kernels of\n3 × 3, and biases", ["kernel", "bias"]),
        ("batch normalisation of a batch", ["batch normalisation", "batch"]),
    ],
)
def test_what_counts_as_a_term(text: str, names: list[str]) -> None:
    words = ["receptive field", "kernel", "bias", "batch", "batch normalisation"]
    entries = [Entry((word,), "") for word in words]
    entries.append(Entry(("LRN", "local response normalisation"), ""))
    assert [name for _, _, name in Vocabulary(entries).find(text)] == names


def test_the_index_names_every_term_and_every_other_use(html: Path) -> None:
    index = parsed(html / "book/terms.html")
    lines = {
        str(a["href"]).split("#")[1]: item
        for item in index.select("ul.term-index > li")
        if (a := item.find("a")) and "see" not in item.get_text().split(":")[1].split()
    }
    assert len(lines) == len(ENTRIES)
    for chapter in CHAPTERS:
        for target in targets(html, chapter):
            term = target.split("#")[1]
            pages = [str(a["href"]).split("#")[0] for a in lines[term].select("a")]
            assert f"../{chapter}.html" in pages, f"{term} is used in {chapter}"
    text = [item.get_text().casefold() for item in index.select("ul.term-index > li")]
    assert text == sorted(text, key=lambda line: line.split(":")[0])


def test_a_term_leads_from_a_chapter_to_its_meaning(site: Site, tab: Tab) -> None:
    record = tab(WIDE)
    page = record.page
    page.goto(site.page(CHAPTERS[0]))
    page.get_by_role("link", name="receptive field", exact=True).click()
    expect(page.locator("dt:target")).to_be_in_viewport()
    expect(page.locator("dt:target")).to_contain_text("receptive field")
    assert record.complaints == []


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_term_shows_its_meaning_without_leaving_the_page(
    site: Site, tab: Tab, width: int
) -> None:
    record = tab(width)
    page = record.page
    page.goto(site.page(CHAPTERS[0]))
    shown = "link => getComputedStyle(link, '::after').content"
    links = page.locator("a[data-meaning]")
    assert links.count() > 20
    for link in (links.first, links.nth(5), links.nth(12)):
        assert link.evaluate(shown) == "none"
        link.focus()
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Tab")
        meaning = link.get_attribute("data-meaning")
        assert meaning
        assert len(meaning.split()) > 4
        assert not re.search(r"[*`$\\]", meaning)
        assert meaning[:20] in link.evaluate(shown)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.keyboard.press("Escape")
        assert link.evaluate(shown) == "none"
    assert record.complaints == []
