"""A further bound on what a submission takes, where this process may make control groups.

systemd, or a container's manager, can leave a part of the tree of control groups (version 2)
to a process. There each submission's two processes get a group of their own, which bounds what
resource limits do not count: the kernel's memory for sockets and the like, copies of the
libraries' pages, threads as they are started. Where that cannot be had, and whenever it fails,
a submission is confined without it.
"""

import contextlib
import itertools
import os
import re
import time
from pathlib import Path

from autograder.sandbox.watch import MAX_SCRATCH, MAX_THREADS

CONTROLLERS = ("memory", "pids")
PREFIX = "autograder-"  # of the groups made here: this, the process that made it, a number
WAIT = 1.0  # seconds that the kernel may take to let go of what has ended
_ESCAPED = re.compile(r"\\([0-7]{3})")  # a blank in a path, as the list of mounts has it


class Delegated:
    """The control group of this process, and those that it makes below it.

    `own` is the group's folder; `controllers` are those that can be used in it. A group with
    other groups in it can have no processes, so this one moves into a group of its own, and what
    it starts stays there. Raises OSError where the kernel refuses.
    """

    def __init__(self, own: Path, controllers: tuple[str, ...]) -> None:
        self.controllers = controllers
        self._own = own
        self._numbers = itertools.count(1)
        for folder in own.glob(f"{PREFIX}*"):  # of a run that was killed
            if not Path("/proc", folder.name.split("-")[1]).exists():
                _end(folder)
        self._leaf = self._make()
        try:
            _put(self._leaf / "cgroup.procs", os.getpid())
            _put(own / "cgroup.subtree_control", " ".join(f"+{name}" for name in controllers))
        except OSError:
            self.close()
            raise

    def group(self, memory: int | None) -> "Group":
        """Return a new group for a submission; `memory` is MB for each of its two processes."""
        try:
            return Group(self._make(), self.controllers, memory)
        except OSError:
            return Group(None, (), None)

    def close(self) -> None:
        """Move back, and remove the groups that were made."""
        with contextlib.suppress(OSError):
            names = " ".join(f"-{name}" for name in self.controllers)
            _put(self._own / "cgroup.subtree_control", names)
        with contextlib.suppress(OSError):
            _put(self._own / "cgroup.procs", os.getpid())
            for folder in self._own.glob(f"{PREFIX}{os.getpid()}-*"):
                _end(folder)

    def _make(self) -> Path:
        folder = self._own / f"{PREFIX}{os.getpid()}-{next(self._numbers)}"
        folder.mkdir()
        return folder


class Group:
    """The control group of one submission; without a folder, or after a failure, it bounds nothing.

    It may take what its two processes may by all other limits together, so that it takes nothing
    from anybody who keeps to these.
    """

    def __init__(
        self, folder: Path | None, controllers: tuple[str, ...], memory: int | None
    ) -> None:
        unlimited = ("memory",) if memory is None else ()
        self.controllers = tuple(name for name in controllers if name not in unlimited)
        """Those that bound every process of the group."""
        self._folder = folder
        self._memory = memory

    def add(self, pids: list[int]) -> None:
        """Move processes into the group and set its limits; they run nobody's code yet."""
        if self._folder is None:
            return
        try:
            if "pids" in self.controllers:
                _put(self._folder / "pids.max", len(pids) * (MAX_THREADS + 1))
            if "memory" in self.controllers:
                self._limit_memory(self._folder, sum(map(self._may_take, pids)))
            for pid in pids:
                _put(self._folder / "cgroup.procs", pid)
        except OSError:
            self.controllers = ()

    def ran_out(self) -> bool:
        """Return whether a process was killed since the group had no memory left."""
        try:
            events = Path(self._folder or "", "memory.events").read_text(encoding="ascii")
        except OSError:
            return False
        return re.search(r"^oom_kill [1-9]", events, re.MULTILINE) is not None

    def close(self) -> None:
        """Kill what is still in the group, and remove it."""
        if self._folder is not None:
            _end(self._folder)

    def _may_take(self, pid: int) -> int:
        """Return how many bytes a process may take: of memory, files, copies of the libraries."""
        pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
        return ((self._memory or 0) << 20) + MAX_SCRATCH + pages * os.sysconf("SC_PAGE_SIZE")

    def _limit_memory(self, folder: Path, limit: int) -> None:
        _put(folder / "memory.max", limit)
        _put(folder / "memory.oom.group", 1)  # both: each waits for the other
        if (folder / "memory.swap.max").exists():
            _put(folder / "memory.swap.max", 0)


def delegated(wanted: tuple[str, ...] = CONTROLLERS) -> Delegated | None:
    """Return this process's control group if it may make others below it, else None.

    Some of the controllers `wanted` must be there. The machine's uppermost group, which has no
    type, is nobody's.
    """
    try:
        own = own_group()
        if own is None or not os.access(own, os.W_OK) or not (own / "cgroup.type").exists():
            return None
        there = (own / "cgroup.controllers").read_text(encoding="ascii").split()
        controllers = tuple(name for name in wanted if name in there)
        return Delegated(own, controllers) if controllers else None
    except OSError:
        return None


def own_group() -> Path | None:
    """Return the folder of this process's control group of version 2, or None without one."""
    groups = Path("/proc/self/cgroup").read_text(encoding="utf-8").splitlines()
    own = next((Path(line[3:]) for line in groups if line.startswith("0::/")), None)
    for line in Path("/proc/self/mountinfo").read_text(encoding="utf-8").splitlines():
        mount, _, kind = line.partition(" - ")
        if kind.split()[0] == "cgroup2" and own is not None:
            root, where = (_ESCAPED.sub(_character, each) for each in mount.split()[3:5])
            if own.is_relative_to(root):
                return Path(where, own.relative_to(root))
    return None


def _character(found: re.Match[str]) -> str:
    return chr(int(found[1], 8))


def _put(file: Path, value: object) -> None:
    # In one write, and without creating anything: the kernel's files are there or are not.
    handle = os.open(file, os.O_WRONLY)
    try:
        os.write(handle, str(value).encode("ascii"))
    finally:
        os.close(handle)


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
