"""Servers that all processes of the suite share: the first that needs one starts it.

pytest-xdist runs the tests in several processes. What forks for them has imported libraries for
seconds (forks.py, warm.py), and whom it forks for is all the same to it.
"""

import atexit
import fcntl
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

# For the suite's processes: the folder in which the servers have theirs, and whose it is.
FOLDER, OWNER = "SUITE_SHARED", "SUITE_OWNER"


def begin() -> None:
    """Share with all processes that this one starts, unless it was started by one that shares."""
    _folder()


def started(name: str, start: Callable[[Path, int], object]) -> Path:
    """Return a server's folder. If there is no such server yet, `start` is to start it.

    It gets the folder, and a handle that is readable when the suite has ended.
    """
    folder = Path(_folder(), name)
    with Path(f"{folder}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            folder.mkdir()
            end = os.pidfd_open(int(os.environ[OWNER]))
            try:
                start(folder, end)
            finally:
                os.close(end)
    return folder


def launch(
    arguments: Sequence[str], handles: Sequence[int], environment: Mapping[str, str] = {}
) -> None:
    """Start a server: this Python with these arguments, handles and variables besides its own."""
    process = subprocess.Popen(
        [sys.executable, *arguments],
        pass_fds=handles,
        # A fork copies one thread only.
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1", **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    process.returncode = 0  # nobody waits for it, nor is to be warned: it ends with the suite


@cache
def _folder() -> str:
    if FOLDER not in os.environ:
        own = TemporaryDirectory(prefix="suite-")
        atexit.register(own.cleanup)
        os.environ |= {FOLDER: own.name, OWNER: str(os.getpid())}
    return os.environ[FOLDER]
