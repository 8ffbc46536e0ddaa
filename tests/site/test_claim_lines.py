"""The claims on the page: a line each, which opens to the rest and hides nothing for good."""

import json
import re
from pathlib import Path

import pytest
from chapters import chapter_files
from claims import parse_claims
from playwright.sync_api import Browser, expect

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

CHAPTER = "notebooks/q2/parameters-and-memory"


BOTH = list(zip(CHAPTERS, chapter_files(ROOT), strict=True))


@pytest.mark.parametrize(("document", "path"), BOTH)
def test_each_claim_is_a_line_with_its_words_and_verdicts(
    html: Path, document: str, path: Path
) -> None:
    claims, _ = parse_claims(json.loads(path.read_text(encoding="utf-8")))
    page = parsed(html / f"{document}.html")
    sections = page.select("section.claim")
    contents = [link["href"] for link in page.select(".page-toc a")]
    assert len(sections) == len(claims) > 0
    for section, claim in zip(sections, claims, strict=True):
        assert section["id"] == f"claim-{claim.id.lower()}"
        assert f"#{section['id']}" in contents
        (line,) = section.select("details.claim > summary")
        assert [badge.get_text() for badge in line.select(".verdict")] == [*claim.verdicts]
        heading = line.select_one("h3")
        assert heading is not None
        said = heading.get_text().removesuffix("#")
        assert letters(said) == letters(claim.quote)
        folded = section.select_one("details")
        assert folded is not None
        assert claim.id in folded.get_text()
        assert folded.select("div.cell_input"), "its demonstration"


def letters(text: str) -> str:
    """The letters and digits of a text, which neither quotation marks nor markup change."""
    return "".join(re.findall(r"\w", text))


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_link_to_a_claim_opens_it(site: Site, tab: Tab, width: int) -> None:
    record = tab(width)
    page = record.page
    page.goto(f"{site.page(CHAPTER)}#claim-q2-c06")
    claim = page.locator("#claim-q2-c06 > details")
    expect(claim).to_have_attribute("open", "")
    expect(claim.locator("summary")).to_be_in_viewport()
    page.evaluate("location.hash = 'claim-q2-c09'")
    expect(page.locator("#claim-q2-c09 > details")).to_have_attribute("open", "")
    expect(page.locator("#claim-q2-c08 > details")).not_to_have_attribute("open", "")
    # The same link once more, when the claim was closed in between.
    page.locator("#claim-q2-c09 > details > summary").click()
    expect(page.locator("#claim-q2-c09 > details")).not_to_have_attribute("open", "")
    page.locator("article h1").evaluate(
        "title => title.insertAdjacentHTML('afterend', '<a href=\"#claim-q2-c09\">again</a>')"
    )
    page.get_by_role("link", name="again", exact=True).click()
    expect(page.locator("#claim-q2-c09 > details")).to_have_attribute("open", "")
    page.goto(site.page("book/study"))
    page.goto(f"{site.page(CHAPTER)}#100%")  # what is no address within the page
    expect(page.locator("article h1")).to_be_in_viewport()
    assert record.complaints == []


def test_one_button_opens_and_closes_them_all(site: Site, tab: Tab) -> None:
    record = tab(NARROW)
    page = record.page
    page.goto(site.page(CHAPTER))
    claims, opened = page.locator("details.claim"), page.locator("details.claim[open]")
    count = claims.count()
    page.get_by_role("button", name=f"Open all {count} claims").click()
    expect(opened).to_have_count(count)
    claims.last.locator("summary").click()
    page.get_by_role("button", name=f"Open all {count} claims").click()
    page.get_by_role("button", name=f"Close all {count} claims").click()
    expect(opened).to_have_count(0)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(opened).to_have_count(count)


def test_the_browser_finds_what_is_folded(site: Site, tab: Tab) -> None:
    """As its own search does: a link to a passage of text goes the same way."""
    record = tab(WIDE)
    page = record.page
    page.goto(f"{site.page(CHAPTER)}#:~:text=Two%20mistakes%20in%20one%20line")
    expect(page.locator("#claim-q2-c06 > details")).to_have_attribute("open", "")


def test_without_scripts_a_claim_opens(site: Site, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site.page(CHAPTER))
    claim = page.locator("#claim-q2-c06 > details")
    claim.locator("summary").click()
    expect(claim).to_have_attribute("open", "")
    expect(claim.locator("div.cell").first).to_be_visible()
    context.close()


def test_the_list_of_contents_keeps_the_section_being_read_in_sight(site: Site, tab: Tab) -> None:
    record = tab(WIDE)
    page = record.page
    page.goto(site.page("notebooks/q6/alexnet-to-xception"))
    active = page.locator(".page-toc .nav-link.active").last
    for section in ("#exercises", "#the-time-line", "#summary"):
        page.locator(section).evaluate("section => section.scrollIntoView()")
        expect(page.locator(f".page-toc a[href='{section}'].active")).to_be_in_viewport()
    # What is too long ends in an ellipsis, not at the window's border.
    page.locator("#claim-q6-c05").evaluate("section => section.scrollIntoView()")
    expect(page.locator(".bd-sidebar-secondary a[href='#claim-q6-c05']")).to_be_visible()
    too_wide = page.locator(".bd-sidebar-secondary .page-toc a").evaluate_all(
        """links => links.filter(link => link.getBoundingClientRect().right > innerWidth)
            .map(link => link.textContent)"""
    )
    assert too_wide == []
    expect(active).to_be_in_viewport()
