"""What a process has taken of the machine, seen from outside: limits no process sets itself."""

import contextlib
import math
import os
import stat
from pathlib import Path

from autograder.sandbox.rlimits import FILE_SIZE
from autograder.task import Cut

MAX_THREADS = 400
MAX_FILES = 2_000  # in the scratch folder
MAX_SCRATCH = 512 << 20  # bytes in the scratch folder
MAX_DEPTH = 40  # of folders in folders
LOOKS = 30  # one after the other, until nothing is moved meanwhile


def overstepped(pid: int, scratch: Path) -> Cut | None:
    """Return the status for a limit that a process has overstepped, or None if there is none.

    Too many threads are "died", too much in the folder `scratch` is "output-limit". A process that
    has ended is over no limit.
    """
    if _threads(pid) > MAX_THREADS:
        return "died"
    return "output-limit" if _is_full(scratch, _unlinked(pid, scratch)) else None


def taken(file: os.stat_result) -> int:
    """Return how many bytes a file takes: those it seems to have, or the blocks it has if more."""
    return max(file.st_size, 512 * file.st_blocks)


def _threads(pid: int) -> int:
    try:
        return len(os.listdir(f"/proc/{pid}/task"))
    except OSError:
        return 0


def _unlinked(pid: int, scratch: Path) -> int:
    """Return how many bytes a process keeps in files that have no name any more.

    A file that is mapped and not open cannot be measured, and counts as the largest allowed.
    """
    size = 0
    try:
        for name in os.listdir(f"/proc/{pid}/fd"):
            with contextlib.suppress(OSError):  # closed in between
                found = os.stat(f"/proc/{pid}/fd/{name}")
                if stat.S_ISREG(found.st_mode) and found.st_nlink == 0:
                    size += taken(found)
        maps = Path(f"/proc/{pid}/maps").read_bytes()
    except OSError:  # it has ended
        return size
    place = os.fsencode(scratch)
    if place not in maps:  # nearly always: a library maps a thousand pieces
        return size
    lines = (line for line in maps.split(b"\n") if line.endswith(b" (deleted)") and place in line)
    return size + FILE_SIZE * len({line.split()[4] for line in lines})


def _is_full(scratch: Path, size: int) -> bool:
    """Return whether a folder has too many or too deep files, or with `size` more too many bytes.

    One that cannot be looked into counts as full. So does one in which something is gone or
    elsewhere at every look: a program that is quick to rename could hide files so.
    """
    for _ in range(LOOKS):
        found = _bytes_in(scratch)
        if found is not None:
            return found + size > MAX_SCRATCH
    return scratch.exists()  # else the run has ended


def _bytes_in(scratch: Path) -> float | None:
    """Return how many bytes a folder's files take: infinitely many if these are too many or deep.

    None if something in it was gone in between.
    """
    files = size = 0
    waiting = [(str(scratch), 0)]
    while waiting:
        folder, depth = waiting.pop()
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    files += 1
                    if files > MAX_FILES or depth > MAX_DEPTH:
                        return math.inf
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append((entry.path, depth + 1))
                    else:
                        size += taken(entry.stat(follow_symlinks=False))
        except FileNotFoundError:
            return None
        except OSError:
            return math.inf
    return size
