"""Which demonstrations of a chapter a student's answers need: "you may use anything from it"."""

from collections.abc import Iterable, Sequence

from nbformat import NotebookNode

from autograder.names import bound, changed, used, used_by_functions
from autograder.notebook.cells import is_demonstration, is_lesson


def needed(
    template: Sequence[NotebookNode], answers: Iterable[str], helpers: Iterable[str]
) -> set[int]:
    """Return the demonstrations that define what answers use, and what these use in turn.

    What a demonstration uses at once, and not in a function, those before it define.

    `answers` are the texts of a student's answers, `helpers` of their other cells, which count
    as far as an answer uses what they define.
    """
    own = set(answers)
    names = frozenset().union(*map(used, own)) - frozenset().union(*map(bound, own))
    # What only a test defines is not there for an answer: it is in another process.
    lesson = frozenset().union(
        *(bound(cell.source) for cell in template if is_lesson(cell) and not is_demonstration(cell))
    )
    demonstrations = {
        index: cell.source
        for index, cell in enumerate(template)
        if cell.cell_type == "code" and is_demonstration(cell)
    }
    found: set[int] = set()
    waiting = set(helpers)
    before = dict.fromkeys(names, len(template))  # name -> the cell that looks it up, or the end
    while True:
        more = [text for text in waiting if bound(text) & before.keys()]
        waiting -= set(more)
        new = [
            index
            for index, text in demonstrations.items()
            if index not in found
            and any(index < before.get(name, 0) for name in _given(text) - lesson)
        ]
        if not more and not new:
            return found
        found |= set(new)
        for text in more:
            before |= dict.fromkeys(used(text), len(template))
        for index in new:
            text = demonstrations[index]
            for name in used(text):
                # Where a function looks it up, a later demonstration may have defined it.
                place = len(template) if name in used_by_functions(text) else index
                before[name] = max(place, before.get(name, 0))


def _given(text: str) -> frozenset[str]:
    """Return the names that a demonstration gives a value, or whose objects it may change."""
    return bound(text) | changed(text)
