"""Does the time of a class grow with its size, and no faster? `autograder grade`, 100 to 1,000.

The submissions are those of a chapter's answer bank, over and over.

    python -m benchmarks.growth [--chapter q2] [--sizes 100 1000]
"""

import argparse
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path

from autograder.notebook.course import find_course
from benchmarks.memory import largest
from tests.grading import parity


def main() -> None:
    """Grade classes of these sizes and print a line for each."""
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    options.add_argument("--chapter", default="q2")
    options.add_argument("--sizes", type=int, nargs="+", default=[100, 1000])
    chosen = options.parse_args()
    course = find_course(Path.cwd())
    bank = list(parity.honest(course, chosen.chapter).values())
    for size in chosen.sizes:
        names = (f"student-{number:05}" for number in range(size))
        handed_in = dict(zip(names, islice(cycle(bank), size), strict=False))
        with tempfile.TemporaryDirectory() as folder, largest() as memory:
            started = time.perf_counter()
            scores = parity.ours(course, chosen.chapter, handed_in, Path(folder))
            seconds = time.perf_counter() - started
        if len({student for student, _ in scores}) != size:
            raise SystemExit("not every submission has its scores")
        each = f"{seconds / size:.2f} s each"
        print(f"{chosen.chapter}, {size} submissions: {seconds:.0f} s, {each}; {memory}")


if __name__ == "__main__":
    main()
