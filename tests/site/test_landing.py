"""The landing page: a digit on its way through the network, three figures, and their proof."""

import io
import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from bs4 import BeautifulSoup
from chapters import chapter_files, cover_figure
from landing import SHOWN, parameters
from PIL import Image
from playwright.sync_api import Browser, expect

from models import export_landing
from models.export_web import SEED
from models.network import load
from tests.site.browsing import NARROW, ROOT, WIDE, Site, parsed, recorded, skip_without_chromium

skip_without_chromium()

REBUILD = "run `python -m models.export_landing`"


@pytest.fixture(scope="module")
def page_of(html: Path) -> BeautifulSoup:
    """The landing page as it was built."""
    return parsed(html / "book/welcome.html")


def test_what_is_shown_is_what_the_network_makes() -> None:
    shown = export_landing.run(load(SEED))
    with Image.open(export_landing.OUT / "digits.png") as image:
        drawn = np.asarray(image).astype(int)
    assert drawn.shape == (280, 28 + 10 * (28 + 14 + 7))
    # Another processor may round a grey level the other way.
    assert abs(drawn - export_landing.picture(shown)).max() <= 1, REBUILD
    found = json.loads((export_landing.OUT / "digits.json").read_text(encoding="utf-8"))
    assert found["sides"] == [maps.shape[1] for maps in shown.maps]
    np.testing.assert_allclose(found["probabilities"], shown.probabilities, atol=1e-4)
    assert [row.index(max(row)) for row in found["probabilities"]] == list(range(10))


@pytest.mark.parametrize(("width", "height"), [(WIDE, 720), (NARROW, 844)])
def test_the_first_screen_says_shows_and_proves(
    site: Site, browser: Browser, width: int, height: int
) -> None:
    with recorded(browser, width) as record:
        page = record.page
        page.set_viewport_size({"width": width, "height": height})
        page.goto(site.page("book/welcome"))
        for part in ("h1", ".digit-run", ".three-figures"):
            expect(page.locator(f"article {part}")).to_be_in_viewport(ratio=1)
        expect(page.get_by_role("link", name="Begin with question 1")).to_be_in_viewport(ratio=1)
        asked = [url for url in record.requests if re.search(r"weights|digit/", url)]
        assert asked == [], "nothing of the network is loaded"


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_digit_that_is_chosen_goes_through_the_network(
    site: Site, browser: Browser, width: int
) -> None:
    with recorded(browser, width) as record:
        page = record.page
        page.goto(site.page("book/welcome"))
        frame = page.locator(".digit-run")
        status = frame.get_by_role("status")
        expect(status).to_have_text(re.compile(rf"The network says {SHOWN}, \d\d\.\d%\."))
        before = frame.screenshot()
        frame.get_by_role("button", name="7", exact=True).click()
        expect(status).to_have_text("The network says 7, over 99.9%.")
        expect(frame.get_by_role("button", name="7", exact=True)).to_have_attribute(
            "aria-pressed", "true"
        )
        expect(frame.get_by_role("img")).to_have_attribute("aria-label", re.compile("written 7"))
        assert frame.screenshot(animations="disabled") != before
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(status).to_have_text(re.compile("The network says 8"))
        frame.get_by_role("link", name="Draw one of your own").click()
        page.wait_for_url(site.page("book/digit"))
        assert record.complaints == []


def test_in_forced_colours_the_bars_and_the_choice_are_seen(site: Site, browser: Browser) -> None:
    context = browser.new_context(forced_colors="active")
    page = context.new_page()
    page.goto(site.page("book/welcome"))
    bars = page.locator(".run-bar > span")
    colour = "bar => getComputedStyle(bar).backgroundColor"
    ground = "bar => getComputedStyle(bar.parentElement).backgroundColor"
    assert bars.first.evaluate(colour) != bars.first.evaluate(ground)
    width = "button => getComputedStyle(button).borderWidth"
    buttons = page.locator(".run-choice button")
    widths = {each.get_attribute("aria-pressed"): each.evaluate(width) for each in buttons.all()}
    assert widths["true"] != widths["false"]
    context.close()


def test_the_three_figures_are_the_repositorys(html: Path, page_of: BeautifulSoup) -> None:
    said = [item.get_text() for item in page_of.select("ul.three-figures > li")]
    assert len(said) == 3
    assert "903,400 parameters" in said[0]
    assert "5,400" in said[0]
    ledger = parsed(html / "book/corrected.html")
    rows = ledger.select("table.ledger[class*=question-] tbody tr")
    right = [row for row in rows if set(verdicts(row)) == {"correct"}]
    assert f"{len(rows) - len(right)} of {len(rows)} claims" in said[1]
    results = json.loads((ROOT / "models/results.json").read_text("utf-8"))
    errors = [entry["errors"] for entry in results["seeds"].values()]
    assert f"{round(np.mean(errors))} errors" in said[2]
    assert f"{results['images']:,} digits" in said[2]
    for item in page_of.select("ul.three-figures > li"):
        assert item.select("a"), "each figure leads to its proof"


def verdicts(row: Any) -> list[str]:
    """The verdicts in a row of the ledger."""
    return [badge.get_text() for badge in row.select(".verdict")]


def test_a_claim_without_its_numbers_is_named() -> None:
    with pytest.raises(ValueError, match="no claim Q2-C06 with two numbers"):
        parameters({"cells": []})


def test_each_card_has_the_figure_of_its_chapter(html: Path, page_of: BeautifulSoup) -> None:
    pictures = page_of.select(".course-map img.sd-card-img-top")
    files = chapter_files(ROOT)
    assert len(pictures) == len(files)
    for picture, path in zip(pictures, files, strict=True):
        shown = (html / "book" / str(picture["src"])).resolve().read_bytes()
        assert (shown, picture["alt"]) == cover_figure(path)
        with Image.open(io.BytesIO(shown)) as image:
            assert max(image.size) <= 520


def test_a_chapter_begins_with_that_figure(html: Path) -> None:
    for path in chapter_files(ROOT):
        page = html / path.relative_to(ROOT).with_suffix(".html")
        article = parsed(page).select_one("article")
        assert article is not None
        first, before = article.select_one("img"), article.select_one("h2")
        assert first is not None
        assert first in before.find_all_previous("img")  # type: ignore[union-attr]
        shown = (page.parent / str(first["src"])).resolve().read_bytes()
        assert (shown, first["alt"]) == cover_figure(path)


def test_a_chapter_without_a_figure_is_named(tmp_path: Path) -> None:
    file = tmp_path / "empty.ipynb"
    file.write_text('{"cells": []}', encoding="utf-8")
    with pytest.raises(ValueError, match=r"empty\.ipynb: no cell has drawn a figure"):
        cover_figure(file)
