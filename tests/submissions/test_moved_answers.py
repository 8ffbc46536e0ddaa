"""A right answer counts wherever in the notebook it stands, and whatever became of its cell."""

import contextlib
import copy
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.authoring.release import template
from autograder.notebook.cells import (
    answer_names,
    grade_id,
    is_demonstration,
    is_solution,
    is_test,
)
from autograder.submissions.rebuild import Rebuilt, rebuild
from tests.support.tiny_course import graded

STUB = "### BEGIN SOLUTION\n{}\n### END SOLUTION"
INNER = "    ### BEGIN SOLUTION\n    {}\n    ### END SOLUTION"
ANSWERS = {
    "scale": "def scale(x):\n    return FACTOR * x",
    "pair": "low, high = 2, 5",
    "shape": "shape: tuple = (SIZE, SIZE + 1)",
    "total": "import math\ntotal = 0\nfor n in range(4):\n    total += n",
    "widest": "def widest(a):\n    return max(len(row) for row in pad(a))",
}
STUBS = {
    "scale": "def scale(x):\n" + INNER.format("return FACTOR * x"),
    "pair": STUB.format("low, high = 2, 5"),
    "shape": "shape = ...\n" + STUB.format("shape = (SIZE, SIZE + 1)"),
    "total": "total = ...\n" + STUB.format("total = 6"),
    "widest": "def widest(a):\n" + INNER.format("return max(len(row) for row in pad(a))"),
}
TESTS = {
    "scale": "assert scale(4) == 12",
    "pair": "assert (low, high) == (2, 5)",
    "shape": "assert shape == (7, 8)\n### BEGIN HIDDEN TESTS\nassert len(shape) == 2\n"
    "### END HIDDEN TESTS",
    "total": "checked = 1\nassert total == 6\n### BEGIN HIDDEN TESTS\nstart = 0\n"
    "assert total + start == 6\n### END HIDDEN TESTS",
    "widest": "assert widest([[1], [1, 2]]) == 3",
}


def source() -> NotebookNode:
    """Return a chapter whose exercises stand between cells of the lesson that they build on."""
    cells = [
        new_markdown_cell("# A chapter", id="title"),
        new_code_cell("FACTOR = 3", id="factor"),
        new_code_cell("DEPTH = [1]", metadata={"tags": ["demo"]}, id="depth"),
    ]
    lesson = {
        "pair": new_code_cell("SIZE = 7", id="size"),
        "total": new_code_cell("def pad(a):\n    return [[0, *row] for row in a]", id="pad"),
    }
    for name in ANSWERS:
        cells += [
            new_markdown_cell(f"### Exercise: {name}", id=f"text-{name}"),
            graded(STUBS[name], name),
            graded(TESTS[name], f"{name}-test", 1),
        ]
        if name in lesson:
            cells.append(lesson[name])
    notebook: NotebookNode = new_notebook(cells=cells)
    return notebook


SOURCE = source()
TEMPLATE = template(SOURCE)


def released() -> NotebookNode:
    """Return the chapter as students get it."""
    notebook = copy.deepcopy(TEMPLATE)
    for cell in notebook.cells:
        cell.metadata.pop("answer_names", None)
        cell.source = cell.source.split("\n### BEGIN HIDDEN TESTS")[0]
    return notebook


def solved(**answers: str) -> NotebookNode:
    """Return the chapter with right answers, or those given."""
    notebook = released()
    for cell in notebook.cells:
        if is_solution(cell):
            cell.source = (ANSWERS | answers)[grade_id(cell)]
    return notebook


def passed(rebuilt: Rebuilt) -> set[str]:
    """Run a rebuilt notebook from top to bottom; return the tests that pass."""
    names: dict[str, object] = {}
    found = set()
    for cell in rebuilt.notebook.cells:
        if cell.cell_type != "code" or is_demonstration(cell):
            continue
        with contextlib.suppress(Exception):
            exec(compile(cell.source, "cell", "exec"), names)  # noqa: S102
            if is_test(cell):
                found.add(grade_id(cell).removesuffix("-test"))
    return found


def grade(notebook: NotebookNode) -> set[str]:
    """Return the exercises that a submitted notebook passes."""
    return passed(rebuild(TEMPLATE, notebook))


# --- what editors and students do to a notebook ---


def at(notebook: NotebookNode, name: str) -> NotebookNode:
    """Return the cell with this id."""
    found: NotebookNode = next(cell for cell in notebook.cells if cell.get("id") == name)
    return found


