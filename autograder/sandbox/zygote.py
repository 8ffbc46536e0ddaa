"""A warm interpreter and its children, as the coordinator holds them: started, asked, ended.

The interpreter itself is `python -m autograder.sandbox.zygote_process`.
"""

import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.sandbox import environment
from autograder.sandbox.wire import Link

# Then a new one: what forks leave behind in the kernel does not add up without end. As far as this
# it is nothing that one could measure, and the new one imports the libraries anew.
MAX_FORKS = 1_000


class NoZygote(Exception):
    """The zygote is gone, or cannot fork; the text says why."""


@dataclass
class Child:
    """A confined process: its socket, and a handle that never means another process."""

    parent: "Zygote"
    pid: int
    handle: int  # a pidfd
    link: Link
    scratch: Path  # the one folder it may write

    def kill(self) -> None:
        """End it, at once."""
        self.signal(signal.SIGKILL)

    def signal(self, number: signal.Signals) -> None:
        """Send it a signal, unless it has ended."""
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self.handle, number)

    def close(self) -> None:
        """Kill it, wait for its end, and let go of it."""
        self.kill()
        ended = select.poll()
        ended.register(self.handle, select.POLLIN)
        ended.poll(5_000)
        self.link.close()
        os.close(self.handle)
        self.parent.released()


class Zygote:
    """The parent of children, in a process of its own. Several threads may use it.

    `modules` are what it imports beforehand; without any it is cold.
    """

    def __init__(self, modules: tuple[str, ...]) -> None:
        self.forks = 0
        self._living = 0  # children that were not let go of yet
        self._retired = False
        self._lock = threading.Lock()
        self._folder = tempfile.TemporaryDirectory(prefix="autograder-zygote-")
        self._control, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603
                [
                    sys.executable,
                    "-P",
                    "-m",
                    "autograder.sandbox.zygote_process",
                    str(theirs.fileno()),
                    *modules,
                ],
                pass_fds=[theirs.fileno()],
                env=_environment(self._folder.name),
                cwd=self._folder.name,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C is for the coordinator
            )

    def fork(self, setting: dict[str, Any]) -> Child:
        """Return a new child that has this setting. Raises NoZygote."""
        ours, theirs = socket.socketpair()
        with theirs, self._lock:
            try:
                socket.send_fds(self._control, [json.dumps(setting).encode()], [theirs.fileno()])
                said, handles, _, _ = socket.recv_fds(self._control, 1 << 16, 1)
            except OSError as problem:
                ours.close()
                raise NoZygote(f"the warm interpreter is gone ({problem})") from problem
            answer: Any = json.loads(said) if said else {"problem": "the warm interpreter ended"}
            if "problem" in answer:
                ours.close()
                raise NoZygote(answer["problem"])
            self.forks += 1
            self._living += 1
        return Child(self, answer["pid"], handles[0], Link(ours), Path(setting["scratch"]))

    def is_alive(self) -> bool:
        """Return whether it has not ended."""
        return self._process.poll() is None

    def ends_within(self, seconds: float) -> bool:
        """Return whether it ends within this time, as when it was just killed."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(seconds)
        return not self.is_alive()

    def retire(self) -> None:
        """End it as soon as its last child has been let go of."""
        self._retired = True
        if self._living <= 0:
            self.close()

    def released(self) -> None:
        """Count one child less; a retired zygote ends with the last of them."""
        self._living -= 1
        if self._retired:
            self.retire()

    def close(self) -> None:
        """End it, and its children with it; one that nobody has used need not finish importing."""
        if self.forks == 0:
            self._process.kill()
        with contextlib.suppress(OSError):
            self._control.shutdown(socket.SHUT_RDWR)  # also wakes a thread that waits for a fork
        self._control.close()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._folder.cleanup()


def _environment(home: str) -> dict[str, str]:
    """Return the zygote's whole environment: nothing of the grader's own is passed on."""
    folders = ("HOME", "TMPDIR", "MPLCONFIGDIR", "IPYTHONDIR", "XDG_CACHE_HOME")
    return {
        **environment.clean(home, folders),
        "LC_ALL": "C.UTF-8",
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    }
