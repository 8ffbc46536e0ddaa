"""Exercises that can be solved on the page: which ones, and what the page needs for it.

An exercise is such a one if nothing that its stub and its visible checks rely on imports a library:
then the Python of the browser, which has none, can run it. All is read from the released notebook.
A button is put between stub and check; to the others, what they need. `{solved-here}` makes the
table of all of them.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from chapters import chapter_files, read_chapter
from docutils import nodes
from docutils.statemachine import StringList
from mdit_py_plugins.anchors.index import slugify
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata

from autograder.notebook.relied_on import libraries, relied_on

GRADER: Final = (
    "__init__.py",
    "checks.py",
    "diagnosis/*.py",
    "hints.toml",
    "names.py",
    "notebook/__init__.py",
    "notebook/relied_on.py",
)
"""The grader's files that run in the browser, as they are."""

LOADED: Final = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
"""What the browser loads of its Python, in `book/_static/solve/python`; the rest is small."""

NAMES: Final = {"keras": "Keras", "numpy": "NumPy", "tensorflow": "TensorFlow"}
_EXERCISE = re.compile(r"^### (Exercise \d+: .+)$", re.MULTILINE)


@dataclass(frozen=True)
class Exercise:
    """An exercise with code: its heading, its cell's name, and the libraries that it needs.

    Without any it can be solved on the page.
    """

    heading: str
    name: str
    libraries: tuple[str, ...]


def read_exercises(notebook: Mapping[str, Any]) -> Iterator[Exercise]:
    """Yield the exercises of a released notebook (in its JSON form, version 4), in order."""
    heading = ""
    texts: list[str] = []
    mine = None  # the last solution cell: its place among the code, and its name
    for cell in notebook["cells"]:
        text = "".join(cell["source"])
        graded = cell["metadata"].get("nbgrader", {})
        if cell["cell_type"] == "markdown":
            heading = found[1] if (found := _EXERCISE.search(text)) else heading
        elif cell["cell_type"] == "code":
            texts.append(text)
            if graded.get("solution"):
                mine = len(texts) - 1, graded["grade_id"]
            elif graded.get("grade") and mine:
                place, name = mine
                chosen = [place, len(texts) - 1]
                needed = [*relied_on(texts, chosen), *(texts[each] for each in chosen)]
                yield Exercise(heading, name, tuple(libraries(needed)))
                mine = None


def in_words(names: Sequence[str]) -> str:
    """Return the names of libraries as a part of a sentence: "Keras and NumPy"."""
    shown = [NAMES.get(name, name) for name in names]
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if shown[1:] else shown)


class Offers(SphinxPostTransform):
    """Put below each exercise's stub the way to solve it on the page, or what it needs."""

    builders = ("html",)
    default_priority = 900

    def run(self, **kwargs: Any) -> None:
        source = Path(self.env.doc2path(self.env.docname))
        if source not in chapter_files(Path(self.env.srcdir)):
            return
        exercises = {
            exercise.name: exercise
            for exercise in read_exercises(json.loads(source.read_text(encoding="utf-8")))
        }
        for cell in list(self.document.findall(nodes.container)):
            mark = cell.get("cell_metadata", {}).get("nbgrader", {})
            exercise = exercises.get(mark.get("grade_id", ""))
            if exercise and mark["solution"]:
                cell.parent.insert(cell.parent.index(cell) + 1, self._offer(exercise))

    def _offer(self, exercise: Exercise) -> nodes.raw:
        if exercise.libraries:
            said = f"Needs {in_words(exercise.libraries)}: solve it in the notebook."
            html = f'<p class="solve-elsewhere">{said}</p>'
        else:
            # The script shows it. As an element other than `div` it counts as no cell.
            up = "../" * self.env.docname.count("/")
            html = (
                f'<section class="solve" hidden aria-label="{escape(exercise.heading)}" '
                f'data-exercise="{exercise.name}" data-size="{self._megabytes():.1f}" '
                f'data-notebook="{up}_sources/{self.env.docname}.ipynb"></section>'
            )
        return nodes.raw("", html, format="html")

    def _megabytes(self) -> float:
        """Return how much the browser loads, once."""
        folder = Path(self.env.srcdir, "book", "_static", "solve", "python")
        return sum((folder / name).stat().st_size for name in LOADED) / 1e6


class SolvedHere(SphinxDirective):
    """A table: for each chapter, the exercises that can be solved on its page, and the others."""

    def run(self) -> list[nodes.Node]:
        root = Path(self.env.srcdir)
        lines = ["| question | on its page | in its notebook |", "|---|---|---|"]
        for path in chapter_files(root):
            self.env.note_dependency(str(path))
            chapter = read_chapter(path, root)
            exercises = list(read_exercises(json.loads(path.read_text(encoding="utf-8"))))
            here = [_link(chapter.file, each) for each in exercises if not each.libraries]
            elsewhere = [_link(chapter.file, each) for each in exercises if each.libraries]
            row = (f"[](/{chapter.file})", ", ".join(here), ", ".join(elsewhere))
            lines.append(f"| {' | '.join(row)} |")
        parsed = nodes.Element()
        self.state.nested_parse(
            StringList(lines, source=self.env.docname), self.content_offset, parsed
        )
        children: list[nodes.Node] = parsed.children
        return children


def _link(file: str, exercise: Exercise) -> str:
    number, title = exercise.heading.removeprefix("Exercise ").split(": ", 1)
    return f"{number}: [{title}](/{file}#{slugify(exercise.heading)})"


def pack_grader(app: Sphinx, failure: Exception | None) -> None:
    """Write the file with which the page's Python checks: of the grader what it needs."""
    if failure or app.builder.name != "html":
        return
    root = Path(app.srcdir)
    package = root / "autograder"
    files = [(f, f.relative_to(root)) for name in GRADER for f in sorted(package.glob(name))]
    own = sorted((root / "book" / "solve").glob("*.py"))
    files += [(file, Path(file.name)) for file in own]
    files.append((root / "hints.toml", Path("hints.toml")))  # the course's own, beside the notebook
    with ZipFile(Path(app.outdir, "_static", "solve", "grader.zip"), "w", ZIP_DEFLATED) as archive:
        for file, name in files:
            # Without its time: a site that was built again is the same site.
            archive.writestr(ZipInfo(name.as_posix()), file.read_bytes(), ZIP_DEFLATED)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the transform, the table, and what is done when the pages are there."""
    app.add_directive("solved-here", SolvedHere)
    app.add_post_transform(Offers)
    app.connect("build-finished", pack_grader)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