def _all_in_the_first(notebook: NotebookNode) -> None:
    first = at(notebook, "scale")
    first.source = "\n\n".join(ANSWERS.values())
    notebook.cells = [c for c in notebook.cells if not is_solution(c) or c is first]


def _all_in_the_last(notebook: NotebookNode) -> None:
    last = at(notebook, "widest")
    last.source = "\n\n".join(ANSWERS.values())
    for cell in notebook.cells:
        if is_solution(cell) and cell is not last:
            cell.source = at(released(), grade_id(cell)).source


def _below_the_tests(notebook: NotebookNode) -> None:
    for name, answer in ANSWERS.items():
        at(notebook, name).source = at(released(), name).source
        at(notebook, f"{name}-test").source += f"\n\n{answer}"


def _above_the_tests(notebook: NotebookNode) -> None:
    for name, answer in ANSWERS.items():
        at(notebook, name).source = at(released(), name).source
        test = at(notebook, f"{name}-test")
        test.source = f"{answer}\n{test.source}"


def _in_place_of_the_text(notebook: NotebookNode) -> None:
    for name, answer in ANSWERS.items():
        at(notebook, name).source = at(released(), name).source
        text = at(notebook, f"text-{name}")
        text.cell_type, text.source, text.outputs = "code", answer, []


def _in_a_lesson(notebook: NotebookNode) -> None:
    at(notebook, "pair").source = at(released(), "pair").source
    at(notebook, "factor").source += "\nlow, high = 2, 5"


def _at_the_end(notebook: NotebookNode) -> None:
    for name in ANSWERS:
        at(notebook, name).source = at(released(), name).source
    notebook.cells += [new_code_cell(answer) for answer in ANSWERS.values()]


def _at_the_end_with_helpers(notebook: NotebookNode) -> None:
    at(notebook, "scale").source = at(released(), "scale").source
    notebook.cells += [
        new_code_cell("def inner():\n    return base"),
        new_code_cell("base = FACTOR"),
        new_code_cell("def scale(x):\n    return inner() * x"),
    ]


def _answer_edited_into_the_test(notebook: NotebookNode) -> None:
    at(notebook, "scale").source = at(released(), "scale").source
    at(notebook, "scale-test").source = f"{ANSWERS['scale']}\nassert scale(1) == 'no'"


def _without_ids(notebook: NotebookNode) -> None:
    for number, cell in enumerate(notebook.cells):
        cell.metadata, cell["id"] = {}, f"other-{number}"


def _as_the_test_prepares(notebook: NotebookNode) -> None:
    """A line of an answer may be a line of a test as well, of a hidden one, too."""
    at(notebook, "total").source = "start = 0\nchecked = 1\ntotal = start + 5 * checked + 1"


def _helper_after_the_answer(notebook: NotebookNode) -> None:
    notebook.cells.insert(
        notebook.cells.index(at(notebook, "scale")) + 1,
        new_code_cell("def scale(x):\n    return 3 * x"),
    )


def _demonstration_used(notebook: NotebookNode) -> None:
    at(notebook, "scale").source = "def scale(x):\n    return (DEPTH[0] + 2) * x"


def _demonstration_used_through_a_helper(notebook: NotebookNode) -> None:
    notebook.cells.insert(2, new_code_cell("def three():\n    return DEPTH[0] + 2"))
    at(notebook, "scale").source = "def scale(x):\n    return three() * x"


def _the_stub_behind_the_answer(notebook: NotebookNode) -> None:
    for name, answer in ANSWERS.items():
        at(notebook, name).source = f"{answer}\n\n{at(released(), name).source}"


def _magics(notebook: NotebookNode) -> None:
    at(notebook, "total").source = "total = sum(range(4))"
    _without_ids(notebook)


EDITS: list[Callable[[NotebookNode], None]] = [
    _all_in_the_first,
    _all_in_the_last,
    _below_the_tests,
    _above_the_tests,
    _in_place_of_the_text,
    _in_a_lesson,
    _at_the_end,
    _at_the_end_with_helpers,
    _answer_edited_into_the_test,
    _without_ids,
    _as_the_test_prepares,
    _helper_after_the_answer,
    _demonstration_used,
    _demonstration_used_through_a_helper,
    _the_stub_behind_the_answer,
    _magics,
]


