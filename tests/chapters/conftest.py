"""What every test of the chapters starts from."""

from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

from autograder.course import Course, find_course

COURSE = find_course(Path(__file__))


@pytest.fixture(scope="session")
def course() -> Course:
    return COURSE


@pytest.fixture(params=COURSE.names())
def name(request: pytest.FixtureRequest) -> str:
    """The name of each chapter's assignment in turn: q1, q2, …"""
    assert isinstance(request.param, str)
    return request.param


@pytest.fixture
def source(course: Course, name: str) -> NotebookNode:
    """The chapter's notebook as its authors keep it."""
    return nbformat.read(course.source(name), as_version=4)
