"""How much the cells of one notebook may write: each by itself, and all together."""

from autograder.task import CELL_MESSAGES, CELL_OUTPUT, NOTEBOOK_OUTPUT


class Quota:
    """Counts outputs, in characters, and says when it is too much."""

    def __init__(self) -> None:
        self._kept = 0  # characters kept of all cells together
        self._cell_written = 0
        self._cell_messages = 0

    def start_cell(self) -> None:
        """Begin with a cell, which has written nothing yet."""
        self._cell_written = self._cell_messages = 0

    def count(self, length: int) -> bool:
        """Count an output of `length` characters; return whether the cell is over its quota now."""
        self._cell_written += length
        self._cell_messages += 1
        return self._cell_written > CELL_OUTPUT or self._cell_messages > CELL_MESSAGES

    def keep(self, length: int) -> None:
        """Count `length` characters of an output that are kept in the notebook."""
        self._kept += length

    @property
    def is_used_up(self) -> bool:
        """Whether all cells together have written more than a notebook may."""
        return self._kept > NOTEBOOK_OUTPUT
