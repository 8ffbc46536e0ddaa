"""A further bound on what a submission takes, where this process may make control groups.

systemd, or a container's manager, can leave a part of the tree of control groups (version 2)
to a process. There each of a submission's two processes gets a group of its own, which bounds what
resource limits do not count: the kernel's memory for sockets and the like, copies of the
libraries' pages, threads as they are started. One for both would let an answer use up what the
test process needs. Where that cannot be had, and whenever it fails, a submission is confined
without it.
"""

import contextlib
import itertools
import os
import re
import time
from collections.abc import Callable
from pathlib import Path

from autograder.sandbox.watch import MAX_SCRATCH, MAX_THREADS

CONTROLLERS = ("memory", "pids")
PREFIX = "autograder-"  # of the groups made here: this, the process that made it, a number
WAIT = 1.0  # seconds that the kernel may take to let go of what has ended
_MADE_HERE = re.compile(rf"({PREFIX}[0-9]+-)[0-9]+")
_ESCAPED = re.compile(r"\\([0-7]{3})")  # a blank in a path, as the list of mounts has it


class Delegated:
    """The control group of this process, and those that it makes below it.

    `own` is the group's folder, and no other process is in it; `controllers` are those that can be
    used in it. A group with other groups in it can have no processes, so this one moves into a
    group of its own, the first that it makes, and what it starts stays there. Raises OSError where
    the kernel refuses.
    """

    def __init__(self, own: Path, controllers: tuple[str, ...]) -> None:
        self.controllers = controllers
        self._own = own
        self._numbers = itertools.count(1)
        _remove_what_is_left(own)
        self._leaf = self._make()
        try:
            _put(self._leaf / "cgroup.procs", os.getpid())
            _put(own / "cgroup.subtree_control", " ".join(f"+{name}" for name in controllers))
        except OSError:
            self.close()
            raise

    def group(self, memory: int | None) -> "Group":
        """Return a new bound for a submission; `memory` is MB for each of its processes."""
        return Group(self._make, self.controllers, memory)

    def close(self) -> None:
        """Move back, with whatever else this process has started, and remove its own group."""
        with contextlib.suppress(OSError):
            names = " ".join(f"-{name}" for name in self.controllers)
            _put(self._own / "cgroup.subtree_control", names)
        for pid in _processes(self._leaf):
            with contextlib.suppress(OSError):
                _put(self._own / "cgroup.procs", pid)
        with contextlib.suppress(OSError):
            self._leaf.rmdir()

    def _make(self) -> Path:
        folder = self._own / f"{PREFIX}{os.getpid()}-{next(self._numbers)}"
        folder.mkdir()
        return folder


class Group:
    """The control groups of one submission's processes.

    Without `make`, which makes a group, or after a failure, they bound nothing. A process may take
    in its group what it may by all other limits together, so that nothing is taken from anybody who
    keeps to these.
    """

    def __init__(
        self, make: Callable[[], Path] | None, controllers: tuple[str, ...], memory: int | None
    ) -> None:
        unlimited = ("memory",) if memory is None else ()
        self.controllers = tuple(name for name in controllers if name not in unlimited)
        """Those that bound every process."""
        self._make = make
        self._memory = memory
        self._folders: list[Path] = []

    def add(self, pids: list[int]) -> None:
        """Move each process into a group with its limits; they run nobody's code yet."""
        if self._make is None:
            return
        try:
            for pid in pids:
                self._folders.append(self._make())
                self._bound(self._folders[-1], pid)
        except OSError:
            self.controllers = ()

    def ran_out(self) -> bool:
        """Return whether a process was killed since its group had no memory left."""
        return any(map(_has_killed, self._folders))

    def close(self) -> None:
        """Kill what is still in the groups, and remove them."""
        for folder in self._folders:
            _end(folder)

    def _bound(self, folder: Path, pid: int) -> None:
        if "pids" in self.controllers:
            _put(folder / "pids.max", MAX_THREADS + 1)
        if "memory" in self.controllers:
            _put(folder / "memory.max", self._may_take(pid))
            if (folder / "memory.swap.max").exists():
                _put(folder / "memory.swap.max", 0)
        _put(folder / "cgroup.procs", pid)

    def _may_take(self, pid: int) -> int:
        """Return how many bytes a process may take: of memory, files, copies of the libraries."""
        pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
        return ((self._memory or 0) << 20) + MAX_SCRATCH + pages * os.sysconf("SC_PAGE_SIZE")


