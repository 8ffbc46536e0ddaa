"""The glossary at work: terms of the chapters lead to it, and an index says where they are used.

In each chapter the first occurrence of a term in the running text becomes a link to its entry in
`book/glossary.md`. `{term-index}` lists every term with the place that explains it and the other
chapters that use it. No notebook is changed for this.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.statemachine import StringList
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective
from sphinx.util.nodes import make_refnode
from sphinx.util.typing import ExtensionMetadata

GLOSSARY = "book/glossary"
CHAPTERS = "notebooks/"

# Where a term is no running text, or is somebody else's word, or leads elsewhere already.
_NOT_TEXT = (
    nodes.title,
    nodes.enumerated_list,  # the objectives, which name things before they are explained
    nodes.literal,
    nodes.literal_block,
    nodes.block_quote,
    nodes.reference,
    nodes.table,
    nodes.caption,
    nodes.math,
    nodes.raw,
    addnodes.pending_xref,
)
_BLOCK = re.compile(r"^```\{glossary\}\n(.*?)^```", re.MULTILINE | re.DOTALL)
_EXPLAINED = re.compile(r"\[Question \d\]\((\S+)\)")
_TERM_LINK = re.compile(
    r'(?P<start><a class="reference internal" href="[^"#]*#(?P<term>term-[^"]+)")'
    r'(?=[^>]*><span class="[^"]*glossary-term)'
)
_QUESTION = re.compile(r"notebooks/q(\d)/")


@dataclass(frozen=True)
class Entry:
    """An entry of the glossary: its terms, the first of which names it, the place in a chapter
    that explains it (`/notebooks/q1/….ipynb#heading`), and its meaning without markup."""

    terms: tuple[str, ...]
    explained: str
    meaning: str = ""

    @property
    def name(self) -> str:
        """The term under which the entry stands."""
        return self.terms[0]


def read_glossary(root: Path) -> list[Entry]:
    """The entries of the glossary of the book at `root`, in its order."""
    text = (root / f"{GLOSSARY}.md").read_text(encoding="utf-8")
    found = []
    for block in _BLOCK.findall(text):
        for entry in block.strip().split("\n\n"):
            lines = entry.splitlines()
            terms = tuple(line for line in lines if not line.startswith(" "))
            explained = _EXPLAINED.search(entry)
            if not explained:
                raise ValueError(f"the glossary does not say which question explains {terms[0]}")
            said = [line.strip() for line in lines[len(terms) :] if not _EXPLAINED.search(line)]
            found.append(Entry(terms, explained[1], plain(" ".join(said))))
    return found


def plain(markdown: str) -> str:
    """Markdown's words without its signs."""
    words = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", markdown)
    words = re.sub(r"\{cite[^}]*\}`[^`]*`", "", words)
    return re.sub(r"[*`$]|\\(?=\W)", "", words).replace("\\times", "×").strip()


def show_meanings(
    app: Sphinx, page: str, template: str, context: dict[str, Any], tree: nodes.document | None
) -> None:
    """Give each link to the glossary what stands there: one reads it without leaving the page."""
    if app.builder.name != "html" or not page.startswith(CHAPTERS):
        return
    meanings = {
        nodes.make_id(f"term-{each.name}"): each.meaning for each in read_glossary(Path(app.srcdir))
    }

    def with_meaning(link: re.Match[str]) -> str:
        said = escape(meanings.get(link["term"].lower(), ""))
        # For the eye and for a screen reader.
        return (
            f'{link["start"]} data-meaning="{said}" aria-description="{said}"' if said else link[0]
        )

    context["body"] = _TERM_LINK.sub(with_meaning, context["body"])


class Vocabulary:
    """Finds the terms of a glossary in a text."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._spellings = [(term, entry.name) for entry in entries for term in entry.terms]
        # Where several begin at one place, the longest wins.
        self._spellings.sort(key=lambda spelling: -len(spelling[0]))
        groups = "|".join(f"({_pattern(term)})" for term, _ in self._spellings)
        self._terms = re.compile(rf"(?<![\w-])(?:{groups})(?![\w-])")

    def find(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Yield each occurrence of a term, from left to right: start, end, name of the entry."""
        for match in self._terms.finditer(text):
            group = match.lastindex or 0  # there always is one: every alternative is a group
            yield match.start(), match.end(), self._spellings[group - 1][1]


def _pattern(term: str) -> str:
    """A pattern for a term and its plural. A capital is one everywhere, a small first letter not
    at the beginning of a sentence."""
    words = r"\s+".join(map(re.escape, term.split()))
    if term[0].islower():
        words = f"[{term[0]}{term[0].upper()}]" + words[1:]
    return f"{words}(?:e?s)?"


def link_terms(app: Sphinx, doctree: nodes.document) -> None:
    """Turn the first occurrence of each term of a chapter that was read into a link."""
    if not app.env.docname.startswith(CHAPTERS):
        return
    root = Path(app.srcdir)
    app.env.note_dependency(str(root / f"{GLOSSARY}.md"))
    vocabulary = Vocabulary(read_glossary(root))
    linked: set[str] = set()
    for text in list(_running_text(doctree)):
        parts, end = [], 0
        for start, stop, name in vocabulary.find(text):
            if name not in linked:
                linked.add(name)
                parts += [nodes.Text(text[end:start]), _link(text[start:stop], name, app.env)]
                end = stop
        if parts:
            text.parent.replace(text, [*parts, nodes.Text(text[end:])])


