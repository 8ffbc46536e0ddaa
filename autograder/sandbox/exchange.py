"""Files that a test and an answer have in common: what a call writes, and what it is to read.

Both processes have a folder of their own. Into the test's come files that hold text or a
picture: never a pickle, a program or anything else that a library could run when it reads it. Out
of it go only files that a test names in the call.
"""

import contextlib
import io
import os
import pickletools
import pkgutil
import stat
import sys
from _compat_pickle import IMPORT_MAPPING, NAME_MAPPING
from collections.abc import Collection, Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path, PurePosixPath
from typing import Any

MAX_FILE = 2_000_000  # bytes
MAX_ALL = 8_000_000  # bytes of all files that cross together
MAX_FILES = 100
MAX_DEPTH = 4  # of folders in folders
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
_PROGRAMS = (".py", ".pyc", ".pth", ".so", ".ipynb", ".ipy", ".pkl", ".pickle", ".joblib", ".sh")
# What libraries read from the folder they are in.
_SETTINGS = ("matplotlibrc", "pytest.ini", "tox.ini", "setup.cfg", "pyproject.toml")
# Modules that a pickle may call by the name that they had in Python 2.
_OLD_NAMES = IMPORT_MAPPING.keys() | {module for module, _ in NAME_MAPPING}
_MAX_NAME = 100  # characters of a module's name
_OPCODES = {each.code: each for each in pickletools.opcodes}
_LENGTHS = {  # of a length that stands before what follows an opcode
    pickletools.TAKEN_FROM_ARGUMENT1: 1,
    pickletools.TAKEN_FROM_ARGUMENT4: 4,
    pickletools.TAKEN_FROM_ARGUMENT4U: 4,
    pickletools.TAKEN_FROM_ARGUMENT8U: 8,
}
_CONTROL = bytes(set(range(32)) - set(b"\t\n\r\f\x1b"))

Seen = dict[str, tuple[int, int]]


