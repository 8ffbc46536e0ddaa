"""`{solutions} q2`: a solution to each exercise of a question, read from the instructor's notebook.

Only what stands in a solution cell is read, and from it only the lines that mark the solution are
left out. A test cell, where the hidden tests are, is never looked at.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.statemachine import StringList
from mdit_py_plugins.anchors.index import slugify
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata

_EXERCISE = re.compile(r"^### (Exercise \d+: .+)$", re.MULTILINE)
_MARK = re.compile(r"^[ \t]*### (?:BEGIN|END) SOLUTION[ \t]*\n?", re.MULTILINE)


@dataclass(frozen=True)
class Solution:
    """An exercise's heading, the name of its cell, and the reference solution's code."""

    exercise: str
    name: str
    code: str


def read_solutions(notebook: Mapping[str, Any]) -> Iterator[Solution]:
    """Yield the solutions of an instructor's notebook (in its JSON form, version 4), in order."""
    exercise = ""
    for cell in notebook["cells"]:
        text = "".join(cell["source"])
        graded = cell["metadata"].get("nbgrader", {})
        if cell["cell_type"] == "markdown" and (heading := _EXERCISE.search(text)):
            exercise = heading[1]
        elif graded.get("solution") and not graded["grade"]:
            yield Solution(exercise, graded["grade_id"], _MARK.sub("", text).rstrip())


class Solutions(SphinxDirective):
    """A section for each exercise: its heading, which leads to it, and the solution, folded."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        root = Path(self.env.srcdir)
        (source,) = root.glob(f"solutions/{self.arguments[0]}/*.ipynb")
        self.env.note_dependency(str(source))
        chapter = f"/notebooks/{source.relative_to(root / 'solutions').as_posix()}"
        notebook = json.loads(source.read_text(encoding="utf-8"))
        return [self._section(chapter, solution) for solution in read_solutions(notebook)]

    def _section(self, chapter: str, solution: Solution) -> nodes.section:
        link = f"[{solution.exercise}]({chapter}#{slugify(solution.exercise)})"
        parsed = nodes.Element()
        lines = StringList([link], source=self.env.docname)
        self.state.nested_parse(lines, self.content_offset, parsed)
        label = escape(f"Show the solution to {solution.exercise}")
        return nodes.section(
            "",
            nodes.title("", "", *parsed[0].children),
            nodes.raw("", f"<details><summary>{label}</summary>", format="html"),
            nodes.literal_block(solution.code, solution.code, language="python"),
            nodes.raw("", "</details>", format="html"),
            ids=[nodes.make_id(solution.name)],
            classes=["solution"],
        )


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive."""
    app.add_directive("solutions", Solutions)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
