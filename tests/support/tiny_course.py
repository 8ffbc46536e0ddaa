"""A course with one tiny chapter (two exercises, no TensorFlow), and ways to hand it in.

`CLASS` holds one submission for each thing that can be right or wrong with one.
"""

import copy
import json
import os
import shutil
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

REPOSITORY = Path(__file__).parents[2]
NAME = "tiny.ipynb"

DOUBLE = """\
def double(number):
    \"\"\"Return twice the number.\"\"\"
    ### BEGIN SOLUTION
    return 2 * number
    ### END SOLUTION"""
DOUBLE_TEST = """\
if double(5) != 10:
    raise WrongAnswer(f"double(5) returned {double(5)}", "too-large")
### BEGIN HIDDEN TESTS
if double(777) != 1554:
    raise WrongAnswer(f"double(777) returned {double(777)} and not 1554", "too-small")
### END HIDDEN TESTS"""
AREA = """\
def area(height, width):
    ### BEGIN SOLUTION
    return height * width
    ### END SOLUTION"""
AREA_TEST = (
    'if area(2, 3) != 6:\n    raise WrongAnswer(f"area(2, 3) returned {area(2, 3)}", "too-small")'
)
AREA_TEST_2 = """\
assert area(4, 5) == 20
### BEGIN HIDDEN TESTS
assert area(31, 64) == 1984, "hidden: area(31, 64) is 1984"
### END HIDDEN TESTS"""


def graded(source: str, grade_id: str, points: int | None = None) -> NotebookNode:
    """Return an answer's cell, or with `points` a test's, as nbgrader marks them."""
    mark: dict[str, Any] = {
        "grade_id": grade_id,
        "grade": points is not None,
        "solution": points is None,
        "locked": points is not None,
        "task": False,
        "schema_version": 3,
    }
    if points is not None:
        mark["points"] = points
    return cast(NotebookNode, new_code_cell(source, metadata={"nbgrader": mark}, id=grade_id))


def source_notebook() -> NotebookNode:
    """Return the instructor's notebook."""
    cells = [
        new_markdown_cell("# A tiny chapter\n\nSee [a page](https://example.org).", id="title"),
        new_code_cell("from autograder.checks import WrongAnswer", id="setup"),
        new_code_cell(
            "raise RuntimeError('demo cells are not run')",
            metadata={"tags": ["demo"]},
            id="demo",
        ),
        new_markdown_cell("### Exercise 1: double", id="text-1"),
        graded(DOUBLE, "double"),
        graded(DOUBLE_TEST, "double-test", 2),
        new_markdown_cell("### Exercise 2: area", id="text-2"),
        graded(AREA, "area"),
        graded(AREA_TEST, "area-test", 1),
        graded(AREA_TEST_2, "area-test-2", 2),
    ]
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    return cast(NotebookNode, new_notebook(cells=cells, metadata=metadata))


SECTIONS = {"double": "Twice, “two times”", "area": "Areas"}
"""Where the chapter explains what an exercise asks for."""


def make_course(folder: Path) -> None:
    """Write a course folder with the tiny chapter as `q1`, and where it explains an exercise."""
    (folder / "solutions/q1").mkdir(parents=True)
    lines = "".join(f'{name} = "{heading}"\n' for name, heading in SECTIONS.items())
    (folder / "solutions/sections.toml").write_text(f"[q1]\n{lines}", encoding="utf-8")
    shutil.copy(REPOSITORY / "nbgrader_config.py", folder)
    write_source(folder, source_notebook())


def write_source(course: Path, notebook: NotebookNode) -> None:
    """Write the instructor's notebook of `q1`."""
    (course / "solutions/q1" / NAME).write_text(json.dumps(notebook), encoding="utf-8")


def cell(notebook: NotebookNode, name: str) -> NotebookNode:
    """Return the cell with this id."""
    return cast(NotebookNode, next(each for each in notebook.cells if each.id == name))


def solved(released: NotebookNode, **answers: str) -> NotebookNode:
    """Return the student's notebook with both exercises solved, or as given by `answers`."""
    right = {
        "double": "def double(number):\n    return number + number",
        "area": "def area(height, width):\n    return width * height",
    }
    notebook = copy.deepcopy(released)
    for name, text in (right | answers).items():
        cell(notebook, name).source = text
    return notebook


def hand_in(folder: Path, student: str, notebook: NotebookNode | bytes | str) -> Path:
    """Write one submission of `q1` and return the notebook's path."""
    if isinstance(notebook, NotebookNode):
        notebook = json.dumps(notebook)
    if isinstance(notebook, str):
        notebook = notebook.encode()
    path = folder / student / "q1" / NAME
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(notebook)
    return path


# --- One student for each case: how to hand in, the status, the score of five, the reason ---

Make = Callable[[NotebookNode, Path], NotebookNode | bytes | str | None]


@dataclass(frozen=True)
class Case:
    make: Make  # returns what to write, or None if it wrote the folder (its second argument) itself
    status: str
    score: float
    reason: str  # a part of it


