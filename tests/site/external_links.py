"""The addresses on other hosts that the built site and its bibliography link to: `make links`.

They are asked one by one whether they are still there, which takes a network and some minutes; the
suite does not do it, since other hosts' bad days are not ours.
"""

import re
import sys
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from http.client import HTTPException
from pathlib import Path
from urllib.request import Request, urlopen

from tests.site.browsing import ROOT

LINK = re.compile(r'<a\b[^>]*\bhref="(https?://[^"#]+)')
URL = re.compile(r"^\s*url\s*=\s*[{\"](https?://[^}\"]+)", re.MULTILINE)
DOI = re.compile(r"^\s*doi\s*=\s*[{\"]([^}\"]+)", re.MULTILINE)
LISTED = ROOT / "_build" / "external-links.txt"


def external_links(html: Path, bibliography: str) -> dict[str, set[str]]:
    """Every address on another host -> the pages (or `references.bib`) that link to it."""
    where: dict[str, set[str]] = defaultdict(set)
    for page in html.rglob("*.html"):
        if not page.is_relative_to(html / "_static"):
            for address in LINK.findall(page.read_text(encoding="utf-8")):
                where[unescape(address)].add(str(page.relative_to(html)))
    for address in URL.findall(bibliography):
        where[address].add("references.bib")
    for doi in DOI.findall(bibliography):
        where[f"https://doi.org/{doi}"].add("references.bib")
    return dict(sorted(where.items()))


def fault(address: str) -> str:
    """What is wrong with an address; empty if it answers."""
    request = Request(address, headers={"User-Agent": "Mozilla/5.0 (link check)"})  # noqa: S310
    try:
        with urlopen(request, timeout=30):  # noqa: S310 - only http and https are listed
            return ""
    except (OSError, HTTPException) as error:
        return str(error) or type(error).__name__


def main() -> int:
    """Write the list, check it, print what does not answer; 1 if something does not."""
    bibliography = (ROOT / "book" / "references.bib").read_text(encoding="utf-8")
    links = external_links(ROOT / "_build" / "html", bibliography)
    lines = (f"{address}\t{' '.join(sorted(pages))}\n" for address, pages in links.items())
    LISTED.write_text("".join(lines), encoding="utf-8")
    with ThreadPoolExecutor(8) as pool:
        broken = [
            (link, why) for link, why in zip(links, pool.map(fault, links), strict=True) if why
        ]
    for address, why in broken:
        print(f"{address}: {why}\n    on {', '.join(sorted(links[address]))}")
    print(f"{len(links)} addresses, {len(broken)} without an answer; the list: {LISTED}")
    return int(bool(broken))


if __name__ == "__main__":
    sys.exit(main())
