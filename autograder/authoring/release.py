"""From the instructor's notebook to the student's, through nbgrader and our preprocessors.

`nbgrader generate_assignment` does the same with the repository's `nbgrader_config.py`.
"""

import copy
import io
import logging
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbgrader.converters import GenerateAssignment
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import (
    CheckCellMetadata,
    ClearHiddenTests,
    ClearSolutions,
    ComputeChecksums,
    LockCells,
    NbGraderPreprocessor,
    SaveCells,
)
from traitlets.config.loader import PyFileConfigLoader

import autograder.notebook.nbgrader_patch  # noqa: F401
from autograder.authoring import autotest
from autograder.errors import UsageError
from autograder.notebook import in_common, notebooks
from autograder.notebook.course import CONFIG, Course, load_config

SKIP_TAG = "nbval-skip"


class ClearGradedOutput(NbGraderPreprocessor):  # type: ignore[misc]  # nbgrader has no type hints
    """Clear the outputs of graded cells only: what a lesson cell shows is part of the lesson."""

    def preprocess_cell(
        self, cell: NotebookNode, resources: ResourcesDict, cell_index: int
    ) -> tuple[NotebookNode, ResourcesDict]:
        if cell.cell_type == "code" and "nbgrader" in cell.metadata:
            cell.outputs = []
            cell.execution_count = None
        return cell, resources


class SkipGradedCells(NbGraderPreprocessor):  # type: ignore[misc]
    """Tell nbval to leave the graded cells alone: unsolved, they are meant to fail."""

    def preprocess_cell(
        self, cell: NotebookNode, resources: ResourcesDict, cell_index: int
    ) -> tuple[NotebookNode, ResourcesDict]:
        if cell.cell_type == "code" and "nbgrader" in cell.metadata:
            cell.metadata["tags"] = [*cell.metadata.get("tags", []), SKIP_TAG]
        return cell, resources


# What turns the source into the notebook that is graded: hidden tests stay.
TEMPLATE_STEPS = [
    LockCells,
    ClearSolutions,
    ClearGradedOutput,
    SkipGradedCells,
    CheckCellMetadata,
    ComputeChecksums,
]
# What follows for the student's copy. SaveCells must see the hidden tests, since
# `nbgrader autograde` puts them back from there; checksums must not.
STUDENT_STEPS = [ClearHiddenTests, ComputeChecksums, CheckCellMetadata]
RELEASE_STEPS = [autotest.Instantiate, *TEMPLATE_STEPS, SaveCells, *STUDENT_STEPS]


def read_template(course: Course, name: str, cache: Path | None = None) -> NotebookNode:
    """Return the notebook that submissions of an assignment are graded with: see `template`.

    nbgrader's AUTOTEST lines are made into tests (`autotest`), anew only if the file `cache` does
    not hold them. Raises UsageError if they cannot be, or the source cannot be read.
    """
    path = course.source(name)
    try:
        source = notebooks.read(path)
    except Exception as problem:  # whatever a broken file makes nbformat stumble over
        raise UsageError(f"{path} cannot be read as a notebook: {problem}") from problem
    if autotest.has_any(source):
        source = autotest.instantiate(
            source, path.parent, course.root, load_config(course.root), cache
        )
    return template(source)


def template(source: NotebookNode) -> NotebookNode:
    """Return the notebook that submissions are graded with, as a copy of the instructor's.

    Solutions are stubs, hidden tests are there, lesson cells keep their outputs. The metadata
    says what the solutions have in common with the tests (`in_common`).
    """
    notebook, resources = copy.deepcopy(source), ResourcesDict()
    for step in TEMPLATE_STEPS:
        notebook, resources = step().preprocess(notebook, resources)
    in_common.note(notebook, source)
    return notebook


def release(course: Course, names: list[str]) -> list[Path]:
    """Write the student's notebook of each assignment in `names` and return their paths.

    Works on the course folder in place; the same sources give the same bytes. Raises
    UsageError for an unknown assignment or a source that nbgrader refuses.
    """
    released = []
    for name in names:
        course.source(name)  # an unknown name is refused before anything is written
        with TemporaryDirectory() as scratch:
            _generate(course, name, db_url=f"sqlite:///{scratch}/gradebook.db")
        released.append(course.released(name))
    return released


def _generate(course: Course, name: str, db_url: str) -> None:
    config: Any = PyFileConfigLoader(CONFIG, path=str(course.root)).load_config()
    config.CourseDirectory.root = str(course.root)
    config.CourseDirectory.assignment_id = name
    config.CourseDirectory.db_url = db_url
    config.BaseConverter.force = True
    complaints = io.StringIO()  # nbgrader logs a traceback and raises something general
    logger = logging.Logger(f"{__name__}.{name}", logging.ERROR)
    logger.addHandler(logging.StreamHandler(complaints))
    coursedir = CourseDirectory(config=config, log=logger)
    try:
        GenerateAssignment(coursedir=coursedir, config=config, log=logger).start()
    except NbGraderException as refused:
        reasons = [line for line in complaints.getvalue().splitlines() if "Error: " in line]
        reason = reasons[-1] if reasons else str(refused)
        raise UsageError(f"nbgrader cannot release {name}: {reason}") from refused
