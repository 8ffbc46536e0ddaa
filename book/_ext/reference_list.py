"""The bibliography as a list whose entries screen readers know as such.

docutils gives every entry the role `doc-biblioentry`: deprecated, and not allowed in a list.
"""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata
from sphinx.writers.html5 import HTML5Translator


def visit_citation(self: HTML5Translator, node: nodes.citation) -> None:
    """Open the entry, and before the first one the list."""
    if not isinstance(node.previous_sibling(), nodes.citation):
        self.body.append('<div role="list" class="citation-list">\n')
    self.body.append(self.starttag(node, "div", CLASS="citation", role="listitem"))


def depart_citation(self: HTML5Translator, node: nodes.citation) -> None:
    """Close what `visit_citation` opened."""
    HTML5Translator.depart_citation(self, node)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Take the place of docutils' way to write an entry."""
    app.add_node(nodes.citation, override=True, html=(visit_citation, depart_citation))
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
