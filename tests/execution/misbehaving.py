"""Functions that misbehave in place of a real run (see test_engine.py).

In a file of their own: each worker process that is to run one imports it, and nothing else of
the tests.
"""

import os
from pathlib import Path

from autograder.task import Outcome, Task


def run_or_die(work: Task) -> Outcome:
    """End the worker process for two tasks, and run the others."""
    if work["cell_timeout"] in (13, 14):
        os._exit(1)
    return Outcome(
        notebook={}, cells=[], seconds=0.0, infra=None, isolation="test", remarks=[], apart=None
    )


def run_second_time_only(work: Task) -> Outcome:
    """Fail at the first try of each task, as a kernel that did not start."""
    mark = Path(work["folder"] or "", str(work["cell_timeout"]))
    infra = None if mark.exists() else "no kernel"
    mark.touch()
    return Outcome(
        notebook={}, cells=[], seconds=0.0, infra=infra, isolation="test", remarks=[], apart=None
    )
