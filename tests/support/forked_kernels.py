"""Kernels without their start, for the notebooks: a process that has imported what lessons do.

A kernel with TensorFlow starts in five seconds of processor time, all of it imports, and `pytest
--nbval` starts one for every notebook. With `--nbval-kernel-name forked` (the kernelspec in
`jupyter/` names `Forked`) each is a fork of one process, and all that follows is as in any other
kernel. `make nbval` runs the notebooks in kernels that start from nothing, as students' do.

A command that `tests.support.running` runs with `forked_kernels()` in its environment has the same.
"""

import atexit
import contextlib
import ctypes
import gc
import importlib
import json
import os
import random
import select
import signal
import socket
import subprocess
import sys
import tempfile
from functools import cache
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any, cast

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

IMPORTED = (
    *("ipykernel.kernelapp", "ipykernel.ipkernel", "matplotlib.pyplot"),
    *("autograder.checks", "autograder.quiet_tensorflow", "keras"),
)
ADDRESS = "SUITE_KERNELS"
_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG


def register() -> None:
    """Make the kernelspec `forked` known to this process's kernel managers."""
    os.environ["JUPYTER_PATH"] = str(Path(__file__).with_name("jupyter"))
    entry = EntryPoint("forked", f"{__name__}:Forked", KernelProvisionerFactory.GROUP_NAME)
    KernelProvisionerFactory.instance().provisioners[entry.name] = entry


def forked_kernels() -> dict[str, str]:
    """Return the environment of a command whose kernels are to be forks."""
    return {ADDRESS: _address(), KernelProvisionerFactory.default_provisioner_name_env: "forked"}


@cache
def _address() -> str:
    """Return where the process listens that forks kernels: one for each process of the suite."""
    if ADDRESS in os.environ:  # a command's
        return os.environ[ADDRESS]
    server = _Server()
    atexit.register(server.close)
    return server.address


class Forked(LocalProvisioner):
    """What jupyter_client asks for a kernel's process."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Start a kernel as `cmd` would, with the folder and environment of `kwargs`."""
        self.cwd = kwargs["cwd"] or os.getcwd()
        process = _fork(cmd[1:], self.cwd, kwargs["env"])
        self.process = cast("subprocess.Popen[bytes]", process)  # it answers what is asked of one
        self.pid = self.pgid = process.pid
        return self.connection_info


class _Process:
    """A kernel's process, with what LocalProvisioner asks of `subprocess.Popen`."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int, handle: int) -> None:
        self.pid = pid
        self._handle = handle  # a pidfd: readable when the process has ended
        self._ended = select.poll()
        self._ended.register(handle, select.POLLIN)

    def poll(self) -> int | None:
        """Return None as long as it runs; how it ended, only its parent knows."""
        return 0 if self._ended.poll(0) else None

    def wait(self) -> int:
        """Wait for its end."""
        self._ended.poll()
        return 0

    def send_signal(self, number: int) -> None:
        """Send it a signal."""
        signal.pidfd_send_signal(self._handle, number)

    def kill(self) -> None:
        """End it, at once."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)


def _fork(arguments: list[str], folder: str, environment: dict[str, str]) -> _Process:
    """Return a new kernel."""
    order = {"arguments": arguments, "folder": str(folder), "environment": environment}
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as asking:
        asking.connect(_address())
        asking.send(json.dumps(order).encode())
        said, handles, _, _ = socket.recv_fds(asking, 100, 1)
    return _Process(int(said), handles[0])


class _Server:
    """The process that forks, as the tests' process sees it."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="kernels-")
        self.address = str(Path(self._folder.name, "socket"))
        self._control, theirs = socket.socketpair()
        listening = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        listening.bind(self.address)
        listening.listen()
        handles = [theirs.fileno(), listening.fileno()]
        with theirs, listening:
            self._process = subprocess.Popen(
                [sys.executable, "-m", __name__, *map(str, handles)],
                pass_fds=handles,
                # A fork copies one thread only; and figures are shown below their cells.
                env=os.environ
                | {"OPENBLAS_NUM_THREADS": "1"}
                | {"MPLBACKEND": "module://matplotlib_inline.backend_inline"},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                start_new_session=True,
            )

    def close(self) -> None:
        """End it."""
        self._control.close()
        self._process.wait()
        self._folder.cleanup()


def _serve(control: socket.socket, listening: socket.socket) -> None:
    """Fork a kernel for every order until the other end of `control` closes."""
    for name in IMPORTED:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()  # what is here is shared with the kernels as long as nobody touches it
    assert len(os.listdir("/proc/self/task")) == 1, "a library starts a thread: fork no longer"
    while control not in select.select([control, listening], [], [])[0]:
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG) != (0, 0):
                pass  # forget those that have ended
        asking, _ = listening.accept()
        order = asking.recv(1 << 20)
        pid = os.fork()
        if pid == 0:
            for each in (control, listening, asking):
                each.close()
            _live(**json.loads(order))
        handle = os.pidfd_open(pid)
        socket.send_fds(asking, [str(pid).encode()], [handle])
        os.close(handle)
        asking.close()


def _live(arguments: list[str], folder: str, environment: dict[str, str]) -> None:
    """Be a kernel, as if it was started in this folder with these arguments."""
    ctypes.CDLL(None).prctl(_DEATH_SIGNAL, signal.SIGKILL)  # no tests, no kernels
    os.setsid()
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 2)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    sys.argv = arguments[1:]  # without "-m"
    random.seed()
    importlib.import_module("ipykernel.kernelapp").launch_new_instance()
    os._exit(0)


if __name__ == "__main__":
    _serve(*(socket.socket(fileno=int(handle)) for handle in sys.argv[1:]))
