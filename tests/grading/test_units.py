"""Rules of single modules that a whole run shows too seldom."""

import json
import os
from pathlib import Path

import pytest
from nbformat import NotebookNode

from autograder.authoring.release import template
from autograder.execution import engine, kernel, sealed
from autograder.notebook import notebooks
from autograder.notebook.cells import is_hidden_line, without_hidden_tests
from autograder.results.table import plain_cell
from autograder.submissions import intake
from autograder.submissions.rebuild import rebuild
from autograder.task import Outcome, Task
from tests.grading import tiny_course

TASK = Task(notebook={}, answers=[], cell_timeout=1, memory=None, folder=None, data=None, seed=0)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@sum", "=cmd|' /C calc'!A0"])
def test_formulas_become_text(text: str) -> None:
    assert plain_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "ok", "1-2", "none (trusted)"])
def test_text_stays(text: str) -> None:
    assert plain_cell(text) == text


def test_hidden_lines() -> None:
    source = "a\n### BEGIN HIDDEN TESTS\nb\n### END HIDDEN TESTS\nc"
    assert [is_hidden_line(source, line) for line in range(1, 6)] == [
        False,
        True,
        True,
        True,
        False,
    ]
    assert is_hidden_line(source, None)
    assert is_hidden_line(source, 99)
    assert not is_hidden_line("a", None)
    assert without_hidden_tests(source) == "a\nc"


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


def test_student_ids() -> None:
    assert intake.student_id("amara-okafor") == "amara-okafor"
    assert intake.student_id("*") != intake.student_id("?")
    for name in ("../x", "a+b", "=x", "x" * 300, "tab\t", " ", "x ", "."):
        safe = intake.student_id(name)
        assert safe != name
        assert intake.student_id(safe) == safe


@pytest.mark.parametrize("run", [kernel.run, sealed.run])
def test_a_task_and_its_outcome_are_json(run: engine.Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURSE_TOKEN", "secret")
    cells = ["import os; print(os.environ.get('COURSE_TOKEN'), os.listdir())", "1 / 0"]
    notebook = notebooks.notebook([notebooks.code_cell(source, {}) for source in cells])
    task = Task(**TASK)
    task |= {"notebook": notebooks.plain(notebook), "cell_timeout": 60, "memory": 1024}
    outcome = run(json.loads(json.dumps(task)))
    sealed.close()
    assert json.loads(json.dumps(outcome)) == outcome
    assert [(run["ok"], run["ename"], run["line"]) for run in outcome["cells"]] == [
        (True, "", None),
        (False, "ZeroDivisionError", 1),
    ]
    assert outcome["notebook"]["cells"][0]["outputs"][0]["text"] == "None []\n"


# --- the engine, with functions that misbehave in place of a real run ---


def run_or_die(task: Task) -> Outcome:
    """End the worker process for one task, and run the others."""
    if task["cell_timeout"] == 13:
        os._exit(1)
    return Outcome(notebook={}, cells=[], seconds=0.0, infra=None, isolation="test", remarks=[])


def run_second_time_only(task: Task) -> Outcome:
    """Fail at the first try of each task, as a kernel that did not start."""
    mark = Path(task["folder"] or "", str(task["cell_timeout"]))
    infra = None if mark.exists() else "no kernel"
    mark.touch()
    return Outcome(notebook={}, cells=[], seconds=0.0, infra=infra, isolation="test", remarks=[])


def test_a_dying_worker_costs_nobody_else() -> None:
    tasks = [(number, Task(**{**TASK, "cell_timeout": number})) for number in range(8, 18)]
    outcomes = dict(engine.run_all(tasks, engine.kernel_slots(2, run_or_die)))
    assert {number for number, outcome in outcomes.items() if outcome["infra"]} == {13}
    assert outcomes[13]["infra"] == "the worker process ended"
    assert len(outcomes) == 10


def test_what_failed_once_is_run_again(tmp_path: Path) -> None:
    tasks = [
        (number, Task(**{**TASK, "cell_timeout": number, "folder": str(tmp_path)}))
        for number in range(3)
    ]
    outcomes = dict(engine.run_all(tasks, engine.kernel_slots(2, run_second_time_only)))
    assert [outcomes[number]["infra"] for number in range(3)] == [None, None, None]
