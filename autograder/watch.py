"""What a process has taken of the machine, seen from outside: limits no process sets itself."""

import os
from pathlib import Path

from autograder.execute import Cut

MAX_THREADS = 400
MAX_FILES = 5_000  # in the scratch folder
MAX_SCRATCH = 512 << 20  # bytes in the scratch folder


def overstepped(pid: int, scratch: Path) -> Cut | None:
    """Return which limit a process has overstepped, or None; one that has ended has not."""
    if _threads(pid) > MAX_THREADS:
        return "died"
    return "output-limit" if _is_full(scratch) else None


def _threads(pid: int) -> int:
    try:
        return len(os.listdir(f"/proc/{pid}/task"))
    except OSError:
        return 0


def _is_full(scratch: Path) -> bool:
    """Tell whether a folder holds too many files or too many bytes."""
    files = size = 0
    waiting = [str(scratch)]
    while waiting:
        try:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    files += 1
                    if files > MAX_FILES:
                        return True
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
                    else:
                        size += entry.stat(follow_symlinks=False).st_size
        except OSError:  # gone in between
            continue
    return size > MAX_SCRATCH
