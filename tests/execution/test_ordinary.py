"""Tests that other teachers write: right answers pass when sealed, and wrong ones never do."""

import ast
from typing import Any

import pytest

from autograder.execution import sealed
from autograder.notebook import in_common, notebooks
from autograder.task import CellRun, Outcome
from tests.execution import ordinary
from tests.execution.found_in_courses import FOUND, REFUSED
from tests.execution.ordinary import Case
from tests.support.tasks import DATA, task

CASES = ordinary.CASES | FOUND
assert len(CASES) == len(ordinary.CASES) + len(FOUND), "two cases have one name"


def mark(name: str, **more: Any) -> dict[str, Any]:
    """Return the metadata of an nbgrader cell."""
    return {"nbgrader": {"grade_id": name, "grade": False, "solution": False, **more}}


def run(cases: dict[str, Case], right: bool, first: str = "", last: str = "") -> Outcome:
    """Run the cases in one notebook, with the right answers or the wrong ones."""
    cells = [notebooks.code_cell(first, {"autograder": "extra"})] if first else []
    for name, case in cases.items():
        if case.lesson:
            cells.append(notebooks.code_cell(case.lesson, {}))
        answer = case.right if right else case.wrong
        cells.append(notebooks.code_cell(answer, mark(name, solution=True)))
        cells.append(notebooks.code_cell(case.test, mark(f"{name}-test", grade=True, points=1)))
    if last:
        cells.append(notebooks.code_cell(last, {"autograder": "extra"}))
    notebook = notebooks.notebook(cells)
    solutions = [case.right for case in cases.values()]
    notebook.metadata["autograder"] = in_common.found(solutions)
    outcome = sealed.run(
        task(
            notebook,
            sorted({name for solution in solutions for name in defined(solution)}),
            memory=4096,
            data=DATA,
            preload=["numpy", "pandas", "matplotlib.pyplot"],
        )
    )
    assert (outcome["infra"], outcome["remarks"]) == (None, [])
    return outcome


def defined(solution: str) -> set[str]:
    """Return the names that a solution defines, as a template's stub would."""
    found: set[str] = set()
    for node in ast.parse(solution).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Assign):
            found |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    return found


def by_case(outcome: Outcome) -> dict[str, CellRun]:
    """Return what became of each case's test."""
    found = {}
    for each in outcome["cells"]:
        cell = outcome["notebook"]["cells"][each["index"]]
        name = cell["metadata"].get("nbgrader", {}).get("grade_id", "")
        if name.endswith("-test"):
            found[name.removesuffix("-test")] = each
    return found


@pytest.fixture(scope="module")
def right() -> dict[str, CellRun]:
    """All cases with their right answers."""
    return by_case(run(CASES, right=True))


@pytest.fixture(scope="module")
def wrong() -> dict[str, CellRun]:
    """All cases with their wrong answers."""
    return by_case(run(CASES, right=False))


@pytest.mark.parametrize("name", CASES)
def test_a_right_answer_passes(right: dict[str, CellRun], name: str) -> None:
    assert right[name]["ok"], right[name]


@pytest.mark.parametrize("name", CASES)
def test_a_wrong_answer_does_not(wrong: dict[str, CellRun], name: str) -> None:
    assert not wrong[name]["ok"]
    assert wrong[name]["cut"] is None


def test_what_is_refused_is_not_answered_wrongly() -> None:
    """It fails for everybody, so a teacher's own solution does not get past the rehearsal."""
    with_pandas = {"frame": CASES["frame"]} | REFUSED
    for right in (True, False):
        found = by_case(run(with_pandas, right))
        assert {name for name, each in found.items() if not each["ok"]} >= set(REFUSED)
        assert all(each["cut"] is None for each in found.values())
