"""How fast is `autograder grade`, beside `nbgrader autograde` and otter-grader on the same class?

A class hands in several chapters, as many submissions of each; all ways grade it one after the
other, as often as asked, and the medians are kept. Timed are the commands alone, by the wall: for
one submission of the first chapter, the cold start, and for the whole class. The difference, by
submission, is what a further one costs.

    python -m benchmarks.grading [--chapters q1 … q9] [--students 3] [--repeat 3]
"""

import argparse
import statistics
import tempfile
import time
from pathlib import Path

from autograder.notebook.course import Course, find_course
from benchmarks import measured
from benchmarks.ways import STOCK, Class, Points, Way, run, ways
from tests.grading import parity


def seconds(way: Way, course: Course, handed_in: Class) -> tuple[float, Points]:
    """Return the wall time of all commands of one grading run, and the points that it gives."""
    below = course.root / "_build"
    below.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=below) as folder:
        prepared = way(course, handed_in, Path(folder))
        spent = 0.0
        for command, place in prepared.commands:
            started = time.perf_counter()
            done = run(command, place, course)
            spent += time.perf_counter() - started
            parity.finished(done)
        return spent, prepared.points()


def mixed(course: Course, chapters: list[str], students: int) -> Class:
    """Return a class: of each chapter's answer bank so many notebooks, from all over it."""
    found: dict[str, parity.Notebooks] = {}
    for name in chapters:
        bank = list(parity.honest(course, name).values())
        step = len(bank) / students
        found[name] = {
            f"student-{number:03}": bank[int(number * step)] for number in range(students)
        }
    return found


def main() -> None:
    """Measure, print one table, and keep it."""
    course = find_course(Path.cwd())
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    options.add_argument("--chapters", nargs="+", default=course.names())
    options.add_argument("--students", type=int, default=3, help="of each chapter")
    options.add_argument("--repeat", type=int, default=3)
    chosen = options.parse_args()
    machine = measured.machine()
    whole = mixed(course, chosen.chapters, chosen.students)
    name, notebooks = next(iter(whole.items()))
    one = {name: dict(list(notebooks.items())[:1])}
    count = sum(map(len, whole.values()))
    times: dict[str, dict[str, list[float]]] = {}
    given: dict[str, Points] = {}
    for _ in range(chosen.repeat):
        for way, prepare in ways(course).items():
            for size, handed_in in (("first", one), ("class", whole)):
                spent, points = seconds(prepare, course, handed_in)
                times.setdefault(way, {}).setdefault(size, []).append(spent)
                given[way] = points
    found = {
        way: {size: round(statistics.median(each), 2) for size, each in sizes.items()}
        for way, sizes in times.items()
    }
    for each in found.values():
        each["further"] = round((each["class"] - each["first"]) / (count - 1), 3)
    differing = {
        way: sum(points.get(test) != score for test, score in given[STOCK].items())
        for way, points in given.items()
        if way != STOCK
    }
    measured.note(
        "grading",
        {
            **{"chapters": chosen.chapters, "submissions": count, "repeat": chosen.repeat},
            **{"seconds": found, "scores": len(given[STOCK]), "scores that differ": differing},
        },
        machine,
    )
    print(f"{count} submissions of {' '.join(chosen.chapters)}, medians of {chosen.repeat}:")
    for way, each in found.items():
        print(f"{way:26}" + "".join(f"{size:>10} {spent:>8.2f} s" for size, spent in each.items()))
    print(f"scores that are not nbgrader's, of {len(given[STOCK])}: {differing}")


if __name__ == "__main__":
    main()
