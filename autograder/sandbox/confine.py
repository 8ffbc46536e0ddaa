"""Takes from this process, for good, whatever a notebook's code does not need.

The file system by Landlock (`filesystem`); network, processes, signals to others and all
unusual system calls by seccomp (`syscalls`); memory, files and CPU time by resource limits
(`rlimits`). No privileges are needed, and none help: it holds for root, too. What a process
cannot do to itself, the process that watches it does (`watch`): wall-clock time, the number
of threads and the size of the scratch folder.
"""

import sys
from collections.abc import Iterable
from pathlib import Path

from autograder.sandbox import filesystem, rlimits, syscalls


class CannotConfine(Exception):
    """This machine lacks something that is needed; the text says what."""


def why_not() -> str | None:
    """Return why no process can be confined on this machine, or None if it can."""
    if sys.platform != "linux":
        return "sealing needs Linux"
    try:
        import pyseccomp  # noqa: F401
        from py_landlock import LandlockError, get_abi_version
    except (ImportError, OSError, RuntimeError) as problem:  # no libseccomp, for example
        return f"the system library libseccomp is needed: {problem}"
    try:
        get_abi_version()
    except (LandlockError, OSError) as problem:
        return f"this Linux has no Landlock: {problem}"
    return None


def prepare() -> None:
    """Do once, in the parent, what is the same in every fork that confines itself."""
    if why_not() is None:
        syscalls.rules_for_all()


def confine(scratch: Path, readable: Iterable[Path], memory: int | None, cpu_seconds: int) -> None:
    """Confine this process to reading `readable` and Python, and writing `scratch`.

    `memory` is MB of address space beyond what is taken now, None for no limit. Must be
    called while the process has one thread; there is no way back. Raises CannotConfine.
    """
    reason = why_not()
    if reason is not None:
        raise CannotConfine(reason)
    from py_landlock import LandlockError

    rlimits.confine(memory, cpu_seconds)
    try:
        filesystem.confine(scratch, readable)
    except (LandlockError, OSError) as problem:
        raise CannotConfine(f"Landlock: {problem}") from problem
    try:
        syscalls.confine()
    except OSError as problem:
        raise CannotConfine(f"seccomp: {problem}") from problem
