"""`autograder` without its start: a process that has imported it, and forks for every command.

The command starts in more than a second of processor time, all of it imports, and the suite
runs hundreds of commands. That it starts is tested where the command itself is run: by README's
commands (tests/test_readme.py), and wherever a test has to kill, interrupt or watch it. The same
for `nbgrader`, which starts in twice that time; in a process of its own, which imports nothing of
ours. What a shell types goes there by programs of these names (see `Warm.program`).
"""

import atexit
import contextlib
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
import threading
import traceback
from collections.abc import Sequence
from pathlib import Path
from types import FrameType
from typing import Any

# Where a program begins, and what its commands import when they are called. nbgrader calls the
# third for every new gradebook.
MAIN = {
    "autograder": "autograder.cli:main",
    "nbgrader": "nbgrader.apps.nbgraderapp:main",
    "alembic": "alembic.config:main",
}
CALLED = "called"  # the folder, in the process's own, of programs that commands call by name
# Variables of a command that is to be killed, as by `kill -9`, when it calls a function of this
# name (see `_die_at`); the processes that it started are noted in a file before.
DIE_AT, FAMILY = "SUITE_DIE_AT", "SUITE_FAMILY"
# Of one whose kernels or warm interpreters are forks: these modules register that.
FORKED = {
    "SUITE_KERNELS": "tests.support.forked_kernels",
    "SUITE_ZYGOTES": "tests.support.forked_zygotes",
}
NBGRADER = ("nbgrader.apps", "nbclient", "jupyter_client.asynchronous", "alembic.config")
AUTOGRADER = (
    *("autograder.cli", "autograder.authoring.release", "autograder.authoring.sample"),
    *("autograder.grading.check", "autograder.grading.grade", "autograder.results.export"),
    *("autograder.results.report", "autograder.grading.nbgrader_steps", "rich.progress"),
    *("rich.table", "typer._adapters", "py_landlock", "pyseccomp", "jinja2.ext"),
)
# How Python opens its input and both outputs.
STREAMS = (("r", "strict"), ("w", "strict"), ("w", "backslashreplace"))
# A program that has the process at ADDRESS run the command, with its own input and outputs.
PROGRAM = """#!{python} -S
import json, os, socket, sys
order = {{"program": {program!r}, "arguments": sys.argv[1:]}}
order |= {{"folder": os.getcwd(), "environment": dict(os.environ)}}
with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as asking:
    asking.connect({address!r})
    socket.send_fds(asking, [json.dumps(order).encode()], [0, 1, 2])
    sys.exit(int(asking.recv(100)))
"""
# A Python that has this program for `-m nbgrader`: `nbgrader quickstart` starts five of them.
PYTHON = """#!/bin/sh
if [ "$1 $2" = "-m nbgrader" ]; then shift 2; exec "{folder}/nbgrader" "$@"; fi
exec "{python}" "$@"
"""


class Warm:
    """That process, as a test's process sees it."""

    def __init__(self, program: str, *command: str) -> None:
        """Start it: as `command` with the numbers of two sockets, or else as this file."""
        self._program = program
        self._command = command or (__file__, program)
        self._start()

    def _start(self) -> None:
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._folder = tempfile.TemporaryDirectory(prefix="warm-")
        listening = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        listening.bind(self._address)
        listening.listen()
        handles = [theirs.fileno(), listening.fileno()]
        own = Path(self._folder.name)
        self.program(own)
        (own / CALLED).mkdir()
        self._write(own / CALLED, "alembic")
        _write_program(own / "python", PYTHON.format(folder=own, python=sys.executable))
        with theirs, listening:
            self._process = subprocess.Popen(
                [sys.executable, *self._command, *map(str, handles)],
                pass_fds=handles,
                env=os.environ | {"OPENBLAS_NUM_THREADS": "1"},  # a fork copies one thread only
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )

    def run(
        self, arguments: list[str], folder: Path, environment: dict[str, str]
    ) -> "subprocess.CompletedProcess[str]":
        """Run the program with these arguments, as `subprocess.run` does."""
        order: dict[str, Any] = {"program": self._program, "arguments": arguments}
        order |= {"folder": str(folder), "environment": environment}
        with (
            open(os.devnull, "rb") as nothing,
            tempfile.TemporaryFile() as out,
            tempfile.TemporaryFile() as err,
        ):
            handles = [nothing.fileno(), out.fileno(), err.fileno()]
            try:
                socket.send_fds(self._control, [json.dumps(order).encode()], handles)
                code = int(self._control.recv(100))
            except BaseException:  # a test's time is over, for example
                self.close()
                self._start()
                raise
            said = [_read(out.fileno()), _read(err.fileno())]
        return subprocess.CompletedProcess([self._program, *arguments], code, *said)

    def program(self, folder: Path) -> None:
        """Put a program of this name into a folder, for a shell to find there."""
        self._write(folder, self._program)

    def _write(self, folder: Path, program: str) -> None:
        text = PROGRAM.format(python=sys.executable, program=program, address=self._address)
        _write_program(folder / program, text)

    @property
    def _address(self) -> str:
        return str(Path(self._folder.name, "socket"))

    def close(self) -> None:
        """End it, and a command that still runs."""
        self._control.close()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._folder.cleanup()


