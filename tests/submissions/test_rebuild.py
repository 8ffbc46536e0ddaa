"""The template with the answers of a submission."""

from pathlib import Path

from nbformat import NotebookNode

from autograder.authoring.release import template
from autograder.notebook.course import find_course
from autograder.submissions.rebuild import rebuild, task
from tests.support import tiny_course


def test_rebuilt_notebook_is_the_template_with_the_answers(released: NotebookNode) -> None:
    graded_with = template(tiny_course.source_notebook())
    rebuilt = rebuild(graded_with, tiny_course.solved(released))
    assert [cell.id for cell in rebuilt.notebook.cells] == [cell.id for cell in graded_with.cells]
    changed = [
        ours.id
        for ours, theirs in zip(rebuilt.notebook.cells, graded_with.cells, strict=True)
        if ours.source != theirs.source
    ]
    assert changed == ["double", "area"]
    assert (rebuilt.found, rebuilt.unanswered, rebuilt.is_blank) == (2, (), False)


def test_missing_answer_keeps_the_stub_and_is_noted(released: NotebookNode) -> None:
    notebook = tiny_course.solved(released)
    notebook.cells.remove(tiny_course.cell(notebook, "area"))
    rebuilt = rebuild(template(tiny_course.source_notebook()), notebook)
    assert rebuilt.notes == ("the solution cell of area is missing",)
    assert (rebuilt.found, rebuilt.unanswered, rebuilt.is_blank) == (1, ("area",), False)


def test_random_numbers_are_each_students_own_and_the_same_again(
    tiny: Path, released: NotebookNode
) -> None:
    course = find_course(tiny)
    rebuilt = rebuild(template(tiny_course.source_notebook()), tiny_course.solved(released))
    owners = [("ann", "q1"), ("ben", "q1"), ("ann", "q2"), ("ann", "q1")]
    seeds = [task(rebuilt, owner, course, 60, 1024)["seed"] for owner in owners]
    assert len(set(seeds)) == 3
    assert seeds[0] == seeds[3]
