"""From a student's folder to a submission: a plain notebook, or a sentence that says why not.

Nothing in it is trusted: sizes are capped, and whatever is wrong with one submission becomes
its `problem` and stops no other.
"""

import json
import logging
import re
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from autograder.notebook import notebooks, pictures
from autograder.submissions import downloads
from autograder.submissions.layout import Folder
from autograder.submissions.student_ids import alike, normal, some
from autograder.submissions.tree import Entry, OnDisk, is_notebook
from autograder.submissions.tree import Unreadable as Unreadable

MAX_NOTEBOOK = 20_000_000  # bytes of one notebook; a chapter with all its figures has about 1 MB
MAX_CELLS = 2_000

CUT_OFF = "the file is cut off: its end is missing"
DAMAGED = "the file is damaged: it is not JSON, as notebooks are"

# What a file that was cut off can end with, in the middle of a word or a number.
_WORDS = ("true", "false", "null", "NaN", "Infinity", "-Infinity")
_HALF_A_NUMBER = re.compile(r"-|\.|[eE][+-]?")
_HALF_A_CHARACTER = re.compile(r"u?[0-9a-fA-F]{0,4}")


@dataclass(frozen=True)
class Submission:
    """What one student handed in for one assignment: a notebook, or the problem with it."""

    student: str
    assignment: str
    notebook: NotebookNode | None
    problem: str | None


def read(folder: Folder, name: str | None = None) -> Submission:
    """Return the submission in `folder`; its `problem` is one line, or None if it can be read.

    `name` says which notebook is wanted, of an assignment that has several.
    """
    try:
        if folder.problem:
            raise Unreadable(folder.problem)
        notebook = _parse(_content(_notebook(folder.entry, name)))
    except Unreadable as problem:
        return Submission(folder.student, folder.assignment, None, str(problem))
    return Submission(folder.student, folder.assignment, notebook, None)


def load(path: Path) -> NotebookNode:
    """Return a notebook file of whatever version as format 4.5, without outputs.

    Raises Unreadable, in plain words, for anything that is not a notebook.
    """
    return _parse(_content(OnDisk(path)))


def _notebook(folder: Entry, name: str | None) -> Entry:
    """Return the notebook of this name, or the only one. Raises Unreadable if there is none."""
    if folder.kind == "link":
        raise Unreadable("the assignment's folder is a link; hand in a real folder")
    if folder.kind != "folder":
        raise Unreadable("a file lies where the assignment's folder should be")
    entries = [each for each in folder.entries() if not each.name.startswith(".")]
    notebooks = [each for each in entries if is_notebook(each.name)]
    if name is not None:
        return _named(notebooks, name)
    if len(notebooks) == 1:
        return notebooks[0]
    if notebooks:
        listed = ", ".join(each.shown for each in notebooks[:3])
        raise Unreadable(
            f"{len(notebooks)} notebooks were handed in ({listed}) and one is expected"
        )
    listed = some([each.shown for each in entries])
    raise Unreadable(
        f"no notebook was handed in, only {listed}" if entries else "the folder is empty"
    )


def _named(notebooks: Sequence[Entry], name: str) -> Entry:
    """Return the notebook of this name; without it, one that can be a copy of it."""
    exact = [each for each in notebooks if normal(each.name) == f"{name}.ipynb"]
    copies = [each for each in notebooks if alike(name) in downloads.stems(each.name)]
    for found in (exact, copies):
        if len(found) == 1:
            return found[0]
        if found:
            listed = ", ".join(each.shown for each in found[:3])
            raise Unreadable(f"{len(found)} notebooks could be {name}.ipynb ({listed})")
    listed = some([each.shown for each in notebooks]) if notebooks else "no notebook"
    raise Unreadable(f"{name}.ipynb was not handed in, only {listed}")


def _content(file: Entry) -> bytes:
    content = file.read(MAX_NOTEBOOK + 1)
    if len(content) > MAX_NOTEBOOK:
        raise Unreadable(f"{file.shown} is larger than {MAX_NOTEBOOK // 10**6} MB")
    return content


def _parse(content: bytes) -> NotebookNode:
    if not content.strip():
        raise Unreadable("the file is empty")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        if problem.reason == "unexpected end of data":
            raise Unreadable(CUT_OFF) from problem
        raise Unreadable("the file is not UTF-8 text, so it is no notebook") from problem
    if text.lstrip().lower().startswith(("<!doctype", "<html", "<?xml")):
        raise Unreadable("this is a web page saved as .ipynb, not a notebook")
    try:
        data = json.loads(text)
    except json.JSONDecodeError as problem:
        raise Unreadable(_damage(text, problem)) from problem
    except (ValueError, RecursionError) as problem:
        raise Unreadable(DAMAGED) from problem
    return _upgrade(data)


