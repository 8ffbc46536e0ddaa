"""Feedback and report in a real browser: they run nothing, ask for nothing, exclude nobody."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from tests.site.accessibility import violations
from tests.site.browsing import (
    NARROW,
    WIDE,
    Record,
    chromium,
    recorded,
    skip_without_chromium,
)
from tests.support import displays
from tests.support.running import Graded

skip_without_chromium()
pytestmark = pytest.mark.slow

LOOKS: list[tuple[int, Literal["light", "dark"]]] = [
    (WIDE, "light"),
    (NARROW, "light"),
    (WIDE, "dark"),
    (NARROW, "dark"),
]
DEFINE_ATTACK = "window.attacks = 0; window.attack = () => { window.attacks += 1 }"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, headless."""
    with chromium() as running:
        yield running


@pytest.fixture
def attacker() -> Iterator[tuple[str, list[str]]]:
    """A server that notes who calls: its address, and the paths that were asked for."""
    visits: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            visits.append(self.path)
            self.send_response(204)
            self.end_headers()

        def log_message(self, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", visits
        server.shutdown()


def opened(record: Record, path: Path) -> Page:
    """Open a page, with `attack` defined, and give it time to do what it wants to."""
    record.page.add_init_script(DEFINE_ATTACK)
    record.page.goto(path.as_uri())
    record.page.wait_for_timeout(300)
    return record.page


def test_a_hostile_page_runs_and_fetches_nothing(browser: Browser, displayed: Graded) -> None:
    path = displayed.out / "feedback/attacks/q1/tiny.html"
    with recorded(browser, WIDE) as record:
        page = opened(record, path)
        assert page.evaluate("window.attacks") == 0
        assert [url for url in record.requests if not url.startswith("data:image/png")] == [
            path.as_uri()
        ]
        assert (record.complaints, record.failures) == ([], [])  # nothing had to be stopped
        assert page.url == path.as_uri()


def test_the_policy_holds_where_the_cleaning_does_not(
    browser: Browser, displayed: Graded, tmp_path: Path, attacker: tuple[str, list[str]]
) -> None:
    """The same page with the attack put in raw; without the policy it would succeed."""
    address, visits = attacker
    text = (displayed.out / "feedback/shows/q1/tiny.html").read_text(encoding="utf-8")
    hostile = "\n".join(
        line
        for line in displays.HOSTILE.replace("ADDRESS", address).splitlines()
        if "refresh" not in line and "<base" not in line
    )
    attacked = text.replace("</main>", f"{hostile}</main>")
    assert attacked != text
    guarded, bare = tmp_path / "guarded.html", tmp_path / "bare.html"
    guarded.write_text(attacked, encoding="utf-8")
    bare.write_text(attacked.replace("Content-Security-Policy", "X-Nothing"), encoding="utf-8")
    with recorded(browser, WIDE) as record:
        page = opened(record, guarded)
        page.locator("#trap").click()
        assert page.evaluate("window.attacks") == 0
        assert visits == []
    with recorded(browser, WIDE) as record:
        assert opened(record, bare).evaluate("window.attacks") > 0
        assert {"/pixel.png", "/script.js", "/frame.html"} <= set(visits)


@pytest.mark.parametrize(
    "path",
    [
        "report.html",
        "feedback/half/q1/tiny.html",
        "feedback/truncated/q1/tiny.html",
        "feedback/attacks/q1/tiny.html",
    ],
)
def test_nobody_is_excluded(browser: Browser, graded: Graded, displayed: Graded, path: str) -> None:
    """No axe violation of WCAG A or AA, no sideways scrolling, no request, not a word of error."""
    file = (displayed if "attacks" in path else graded).out / path
    with recorded(browser, WIDE) as record:
        page = opened(record, file)
        for rarer in page.locator("summary").all():
            rarer.click()
        ground = page.evaluate("getComputedStyle(document.body.parentElement).colorScheme")
        assert ground == "light dark"
        for width, mode in LOOKS:
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=mode)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert violations(page) == [], (width, mode)
        asked = [url for url in record.requests if not url.startswith("data:")]
        assert (asked, record.complaints) == ([file.as_uri()], [])


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_the_longest_name_fits(
    browser: Browser, graded: Graded, tmp_path: Path, width: int
) -> None:
    name = "averylongname" * 8  # an address, an id that a platform made: no place to break it
    for path in (graded.out / "report.html", graded.out / "feedback/half/q1/tiny.html"):
        long = tmp_path / path.name
        text = path.read_text(encoding="utf-8")
        assert ">half<" in text
        long.write_text(text.replace(">half<", f">{name}<"), encoding="utf-8")
        with recorded(browser, width) as record:
            page = opened(record, long)
            assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_table_of_submissions_is_sorted_and_filtered(browser: Browser, graded: Graded) -> None:
    with recorded(browser, WIDE) as record:
        page = record.page
        page.goto((graded.out / "report.html").as_uri())
        rows = page.locator("#submissions ~ table tbody tr")
        names = page.locator("#submissions ~ table tbody th")
        as_written = names.all_inner_texts()
        page.get_by_role("button", name="Score").click()
        page.get_by_role("button", name="Score").click()
        scores = page.locator("#submissions ~ table td.score").all_inner_texts()
        points = [float(each.split()[0]) for each in scores if each[0].isdigit()]
        assert points == sorted(points, reverse=True)
        head = page.get_by_role("columnheader", name="Score")
        assert head.get_attribute("aria-sort") == "descending"
        page.get_by_role("button", name="Student").click()
        assert names.all_inner_texts() == sorted(as_written)
        page.get_by_role("searchbox").fill(" Large  Too ")  # words, not a passage
        kept = [row for row in rows.all() if row.is_visible()]
        assert 0 < len(kept) < len(as_written)
        assert all("too-large" in row.inner_text() for row in kept)
        said = f"{len(kept)} of {len(as_written)} rows"
        assert page.get_by_role("status").inner_text() == said
        assert record.complaints == []
