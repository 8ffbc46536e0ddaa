"""A warm interpreter that forks: the libraries are imported once for many submissions.

`python -m autograder.sandbox.zygote_process SOCKET MODULE …` is started by `Zygote`, which asks it
for children; each is a fork that confines itself before it does anything else. A fork copies one
thread only, so this process has one: it runs no library's operation and no cell, and it looks
before every fork.
"""

import contextlib
import ctypes
import gc
import importlib
import json
import os
import signal
import socket
import sys
from pathlib import Path
from typing import Any

from autograder.sandbox.protocol import BROKEN
from autograder.sandbox.wire import Disconnected, Link, WireError

# What a child imports when it confines itself, and IPython when it starts or shows a value.
SHELL = (
    *("IPython.core.completer", "IPython.core.completerlib", "IPython.core.magics"),
    *("IPython.core.magics.execution", "IPython.core.logger", "IPython.core.oinspect"),
    *("IPython.core.ultratb", "IPython.utils.module_paths", "stack_data", "decimal", "fractions"),
    *("pygments.formatters.html", "pygments.formatters.terminal256", "pygments.lexers.python"),
    *("encodings.ascii", "numpy.random"),
    "autograder.diagnosis.wrong_arrays",  # which the checks import when an array came out wrong
)
_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG


def _serve(control: socket.socket, modules: list[str]) -> None:
    """Fork a child for every request until the other end closes."""
    gc.disable()  # what is imported stays: to look for garbage among it takes half a second
    from autograder import checks
    from autograder.sandbox import confine, judge, large_pages, shell, witness

    for name in (*SHELL, *modules):
        importlib.import_module(name)
    # Of the libraries compiled code was kept: as uv installs them there is none yet, and to compile
    # a large one takes seconds. Of what students write it is not.
    sys.dont_write_bytecode = True
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    checks.hints()  # read now: a sealed child cannot
    confine.prepare()
    shell.prepare()
    _look_up_beforehand()
    gc.collect()
    gc.freeze()  # the children share what is here as long as nobody touches it
    gc.enable()
    large_pages.gather()
    roles = {"witness": witness.main, "judge": judge.main}
    while True:
        said, handles, _, _ = socket.recv_fds(control, 1 << 20, 1)
        if not said:
            return
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG) != (0, 0):
                pass  # forget those that have ended
        threads = len(os.listdir("/proc/self/task"))
        if threads != 1:
            problem = f"the warm interpreter has {threads} threads and cannot be forked"
            control.sendall(json.dumps({"problem": problem}).encode())
            continue
        setting = json.loads(said)
        _read_beforehand(setting)
        pid = os.fork()
        if pid == 0:
            control.close()
            _live(setting, Link(socket.socket(fileno=handles[0])), roles)
        os.close(handles[0])
        handle = os.pidfd_open(pid)
        socket.send_fds(control, [json.dumps({"pid": pid}).encode()], [handle])
        os.close(handle)


def _read_beforehand(setting: Any) -> None:
    """Read the hints that lie beside a test, as every test process would at its first hint.

    In its folder are the teacher's files alone. What is wrong with the file, a check says.
    """
    from autograder import checks

    if setting["role"] == "judge":
        with contextlib.suppress(ValueError):
            checks.own_hints(Path(setting["scratch"], "work"))


def _look_up_beforehand() -> None:
    """Fill the caches that the first error and the first figure of every child would fill."""
    if "matplotlib" in sys.modules:
        importlib.import_module("matplotlib.backends.registry").backend_registry.list_all()
    show = importlib.import_module("IPython.core.ultratb").AutoFormattedTB(mode="Context")
    try:
        raise NotImplementedError
    except NotImplementedError as error:  # which file belongs to which module, Python's colours
        show.structured_traceback(type(error), error, error.__traceback__)


def _live(setting: Any, link: Link, roles: dict[str, Any]) -> None:
    """Be a child, from its first moment to its last."""
    from autograder.sandbox import child

    try:
        ctypes.CDLL(None).prctl(_DEATH_SIGNAL, signal.SIGKILL)  # no zygote, no children
        child.settle(setting)
        roles[setting["role"]](link, setting)
    except (Disconnected, WireError):
        os._exit(0)
    except BaseException as error:
        with contextlib.suppress(Disconnected, WireError):
            child.say(link, BROKEN, f"{type(error).__name__}: {error}"[:2000])
        os._exit(1)


if __name__ == "__main__":
    _serve(socket.socket(fileno=int(sys.argv[1])), sys.argv[2:])
