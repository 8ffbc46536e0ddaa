"""Which demonstrations of a chapter a student's answers need: "you may use anything from it"."""

from collections.abc import Iterable, Sequence

from nbformat import NotebookNode

from autograder.names import bound, changed, used
from autograder.notebook.cells import is_demonstration, is_lesson


def needed(
    template: Sequence[NotebookNode], answers: Iterable[str], helpers: Iterable[str]
) -> set[int]:
    """Return the demonstrations that define what answers use, and what these use in turn.

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
    while True:
        more = [text for text in waiting if bound(text) & names]
        waiting -= set(more)
        new = {
            index: text
            for index, text in demonstrations.items()
            if index not in found and (bound(text) | changed(text)) & (names - lesson)
        }
        if not more and not new:
            return found
        found |= set(new)
        names |= frozenset().union(*map(used, (*more, *new.values())))
