"""Attacks that miss prove nothing: what they aim at must be where they look for it."""

from autograder.notebook import notebooks
from tests.attacks.targets import AIMED_AT, FIND
from tests.support.tasks import run_once, task


def test_attacks_find_what_they_aim_at() -> None:
    cells = [FIND, *(f"assert callable({target})" for target in AIMED_AT)]
    notebook = notebooks.notebook([notebooks.code_cell(cell, {}) for cell in cells])
    outcome = run_once(task(notebook))
    missed = [
        target for target, run in zip(AIMED_AT, outcome["cells"][1:], strict=True) if not run["ok"]
    ]
    assert not missed, f"the attacks look for what is not there: {missed}; see targets.py"
