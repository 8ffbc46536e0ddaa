"""`autograder` without its start: a process that has imported it, and forks for every command.

The command starts in more than a second of processor time, all of it imports, and the suite
runs hundreds of commands. That it starts is tested where the command itself is run: by README's
commands (tests/test_readme.py), and wherever a test has to kill, interrupt or watch it. The same
for `nbgrader`, which starts in twice that time; in a process of its own, which imports nothing of
ours. What a shell types goes there by programs of these names (see `Warm.program`).
"""

import json
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from tests.support import shared, warm_process

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


@dataclass(frozen=True)
class Warm:
    """That process, as a test's process sees it."""

    name: str  # `autograder` or `nbgrader`
    folder: Path  # where its socket lies, and what its commands call

    def run(
        self, arguments: list[str], folder: Path, environment: dict[str, str]
    ) -> "subprocess.CompletedProcess[str]":
        """Run the program with these arguments, as `subprocess.run` does.

        If a test's time is over meanwhile, for example, the command is killed.
        """
        order: dict[str, Any] = {"program": self.name, "arguments": arguments}
        order |= {"folder": str(folder), "environment": environment}
        with (
            open(os.devnull, "rb") as nothing,
            tempfile.TemporaryFile() as out,
            tempfile.TemporaryFile() as err,
            socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as asking,
        ):
            asking.connect(str(self.folder / warm_process.SOCKET))
            handles = [nothing.fileno(), out.fileno(), err.fileno()]
            socket.send_fds(asking, [json.dumps(order).encode()], handles)
            code = int(asking.recv(100))
            said = [_read(out.fileno()), _read(err.fileno())]
        return subprocess.CompletedProcess([self.name, *arguments], code, *said)

    def program(self, folder: Path) -> None:
        """Put a program of this name into a folder, for a shell to find there."""
        _program(folder, self.name, self.folder)


def warm(name: str, command: Sequence[str] = (), place: str = "") -> Warm:
    """Return the process for a program, which the whole suite shares.

    It is started as `command` with the numbers of two handles, if there is a command, and then
    has another `place`.
    """
    arguments = list(command or (warm_process.__file__, name))
    return Warm(name, shared.started(f"warm-{name}{place}", partial(_start, name, arguments)))


def _start(name: str, arguments: list[str], folder: Path, end: int) -> None:
    _program(folder, name, folder)
    (folder / warm_process.CALLED).mkdir()
    _program(folder / warm_process.CALLED, "alembic", folder)
    _write(folder / "python", PYTHON.format(folder=folder, python=sys.executable))
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listening:
        listening.bind(str(folder / warm_process.SOCKET))
        listening.listen()
        handles = [end, listening.fileno()]
        shared.launch([*arguments, *map(str, handles)], handles)


def _program(folder: Path, name: str, own: Path) -> None:
    address = str(own / warm_process.SOCKET)
    _write(folder / name, PROGRAM.format(python=sys.executable, program=name, address=address))


def _write(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")
    path.chmod(0o755)


def _read(handle: int) -> str:
    os.lseek(handle, 0, os.SEEK_SET)
    with open(handle, encoding="utf-8", closefd=False) as file:
        return file.read()
