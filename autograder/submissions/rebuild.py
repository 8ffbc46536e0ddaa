"""The teacher's notebook with the student's answers in it.

Two things are taken from what was handed in: the answers, wherever they stand, and the other
code that the student wrote. Order, lesson, tests, points and all metadata are the template's,
so a deleted, copied, moved or edited test cell makes no difference.
"""

import base64
import copy
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nbformat import NotebookNode

from autograder.names import bound
from autograder.notebook import notebooks
from autograder.notebook.cells import (
    ANSWER_NAMES,
    EXTRA,
    NEEDED,
    SKIP_TAG,
    answer_names,
    grade_id,
    is_solution,
    is_task,
    is_test,
)
from autograder.notebook.course import Course
from autograder.notebook.notebooks import code_cell
from autograder.submissions.answers import Answers, find_answers, without
from autograder.submissions.demonstrations import needed
from autograder.submissions.matching import match, squeezed
from autograder.task import Task


@dataclass(frozen=True)
class Rebuilt:
    """The notebook to execute, and remarks on how it was put together."""

    notebook: NotebookNode
    found: int  # how many of the template's solution cells the student's notebook has
    unanswered: tuple[str, ...]  # grade_ids of solution cells left as they were, or missing
    is_blank: bool  # no solution differs from its stub (white space aside)
    notes: tuple[str, ...]  # for the reason in the grades: which solution cells are missing
    answers: tuple[str, ...]  # the names that the template's solution cells are there to define


def rebuild(template: NotebookNode, submitted: NotebookNode) -> Rebuilt:
    """Return `template` with the answers and the other code of `submitted`.

    Which cell is which: `matching`. Whose answer each piece of code is, wherever it stands:
    `answers`. Demonstrations that answers use are marked to be run: `demonstrations`.
    """
    found = find_answers(template.cells, submitted.cells)
    answers = {run.source for runs in found.by_solution.values() for run in runs}
    demonstrations = needed(template.cells, answers, (each.source for each in found.extras))
    extras: dict[int, list[str]] = {}
    for piece in found.extras:
        extras.setdefault(piece.place, []).append(piece.source)
    texts, pictures = _texts(template.cells, submitted.cells)
    cells = [*_extra_cells(extras.get(-1, ())), *texts.get(-1, ())]
    unanswered, missing = [], []
    for index, original in enumerate(template.cells):
        # What is changed of it is replaced: all else is the template's.
        cell = notebooks.shallow(original)
        cell.metadata = notebooks.shallow(original.metadata)
        cell.metadata.pop(ANSWER_NAMES, None)
        if index in demonstrations:
            cell.metadata["autograder"] = NEEDED
            cell.metadata["tags"] = [tag for tag in cell.metadata["tags"] if tag != SKIP_TAG]
        after: list[str] = []
        if is_solution(cell):
            is_elsewhere = bool(found.elsewhere.get(index))
            before, cell.source, after = _in_place(template.cells, index, found)
            cells += _extra_cells(before)
            if squeezed(cell.source) == squeezed(original.source) and not is_elsewhere:
                unanswered.append(grade_id(cell))
            if index not in found.seen and index not in found.by_solution and not is_elsewhere:
                missing.append(grade_id(cell))
        if cell.cell_type == "code" and (is_solution(cell) or is_test(cell)):
            cell.outputs, cell.execution_count = [], None
        if index in pictures:
            cell["attachments"] = pictures[index]
        cells += [cell, *_extra_cells([*after, *extras.get(index, ())]), *texts.get(index, ())]

    solutions = [cell for cell in template.cells if is_solution(cell)]
    notebook = notebooks.shallow(template)
    notebook.metadata = copy.deepcopy(template.metadata)
    notebook.cells = cells
    return Rebuilt(
        notebook=notebook,
        found=len(solutions) - len(missing),
        unanswered=tuple(unanswered),
        is_blank=len(unanswered) == len(solutions),
        notes=tuple(f"the solution cell of {name} is missing" for name in missing),
        answers=tuple(sorted(frozenset().union(*map(answer_names, solutions)))),
    )


