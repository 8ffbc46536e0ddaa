"""The engine and the two ways to run a task, where a whole class shows them too seldom."""

import json
import multiprocessing
import time
from pathlib import Path

import pytest

from autograder.execution import engine, kernel, sealed
from autograder.notebook import notebooks
from tests.execution import misbehaving
from tests.support.tasks import task

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("run", [kernel.run, sealed.run])
def test_a_task_and_its_outcome_are_json(run: engine.Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURSE_TOKEN", "secret")
    cells = ["import os; print(os.environ.get('COURSE_TOKEN'), os.listdir())", "1 / 0"]
    notebook = notebooks.notebook([notebooks.code_cell(source, {}) for source in cells])
    outcome = run(json.loads(json.dumps(task(notebook))))
    sealed.close()
    assert json.loads(json.dumps(outcome)) == outcome
    assert [(run["ok"], run["ename"], run["line"]) for run in outcome["cells"]] == [
        (True, "", None),
        (False, "ZeroDivisionError", 1),
    ]
    assert outcome["notebook"]["cells"][0]["outputs"][0]["text"] == "None []\n"


@pytest.mark.slow
@pytest.mark.parametrize("run", [kernel.run, sealed.run])
def test_the_courses_data_is_there(run: engine.Run, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/table.csv").write_text("1,2", encoding="utf-8")
    cell = notebooks.code_cell("print(open('data/table.csv').read())", {})
    outcome = run(task(notebooks.notebook([cell]), data=str(tmp_path / "data")))
    sealed.close()
    assert outcome["notebook"]["cells"][0]["outputs"][0]["text"] == "1,2\n"


# --- the engine, with functions that misbehave in place of a real run ---


def test_a_dying_worker_costs_nobody_else() -> None:
    tasks = [(number, task(cell_timeout=number)) for number in range(8, 18)]
    outcomes = dict(engine.run_all(tasks, engine.kernel_slots(2, misbehaving.run_or_die)))
    ended = {number: outcome["infra"] for number, outcome in outcomes.items() if outcome["infra"]}
    assert ended == dict.fromkeys((13, 14), "the worker process ended")
    assert len(outcomes) == 10


@pytest.mark.parametrize("run", [misbehaving.run_or_die, misbehaving.run_second_time_only])
def test_a_worker_may_die_while_an_outcome_is_recorded(run: engine.Run, tmp_path: Path) -> None:
    tasks = [(number, task(cell_timeout=number, folder=str(tmp_path))) for number in range(3)]
    found = []
    for number, outcome in engine.run_all(tasks, engine.kernel_slots(1, run)):
        found.append(number)
        assert outcome["infra"] is None
        for worker in multiprocessing.active_children():
            worker.kill()
            worker.join()
        time.sleep(0.3)  # the pool takes note
    assert sorted(found) == list(range(3))


def test_what_failed_once_is_run_again(tmp_path: Path) -> None:
    tasks = [(number, task(cell_timeout=number, folder=str(tmp_path))) for number in range(3)]
    outcomes = dict(engine.run_all(tasks, engine.kernel_slots(2, misbehaving.run_second_time_only)))
    assert [outcomes[number]["infra"] for number in range(3)] == [None, None, None]
