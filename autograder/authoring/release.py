"""From the instructor's notebook to the student's, through nbgrader and our preprocessors.

`nbgrader generate_assignment` does the same with the repository's `nbgrader_config.py`.
"""

import contextlib
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
    IncludeHeaderFooter,
    LockCells,
    NbGraderPreprocessor,
    SaveCells,
)
from nbgrader.utils import compute_checksum
from traitlets.config import Config

import autograder.notebook.nbgrader_patch  # noqa: F401
from autograder.authoring import autotest
from autograder.errors import UsageError
from autograder.names import bound, used
from autograder.notebook import in_common, notebooks
from autograder.notebook.cells import (
    ANSWER_NAMES,
    HIDDEN_BEGIN,
    HIDDEN_END,
    is_solution,
    is_test,
)
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


def read_template(
    course: Course, name: str, notebook: str | None = None, cache: Path | None = None
) -> NotebookNode:
    """Return the notebook that submissions of an assignment are graded with: see `template`.

    `notebook` says which, of an assignment with several. nbgrader's AUTOTEST lines are made into
    tests (`autotest`), anew only if the file `cache` does not hold them. Raises UsageError if they
    cannot be, or the source cannot be read.
    """
    path, config = course.source(name, notebook), load_config(course.root)
    try:
        source = _with_header(notebooks.read(path), course, config)
    except Exception as problem:  # whatever a broken file makes nbformat stumble over
        raise UsageError(f"{path} cannot be read as a notebook: {problem}") from problem
    language = notebooks.other_language(source)
    if language is not None:
        raise UsageError(f"{path} is for the kernel {language}; only Python's can be graded here")
    if autotest.has_any(source):
        source = autotest.instantiate(source, path.parent, course.root, config, cache)
    try:
        return template(source, config)
    except Exception as refused:  # nbgrader's steps say in an error what is wrong with a cell
        raise UsageError(f"nbgrader cannot read {path}: {refused}") from refused


def _with_header(source: NotebookNode, course: Course, config: Config) -> NotebookNode:
    """Return a notebook between the header and the footer that the course's notebooks have."""
    with contextlib.chdir(course.root):  # their paths are relative to it
        whole, _ = IncludeHeaderFooter(config=config).preprocess(source, ResourcesDict())
    return notebooks.node(whole)


def template(source: NotebookNode, config: Config | None = None) -> NotebookNode:
    """Return the notebook that submissions are graded with, as a copy of the instructor's.

    Solutions are stubs, hidden tests are there, lesson cells keep their outputs. The metadata
    says what the solutions have in common with the tests (`in_common`), and of each solution
    cell which names the teacher's own solution defines for the tests. `config` is the course's.
    """
    notebook, resources = copy.deepcopy(source), ResourcesDict()
    hidden = ClearHiddenTests(config=config)  # a course may have other words for them
    for cell in filter(is_test, notebook.cells):
        text = cell.source.replace(hidden.begin_test_delimeter, HIDDEN_BEGIN)
        cell.source = text.replace(hidden.end_test_delimeter, HIDDEN_END)
    for step in TEMPLATE_STEPS:
        notebook, resources = step(config=config).preprocess(notebook, resources)
    tested = frozenset().union(*(used(cell.source) for cell in source.cells if is_test(cell)))
    for solution, stub in zip(source.cells, notebook.cells, strict=True):
        if is_solution(stub) and stub.cell_type == "code":
            stub.metadata[ANSWER_NAMES] = sorted(bound(solution.source) & tested)
    in_common.note(notebook, source)
    return notebook


def release(course: Course, name: str) -> list[Path]:
    """Write the students' notebooks of the assignment `name` and return their paths.

    It writes over whatever is there (see `was_changed`). The same source gives the same bytes.
    Raises UsageError for an unknown assignment or a source that nbgrader refuses.
    """
    paths = released(course, name)  # an unknown name is refused before anything is written
    with (
        TemporaryDirectory(ignore_cleanup_errors=True) as scratch,
        contextlib.chdir(course.root),  # where nbgrader's own command is run
    ):
        _generate(course, name, db_url=f"sqlite:///{scratch}/gradebook.db")
    return paths


def released(course: Course, name: str) -> list[Path]:
    """Return where the students' notebooks of an assignment lie; they need not exist yet."""
    return [course.released(name, each) for each in course.notebooks_of(name)]


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
    config.CourseDirectory.root = course.folders_root
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
