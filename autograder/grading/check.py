"""What a student runs: the checks of their own notebook, in their own Python and folder."""

from pathlib import Path

from autograder.errors import UsageError
from autograder.execution import kernel
from autograder.execution.kernel_process import Kernel
from autograder.grading.original import find_original
from autograder.notebook import cells, notebooks
from autograder.results import assess
from autograder.results.verdict import Exercise, exercises
from autograder.submissions import intake
from autograder.submissions.rebuild import rebuild
from autograder.task import Task


def check(path: Path, cell_timeout: int, running: Kernel | None = None) -> tuple[Exercise, ...]:
    """Run a student's own notebook and return its exercises, with their visible checks' verdicts.

    It runs in the kernel `running`, if one was started in the notebook's folder already.

    Where the course's own version of it is at hand, answers are found and checks are restored as
    for grading. Cells tagged `demo` are skipped unless an answer uses them. There are no
    exercises in a notebook that a teacher marks by hand. Raises UsageError if there is no notebook
    to run, or it is none of a course.
    """
    try:
        notebook = intake.load(path)
    except intake.Unreadable as problem:
        raise UsageError(f"{path} cannot be checked: {problem}") from problem
    original = find_original(path, notebook)
    if original is None:
        _know_language(path)
    else:
        notebook = rebuild(original, notebook).notebook
    if not any(cells.is_test(cell) for cell in notebook.cells):
        if any(cells.is_graded(cell) or cells.is_task(cell) for cell in notebook.cells):
            return ()
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
            beside={},
            own={},
            preload=[],
            seed=0,
        ),
        running,
    )
    if outcome["infra"] is not None:
        raise UsageError(f"the notebook could not be run: {outcome['infra']}")
    no_numbers = assess.no_numbers(notebook, outcome)  # here nobody deceives anybody
    return exercises(assess.verdicts(notebook, outcome, no_numbers))


def _know_language(path: Path) -> None:
    """Raise UsageError for a notebook that is for another language than Python."""
    try:
        language = notebooks.other_language(notebooks.read(path))
    except Exception:  # of an old format, or oddly put together: it was read all the same
        return
    if language is not None:
        raise UsageError(f"{path} is for the kernel {language}; only Python's can be checked here")
