"""What the exercises of a notebook are called for people: the headings above their cells."""

import re
from collections import Counter

from nbformat import NotebookNode

from autograder.notebook.cells import exercise_of, grade_id, is_graded

_HEADING = re.compile(r"^#{1,6}[ \t]+(.+?)[ \t#]*$", re.MULTILINE)
_CODE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_SIGNS = re.compile(r"[*`]|(?<!\w)_|_(?!\w)")


def titles(notebook: NotebookNode) -> dict[str, str]:
    """Return for each exercise (its name) the last heading above the first of its graded cells.

    An exercise without one, or with a heading that others have too, is not in it.
    """
    found: dict[str, str] = {}
    last = ""
    for cell in notebook.cells:
        if is_graded(cell):
            found.setdefault(exercise_of(grade_id(cell)), last)
        elif cell.cell_type == "markdown":
            headings = _HEADING.findall(_CODE.sub("", cell.source))
            last = _plain(headings[-1]) if headings else last
    times = Counter(found.values())
    return {name: title for name, title in found.items() if title and times[title] == 1}


def _plain(heading: str) -> str:
    """Return a heading's words without Markdown's signs."""
    return " ".join(_SIGNS.sub("", _LINK.sub(r"\1", heading)).split())
