"""Whatever is handed in: a submission or one line that says what is wrong with it."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from nbformat import NotebookNode

from autograder.authoring.release import template
from autograder.notebook import notebooks
from autograder.submissions import intake
from autograder.submissions.intake import Submission
from autograder.submissions.layout import Folder
from autograder.submissions.rebuild import rebuild
from autograder.submissions.tree import OnDisk
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
    return Folder("ann", "q1", OnDisk(path))


def read(folder: Folder, content: bytes) -> Submission:
    """Hand in a file, and check the rule that this page is about."""
    assert isinstance(folder.entry, OnDisk)
    (folder.entry.path / "a.ipynb").write_bytes(content)
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


# --- files that are not JSON: what is missing, and what is too much ---


@QUICK
@given(data=st.data())
def test_a_file_that_is_cut_off_is_said_to_be(
    folder: Folder, released: NotebookNode, data: st.DataObject
) -> None:
    notebook = tiny_course.solved(released)
    notebook.metadata["x"] = [True, None, -1.5e-7, 'é\u2028\\"\n', {"y": False}]
    text = json.dumps(notebook, ensure_ascii=data.draw(st.booleans())).encode()
    place = data.draw(st.integers(1, len(text) - 1) | st.integers(len(text) - 120, len(text) - 1))
    assert read(folder, text[:place]).problem == "the file is cut off: its end is missing"


@QUICK
@given(more=st.text(min_size=1).filter(lambda text: text.strip(" \t\r\n")))
@example("x")
@example("}")
@example('"')
@example("\0")
@example("\n{}")
def test_a_file_that_goes_on_after_its_end_is_not_cut_off(
    folder: Folder, released: NotebookNode, more: str
) -> None:
    text = json.dumps(tiny_course.solved(released)) + more
    problem = read(folder, text.encode("utf-8", "replace")).problem
    assert problem is not None
    assert problem.startswith("after the end of the notebook the file goes on with something else")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"nbformat": 4} }', "the file goes on with something else, in line 1"),
        ('{"nbformat": 4}\n\n{"nbformat": 4}', "the file goes on with something else, in line 3"),
        ('{"nbformat": 4,}', "damaged"),
        ('{"cells": [}', "damaged"),
        ('{"cells": [1 2]}', "damaged"),
        ("nothing", "damaged"),
        ("{} x", "damaged"),  # no notebook ends there
        ("[1] x", "damaged"),
        ('{"cells": [\n<<<<<<< HEAD\n1\n=======\n2\n>>>>>>> b\n]}', "merge conflict"),
        ('{"cells": [tru', "cut off"),
        ('{"cells": [1, ', "cut off"),
        ('{"cells": ["a', "cut off"),
    ],
)
def test_what_is_wrong_with_json(folder: Folder, text: str, told: str) -> None:
    problem = read(folder, text.encode()).problem
    assert problem is not None
    assert told in problem
    assert ("cut off" in problem) == (told == "cut off")
