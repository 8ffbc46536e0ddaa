"""A chapter's claims on the page: a line each, with the verdict, which opens to all the rest.

In the notebook a claim has its number for a heading and the words that it judges below. On the page
the words are the heading, so that the list of contents tells what is judged, and the number goes to
the verdict. On the website the rest is folded; in print and in an e-book nothing is.
"""

import re
from typing import Any, Final

from claims import VERDICTS
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.typing import ExtensionMetadata

_HEADING: Final = re.compile(r"Claim (Q\d+-C\d+)")
_VERDICT: Final = re.compile(r"Verdict: ([^.]+)\.")


class ClaimTitles(SphinxTransform):
    """Give each claim's section the words judged for a title, and its number to the verdict.

    A claim that lacks its form is left as it is: the ledger warns of it.
    """

    default_priority = 400

    def apply(self, **kwargs: Any) -> None:
        """Change the sections of this page."""
        for section in self.document.findall(nodes.section):
            title, quote, verdict = [*section.children, None, None, None][:3]
            if not (isinstance(title, nodes.title) and isinstance(quote, nodes.block_quote)):
                continue
            heading = _HEADING.fullmatch(title.astext())
            words = quote[0]
            if not heading or not isinstance(verdict, nodes.paragraph):
                continue
            given = _VERDICT.match(verdict.astext())
            if not given or len(quote) > 1 or not isinstance(words, nodes.paragraph):
                continue
            verdicts = given[1].split(", ")
            if not set(verdicts) <= set(VERDICTS):
                continue
            section["classes"].append("claim")
            section["claim"], section["verdicts"] = heading[1], verdicts
            title[:] = words.children
            section.remove(quote)
            verdict.insert(0, nodes.inline("", f"{heading[0]}. ", classes=["claim-number"]))


class FoldClaims(SphinxPostTransform):
    """Fold each claim of a page of the website into one line: the verdict and the words judged."""

    default_priority = 900
    builders = ("html", "dirhtml")

    def run(self, **kwargs: Any) -> None:
        """Wrap what is in each claim's section."""
        for section in self.document.findall(nodes.section):
            if "claim" in section:
                title, *rest = section.children
                section[:] = [
                    _raw('<details class="claim"><summary>'),
                    title,
                    _raw('<span class="verdicts">'),
                    *map(badge, section["verdicts"]),
                    _raw("</span></summary>"),
                    *rest,
                    _raw("</details>"),
                ]


def badge(verdict: str) -> nodes.inline:
    """Return a verdict in its word and its colour."""
    return nodes.inline("", verdict, classes=["verdict", f"verdict-{VERDICTS[verdict]}"])


def _raw(html: str) -> nodes.raw:
    return nodes.raw("", html, format="html")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Change the claims of each page that is read, and fold them where it is written."""
    app.add_transform(ClaimTitles)
    app.add_post_transform(FoldClaims)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
