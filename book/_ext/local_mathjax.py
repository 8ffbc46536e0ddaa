"""MathJax from our own site, taken from the package sphinx-mathjax-offline.

The package's own extension copies every ready-made combination of MathJax, 24 MB. The pages load
one of them, `tex-chtml.js`; the parts that it loads on demand (fonts, TeX extensions, the
accessibility menu) are kept, the other combinations are not.
"""

from importlib.util import find_spec
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util.fileutil import copy_asset
from sphinx.util.matching import Matcher
from sphinx.util.typing import ExtensionMetadata

ENTRY = "tex-chtml.js"
OTHER_ENTRIES = ["tex-*-*.js", "tex-svg.js", "tex-mml*.js", "mml-*.js", "node-main.js", "latest.js"]


def copy_mathjax(app: Sphinx, failure: Exception | None) -> None:
    """Copy MathJax into the static files of a site that was built."""
    package = find_spec("sphinx-mathjax-offline")
    if failure or app.builder.format != "html":
        return
    if package is None or package.origin is None:
        raise ExtensionError("the package sphinx-mathjax-offline is missing: see requirements.txt")
    source = Path(package.origin).parent / "static" / "mathjax"
    copy_asset(source, Path(app.outdir, "_static", "mathjax"), excluded=Matcher(OTHER_ENTRIES))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Point every page to the copy."""
    app.config.mathjax_path = f"mathjax/{ENTRY}"
    app.connect("build-finished", copy_mathjax)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
