"""The site, built and served once; a browser per test module."""

import subprocess
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.site.browsing import ROOT, Site, chromium


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves files and does not report each one."""

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def html() -> Path:
    """The folder of the built site, made anew if a source of it changed."""
    made = subprocess.run(["make", "book"], cwd=ROOT, capture_output=True, text=True, check=False)
    if made.returncode:
        pytest.fail(f"the site could not be built:\n{made.stdout}{made.stderr}", pytrace=False)
    return ROOT / "_build" / "html"


@pytest.fixture(scope="session")
def site(html: Path) -> Iterator[Site]:
    """The built site on a port of this machine that nobody else sees."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietHandler, directory=html)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield Site(html, f"http://127.0.0.1:{server.server_port}")
        server.shutdown()


# Not for the whole session: while it runs, Playwright's event loop keeps nbclient from its own.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, headless."""
    with chromium() as running:
        yield running
