"""Scripts and styles for the pages that have something that needs them, and for no others.

In a notebook, something to play with is one element with a sentence in it, which is what JupyterLab
shows.
"""

import re
from typing import Any, Final

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

PARTS: Final = {
    'class="digit"': ("digit/digit.css", "digit/loader.js"),
    'class="cell': ("contents.js",),
    'class="claim"': ("claims.css", "claims.js"),
    "data-meaning": ("meanings.js",),
    'class="digit-run"': ("landing/landing.css", "landing/landing.js"),
    'class="quiz"': ("quiz.css", "quiz.js"),
    'class="solve"': ("solve/offer.css", "solve/offer.js"),
    'class="ledger-filter"': ("ledger.css", "ledger.js"),
    'class="play"': ("play/play.css", "play/play.js"),
    'id="play-convolution"': ("play/hopper.js", "play/photo.js", "play/convolution.js"),
    'id="play-calculator"': (
        "play/stack.js",
        "play/account.js",
        "play/drawing.js",
        "play/bars.js",
        "play/calculator.js",
    ),
    'id="play-receptive-field"': ("play/stack.js", "play/receptive-field.js"),
    'id="play-block"': ("play/blocks.js", "play/block.js"),
}
"""What a page contains -> the style sheets and scripts that it then needs, in this order."""

EVERYWHERE: Final = {
    r"clipboard.*\.js|copybutton": "<pre",
    r"design-tabs\.js|sphinx-design.*\.css": 'class="sd-',
    r"togglebutton|toggleHint|toggleOpenOnPrint": 'class="toggle|dropdown',
    r"mystnb\..*\.css": 'class="cell',
}
"""What extensions give to every page, by the file's name or the script's text -> what a page has
that needs it."""


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


def take_parts(
    app: Sphinx, page: str, template: str, context: dict[str, Any], tree: nodes.document | None
) -> None:
    """Take from a page the scripts and styles that nothing on it needs; no script holds it up."""
    body = context.get("body", "")
    unused = [name for name, mark in EVERYWHERE.items() if not re.search(mark, body)]
    # The search page's own scripts, further down in its template, want the others at once.
    if page == "search":
        for script in context["script_files"]:
            script.attributes.pop("defer", None)
    else:
        unused.append("^DOCUMENTATION_OPTIONS")  # of use with a version switcher
        for script in context["script_files"]:
            script.attributes["defer"] = "defer"
    for kind in ("script_files", "css_files"):
        context[kind][:] = [
            asset
            for asset in context[kind]
            if not any(
                re.search(name, str(asset.filename or asset.attributes["body"])) for name in unused
            )
        ]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Look at every page before it is written."""
    app.connect("html-page-context", add_parts)
    app.connect("html-page-context", take_parts, priority=900)  # when all others have given
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