@pytest.mark.parametrize("edit", EDITS)
@pytest.mark.parametrize("ids", [True, False])
def test_all_answers_count(edit: Callable[[NotebookNode], None], ids: bool) -> None:
    notebook = solved()
    edit(notebook)
    if not ids:
        _without_ids(notebook)
    rebuilt = rebuild(TEMPLATE, notebook)
    assert passed(rebuilt) == set(ANSWERS)
    assert rebuilt.unanswered == rebuilt.notes == ()


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("shape", "shape: tuple = (7, 8)"),
        ("shape", "shape, other = (7, 8), 1"),
        ("shape", "for shape in [(7, 8)]:\n    pass"),
        ("shape", "import contextlib\nwith contextlib.nullcontext((7, 8)) as shape:\n    pass"),
        ("shape", "print(shape := (7, 8))"),
        ("scale", "scale: object = lambda x: 3 * x"),
        ("scale", "if True:\n    def scale(x):\n        return 3 * x"),
        ("total", "from math import tau as total\ntotal = 6"),
        ("scale", "class scale(int):\n    def __new__(cls, x):\n        return 3 * x"),
        (
            "scale",
            "try:\n    from nowhere import scale\nexcept ImportError:\n"
            "    def scale(x): return 3 * x",
        ),
    ],
)
def test_an_answer_is_found_without_ids_however_it_is_named(name: str, answer: str) -> None:
    notebook = solved(**{name: answer})
    _without_ids(notebook)
    assert grade(notebook) == set(ANSWERS)


def test_what_was_changed_of_the_lesson_and_the_tests_is_the_teachers_again() -> None:
    notebook = solved()
    at(notebook, "factor").source = "FACTOR = 5"
    at(notebook, "scale-test").source = "assert False"
    at(notebook, "total-test").source = "checked = 2\nassert total == 7"
    rebuilt = rebuild(TEMPLATE, notebook)
    assert passed(rebuilt) == set(ANSWERS)
    assert len(rebuilt.notebook.cells) == len(TEMPLATE.cells)


def test_the_source_itself_is_a_submission_without_a_rest() -> None:
    """Its hidden tests are the template's own, and no code of a student's."""
    rebuilt = rebuild(TEMPLATE, SOURCE)
    assert passed(rebuilt) == set(ANSWERS)
    assert [cell.id for cell in rebuilt.notebook.cells] == [cell.id for cell in TEMPLATE.cells]


def test_a_guessed_hidden_check_is_treated_like_any_other_line() -> None:
    """What vanished from the feedback would tell a student of a right guess."""
    guess = "assert len(shape) == 2"  # is one of the hidden checks, and this is none:
    other = "assert len(shape) == 3"
    for name in ("scale", "shape-test", "text-pair"):
        found = []
        for line in (guess, other):
            notebook = solved()
            cell = at(notebook, name)
            if cell.cell_type == "markdown":
                cell.cell_type, cell.source, cell.outputs = "code", "", []
            cell.source += f"\n{line}"
            cells = rebuild(TEMPLATE, notebook).notebook.cells
            own = (each.source for each in cells if not is_test(each))
            found.append([text.replace(line, "…") for text in own])
        assert found[0] == found[1]


def test_a_name_of_a_hidden_test_moves_no_code_of_a_students() -> None:
    """Whether `from … import *` stands before an answer must not tell what hidden tests name."""
    notebook = solved(total="total = floor(6.5)")
    notebook.cells.append(new_code_cell("from math import *"))
    orders = []
    for hidden in ("floor = 1", "other = 1"):
        source = copy.deepcopy(SOURCE)
        at(
            source, "shape-test"
        ).source += f"\n### BEGIN HIDDEN TESTS\n{hidden}\n### END HIDDEN TESTS"
        cells = rebuild(template(source), notebook).notebook.cells
        orders.append([cell.source for cell in cells if not is_test(cell)])
    assert orders[0] == orders[1]


def test_a_name_that_only_a_test_defines_does_not_hide_a_demonstrations() -> None:
    source = copy.deepcopy(SOURCE)
    at(source, "scale-test").source += "\nDEPTH = [7]"
    notebook = solved(scale="def scale(x):\n    return (DEPTH[0] + 2) * x")
    rebuilt = rebuild(template(source), notebook)
    assert not is_demonstration(at(rebuilt.notebook, "depth"))


