"""What every test of the chapters starts from."""

import nbformat
import pytest
from nbformat import NotebookNode

from autograder.notebook.course import Course


@pytest.fixture
def source(course: Course, name: str) -> NotebookNode:
    """The chapter's notebook as its authors keep it."""
    notebook: NotebookNode = nbformat.read(course.source(name), as_version=4)
    return notebook
