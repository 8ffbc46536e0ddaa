"""Files and folders as they were handed in, on the disk or in a zip, and none of them trusted.

Links are never followed, pipes never waited for, and no more of a file is read than a caller
asks for.
"""

import os
import stat
from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from autograder.submissions.student_ids import shown

Kind = Literal["folder", "file", "link", "other"]

# How a file is opened. Windows lacks the first two; without its own flag it would read text.
_FLAGS = os.O_RDONLY
for _name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"):
    _FLAGS |= getattr(os, _name, 0)


class Unreadable(Exception):
    """A submission cannot be read; the text says why, to the teacher and the student."""


def is_notebook(name: str) -> bool:
    """Return whether a file of this name is meant to be a notebook."""
    return name.lower().endswith(".ipynb")


class Entry(ABC):
    """A file or a folder that was handed in."""

    name: str  # as it is there, in whatever normal form

    @property
    @abstractmethod
    def kind(self) -> Kind:
        """The kind of entry; `other` is a pipe or a device."""

    @abstractmethod
    def entries(self) -> Sequence["Entry"]:
        """Return a folder's entries, sorted; an empty list for anything else.

        Raises Unreadable if that cannot be seen.
        """

    @abstractmethod
    def read(self, limit: int) -> bytes:
        """Return a file's bytes, at most `limit` of them.

        Raises Unreadable for a link, a pipe, or what is damaged.
        """

    @property
    def shown(self) -> str:
        """The name as it may be printed."""
        return shown(self.name)

    def visible(self) -> list["Entry"]:
        """Return what lies in a folder without hidden and system entries; raises Unreadable."""
        return [each for each in self.entries() if not each.name.startswith((".", "__MACOSX"))]


class OnDisk(Entry):
    """A file or folder of the file system."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = path.name

    @property
    def kind(self) -> Kind:
        if self.path.is_symlink():
            return "link"
        if self.path.is_dir():
            return "folder"
        return "file" if self.path.is_file() else "other"

    def entries(self) -> Sequence[Entry]:
        if self.kind != "folder":
            return []
        try:
            return [OnDisk(path) for path in sorted(self.path.iterdir())]
        except OSError as problem:
            raise Unreadable(f"the folder cannot be read: {problem.strerror}") from problem

    def read(self, limit: int) -> bytes:
        if self.path.is_symlink():
            raise Unreadable(f"{self.shown} is a link; hand in the notebook itself")
        try:
            descriptor = os.open(self.path, _FLAGS)  # and no link that has come in between
        except OSError as problem:
            raise Unreadable(f"{self.shown} cannot be opened: {problem.strerror}") from problem
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            raise Unreadable(f"{self.shown} is not an ordinary file")
        with os.fdopen(descriptor, "rb") as file:
            try:
                return file.read(limit)
            except OSError as problem:
                raise Unreadable(f"{self.shown} cannot be read: {problem.strerror}") from problem
