"""Steps for nbgrader's own commands: `nbgrader autograde`, and the button in formgrader.

nbgrader_config.py puts `SealedExecute` in the place of nbgrader's `Execute`. nbgrader reads
a cell's score off its outputs, so these are made to say what the verdict is.
"""

from functools import cache
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader.api import Gradebook  # noqa: F401  (nbgrader must be imported before its steps)
from nbgrader.preprocessors import (
    AssignLatePenalties,
    CheckCellMetadata,
    LimitOutput,
    NbGraderPreprocessor,
    SaveAutoGrades,
)
from traitlets import Integer

from autograder.authoring.release import read_template
from autograder.notebook import notebooks
from autograder.notebook.cells import is_test, may_show_a_value
from autograder.notebook.course import Course, find_course
from autograder.results import assess
from autograder.results.hint_wording import for_student
from autograder.results.verdict import Verdict
from autograder.submissions import own_files
from autograder.submissions.rebuild import rebuild, task
from autograder.submissions.tree import OnDisk
from autograder.task import Outcome, Task


class SealedExecute(NbGraderPreprocessor):  # type: ignore[misc]  # nbgrader has no type hints
    """Run a submission as `autograder grade` does: rebuilt, sealed, judged from outside."""

    timeout = Integer(60, help="Seconds that one cell may take.").tag(config=True)
    memory = Integer(4096, help="MB of address space of one submission.").tag(config=True)

    def preprocess(
        self, notebook: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Return the notebook as graded. Raises RuntimeError where it could not be run."""
        from autograder.sandbox.confine import (
            why_not,
        )  # Linux's: releasing reads this file anywhere

        reason = why_not()
        if reason is not None:
            raise RuntimeError(f"students' code cannot be sealed off on this machine: {reason}")
        course = find_course(Path.cwd())
        assignment = resources["nbgrader"]["assignment"]
        name = resources["nbgrader"]["notebook"]
        template = read_template(course, assignment, name)
        rebuilt = rebuild(template, notebook)
        owner = (resources["nbgrader"]["student"], assignment)
        folder = OnDisk(Path(resources["metadata"]["path"]))
        own, _ = own_files.read(folder, list(course.beside(assignment)))
        limits = self.timeout, self.memory
        outcome = _run(task(rebuilt, owner, course, *limits, own))
        executed = notebooks.node(outcome["notebook"])
        no_numbers: frozenset[str] = frozenset()
        if any(is_test(cell) and may_show_a_value(cell.source) for cell in template.cells):
            source = course.source(assignment, name)
            no_numbers = _no_numbers(course, assignment, source, source.stat().st_mtime_ns, limits)
        found = assess.verdicts(rebuilt.notebook, outcome, no_numbers)
        verdicts = {each.grade_id: each for each in found}
        for cell in executed.cells:
            if is_test(cell):
                _show(cell, verdicts[cell.metadata.nbgrader.grade_id])
        return executed, resources


STEPS = [SealedExecute, LimitOutput, SaveAutoGrades, AssignLatePenalties, CheckCellMetadata]


def _run(work: Task) -> Outcome:
    from autograder.execution import sealed  # Linux's: releasing reads this file anywhere

    outcome = sealed.run(work)
    if outcome["infra"] is not None:
        raise RuntimeError(f"the notebook could not be run: {outcome['infra']}")
    return outcome


# nbgrader makes the steps anew for each notebook, so what holds for all stays here.
@cache
def _no_numbers(
    course: Course, assignment: str, source: Path, _changed: int, limits: tuple[int, int]
) -> frozenset[str]:
    """Return the tests whose last value is no number for the teacher's own solution."""
    from autograder.grading.rehearsal import OWNER  # which needs Linux's, too

    solved = rebuild(read_template(course, assignment, source.stem), notebooks.read(source))
    outcome = _run(task(solved, (OWNER, assignment), course, *limits))
    return frozenset(assess.no_numbers(solved.notebook, outcome))


def _show(cell: NotebookNode, given: Verdict) -> None:
    """Make a test cell's outputs say its score in nbgrader's way, and nothing else."""
    shown = []
    for output in cell.outputs:
        if output.output_type == "stream":
            output.name = "stdout"  # nbgrader takes any word on stderr for a failure
        if output.output_type != "execute_result":
            shown.append(output)
    if 0 < given.points < given.max_points:
        text = {"text/plain": f"{given.points:g}"}
        shown = [each for each in shown if each.output_type != "error"]
        shown.append(notebooks.output("execute_result", data=text, execution_count=None))
    elif not given.passed and not any(each.output_type == "error" for each in shown):
        message = for_student(given)
        error = {"ename": "NotRun", "evalue": message, "traceback": [message]}
        shown.append(notebooks.output("error", **error))
    cell.outputs = shown
