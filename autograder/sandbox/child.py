"""How both confined processes start: settle into a scratch folder, confine, open a shell."""

import json
import os
import random
import signal
import sys
import tempfile
from pathlib import Path
from typing import Any, TypedDict, cast

import numpy as np

from autograder.sandbox import confine, keras_values
from autograder.sandbox.protocol import OUTPUT, READY
from autograder.sandbox.shell import Shell
from autograder.sandbox.wire import Link, Message


class Setting(TypedDict):
    """The settings that a confined process is started with."""

    role: str  # "witness" or "judge"
    scratch: str  # the one folder it may write
    data: str | None  # the course's data, which it may read
    memory: int | None  # MB of address space beyond what the libraries take
    cpu_seconds: int
    seed: int


def settle(setting: Setting) -> None:
    """Move into a folder of the scratch folder and give up everything else, for good.

    What lies in it are copies of the files beside the notebook.

    Raises CannotConfine if this machine lacks what is needed.
    """
    scratch = Path(setting["scratch"])
    work, home = scratch / "work", scratch / "home"
    home.mkdir()
    os.chdir(work)
    for name in ("HOME", "TMPDIR", "IPYTHONDIR", "MPLCONFIGDIR", "XDG_CACHE_HOME"):
        os.environ[name] = str(home)
    tempfile.tempdir = str(home)
    data = None if setting["data"] is None else Path(setting["data"])
    if data is not None and not (work / "data").exists():  # an assignment's own comes first
        (work / "data").symlink_to(data)
    keras_values.settle(home, data)
    Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")  # to go first
    readable = [] if data is None else [data]
    confine.confine(scratch, readable, setting["memory"], setting["cpu_seconds"])
    # Not before: what is imported on the way would be a student's own module of that name.
    # As in a kernel: a cell may write a module for others. The test process takes modules from
    # there only if the teacher put some there.
    if setting["role"] == "witness" or any(work.rglob("*.py")):
        sys.path.insert(0, str(work))


def shell_for(link: Link, setting: Setting, names: dict[str, Any] | None = None) -> Shell:
    """Return the shell of this child; its outputs go over the link, and SIGINT interrupts it.

    `names` is the namespace of its cells, if it is to be another than an ordinary one.
    """

    def emit(kind: str, content: dict[str, Any]) -> None:
        say(link, OUTPUT, {"kind": kind, "content": content})

    shell = Shell(emit, link.interrupts, Path(setting["scratch"], "home"), names)
    random.seed(setting["seed"])
    np.random.seed(setting["seed"])
    keras_values.seed(setting["seed"])
    signal.signal(signal.SIGINT, link.interrupts.handle)
    link.send(READY, b"")
    return shell


def say(link: Link, kind: bytes, content: Any) -> None:
    """Send `content`, plain data, as JSON in a message of this kind."""
    link.send(kind, json.dumps(content).encode())


def read(message: Message) -> dict[str, Any]:
    """Return the plain data in a message of the coordinator's."""
    return cast(dict[str, Any], json.loads(message.body))