def _damage(text: str, problem: json.JSONDecodeError) -> str:
    """Return in words what is wrong with a text that is not JSON."""
    if re.search(r"^(<<<<<<<|>>>>>>>) ", text, flags=re.MULTILINE):
        return "the file has the marks of a merge conflict in it (<<<<<<<), so it is no notebook"
    if problem.msg == "Extra data":
        start, _ = json.JSONDecoder().raw_decode(text.lstrip())
        if not isinstance(start, dict) or "nbformat" not in start:
            return DAMAGED
        return (
            "after the end of the notebook the file goes on with something else, in line "
            f"{problem.lineno}; save the notebook again"
        )
    rest = text[problem.pos :].strip()
    is_cut = (
        not rest
        or problem.msg.startswith("Unterminated")
        or (problem.msg.startswith("Invalid \\u") and _HALF_A_CHARACTER.fullmatch(rest))
        or any(word.startswith(rest) for word in _WORDS)
        or _HALF_A_NUMBER.fullmatch(rest)
    )
    return CUT_OFF if is_cut else DAMAGED


def _upgrade(data: Any) -> NotebookNode:
    """Return parsed JSON as a notebook of format 4.5 whose cells have what the grader reads."""
    if not isinstance(data, dict) or not isinstance(data.get("nbformat"), int):
        raise Unreadable("this is JSON, but not a notebook")
    if data["nbformat"] not in (3, 4):
        raise Unreadable(f"notebook format {data['nbformat']} is not known; save it as version 4")
    try:
        with warnings.catch_warnings(), _quiet_nbformat():
            warnings.simplefilter("ignore")
            cells = [_plain_cell(cell) for cell in notebooks.upgraded(_needed(data))["cells"]]
    except Unreadable:
        raise
    except Exception as problem:  # whatever a hand-made file makes nbformat stumble over
        raise Unreadable("the notebook's structure is damaged") from problem
    return notebooks.notebook(cells)


def _needed(data: dict[str, Any]) -> dict[str, Any]:
    """Return the part of a parsed notebook that the grader reads: what is left out costs nothing.

    Raises Unreadable if there are too many cells, KeyError or TypeError if there are none.
    """
    old = data["nbformat"] == 3
    sheets = data["worksheets"] if old else [data]
    cells = [cell for sheet in sheets for cell in sheet["cells"]]
    if len(cells) > MAX_CELLS:
        raise Unreadable(f"the notebook has more than {MAX_CELLS:,} cells")
    parts = ("cell_type", "source", "input", "language", "level", "id", "attachments")
    kept = [
        {name: cell[name] for name in parts if name in cell}
        | {"metadata": _known_metadata(cell.get("metadata"))}
        | ({"outputs": []} if cell["cell_type"] == "code" else {})
        for cell in cells
    ]
    found: dict[str, Any] = {"nbformat": data["nbformat"], "metadata": {}}
    if "nbformat_minor" in data:
        found["nbformat_minor"] = data["nbformat_minor"]
    return found | ({"worksheets": [{"cells": kept}]} if old else {"cells": kept})


def _known_metadata(metadata: Any) -> dict[str, Any]:
    """Return of a cell's metadata nbgrader's plain entries and the tags."""
    found: dict[str, Any] = {}
    if not isinstance(metadata, dict):
        return found
    mark, tags = metadata.get("nbgrader"), metadata.get("tags")
    if isinstance(mark, dict):
        plain = str | int | float | None
        found["nbgrader"] = {key: value for key, value in mark.items() if isinstance(value, plain)}
    if isinstance(tags, list):
        found["tags"] = [tag for tag in tags if isinstance(tag, str)]
    return found


def _plain_cell(cell: Any) -> NotebookNode:
    """Return a cell whose parts have the types that the rest of the grader relies on."""
    source = cell["source"]
    if isinstance(source, list):
        source = "".join(source)
    if not isinstance(source, str) or cell["cell_type"] not in ("code", "markdown", "raw"):
        raise Unreadable("the notebook's structure is damaged")
    source = source.encode("utf-8", "replace").decode("utf-8")  # lone surrogates: not storable
    metadata = cell.get("metadata")
    plain = {
        "cell_type": cell["cell_type"],
        "source": source,
        "metadata": metadata if isinstance(metadata, dict) else {},
    }
    if cell["cell_type"] == "code":
        plain |= {"outputs": [], "execution_count": None}
    elif attached := _pictures(cell.get("attachments")):
        plain["attachments"] = attached
    if isinstance(cell.get("id"), str):
        plain["id"] = cell["id"]
    return notebooks.node(plain)


def _pictures(attachments: Any) -> dict[str, dict[str, str]]:
    """Return of what is attached to a text the pictures, by name and type."""
    found: dict[str, dict[str, str]] = {}
    for name, data in attachments.items() if isinstance(attachments, dict) else ():
        if kept := pictures.still(data) if isinstance(data, dict) else {}:
            found.setdefault(name.encode("utf-8", "replace").decode(), {}).update(kept)
    return found


class _quiet_nbformat:  # noqa: N801  (used like the lower-case context managers beside it)
    """Silence nbformat's own log while it upgrades a file that we judge ourselves."""

    def __enter__(self) -> None:
        self._logger = logging.getLogger("traitlets")
        self._level = self._logger.level
        self._logger.setLevel(logging.CRITICAL)

    def __exit__(self, *_: object) -> None:
        self._logger.setLevel(self._level)
