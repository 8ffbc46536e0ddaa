"""Which files a confined process may read and write: Landlock's rules.

https://docs.kernel.org/userspace-api/landlock.html
"""

import os
import sys
import sysconfig
from collections.abc import Iterable
from pathlib import Path

# What libraries read of this process: one its command line, the C library the addresses
# of a thread's stack; and what a lesson on memory measures. Not the mounts, not the network.
_OF_ITSELF = ("cmdline", "maps", "stat", "statm", "status")


def confine(scratch: Path, readable: Iterable[Path]) -> None:
    """Leave this process `readable` and Python to read and `scratch` to write, for good.

    Raises OSError or LandlockError if the kernel refuses.
    """
    from py_landlock import AccessFs, Landlock

    rules = Landlock(strict=False)  # all that this kernel can refuse, and it need not be new
    rules.add_path_rule("/dev/null", access=AccessFs.READ_FILE | AccessFs.WRITE_FILE)
    rules.add_path_rule("/dev/urandom", access=AccessFs.READ_FILE)
    rules.allow_read(*(path for path in (*_python_itself(), *readable) if path.exists()))
    rules.allow_read_write(scratch)
    for name in _OF_ITSELF:
        # An open file stays: closed, the kernel may forget it, and make one anew that no rule
        # holds for.
        os.open(f"/proc/self/{name}", os.O_RDONLY)
        rules.add_path_rule(f"/proc/self/{name}", access=AccessFs.READ_FILE)
    rules.apply()


def _python_itself() -> list[Path]:
    """Return the folders of this Python, its packages and the system's libraries."""
    paths = sysconfig.get_paths()
    found = {Path(paths[name]).resolve() for name in ("stdlib", "platstdlib", "purelib", "platlib")}
    found |= {Path(sys.base_prefix, "lib").resolve()}
    system = ("/usr/lib", "/usr/lib64", "/lib", "/lib64", "/usr/local/lib", "/usr/share/zoneinfo")
    return sorted(found | {Path(each) for each in (*system, "/usr/share/fonts")})
