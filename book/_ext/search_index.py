"""What the search leaves out, and what it puts first.

Left out are the lists of answers that show how good the checks are: they hold every word of the
exercises, and explain none. First comes the section that explains a term, as the glossary names it;
`search.js` on the page of the search puts it there.
"""

import json
from pathlib import Path, PurePosixPath
from typing import Any

from docutils import nodes
from glossary_links import read_glossary
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.typing import ExtensionMetadata


def leave_out(app: Sphinx) -> None:
    """Mark the pages that the index of the search takes no words from."""
    for page, known in app.env.metadata.items():
        if page.startswith("book/kill-matrix/"):
            known["nosearch"] = "true"


def explained(env: BuildEnvironment) -> list[tuple[tuple[str, ...], str, str, str, str, str]]:
    """The entries of the glossary, as the search shows them: terms, document, file, anchor of the
    section in the document, title, meaning."""
    found = []
    for entry in read_glossary(Path(env.srcdir)):
        path, _, anchor = entry.explained.removeprefix("/").partition("#")
        document = str(PurePosixPath(path).with_suffix(""))
        if document not in env.titles:
            continue  # a book of some of the chapters
        page = env.titles[document].astext()
        sections = {
            str(link["anchorname"]).removeprefix("#"): link.astext()
            for link in env.tocs[document].findall(nodes.reference)
        }
        title = f"{page} > {sections[anchor]}" if anchor in sections else page
        found.append((entry.terms, document, path, anchor, title, entry.meaning))
    return found


def put_first(
    app: Sphinx, page: str, template: str, context: dict[str, Any], tree: nodes.document | None
) -> None:
    """Give the page of the search what is explained where, and the script that shows it."""
    if page == "search" and app.builder.name == "html":
        app.add_js_file(None, body=f"const explained = {json.dumps(explained(app.env))};")
        app.add_js_file("search.js")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Mark them when all pages are read, and see to the page of the search."""
    app.connect("env-updated", lambda app, env: leave_out(app))
    app.connect("html-page-context", put_first)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