def _write_program(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")
    path.chmod(0o755)


def _read(handle: int) -> str:
    os.lseek(handle, 0, os.SEEK_SET)
    with open(handle, encoding="utf-8", closefd=False) as file:
        return file.read()


def serve(modules: Sequence[str], control: socket.socket, listening: socket.socket) -> None:
    """Import the modules, and run a command for every order until `control` is closed."""
    gc.disable()
    for name in modules:
        importlib.import_module(name)
    api: Any = importlib.import_module("nbgrader.api")
    version, api.get_alembic_version = api.get_alembic_version, lambda: ""  # starts a program
    with api.Gradebook("sqlite://"):
        pass  # SQLAlchemy looks at nbgrader's tables once
    api.get_alembic_version = version
    gc.collect()
    gc.freeze()  # what is here is shared with the commands as long as nobody touches it
    gc.enable()
    assert len(os.listdir("/proc/self/task")) == 1, "a library starts a thread: fork no longer"
    own = Path(listening.getsockname()).parent  # where the programs lie
    while True:
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG) != (0, 0):
                pass  # forget those that have ended
        if listening in select.select([control, listening], [], [])[0]:
            asking, _ = listening.accept()
            with asking:
                _run_one(asking, [control, listening], own)
        elif not _run_one(control, [listening], own):
            return


def _run_one(asking: socket.socket, others: list[socket.socket], own: Path) -> bool:
    """Start the command of the next order; return False if the other end has closed.

    A process of its own waits for the command's end, since the command may ask for others.
    """
    said, handles, _, _ = socket.recv_fds(asking, 1 << 20, 3)
    if not said:
        return False
    if os.fork() == 0:
        pid = os.fork()
        if pid == 0:
            for each in (asking, *others):
                each.close()
            _command(json.loads(said), handles, own)
        for handle in handles:
            os.close(handle)
        _, status = os.waitpid(pid, 0)
        asking.send(str(os.waitstatus_to_exitcode(status)).encode())
        os._exit(0)
    for handle in handles:
        os.close(handle)
    return True


def _command(order: dict[str, Any], handles: list[int], own: Path) -> None:
    """Be the command, as if it was started in this folder with these arguments.

    `own` is the folder with the programs PROGRAM and PYTHON.
    """
    module, _, name = MAIN[order["program"]].partition(":")
    main = getattr(importlib.import_module(module), name)
    for number, handle in enumerate(handles):
        os.dup2(handle, number)
        os.close(handle)
    # As Python begins: those that it made were for files of another kind.
    sys.stdin, sys.stdout, sys.stderr = (
        open(number, mode, encoding="utf-8", errors=errors, closefd=False)  # noqa: SIM115
        for number, (mode, errors) in enumerate(STREAMS)
    )
    os.environ.clear()
    os.environ.update(order["environment"])
    os.environ["PATH"] = f"{own / CALLED}{os.pathsep}{os.environ['PATH']}"
    os.chdir(order["folder"])
    sys.argv = [order["program"], *order["arguments"]]
    if sys.argv[1:2] == ["quickstart"]:
        sys.executable = str(own / "python")
    tempfile.tempdir = None  # it is looked up anew, in this environment
    random.seed()
    _register()
    if DIE_AT in os.environ:
        _die_at(os.environ[DIE_AT], Path(os.environ[FAMILY]))
    code: object = 1
    try:
        main()
        code = 0
    except SystemExit as end:
        code = end.code
    except BaseException:
        traceback.print_exc()
    # As Python ends, but for taking apart all that was imported.
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code if isinstance(code, int) else code is not None)


def _register() -> None:
    for variable, module in FORKED.items():
        if variable in os.environ:
            importlib.import_module(module).register()


def _die_at(name: str, family: Path) -> None:
    """Kill this process when its main thread calls a function: `module:qualified.name`.

    One that is written in C is `qualified.name`.
    """

    def look(frame: FrameType, event: str, called: Any) -> None:
        if event == "call":
            seen = f"{frame.f_globals.get('__name__')}:{frame.f_code.co_qualname}"
        else:
            seen = called.__qualname__ if event == "c_call" else ""
        if seen == name:
            sys.setprofile(None)
            family.write_text(json.dumps(_descendants(os.getpid())), encoding="ascii")
            os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(look)


def _descendants(pid: int) -> list[int]:
    """Return the processes that this one's threads started, and those that these started."""
    found = []
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, path.read_text(encoding="ascii").split()):
            found += [child, *_descendants(child)]
    return found


if __name__ == "__mp_main__":  # in a process that a command has started with multiprocessing
    _register()
if __name__ == "__main__":
    del sys.path[0]  # the folder of this file
    _, name, *numbers = sys.argv
    imported = AUTOGRADER if name == "autograder" else NBGRADER
    serve(imported, *(socket.socket(fileno=int(number)) for number in numbers))
