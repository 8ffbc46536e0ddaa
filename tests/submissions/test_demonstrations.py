"""Which demonstrations of a chapter run because an answer uses something of them."""

import pytest
from nbformat import NotebookNode

from autograder.notebook import notebooks
from autograder.notebook.cells import SKIP_TAG
from autograder.notebook.course import Course
from autograder.submissions.demonstrations import needed

LATER = "limit = 4"
CHAPTER = [
    "size = 3",
    "def area(side):\n    return min(side * size, limit)",
    "rows = [area(2)]",
    "rows.append(size)",
    LATER,
    "size, rows = 5, [limit]",
    "shown = rows",
]


def cells(sources: list[str]) -> list[NotebookNode]:
    """Return demonstrations with these texts."""
    return [notebooks.code_cell(each, {"tags": [SKIP_TAG]}) for each in sources]


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ("answer = 1", set()),
        ("answer = limit", {4}),
        ("answer = size", {0, 4, 5}),  # that the fifth gives `rows` a value, too, needs `limit`
        ("answer = shown", {0, 1, 2, 3, 4, 5, 6}),
        ("answer = area(2)", {0, 1, 4, 5}),  # its function looks `limit` up when it is called
    ],
)
def test_an_answer_needs_what_comes_before_what_it_uses(answer: str, found: set[int]) -> None:
    assert needed(cells(CHAPTER), [answer], []) == found


def test_a_demonstration_does_not_need_what_comes_after_it() -> None:
    later = [*CHAPTER[:2], "limit = 1", "twice = 2 * limit", LATER]
    assert needed(cells(later), ["answer = twice"], []) == {2, 3}


def test_a_helper_counts_if_an_answer_uses_it() -> None:
    assert needed(cells(CHAPTER), ["answer = helper"], ["helper = limit", "other = area"]) == {4}


def test_numbers_of_a_chapter_do_not_bring_its_measurements_along(course: Course) -> None:
    """Question 2 defines its layers at its beginning; later it starts processes to measure."""
    template = notebooks.read(course.released("q2")).cells
    chosen = needed(template, ["answer = LAYERS"], [])
    assert chosen
    assert not any("subprocess.run" in template[index].source for index in chosen)
