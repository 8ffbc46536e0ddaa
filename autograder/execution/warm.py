"""What all threads of this process share: the warm interpreters, one for each set of libraries,
and the control group in which they and their children are."""

import threading

from autograder.sandbox import cgroup
from autograder.sandbox.zygote import MAX_FORKS, Zygote

_zygotes: dict[tuple[str, ...], Zygote] = {}  # by the modules they have imported
_groups: list[cgroup.Delegated | None] = []  # one, once it was looked for
_lock = threading.Lock()


def warm(modules: tuple[str, ...]) -> Zygote:
    """Return an interpreter that has imported these modules; a used-up one is replaced."""
    with _lock:
        _delegated()  # what is started from now on is in this process's new group
        zygote = _zygotes.get(modules)
        if zygote is None or not zygote.is_alive() or zygote.forks >= MAX_FORKS:
            if zygote is not None:
                zygote.retire()
            zygote = _zygotes[modules] = Zygote(modules)
        return zygote


def group(memory: int | None) -> cgroup.Group:
    """Return a control group for one submission, which bounds nothing where none can be made.

    `memory` is MB for each of its processes.
    """
    with _lock:
        groups = _delegated()
    return cgroup.Group(None, (), None) if groups is None else groups.group(memory)


def _delegated() -> cgroup.Delegated | None:
    if not _groups:
        _groups.append(cgroup.delegated())
    return _groups[0]


def close() -> None:
    """End the warm interpreters, and with them every run that is under way."""
    with _lock:
        for zygote in _zygotes.values():
            zygote.close()
        _zygotes.clear()
        for groups in _groups:
            if groups is not None:
                groups.close()
        _groups.clear()
