"""`{course-map}`: a card for each chapter, with a figure that its notebook has drawn.

The figure stands at the head of the chapter, too: it shows before the text tells. It is that of the
cell with the tag `cover`, or else the first.

The rest is read from the notebook's first cell, which has the form

    # Question 2: parameters and memory

    … **The question?**

    ## What you will be able to do

    1. An objective.

    **You need:** what one has to know before.

    **It takes:** how long.
"""

import base64
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any, Final

from docutils import nodes
from docutils.statemachine import StringList
from PIL import Image
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata

COVER: Final = 520
"""Pixels of the longer side of a card's picture: twice what it has on a page."""

_TITLE = re.compile(r"^# (.+)$", re.MULTILINE)
_QUESTION = re.compile(r"^\*\*(.+\S)\*\*$", re.MULTILINE)
_OBJECTIVES = re.compile(r"^## What you will be able to do\n\n((?:\d+\. .+\n)+)", re.MULTILINE)
_NEEDS = re.compile(r"^\*\*You need:\*\* (.+)$", re.MULTILINE)
_TAKES = re.compile(r"^\*\*It takes:\*\* (.+?\.)(?: |$)", re.MULTILINE)


@dataclass(frozen=True)
class Chapter:
    """What a chapter's first cell says of it, as Markdown; `takes` is its first sentence on time.

    Links in the texts are written from the root of the book: `/notebooks/q2/….ipynb`.
    """

    file: str
    title: str
    question: str
    objectives: tuple[str, ...]
    needs: str
    takes: str


def chapter_files(root: Path) -> list[Path]:
    """The released notebooks of a course, in the order of their questions."""
    return sorted(root.glob("notebooks/*/*.ipynb"))


def read_chapter(path: Path, root: Path) -> Chapter:
    """Read the first cell of a notebook of the book at `root`.

    Raises ValueError, naming the file and what is missing, if the cell lacks its form.
    """
    file = path.relative_to(root).as_posix()
    text = "".join(json.loads(path.read_text(encoding="utf-8"))["cells"][0]["source"])
    text = text.replace("](../", "](/notebooks/")

    def part(pattern: re.Pattern[str]) -> str:
        found = pattern.search(text)
        if not found:
            raise ValueError(f"{file}: its first cell has nothing like {pattern.pattern!r}")
        return found[1]

    objectives = tuple(line.split(" ", 1)[1] for line in part(_OBJECTIVES).splitlines())
    return Chapter(file, part(_TITLE), part(_QUESTION), objectives, part(_NEEDS), part(_TAKES))


class CourseMap(SphinxDirective):
    """A card for each chapter: picture, title, question, time; folded, objectives and needs."""

    def run(self) -> list[nodes.Node]:
        root = Path(self.env.srcdir)
        lines = ["::::::{grid} 1 2 2 3", ":gutter: 3", ":class-container: course-map", ""]
        for path in chapter_files(root):
            self.env.note_dependency(str(path))
            cover = Path("_build", "covers", f"{path.parent.name}.png")
            (root / cover).parent.mkdir(parents=True, exist_ok=True)
            picture, words = cover_figure(path)
            (root / cover).write_bytes(picture)
            lines += _card(read_chapter(path, root), cover.as_posix(), words)
        lines.append("::::::")
        found = nodes.Element()
        self.state.nested_parse(StringList(lines, source=self.env.docname), 0, found)
        children: list[nodes.Node] = found.children
        return children


def cover_figure(path: Path) -> tuple[bytes, str]:
    """Return the figure that stands for a notebook, and what it shows in words.

    The figure is a PNG file whose longer side has `COVER` pixels.

    Raises ValueError, naming the file, if it has none.
    """
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    for cell in sorted(cells, key=lambda each: "cover" not in each["metadata"].get("tags", [])):
        for output in cell.get("outputs", []):
            if drawn := output.get("data", {}).get("image/png"):
                picture = Image.open(io.BytesIO(base64.b64decode("".join(drawn)))).convert("RGB")
                picture.thumbnail((COVER, COVER), Image.Resampling.LANCZOS)
                file = io.BytesIO()
                picture.quantize(64).save(file, "PNG", optimize=True)
                words = " ".join(cell["metadata"]["mystnb"]["image"]["alt"].split())
                return file.getvalue(), words
    raise ValueError(f"{path}: no cell has drawn a figure, which the chapter's card shows")


def _card(chapter: Chapter, cover: str, words: str) -> Iterator[str]:
    """The Markdown of one card, whose picture is the file `cover` and shows what `words` say."""
    yield f":::::{{grid-item-card}} [{chapter.title}](/{chapter.file})"
    yield from (f":img-top: /{cover}", f":img-alt: {words}", "")
    yield from (chapter.question, "", f"**It takes:** {chapter.takes}", "")
    yield from ("::::{dropdown} You will be able to", "")
    yield from (f"{number}. {text}" for number, text in enumerate(chapter.objectives, 1))
    yield from ("", f"**You need:** {chapter.needs}", "::::", ":::::")


def say_where(
    app: Sphinx, page: str, template: str, context: dict[str, Any], tree: nodes.document | None
) -> None:
    """Say at the head of a chapter which question of how many it is, and show its figure."""
    chapters = [
        path.relative_to(app.srcdir).with_suffix("").as_posix()
        for path in chapter_files(Path(app.srcdir))
    ]
    if app.builder.name == "html" and page in chapters:
        home = app.builder.get_relative_uri(page, str(app.config.root_doc))
        context["body"] = (
            f'<p class="where"><a href="{home}#the-nine-questions">Nine questions</a>'
            f" › question {chapters.index(page) + 1} of {len(chapters)}</p>"
            + _with_cover(app, page, context["body"])
        )


def _with_cover(app: Sphinx, page: str, body: str) -> str:
    """The HTML of a chapter with its card's picture before the first of its sections."""
    path = Path(app.srcdir, page).with_suffix(".ipynb")
    picture, words = cover_figure(path)
    width, height = Image.open(io.BytesIO(picture)).size
    folder = app.builder.get_relative_uri(page, "_images/").removesuffix(".html")
    name = app.env.images[f"_build/covers/{path.parent.name}.png"][1]
    cover = (
        f'<img class="cover" src="{folder}{name}" alt="{escape(words)}" width="{width}"'
        f' height="{height}" style="--wide: {width / height:.3f}" decoding="async" />'
    )
    before, section, after = body.partition('<section id="what-you-will-be-able-to-do">')
    return f"{before}{cover}{section}{after}"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive, and what says on a chapter where one is."""
    app.add_directive("course-map", CourseMap)
    app.connect("html-page-context", say_where)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
