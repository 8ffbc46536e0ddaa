"""A cell over its limits is stopped in a kernel, fills nobody's memory and costs no later cell."""

import sys
import time
from typing import Any

import pytest

from autograder.execution import kernel
from autograder.notebook import notebooks
from autograder.task import CellRun
from tests.support.tasks import task

pytestmark = pytest.mark.slow  # each starts a kernel
LINE = "'x' * 10_000"
FLOODS = {
    "print": f"while True: print({LINE})",
    "errors": f"import sys\nwhile True: print({LINE}, file=sys.stderr)",
    "writelines": f"import sys\nwhile True: sys.stdout.writelines([{LINE}] * 1_000)",
    "once": "print('x' * 100_000_000)",
    "descriptor": "import os\nwhile True: os.write(1, b'x' * 10_000)",
    "program": "import subprocess\nsubprocess.run(['yes', 'x' * 1_000])",
    "displays": "while True: display('x' * 100_000)",
    "awaiting": f"import asyncio\nawait asyncio.sleep(0)\nwhile True: print({LINE})",
}
THREAD = f"""import threading
def go():
    while True: print({LINE})
threading.Thread(target=go, daemon=True).start()
go()"""
# The kernel flushes when a cell has ended, before it replies.
LATE = """import os, signal, sys
flush = sys.stdout.flush
def interrupted():
    sys.stdout.flush = flush
    os.kill(os.getpid(), signal.SIGINT)
    flush()
sys.stdout.flush = interrupted"""
# A cell that has awaited is put down to go on by a function of the loop, in its name.
BETWEEN = """import asyncio, os, signal
loop = asyncio.get_running_loop()
call_soon = loop.call_soon
def interrupted(*callback, **context):
    loop.call_soon = call_soon
    os.kill(os.getpid(), signal.SIGINT)
    return call_soon(*callback, **context)
loop.call_soon = interrupted
while True: await asyncio.sleep(0)"""
MEMORY = 700  # MB of addresses: with what a kernel takes for itself, room for a hundred of text


@pytest.mark.parametrize("flood", FLOODS)
def test_the_next_cell_is_reached(flood: str) -> None:
    stopped, reached = run(FLOODS[flood], "1")
    assert (stopped["cut"], reached["ok"]) == ("output-limit", True)


def test_a_thread_that_prints_without_end_ends_no_run() -> None:
    """An interrupt is the main thread's: the others go on, and write into the later cells."""
    stopped, *others = run(THREAD, "1", "import time; time.sleep(0.2)", "1")
    assert stopped["cut"] == "output-limit"
    assert {each["cut"] for each in others} <= {None, "output-limit"}
    assert len(others) == 3


def test_an_interrupt_that_comes_too_late_costs_nothing() -> None:
    ended, reached = run(LATE, "1")
    assert (ended["cut"], ended["ok"], reached["ok"]) == (None, True, True)


@pytest.mark.parametrize("many", ["print('x' * 1_500_000)", "for _ in range(2_100): display(1)"])
def test_a_cell_that_ends_before_its_interrupt_has_not_passed(many: str) -> None:
    """The value that gives a test's points is not kept: it would have all of them."""
    ended, reached = run(f"{many}\n0", "1")
    assert (ended["cut"], ended["ok"], reached["ok"]) == ("output-limit", False, True)


AWAITS = {
    "for-ever": "await asyncio.sleep(100)",
    "again-and-again": "while True: await asyncio.sleep(0)",
    "at-first": "await asyncio.sleep(0)\nwhile True: pass",
    "waits-for": "async def soon(): await asyncio.sleep(0)\n"
    "while True: await asyncio.wait_for(soon(), 50)",
    "caught": "for _ in range(3):\n    try:\n        while True: await asyncio.sleep(0)\n"
    "    except BaseException: pass\nawait asyncio.sleep(100)",
}
if sys.version_info < (3, 12):
    OTHER_TASKS = """import asyncio, types
@types.coroutine
def wrapped(coroutine):
    return (yield from coroutine)
asyncio.get_running_loop().set_task_factory(
    lambda loop, coroutine, **options: asyncio.Task(wrapped(coroutine), loop=loop, **options))"""
else:
    OTHER_TASKS = """import asyncio
asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)"""


@pytest.mark.parametrize("cell", AWAITS)
def test_a_cell_that_awaits_is_interrupted(cell: str) -> None:
    stopped, reached = run(f"import asyncio\n{AWAITS[cell]}", "1", cell_timeout=2)
    assert (stopped["cut"], reached["ok"]) == ("timeout", True)


def test_a_cell_whose_task_is_of_another_kind_is_interrupted() -> None:
    at_once = "async def soon(): pass\nawait soon()"
    cells = [OTHER_TASKS, "await asyncio.sleep(100)", at_once, "1"]
    _, stopped, ended, reached = run(*cells, cell_timeout=2)
    assert (stopped["cut"], ended["ok"], reached["ok"]) == ("timeout", True, True)


def test_an_interrupt_between_two_steps_of_a_cell_ends_the_cell_and_not_the_loop() -> None:
    stopped, reached = run(BETWEEN, "1")
    assert (stopped["cut"], stopped["ok"], reached["ok"]) == (None, False, True)


@pytest.mark.parametrize("cut", ["within", "over"])
def test_what_is_read_slowly_is_not_lost(cut: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine's grader reads more slowly than a cell writes: the cell waits for it."""
    read = kernel._Runner.process_message

    def slowly(*message: Any) -> Any:
        time.sleep(0.002)
        return read(*message)

    monkeypatch.setattr(kernel._Runner, "process_message", slowly)
    monkeypatch.setattr(kernel, "PATIENCE", 2)  # less than what is written takes to be read
    number = {"within": 1_900, "over": 4_000}[cut]
    written, reached = run(f"for number in range({number}): display(number)", "1")
    assert (written["ok"], reached["ok"]) == (cut == "within", True)


def test_a_text_of_ones_own_kind_is_written_as_it_is() -> None:
    odd = "import sys\nclass Odd(str):\n    def __getitem__(self, at): raise ValueError\n"
    (written,) = run(f"{odd}sys.stdout.write(Odd('x'))")
    assert written["ok"]


def run(*sources: str, cell_timeout: int = 20) -> list[CellRun]:
    """Run a notebook of these cells in a kernel."""
    cells = [notebooks.code_cell(source, {}) for source in sources]
    outcome = kernel.run(task(notebooks.notebook(cells), memory=MEMORY, cell_timeout=cell_timeout))
    assert outcome["infra"] is None
    return outcome["cells"]
