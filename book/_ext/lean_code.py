"""Code without elements that colour nothing: names, brackets and spaces look like their block.

They are half of all elements of a chapter, which a telephone has to lay out.
"""

import re
from typing import Any, Final

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

PLAIN: Final = ("n", "nn", "p", "w")
"""Pygments' classes that both styles of the site show in the colour of the block."""
_PLAIN_SPAN: Final = re.compile(rf'<span class="(?:{"|".join(PLAIN)})">([^<]*)</span>')


def leave_out(
    app: Sphinx, page: str, template: str, context: dict[str, Any], tree: nodes.document | None
) -> None:
    """Write such code as plain text."""
    if "body" in context:
        context["body"] = _PLAIN_SPAN.sub(r"\1", context["body"])


def setup(app: Sphinx) -> ExtensionMetadata:
    """Look at every page before it is written."""
    app.connect("html-page-context", leave_out)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
