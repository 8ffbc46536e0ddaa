"""A task as the grader describes one, and one run of it in a sandbox."""

from collections.abc import Sequence
from typing import Any

from nbformat import NotebookNode

from autograder.execution import sealed
from autograder.notebook import notebooks
from autograder.task import CellRun, Outcome, Task
from tests.support.tiny_course import REPOSITORY

DATA = str(REPOSITORY / "data")


def task(
    notebook: NotebookNode | None = None,
    answers: Sequence[str] = (),
    *,
    cell_timeout: int = 60,
    memory: int | None = 1024,
    folder: str | None = None,
    data: str | None = None,
    preload: Sequence[str] = (),
    seed: int = 1,
    beside: dict[str, str] | None = None,
    own: dict[str, str] | None = None,
) -> Task:
    """Return a task that runs `notebook`; without one, for tests that run nothing."""
    return Task(
        notebook={} if notebook is None else notebooks.plain(notebook),
        answers=list(answers),
        cell_timeout=cell_timeout,
        memory=memory,
        folder=folder,
        data=data,
        preload=list(preload),
        seed=seed,
        beside=beside or {},
        own=own or {},
    )


def runs_of_tests(lesson: str, name: str, answer: str, tests: Sequence[str]) -> list[CellRun]:
    """Return what became of each of these tests of one answer, `name`, in one sealed notebook."""
    mark: dict[str, Any] = {"grade_id": name, "grade": False, "solution": True}
    cells = [notebooks.code_cell(lesson, {}), notebooks.code_cell(answer, {"nbgrader": mark})]
    for number, test in enumerate(tests):
        mark = {"grade_id": f"test-{number}", "grade": True, "solution": False, "points": 1}
        cells.append(notebooks.code_cell(test, {"nbgrader": mark}))
    return run_once(task(notebooks.notebook(cells), [name]))["cells"][2:]


def run_once(work: Task) -> Outcome:
    """Run a task in a sandbox, and end the warm interpreter, too."""
    try:
        outcome = sealed.run(work)
    finally:
        sealed.close()
    assert outcome["infra"] is None
    return outcome
