"""`autograder` without its start: a process that has imported it, and forks for every command.

The command starts in more than a second of processor time, all of it imports, and the suite
runs hundreds of commands. That it starts is tested where the command itself is run: by the
teachers' pages (tests/site/test_teaching.py), which type every one, and wherever a test has to
kill, interrupt or watch it. The same for `nbgrader`, which starts in twice that time; in a process
of its own, which imports nothing of ours.
"""

import atexit
import contextlib
import gc
import importlib
import json
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import traceback
from pathlib import Path
from types import FrameType
from typing import Any

# Where a program begins, and what its commands import when they are called.
MAIN = {"autograder": "autograder.cli:main", "nbgrader": "nbgrader.apps.nbgraderapp:main"}
# Variables of a command that is to be killed, as by `kill -9`, when it calls a function of this
# name (see `_die_at`); the processes that it started are noted in a file before.
DIE_AT, FAMILY = "SUITE_DIE_AT", "SUITE_FAMILY"
KERNELS = "SUITE_KERNELS"  # of one whose kernels are forks: see forked_kernels.py
NBGRADER = ("nbgrader.apps", "nbclient", "jupyter_client.asynchronous", "alembic")
AUTOGRADER = (
    *("autograder.cli", "autograder.authoring.release", "autograder.authoring.sample"),
    *("autograder.grading.check", "autograder.grading.grade", "autograder.results.export"),
    *("autograder.results.report", "autograder.grading.nbgrader_steps", "rich.progress"),
    *("rich.table", "typer._adapters", "py_landlock", "pyseccomp", "jinja2.ext"),
)


class Warm:
    """That process, as a test's process sees it."""

    def __init__(self, program: str) -> None:
        self._program = program
        self._start()

    def _start(self) -> None:
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, __file__, self._program, str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                env=os.environ | {"OPENBLAS_NUM_THREADS": "1"},  # a fork copies one thread only
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )

    def run(
        self, arguments: list[str], folder: Path, environment: dict[str, str]
    ) -> "subprocess.CompletedProcess[str]":
        """Run the program with these arguments, as `subprocess.run` does."""
        order = {"arguments": arguments, "folder": str(folder), "environment": environment}
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            handles = [out.fileno(), err.fileno()]
            try:
                socket.send_fds(self._control, [json.dumps(order).encode()], handles)
                code = int(self._control.recv(100))
            except BaseException:  # a test's time is over, for example
                self.close()
                self._start()
                raise
            said = [_read(out.fileno()), _read(err.fileno())]
        return subprocess.CompletedProcess([self._program, *arguments], code, *said)

    def close(self) -> None:
        """End it, and a command that still runs."""
        self._control.close()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


def _read(handle: int) -> str:
    os.lseek(handle, 0, os.SEEK_SET)
    with open(handle, encoding="utf-8", closefd=False) as file:
        return file.read()


def _serve(program: str, control: socket.socket) -> None:
    """Run a command for every order until the other end closes."""
    for name in AUTOGRADER if program == "autograder" else NBGRADER:
        importlib.import_module(name)
    with importlib.import_module("nbgrader.api").Gradebook("sqlite://"):
        pass  # SQLAlchemy looks at nbgrader's tables once
    gc.collect()
    gc.freeze()  # what is here is shared with the commands as long as nobody touches it
    assert len(os.listdir("/proc/self/task")) == 1, "a library starts a thread: fork no longer"
    while True:
        said, handles, _, _ = socket.recv_fds(control, 1 << 20, 2)
        if not said:
            return
        pid = os.fork()
        if pid == 0:
            control.close()
            _command(program, json.loads(said), handles)
        for handle in handles:
            os.close(handle)
        _, status = os.waitpid(pid, 0)
        control.send(str(os.waitstatus_to_exitcode(status)).encode())


def _command(program: str, order: dict[str, object], handles: list[int]) -> None:
    """Be the command, as if it was started in this folder with these arguments."""
    module, _, name = MAIN[program].partition(":")
    main = getattr(importlib.import_module(module), name)
    for number, handle in enumerate(handles, start=1):
        os.dup2(handle, number)
        os.close(handle)
    os.environ.clear()
    os.environ.update(order["environment"])  # type: ignore[call-overload]
    os.chdir(str(order["folder"]))
    sys.argv[1:] = order["arguments"]  # type: ignore[call-overload]
    tempfile.tempdir = None  # it is looked up anew, in this environment
    random.seed()
    if KERNELS in os.environ:
        importlib.import_module("tests.support.forked_kernels").register()
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
    os._exit(code if isinstance(code, int) else code is not None)


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


if __name__ == "__main__":
    del sys.path[0]  # the folder of this file
    sys.argv = sys.argv[1:]
    _serve(sys.argv[0], socket.socket(fileno=int(sys.argv.pop(1))))
