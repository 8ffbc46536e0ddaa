"""What the browser tests share: where the site is, and a browser page that keeps a record."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    sync_playwright,
)
from sphinx_external_toc.parsing import parse_toc_yaml

ROOT = Path(__file__).parents[2]
JUPYTER_BOOK = [sys.executable, str(ROOT / "book" / "build.py")]  # as in the Makefile
DOCUMENTS = sorted(parse_toc_yaml(ROOT / "_toc.yml"))
CHAPTERS = [name for name in DOCUMENTS if name.startswith("notebooks/")]

WIDE, NARROW = 1280, 390
CHROMIUM = shutil.which("chromium")
# Debian's chromium-headless-shell is the same engine without the windows around it, and has a page
# ready in half the time. Lighthouse, where speed counts, takes Chromium, as who has no shell does.
SHELL = shutil.which("chromium-headless-shell") or CHROMIUM
NO_CHROMIUM = "Chromium is not installed, so nothing was tested in a browser"
# No browser process may talk to anybody but us, not even about updates.
CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
    "--disable-gpu",
]


@dataclass(frozen=True)
class Site:
    """The built site: its folder, and the address where it is served."""

    html: Path
    address: str

    def page(self, document: str) -> str:
        """The address of a document of the table of contents."""
        return f"{self.address}/{document}.html"


@cache
def parsed(page: Path) -> BeautifulSoup:
    """A page of the built site, read once for all tests of this process: they only look."""
    return BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")


@dataclass
class Record:
    """A browser page with everything that it asked for and complained about."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    responses: list[Response] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("requestfailed", self._failed)
        self.page.on("response", self._response)

    def forget(self) -> None:
        """Begin the record anew."""
        for each in (self.complaints, self.requests, self.failures, self.responses):
            each.clear()

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(f"{message.type}: {message.text}")

    def _failed(self, request: Request) -> None:
        self.failures.append(f"{request.url}: {request.failure}")

    def _response(self, response: Response) -> None:
        self.responses.append(response)
        if response.status >= 400:
            self.failures.append(f"{response.url}: {response.status}")


Tab = Callable[[int], Record]  # the fixture `tab`: takes the width of the window


def skip_without_chromium() -> None:
    """Skip the module that calls this, all of it, if there is no Chromium; not where CI=true."""
    if CHROMIUM is None and os.environ.get("CI") != "true":
        pytest.skip(NO_CHROMIUM, allow_module_level=True)


@contextmanager
def chromium() -> Iterator[Browser]:
    """A running Chromium; a test that has none fails."""
    if SHELL is None:
        pytest.fail(NO_CHROMIUM, pytrace=False)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=SHELL, args=CHROMIUM_ARGS)
        yield browser
        browser.close()


@contextmanager
def reader(browser: Browser, width: int, mode: str = "light") -> Iterator[BrowserContext]:
    """A reader with a window `width` pixels wide, who chose the `mode` light or dark."""
    context = browser.new_context(viewport={"width": width, "height": 900})
    context.add_init_script(f"localStorage.mode = localStorage.theme = '{mode}'")
    yield context
    context.close()


@contextmanager
def recorded(browser: Browser, width: int, mode: str = "light") -> Iterator[Record]:
    """A fresh page for a reader of its own, who has seen nothing yet."""
    with reader(browser, width, mode) as context:
        yield Record(context.new_page())


def look(page: Page, width: int, mode: str) -> None:
    """Give a page another width and mode; what changes is not on its way, but there."""
    page.set_viewport_size({"width": width, "height": 900})
    page.evaluate("mode => document.documentElement.dataset.theme = mode", mode)
    end_motion(page)


def end_motion(page: Page) -> None:
    """Have what fades in, or takes another colour, be there; else it depends on who is quicker."""
    page.evaluate("document.getAnimations().forEach(each => each.finish())")
