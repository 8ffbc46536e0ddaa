"""A cell over its limits is stopped in a kernel, fills nobody's memory and costs no later cell."""

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
    "thread": f"def go():\n    while True: print({LINE})\n\n"
    "import threading\nthreading.Thread(target=go, daemon=True).start()\ngo()",
    "descriptor": "import os\nwhile True: os.write(1, b'x' * 10_000)",
    "program": "import subprocess\nsubprocess.run(['yes', 'x' * 1_000])",
    "displays": "while True: display('x' * 100_000)",
}
# The kernel flushes when a cell has ended, before it replies.
LATE = """import os, signal, sys
flush = sys.stdout.flush
def interrupted():
    sys.stdout.flush = flush
    os.kill(os.getpid(), signal.SIGINT)
    flush()
sys.stdout.flush = interrupted"""
MEMORY = 700  # MB of addresses: with what a kernel takes for itself, room for a hundred of text


@pytest.mark.parametrize("flood", FLOODS)
def test_the_next_cell_is_reached(flood: str) -> None:
    stopped, reached = run(FLOODS[flood], "1")
    assert (stopped["cut"], reached["ok"]) == ("output-limit", True)


def test_an_interrupt_that_comes_too_late_costs_nothing() -> None:
    ended, reached = run(LATE, "1")
    assert (ended["cut"], ended["ok"], reached["ok"]) == (None, True, True)


def test_a_cell_that_awaits_without_end_is_interrupted() -> None:
    stopped, reached = run("import asyncio\nawait asyncio.sleep(100)", "1", cell_timeout=2)
    assert (stopped["cut"], reached["ok"]) == ("timeout", True)


def run(*sources: str, cell_timeout: int = 20) -> list[CellRun]:
    """Run a notebook of these cells in a kernel."""
    cells = [notebooks.code_cell(source, {}) for source in sources]
    outcome = kernel.run(task(notebooks.notebook(cells), memory=MEMORY, cell_timeout=cell_timeout))
    assert outcome["infra"] is None
    return outcome["cells"]
