"""nbformat's functions with type hints, as far as the grader uses them."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import nbformat
from nbformat import NotebookNode

# mypy: disable-error-code="no-untyped-call"


def read(path: Path) -> NotebookNode:
    """Return the notebook of a file of the course; raises OSError and nbformat's errors."""
    return cast(NotebookNode, nbformat.read(path, as_version=4))


def node(data: Any) -> NotebookNode:
    """Return plain JSON data as a notebook, cell or output, with attributes for keys."""
    return cast(NotebookNode, nbformat.from_dict(data))


def plain(notebook: NotebookNode) -> dict[str, Any]:
    """Return a notebook as plain JSON data."""
    return cast(dict[str, Any], json.loads(json.dumps(notebook)))


def text(notebook: Any) -> str:
    """Return a notebook as the text of its file."""
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"


def line(notebook: Any) -> str:
    """Return a notebook as the text of a file that programs read: in a tenth of the time."""
    return json.dumps(notebook, ensure_ascii=False) + "\n"


def shallow(part: NotebookNode) -> NotebookNode:
    """Return a copy of a notebook, a cell or metadata, whose parts are the original's own."""
    return NotebookNode(part)


def upgraded(data: Any) -> NotebookNode:
    """Return data of notebook format 3 or 4 as format 4; raises nbformat's errors."""
    return cast(NotebookNode, nbformat.convert(nbformat.from_dict(data), 4))


def other_language(notebook: NotebookNode) -> str | None:
    """Return the kernel of a notebook that is not Python's, by its names; None if it is."""
    metadata = notebook.metadata
    kernel, info = metadata.get("kernelspec", {}), metadata.get("language_info", {})
    language = str(kernel.get("language") or info.get("name") or "python")
    if language.lower().startswith(("python", "ipython")):
        return None
    return f"{kernel.get('display_name') or kernel.get('name') or language} ({language})"


def notebook(cells: Sequence[NotebookNode]) -> NotebookNode:
    """Return a new notebook of these cells, as they are: nbformat's own way changes some ids."""
    return node({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": list(cells)})


def code_cell(source: str, metadata: dict[str, Any]) -> NotebookNode:
    """Return a new code cell."""
    return cast(NotebookNode, nbformat.v4.new_code_cell(source, metadata=metadata))


def text_cell(source: str, metadata: dict[str, Any]) -> NotebookNode:
    """Return a new text cell."""
    return cast(NotebookNode, nbformat.v4.new_markdown_cell(source, metadata=metadata))


def output(kind: str, **parts: Any) -> NotebookNode:
    """Return a new output of a code cell."""
    return cast(NotebookNode, nbformat.v4.new_output(kind, **parts))
