"""An interrupt ends the code of a cell or of an answer; between two steps of the grader's it waits.

Half a message, or half of what goes along with a question, would cost the process its run.
"""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

T = TypeVar("T")


class Interrupts:
    """Whether a SIGINT may raise KeyboardInterrupt now. A process has one, of its main thread."""

    def __init__(self) -> None:
        self.raised = 0  # interrupts so far that raised
        self._may_raise = False
        self._missed = False  # one came when it might not
        self._alarms = Alarms()

    def handle(self, _number: int, _frame: object) -> None:
        """Raise KeyboardInterrupt, or take note of the interrupt: the handler of SIGINT."""
        if self._may_raise:
            self.raised += 1
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
        held = self._alarms.are_held and self._alarms.release()
        # No context manager, whose end is a call: Python looks for signals when a function is
        # called. Between the end of `action` and the assignment there is none.
        try:
            self._may_raise = True
            return action()
        finally:
            self._may_raise = before
            if held:
                self._alarms.hold()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Let interrupts wait; one that came is raised at the end, if it may be again.

        So do alarms, which a cell may set to end its own code.
        """
        if not _in_main_thread():
            yield
            return
        before = self._may_raise
        is_outermost = not self._alarms.are_held
        try:
            self._may_raise = False
            if is_outermost:
                self._alarms.hold()
            yield
        finally:
            try:
                if is_outermost and self._alarms.release():
                    self._alarms.ring()
            finally:
                self._may_raise = before
                if before and self._missed:
                    self._missed = False
                    self.raised += 1
                    raise KeyboardInterrupt


class Alarms:
    """Holds the alarms that a cell has set. A mask of signals would hold those of one thread."""

    def __init__(self) -> None:
        self._numbers = (signal.SIGALRM, signal.SIGVTALRM, signal.SIGPROF)
        self._handlers: dict[int, Any] = {}  # the cell's own, while they are held
        self._rung: list[int] = []
        self.are_held = False

    def hold(self) -> None:
        """Let alarms wait."""
        self.are_held = True
        for number in self._numbers:
            if callable(handler := signal.getsignal(number)):
                self._handlers[number] = handler
                signal.signal(number, lambda number, _: self._rung.append(number))

    def release(self) -> bool:
        """Let alarms ring again; return whether any were held."""
        self.are_held = False
        handlers, self._handlers = self._handlers, {}
        for number, handler in handlers.items():
            signal.signal(number, handler)
        return bool(handlers)

    def ring(self) -> None:
        """Call the handlers of alarms that rang meanwhile. Raises what one of them raises."""
        rung, self._rung = self._rung, []
        for number in dict.fromkeys(rung):
            if callable(handler := signal.getsignal(number)):
                handler(number, None)


def _in_main_thread() -> bool:
    return threading.current_thread() is threading.main_thread()
