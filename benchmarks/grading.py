"""How fast is `autograder grade`, beside stock `nbgrader autograde` on the same notebooks?

Both grade the same class, one after the other, as often as asked, ours with one job and with two;
the medians are compared.
What counts is the wall time of the whole command, and what one more submission costs: the
time of the large class less the time of a class of one, by submission.

    python -m benchmarks.grading [--chapter q2] [--students 12] [--repeat 3]
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from itertools import cycle, islice
from pathlib import Path

from autograder.notebook.course import Course, find_course
from tests.grading import parity

Grade = Callable[[Course, str, parity.Notebooks, Path], parity.Scores]


def seconds(grade: Grade, course: Course, name: str, handed_in: parity.Notebooks) -> float:
    """Return the wall time of one grading run of a class, writing the class included."""
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        grade(course, name, handed_in, Path(folder))
        return time.perf_counter() - started


def main() -> None:
    """Measure and print one table."""
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    options.add_argument("--chapter", default="q2")
    options.add_argument("--students", type=int, default=12)
    options.add_argument("--repeat", type=int, default=3)
    chosen = options.parse_args()
    course = find_course(Path.cwd())
    bank = list(parity.honest(course, chosen.chapter).values())
    whole = {
        f"student-{number:03}": notebook
        for number, notebook in enumerate(islice(cycle(bank), chosen.students))
    }
    one = dict(islice(whole.items(), 1))
    ways: dict[str, Grade] = {
        "nbgrader autograde": parity.stock,
        "autograder, 1 job": partial(parity.ours, jobs=1),
        "autograder, 2 jobs": partial(parity.ours, jobs=2),
    }
    times: dict[tuple[str, int], list[float]] = {}
    for _ in range(chosen.repeat):
        for way, grade in ways.items():
            for handed_in in (one, whole):
                spent = seconds(grade, course, chosen.chapter, handed_in)
                times.setdefault((way, len(handed_in)), []).append(spent)
    median = {key: statistics.median(values) for key, values in times.items()}
    more = {way: (median[way, len(whole)] - median[way, 1]) / (len(whole) - 1) for way in ways}
    print(f"{chosen.chapter}, {len(whole)} submissions, median of {chosen.repeat}:")
    print(f"{'':20}{'one submission':>16}{'whole class':>14}{'each one more':>16}")
    for way in ways:
        row = (median[way, 1], median[way, len(whole)], more[way])
        print(f"{way:20}{row[0]:>14.1f} s{row[1]:>12.1f} s{row[2]:>14.2f} s")
    stock, *ours = ways
    for way in ours:
        print(
            f"{'ratio, ' + way[12:]:20}{median[stock, 1] / median[way, 1]:>16.1f}"
            f"{median[stock, len(whole)] / median[way, len(whole)]:>14.1f}"
            f"{more[stock] / more[way]:>16.1f}"
        )


if __name__ == "__main__":
    main()
