"""The grader's warm interpreters without their start: forks of a process (see forks.py).

For a command that has `forked_zygotes()` in its environment, and the processes that it starts. How
a warm interpreter starts, and that nothing of its parents is in it, is tested where it starts by
itself: in tests/attacks, tests/sandbox and tests/execution.
"""

import importlib
import subprocess
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

from tests.support import forks

ZYGOTES = "SUITE_ZYGOTES"  # for a command: its warm interpreters are to be forks


def forked_zygotes(libraries: str = forks.KERAS) -> dict[str, str]:
    """Return the environment of a command whose warm interpreters are to be forks."""
    return {forks.FOLDER: forks.sockets(libraries), ZYGOTES: "forked"}


def register() -> None:
    """From now on this process's warm interpreters are forks."""
    zygote: Any = importlib.import_module("autograder.sandbox.zygote")
    assert zygote.subprocess is subprocess, "it is started in another way: this would do nothing"
    zygote.subprocess = SimpleNamespace(**vars(subprocess) | {"Popen": _start})


def _start(
    command: Sequence[str], *, pass_fds: Sequence[int], env: dict[str, str], cwd: str, **_: Any
) -> forks.Process:
    """Do what `subprocess.Popen` does for a warm interpreter."""
    number, *modules = command[command.index(forks.INTERPRETER) + 1 :]
    assert [int(number)] == list(pass_fds)
    return forks.fork(forks.ZYGOTE, modules, cwd, env, int(number))
