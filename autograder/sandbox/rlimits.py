"""How much memory, time and how many files a confined process may take: resource limits."""

import signal
from pathlib import Path

FILE_SIZE = 256 << 20  # bytes of one file
OPEN_FILES = 512


def confine(memory: int | None, cpu_seconds: int) -> None:
    """Set this process's limits, for good.

    `memory` is in MB of address space beyond what is taken now, None for no limit; `cpu_seconds`
    counts the time of all threads.
    """
    import resource  # not on Windows

    limits = {
        resource.RLIMIT_FSIZE: FILE_SIZE,
        resource.RLIMIT_NOFILE: OPEN_FILES,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_CPU: cpu_seconds,
    }
    if memory is not None:
        limits[resource.RLIMIT_AS] = _address_space() + (memory << 20)
    for kind, limit in limits.items():
        hard = resource.getrlimit(kind)[1]
        least = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        resource.setrlimit(kind, (least, least))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # too large a file is an error, not the end


def _address_space() -> int:
    """Return the bytes of address space that this process has."""
    import resource

    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[0]
    return int(pages) * resource.getpagesize()
