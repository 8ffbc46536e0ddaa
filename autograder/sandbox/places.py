"""Where in the student's own code an error arose: a cell and a line, and no word more.

The student's process says it, so it is checked against the student's own text by whoever
shows it.
"""

import re
import traceback
from typing import Any

_CELL = re.compile(r"<ipython-input-(\d{1,6})-")  # IPython's name for the text of a cell


def note(error: BaseException, name: str, where: Any) -> None:
    """Note on an exception what the student's process said of it."""
    error._place = name, where  # type: ignore[attr-defined]


def told_place(error: BaseException) -> list[Any] | None:
    """Return [name, cell, line] of the student's own error that is, or is behind, an error.

    `cell` counts the cells that the student's process has run, from 1. None where the error
    is the test's alone, or the place is not known.
    """
    seen: set[int] = set()
    found: BaseException | None = error
    while found is not None and id(found) not in seen:
        seen.add(id(found))
        name, place = getattr(found, "_place", ("", None))
        if type(place) is tuple and [type(each) for each in place] == [int, int]:
            return [name, *place]
        found = found.__cause__ or found.__context__
    return None


def place(error: BaseException) -> tuple[int, int] | None:
    """Return in which of the cells that were run here, and in which line, an error arose."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        found = _CELL.match(frame.filename)
        if found and frame.lineno:
            return int(found[1]), frame.lineno
    return None
