"""Time: an interrupt in the middle of a talk costs one cell only, and a notebook ends, too."""

from nbformat import NotebookNode

from autograder.notebook import notebooks
from autograder.task import Outcome
from tests.support.tasks import run_once, task

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


def run(cells: list[NotebookNode], cell_timeout: int) -> Outcome:
    """Run these cells, sealed."""
    answers = ["stream", "deaf", "slow", "five"]
    return run_once(task(notebooks.notebook(cells), answers, cell_timeout=cell_timeout))


def test_the_next_test_runs() -> None:
    cells = [notebooks.code_cell(STREAM, {"nbgrader": {"solution": True, "grade_id": "a"}})]
    for number, source in enumerate(TESTS):
        mark = {"grade": True, "solution": False, "grade_id": f"a-test-{number}", "points": 1}
        cells.append(notebooks.code_cell(source, {"nbgrader": mark}))
    outcome = run(cells, cell_timeout=2)
    assert [(run["ok"], run["cut"]) for run in outcome["cells"][1:]] == [
        (False, "timeout"),
        (True, None),
        (False, "timeout"),
        (True, None),
        (False, "timeout"),
        (False, "timeout"),
        (True, None),
    ]


def test_many_slow_cells_are_too_slow() -> None:
    slow = notebooks.code_cell("import time\ntime.sleep(0.8)", {"autograder": "extra"})
    outcome = run([slow] * 20, cell_timeout=1)
    assert len(outcome["cells"]) < 15
    assert outcome["cells"][-1]["cut"] == "timeout"
