"""Where does the time of a submission go? Fork, seal, student's cells, tests, record, feedback.

One slot grades the answer bank of a chapter, each submission by the coordinator's own steps,
one after the other; the medians are printed, with what the processes take of the memory.

    python -m benchmarks.where [--chapter q2] [--students 20]
"""

import argparse
import contextlib
import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

from nbformat import NotebookNode

from autograder.execution import sealed
from autograder.grading import work
from autograder.notebook import cells, notebooks
from autograder.notebook.course import Course, find_course
from autograder.results import assess, feedback
from autograder.results.gradebook import Gradebook, Receipt
from autograder.sandbox.zygote import Child, Zygote
from autograder.submissions import rebuild
from autograder.task import Outcome
from benchmarks.memory import largest
from tests.grading import parity

STEPS = (
    "rebuild",
    "fork",
    "seal, shell",
    "lesson",
    "student's cells",
    "tests",
    "rest of the run",
    "verdict",
    "record",
    "feedback",
)
NOT_TOLD = Receipt(None, None)  # when it was received


class Clocks:
    """Sums the time of each step for one submission, and of the coordinator's own work."""

    def __init__(self) -> None:
        self.spent = dict.fromkeys(STEPS, 0.0)

    @contextlib.contextmanager
    def on(self, step: str) -> Iterator[None]:
        """Charge what happens inside to a step."""
        started = time.perf_counter()
        yield
        self.spent[step] += time.perf_counter() - started


@contextlib.contextmanager
def watched(clocks: Clocks) -> Iterator[None]:
    """Charge forks and seals, which happen inside of a run, to their steps."""
    fork, await_start = Zygote.fork, sealed._await_start

    def timed_fork(self: Zygote, setting: dict[str, object]) -> Child:
        with clocks.on("fork"):
            return fork(self, setting)

    def timed_start(process: Child) -> None:
        with clocks.on("seal, shell"):
            await_start(process)

    Zygote.fork, sealed._await_start = timed_fork, timed_start  # type: ignore[method-assign]
    try:
        yield
    finally:
        Zygote.fork, sealed._await_start = fork, await_start  # type: ignore[method-assign]


def charge_cells(clocks: Clocks, outcome: Outcome) -> None:
    """Charge the cells of a run to whose they are."""
    executed = notebooks.node(outcome["notebook"])
    for run in outcome["cells"]:
        cell = executed.cells[run["index"]]
        own = cells.is_solution(cell) or cells.is_extra(cell)
        step = "tests" if cells.is_test(cell) else "student's cells" if own else "lesson"
        clocks.spent[step] += run["seconds"]


@dataclass(frozen=True)
class Class:
    """What the coordinator has once for a whole class."""

    course: Course
    chapter: work.Chapter
    book: Gradebook


def one(whole: Class, student: str, notebook: NotebookNode) -> tuple[Clocks, float]:
    """Grade one submission; return the clocks, and the seconds of the coordinator's CPU."""
    clocks, chapter = Clocks(), whole.chapter
    cpu = time.thread_time()
    with clocks.on("rebuild"):
        rebuilt = rebuild.rebuild(chapter.template, notebook)
        task = rebuild.task(rebuilt, (student, chapter.name), whole.course, 30, 2048)
    started = time.perf_counter()
    with watched(clocks):
        outcome = sealed.run(task)
    spent = time.perf_counter() - started
    charge_cells(clocks, outcome)
    known = ("fork", "seal, shell", "lesson", "student's cells", "tests")
    clocks.spent["rest of the run"] = spent - sum(clocks.spent[step] for step in known)
    with clocks.on("verdict"):
        result = assess.assess(student, chapter.name, rebuilt, outcome)
    with clocks.on("record"):
        recorded = whole.book.record(chapter.notebook, result, rebuilt.unanswered, NOT_TOLD)
    cpu = time.thread_time() - cpu
    with clocks.on("feedback"):
        feedback.page(chapter.notebook, result, recorded, notebooks.node(outcome["notebook"]))
    return clocks, cpu


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    options.add_argument("--chapter", default="q2")
    options.add_argument("--students", type=int, default=20)
    chosen = options.parse_args()
    course = find_course(Path.cwd())
    (chapter,) = work.read_chapters(course, chosen.chapter)
    bank = list(parity.honest(course, chosen.chapter).values())
    rows: list[Clocks] = []
    coordinator: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'gradebook.db'}"
        with Gradebook(url) as book:
            book.register(chapter.name, {chapter.notebook: chapter.template})
            whole = Class(course, chapter, book)
            one(whole, "first", bank[0])  # imports the libraries: not counted
            with largest() as memory:
                for number, notebook in enumerate(islice(cycle(bank), chosen.students)):
                    clocks, cpu = one(whole, f"student-{number:03}", notebook)
                    rows.append(clocks)
                    coordinator.append(cpu)
        sealed.close()
    print(f"{chosen.chapter}, one slot, medians of {len(rows)} submissions in milliseconds:")
    for step in STEPS:
        print(f"{step:20}{1000 * statistics.median(row.spent[step] for row in rows):>10.1f}")
    together = statistics.median(sum(row.spent.values()) for row in rows)
    print(f"{'together':20}{1000 * together:>10.1f}")
    print(f"{'coordinator, CPU':20}{1000 * statistics.median(coordinator):>10.1f}  (no feedback)")
    print(memory)


if __name__ == "__main__":
    main()
