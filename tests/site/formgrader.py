"""A teacher marks by hand in formgrader, as book/teach/manual.md says how."""

import re
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.site.browsing import ROOT, WIDE, recorded
from tests.site.test_lab import SECONDS, TOKEN, jupyter_lab

MANUAL = ROOT / "book" / "teach" / "manual.md"
COMMAND = re.compile(r"^```bash\njupyter lab (.*?)^```$", re.MULTILINE | re.DOTALL)

STUDENT, EXERCISE = "bao-nguyen", "conv-parameters"
POINTS, COMMENT = "1", "The bias is right, only the channels are missing."


@contextmanager
def marked_by_hand(browser: Browser, course: Path, home: Path) -> Iterator[Page]:
    """Give a point and a comment in formgrader; yields the page on which they stand.

    `course` is graded; the command that starts the server is the one on the page.
    """
    found = COMMAND.search(MANUAL.read_text(encoding="utf-8"))
    assert found
    options = shlex.split(found[1].replace("\\\n", ""))
    with jupyter_lab(course, home, *options) as address, recorded(browser, WIDE) as record:
        page = record.page
        page.route(lambda url: not url.startswith(address), lambda route: route.abort())
        page.set_default_timeout(120 * SECONDS)
        page.goto(f"{address}formgrader?token={TOKEN}")
        page.get_by_role("link", name="Manual Grading").click()
        page.get_by_role("link", name="q2", exact=True).click()
        page.get_by_role("link", name="parameters-and-memory", exact=True).click()
        page.get_by_role("link", name="Submission #1", exact=True).wait_for()
        page.get_by_role("button", name="Show All Names").click()
        page.get_by_role("link", name=STUDENT, exact=True).click()
        for field, text, kind in (
            (f"#{EXERCISE}-test", POINTS, "grade"),
            (f"#{EXERCISE}-comment", COMMENT, "comment"),
        ):
            box = page.locator(f"{field}[placeholder]")  # which it gets when it is ready
            box.wait_for()
            with page.expect_response(re.compile(rf"/formgrader/api/{kind}/")) as saved:
                box.fill(text)
                box.blur()
            assert saved.value.ok
        yield page
