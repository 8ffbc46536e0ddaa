"""`{chapters}`: which of the nine questions have a chapter, read from the folder of notebooks."""

from pathlib import Path

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata

QUESTIONS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def chapter_files(root: Path) -> list[Path]:
    """The released notebooks of a course, in the order of their questions."""
    return sorted(root.glob("notebooks/*/*.ipynb"))


class Chapters(SphinxDirective):
    """A sentence that counts the chapters, and a list of links to them."""

    def run(self) -> list[nodes.Node]:
        root = Path(self.env.srcdir)
        files = chapter_files(root)
        count = QUESTIONS[len(files)].capitalize()
        verb = "has" if len(files) == 1 else "have"
        lines = [f"{count} of the nine questions {verb} a chapter today:", ""]
        lines += [f"- [](/{file.relative_to(root).as_posix()})" for file in files]
        found = nodes.Element()
        self.state.nested_parse(StringList(lines, source=self.env.docname), 0, found)
        children: list[nodes.Node] = found.children
        return children


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive."""
    app.add_directive("chapters", Chapters)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
