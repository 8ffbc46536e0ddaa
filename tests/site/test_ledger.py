"""The ledger's filter: what it shows is what the chapters' claims say."""

import json
from collections import Counter

import pytest
from claims import Claim, parse_claims
from playwright.sync_api import Browser, Page, expect

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

LEDGER = "book/corrected"
CLAIMS: list[Claim] = [
    claim
    for chapter in CHAPTERS
    for claim in parse_claims(json.loads((ROOT / f"{chapter}.ipynb").read_text("utf-8")))[0]
]


def claims_of(question: str | None = None, verdict: str | None = None) -> list[str]:
    """The ids of the claims on a question, with a verdict, or both."""
    return [
        claim.id
        for claim in CLAIMS
        if question in {None, claim.id.split("-")[0].lower()}
        and (verdict is None or verdict in claim.verdicts)
    ]


def shown(page: Page) -> list[str]:
    """The ids of the claims that the page shows."""
    return page.locator("table.ledger[class*=question-] tbody th:visible").all_inner_texts()


def test_a_selection_shows_its_claims_and_says_how_many(site: Site, tab: Tab) -> None:
    record = tab(NARROW)
    page = record.page
    page.goto(site.page(LEDGER))
    question, verdict = page.get_by_label("Question"), page.get_by_label("Verdict")
    status = page.get_by_role("status")
    assert shown(page) == claims_of()
    expect(status).to_have_text(f"{len(CLAIMS)} of {len(CLAIMS)} claims shown.")
    for select in (question, verdict):
        box = select.bounding_box()
        assert box
        assert box["height"] >= 44

    verdicts = Counter(verdict for claim in CLAIMS for verdict in claim.verdicts)
    for name, count in verdicts.items():
        verdict.select_option(label=f"{name} ({count})")
        assert shown(page) == claims_of(verdict=name)
        expect(status).to_have_text(f"{count} of {len(CLAIMS)} claims shown.")

    verdict.select_option("wrong")
    for number, chapter in enumerate(CHAPTERS, 1):
        name = chapter.split("/")[1]
        question.select_option(label=f"question {number} ({len(claims_of(name))})")
        assert shown(page) == claims_of(name, "wrong")
        # A table of which nothing is left is gone with its caption.
        assert page.locator("table[class*=question-] caption:visible").count() == bool(
            claims_of(name, "wrong")
        )
    assert record.complaints == []


def test_a_filtered_view_has_an_address(site: Site, tab: Tab) -> None:
    record = tab(WIDE)
    page = record.page
    page.goto(f"{site.page(LEDGER)}?question=q2&verdict=arithmetic-wrong")
    assert shown(page) == claims_of("q2", "arithmetic wrong")
    assert shown(page)
    page.get_by_label("Verdict").select_option("imprecise")
    expect(page).to_have_url(f"{site.page(LEDGER)}?question=q2&verdict=imprecise")
    page.reload()
    assert shown(page) == claims_of("q2", "imprecise")
    page.get_by_label("Verdict").select_option("")
    page.get_by_label("Question").select_option("")
    expect(page).to_have_url(site.page(LEDGER))
    page.goto(f"{site.page(LEDGER)}?question=q77")
    assert shown(page) == claims_of()


def test_a_search_and_the_counts_follow(site: Site, tab: Tab) -> None:
    record = tab(WIDE)
    page = record.page
    page.goto(site.page(LEDGER))
    page.get_by_label("Words").fill("Bias")
    found = shown(page)
    assert 0 < len(found) < len(CLAIMS)
    rows = page.locator("table.ledger[class*=question-] tbody tr:visible").all_inner_texts()
    assert all("bias" in row.casefold() for row in rows)
    expect(page).to_have_url(f"{site.page(LEDGER)}?words=Bias")
    names = page.locator("table.counts tbody th").all_inner_texts()
    numbers = page.locator("table.counts tbody td").all_inner_texts()
    counts = dict(zip(names, numbers, strict=True))
    assert counts.pop("all claims") == str(len(found))
    here = Counter(v for claim in CLAIMS if claim.id in found for v in claim.verdicts)
    assert {name: int(count) for name, count in counts.items() if count != "0"} == here
    page.get_by_label("Words").fill(" training  bytes ")
    some = page.locator("table.ledger[class*=question-] tbody tr:visible").all_inner_texts()
    assert some
    assert all("training" in row.casefold() and "bytes" in row.casefold() for row in some)
    page.get_by_label("Words").fill("no such words")
    expect(page.get_by_role("status")).to_have_text(f"0 of {len(CLAIMS)} claims shown.")


def test_each_row_says_what_is_true(site: Site) -> None:
    page = parsed(site.html / f"{LEDGER}.html")
    rows = page.select("table.ledger[class*=question-] tbody tr")
    for row, claim in zip(rows, CLAIMS, strict=True):
        badges = [each.get_text() for each in row.select(".verdict")]
        assert badges == [*claim.verdicts]
        assert len(row.select("td")[2].get_text().split()) >= 3, claim.id


def test_from_a_file_too(site: Site, tab: Tab) -> None:
    record = tab(WIDE)
    page = record.page
    page.goto((site.html / f"{LEDGER}.html").as_uri())
    page.get_by_label("Question").select_option("q3")
    assert shown(page) == claims_of("q3")
    assert page.url.endswith("?question=q3")
    assert record.complaints == []


def test_without_javascript_all_claims_are_there(site: Site, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site.page(LEDGER))
    assert shown(page) == claims_of()
    expect(page.locator(".ledger-filter")).to_be_hidden()
    context.close()


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_row_leads_to_its_demonstration(site: Site, chapter: str) -> None:
    rows = (site.html / f"{LEDGER}.html").read_text("utf-8")
    page = (site.html / f"{chapter}.html").read_text("utf-8")
    for claim in claims_of(chapter.split("/")[1]):
        anchor = f"claim-{claim.lower()}"
        assert f'href="../{chapter}.html#{anchor}"' in rows
        assert f'id="{anchor}"' in page
