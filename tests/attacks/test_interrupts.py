"""Time: an interrupt in the middle of a talk costs one cell only, and a notebook ends, too."""

from collections.abc import Iterator, Sequence

import pytest
from nbformat import NotebookNode

from autograder.execution import sealed
from autograder.notebook import notebooks
from autograder.task import Outcome
from tests.support.tasks import task

STREAM = """\
import itertools

def stream():
    return itertools.count()

def deaf():
    while True:
        try:
            yield 1
        except KeyboardInterrupt:
            pass

def slow():
    import time
    try:
        time.sleep(1_000)
    except KeyboardInterrupt:
        return 5
def five():
    return 5"""
TESTS = [
    "for number in stream():\n    pass",
    "assert five() == 5",
    "for number in deaf():\n    pass",
    "assert five() == 5",
    "assert slow() == 5",
    "while five():\n    pass",
    "assert five() == 5",
]


@pytest.fixture(scope="module", autouse=True)
def _close() -> Iterator[None]:
    yield
    sealed.close()


def cells_of(answer: str, tests: Sequence[str]) -> list[NotebookNode]:
    """Return an answer's cell, and one for each test."""
    mark = {"solution": True, "grade_id": "a"}
    cells = [notebooks.code_cell(answer, {"nbgrader": mark})]
    for number, source in enumerate(tests):
        mark = {"grade": True, "solution": False, "grade_id": f"a-test-{number}", "points": 1}
        cells.append(notebooks.code_cell(source, {"nbgrader": mark}))
    return cells


def run(cells: list[NotebookNode], cell_timeout: int) -> Outcome:
    """Run these cells, sealed."""
    answers = ["stream", "deaf", "slow", "five", "answer", "quiet"]
    outcome = sealed.run(task(notebooks.notebook(cells), answers, cell_timeout=cell_timeout))
    assert outcome["infra"] is None
    return outcome


def test_the_next_test_runs() -> None:
    outcome = run(cells_of(STREAM, TESTS), cell_timeout=2)
    assert [(run["ok"], run["cut"]) for run in outcome["cells"][1:]] == [
        (False, "timeout"),
        (True, None),
        (False, "timeout"),
        (True, None),
        (False, "timeout"),
        (False, "timeout"),
        (True, None),
    ]


ENDLESS = "while True:\n            pass"
PATCHED = "from unittest.mock import patch\nwith patch('builtins.print'):\n    answer()"
ALARM = (
    "import signal\ndef ring(*_):\n    raise TimeoutError\n"
    "signal.signal(signal.SIGALRM, ring)\ndef answer():\n"
    "    signal.setitimer(signal.ITIMER_REAL, 0.02)\n    try:\n        while True:\n"
    "            print(1)\n    except TimeoutError:\n        pass"
)
# An answer and a test, and whether the test is over its time. The student's code runs, or is
# interrupted, where one does not expect it.
UNEXPECTED = {
    "described": (
        f"class Odd:\n    def __getattr__(self, name):\n        {ENDLESS}\n"
        "def answer():\n    print(Odd())",
        PATCHED,
        True,
    ),
    "let-go-of": (
        f"class Odd:\n    def __del__(self):\n        {ENDLESS}\n"
        "def answer():\n    odd = Odd()\n    raise ValueError",
        "try:\n    answer()\nexcept ValueError:\n    pass",
        True,
    ),
    "written": (
        "def answer():\n    print(1)",
        "import contextlib, io\nclass Odd(io.StringIO):\n    def write(self, text):\n"
        f"        {ENDLESS}\nwith contextlib.redirect_stdout(Odd()):\n    answer()",
        True,
    ),
    "left-in-the-loop": (
        "def answer():\n    return 5",
        "import asyncio\nasync def again():\n    while answer():\n        await asyncio.sleep(0)\n"
        "await asyncio.gather(again(), asyncio.wait_for(again(), 100))",
        True,
    ),
    "refuses-to-be-cancelled": (
        "import asyncio\nasync def answer():\n    while True:\n        try:\n"
        "            await asyncio.sleep(0.1)\n        except:\n            pass",
        "import asyncio\nasync def again():\n    while True:\n        try:\n"
        "            await asyncio.sleep(0)\n        except asyncio.CancelledError:\n"
        "            pass\nawait asyncio.gather(again(), again(), again())",
        True,
    ),
    "alarm": (ALARM, PATCHED + "\n    answer()\n    answer()\n    answer()", False),
    "alarm-beside-a-thread": (
        "import threading\nthreading.Thread(target=threading.Event().wait, daemon=True).start()\n"
        + ALARM,
        PATCHED + "\n    answer()\n    answer()\n    answer()",
        False,
    ),
    "alarm-within-a-question": (
        ALARM + "\ndef quiet(call):\n    return call()",
        "import time\nstarted = time.monotonic()\nquiet(lambda: answer())\n"
        "assert time.monotonic() - started < 5",
        False,
    ),
    "alarm-that-prints": (
        "import signal\ndef ring(*_):\n    print(1, flush=True)\n"
        "    signal.setitimer(signal.ITIMER_REAL, 0.005)\nsignal.signal(signal.SIGALRM, ring)\n"
        "def answer():\n    signal.setitimer(signal.ITIMER_REAL, 0.005)\n"
        "def quiet():\n    signal.setitimer(signal.ITIMER_REAL, 0)",
        "answer()\nfor _ in range(2_000):\n    five()\nquiet()",
        False,
    ),
    "thread": (
        "import threading\ndef answer():\n"
        "    threading.Thread(target=lambda: [print(1) for _ in range(50)]).start()",
        PATCHED + "\n    answer()\n    answer()\n    answer()",
        False,
    ),
}
AFTERWARDS = "import asyncio\nawait asyncio.sleep(0.01)\nassert five() == 5"


@pytest.mark.parametrize("case", UNEXPECTED)
def test_the_next_test_runs_after_what_is_unexpected(case: str) -> None:
    answer, test, is_over = UNEXPECTED[case]
    answer += "\ndef five():\n    return 5"
    cells = cells_of(answer, [test, AFTERWARDS, AFTERWARDS])
    first, *rest = run(cells, cell_timeout=2 if is_over else 20)["cells"][1:]
    assert first["cut"] == ("timeout" if is_over else None)
    assert [(run["ok"], run["cut"]) for run in rest] == [(True, None), (True, None)]


def test_tasks_of_earlier_tests_go_on() -> None:
    begin = "import asyncio\nasync def later():\n    await asyncio.gather(asyncio.sleep(3))\n"
    begin += "    return 5\ntask = asyncio.create_task(later())\nawait asyncio.sleep(0)"
    cells = cells_of("1", [begin, "await task\nwhile True:\n    pass", "assert await task == 5"])
    outcome = run(cells, cell_timeout=2)
    assert [(run["ok"], run["cut"]) for run in outcome["cells"][1:]] == [
        (True, None),
        (False, "timeout"),
        (True, None),
    ]


def test_many_slow_cells_are_too_slow() -> None:
    slow = notebooks.code_cell("import time\ntime.sleep(0.8)", {"autograder": "extra"})
    outcome = run([slow] * 20, cell_timeout=1)
    assert len(outcome["cells"]) < 15
    assert outcome["cells"][-1]["cut"] == "timeout"
