"""The instructor's notebook with the student's answers in it.

Only two things are taken from what was handed in: the text of the solution cells and the
code cells that the student added. Order, tests, points and all other metadata are the
template's, so a deleted, copied, moved or edited test cell makes no difference.
"""

import copy
import hashlib
import re
from collections import defaultdict
from dataclasses import dataclass

from nbformat import NotebookNode

from autograder.notebook import notebooks
from autograder.notebook.cells import EXTRA, grade_id, is_solution, is_test, without_hidden_tests
from autograder.notebook.course import Course
from autograder.notebook.notebooks import code_cell
from autograder.task import Task


@dataclass(frozen=True)
class Rebuilt:
    """The notebook to execute, and what was learned while it was put together."""

    notebook: NotebookNode
    found: int  # how many of the template's solution cells the student's notebook has
    unanswered: tuple[str, ...]  # grade_ids of solution cells left as they were, or missing
    is_blank: bool  # no solution differs from its stub (white space aside)
    notes: tuple[str, ...]  # for the reason in the grades: which solution cells are missing
    answers: tuple[str, ...]  # the names that the template's solution cells are there to define


def rebuild(template: NotebookNode, submitted: NotebookNode) -> Rebuilt:
    """Return `template` with the answers and the extra code cells of `submitted`.

    A student's cell belongs to a template cell with the same grade_id, else the same cell
    id, else the same text, else (as after Colab, which drops both ids) to the solution cell
    whose names it defines. Several cells for one solution are joined in order.
    """
    homes = _match(template.cells, submitted.cells)
    answers: dict[int, list[str]] = defaultdict(list)
    extras: dict[int, list[NotebookNode]] = defaultdict(list)
    last = -1
    for cell, home in zip(submitted.cells, homes, strict=True):
        if home is None:
            if cell.cell_type == "code" and cell.source.strip():
                extras[last].append(cell)
            continue
        last = home
        if is_solution(template.cells[home]):
            answers[home].append(cell.source)

    cells = _added(extras[-1])
    unanswered, missing = [], []
    for index, original in enumerate(template.cells):
        cell = copy.deepcopy(original)
        if is_solution(cell):
            stub = cell.source
            cell.source = _joined(answers[index], stub)
            if _squeezed(cell.source) == _squeezed(stub):
                unanswered.append(grade_id(cell))
            if not answers[index]:
                missing.append(grade_id(cell))
        if cell.cell_type == "code" and (is_solution(cell) or is_test(cell)):
            cell.outputs, cell.execution_count = [], None
        cells += [cell, *_added(extras[index])]

    solutions = sum(is_solution(cell) for cell in template.cells)
    notebook = copy.copy(template)
    notebook.metadata = copy.deepcopy(template.metadata)
    notebook.cells = cells
    return Rebuilt(
        notebook=notebook,
        found=solutions - len(missing),
        unanswered=tuple(unanswered),
        is_blank=len(unanswered) == solutions,
        notes=tuple(f"the solution cell of {name} is missing" for name in missing),
        answers=tuple(
            sorted(
                name
                for cell in template.cells
                if is_solution(cell)
                for name in _defined(cell.source)
            )
        ),
    )


def task(
    rebuilt: Rebuilt, owner: tuple[str, str], course: Course, cell_timeout: int, memory: int
) -> Task:
    """Return what is to be run of the submission of `owner`, a student and an assignment.

    A cell may take `cell_timeout` seconds, all together `memory` MB of address space. Random
    numbers start from another number for each owner. Raises UsageError if the course's
    configuration cannot be read.
    """
    digest = hashlib.sha256("/".join(owner).encode()).digest()
    return Task(
        notebook=notebooks.plain(rebuilt.notebook),
        answers=list(rebuilt.answers),
        cell_timeout=cell_timeout,
        memory=memory,
        folder=None,
        data=str(course.data),
        preload=course.preload(rebuilt.notebook),
        seed=int.from_bytes(digest[:4], "big"),
    )


def _match(template: list[NotebookNode], submitted: list[NotebookNode]) -> list[int | None]:
    """Return for each submitted cell the index of the template cell it is, or None."""
    by_grade_id = {grade_id(cell): i for i, cell in enumerate(template) if grade_id(cell)}
    by_id = {cell["id"]: i for i, cell in enumerate(template) if "id" in cell}
    by_text = {
        _squeezed(without_hidden_tests(cell.source)): i
        for i, cell in reversed(list(enumerate(template)))
    }
    homes: list[int | None] = []
    for cell in submitted:
        home = by_grade_id.get(grade_id(cell))
        if home is None:
            home = by_id.get(cell.get("id", ""))
        if home is None:
            home = by_text.get(_squeezed(cell.source))
        homes.append(home)

    taken = {home for home in homes if home is not None}
    by_names = {
        _defined(cell.source): i
        for i, cell in enumerate(template)
        if is_solution(cell) and i not in taken
    }
    for position, cell in enumerate(submitted):
        if homes[position] is None and cell.cell_type == "code":
            for names, i in by_names.items():
                if names and names <= _defined(cell.source):
                    homes[position] = i
    return homes


def _joined(parts: list[str], stub: str) -> str:
    """Join the parts of one answer, leaving out untouched copies of the stub."""
    own = [part for part in parts if _squeezed(part) != _squeezed(stub)]
    return "\n\n".join(own) if own else stub


def _added(cells: list[NotebookNode]) -> list[NotebookNode]:
    return [code_cell(cell.source, {"autograder": EXTRA}) for cell in cells]


def _defined(source: str) -> frozenset[str]:
    """Return the names a cell defines at its top level; works on text with syntax errors too."""
    found = re.findall(r"^(?:def|class)\s+(\w+)|^(\w+)\s*=(?!=)", source, flags=re.MULTILINE)
    return frozenset(function or variable for function, variable in found)


def _squeezed(text: str) -> str:
    return "".join(text.split())
