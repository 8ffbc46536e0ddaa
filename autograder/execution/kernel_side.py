"""What our kernels do otherwise than ipykernel's own, so that a cell over its limits ends alone."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import zmq
from ipykernel import iostream
from ipykernel.ipkernel import IPythonKernel

from autograder.task import CELL_OUTPUT

AT_ONCE = 100_000  # characters that are gathered before they are sent


class OutStream(iostream.OutStream):
    """A `sys.stdout` that waits until what was written is sent.

    ipykernel's own gathers what is printed for a fifth of a second. A cell that prints without end
    writes a hundred megabytes by then, which the grader would have to read before it can stop it.
    """

    _gathered = 0  # characters

    def write(self, string: Any) -> int:
        """Write `string`, or of one that is over a cell's limit as much as is over it.

        Return its length. Raises TypeError if it is no string.
        """
        # Not `string[…]`: a class derived from `str` may mean something else by that.
        is_text = isinstance(string, str)
        super().write(str.__getitem__(string, slice(CELL_OUTPUT + 1)) if is_text else string)
        self._gathered += len(string)
        if self._gathered > AT_ONCE:
            self._gathered = 0
            self.flush()  # type: ignore[no-untyped-call]
        return len(string)


class Kernel(IPythonKernel):
    """A kernel that an interrupt reaches while a cell runs, and only then, and that loses nothing.

    ipykernel's own does not hear one while a cell awaits something: the loop sleeps on. Nor does a
    cell that has awaited something and goes on. And between a cell's end and its reply it does
    hear: then there is no reply, which is waited for as long as a cell may take. Messages that are
    not read soon are lost, among them that a cell has ended.
    """

    def start(self) -> None:
        """Begin."""
        super().start()  # type: ignore[no-untyped-call]
        # Where messages are read more slowly than they are written, writing waits.
        wait = partial(self.iopub_thread.socket.setsockopt, zmq.XPUB_NODROP, 1)
        self.iopub_thread.schedule(wait)
        self._wake()

    def _wake(self) -> None:
        """Do nothing, twice a second: a loop that is awake looks for interrupts."""
        self.io_loop.call_later(0.5, self._wake)

    @contextmanager
    def _cancel_on_sigint(self, future: Any) -> Iterator[None]:
        """While a cell's code runs, raise, as in any other cell; while it awaits, cancel it."""
        # None if nothing is left to run, which only a loop with eager tasks knows beforehand: to
        # ask such a task for its coroutine crashes Python 3.12.1.
        coroutine = None if future.done() else future.get_coro()

        def interrupt(number: int, frame: Any) -> None:
            self.io_loop.add_callback(cancel)
            # Not whenever the cell is the loop's task: what puts a step down to go on is the
            # loop's own, and raised there, the loop would end.
            if getattr(coroutine, "cr_running", False):
                signal.default_int_handler(number, frame)

        def cancel() -> None:
            # Until it ends: `asyncio.wait_for` of Python 3.11 swallows most, and a cell may some.
            if not future.done():
                future.cancel()
                self.io_loop.call_later(0.05, cancel)

        before = signal.signal(signal.SIGINT, interrupt)
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, before)

    async def do_execute(self, *cell: Any, **options: Any) -> Any:
        """Run a cell, and be deaf to interrupts afterwards. It hears them when the next begins."""
        try:
            return await super().do_execute(*cell, **options)  # type: ignore[no-untyped-call]
        finally:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
