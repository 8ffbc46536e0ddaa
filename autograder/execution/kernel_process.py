"""The Jupyter kernel of a run: a process of this Python, with a private folder and environment.

Little is imported here, so that it starts while the rest of the grader is being imported.
"""

import asyncio
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from nbclient.util import run_sync

from autograder.sandbox import environment

# The private folder, under the names that the systems and libraries know it by.
HOMES = (
    *("HOME", "TMPDIR", "IPYTHONDIR", "JUPYTER_RUNTIME_DIR", "MPLCONFIGDIR"),
    *("USERPROFILE", "APPDATA", "LOCALAPPDATA", "TEMP", "TMP"),  # Windows'
)
# What is passed on to the kernel: the language, and what Windows' libraries do not start without.
PASSED_ON = (
    *("LANG", "LC_ALL", "TZ", "SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "PATHEXT"),
    *("NUMBER_OF_PROCESSORS", "PROCESSOR_ARCHITECTURE"),
)


class Manager(AsyncKernelManager):
    """A kernel of the Python that runs the grader, whatever kernelspec the notebook names.

    It talks over Unix sockets in a private folder: no ports for two kernels to fight over. On
    Windows, which has none of these, it has ports that this machine alone can reach.
    """

    def __init__(self, private: str, modules: Sequence[str]) -> None:
        file = str(Path(private, "kernel.json"))
        if hasattr(socket, "AF_UNIX"):
            super().__init__(transport="ipc", connection_file=file, ip=str(Path(private, "k")))
        else:
            super().__init__(transport="tcp", connection_file=file)
        self._modules = modules

    @property
    def kernel_spec(self) -> KernelSpec:
        # Compiled code is kept of the libraries alone: as uv installs them there is none, and to
        # compile a large one takes seconds. Later nobody looks for garbage among what they made.
        lines = [
            f"import sys; sys.dont_write_bytecode = {sys.dont_write_bytecode}",
            *(f"import {name}" for name in self._modules),
            "import gc, sys; sys.dont_write_bytecode = True; gc.freeze()",
        ]
        # No file remembers what was run; and no line binds a name that a cell could find.
        options = [
            "--HistoryManager.hist_file=:memory:",
            "--IPKernelApp.kernel_class=autograder.execution.kernel_side.Kernel",
            "--IPKernelApp.outstream_class=autograder.execution.kernel_side.OutStream",
        ]
        options += [f"--IPKernelApp.exec_lines=exec('{line}', {{}})" for line in lines]
        return KernelSpec(
            argv=[sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}", *options],
            language="python",
            display_name="Python 3",
        )


# The longest path of a Unix socket, in bytes, that all systems take (macOS; Linux: 107).
MAX_PATH = 103


@dataclass(frozen=True)
class Kernel:
    """A kernel that was started: its manager, and the folder it was started in."""

    manager: Manager
    folder: Path


@contextmanager
def started(folder: Path | None = None, modules: Sequence[str] = ()) -> Iterator[Kernel]:
    """Start a kernel, and end it afterwards if nobody has.

    It works in `folder`, or if that is None or missing in an empty one. `modules` are what it
    imports before it answers; what cannot be imported is left to the cell that does.
    Raises OSError if the kernel's sockets cannot be made.
    """
    if sys.platform == "win32":  # its usual loop cannot wait for the kernel's messages
        asyncio.set_event_loop_policy(asyncio.WindowsSelectorEventLoopPolicy())
    with tempfile.TemporaryDirectory(prefix="autograder-", ignore_cleanup_errors=True) as private:
        _check_length(private)
        work, home = Path(private, "work"), Path(private, "home")
        work.mkdir()
        home.mkdir()
        if folder is None or not folder.is_dir():
            folder = work
        manager = Manager(private, modules)
        try:
            run_sync(manager.start_kernel)(
                cwd=str(folder),
                env=_environment(home),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            yield Kernel(manager, folder)
        finally:
            try:
                if manager.has_kernel:
                    run_sync(manager.shutdown_kernel)(now=True)
            finally:
                # As garbage, a context can wait for ever for sockets that are garbage with it.
                manager.context.destroy(linger=0)


def _check_length(private: str) -> None:
    """Raise OSError if sockets in this folder have too long a path: it says what to do."""
    if hasattr(socket, "AF_UNIX") and len(os.fsencode(Path(private, "k-1"))) > MAX_PATH:
        raise OSError(
            f"the name of the folder for temporary files is too long for a kernel's sockets: set "
            f"TMPDIR to a shorter one than {tempfile.gettempdir()}"
        )


def _environment(home: Path) -> dict[str, str]:
    """Return the kernel's whole environment: nothing of the grader's own is passed on."""
    kept = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    return {
        **environment.clean(str(home), HOMES),
        "PYTHONDONTWRITEBYTECODE": "1",  # until it is told otherwise
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
        **kept,
    }