def delegated(wanted: tuple[str, ...] = CONTROLLERS) -> Delegated | None:
    """Return this process's control group if it may make others below it, else None.

    Some of the controllers `wanted` must be there, and no other process: it would be in the way,
    and is not ours to move. The machine's uppermost group, which has no type, is nobody's.
    """
    try:
        own = own_group()
        if own is None or not os.access(own, os.W_OK) or not (own / "cgroup.type").exists():
            return None
        there = (own / "cgroup.controllers").read_text(encoding="ascii").split()
        controllers = tuple(name for name in wanted if name in there)
        if not controllers or _processes(own) != [os.getpid()]:
            return None
        return Delegated(own, controllers)
    except OSError:
        return None


def own_group() -> Path | None:
    """Return the folder of this process's control group of version 2, or None without one."""
    own = next((Path(line[3:]) for line in _lines("cgroup") if line.startswith("0::/")), None)
    if own is None or ".." in own.parts:  # above what is mounted: another's
        return None
    for line in _lines("mountinfo"):
        mount, _, kind = line.partition(" - ")
        if kind.startswith("cgroup2 "):
            root, where = (_ESCAPED.sub(_character, each) for each in mount.split(" ")[3:5])
            if own.is_relative_to(root):
                return Path(where, own.relative_to(root))
    return None


def _lines(name: str) -> list[str]:
    """Return the lines of what the kernel says of this process; a path may be of any bytes."""
    return os.fsdecode(Path("/proc/self", name).read_bytes()).split("\n")


def _character(found: re.Match[str]) -> str:
    return chr(int(found[1], 8))


def _put(file: Path, value: object) -> None:
    # In one write, and without creating anything: the kernel's files are there or are not.
    handle = os.open(file, os.O_WRONLY)
    try:
        os.write(handle, str(value).encode("ascii"))
    finally:
        os.close(handle)


def _processes(folder: Path) -> list[int]:
    with contextlib.suppress(OSError):
        return [int(word) for word in (folder / "cgroup.procs").read_text(encoding="ascii").split()]
    return []


def _has_killed(folder: Path) -> bool:
    """Return whether the kernel has killed a process of a group for its memory."""
    with contextlib.suppress(OSError):
        events = (folder / "memory.events").read_text(encoding="ascii")
        return re.search(r"^oom_kill [1-9]", events, re.MULTILINE) is not None
    return False


def _remove_what_is_left(own: Path) -> None:
    """Remove the groups of graders that were killed: of those whose first group holds nobody.

    Their process numbers may be others' by now, or belong to another container.
    """
    made: dict[str, list[Path]] = {}
    for folder in own.iterdir():
        if found := _MADE_HERE.fullmatch(folder.name):
            made.setdefault(found[1], []).append(folder)
    for owner, folders in made.items():
        if _is_empty(own / f"{owner}1"):
            for folder in folders:
                _end(folder)


def _is_empty(folder: Path) -> bool:
    """Return whether a group holds no process, or is not there."""
    try:
        return not (folder / "cgroup.procs").read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return True
    except OSError:
        return False


def _end(folder: Path) -> None:
    """Kill a group's processes and remove it, as soon as the kernel lets go of them."""
    end = time.monotonic() + WAIT
    while True:
        try:
            folder.rmdir()
        except FileNotFoundError:
            return
        except OSError:
            if time.monotonic() > end:
                return  # the next run tries again
        else:
            return
        with contextlib.suppress(OSError):
            _put(folder / "cgroup.kill", 1)
        time.sleep(0.002)