def task(
    rebuilt: Rebuilt,
    owner: tuple[str, str],
    course: Course,
    cell_timeout: int,
    memory: int,
    own: Mapping[str, bytes] = {},
) -> Task:
    """Return the task for a rebuilt notebook; `owner` is (student, assignment).

    `own` are the student's files beside it. A cell may take `cell_timeout` seconds, all together
    `memory` MB of address space. Random numbers start from another number for each owner. Raises
    UsageError if the course's configuration cannot be read.
    """
    digest = hashlib.sha256("/".join(owner).encode()).digest()
    # The course's hints lie beside the notebook, as its checks find them in a student's folder.
    beside = {course.hints.name: course.hints} if course.hints.is_file() else {}
    beside |= course.beside(owner[1])
    return Task(
        notebook=rebuilt.notebook,
        answers=list(rebuilt.answers),
        cell_timeout=cell_timeout,
        memory=memory,
        folder=None,
        data=str(course.data),
        beside={name: str(path.resolve()) for name, path in beside.items()},
        own={name: base64.b64encode(content).decode() for name, content in own.items()},
        preload=course.preload(rebuilt.notebook),
        seed=int.from_bytes(digest[:4], "big"),
    )


def _in_place(
    template: Sequence[NotebookNode], index: int, found: Answers
) -> tuple[list[str], str, list[str]]:
    """Return what runs before a solution cell, in it and after it.

    Parts of one cell that was split, and code from elsewhere, are in cells of their own, as they
    were, so that an error in one stops none of the others. Parts of a text are joined.
    """
    stub: str = template[index].source
    runs = found.by_solution.get(index, [])
    elsewhere = found.elsewhere.get(index, frozenset())
    if not runs and not elsewhere:
        return [], stub, []
    is_own = [run.piece.home == index for run in runs]
    parts = [
        without(run.source, stub, elsewhere) if own else run.source
        for run, own in zip(runs, is_own, strict=True)
    ]
    if template[index].cell_type != "code":
        return [], "\n\n".join(part for part in parts if part.strip()), []
    names = answer_names(template[index])
    numbers = [number for number, own in enumerate(is_own) if own and parts[number].strip()]
    here = next((n for n in reversed(numbers) if bound(parts[n]) & names), None)
    if here is None and numbers:
        here = numbers[-1]
    if here is None:
        text = without(stub, stub, elsewhere)  # what remains of it is answered by nobody
        after = [part for part, own in zip(parts, is_own, strict=True) if not own]
        before: list[str] = []
    else:
        before, text, after = parts[:here], parts[here], parts[here + 1 :]
    before, after = ([part for part in each if part.strip()] for each in (before, after))
    if not text and after:
        text = after.pop(0)
    return before, text or f"# Answered in another cell: {', '.join(sorted(elsewhere))}.", after


def _texts(
    template: Sequence[NotebookNode], submitted: Sequence[NotebookNode]
) -> tuple[dict[int, list[NotebookNode]], dict[int, Any]]:
    """Return texts that the student added, by the template cell before, and pictures in answers.

    Texts count where a teacher marks a task by hand: what answers it stands in cells of its own.
    """
    added: dict[int, list[NotebookNode]] = {}
    pictures: dict[int, Any] = {}
    has_task, last = any(map(is_task, template)), -1
    for cell, home in zip(submitted, match(template, submitted), strict=True):
        last = last if home is None else home
        if cell.cell_type != "markdown":
            continue
        if home is None and has_task and cell.source.strip():
            text = notebooks.text_cell(cell.source, {"autograder": EXTRA})
            if "attachments" in cell:
                text["attachments"] = cell.attachments
            added.setdefault(last, []).append(text)
        elif home is not None and is_solution(template[home]) and "attachments" in cell:
            pictures[home] = cell.attachments
    return added, pictures


def _extra_cells(sources: Iterable[str]) -> list[NotebookNode]:
    """Return cells that the student added."""
    return [code_cell(source, {"autograder": EXTRA}) for source in sources]
