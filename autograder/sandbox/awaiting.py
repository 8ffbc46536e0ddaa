"""Cells that await run in one asyncio loop, which is cleared of what an interrupted one has left.

Its tasks would go on in the next cell that awaits, and could end that.
"""

# mypy: disable-error-code="no-untyped-call"
# (IPython carries no type hints.)

import asyncio
import contextlib
from collections.abc import Coroutine, Iterable
from typing import Any, TypeVar

from IPython.core.async_helpers import get_asyncio_loop

T = TypeVar("T")
AGAIN = 0.05  # seconds between two cancellations: on Python 3.11 `wait_for` swallows most


class Loop:
    """The asyncio loop of a shell's cells. IPython makes it when a cell first awaits."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._before: set[asyncio.Task[Any]] = set()  # of earlier cells, which may go on

    def run(self, cell: Coroutine[Any, Any, T]) -> T:
        """Return what a cell that awaits returns."""
        loop: asyncio.AbstractEventLoop = get_asyncio_loop()
        self._loop = loop
        return loop.run_until_complete(cell)

    def begin(self) -> None:
        """Get ready for a cell."""
        self._before = self._tasks()

    def clear(self) -> None:
        """Cancel the tasks that the current cell has left until all have ended."""
        while left := self._tasks() - self._before:
            assert self._loop is not None  # noqa: S101
            with contextlib.suppress(BaseException):  # of a task, or an interrupt: once more
                self._loop.run_until_complete(_cancelled(left))

    def _tasks(self) -> set[asyncio.Task[Any]]:
        loop = self._loop
        return set() if loop is None or loop.is_closed() else asyncio.all_tasks(loop)


async def _cancelled(tasks: Iterable[asyncio.Task[Any]]) -> None:
    while pending := [task for task in tasks if not task.done()]:
        for task in pending:
            task.cancel()
        await asyncio.wait(pending, timeout=AGAIN)
    for task in tasks:
        if not task.cancelled():
            task.exception()  # looked at: asyncio would show it in a later cell
