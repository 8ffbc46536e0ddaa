"""Steps for nbgrader's own commands: `nbgrader autograde`, and the button in formgrader.

nbgrader_config.py puts `SealedExecute` in the place of nbgrader's `Execute`. nbgrader reads
a cell's score off its outputs, so these are made to say what the verdict is.
"""

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


class SealedExecute(NbGraderPreprocessor):  # type: ignore[misc]  # nbgrader has no type hints
    """Run a submission as `autograder grade` does: rebuilt, sealed, judged from outside."""

    timeout = Integer(60, help="Seconds that one cell may take.").tag(config=True)
    memory = Integer(4096, help="MB of address space of one submission.").tag(config=True)

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._known: dict[tuple[str, str], frozenset[str]] = {}

    def preprocess(
        self, notebook: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Return the notebook as graded. Raises RuntimeError where it could not be run."""
        from autograder.execution import sealed  # Linux's: releasing reads this file anywhere
        from autograder.sandbox.confine import why_not

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
        outcome = sealed.run(task(rebuilt, owner, course, self.timeout, self.memory, own))
        if outcome["infra"] is not None:
            raise RuntimeError(f"the notebook could not be run: {outcome['infra']}")
        executed = notebooks.node(outcome["notebook"])
        verdicts = {
            each.grade_id: each
            for each in assess.verdicts(
                rebuilt.notebook, outcome, self._no_numbers(course, assignment, name, template)
            )
        }
        for cell in executed.cells:
            if is_test(cell):
                _show(cell, verdicts[cell.metadata.nbgrader.grade_id])
        return executed, resources

    def _no_numbers(
        self, course: Course, assignment: str, name: str, template: NotebookNode
    ) -> frozenset[str]:
        """Return the tests whose last value is no number for the teacher's own solution."""
        from autograder.execution import sealed

        if not any(is_test(cell) and may_show_a_value(cell.source) for cell in template.cells):
            return frozenset()
        if (assignment, name) not in self._known:
            solved = rebuild(template, notebooks.read(course.source(assignment, name)))
            owner = ("the teacher", assignment)
            outcome = sealed.run(task(solved, owner, course, self.timeout, self.memory))
            self._known[assignment, name] = frozenset(assess.no_numbers(solved.notebook, outcome))
        return self._known[assignment, name]


STEPS = [SealedExecute, LimitOutput, SaveAutoGrades, AssignLatePenalties, CheckCellMetadata]


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
