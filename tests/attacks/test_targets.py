"""Attacks that miss prove nothing: what they aim at must be where they look for it."""

from autograder.execution import sealed
from autograder.notebook import notebooks
from autograder.task import Task
from tests.attacks.targets import AIMED_AT, FIND


def test_attacks_find_what_they_aim_at() -> None:
    cells = [FIND, *(f"assert callable({target})" for target in AIMED_AT)]
    notebook = notebooks.notebook([notebooks.code_cell(cell, {}) for cell in cells])
    task = Task(
        notebook=notebooks.plain(notebook),
        answers=[],
        cell_timeout=30,
        memory=1024,
        folder=None,
        data=None,
        preload=[],
        seed=0,
    )
    try:
        outcome = sealed.run(task)
    finally:
        sealed.close()
    missed = [
        target for target, run in zip(AIMED_AT, outcome["cells"][1:], strict=True) if not run["ok"]
    ]
    assert not missed, f"the attacks look for what is not there: {missed}; see targets.py"
