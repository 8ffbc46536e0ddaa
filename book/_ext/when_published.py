"""`{when-published}`: what a page says only if the course has an address.

A fork that is published writes its address into `repository.url` of `_config.yml`. The directive
then shows its content, with that address in place of the word REPOSITORY; otherwise it shows
nothing, and no page links anywhere.
"""

from collections.abc import Iterable

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata


def published(lines: Iterable[str], address: str) -> list[str]:
    """Return the lines with the address of the repository filled in, or none without one."""
    return [line.replace("REPOSITORY", address) for line in lines] if address else []


class WhenPublished(SphinxDirective):
    """Its content, if `repository.url` is set."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        address = self.config.html_theme_options.get("repository_url", "")
        lines = published(self.content, address)
        found = nodes.Element()
        self.state.nested_parse(StringList(lines, source=self.env.docname), 0, found)
        children: list[nodes.Node] = found.children
        return children


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive."""
    app.add_directive("when-published", WhenPublished)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
