"""Submissions whose files are not what they should be.

`tests/support/tiny_course.py` has the common ones: deleted, copied, moved and edited tests,
old formats, Colab, damaged and wrong files, links and pipes. Here are the rarer ones.
"""

import json
import os
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from tests.attacks.course import Attack, Make, answering, edited, solved
from tests.support.tiny_course import NAME, cell


def _raw(data: Any) -> Make:
    text = data if isinstance(data, str) else json.dumps(data)
    return lambda _released, _folder: text


def _changed(**parts: Any) -> Make:
    """Return a hand-in whose notebook has other top-level parts."""
    return lambda released, _folder: json.dumps({**solved(released), **parts})


def _beside(name: str, content: bytes) -> Make:
    """Return a hand-in with a file beside the notebook."""

    def make(released: NotebookNode, folder: Path) -> NotebookNode:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return solved(released)

    return make


def _device(_released: NotebookNode, folder: Path) -> None:
    os.mkfifo(folder / "a.txt")
    (folder / NAME).symlink_to("/dev/zero")


def _link_to_solution(_released: NotebookNode, folder: Path) -> None:
    (folder / NAME).symlink_to(folder.parents[2] / "course/solutions/q1" / NAME)


def _folder_for_notebook(_released: NotebookNode, folder: Path) -> None:
    (folder / NAME).mkdir()


def _schema(version: Any) -> Make:
    def edit(notebook: NotebookNode) -> None:
        for each in notebook.cells:
            if "nbgrader" in each.metadata:
                each.metadata.nbgrader["schema_version"] = version

    return edited(edit)


def _worth(points: Any) -> Make:
    def edit(notebook: NotebookNode) -> None:
        for each in notebook.cells:
            if "points" in each.metadata.get("nbgrader", {}):
                each.metadata.nbgrader["points"] = points
        cell(notebook, "double").source = "def double(number):\n    return 0"

    return edited(edit)


def _odd_metadata(notebook: NotebookNode) -> None:
    for number, each in enumerate(notebook.cells):
        each.metadata = [[], "x", 3, {"nbgrader": [1]}, {"tags": 3}][number % 5]


def _skip(notebook: NotebookNode) -> None:
    for each in notebook.cells:
        each.metadata["tags"] = ["skip-execution", "demo", "nbval-skip"]
        each.metadata["autograder"] = "extra"


def _everything_is_a_test(notebook: NotebookNode) -> None:
    """Every cell claims to be the first test; only the ids tell what each is."""
    for each in notebook.cells:
        if "nbgrader" in each.metadata and "test" not in each.id:
            each.metadata.nbgrader |= {"grade": True, "solution": False, "points": 1000}


def _brackets(released: NotebookNode, _folder: Path) -> str:
    """Ten million brackets: small as a file, large in memory."""
    notebook = solved(released)
    notebook.cells[0].metadata["x"] = notebook.metadata["x"] = "BRACKETS"
    return json.dumps(notebook).replace('"BRACKETS"', "[" + "{}," * 3_000_000 + "{}]")


def _nested(depth: int) -> Make:
    return lambda _released, _folder: (
        '{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": '
        + "[" * depth
        + "]" * depth
        + "}"
    )


def _large(released: NotebookNode, _folder: Path) -> bytes:
    return json.dumps(solved(released)).encode() + b" " * 200_000_000


_RAISE = b"raise SystemExit('executed the file beside the notebook')"
CASES: dict[str, Attack] = {
    "schema-0": Attack(_schema(0)),
    "schema-99": Attack(_schema(99)),
    "schema-text": Attack(_schema("third")),
    "points-infinite": Attack(_worth(1e999), score=6, reason="double: too-small"),
    "points-negative": Attack(_worth(-1), score=6, reason="double: too-small"),
    "points-text": Attack(_worth("abc"), score=6, reason="double: too-small"),
    "odd-metadata": Attack(edited(_odd_metadata)),
    "skip-execution": Attack(
        edited(_skip, double="def double(number):\n    return 0"),
        score=6,
        reason="double: too-small",
    ),
    "all-tests": Attack(edited(_everything_is_a_test)),
    "no-minor": Attack(_changed(nbformat_minor=None)),
    "odd-minor": Attack(_changed(nbformat_minor="five")),
    "other-language": Attack(
        _changed(metadata={"kernelspec": {"name": "ir"}, "language_info": {"name": "R"}})
    ),
    "cells-object": Attack(_changed(cells={"a": 1}), "unreadable", 0, "structure is damaged"),
    "cells-null": Attack(_changed(cells=None), "unreadable", 0, "structure is damaged"),
    "cells-missing": Attack(
        _raw({"nbformat": 4, "nbformat_minor": 5}), "unreadable", 0, "structure is damaged"
    ),
    "format-text": Attack(_changed(nbformat="4"), "unreadable", 0, "not a notebook"),
    "format-true": Attack(_changed(nbformat=True), "unreadable", 0, "not"),
    "number": Attack(_raw("1e999"), "unreadable", 0, "not a notebook"),
    "digits": Attack(_raw("1" * 10_000), "unreadable", 0, "not"),
    "nested": Attack(_nested(100_000), "unreadable", 0, "not JSON"),
    "nested-900": Attack(_nested(900), "unreadable", 0, "structure is damaged"),
    "brackets": Attack(_brackets),
    "200-megabytes-file": Attack(_large, "unreadable", 0, "larger than 20 MB"),
    "device": Attack(_device, "unreadable", 0, "is a link"),
    "link-to-solution": Attack(_link_to_solution, "unreadable", 0, "is a link"),
    "folder-for-notebook": Attack(_folder_for_notebook, "unreadable", 0, "not an ordinary file"),
    "no-date": Attack(_beside("timestamp.txt", b"\xff the day before yesterday")),
    "numpy-beside": Attack(_beside("numpy.py", _RAISE)),
    "sitecustomize-beside": Attack(_beside("sitecustomize.py", _RAISE)),
    "ipython-beside": Attack(
        _beside(".ipython/profile_default/startup/00.py", _RAISE),
    ),
    "config-beside": Attack(_beside("nbgrader_config.py", _RAISE)),
    "id-=cmd('calc')": Attack(answering()),
    "=cmd|' -C calc'!A0": Attack(_raw(""), "unreadable", 0, "the file is empty"),
    'x, y; "z"': Attack(answering()),
    "*": Attack(_raw(""), "unreadable", 0, "the file is empty"),
    "x..": Attack(_raw(""), "unreadable", 0, "the file is empty"),
    "-rf": Attack(_raw(""), "unreadable", 0, "the file is empty"),
    "i" * 255: Attack(_raw(""), "unreadable", 0, "the file is empty"),
    "\x1b[31mred\r\n": Attack(_raw(""), "unreadable", 0, "the file is empty"),
    "<script>alert(1)": Attack(_raw(""), "unreadable", 0, "the file is empty"),
}