def _with(**answers: str) -> Make:
    return lambda released, _: solved(released, **answers)


def _edited(edit: Callable[[NotebookNode], object], **answers: str) -> Make:
    def make(released: NotebookNode, _: Path) -> NotebookNode:
        notebook = solved(released, **answers)
        edit(notebook)
        return notebook

    return make


def _raw(content: bytes) -> Make:
    return lambda _released, _folder: content


def _function(body: str) -> str:
    return f"def double(number):\n    {body}"


def _drop_tests(notebook: NotebookNode) -> None:
    notebook.cells = [each for each in notebook.cells if "test" not in each.id]


def _double_tests(notebook: NotebookNode) -> None:
    notebook.cells += [copy.deepcopy(each) for each in notebook.cells if "test" in each.id]


def _reverse(notebook: NotebookNode) -> None:
    notebook.cells.reverse()


def _rewrite_metadata(notebook: NotebookNode) -> None:
    for each in notebook.cells:
        if "nbgrader" in each.metadata:
            each.metadata.nbgrader |= {
                "points": 100,
                "grade": False,
                "locked": False,
                "solution": True,
                "schema_version": 99,
            }


def _skip_tests(notebook: NotebookNode) -> None:
    for each in notebook.cells:
        if "test" in each.id:
            each.metadata["tags"] = ["skip-execution", "demo"]


def _edit_tests(notebook: NotebookNode) -> None:
    for each in notebook.cells:
        if "test" in each.id:
            each.source = "pass"


def _split(notebook: NotebookNode) -> None:
    first, second = cell(notebook, "double"), copy.deepcopy(cell(notebook, "double"))
    first.source, second.source, second.id = "TWO = 2", _function("return TWO * number"), "copy"
    notebook.cells.insert(notebook.cells.index(first) + 1, second)


def _copied(notebook: NotebookNode) -> NotebookNode:
    """The answer went into a copy of the cell; the stub still stands below it."""
    stub = cell(notebook, "double")
    answer = copy.deepcopy(stub)
    answer.source, answer.id = _function("return 2 * number"), "copy"
    notebook.cells.insert(notebook.cells.index(stub), answer)
    return notebook


def _add_helper(notebook: NotebookNode) -> None:
    helper = new_code_cell(
        "import sys, warnings\n"
        "def warn():\n"
        "    print('careful', file=sys.stderr)\n"
        "    warnings.warn('careful')\n"
        "print('seen before any hidden test')"
    )
    logger = new_code_cell("print('asked for', asked)")
    notebook.cells.insert(3, helper)
    notebook.cells.append(logger)


def _colab(notebook: NotebookNode) -> None:
    for number, each in enumerate(notebook.cells):
        each.metadata = {"id": f"colab{number}"}
        each.id = f"c{number}"


def _to_raw(notebook: NotebookNode) -> None:
    each = cell(notebook, "double")
    each.cell_type = "raw"
    del each["outputs"], each["execution_count"]


def _quit(notebook: NotebookNode) -> None:
    notebook.cells.insert(2, new_code_cell("exit()"))
    notebook.cells.insert(3, new_code_cell("import sys; sys.exit(3)"))


def _as_ir(notebook: NotebookNode) -> None:
    notebook.metadata["kernelspec"] = {"name": "ir", "display_name": "R", "language": "R"}


def _old_format(released: NotebookNode, _: Path) -> str:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return json.dumps(nbformat.convert(solved(released), 3))


def _two(released: NotebookNode, folder: Path) -> None:
    for name in (NAME, "tiny (1).ipynb"):
        (folder / name).write_text(json.dumps(solved(released)), encoding="utf-8")


def _renamed(released: NotebookNode, folder: Path) -> None:
    (folder / "tiny (1).ipynb").write_text(json.dumps(solved(released)), encoding="utf-8")
    (folder / "._tiny.ipynb").write_bytes(b"\0\5\26\7")  # what a Mac puts beside it


def _link(released: NotebookNode, folder: Path) -> None:
    target = folder.parent.parent.parent / "elsewhere.ipynb"
    target.write_text(json.dumps(solved(released)), encoding="utf-8")
    (folder / NAME).symlink_to(target)


def _linked_folder(released: NotebookNode, folder: Path) -> None:
    target = folder.parent.parent.parent / "elsewhere"
    target.mkdir()
    (target / NAME).write_text(json.dumps(solved(released)), encoding="utf-8")
    folder.rmdir()
    folder.symlink_to(target)


def _fifo(_: NotebookNode, folder: Path) -> None:
    os.mkfifo(folder / NAME)


def _word(_: NotebookNode, folder: Path) -> None:
    (folder / "tiny.docx").write_bytes(b"PK")


def _bom(released: NotebookNode, _: Path) -> bytes:
    return b"\xef\xbb\xbf" + json.dumps(solved(released)).encode()


