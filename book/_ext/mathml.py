"""Formulas as MathML, which browsers set by themselves: nothing to load but a font.

MathJax does it with 1.2 MB of JavaScript a page, and moves the page about when it is done.
"""

import re
from typing import Final

from docutils import nodes
from math_core import LatexError, LatexToMathML
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.typing import ExtensionMetadata
from sphinx.writers.html5 import HTML5Translator

logger = logging.getLogger(__name__)

CONVERTER: Final = LatexToMathML(fancy_error=False)
# `\\[1ex]`, more room below a row, which the converter takes for text.
ROOM_BELOW: Final = re.compile(r"\\\\\s*\[[^\]]*\]")


def to_mathml(latex: str, *, block: bool) -> str:
    """A formula in LaTeX as a `<math>` element; raises LatexError for what cannot be converted."""
    return CONVERTER.convert_with_local_state(ROOM_BELOW.sub(r"\\\\", latex), displaystyle=block)


def visit_math(self: HTML5Translator, node: nodes.math | nodes.math_block) -> None:
    """Write a formula; one that cannot be converted, or that has a number, is a warning."""
    block = isinstance(node, nodes.math_block)
    if block and node.get("number"):
        logger.warning("formulas are not numbered: %s", node.astext(), location=node)
    try:
        formula = to_mathml(node.astext(), block=block)
    except LatexError as error:
        logger.warning("no formula: %s: %s", node.astext(), error, location=node)
        raise nodes.SkipNode from error
    tag = "div" if block else "span"
    self.body.append(f'<{tag} class="math">{formula}</{tag}>')
    raise nodes.SkipNode


def depart_math(self: HTML5Translator, node: nodes.Node) -> None:
    """Do nothing: `visit_math` wrote everything."""


def setup(app: Sphinx) -> ExtensionMetadata:
    """Take the place of MathJax."""
    app.add_html_math_renderer("mathml", (visit_math, depart_math), (visit_math, depart_math))
    app.config.html_math_renderer = "mathml"
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
