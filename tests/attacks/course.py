"""A course whose one chapter has what can be attacked, and ways to hand it in.

Five exercises of two points each: numbers, arrays, a function that gets a function of the
tests, and a Keras model. `solved` answers all but the model, which costs time: 8 points.
"""

import copy
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from tests.support import tiny_course
from tests.support.tiny_course import cell, graded

HONEST = 8.0  # what `solved` earns
HIDDEN = "the-expected-value-is-1554"  # stands in hidden tests; no student may ever see it

_SOLUTION = "    ### BEGIN SOLUTION\n{}\n    ### END SOLUTION"
_STUBS = {
    "double": ("def double(number):", "    return 2 * number"),
    "area": ("def area(height, width):", "    return height * width"),
    "blur": ("def blur(image):", "    return (image[:, :-1] + image[:, 1:]) / 2"),
    "twice": ("def twice(function, number):", "    return function(function(number))"),
    "network": (
        "def network(filters):",
        "    return keras.Sequential([keras.Input((5, 6, 3)), keras.layers.Conv2D(filters, 3)])",
    ),
}
_TESTS = {
    "double-test": """\
checks.returns(double, (5,), 10, {"off-by-one": [11]})
### BEGIN HIDDEN TESTS
secret = "SECRET"
checks.returns(double, (777,), 1554)
assert double(-3) == -6, secret
### END HIDDEN TESTS""".replace("SECRET", HIDDEN),
    "area-test": """\
import math

for height, width in [(2, 3), (4, 5)]:
    if area(height, width) != height * width:
        raise WrongAnswer(f"area returned {area(height, width)}", "too-small")""",
    "area-test-2": """\
tolerance = 0.1
assert area(31, 64) == AREAS[31, 64]
assert abs(area(3, 5) - 15) < tolerance and math.isclose(area(3, 5), 15)
assert isinstance(area(3, 5), (int, float)) and area(4, 4) == square(4)""",
    "blur-test": """\
checks.returns(blur, (IMAGE,), blurred(IMAGE), tolerance=tolerance)
### BEGIN HIDDEN TESTS
large = np.linspace(0.0, 1.0, 60_000).reshape(200, 300)
checks.returns(blur, (large,), blurred(large), tolerance=1e-6)
checks.returns(blur, (IMAGE.T,), blurred(IMAGE.T), tolerance=tolerance)
### END HIDDEN TESTS""",
    "twice-test": """\
seen = []

def noted(number):
    seen.append(number)
    return number + 3

answer = twice(noted, 4)
if answer != 10 or seen != [4, 7]:
    raise WrongAnswer(f"twice(f, 4) called f with {seen} and returned {answer}", "too-large")
assert twice(square, 3) == 81

def skipped(stream):
    next(stream)
    return stream

assert next(twice(skipped, (letter for letter in "abcd"))) == 'c'""",
    "network-test": """\
for filters in (2, 7):
    model = network(filters)
    if not isinstance(model, keras.Model):
        raise WrongAnswer(f"network({filters}) returned a {type(model).__name__}", "raises")
    assert model.count_params() == 28 * filters
    assert tuple(model.output_shape) == (None, 3, 4, filters)
    assert model(np.ones((2, 5, 6, 3), "float32")).shape == (2, 3, 4, filters)""",
}
_POINTS = {"area-test": 1, "area-test-2": 1}
_LESSON = """\
AREAS = {(31, 64): 1984}
IMAGE = np.arange(12.0).reshape(3, 4)

def square(number):
    return number * number

def blurred(image):
    return (image[:, :-1] + image[:, 1:]) / 2"""
# Names that an earlier test has used for something of its own.
_LESSON_2 = """\
tolerance = 1e-6
stream = iter("xyz")"""


def source_notebook() -> NotebookNode:
    """Return the instructor's notebook."""
    cells = [
        new_markdown_cell("# A chapter under attack", id="title"),
        new_code_cell(
            "import numpy as np\nimport keras\n"
            "from autograder import checks\nfrom autograder.checks import WrongAnswer",
            id="setup",
        ),
        new_code_cell(_LESSON, id="lesson"),
    ]
    for name, (head, body) in _STUBS.items():
        if name == "blur":
            cells.append(new_code_cell(_LESSON_2, id="lesson-2"))
        cells.append(new_markdown_cell(f"### {name}", id=f"text-{name}"))
        cells.append(graded(f"{head}\n{_SOLUTION.format(body)}", name))
        for test, source in _TESTS.items():
            if test.startswith(f"{name}-test"):
                cells.append(graded(source, test, _POINTS.get(test, 2)))
    return cast(NotebookNode, new_notebook(cells=cells))


def make(folder: Path) -> None:
    """Write the course folder, with the chapter as `q1`."""
    tiny_course.make_course(folder)
    tiny_course.write_source(folder, source_notebook())


def right(name: str) -> str:
    """Return the right answer to an exercise."""
    head, body = _STUBS[name]
    return f"{head}\n{body}"


def solved(released: NotebookNode, **answers: str) -> NotebookNode:
    """Return the student's notebook, solved but for the network, or as given by `answers`."""
    notebook = copy.deepcopy(released)
    texts = {name: right(name) for name in _STUBS if name != "network"} | answers
    for name, text in texts.items():
        cell(notebook, name).source = text
    return notebook


# --- One student for each attack ---

Make = Callable[[NotebookNode, Path], NotebookNode | bytes | str | None]


@dataclass(frozen=True)
class Attack:
    """A submission, and what it must get of ten points."""

    make: Make  # returns the notebook, or None if it wrote the folder (its second argument) itself
    status: str = "partial"
    score: float = HONEST
    reason: str = "network: not-answered"  # a part of it


def answering(**answers: str) -> Make:
    """Return a way to hand in these answers; the other exercises are solved."""
    return lambda released, _folder: solved(released, **answers)


def first(code: str, **answers: str) -> Make:
    """Return a way to hand in a cell of the student's own before all others."""
    return _inserted(0, code, answers)


def last(code: str, **answers: str) -> Make:
    """Return a way to hand in a cell of the student's own after all others."""
    return _inserted(10_000, code, answers)


def before(name: str, code: str, **answers: str) -> Make:
    """Return a way to hand in a cell of the student's own right before the cell `name`."""

    def make(released: NotebookNode, _folder: Path) -> NotebookNode:
        notebook = solved(released, **answers)
        place = notebook.cells.index(cell(notebook, name))
        notebook.cells.insert(place, new_code_cell(code))
        return notebook

    return make


def edited(edit: Callable[[NotebookNode], object], **answers: str) -> Make:
    """Return a way to hand in a notebook that `edit` has changed."""

    def make(released: NotebookNode, _folder: Path) -> NotebookNode:
        notebook = solved(released, **answers)
        edit(notebook)
        return notebook

    return make


def _inserted(place: int, code: str, answers: dict[str, str]) -> Make:
    return edited(lambda notebook: notebook.cells.insert(place, new_code_cell(code)), **answers)
