"""Notes which lines of the grader run in warm interpreters, their sealed children, and kernels.

Coverage.py cannot: they are handed no environment that could tell them to measure, the children may
write nowhere, and they end by SIGKILL. But memory that was shared before a child sealed itself
stays shared. So `python -m tests.measure` has this file run at the start of every Python of `.venv`
(see there); in those named below it maps one byte for each line of the grader and sets a tracer,
which a fork inherits, to mark the lines that it sees.
"""

import mmap
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any, Final

ROOT: Final = Path(__file__).parents[2]
LINES: Final = 2_000
"""More than any file of the grader has."""
FILES: Final = [str(path) for path in sorted((ROOT / "autograder").rglob("*.py"))]
MARKS: Final = ROOT / "_build/coverage/children"
TRACED: Final = {"autograder.sandbox.zygote_process", "ipykernel_launcher", "tests.support.forks"}


def prepare() -> None:
    """Make the file that is shared, with no line marked yet."""
    MARKS.parent.mkdir(parents=True, exist_ok=True)
    MARKS.write_bytes(bytes(LINES * len(FILES)))


def marked() -> Iterator[tuple[str, list[int]]]:
    """Yield each file of the grader with the numbers of its lines that ran."""
    marks = MARKS.read_bytes()
    for number, file in enumerate(FILES):
        own = marks[number * LINES : (number + 1) * LINES]
        yield file, [line for line, mark in enumerate(own) if mark]


def trace() -> None:
    """Mark the lines that run from now on in this process and in all that are forked off it."""
    with MARKS.open("r+b") as file:
        shared = mmap.mmap(file.fileno(), 0)  # MAP_SHARED: what a child marks is in the file
    offsets = {file: number * LINES for number, file in enumerate(FILES)}

    def enter(frame: FrameType, event: str, argument: Any) -> Any:
        offset = offsets.get(frame.f_code.co_filename)
        if offset is None:
            return None  # no line of it is looked at

        def line(frame: FrameType, event: str, argument: Any) -> Any:
            shared[offset + (frame.f_lineno or 0)] = 1
            return line

        return line(frame, event, argument)

    sys.settrace(enter)


if __name__ == "__main__" and TRACED & set(sys.orig_argv) and MARKS.exists():
    trace()
