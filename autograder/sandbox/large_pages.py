"""Moves what a process holds in memory into large pages: a fork of it copies fewer entries.

A fork copies no memory, but the table that says where each page is. A page of 2 MB is one entry,
in place of 512 of 4 kB; what a child changes of it, the kernel copies by 4 kB as ever.
"""

import ctypes
import re
from pathlib import Path

SIZE = 2 << 20  # bytes of a large page on x86-64, and on ARM with pages of 4 kB
_COLLAPSE = 25  # MADV_COLLAPSE, since Linux 6.1; an older one refuses, and all stays as it is
# Memory of this process's own, not a file's: the heap, and what has no name or one for debuggers.
_OWN = re.compile(r"^(\w+)-(\w+) rw-p \w+ \w+:\w+ 0 *(?:\[heap\]|\[anon.*\])?$", re.M)


def gather() -> None:
    """Move this process's own memory into large pages, as far as the kernel has any."""
    libc = ctypes.CDLL(None)
    libc.madvise.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)
    for start, end in _OWN.findall(Path("/proc/self/maps").read_text(encoding="utf-8")):
        first, last = -(-int(start, 16) // SIZE), int(end, 16) // SIZE
        for number in range(first, last):  # one at a time: a failure ends the call
            libc.madvise(number * SIZE, SIZE, _COLLAPSE)