def _truncated(released: NotebookNode, _: Path) -> bytes:
    text = json.dumps(solved(released)).encode()
    return text[: len(text) // 3]


def _big(released: NotebookNode, _: Path) -> bytes:
    return json.dumps(solved(released)).encode() + b" " * 20_000_001


MEMORISED = _function("return {5: 10}.get(number, 0)")
LOGGING = """\
asked = []
def double(number):
    warn()
    asked.append(number)
    print("asked for", number)
    return 2 * number"""

CLASS: dict[str, Case] = {
    # right, however it looks
    "right": Case(_with(), "ok", 5, ""),
    "bom": Case(_bom, "ok", 5, ""),
    "cell-type": Case(_edited(_to_raw), "ok", 5, ""),
    "colab": Case(_edited(_colab), "ok", 5, ""),
    "copied": Case(
        lambda released, _: _copied(solved(released, double=cell(released, "double").source)),
        "ok",
        5,
        "",
    ),
    "helper": Case(_edited(_add_helper, double=LOGGING), "ok", 5, ""),
    "old-format": Case(_old_format, "ok", 5, ""),
    "other-kernel": Case(_edited(_as_ir), "ok", 5, ""),
    "quits": Case(_edited(_quit), "ok", 5, ""),
    "renamed": Case(_renamed, "ok", 5, ""),
    "split": Case(_edited(_split), "ok", 5, ""),
    "tests-deleted": Case(_edited(_drop_tests), "ok", 5, ""),
    "tests-doubled": Case(_edited(_double_tests), "ok", 5, ""),
    "tests-reordered": Case(_edited(_reverse), "ok", 5, ""),
    # wrong, whatever it claims
    "half": Case(_with(double=_function("return number**2")), "partial", 3, "double: too-large"),
    "memorised": Case(_with(double=MEMORISED), "partial", 3, "double: too-small"),
    "metadata": Case(
        _edited(_rewrite_metadata, double=_function("return 0")), "partial", 3, "double: too-large"
    ),
    "skipped": Case(
        _edited(_skip_tests, double=_function("return 0")), "partial", 3, "double: too-large"
    ),
    "tests-edited": Case(
        _edited(_edit_tests, double=_function("return 0")), "partial", 3, "double: too-large"
    ),
    "syntax-error": Case(
        _with(double="def double(number:"),
        "partial",
        3,
        "double: the cell with the answer stops with SyntaxError",
    ),
    "one-answered": Case(
        lambda released, _: solved(released, area=cell(released, "area").source),
        "partial",
        2,
        "area: not-answered",
    ),
    "none-right": Case(
        _with(double=_function("return 'ten'"), area="def area(a, b): return 0"),
        "failed",
        0,
        "area: too-small",
    ),
    "blank": Case(lambda released, _: released, "blank", 0, "no answer was written"),
    # cut short
    "endless": Case(
        _with(double=_function("while True: pass")), "timeout", 3, "a test of double ran too long"
    ),
    "exits": Case(
        _with(area="import os\ndef area(height, width):\n    os._exit(0)"),
        "died",
        2,
        "a test of area ended the kernel; area: was not reached",
    ),
    "hog": Case(
        _with(double=_function("return bytearray(10**11)")), "out-of-memory", 3, "more memory"
    ),
    "flood": Case(
        _with(double=_function("while True: print('x' * 1000)")), "output-limit", 3, "more output"
    ),
    # nothing to grade
    "big": Case(_big, "unreadable", 0, "larger than 20 MB"),
    "empty-file": Case(_raw(b""), "unreadable", 0, "the file is empty"),
    "fifo": Case(_fifo, "unreadable", 0, "not an ordinary file"),
    "format-99": Case(_raw(b'{"nbformat": 99, "cells": []}'), "unreadable", 0, "format 99"),
    "html": Case(_raw(b"<!DOCTYPE html><html>Log in</html>"), "unreadable", 0, "a web page"),
    "json": Case(_raw(b'["not", "a", "notebook"]'), "unreadable", 0, "not a notebook"),
    "latin-1": Case(_raw('{"é": 1}'.encode("latin-1")), "unreadable", 0, "not UTF-8"),
    "linked": Case(_link, "unreadable", 0, "is a link"),
    "linked-folder": Case(_linked_folder, "unreadable", 0, "is a link"),
    "no-notebook": Case(_word, "unreadable", 0, "no notebook was handed in, only tiny.docx"),
    "other-notebook": Case(
        lambda _released, _folder: new_notebook(cells=[new_code_cell("1 + 1")]),
        "tampered",
        0,
        "none of the notebook's cells is one for answers",
    ),
    "structure": Case(
        _raw(b'{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [{"source": 3}]}'),
        "unreadable",
        0,
        "structure is damaged",
    ),
    "truncated": Case(_truncated, "unreadable", 0, "cut off"),
    "two": Case(_two, "unreadable", 0, "2 notebooks were handed in"),
}


def hand_in_class(folder: Path, released: NotebookNode, makes: Mapping[str, Make]) -> None:
    """Write a whole class's submissions, each as its student makes it."""
    for student, make in makes.items():
        own = folder / student / "q1"
        own.mkdir(parents=True)
        content = make(released, own)
        if content is not None:
            hand_in(folder, student, content)
