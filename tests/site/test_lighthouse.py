"""Lighthouse's gate: 95 and more for accessibility, good practice and search engines.

Its score for performance depends on how busy the machine is, so no test asserts it:
`make lighthouse` measures it on a quiet one. What makes a page fast, its weight and that nothing
shifts, is tested.
"""

import os
import shutil
import subprocess

import pytest

from tests.site.browsing import ROOT, Site, skip_without_chromium
from tests.site.lighthouse_scores import CATEGORIES, ENOUGH, PAGES, scores

skip_without_chromium()

TIMELESS = [name for name in CATEGORIES if name != "performance"]
NO_NODE = "Node.js with npm is not installed, so Lighthouse did not run"


@pytest.fixture(scope="module", autouse=True)
def lighthouse() -> None:
    """Lighthouse, installed from its lock."""
    if shutil.which("npm") is None:
        if os.environ.get("CI") == "true":
            pytest.fail(NO_NODE, pytrace=False)
        pytest.skip(NO_NODE)
    made = ["make", "_build/lighthouse/ready"]
    done = subprocess.run(made, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("page", PAGES)
def test_lighthouse_is_content(site: Site, page: str) -> None:
    found, taken = scores(site.page(page), TIMELESS)
    assert list(found) == TIMELESS
    assert min(found.values()) >= ENOUGH, (found, taken)
