"""Which files a confined process may read and write: Landlock's rules.

https://docs.kernel.org/userspace-api/landlock.html
"""

import os
import sys
import sysconfig
from collections.abc import Iterable
from pathlib import Path


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
    # TensorFlow reads its own command line from there. The open folder stays open: closed,
    # the kernel may forget it, and make one anew that no rule holds for.
    os.open("/proc/self", os.O_RDONLY | os.O_DIRECTORY)
    rules.allow_read("/proc/self")
    rules.apply()


def _python_itself() -> list[Path]:
    """Return the folders of this Python, its packages and the system's libraries."""
    paths = sysconfig.get_paths()
    found = {Path(paths[name]).resolve() for name in ("stdlib", "platstdlib", "purelib", "platlib")}
    found |= {Path(sys.base_prefix, "lib").resolve()}
    system = ("/usr/lib", "/usr/lib64", "/lib", "/lib64", "/usr/local/lib", "/usr/share/zoneinfo")
    return sorted(found | {Path(each) for each in (*system, "/usr/share/fonts")})
