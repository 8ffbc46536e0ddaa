"""An interrupt ends the code of a cell or of an answer; between two steps of the grader's it waits.

Half a message, or half of what goes along with a question, would cost the process its run.
"""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")


class Interrupts:
    """Whether a SIGINT may raise KeyboardInterrupt now. A process has one, of its main thread."""

    def __init__(self) -> None:
        self._may_raise = False
        self._missed = False  # one came when it might not

    def handle(self, _number: int, _frame: object) -> None:
        """Raise KeyboardInterrupt, or take note of the interrupt: the handler of SIGINT."""
        if self._may_raise:
            raise KeyboardInterrupt
        self._missed = True

    def reset(self) -> None:
        """Forget an interrupt that waits: it was meant for what came before. None may raise now."""
        self._may_raise = self._missed = False

    def during(self, action: Callable[[], T]) -> T:
        """Return what `action` returns; an interrupt ends it with KeyboardInterrupt."""
        if not _in_main_thread():
            return action()
        before = self._may_raise
        # No context manager, whose end is a call: Python looks for signals when a function is
        # called. Between the end of `action` and the assignment there is none.
        try:
            self._may_raise = True
            return action()
        finally:
            self._may_raise = before

    @contextmanager
    def held(self) -> Iterator[None]:
        """Let interrupts wait; one that came is raised at the end, if it may be again.

        So do alarms, which a cell may set to end its own code.
        """
        if not _in_main_thread():
            yield
            return
        before = self._may_raise
        mask: set[int] = set()
        try:
            self._may_raise = False
            mask = set(signal.pthread_sigmask(signal.SIG_BLOCK, _alarms()))
            yield
        finally:
            try:
                signal.pthread_sigmask(signal.SIG_SETMASK, mask)  # a waiting handler runs here
            finally:
                self._may_raise = before
                if before and self._missed:
                    self._missed = False
                    raise KeyboardInterrupt


def _alarms() -> set[int]:
    return {signal.SIGALRM, signal.SIGVTALRM, signal.SIGPROF}


def _in_main_thread() -> bool:
    return threading.current_thread() is threading.main_thread()
