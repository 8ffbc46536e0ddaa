"""Whatever is handed in: a submission or one line that says what is wrong with it."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nbformat import NotebookNode

from autograder.authoring.release import template
from autograder.notebook import notebooks
from autograder.submissions import intake
from autograder.submissions.intake import Folder, Submission, student_id
from autograder.submissions.rebuild import rebuild
from tests.support import tiny_course

QUICK = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
TEMPLATE = template(tiny_course.source_notebook())

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=8,
)
marks = st.fixed_dictionaries(
    {},
    optional={
        "grade_id": st.sampled_from(["double", "double-test", "area", "none"]) | json_values,
        "solution": json_values,
        "grade": json_values,
        "points": json_values,
        "schema_version": json_values,
    },
)
cells = st.fixed_dictionaries(
    {},
    optional={
        "cell_type": st.sampled_from(["code", "markdown", "raw", "heading"]) | json_values,
        "source": st.text() | st.lists(st.text(max_size=9), max_size=3) | json_values,
        "input": st.text(max_size=9) | json_values,
        "id": st.sampled_from(["double", "area"]) | json_values,
        "metadata": st.fixed_dictionaries({"nbgrader": marks | json_values}) | json_values,
        "outputs": json_values,
        "level": json_values,
    },
)
some_cells = st.lists(cells, max_size=4) | json_values
almost_notebooks = st.fixed_dictionaries(
    {"nbformat": st.sampled_from([3, 4, 4, 4]) | json_values},
    optional={
        "nbformat_minor": st.integers(0, 9) | json_values,
        "metadata": json_values,
        "cells": some_cells,
        "worksheets": st.lists(st.fixed_dictionaries({"cells": some_cells})) | json_values,
    },
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """One submission's folder."""
    path = tmp_path_factory.mktemp("submitted") / "ann/q1"
    path.mkdir(parents=True)
    return Folder("ann", "q1", path)


def read(folder: Folder, content: bytes) -> Submission:
    """Hand in a file, and check the rule that this page is about."""
    (folder.path / "a.ipynb").write_bytes(content)
    found = intake.read(folder)
    if found.notebook is None:
        assert found.problem
        assert found.problem.isprintable()
        assert len(found.problem) < 300
    else:
        assert found.problem is None
        rebuilt = rebuild(TEMPLATE, found.notebook)  # what comes next can use it
        notebooks.text(rebuilt.notebook).encode()
    return found


@QUICK
@given(content=st.binary(max_size=300))
def test_any_bytes(folder: Folder, content: bytes) -> None:
    assert read(folder, content).notebook is None


@QUICK
@given(text=st.text(alphabet='{}[]":,0123456789.eE+-nulltruefacsb \\', max_size=60))
def test_anything_like_json(folder: Folder, text: str) -> None:
    assert read(folder, text.encode()).notebook is None


@QUICK
@given(data=json_values)
def test_any_json(folder: Folder, data: Any) -> None:
    assert read(folder, json.dumps(data).encode()).notebook is None


@QUICK
@given(data=almost_notebooks)
def test_anything_like_a_notebook(folder: Folder, data: Any) -> None:
    read(folder, json.dumps(data).encode())


@QUICK
@given(data=st.data())
def test_a_damaged_notebook(folder: Folder, released: NotebookNode, data: st.DataObject) -> None:
    content = bytearray(json.dumps(tiny_course.solved(released)).encode())
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place : place + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=9))
    read(folder, bytes(content))


@pytest.mark.parametrize("depth", [10, 300, 900, 100_000])
@pytest.mark.parametrize("where", ["metadata", "source", "outputs", "x"])
def test_any_depth(folder: Folder, depth: int, where: str) -> None:
    cell = {"cell_type": "code", "source": "", "metadata": {}, "outputs": [], where: "DEEP"}
    text = json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [cell]})
    read(folder, text.replace('"DEEP"', "[" * depth + "]" * depth).encode())


def test_what_the_grader_does_not_read_costs_nothing(
    folder: Folder, released: NotebookNode
) -> None:
    notebook = tiny_course.solved(released)
    plain = read(folder, json.dumps(notebook).encode())
    for cell in notebook.cells:
        cell.metadata["x"] = {"y": [1, {"z": "1"}]}
        if cell.cell_type == "code":
            cell.outputs = [{"output_type": "nonsense", "data": {"text/html": "<b>"}}]
    assert read(folder, json.dumps(notebook).encode()) == plain


@QUICK
@given(name=st.text(min_size=1) | st.binary(min_size=1).map(os.fsdecode))
def test_any_name_is_a_safe_id(name: str, tmp_path: Path) -> None:
    safe = student_id(name)
    assert safe.isprintable()
    assert len(safe) <= 100
    assert not set(safe) & set('/\\\0*?<>|":;')
    assert safe[0] not in "=+-@. "
    assert safe == safe.strip(" .")
    assert student_id(safe) == safe
    if len(safe.encode()) <= 255:  # what a file system takes
        (tmp_path / safe).mkdir(exist_ok=True)
        assert (tmp_path / safe).parent == tmp_path


@QUICK
@given(names=st.sets(st.text(min_size=1).filter(lambda name: not name.startswith("id-"))))
def test_two_names_are_two_ids(names: set[str]) -> None:
    assert len({student_id(name) for name in names}) == len(names)


def test_student_ids() -> None:
    assert student_id("amara-okafor") == "amara-okafor"
    assert student_id("*") != student_id("?")
    for name in ("../x", "a+b", "=x", "x" * 300, "tab\t", " ", "x ", "."):
        safe = student_id(name)
        assert safe != name
        assert student_id(safe) == safe
