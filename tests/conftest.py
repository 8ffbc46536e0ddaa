"""What the whole suite starts from."""

import os
import sys
from pathlib import Path

import pytest

from autograder.notebook.course import Course, find_course

# nbgrader and Jupyter start each other by name: the suite's own Python comes first.
os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"

pytest_plugins = ["tests.support.fixtures"]
COURSE = find_course(Path(__file__))


@pytest.fixture(scope="session")
def course() -> Course:
    """This repository, as a course."""
    return COURSE


@pytest.fixture(params=COURSE.names())
def name(request: pytest.FixtureRequest) -> str:
    """The name of each assignment in turn: q1, q2, …"""
    assert isinstance(request.param, str)
    return request.param
