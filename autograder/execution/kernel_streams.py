"""The `sys.stdout` and `sys.stderr` of a kernel, which wait until what was written is sent.

ipykernel's own gather what is printed for a fifth of a second. A cell that prints without end
writes a hundred megabytes by then, and the grader would read for seconds before it can stop it.
"""

from typing import Any

from ipykernel import iostream

from autograder.task import CELL_OUTPUT

AT_ONCE = 100_000  # characters that are gathered before they are sent


class OutStream(iostream.OutStream):
    """ipykernel's stream, with as much in memory as a cell may write, and not more."""

    _gathered = 0  # characters

    def write(self, string: Any) -> int:
        """Write `string`, or of one that is over a cell's limit as much as is over it.

        Return its length. Raises TypeError if it is no string.
        """
        super().write(string[: CELL_OUTPUT + 1] if isinstance(string, str) else string)
        self._gathered += len(string)
        if self._gathered > AT_ONCE:
            self._gathered = 0
            self.flush()  # type: ignore[no-untyped-call]
        return len(string)
