"""What a student runs: the checks in their own notebook, as they are in the file."""

from pathlib import Path

from autograder.errors import UsageError
from autograder.execution import kernel
from autograder.notebook import cells, notebooks
from autograder.results import verdict
from autograder.results.verdict import Exercise
from autograder.submissions import intake
from autograder.task import Task


def check(path: Path, cell_timeout: int) -> tuple[Exercise, ...]:
    """Run a student's own notebook in this Python, in its own folder.

    Returns its exercises with the verdicts of their visible checks.

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
    return verdict.exercises(verdict.verdicts(notebook, outcome))
