"""What search engines and messengers show of a page, and what the page for wrong addresses lists.

The templates that write it are in book/_templates.
"""

from textwrap import shorten
from typing import Any, Final

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

LONGEST: Final = 155
"""Search engines cut a description after about so many characters."""


def description(tree: nodes.document) -> str:
    """The first paragraph of a page that says something, cut at a word; empty if there is none."""
    for paragraph in tree.findall(nodes.paragraph):
        text = paragraph.astext()
        in_text = isinstance(paragraph.parent, (nodes.section, nodes.block_quote))
        if in_text and len(text) >= 30 and "\\" not in text:
            return shorten(text, LONGEST, placeholder=" …")
    return ""


def add_head(
    app: Sphinx, page: str, template: str, context: dict[str, Any], tree: nodes.document | None
) -> None:
    """Give a page's template the description, the site's address, and the questions."""
    address = app.config.html_baseurl
    context["site_address"] = address and f"{address.rstrip('/')}/"
    context["description"] = description(tree) if tree else ""
    titles = app.env.titles
    context["questions"] = [
        (name, titles[name].astext()) for name in sorted(titles) if name.startswith("notebooks/")
    ]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Look at every page before it is written."""
    app.connect("html-page-context", add_head)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
