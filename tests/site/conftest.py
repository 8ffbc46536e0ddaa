"""The site, built and served once; a browser for the tests of this folder."""

import fcntl
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.site.browsing import ROOT, WIDE, Record, Site, Tab, chromium, recorded
from tests.site.host import served


@pytest.fixture(scope="session")
def html() -> Path:
    """The folder of the built site, made anew if a source of it changed."""
    (ROOT / "_build").mkdir(exist_ok=True)
    with (ROOT / "_build" / "site.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # the suite's other processes wait, and find it made
        made = subprocess.run(
            ["make", "book"], cwd=ROOT, capture_output=True, text=True, check=False
        )
    if made.returncode:
        pytest.fail(f"the site could not be built:\n{made.stdout}{made.stderr}", pytrace=False)
    return ROOT / "_build" / "html"


@pytest.fixture(scope="session")
def site(html: Path) -> Iterator[Site]:
    """The built site on a port of this machine that nobody else sees."""
    with served(html) as address:
        yield Site(html, address)


# For the tests of this folder that follow each other, and not for the whole session: while it runs,
# Playwright's event loop keeps nbclient from its own.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium, headless."""
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Tab]:
    """A reader's tab by its width, empty: in it one page is opened after the other.

    A tab of its own, as `recorded` gives it, costs a process. So it is for tests that need somebody
    who has seen nothing yet, or that change the tab itself.
    """
    with ExitStack() as stack:
        tabs: dict[int, Record] = {}

        def of(width: int) -> Record:
            if width not in tabs:
                tabs[width] = stack.enter_context(recorded(browser, width))
            tabs[width].page.goto("about:blank")
            tabs[width].forget()
            return tabs[width]

        yield of


@pytest.fixture(scope="module")
def opened(site: Site, browser: Browser) -> Iterator[Callable[[str], Page]]:
    """Open a page, fresh from its address; the browser's own page is shared."""
    with recorded(browser, WIDE) as record:

        def at(document: str) -> Page:
            record.page.goto(site.page(document))
            return record.page

        yield at
        assert record.complaints == []
        assert record.failures == []
