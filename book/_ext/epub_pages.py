"""The EPUB: XHTML without scripts, one style sheet of its own.

`make epub` builds it. On the website nothing of this is in force.
"""

import posixpath
import shutil
from pathlib import Path
from typing import Any, Final

from bs4 import BeautifulSoup
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.epub3 import Epub3Builder
from sphinx.config import Config
from sphinx.util.typing import ExtensionMetadata

from autograder import __version__

STYLE: Final = "epub.css"
STYLES: Final = [f"_static/{STYLE}", "_static/pygments.css"]


class Epub(Epub3Builder):
    """Sphinx's builder, with the style sheets of `STYLES` and nothing else beside the pages."""

    name = "epub"

    def copy_static_files(self) -> None:
        """Keep the two style sheets of all that the extensions have put there."""
        super().copy_static_files()
        folder = Path(self.outdir, "_static")
        kept = (folder / "pygments.css").read_bytes()
        shutil.rmtree(folder)
        folder.mkdir()
        (folder / "pygments.css").write_bytes(kept)
        shutil.copy(Path(self.confdir, "book", "print", STYLE), folder)

    def gen_additional_pages(self) -> None:
        """Leave out the page for wrong addresses: a book has none."""

    def get_toc(self) -> None:
        """Name the pages as the list of files does: Sphinx leaves `book/../notebooks/…`."""
        super().get_toc()
        for entry in self.refnodes:
            entry["refuri"] = posixpath.normpath(entry["refuri"])

    def build_content(self) -> None:
        """Declare which pages have formulas, as the format demands."""
        super().build_content()
        package = Path(self.outdir, "content.opf")
        content = package.read_text(encoding="utf-8")
        for name in self.files:
            if name.endswith(self.out_suffix) and b"<math" in Path(self.outdir, name).read_bytes():
                item = f'href="{name}" '
                content = content.replace(item, f'{item}properties="mathml" ')
        package.write_text(content, encoding="utf-8")


def as_xhtml(
    app: Sphinx, page: str, template: str, context: dict[str, Any], tree: nodes.document | None
) -> None:
    """Close every element of a page, take out what acts, and name the two style sheets."""
    if app.builder.name != Epub.name:
        return
    context["css_files"], context["script_files"], context["metatags"] = STYLES, [], ""
    if "body" not in context:
        return
    body = BeautifulSoup(context["body"], "html.parser")
    for element in body.find_all(["script", "link", "button", "input", "svg"]):
        element.decompose()
    for element in body.find_all("label"):  # of the tabs, whose inputs are gone
        element.name = "p"
        element.attrs = {}
    for element in body.find_all("math"):
        element["xmlns"] = "http://www.w3.org/1998/Math/MathML"
    for element in body.find_all("mtable"):  # where EPUB's MathML does not know it
        element.attrs.pop("scriptlevel", None)
    for element in body.select("summary > p"):
        element.unwrap()
    context["body"] = str(body)


def take_version(app: Sphinx, config: Config) -> None:
    """Give the book reader the version that the grader has: a file of settings cannot read it."""
    config.version = __version__


def setup(app: Sphinx) -> ExtensionMetadata:
    """Take the place of Sphinx's builder."""
    app.add_builder(Epub, override=True)
    app.connect("config-inited", take_version)
    # Late: after the extensions that add scripts and styles.
    app.connect("html-page-context", as_xhtml, priority=900)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
