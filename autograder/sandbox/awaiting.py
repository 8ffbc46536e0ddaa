"""Runs cells that await, one after the other, in one asyncio loop.

Tasks go on in later cells, as in a notebook; what an interrupted cell has left does not end those.
"""

# mypy: disable-error-code="no-untyped-call"
# (IPython carries no type hints.)

import asyncio
import contextlib
from collections.abc import Coroutine
from typing import Any, TypeVar

from IPython.core.async_helpers import get_asyncio_loop

from autograder.sandbox.interrupts import Interrupts

T = TypeVar("T")


class Runner:
    """Runs cells that await: IPython's `loop_runner`."""

    def __init__(self, interrupts: Interrupts) -> None:
        self._interrupts = interrupts

    def __call__(self, cell: Coroutine[Any, Any, T]) -> T:
        """Return what a cell returns; an interrupt ends it where it awaits.

        Raises KeyboardInterrupt if the cell itself does not tell of it.
        """
        loop: asyncio.AbstractEventLoop = get_asyncio_loop()
        task = loop.create_task(cell)
        so_far = self._interrupts.raised
        while True:
            try:
                return loop.run_until_complete(task)
            except (KeyboardInterrupt, RuntimeError) as error:
                if task.done() or loop.is_closed() or loop.is_running():
                    raise
                if isinstance(error, KeyboardInterrupt) and self._interrupts.raised > so_far:
                    return _ended(cell, task, error)
                # An earlier cell was interrupted. asyncio passes that on, in each run of the loop
                # to one more task that waits for another; or it stops, which that run was to do.


def _ended(cell: Coroutine[Any, Any, T], task: asyncio.Task[T], interrupt: BaseException) -> T:
    """Interrupt a cell where it awaits, and return what it returns; else raise the interrupt."""
    task.add_done_callback(_look_at)  # once it is woken: its cell has ended
    with contextlib.suppress(RuntimeError):  # the cell awaits nothing
        try:
            cell.throw(interrupt)
        except StopIteration as end:
            value: T = end.value
            return value
    raise interrupt


def _look_at(task: asyncio.Task[Any]) -> None:
    """Take note of a task's error, which asyncio would show in a later cell."""
    if not task.cancelled():
        task.exception()
