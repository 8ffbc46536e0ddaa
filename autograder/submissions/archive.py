"""A zip of submissions, read where it lies: nothing of it is unpacked to the disk.

What is wrong with one member is told of that member alone: its student gets the reason, and the
others are graded.
"""

import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from autograder.errors import UsageError
from autograder.submissions.student_ids import shown
from autograder.submissions.tree import Entry, Kind, Unreadable

MAX_FILES = 100_000
MAX_DEPTH = 20  # folders in each other
MAX_TOLD = 10  # members that are named if they are left out
_SEPARATOR = re.compile(r"[/\\]")  # some programs for Windows write the second
_DRIVE = re.compile(r"[A-Za-z]:")
_IS_UTF_8, _IS_ENCRYPTED = 0x800, 0x1  # a member's flags
_UNICODE_NAME = 0x7075  # an extra field
_IS_FOLDER = 0x10  # an attribute that DOS and Windows write


class InZip(Entry):
    """A member of a zip, or a folder that its members lie in."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._zip: zipfile.ZipFile | None = None
        self._members: list[zipfile.ZipInfo] = []  # of this very name; more than one is a clash
        self._children: dict[str, InZip] = {}
        self.is_folder = False

    @property
    def kind(self) -> Kind:
        if self.is_folder:
            return "folder"
        kinds = {stat.S_IFMT(each.external_attr >> 16) for each in self._members}
        if stat.S_IFLNK in kinds:
            return "link"
        return "file" if kinds <= {0, stat.S_IFREG} else "other"

    @property
    def is_clash(self) -> bool:
        """Whether the zip has a file of this folder's name. Some programs write empty ones."""
        return self.is_folder and any(each.file_size for each in self._members)

    def entries(self) -> Sequence[Entry]:
        return [self._children[name] for name in sorted(self._children)]

    def folder_of(self, parts: Sequence[str]) -> "InZip":
        """Return the folder of this path below this one, made if it is not there."""
        found = self
        for part in parts:
            found = found._children.setdefault(part, InZip(part))
            found.is_folder = True
        return found

    def add(self, name: str, zipped: zipfile.ZipFile, member: zipfile.ZipInfo) -> "InZip":
        """Put a member into this folder; return its entry."""
        found = self._children.setdefault(name, InZip(name))
        found._zip = zipped
        found._members.append(member)
        return found

    def read(self, limit: int) -> bytes:
        if self.kind == "link":
            raise Unreadable(f"{self.shown} is a link; hand in the notebook itself")
        if self.kind != "file" or self._zip is None:
            raise Unreadable(f"{self.shown} is not an ordinary file")
        if len({(each.CRC, each.file_size) for each in self._members}) > 1:
            raise Unreadable(
                f"{self.shown} is in the zip {len(self._members)} times, each time another, and "
                "which of them counts cannot be told"
            )
        member = self._members[0]
        if member.flag_bits & _IS_ENCRYPTED:
            raise Unreadable(f"{self.shown} is encrypted in the zip")
        try:
            with self._zip.open(member) as file:
                return file.read(limit)
        except Exception as problem:  # whatever a hand-made member makes a decompressor raise
            why = "" if isinstance(problem, NotImplementedError) else "is damaged in the zip"
            raise Unreadable(
                f"{self.shown} {why or 'is packed in a way that is not known here'}"
            ) from problem


@contextmanager
def opened(path: Path) -> Iterator[tuple[InZip, list[str]]]:
    """Open a zip; yield its uppermost folder, and a remark for each member that is left out.

    A name that leads out of the zip (absolute, with `..`) is left out: nobody's zip tool
    writes one by accident. Raises UsageError for what is no zip, for more than `MAX_FILES`
    and if nothing is left.
    """
    try:
        zipped = zipfile.ZipFile(path)
    except OSError as problem:
        raise UsageError(f"{path} cannot be unpacked: {problem.strerror}") from problem
    except Exception as problem:  # whatever a damaged table of contents makes zipfile raise
        why = problem if isinstance(problem, zipfile.BadZipFile) else "it is damaged"
        raise UsageError(f"{path} cannot be unpacked: {why}") from problem
    with zipped:
        members = zipped.infolist()
        if len(members) > MAX_FILES:
            raise UsageError(f"{path}: more than {MAX_FILES:,} files; refused")
        root, refused = _tree(zipped, members)
        if members and len(refused) == len(members):
            raise UsageError(f"{path} is refused: its entry {refused[0]}")
        told = [f"left out of {path.name}: its entry {each}" for each in refused[:MAX_TOLD]]
        if len(refused) > MAX_TOLD:
            told.append(
                f"left out of {path.name}: {len(refused) - MAX_TOLD} more entries like these"
            )
        yield root, told


def _tree(zipped: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> tuple[InZip, list[str]]:
    """Return the folder of all members, and which are refused and why."""
    root = InZip("")
    root.is_folder = True
    refused, files = [], []
    for member in members:
        name = _name(member)
        parts = [part for part in _SEPARATOR.split(name) if part not in ("", ".")]
        problem = _refusal(name, parts, member)
        if problem:
            refused.append(f"{shown(name)} {problem}")
            root.folder_of(_owner(name, parts))
        elif _is_folder(name, member):
            root.folder_of(parts)
        else:
            files.append((name, root.folder_of(parts[:-1]).add(parts[-1], zipped, member)))
    clashes = [shown(name) for name, entry in files if entry.is_clash]
    return root, refused + [f"{name} has the name of a folder" for name in clashes]


def _name(member: zipfile.ZipInfo) -> str:
    """Return a member's name, the same on every Python: it is checked and used, and no other.

    Some programs write UTF-8 and do not say so, macOS's among them; others write it into an
    extra field, which newer Pythons read.
    """
    said = member.orig_filename
    if member.flag_bits & _IS_UTF_8:
        return said
    written = said.encode("cp437")  # as zipfile has read it
    try:
        return (_unicode_name(member.extra, written) or written).decode("utf-8")
    except UnicodeError:
        return said


def _unicode_name(extra: bytes, written: bytes) -> bytes | None:
    """Return the name in Info-ZIP's extra field, if there is one and it is of the written name."""
    while len(extra) >= 4:
        kind, length = struct.unpack("<HH", extra[:4])
        field, extra = extra[4 : 4 + length], extra[4 + length :]
        if kind == _UNICODE_NAME and field[:5] == struct.pack("<BL", 1, zlib.crc32(written)):
            return field[5:]
    return None


def _refusal(name: str, parts: list[str], member: zipfile.ZipInfo) -> str:
    """Return why a member is left out; empty if it is not."""
    if _is_absolute(name) or ".." in parts:
        return "points outside it"
    if "\0" in name or not parts:
        return "has a name that ends early"
    return f"lies more than {MAX_DEPTH} folders deep" if len(parts) > MAX_DEPTH else ""


def _owner(name: str, parts: list[str]) -> list[str]:
    """Return the folder that a refused member was to lie in, deep enough to tell whose it is."""
    end = parts.index("..") if ".." in parts else len(parts) - 1
    return [] if _is_absolute(name) else parts[: min(end, 4)]


def _is_absolute(name: str) -> bool:
    return name[:1] in ("/", "\\") or _DRIVE.match(name) is not None


def _is_folder(name: str, member: zipfile.ZipInfo) -> bool:
    marked = bool(member.external_attr & _IS_FOLDER) or stat.S_ISDIR(member.external_attr >> 16)
    return name.endswith(("/", "\\")) or (marked and member.file_size == 0)
