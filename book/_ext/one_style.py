"""The styles that pages have in common, in one file, without rules for what is on no page.

A browser draws nothing until all style sheets of a page are there. The theme and its extensions
give each page eight, of 0.5 MB, most of it for parts that this site has not. Here they become one,
of the rules whose every class and id stands on some page or in some script. What `page_parts` gives
to the pages that need it stays beside it.
"""

import re
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import tinycss2
from docutils import nodes
from page_parts import PARTS
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util.typing import ExtensionMetadata

SITE: Final = "_static/site.css"
FIRST: Final = ("_static/basic.css", "_static/styles/pydata-sphinx-theme.css")
"""What the theme's template links, before all others."""
OWN: Final = {name for names in PARTS.values() for name in names}

_WORD: Final = re.compile(r"[\w-]+")
_NAME: Final = re.compile(r"[.#]((?:[\w-]|\\.)+)")
# A rule may hold where such a part is *not*, and an attribute's value is no name.
_BESIDE: Final = re.compile(r":(?:not|is|where|has)\([^()]*\)|\[[^\]]*\]")


class OneStyle:
    """The sheet of one build."""

    def __init__(self) -> None:
        self._common: dict[str, int] = {}  # the path of a sheet -> its place among the others

    def take(
        self,
        app: Sphinx,
        page: str,
        template: str,
        context: dict[str, Any],
        tree: nodes.document | None,
    ) -> None:
        """Take from a page the sheets that it has in common with others, and note them."""
        context["one_style"] = app.builder.name == "html"
        if context["one_style"]:
            names = {
                each: str(each.filename).removeprefix("_static/") for each in context["css_files"]
            }
            self._common |= {
                f"_static/{name}": each.priority for each, name in names.items() if name not in OWN
            }
            context["css_files"] = [each for each, name in names.items() if name in OWN]

    def join(self, app: Sphinx, failure: Exception | None) -> None:
        """Write the sheet, once all pages are there, and put its hash behind each page's link."""
        if failure or app.builder.name != "html":
            return
        folder = Path(app.outdir)
        pages = {path: path.read_text(encoding="utf-8") for path in folder.rglob("*.html")}
        scripts = (path.read_text(encoding="utf-8") for path in folder.glob("_static/**/*.js"))
        words = {word for text in (*pages.values(), *scripts) for word in _WORD.findall(text)}
        joined = ['@charset "UTF-8";']
        for name in (*FIRST, *sorted(self._common, key=lambda each: self._common[each])):
            style = (folder / name).read_text(encoding="utf-8").removeprefix(joined[0])
            if Path(name).parent != Path(SITE).parent and re.search(r"url\((?![\"']?data:)", style):
                raise ExtensionError(
                    f"{name} refers to a file: one_style.py must write where that is"
                )
            joined.append(f"/* {name} */\n{used_rules(style, words)}")
        (folder / SITE).write_text("\n".join(joined), encoding="utf-8")
        digest = sha256("\n".join(joined).encode()).hexdigest()[:8]
        for path, page in pages.items():
            path.write_text(page.replace(f'{SITE}"', f'{SITE}?v={digest}"'), encoding="utf-8")


def used_rules(style: str, words: set[str]) -> str:
    """The rules of a style sheet whose classes and ids are all among the words."""
    kept = []
    for rule in tinycss2.parse_rule_list(style, skip_comments=True, skip_whitespace=True):
        if rule.type == "error":
            raise ExtensionError(f"a style sheet cannot be read: {rule.message}")
        if rule.type == "at-rule" and rule.lower_at_keyword in {"media", "supports"}:
            if inner := used_rules(tinycss2.serialize(rule.content), words):
                kept.append(f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{inner}}}")
        elif rule.type != "qualified-rule":
            kept.append(rule.serialize())
        elif selectors := _used(rule.prelude, words):
            kept.append(f"{selectors}{{{tinycss2.serialize(rule.content).strip()}}}")
    return "\n".join(kept)


def _used(prelude: list[Any], words: set[str]) -> str:
    """The selectors of a rule, of those between commas, that may hold for something."""
    parts: list[list[Any]] = [[]]
    for piece in prelude:
        if piece == ",":
            parts.append([])
        else:
            parts[-1].append(piece)
    selectors = [tinycss2.serialize(part).strip() for part in parts]
    names = {
        each: {name.replace("\\", "") for name in _NAME.findall(_BESIDE.sub("", each))}
        for each in selectors
    }
    return ",".join(each for each in selectors if names[each] <= words)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Look at every page when all others have, and wait for all of them."""
    style = OneStyle()
    app.connect("html-page-context", style.take, priority=950)
    app.connect("build-finished", style.join, priority=950)  # the theme's sheet has its icons then
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": False}
