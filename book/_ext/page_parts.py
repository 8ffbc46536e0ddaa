"""Scripts and styles for the pages that have something to play with, and for no others.

In a notebook such a thing is one element with a sentence in it, which is what JupyterLab shows.
"""

from typing import Any, Final

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

PARTS: Final = {
    'class="digit"': ("digit/digit.css", "digit/loader.js"),
    'class="quiz"': ("quiz.css", "quiz.js"),
    'class="ledger-filter"': ("ledger.css", "ledger.js"),
    'class="play"': ("play/play.css", "play/play.js"),
    'id="play-convolution"': ("play/convolution.js",),
    'id="play-calculator"': ("play/stack.js", "play/account.js", "play/calculator.js"),
    'id="play-receptive-field"': ("play/stack.js", "play/receptive-field.js"),
}
"""What a page contains -> the style sheets and scripts that it then needs, in this order."""


def add_parts(
    app: Sphinx, page: str, template: str, context: dict[str, Any], tree: nodes.document | None
) -> None:
    """Give a page the scripts and styles of what is on it."""
    for mark, names in PARTS.items():
        if mark in context.get("body", ""):
            for name in names:
                if name.endswith(".js"):
                    app.add_js_file(name, loading_method="defer")
                else:
                    app.add_css_file(name)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Look at every page before it is written."""
    app.connect("html-page-context", add_parts)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
