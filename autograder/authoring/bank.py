"""The answer bank: right, wrong and broken answers to every exercise.

`solutions/<assignment>/answers/<exercise>.py` holds one answer a cell, in jupytext's
percent format:

    # %% by-loop kind="right"
    # %% no-channels kind="wrong" hint="no-channels"
    # %% misspelt kind="crash"
    # %% endless kind="stop"

A "crash" ends in an exception; a "stop" never returns or takes the process with it.
"""

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import jupytext
from nbformat import NotebookNode


@dataclass(frozen=True)
class Answer:
    """One answer: the whole text of the exercise's solution cell, and what must become of it."""

    exercise: str
    title: str
    kind: Literal["right", "wrong", "crash", "stop"]
    hint: str | None  # the code that a wrong answer must get
    source: str


def read_bank(folder: Path) -> list[Answer]:
    """Return the answers in `solutions/<assignment>/answers`, exercise by exercise."""
    return [
        Answer(
            exercise=path.stem,
            title=cell.metadata["title"],
            kind=cell.metadata["kind"],
            hint=cell.metadata.get("hint"),
            source=cell.source,
        )
        for path in sorted(folder.glob("*.py"))
        for cell in jupytext.read(path, fmt="py:percent").cells
        if cell.cell_type == "code"
    ]


def hand_in(released: NotebookNode, answers: Mapping[str, str]) -> NotebookNode:
    """Return a copy of a student's notebook with `answers` (exercise -> text) written into it.

    Raises KeyError if the notebook lacks one of the exercises.
    """
    notebook = copy.deepcopy(released)
    cells = {
        cell.metadata["nbgrader"]["grade_id"]: cell
        for cell in notebook.cells
        if cell.metadata.get("nbgrader", {}).get("solution")
    }
    for exercise, source in answers.items():
        cells[exercise].source = source
    return notebook