def test_what_a_stub_begins_stays_where_the_answer_goes_on_from_it() -> None:
    source = copy.deepcopy(SOURCE)
    at(source, "total").source = "total = 0\n" + STUB.format("total += 6")
    with_start = template(source)
    for answer in (
        "total = 0\nfor n in range(4):\n    total += n",
        "print(total := 7)\ntotal = 0\ntotal += 6",
        "total = 6\ntotal = 0",
    ):
        rebuilt = rebuild(with_start, solved(total=answer))
        assert "total" in passed(rebuilt), answer


def test_an_untouched_stub_answers_nothing() -> None:
    rebuilt = rebuild(TEMPLATE, released())
    assert passed(rebuilt) == set()
    assert set(rebuilt.unanswered) == set(ANSWERS)
    assert rebuilt.is_blank


def test_a_wrong_answer_stays_wrong_wherever_it_stands() -> None:
    notebook = solved(scale="def scale(x):\n    return 4 * x")
    notebook.cells.append(notebook.cells.pop(notebook.cells.index(at(notebook, "scale"))))
    assert grade(notebook) == set(ANSWERS) - {"scale"}


def test_a_later_try_does_not_replace_an_answer_in_its_place() -> None:
    """As in Jupyter, run from top to bottom: the test comes first."""
    notebook = solved()
    notebook.cells.append(new_code_cell("def scale(x):\n    return 0"))
    assert grade(notebook) == set(ANSWERS)


def test_the_names_of_a_solution_without_a_stub_come_from_the_teachers() -> None:
    names = {grade_id(cell): answer_names(cell) for cell in TEMPLATE.cells if is_solution(cell)}
    assert names["pair"] == {"low", "high"}


# --- any edits at all ---

EDIT = st.sampled_from(
    ["merge", "move", "split", "copy", "stub", "into-test", "into-text", "scratch", "ids", "type"]
)


def edited(notebook: NotebookNode, what: str, draw: st.DataObject) -> None:
    """Do one thing that leaves every right answer in the notebook."""
    solutions = [c for c in notebook.cells if c.get("id") in ANSWERS and c.source.strip()]
    codes = [c for c in notebook.cells if c.cell_type == "code" and c.get("id") != "depth"]
    if not solutions:
        return
    one = draw.draw(st.sampled_from(solutions))
    stub = at(released(), one.id).source
    if what == "merge":
        other = draw.draw(st.sampled_from(solutions))
        if other is not one:
            other.source += f"\n\n{one.source}"
            notebook.cells.remove(one)
    elif what == "move":
        notebook.cells.remove(one)
        notebook.cells.insert(draw.draw(st.integers(0, len(notebook.cells))), one)
    elif what == "split":
        head, *rest = one.source.split("\n\n")
        if rest:
            one.source = head
            new = new_code_cell("\n\n".join(rest))
            notebook.cells.insert(notebook.cells.index(one) + 1, new)
    elif what == "copy":
        place = notebook.cells.index(one)
        notebook.cells.insert(place, copy.deepcopy(one))
    elif what == "stub":
        place = draw.draw(st.integers(0, len(notebook.cells)))
        notebook.cells.insert(place, new_code_cell(one.source))
        one.source = stub
    elif what == "into-test":
        other = draw.draw(st.sampled_from(codes))
        if other not in solutions:
            other.source += f"\n\n{one.source}"
            one.source = stub
    elif what == "into-text":
        texts = [c for c in notebook.cells if c.cell_type == "markdown" and c not in solutions]
        if texts:
            text = draw.draw(st.sampled_from(texts))
            text.cell_type, text.source, text.outputs = "code", one.source, []
            one.source = stub
    elif what == "scratch":
        place = draw.draw(st.integers(0, len(notebook.cells)))
        notebook.cells.insert(place, new_code_cell("scratch = 1\nprint(scratch)"))
    elif what == "ids":
        for number, cell in enumerate(notebook.cells):
            cell.metadata, cell["id"] = {}, f"other-{number}"
    elif what == "type":
        one.cell_type = draw.draw(st.sampled_from(["raw", "markdown"]))


@settings(max_examples=300, deadline=None)
@given(st.lists(EDIT, max_size=6), st.data())
def test_any_edits_keep_full_marks(edits: list[str], data: st.DataObject) -> None:
    notebook = solved()
    for what in edits:
        edited(notebook, what, data)
    assert grade(notebook) == set(ANSWERS)
