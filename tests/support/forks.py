"""Processes without their start: forks of one that has imported the same libraries.

A process with TensorFlow starts in four seconds of processor time or more, one without in half a
second, all of it imports, and the suite starts hundreds. Two kinds can be forks instead: kernels
(forked_kernels.py) and the grader's warm interpreters (forked_zygotes.py). What follows after the
imports is as in any other.

The suite has one that forks for each set of libraries, if it needs it. That has a child of its
own that forks the kernels: what only they import, no warm interpreter is to have.
"""

import contextlib
import ctypes
import gc
import importlib
import json
import os
import random
import runpy
import select
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any

from tests.support import shared

# Libraries: what every warm interpreter imports, or Keras and what comes with it.
PLAIN, KERAS = "plain", "keras"
IMPORTED = {
    PLAIN: tuple(f"autograder.sandbox.{each}" for each in ("confine", "judge", "witness")),
    KERAS: ("matplotlib.pyplot", "autograder.checks", "autograder.quiet_tensorflow", "keras"),
}
INTERPRETER = "autograder.sandbox.zygote_process"
BY_KERNELS = ("ipykernel.kernelapp", "ipykernel.ipkernel")
KERNEL, ZYGOTE = "kernel", "zygote"
# For a command: the folder with the sockets of the process that started it.
FOLDER = "SUITE_FORKS"
_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG


class Process:
    """A fork, with what is asked of `subprocess.Popen`."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int, handle: int) -> None:
        self.pid = pid
        self._handle = handle  # a pidfd: readable when the process has ended
        self._ended = select.poll()
        self._ended.register(handle, select.POLLIN)

    def poll(self) -> int | None:
        """Return None as long as it runs; how it ended, only its parent knows."""
        return 0 if self._ended.poll(0) else None

    def wait(self, seconds: float | None = None) -> int:
        """Wait for its end. Raises subprocess.TimeoutExpired after so many seconds."""
        if not self._ended.poll(None if seconds is None else 1000 * seconds):
            raise subprocess.TimeoutExpired("a fork", seconds or 0)
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


def fork(
    kind: str,
    arguments: Sequence[str],
    folder: str,
    environment: dict[str, str],
    handle: int | None = None,
) -> Process:
    """Return a new process of a kind, in a folder and with this environment.

    The arguments are those of its program, whatever a Python would be told before. If it is given
    a handle, the number of the handle there comes first.
    """
    order: dict[str, Any] = {"arguments": list(arguments), "environment": environment}
    order["folder"] = str(Path(folder).absolute())  # its own is another one
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as asking:
        # Whoever is no command with a FOLDER runs the course's notebooks.
        asking.connect(str(Path(sockets(KERAS), kind)))
        handles = [] if handle is None else [handle]
        socket.send_fds(asking, [json.dumps(order).encode()], handles)
        said, ended, _, _ = socket.recv_fds(asking, 100, 1)
    return Process(int(said), ended[0])


def sockets(libraries: str) -> str:
    """Return the folder with the sockets of those that fork a process with these libraries.

    They are the suite's, or named by the one that started this process.
    """
    return os.environ.get(FOLDER) or _started(libraries)


@cache
def _started(libraries: str) -> str:
    return str(shared.started(f"forks-{libraries}", partial(_start, libraries)))


def _start(libraries: str, folder: Path, end: int) -> None:
    """Start the process that forks, until `end` is readable."""
    with contextlib.ExitStack() as ours:
        handles = [end]
        for kind in (KERNEL, ZYGOTE):
            listening = ours.enter_context(socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET))
            listening.bind(str(folder / kind))
            listening.listen()
            handles.append(listening.fileno())
        shared.launch(
            ["-m", __name__, libraries, *map(str, handles)],
            handles,
            # Figures are shown below their cells.
            {
                "TF_CPP_MIN_LOG_LEVEL": "3",
                "MPLBACKEND": "module://matplotlib_inline.backend_inline",
            },
        )


def _main(libraries: str, end: int, kernels: socket.socket, zygotes: socket.socket) -> None:
    """Serve both kinds until `end` is readable."""
    interpreter = runpy.run_module(INTERPRETER)  # read, not imported: it is run by its name
    _import([*interpreter["SHELL"], *IMPORTED[libraries]])
    interpreter["_look_up_beforehand"]()
    if os.fork() == 0:
        ctypes.CDLL(None).prctl(_DEATH_SIGNAL, signal.SIGKILL)
        zygotes.close()
        _import(BY_KERNELS)
        _serve(end, kernels, _kernel)
    else:
        kernels.close()
        _serve(end, zygotes, _zygote)


def _import(names: Sequence[str]) -> None:
    gc.disable()
    for name in names:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()  # what is here is shared with the forks as long as nobody touches it
    gc.enable()
    assert len(os.listdir("/proc/self/task")) == 1, "a library starts a thread: fork no longer"


def _serve(end: int, listening: socket.socket, live: Callable[[list[str]], None]) -> None:
    """Fork a process for every order; `live` is its life, with its arguments."""
    while end not in select.select([end, listening.fileno()], [], [])[0]:
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG) != (0, 0):
                pass  # forget those that have ended
        asking, _ = listening.accept()
        order, handles, _, _ = socket.recv_fds(asking, 1 << 20, 1)
        pid = os.fork()
        if pid == 0:
            for each in (end, listening.detach(), asking.detach()):
                os.close(each)
            arguments = _settle(**json.loads(order))
            try:
                live([*map(str, handles), *arguments])
            finally:
                os._exit(0)  # whatever went wrong: a fork does not go on as the one that forks
        for handle in (*handles, ended := os.pidfd_open(pid)):
            if handle == ended:
                with contextlib.suppress(BrokenPipeError):  # who asked may be killed meanwhile
                    socket.send_fds(asking, [str(pid).encode()], [handle])
            os.close(handle)
        asking.close()


def _settle(arguments: list[str], folder: str, environment: dict[str, str]) -> list[str]:
    """Be a new process, in this folder and with this environment; return the arguments."""
    ctypes.CDLL(None).prctl(_DEATH_SIGNAL, signal.SIGKILL)  # no tests, no forks
    os.setsid()
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 2)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    tempfile.tempdir = None  # it is looked up anew, in this environment
    random.seed()
    return arguments


def _kernel(arguments: list[str]) -> None:
    sys.argv = ["ipykernel_launcher", *arguments]
    importlib.import_module("ipykernel.kernelapp").launch_new_instance()


def _zygote(arguments: list[str]) -> None:
    del sys.path[0]  # the folder in which this was started; a zygote's Python has none
    sys.argv = [INTERPRETER, *arguments]
    runpy.run_module(INTERPRETER, run_name="__main__")


if __name__ == "__main__":
    _, imported, end, *handles = sys.argv
    _main(imported, int(end), *(socket.socket(fileno=int(handle)) for handle in handles))
    os._exit(0)  # nothing of what was imported is to be taken apart
