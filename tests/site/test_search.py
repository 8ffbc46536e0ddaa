"""What a beginner types leads to the section that explains it."""

import pytest
from glossary_links import read_glossary
from playwright.sync_api import Page, expect

from tests.site.browsing import NARROW, ROOT, WIDE, Site, Tab, skip_without_chromium

skip_without_chromium()

FOUND = "#search-results ul.search > li"


def look_for(page: Page, address: str, words: str) -> None:
    """Search for words, with the field and a key, and wait for what is found."""
    page.goto(address)
    field = page.get_by_role("searchbox").last
    field.fill(words)
    field.press("Enter")
    expect(page.locator(FOUND).first).to_be_visible()
    expect(page.locator(".search-summary")).to_contain_text("found")


@pytest.mark.parametrize(
    ("words", "section"),
    [
        ("Padding", "q2/parameters-and-memory.html#slide-the-window"),
        ("1x1", "q7/fully-convolutional.html#the-dense-layers-after-the-first"),
        ("1 × 1", "q7/fully-convolutional.html#the-dense-layers-after-the-first"),
        ("why pooling", "q4/pooling-or-stride.html#two-ways-to-halve-a-map"),
        ("transposed", "q8/semantic-segmentation.html#transposed-convolution"),
        ("batch size", "q1/why-convolution.html#the-experiment-that-settles-it"),
        ("receptive fields", "q1/why-convolution.html#small-windows-stacked"),
        ("out of memory", "q3/out-of-memory.html"),
    ],
)
def test_the_first_hit_explains_it(site: Site, tab: Tab, words: str, section: str) -> None:
    record = tab(NARROW)
    look_for(record.page, site.page("search"), words)
    first = record.page.locator(FOUND).first
    link = first.get_by_role("link")
    assert (link.get_attribute("href") or "").endswith(section)
    assert record.complaints == []
    link.click()
    record.page.wait_for_url(f"**{section}")
    if "#" in section:
        expect(
            record.page.locator(f"#{section.partition('#')[2]} > :is(h2, h3)")
        ).to_be_in_viewport()


def test_each_term_of_the_glossary_is_found_where_it_is_explained(site: Site, tab: Tab) -> None:
    record = tab(WIDE)
    look_for(record.page, site.page("search"), "stride")
    for entry in read_glossary(ROOT):
        for term in entry.terms:
            page, anchor, meaning = record.page.evaluate(
                """term => {
                    const [page, , anchor, meaning] =
                        Search._performSearch(...Search._parseQuery(term)).at(-1);
                    return [page, anchor, meaning];
                }""",
                term,
            )
            assert f"/{page}.ipynb{anchor}" == entry.explained, term
            assert meaning == entry.meaning


def test_from_a_folder_the_explanation_is_there_too(site: Site, tab: Tab) -> None:
    record = tab(WIDE)
    look_for(record.page, (site.html / "search.html").as_uri(), "stride")
    expect(record.page.locator(FOUND).first).to_contain_text("from one position to the next")


def test_an_extract_is_of_the_text(site: Site, tab: Tab) -> None:
    record = tab(WIDE)
    look_for(record.page, site.page("search"), "memory")
    extracts = record.page.locator(f"{FOUND} .context")
    expect(extracts).to_have_count(record.page.locator(FOUND).count())
    for extract in extracts.all_inner_texts():
        assert ".ipynb" not in extract[:20]
        assert "Contents" not in extract