def _running_text(doctree: nodes.document) -> Iterator[nodes.Text]:
    """The texts of a chapter's paragraphs, but for those in `_NOT_TEXT`, in cells, and in answers
    that are folded."""
    folded = 0
    for node in doctree.findall():
        if isinstance(node, nodes.raw):
            folded += node.astext().count("<details") - node.astext().count("</details>")
        elif isinstance(node, nodes.Text) and not folded:
            above = list(_ancestors(node))
            if any(isinstance(each, nodes.paragraph) for each in above) and not any(
                isinstance(each, _NOT_TEXT) or "cell" in each.get("classes", ()) for each in above
            ):
                yield node


def _ancestors(node: nodes.Node) -> Iterator[nodes.Element]:
    while node.parent is not None:
        node = node.parent
        yield node


def _link(text: str, name: str, env: BuildEnvironment) -> addnodes.pending_xref:
    """A link to an entry, which Sphinx resolves as that of the role `term`."""
    return addnodes.pending_xref(
        "",
        nodes.inline("", text, classes=["glossary-term"]),
        refdomain="std",
        reftype="term",
        reftarget=name,
        refexplicit=True,
        refwarn=True,
        refdoc=env.docname,
    )


class OtherUses(nodes.General, nodes.Inline, nodes.Element):  # type: ignore[misc]
    """Stands in the index for the chapters that use the entry `name`, until all are read."""


class TermIndex(SphinxDirective):
    """Every term of the glossary, where it is explained, and which other chapters use it."""

    def run(self) -> list[nodes.Node]:
        root = Path(self.env.srcdir)
        self.env.note_dependency(str(root / f"{GLOSSARY}.md"))
        lines = sorted(
            (line for entry in read_glossary(root) for line in self._lines(entry)),
            key=lambda line: line[0].casefold(),
        )
        sections: list[nodes.Node] = []
        for letter, group in groupby(lines, key=lambda line: initial(line[0])):
            title = nodes.title("", letter)
            items = nodes.bullet_list("", *(item for _, item in group), classes=["term-index"])
            sections.append(nodes.section("", title, items, ids=[f"index-{ord(letter[0])}"]))
        return sections

    def _lines(self, entry: Entry) -> Iterator[tuple[str, nodes.list_item]]:
        """The line of an entry, and one for each of its other terms that stands elsewhere."""
        question = _QUESTION.search(entry.explained)
        place = f"[]({entry.explained})"
        if question and "#" in entry.explained:
            place = f"question {question[1]}, {place}"
        item = self._item(f"{{term}}`{entry.name}`: {place}")
        item[0] += OtherUses(name=entry.name, explained=entry.explained)
        yield entry.name, item
        for other in entry.terms[1:]:
            if other[:4] != entry.name[:4]:
                yield other, self._item(f"{other}: see {{term}}`{entry.name}`")

    def _item(self, markdown: str) -> nodes.list_item:
        item = nodes.list_item()
        self.state.nested_parse(StringList([markdown], source=self.env.docname), 0, item)
        return item


def initial(term: str) -> str:
    """The heading under which a term stands."""
    return term[0].upper() if term[0].isalpha() else "0–9"


def fill_index(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Name the chapters that use a term, each with a link to the section where it is first used."""
    waiting = list(doctree.findall(OtherUses))
    uses = first_uses(app.env) if waiting else {}
    for node in waiting:
        there = _QUESTION.search(node["explained"])
        parts: list[nodes.Node] = []
        for chapter, section in uses.get(node["name"], ()):
            question = _QUESTION.match(chapter)
            if question and there and question[1] != there[1]:
                parts.append(nodes.Text("; also in " if not parts else ", "))
                text = nodes.Text(f"question {question[1]}")
                parts.append(make_refnode(app.builder, docname, chapter, section, text))
        node.parent.replace(node, parts)


def first_uses(env: BuildEnvironment) -> dict[str, list[tuple[str, str]]]:
    """Where each entry is linked from: name -> (chapter, id of the section), in order."""
    uses = defaultdict(list)
    for chapter in sorted(env.found_docs):
        if chapter.startswith(CHAPTERS):
            for link in env.get_doctree(chapter).findall(addnodes.pending_xref):
                if link["reftype"] == "term":
                    section = next(a for a in _ancestors(link) if isinstance(a, nodes.section))
                    uses[link["reftarget"]].append((chapter, section["ids"][0]))
    return uses


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive and what links the terms."""
    app.add_node(OtherUses)
    app.add_directive("term-index", TermIndex)
    app.connect("doctree-read", link_terms)
    app.connect("doctree-resolved", fill_index)
    app.connect("html-page-context", show_meanings, priority=400)  # before page_parts looks
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
