"""The folder that a notebook runs in: copies of the files that lie beside it."""

import base64
import contextlib
import shutil
from pathlib import Path

from autograder.task import Task


def lay(folder: Path, task: Task, with_own: bool) -> None:
    """Put the teacher's files into a run's folder, and with `with_own` the student's, too.

    Copies, so that code may write into them. Raises OSError for a file of the teacher's that
    cannot be read on this machine.
    """
    for name, content in task["own"].items() if with_own else ():
        with contextlib.suppress(OSError):  # a name that this file system does not take
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(base64.b64decode(content))
    for name, source in task["beside"].items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, folder / name)
