"""What axe-core finds on a page: the rules of WCAG 2.1, A and AA."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

OPTIONS = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]},
    "resultTypes": ["violations"],
}
RUN = """([within, options]) =>
    axe.run(within || document, options).then(({ violations }) => violations)"""


def load_axe(page: Page, afterwards: str = "") -> None:
    """Give a page axe, unless it has it: half a megabyte; then a script is run `afterwards`."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(f"{AXE_SCRIPT};{afterwards}")


def violations(page: Page, within: str = "") -> list[str]:
    """What axe finds on a page as it looks now, or only in the parts that a selector names."""
    load_axe(page)
    found: list[dict[str, Any]] = page.evaluate(RUN, [within, OPTIONS])
    return [
        f"{rule['id']}: {node['target']} {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"]
    ]
