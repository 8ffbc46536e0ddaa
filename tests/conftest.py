"""What the whole suite starts from."""

import gc
import os
import signal
import sys
from pathlib import Path

import pytest

from autograder.notebook.course import Course, find_course
from tests.support import forked_kernels, shared

# nbgrader and Jupyter start each other by name: the suite's own Python comes first.
os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"

# A shell starts what runs in the background deaf to Ctrl-C, and so would be all that we start.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# What is imported stays. Then Python looks for garbage after so many new objects: after 700, as by
# itself, that takes a fifth of a worker's time.
gc.disable()
gc.set_threshold(500_000)

shared.begin()
forked_kernels.register()
pytest_plugins = ["tests.support.fixtures"]
COURSE = find_course(Path(__file__))

# The answer bank begins, since nothing takes longer, and keeps the cores busy. Beside it run the
# files that mostly wait. Then come the other long ones: none is to be left at the end.
LONGEST = (
    *("test_answer_bank.py", "test_as_anybody.py", "test_cluster.py", "test_lighthouse.py"),
    *("test_floods.py", "test_interrupts.py", "test_killed.py", "test_parity.py"),
    *("test_as_handed_in.py", "test_as_root.py", "test_pages.py", "test_teaching.py"),
    *("mnist.ipynb", "test_any_course.py", "why-convolution.ipynb", "alexnet-to-xception.ipynb"),
    *("test_wheel.py", "test_zip.py", "test_solve.py"),
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests in order, those of a file together."""
    places = {name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.path.name, len(LONGEST)))


def pytest_collection_finish() -> None:
    """Look for garbage from now on, but not among what was imported."""
    gc.collect()
    gc.freeze()
    gc.enable()


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    """Look for garbage no more: pytest just did, and would once more, and Python at its end."""
    gc.freeze()


@pytest.fixture(scope="session")
def course() -> Course:
    """This repository, as a course."""
    return COURSE


@pytest.fixture(params=COURSE.names())
def name(request: pytest.FixtureRequest) -> str:
    """The name of each assignment in turn: q1, q2, …"""
    assert isinstance(request.param, str)
    return request.param
