"""The process that has imported a program and forks for each of its commands: see warm.py."""

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
SOCKET = "socket"  # its address, in the process's own folder
CALLED = "called"  # the folder in there of programs that commands call by name
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


def serve(modules: Sequence[str], end: int, listening: socket.socket) -> None:
    """Import the modules, and run a command for every order until `end` is readable."""
    gc.disable()
    sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]  # see lean_imports.py
    for name in modules:
        importlib.import_module(name)
    api: Any = importlib.import_module("nbgrader.api")
    version, api.get_alembic_version = api.get_alembic_version, lambda: ""  # starts a program
    with api.Gradebook("sqlite://"):
        pass  # SQLAlchemy looks at nbgrader's tables once
    api.get_alembic_version = version
    schema: Any = importlib.import_module("nbformat.validator")
    schema.get_validator()  # compiled for the first notebook
    if "autograder.cli" in sys.modules:
        pages()
    gc.collect()
    gc.freeze()  # what is here is shared with the commands as long as nobody touches it
    gc.enable()
    assert len(os.listdir("/proc/self/task")) == 1, "a library starts a thread: fork no longer"
    own = Path(listening.getsockname()).parent  # where the programs lie
    while end not in select.select([end, listening.fileno()], [], [])[0]:
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG) != (0, 0):
                pass  # forget those that have ended
        asking, _ = listening.accept()
        # A process of its own looks after the command, since the command may ask for others.
        if os.fork() == 0:
            os.close(end)
            listening.close()
            _run_one(asking, own)
        asking.close()
    os._exit(0)  # nothing of what was imported is to be taken apart


def pages() -> list[str]:
    """Write a feedback page and a report about nobody: a process's first compile the templates."""
    feedback: Any = importlib.import_module("autograder.results.feedback")
    report: Any = importlib.import_module("autograder.results.report")
    result = importlib.import_module("autograder.results.verdict").Result
    score = importlib.import_module("autograder.results.gradebook").RecordedScore
    nobodys = result("nobody", "", "unreadable", (), (), 0.0, "")
    with tempfile.TemporaryDirectory() as folder:
        return [
            feedback.page("", nobodys, score({}, {}, 0, 0, 0, 0), None),
            report.write(Path(folder), [], None).read_text(encoding="utf-8"),
        ]


def _run_one(asking: socket.socket, own: Path) -> None:
    """Run the command of an order, and say how it ended; kill it if nobody waits any more."""
    said, handles, _, _ = socket.recv_fds(asking, 1 << 20, 3)
    pid = os.fork()
    if pid == 0:
        asking.close()
        os.setsid()
        _command(json.loads(said), handles, own)
    for handle in handles:
        os.close(handle)
    ended = os.pidfd_open(pid)
    if ended not in select.select([asking.fileno(), ended], [], [])[0]:
        os.killpg(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    with contextlib.suppress(BrokenPipeError):
        asking.send(str(os.waitstatus_to_exitcode(status)).encode())
    os._exit(0)


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
    _, name, end, handle = sys.argv
    imported = AUTOGRADER if name == "autograder" else NBGRADER
    serve(imported, int(end), socket.socket(fileno=int(handle)))
