"""`autograder` as it would find itself on another system: `python elsewhere.py Windows check …`.

Here is only Linux. So the grader's own modules are told another story, from their first line on:
`sys.platform` and `os.name` are the other system's, and what its Python lacks they neither see nor
import. Their libraries, which know the other systems themselves, are told the truth.

With SUITE_IMPORTED in the environment, the names of the grader's modules that were imported are
written into the file of that name. `python elsewhere.py Windows --serve …` is the process there
that `tests.support.warm` starts.
"""

import asyncio
import atexit
import builtins
import importlib
import importlib.util
import os
import socket
import sys
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

IMPORTED = "SUITE_IMPORTED"
SYSTEM = "SUITE_SYSTEM"  # for the worker processes that the command starts
SERVE = "--serve"
# What the commands import that run on every system.
COMMANDS = (
    *("autograder.cli", "autograder.authoring.release", "autograder.grading.check"),
    *("autograder.results.export", "autograder.results.report", "typer._adapters", "rich.table"),
)
PACKAGE = "autograder"


@dataclass(frozen=True)
class System:
    """What is different for Python on another system."""

    has: dict[str, dict[str, object]]  # module -> what it holds there
    lacks: dict[str, str]  # module -> the names that it has on Linux only
    no: str  # modules that are not there at all


_LINUX_PACKAGES = "pyseccomp py_landlock"  # requirements.txt installs them on Linux only
SYSTEMS = {
    "Windows": System(
        has={
            "sys": {"platform": "win32"},
            "os": {"name": "nt", "O_BINARY": 0},
            "asyncio": {"WindowsSelectorEventLoopPolicy": asyncio.DefaultEventLoopPolicy},
        },
        lacks={
            "os": "O_NOFOLLOW O_NONBLOCK O_DIRECTORY O_CLOEXEC O_SYNC fork forkpty openpty killpg "
            "getpgid getpgrp setpgid getsid setsid getuid geteuid getgid getegid getgroups setuid "
            "getresuid wait wait3 wait4 waitid WNOHANG mkfifo mknod uname sched_getaffinity "
            "sched_yield sysconf confstr statvfs chown fchown lchown fchdir chroot nice getloadavg "
            "getpriority posix_spawn pipe2 sendfile pread pwrite register_at_fork pidfd_open "
            "memfd_create getxattr ttyname fdatasync sync",
            "signal": "SIGKILL SIGALRM SIGHUP SIGQUIT SIGUSR1 SIGUSR2 SIGCHLD SIGCONT SIGSTOP "
            "SIGPIPE SIGXFSZ SIGXCPU alarm setitimer pause pthread_kill pthread_sigmask sigwait "
            "siginterrupt pidfd_send_signal",
            "socket": "AF_UNIX send_fds recv_fds",
            "select": "poll epoll POLLIN",
            "time": "tzset clock_gettime",
        },
        no=f"fcntl resource pwd grp termios tty pty posix syslog {_LINUX_PACKAGES}",
    ),
    "macOS": System(
        has={"sys": {"platform": "darwin"}},
        lacks={
            "os": "sched_getaffinity sched_setaffinity pidfd_open memfd_create getresuid pipe2 "
            "getxattr setresuid",
            "signal": "pidfd_send_signal",
            "select": "epoll",
            "resource": "prlimit",
        },
        no=_LINUX_PACKAGES,
    ),
}


class _Seen(ModuleType):
    """A module of Python's as the grader sees it on the other system."""

    def __init__(self, name: str, has: dict[str, object], lacks: frozenset[str]) -> None:
        super().__init__(name)
        self._real = importlib.import_module(name)
        unknown = sorted(each for each in lacks if not hasattr(self._real, each))
        assert not unknown, f"Linux has no {name}.{unknown}: nothing would be taken away"
        self._has, self._lacks = has, lacks

    def __getattr__(self, name: str) -> Any:
        if name in self._lacks:
            raise AttributeError(f"module '{self.__name__}' has no attribute '{name}'")
        return self._has[name] if name in self._has else getattr(self._real, name)


def move(system: System) -> None:
    """From now on the grader's modules are on another system. None may be imported yet."""
    assert PACKAGE not in sys.modules
    there = {
        name: _Seen(name, system.has.get(name, {}), frozenset(system.lacks.get(name, "").split()))
        for name in (*system.has, *system.lacks)
    }
    missing = system.no.split()
    for name in missing:
        assert importlib.util.find_spec(name), f"Linux has no {name}: nothing would be taken away"
    import_here = builtins.__import__

    def import_there(
        name: str,
        globals: Any = None,
        locals: Any = None,
        fromlist: Any = (),
        level: int = 0,
    ) -> Any:
        importer = str((globals or {}).get("__name__", ""))
        if level == 0 and importer.partition(".")[0] == PACKAGE:
            if name.partition(".")[0] in missing:
                raise ModuleNotFoundError(f"No module named '{name}'", name=name)
            if name in there:
                return there[name]
        return import_here(name, globals, locals, fromlist, level)

    builtins.__import__ = import_there


def _note_imported(file: Path) -> None:
    names = (name for name in sys.modules if name.partition(".")[0] == PACKAGE)
    file.write_text("\n".join(names), encoding="utf-8")


def _serve(end: int, handle: int) -> None:
    """Be the warm process of a system."""
    del sys.argv[1:]
    process = importlib.import_module("tests.support.warm_process")
    process.serve(COMMANDS, end, socket.socket(fileno=handle))


if __name__ == "__main__":
    os.environ[SYSTEM] = sys.argv.pop(1)
if __name__ in ("__main__", "__mp_main__"):  # the second in a worker process
    move(SYSTEMS[os.environ[SYSTEM]])
if __name__ == "__main__":
    if sys.argv[1] == SERVE:
        _serve(*map(int, sys.argv[2:]))
    else:
        if IMPORTED in os.environ:
            atexit.register(_note_imported, Path(os.environ[IMPORTED]))
        importlib.import_module("autograder.cli").main()
