"""Scripts and styles for the pages that have something to play with, and for no others.

In a notebook such a thing is one element with a sentence in it, which is what JupyterLab shows.
"""

from typing import Any, Final

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

PARTS: Final = {
    'class="digit"': ("digit/loader.js", "digit/digit.css"),
    'class="quiz"': ("quiz.js", "quiz.css"),
    'class="ledger-filter"': ("ledger.js", "ledger.css"),
}
"""What a page contains -> the script and the style sheet that it then needs."""


def add_parts(
    app: Sphinx, page: str, template: str, context: dict[str, Any], tree: nodes.document | None
) -> None:
    """Give a page the scripts and styles of what is on it."""
    for mark, (script, style) in PARTS.items():
        if mark in context.get("body", ""):
            app.add_js_file(script, loading_method="defer")
            app.add_css_file(style)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Look at every page before it is written."""
    app.connect("html-page-context", add_parts)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
