"""Keeps a sealed run within its limits of time, output and share of the machine."""

import signal
import time
from collections.abc import Sequence

from autograder.execution.outputs import Outputs
from autograder.sandbox.watch import overstepped
from autograder.sandbox.zygote import Child
from autograder.task import PATIENCE, WALL_CELLS, Cut

LOOK = 0.5  # seconds between two looks at what a process has taken of the machine
AGAIN = 1.0  # seconds between two interrupts: one may come when it is the other process's turn


class Watchdog:
    """Interrupts a cell that is over its limit, and kills a process that does not stop then.

    A cell may take `cell_timeout` seconds, a whole run WALL_CELLS times as long.
    """

    def __init__(self, cell_timeout: int, processes: Sequence[Child], outputs: Outputs) -> None:
        self._cell_timeout = cell_timeout
        self._processes = processes
        self._outputs = outputs
        self.end = time.monotonic() + WALL_CELLS * cell_timeout  # of the whole run
        self.cut: Cut | None = None  # why the current cell was cut short
        self._deadline = 0.0  # of the current cell
        self._interrupted: float | None = None  # when the current cell was
        self._again = 0.0  # when it is to be interrupted next
        self._looked = time.monotonic()  # a process that has done nothing has taken nothing

    @property
    def patience(self) -> float:
        """The time, by time.monotonic, at which a process that does not respond is given up."""
        return self._deadline + PATIENCE

    @property
    def has_interrupted(self) -> bool:
        """Whether the current cell was told to stop."""
        return self._interrupted is not None

    def start_cell(self) -> bool:
        """Begin with a cell; return False if the time of the whole run is used up."""
        now = time.monotonic()
        self._deadline = min(now + self._cell_timeout, self.end)
        self._interrupted = self.cut = None
        return now < self.end

    def look(self, running: Child) -> None:
        """Check all limits while it is the turn of `running`; interrupt or kill who is over one."""
        now = time.monotonic()
        if now - self._looked > LOOK:
            self._looked = now
            self._look_at_the_machine()
        if self._interrupted is None:
            if now > self._deadline or self._outputs.full_since is not None:
                self.cut = "timeout" if now > self._deadline else "output-limit"
                self._interrupted, self._again = now, now + AGAIN
                running.signal(signal.SIGINT)
        elif now > self._interrupted + PATIENCE:
            running.kill()
        elif now > self._again:
            self._again = now + AGAIN
            running.signal(signal.SIGINT)

    def _look_at_the_machine(self) -> None:
        for each in self._processes:
            cut = overstepped(each.pid, each.scratch)
            if cut is not None:
                self.cut = cut
                each.kill()