class Folder:
    """The folder in which a process works, and what the other side knows of its files."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._told = self._look()  # what the other side has as well: the teacher's, from the start
        self._theirs: Seen = {}  # of these, what it wrote

    def changed(self) -> tuple[dict[str, bytes], list[str]]:
        """Return the files changed since the last call, bytes by path, and the paths now gone."""
        now = self._look()
        files: dict[str, bytes] = {}
        size = 0
        for name, seen in now.items():
            if self._told.get(name) != seen and size + seen[1] <= MAX_ALL:
                with contextlib.suppress(OSError):
                    files[name] = (self._root / name).read_bytes()
                    size += seen[1]
        gone = [name for name in self._told if name not in now]
        self._told = now
        return files, gone

    def named(self, values: list[Any]) -> dict[str, bytes]:
        """Return the files, bytes by relative path, that texts and paths among `values` name."""
        found: dict[str, bytes] = {}
        for value in values[:MAX_FILES]:
            if isinstance(value, str | Path) and 0 < len(str(value)) < 300:
                name = _safe(str(value))
                seen = self._seen(name) if name else None
                if name and seen and seen[1] <= MAX_FILE and not _linked(self._root, name):
                    with contextlib.suppress(OSError):
                        found[name] = (self._root / name).read_bytes()
        return found

    def put(self, files: Any, may_replace: Any = None) -> None:
        """Write `files`, bytes by relative path, into this folder; what fails is left out.

        With `may_replace`, a collection of paths, only harmless files are written, and one of
        this side's own files is replaced only if its path is among them.
        """
        now = self._look() if may_replace is not None else {}
        for name, content in list(files.items())[:MAX_FILES]:
            safe = _safe(name)
            if safe is None or type(content) is not bytes or _linked(self._root, safe):
                continue
            own = safe in now and self._theirs.get(safe) != now[safe]
            if may_replace is not None and (
                not is_harmless(safe, content) or (own and safe not in may_replace)
            ):
                continue
            with contextlib.suppress(OSError):
                (self._root / safe).parent.mkdir(parents=True, exist_ok=True)
                (self._root / safe).write_bytes(content)
                seen = self._seen(safe)
                if seen is not None:
                    self._told[safe] = self._theirs[safe] = seen

    def remove(self, names: Any, may_remove: Collection[str]) -> None:
        """Remove files that the other side has removed: what it wrote, and what may be removed."""
        for name in list(names)[:MAX_FILES]:
            safe = _safe(name)
            if safe is None or _linked(self._root, safe):
                continue
            theirs = self._theirs.get(safe)
            if safe in may_remove or (theirs is not None and self._seen(safe) == theirs):
                with contextlib.suppress(OSError):
                    (self._root / safe).unlink()
                self._told.pop(safe, None)
                self._theirs.pop(safe, None)

    def _look(self) -> Seen:
        found: Seen = {}
        waiting = [("", 0)]
        while waiting and len(found) < MAX_FILES:
            folder, depth = waiting.pop()
            with contextlib.suppress(OSError), os.scandir(self._root / folder) as entries:
                for entry in entries:
                    name = f"{folder}{entry.name}"
                    if entry.is_dir(follow_symlinks=False) and depth < MAX_DEPTH:
                        waiting.append((f"{name}/", depth + 1))
                    elif entry.is_file(follow_symlinks=False):
                        about = entry.stat(follow_symlinks=False)
                        if about.st_size <= MAX_FILE:
                            found[name] = (about.st_mtime_ns, about.st_size)
        return found

    def _seen(self, name: str) -> tuple[int, int] | None:
        try:
            about = os.lstat(self._root / name)
        except (OSError, ValueError):
            return None
        return (about.st_mtime_ns, about.st_size) if stat.S_ISREG(about.st_mode) else None


def is_harmless(name: str, content: bytes) -> bool:
    """Return whether a file holds text or a picture, and nothing that is run when it is read."""
    if len(content) > MAX_FILE or name.lower().endswith((*_PROGRAMS, *_SETTINGS)):
        return False
    if content.startswith(_PICTURES):
        return True
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    is_text = content.translate(None, _CONTROL) == content
    return is_text and not _is_pickle(content)


def _is_pickle(content: bytes) -> bool:
    """Return whether the bytes, a text, are a pickle that could call something.

    Nearly any text is a pickle for some letters; to call, it has to name what a module holds.
    "id,name" names the module "d,name", which nobody has.
    """
    lines = content.decode("utf-8").split("\n")
    if any(_names(line, following) for line, following in pairwise(lines)):
        return True
    return "STACK_GLOBAL" in _opcodes(content)


def _opcodes(content: bytes) -> Iterator[str]:
    """Yield the names of a pickle's opcodes, as far as the bytes are some.

    What stands behind them is not read: Python takes numbers that pickletools refuses.
    """
    file = io.BytesIO(content)
    while code := _OPCODES.get(file.read(1).decode("latin-1")):
        yield code.name
        size = 0 if code.arg is None else code.arg.n
        if size == pickletools.UP_TO_NEWLINE:
            file.readline()
            if code.name in ("GLOBAL", "INST"):
                file.readline()
        else:
            file.read(int.from_bytes(file.read(_LENGTHS[size]), "little") if size < 0 else size)


def _names(line: str, following: str) -> bool:
    """Return whether a line ends as a pickle names a module, and the following one what is in it.

    Before the module's name is the letter c or i.
    """
    if not following.isidentifier():
        return False
    tail = line[-_MAX_NAME - 1 :]
    modules = (tail[place + 1 :] for place, letter in enumerate(tail) if letter in "ci")
    return any(_may_hold(module, following) for module in modules)


def _may_hold(module: str, name: str) -> bool:
    if module in _OLD_NAMES:
        return True
    if module not in sys.modules:
        return module.partition(".")[0] in _packages()
    try:
        return hasattr(sys.modules[module], name)
    except Exception:  # whatever a library does before it says so
        return True


@cache
def _packages() -> frozenset[str]:
    """Return the first names of all modules that can be imported."""
    installed = {each.name for each in pkgutil.iter_modules()}
    return frozenset(installed | sys.stdlib_module_names | {n.split(".")[0] for n in sys.modules})


def _safe(name: Any) -> str | None:
    """Return a relative path that stays in the folder and is not hidden, or None."""
    if type(name) is not str or "\0" in name or len(name) > 300:
        return None
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or len(path.parts) > MAX_DEPTH + 1:
        return None
    if not path.parts or path.parts[0] == "data" or any(p.startswith(".") for p in path.parts):
        return None
    return str(path)


def _linked(root: Path, name: str) -> bool:
    """Return whether the path leads through a link."""
    path = root
    for part in PurePosixPath(name).parts:
        path = path / part
        if path.is_symlink():
            return True
    return False
