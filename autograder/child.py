"""What witness and judge have in common: the start, and the words they use."""

import json
import os
import random
import sys
import tempfile
from pathlib import Path
from typing import Any, TypedDict, cast

from autograder import seal
from autograder.shell import Shell
from autograder.wire import Link, Message

RUN, DONE, OUTPUT = b"R", b"D", b"O"


class Setting(TypedDict):
    """What a child is started with."""

    role: str  # "witness" or "judge"
    scratch: str  # the one folder it may write
    data: str | None  # the course's data, which it may read
    memory: int | None  # MB of address space beyond what the libraries take
    cpu_seconds: int
    seed: int


def settle(setting: Setting) -> None:
    """Move into an empty folder of the scratch folder and give up everything else, for good."""
    scratch = Path(setting["scratch"])
    work, home = scratch / "work", scratch / "home"
    work.mkdir()
    home.mkdir()
    os.chdir(work)
    for name in ("HOME", "TMPDIR", "IPYTHONDIR", "MPLCONFIGDIR", "XDG_CACHE_HOME"):
        os.environ[name] = str(home)
    tempfile.tempdir = str(home)
    readable = []
    if setting["data"] is not None:
        data = Path(setting["data"])
        readable.append(data)
        (work / "data").symlink_to(data)
        _offer_mnist(home, data)
    Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")  # to go first
    seal.seal(scratch, readable, setting["memory"], setting["cpu_seconds"])


def shell_for(link: Link, setting: Setting) -> Shell:
    """Return the shell of this child; its outputs go over the link."""

    def emit(kind: str, content: dict[str, Any]) -> None:
        say(link, OUTPUT, {"kind": kind, "content": content})

    shell = Shell(emit, Path(setting["scratch"], "home"))
    random.seed(setting["seed"])
    for name in ("numpy", "keras"):
        if name in sys.modules:  # if not, the import costs more than it gives
            _seed(name, setting["seed"])
    return shell


def say(link: Link, kind: bytes, content: Any) -> None:
    """Send plain data."""
    link.send(kind, json.dumps(content).encode())


def read(message: Message) -> dict[str, Any]:
    """Return the plain data of a message of the coordinator's."""
    return cast(dict[str, Any], json.loads(message.body))


def _seed(name: str, seed: int) -> None:
    if name == "numpy":
        sys.modules["numpy"].random.seed(seed)
    else:
        sys.modules["keras"].utils.set_random_seed(seed)


def _offer_mnist(home: Path, data: Path) -> None:
    """Put MNIST where `keras.datasets.mnist.load_data()` looks before it asks the network."""
    datasets = home / "datasets"
    datasets.mkdir()
    (datasets / "mnist.npz").symlink_to(data / "mnist.npz")
    os.environ["KERAS_HOME"] = str(home)
    config = sys.modules.get("keras.src.backend.config")
    if config is not None:  # imported before the fork, with another home
        config._KERAS_DIR = str(home)  # type: ignore[attr-defined]
