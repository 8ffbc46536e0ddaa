"""What witness and judge have in common: the start, and the words they use."""

import json
import os
import random
import signal
import sys
import tempfile
from pathlib import Path
from typing import Any, TypedDict, cast

import numpy as np

from autograder.sandbox import seal
from autograder.sandbox.shell import Shell
from autograder.sandbox.wire import Link, Message

READY, RUN, DONE, OUTPUT, BROKEN = b"Y", b"R", b"D", b"O", b"X"


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
    data = None if setting["data"] is None else Path(setting["data"])
    if data is not None:
        (work / "data").symlink_to(data)
    _settle_keras(home, data)
    Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")  # to go first
    seal.seal(scratch, [] if data is None else [data], setting["memory"], setting["cpu_seconds"])


def shell_for(link: Link, setting: Setting) -> Shell:
    """Return the shell of this child; its outputs go over the link, and SIGINT interrupts it."""

    def emit(kind: str, content: dict[str, Any]) -> None:
        say(link, OUTPUT, {"kind": kind, "content": content})
        if shell.running:
            link.pause()

    shell = Shell(emit, Path(setting["scratch"], "home"))
    random.seed(setting["seed"])
    np.random.seed(setting["seed"])
    if "keras" in sys.modules:  # if not, the import costs more than it gives
        sys.modules["keras"].utils.set_random_seed(setting["seed"])

    def interrupted(_number: int, _frame: object) -> None:
        if shell.running and link.busy:
            link.missed = True
        elif shell.running:
            raise KeyboardInterrupt

    signal.signal(signal.SIGINT, interrupted)
    link.send(READY, b"")
    return shell


def say(link: Link, kind: bytes, content: Any) -> None:
    """Send plain data."""
    link.send(kind, json.dumps(content).encode())


def read(message: Message) -> dict[str, Any]:
    """Return the plain data of a message of the coordinator's."""
    return cast(dict[str, Any], json.loads(message.body))


def _settle_keras(home: Path, data: Path | None) -> None:
    """Give Keras, imported before the fork, this child's folder; and MNIST, if the course has it.

    `keras.datasets.mnist.load_data` would refuse a copy that is packed in another way than
    its own, and ask the network.
    """
    os.environ["KERAS_HOME"] = str(home)
    config = sys.modules.get("keras.src.backend.config")
    if config is not None:
        config._KERAS_DIR = str(home)  # type: ignore[attr-defined]
    if data is None or not (data / "mnist.npz").is_file():
        return

    def load_data(path: str = "mnist.npz") -> tuple[tuple[Any, Any], tuple[Any, Any]]:
        """Return MNIST as `(x_train, y_train), (x_test, y_test)`."""
        with np.load(data / "mnist.npz") as parts:
            return (parts["x_train"], parts["y_train"]), (parts["x_test"], parts["y_test"])

    for name in ("keras.datasets.mnist", "keras.src.datasets.mnist"):
        if name in sys.modules:
            sys.modules[name].load_data = load_data  # type: ignore[attr-defined]
