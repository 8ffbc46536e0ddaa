"""Lighthouse's scores of pages of the built site: `make lighthouse` prints them.

Lighthouse imagines a middling telephone on a slow network, in Debian's Chromium. A machine that is
busy takes from the score for performance; nothing adds to it. Where performance is not asked for,
the shell without windows does: every audit says the same.
"""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from statistics import median
from typing import Final

from tests.site.browsing import CHROMIUM, CHROMIUM_ARGS, ROOT, SHELL
from tests.site.host import served

LIGHTHOUSE: Final = ROOT / "_build/lighthouse/node_modules/lighthouse/cli/index.js"
# Of each kind of page the longest: question 6 is the chapter with the most to draw.
PAGES: Final = ("book/welcome", "notebooks/q6/alexnet-to-xception", "book/corrected")
CATEGORIES: Final = ("performance", "accessibility", "best-practices", "seo")
ENOUGH: Final = 95


def scores(
    address: str, categories: Sequence[str] = CATEGORIES
) -> tuple[dict[str, int], list[str]]:
    """The score of the page at an address by category, from 0 to 100, and what took from it."""
    done = subprocess.run(
        [
            "node",
            LIGHTHOUSE,
            address,
            "--output=json",
            "--quiet",
            "--no-enable-error-reporting",
            "--disable-full-page-screenshot",  # for the report, which nobody opens
            f"--only-categories={','.join(categories)}",
            f"--chrome-flags={' '.join(['--headless=new', *CHROMIUM_ARGS])}",
        ],
        env=os.environ | {"CHROME_PATH": str(CHROMIUM if "performance" in categories else SHELL)},
        capture_output=True,
        text=True,
        check=True,
    )
    report = json.loads(done.stdout)
    found = {name: round(100 * report["categories"][name]["score"]) for name in categories}
    taken = [
        f"{audit['id']}: {audit['title']} {audit.get('displayValue', '')}".strip()
        for name in categories
        for part in report["categories"][name]["auditRefs"]
        if part["weight"] and ((audit := report["audits"][part["id"]])["score"] or 0) < 0.9
        if audit["scoreDisplayMode"] not in {"notApplicable", "manual", "informative"}
    ]
    return found, taken


def main() -> int:
    """Print medians of three for each page; 1 if one of them is not enough."""
    lowest = 100
    with served(ROOT / "_build" / "html") as address:
        for page in PAGES:
            runs = [scores(f"{address}/{page}.html") for _ in range(3)]
            medians = {name: median(found[name] for found, _ in runs) for name in CATEGORIES}
            lowest = min(lowest, *map(int, medians.values()))
            print(page, *(f"{name} {score}" for name, score in medians.items()), sep="  ")
            for line in sorted({line for _, taken in runs for line in taken}):
                print(f"    {line}")
    return int(lowest < ENOUGH)


if __name__ == "__main__":
    sys.exit(main())
