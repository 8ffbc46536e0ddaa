"""The pages of all things to play with: scripts, no scripts, access and width."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.site.accessibility import violations
from tests.site.browsing import NARROW, WIDE, Site, Tab, look, recorded, skip_without_chromium
from tests.site.playing import (
    BLOCK,
    CALCULATOR,
    CONVOLUTION,
    IN_CHAPTERS,
    SCRIPTS,
    choose,
    group,
    put,
    says,
    tool_of,
)

skip_without_chromium()


@pytest.mark.parametrize("document", SCRIPTS)
def test_a_page_loads_its_own_scripts_and_works_from_a_folder(
    site: Site, tab: Tab, document: str
) -> None:
    record = tab(WIDE)
    record.page.goto((site.html / f"{document}.html").as_uri())
    expect(says(record.page)).not_to_be_empty()
    own = [Path(urlsplit(url).path).name for url in record.requests if "/_static/play/" in url]
    assert sorted(own) == sorted(["play.css", *SCRIPTS[document]])
    assert record.complaints == []


def test_no_other_page_loads_them(site: Site) -> None:
    loading = {
        file.relative_to(site.html).with_suffix("").as_posix()
        for folder in ("book", "notebooks")
        for file in (site.html / folder).rglob("*.html")
        if "_static/play/" in file.read_text("utf-8")
    }
    assert loading == {*SCRIPTS, *IN_CHAPTERS}


@pytest.mark.parametrize("chapter", IN_CHAPTERS)
def test_a_chapter_has_it_where_the_thought_arises(site: Site, tab: Tab, chapter: str) -> None:
    """That it is accessible, fits and makes nobody complain, test_pages finds, as of all pages."""
    record = tab(WIDE)
    page = record.page
    page.goto(site.page(chapter))
    assert page.locator(".play").count() == len(IN_CHAPTERS[chapter])
    for document, said in IN_CHAPTERS[chapter].items():
        tool = page.locator(f"#{document.removeprefix('book/')}")
        expect(tool).to_contain_text(said)
        asked = [Path(urlsplit(url).path).name for url in record.requests]
        assert {"play.css", *SCRIPTS[document]} <= set(asked)


def test_a_filter_as_large_as_its_map_gives_a_grid_on_a_larger_one(site: Site, tab: Tab) -> None:
    record = tab(WIDE)
    page = record.page
    page.goto(site.page("notebooks/q7/fully-convolutional"))
    output = page.get_by_role("grid", name="output, 1 rows and 1 columns")
    expect(output.get_by_role("gridcell")).to_have_count(1)
    choose(page, rows=6, columns=8)
    expect(page.get_by_role("grid", name="output, 3 rows and 4 columns")).to_be_visible()


def test_a_convolution_plays_by_itself(site: Site, tab: Tab) -> None:
    record = tab(WIDE)
    page = record.page
    page.goto(site.page(CONVOLUTION))
    play = page.get_by_role("button", name="Play, an output after the other")
    play.click()
    for column in (2, 3):
        expect(says(page)).to_contain_text(f"Output, row 1, column {column}:")
    page.get_by_role("button", name="Pause").click()
    expect(play).to_be_visible()
    stopped = says(page).inner_text()
    page.wait_for_timeout(1_000)
    assert says(page).inner_text() == stopped
    play.click()
    page.get_by_role("grid", name="input").get_by_role("gridcell").first.click()
    expect(play).to_be_visible()  # whatever else one does stops it


def test_the_larger_a_value_the_more_colour(site: Site, tab: Tab) -> None:
    record = tab(WIDE)
    page = record.page
    page.goto(site.page(CONVOLUTION))
    choose(page, input="an edge")
    colours = {
        cell.inner_text(): cell.evaluate("cell => getComputedStyle(cell).backgroundColor")
        for cell in page.get_by_role("grid", name="output").get_by_role("gridcell").all()[1:]
    }
    assert set(colours) == {"0", "−15"}
    assert colours["0"] != colours["−15"]


def test_without_javascript_a_sentence_says_what_would_be_here(
    site: Site, browser: Browser
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for document in SCRIPTS:
        page.goto(site.page(document))
        assert "On the website, with JavaScript, there is" in tool_of(page).inner_text()
    context.close()


def use(page: Page, document: str) -> None:
    """Bring a tool into a state in which it shows all that it can show."""
    if document == CONVOLUTION:
        choose(page, columns=8, kernel_columns=4, padding="same", dilation=2)
        page.get_by_role("grid", name="input").locator("[role=gridcell]").nth(9).click()
        page.get_by_role("button", name="Next output").click()
    elif document == CALCULATOR:
        page.get_by_role("button", name="Add layer after layer 3").click()
        put(group(page, "layer 4"), {"layer": "dense"})
        put(group(page, "image"), {"height": 1024})
    elif document == BLOCK:
        page.get_by_label("block").select_option("Inception")
        page.get_by_label("channels").select_option("512")
    else:
        page.get_by_role("button", name="Add layer after image").click()
        put(group(page, "layer 1"), {"kernel": 7, "dilation": 8})
        page.get_by_role("slider", name="row of the unit").fill("2")


@pytest.mark.parametrize("document", SCRIPTS)
def test_in_use_it_is_accessible_and_fits(site: Site, browser: Browser, document: str) -> None:
    with recorded(browser, WIDE) as record:
        page = record.page
        page.goto(site.page(document))
        use(page, document)
        assert record.complaints == []
        for width, mode in [(WIDE, "dark"), (NARROW, "light")]:
            look(page, width, mode)
            assert violations(page, ".play") == [], mode
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            hidden = tool_of(page).evaluate(
                """tool => [...tool.querySelectorAll(".play-scroll")]
                    .filter(part => part.scrollWidth > part.clientWidth)
                    .map(part => part.ariaLabel)"""
            )
            assert hidden == []  # nobody has to scroll sideways
            low = tool_of(page).evaluate(
                """tool => [...tool.querySelectorAll("button, select, input, [role=gridcell]")]
                    .filter(target => target.offsetHeight < 44).map(target => target.outerHTML)"""
            )
            assert low == []
        assert record.complaints == []
