"""What a student runs: the checks in their own notebook, as they are in the file."""

from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

from autograder.errors import UsageError
from autograder.execution import kernel
from autograder.notebook import cells, notebooks
from autograder.results import verdict
from autograder.results.verdict import Verdict
from autograder.submissions import intake
from autograder.task import Task


@dataclass(frozen=True)
class Line:
    """One exercise: its points as the visible checks see them, and what to tell the student."""

    exercise: str
    points: float
    max_points: float
    message: str  # empty if all its checks pass


def check(path: Path, cell_timeout: int) -> list[Line]:
    """Run a student's own notebook in this Python, in its own folder; one line an exercise.

    Cells tagged `demo` are skipped. Raises UsageError if there is no notebook to run, or no
    check in it.
    """
    try:
        notebook = intake.load(path)
    except intake.Unreadable as problem:
        raise UsageError(f"{path} cannot be checked: {problem}") from problem
    if not any(cells.is_test(cell) for cell in notebook.cells):
        raise UsageError(f"{path} has no checks: is it a notebook of this course?")
    outcome = kernel.run(
        Task(
            notebook=notebooks.plain(notebook),
            answers=[],
            cell_timeout=cell_timeout,
            memory=None,
            folder=str(path.parent.resolve()),
            data=None,
            preload=[],
            seed=0,
        )
    )
    if outcome["infra"] is not None:
        raise UsageError(f"the notebook could not be run: {outcome['infra']}")
    return _lines(notebook, verdict.verdicts(notebook, outcome))


def _lines(notebook: NotebookNode, verdicts: tuple[Verdict, ...]) -> list[Line]:
    lines = []
    for exercise in dict.fromkeys(each.exercise for each in verdicts):
        tests = [each for each in verdicts if each.exercise == exercise]
        messages = [verdict.for_student(each) for each in tests if not each.passed]
        lines.append(
            Line(
                exercise=exercise,
                points=sum(each.points for each in tests),
                max_points=sum(each.max_points for each in tests),
                message=messages[0] if messages else "",
            )
        )
    return lines
