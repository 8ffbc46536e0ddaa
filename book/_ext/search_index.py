"""What the search leaves out: the lists of answers that show how good the checks are.

They hold every word of the exercises, and explain none.
"""

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata


def leave_out(app: Sphinx) -> None:
    """Mark the pages that the index of the search takes no words from."""
    for page, known in app.env.metadata.items():
        if page.startswith("book/kill-matrix/"):
            known["nosearch"] = "true"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Mark them when all pages are read."""
    app.connect("env-updated", lambda app, env: leave_out(app))
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
