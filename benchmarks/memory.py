"""How much memory the grader's processes take, seen from the kernel's side."""

import contextlib
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

MB = 1e6
PERIOD = 0.05  # seconds between two looks


@dataclass
class Memory:
    """The largest amounts seen, in bytes."""

    zygote: int = 0  # resident, of one warm interpreter
    private: int = 0  # of one running child: what it does not share with the zygote
    all: int = 0  # of all of the grader's processes, shared memory counted once

    def __str__(self) -> str:
        """Return one line in MB."""
        return (
            f"largest: zygote {self.zygote / MB:.0f} MB, private to a sealed process "
            f"{self.private / MB:.0f} MB, all of the grader's processes {self.all / MB:.0f} MB"
        )


def _amounts(process: Path) -> dict[str, int]:
    """Return the sums of a process's memory by kind, in bytes; none, if it has ended."""
    try:
        text = (process / "smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return {}
    return {kind: 1024 * int(kb) for kind, kb in re.findall(r"^(\w+): +(\d+) kB", text, re.M)}


def look(memory: Memory) -> None:
    """Take note of what the grader's processes take at this moment."""
    proportional = 0
    parents: dict[int, int] = {}
    zygotes: set[int] = set()
    for process in Path("/proc").iterdir():
        if not process.name.isdigit():
            continue
        try:
            line = (process / "cmdline").read_bytes()
            status = (process / "status").read_text(encoding="ascii")
        except OSError:
            continue
        if b"autograder" not in line and b"benchmarks" not in line:
            continue
        pid, parent = int(process.name), int(re.findall(r"^PPid:\s+(\d+)", status, re.M)[0])
        parents[pid] = parent
        if b"autograder.sandbox.zygote_process" in line:
            zygotes.add(pid)
    for pid in parents:
        amounts = _amounts(Path(f"/proc/{pid}"))
        proportional += amounts.get("Pss", 0)
        if pid in zygotes and parents[pid] in zygotes:  # a child has the zygote's command line
            private = amounts.get("Private_Clean", 0) + amounts.get("Private_Dirty", 0)
            memory.private = max(memory.private, private)
        elif pid in zygotes:
            memory.zygote = max(memory.zygote, amounts.get("Rss", 0))
    memory.all = max(memory.all, proportional)


@contextlib.contextmanager
def largest() -> Iterator[Memory]:
    """Look again and again until the end of the block; the memory is the largest seen."""
    memory, ended = Memory(), threading.Event()

    def watch() -> None:
        while not ended.wait(PERIOD):
            look(memory)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield memory
    finally:
        ended.set()
        watcher.join()
