"""What a student runs: the checks of their own notebook, in their own Python and folder."""

from pathlib import Path

from autograder.errors import UsageError
from autograder.execution import kernel
from autograder.grading.original import find_original
from autograder.notebook import cells, notebooks
from autograder.results.assess import verdicts
from autograder.results.verdict import Exercise, exercises
from autograder.submissions import intake
from autograder.submissions.rebuild import rebuild
from autograder.task import Task


def check(path: Path, cell_timeout: int) -> tuple[Exercise, ...]:
    """Run a student's own notebook and return its exercises, with their visible checks' verdicts.

    Where the course's own version of it is at hand, answers are found and checks are restored as
    for grading. Cells tagged `demo` are skipped unless an answer uses them. Raises UsageError if
    there is no notebook to run, or no check in it.
    """
    try:
        notebook = intake.load(path)
    except intake.Unreadable as problem:
        raise UsageError(f"{path} cannot be checked: {problem}") from problem
    original = find_original(path, notebook)
    if original is not None:
        notebook = rebuild(original, notebook).notebook
    if not any(cells.is_test(cell) for cell in notebook.cells):
        raise UsageError(
            f"{path} has no checks: is it a notebook of this course? If it lost its marks "
            "elsewhere (in Colab, for example), run this in the course's folder"
        )
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
    return exercises(verdicts(notebook, outcome))
