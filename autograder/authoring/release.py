"""From the instructor's notebook to the student's, through nbgrader and our preprocessors.

`nbgrader generate_assignment` does the same with the repository's `nbgrader_config.py`.
"""

import copy
import hashlib
import io
import json
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
from nbgrader.utils import compute_checksum

import autograder.notebook.nbgrader_patch  # noqa: F401
from autograder.authoring import autotest
from autograder.errors import UsageError
from autograder.names import bound, used
from autograder.notebook import in_common, notebooks
from autograder.notebook.cells import ANSWER_NAMES, is_solution, is_test
from autograder.notebook.course import Course, load_config

SKIP_TAG = "nbval-skip"
RELEASED = "released"  # in a released notebook's metadata: the hash of its cells


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


class NoteContents(NbGraderPreprocessor):  # type: ignore[misc]
    """Store a hash of the released cells, by which a later release notices answers in it."""

    def preprocess(
        self, notebook: NotebookNode, resources: ResourcesDict
    ) -> tuple[NotebookNode, ResourcesDict]:
        """Return the notebook with a hash of its cells in its metadata."""
        notebook.metadata[RELEASED] = _contents(notebook)
        return notebook, resources


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
STUDENT_STEPS = [ClearHiddenTests, ComputeChecksums, CheckCellMetadata, NoteContents]
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
    says what the solutions have in common with the tests (`in_common`), and of each solution
    cell which names the teacher's own solution defines for the tests.
    """
    notebook, resources = copy.deepcopy(source), ResourcesDict()
    for step in TEMPLATE_STEPS:
        notebook, resources = step().preprocess(notebook, resources)
    tested = frozenset().union(*(used(cell.source) for cell in source.cells if is_test(cell)))
    for solution, stub in zip(source.cells, notebook.cells, strict=True):
        if is_solution(stub) and stub.cell_type == "code":
            stub.metadata[ANSWER_NAMES] = sorted(bound(solution.source) & tested)
    in_common.note(notebook, source)
    return notebook


def release(course: Course, name: str) -> Path:
    """Write the student's notebook of the assignment `name` and return its path.

    It writes over whatever is there (see `was_changed`). The same source gives the same bytes.
    Raises UsageError for an unknown assignment or a source that nbgrader refuses.
    """
    course.source(name)  # an unknown name is refused before anything is written
    with TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        _generate(course, name, db_url=f"sqlite:///{scratch}/gradebook.db")
    return course.released(name)


def was_changed(path: Path) -> bool:
    """Return whether a released notebook was written in since it was released.

    Running it changes nothing: only the text of its cells counts. A file that is no notebook
    counts as changed, one that is not there does not.
    """
    if not path.exists():
        return False
    try:
        notebook = notebooks.read(path)
        if RELEASED in notebook.metadata:
            return bool(notebook.metadata[RELEASED] != _contents(notebook))
        graded = [
            cell for cell in notebook.cells if "checksum" in cell.metadata.get("nbgrader", {})
        ]
        return any(cell.metadata.nbgrader.checksum != compute_checksum(cell) for cell in graded)
    except Exception:  # whatever a damaged file makes nbformat stumble over
        return True


def _contents(notebook: NotebookNode) -> str:
    cells = [[cell.cell_type, cell.source] for cell in notebook.cells]
    return hashlib.sha256(json.dumps(cells).encode()).hexdigest()


def _generate(course: Course, name: str, db_url: str) -> None:
    config: Any = copy.deepcopy(load_config(course.root))
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
