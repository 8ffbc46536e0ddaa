"""Which cell of the teacher's notebook each cell of a student's notebook is."""

from collections.abc import Sequence
from functools import lru_cache

from nbformat import NotebookNode

from autograder.notebook.cells import grade_id, without_hidden_tests


def match(template: Sequence[NotebookNode], submitted: Sequence[NotebookNode]) -> list[int | None]:
    """Return for each submitted cell the index of the template cell that it is, or None.

    They are the same if they have the same grade_id, else the same cell id, else the same text.
    Editors drop the first two at times (Colab drops both), and copy them with a copied cell.
    """
    by_grade_id = {grade_id(cell): i for i, cell in enumerate(template) if grade_id(cell)}
    by_id = {cell["id"]: i for i, cell in enumerate(template) if "id" in cell}
    by_text: dict[str, int] = {}
    for i, cell in enumerate(template):
        by_text.setdefault(squeezed(without_hidden_tests(cell.source)), i)
    by_text.pop("", None)
    homes = []
    for cell in submitted:
        home = by_grade_id.get(grade_id(cell))
        if home is None:
            home = by_id.get(cell.get("id", ""))
        if home is None:
            home = by_text.get(squeezed(cell.source))
        homes.append(home)
    return homes


@lru_cache(4096)  # a class has the teacher's cells in common
def squeezed(text: str) -> str:
    """Return a text without white space, to compare it."""
    return "".join(text.split())
