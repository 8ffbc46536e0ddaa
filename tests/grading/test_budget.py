"""What a further submission costs, counted rather than timed: the same on every machine."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine
from typer.testing import CliRunner

from autograder.cli import app
from autograder.execution import sealed
from autograder.execution.router import Router
from autograder.notebook import notebooks
from autograder.sandbox.zygote import Child, Zygote
from tests.support import tiny_course
from tests.support.tasks import task

pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")  # nbgrader's own

STATEMENTS = 12  # of the database, for a submission that is recorded for the first time


def counted_class(folder: Path, students: int, monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Grade a class in this process; return what it asked of the database, and the forks."""
    course = folder / "course"
    tiny_course.make_course(course)
    monkeypatch.chdir(course)
    assert CliRunner().invoke(app, ["release"]).exit_code == 0
    released = notebooks.read(course / "notebooks" / "q1" / tiny_course.NAME)
    for number in range(students):
        answer = tiny_course.solved(released, double="def double(number):\n    return 2 * number")
        tiny_course.hand_in(folder / "submitted", f"s{number}", answer)
    count: Counter[str] = Counter()

    def statement(*_: Any) -> None:
        count["statements"] += 1

    def commit(_: Any) -> None:
        count["commits"] += 1

    fork = Zygote.fork

    def counted(self: Zygote, setting: dict[str, Any]) -> Child:
        count["forks"] += 1
        return fork(self, setting)

    monkeypatch.setattr(Zygote, "fork", counted)
    event.listen(Engine, "before_cursor_execute", statement)
    event.listen(Engine, "commit", commit)
    try:
        done = CliRunner().invoke(
            app, ["grade", str(folder / "submitted"), "--out", str(folder / "out"), "--jobs", "1"]
        )
    finally:
        event.remove(Engine, "before_cursor_execute", statement)
        event.remove(Engine, "commit", commit)
        monkeypatch.setattr(Zygote, "fork", fork)
    assert done.exit_code == 0, done.output
    return count


def test_a_further_submission_is_two_forks_and_one_transaction_of_few_statements(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    two = counted_class(tmp_path / "two", 2, monkeypatch)
    five = counted_class(tmp_path / "five", 5, monkeypatch)
    assert five["statements"] - two["statements"] <= 3 * STATEMENTS
    assert five["commits"] - two["commits"] == 3
    assert five["forks"] - two["forks"] == 3 * 2
    assert two["forks"] == 2 * 3  # and those of the rehearsal


def questions(calls: int, monkeypatch: pytest.MonkeyPatch) -> int:
    """Return how many questions a test that calls an answer so often asks its process."""
    asked = 0
    passed_on = Router._pass_on

    def counting(self: Router, *args: Any, **kwargs: Any) -> None:
        nonlocal asked
        asked += 1
        passed_on(self, *args, **kwargs)

    monkeypatch.setattr(Router, "_pass_on", counting)
    test = (
        "from autograder import checks\n"
        "with checks.calls(double, 'number') as call:\n"
        f"    for number in range({calls}):\n"
        "        call((number,), 2 * number)"
    )
    cells = [
        tiny_course.graded("def double(number):\n    return 2 * number", "double"),
        tiny_course.graded(test, "double-test", 1),
    ]
    outcome = sealed.run(task(notebooks.notebook(cells), answers=["double"]))
    monkeypatch.undo()
    assert [run["ok"] for run in outcome["cells"]] == [True, True]
    return asked


def test_a_call_of_an_answer_is_one_question(monkeypatch: pytest.MonkeyPatch) -> None:
    try:
        assert questions(30, monkeypatch) - questions(10, monkeypatch) == 20
    finally:
        sealed.close()
