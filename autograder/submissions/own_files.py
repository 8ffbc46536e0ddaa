"""The files that a student handed in beside the notebook: modules, pictures, data of their own."""

from collections.abc import Collection, Iterator

from autograder.submissions.layout import CLOCK
from autograder.submissions.tree import Entry, Unreadable, is_notebook

MAX_ALL = 20_000_000  # bytes of one student's files of one assignment
MAX_FILES = 200
MAX_DEPTH = 4  # of folders in folders
MAX_NAME = 255  # bytes, as file systems have it
TOO_MUCH = (
    f"the files beside the notebook are left out: more than {MAX_FILES}, or than "
    f"{MAX_ALL // 10**6} MB"
)


def read(folder: Entry, taken: Collection[str]) -> tuple[dict[str, bytes], str]:
    """Return what lies beside the notebooks in a student's folder, bytes by relative path.

    `taken` are the paths of the teacher's files, which a student cannot replace. Left out are
    links, hidden files, notebooks and what cannot be read. If it is too much in all, there are no
    files, and a note says so.
    """
    found: dict[str, bytes] = {}
    size = 0
    for path, entry in _below(folder, "", MAX_DEPTH):
        if any(_clash(path, each) for each in taken):
            continue
        try:
            content = entry.read(MAX_ALL + 1 - size)
        except Unreadable:
            continue
        found[path] = content
        size += len(content)
        if size > MAX_ALL or len(found) > MAX_FILES:
            return {}, TOO_MUCH
    return found, ""


def _below(folder: Entry, above: str, depth: int) -> Iterator[tuple[str, Entry]]:
    try:
        inside = folder.visible() if folder.kind == "folder" and depth else []
    except Unreadable:
        return
    for entry in inside:
        if "/" in entry.name or "\0" in entry.name or len(entry.name.encode()) > MAX_NAME:
            continue
        path = f"{above}{entry.name}"
        if entry.kind == "folder":
            yield from _below(entry, f"{path}/", depth - 1)
        elif entry.kind == "file" and path != CLOCK and not is_notebook(path):
            yield path, entry


def _clash(one: str, other: str) -> bool:
    """Return whether two paths are the same, or one is a folder in the other."""
    return f"{one}/".startswith(f"{other}/") or f"{other}/".startswith(f"{one}/")
