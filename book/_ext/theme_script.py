"""The theme's script, which measures no text that is folded.

It gives the Tab key a stop at all that can be scrolled, and for that measures every block of code,
one after the other. What lies in something folded the browser then has to lay out at once, for
nobody: on a phone a quarter of the work on a long chapter. Here it measures what is unfolded, all
of it before it writes anything, and the rest when that is unfolded.
"""

from pathlib import Path
from typing import Final

from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util.typing import ExtensionMetadata

SCRIPT: Final = "_static/scripts/pydata-sphinx-theme.js"
CHANGES: Final = (
    (
        '{document.querySelectorAll(["pre",',
        '{[...document.querySelectorAll(["pre",',
    ),
    (
        '].join(", ")).forEach(e=>{e.tabIndex='
        "e.scrollWidth>e.clientWidth||e.scrollHeight>e.clientHeight?0:-1})}",
        '].join(", "))].filter(e=>e.checkVisibility()).map(e=>[e,'
        "e.scrollWidth>e.clientWidth||e.scrollHeight>e.clientHeight?0:-1])"
        ".forEach(([e,t])=>{e.tabIndex=t})}",
    ),
    (
        'window.addEventListener("resize",t),new MutationObserver',
        'window.addEventListener("resize",t),document.addEventListener("toggle",_(e,0),!0),'
        "new MutationObserver",
    ),
)
"""What stands in the theme's script -> what is to stand there."""


def change(app: Sphinx, failure: Exception | None) -> None:
    """Write the script anew, once the theme's own has been copied."""
    if failure or app.builder.name != "html":
        return
    path = Path(app.outdir, SCRIPT)
    script = path.read_text(encoding="utf-8")
    for old, new in CHANGES:
        if script.count(old) != 1:
            raise ExtensionError(f"{SCRIPT} has not {old!r} once: see book/_ext/theme_script.py")
        script = script.replace(old, new)
    path.write_text(script, encoding="utf-8")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Wait for the files."""
    app.connect("build-finished", change)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
