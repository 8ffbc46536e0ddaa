"""From what was handed in to submissions: one for each student and assignment, readable or not.

The layout is nbgrader's, `<student>/<assignment>/<notebook>.ipynb`, as a folder or a zip of
it. Nothing in it is trusted: links are never followed, pipes never waited for, sizes are
capped, and whatever is wrong with one submission becomes its `problem` and stops no other.
"""

import hashlib
import json
import logging
import os
import re
import stat
import warnings
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from nbformat import NotebookNode

from autograder.errors import UsageError
from autograder.notebook import notebooks

MAX_NOTEBOOK = 20_000_000  # bytes of one notebook; a chapter with all its figures has about 1 MB
MAX_CELLS = 2_000
MAX_ARCHIVE_FILES = 100_000
MAX_ARCHIVE = 4_000_000_000  # bytes of a whole class, unpacked
CLOCK = "timestamp.txt"  # where nbgrader's exchange notes a time of receipt, and anybody can
LAYOUT = "<student>/<assignment>/<notebook>.ipynb"

# What nbgrader, a file system, a terminal and a spreadsheet all take as a plain name.
SAFE_ID = re.compile(r"\w[\w .,@'()=-]{0,99}")


class Unreadable(Exception):
    """Why a submission cannot be read, in words for the teacher and the student."""


@dataclass(frozen=True)
class Folder:
    """Where one student's submission of one assignment lies."""

    student: str
    assignment: str
    path: Path


@dataclass(frozen=True)
class Submission:
    """What one student handed in for one assignment: a notebook, or the problem with it."""

    student: str
    assignment: str
    notebook: NotebookNode | None
    problem: str | None


def find(
    root: Path, known: list[str], assignment: str | None = None, student: str | None = None
) -> tuple[list[Folder], list[str]]:
    """Return the submissions' folders under `root`, and one remark for each entry left out.

    Only assignments in `known` count; `assignment` and `student` narrow the choice. Raises
    UsageError if nothing is left, saying which layout was expected and what was found.
    """
    if assignment is not None and assignment not in known:
        raise UsageError(
            f"there is no assignment '{assignment}'; this course has: {', '.join(known) or 'none'}"
        )
    found: list[Folder] = []
    remarks: list[str] = []
    students = _entries(root)
    taken: set[str] = set()
    for entry in students:
        name = student_id(entry.name)
        while name in taken:  # somebody is called what another's name was made into
            name = student_id(f"{name} ")
        taken.add(name)
        inside = [] if entry.is_symlink() or not entry.is_dir() else _entries(entry)
        folders = [Folder(name, path.name, path) for path in inside if path.name in known]
        found += folders
        if not folders:
            remarks.append(f"left out {_shown(entry.name)}: {_why_not(entry, inside, known)}")
        else:
            remarks += [
                f"left out {_shown(entry.name)}/{_shown(path.name)}: no such assignment"
                for path in inside
                if path.is_dir() and path.name not in known
            ]
    if not found:
        seen = ", ".join(_shown(entry.name) for entry in students[:3]) or "nothing"
        raise UsageError(
            f"no submissions in {root}: expected {LAYOUT} (assignments: {', '.join(known)}), "
            f"found {seen}{' …' if len(students) > 3 else ''}"
        )
    if student is not None:
        ids = sorted({folder.student for folder in found})
        found = [folder for folder in found if folder.student == student]
        if not found:
            some = ", ".join(ids[:5]) + (" …" if len(ids) > 5 else "")
            raise UsageError(f"{root} holds nothing from student '{student}'; it has: {some}")
        remarks = []
    if assignment is not None:
        handed_in = sorted({folder.assignment for folder in found})
        found = [folder for folder in found if folder.assignment == assignment]
        if not found:
            raise UsageError(
                f"{root} holds no submission of {assignment}, only of {', '.join(handed_in)}"
            )
    return found, remarks


def read(folder: Folder) -> Submission:
    """Return the submission in `folder`; what is wrong with it is told in `problem`."""
    try:
        notebook = load(_only_notebook(folder.path))
    except Unreadable as problem:
        return Submission(folder.student, folder.assignment, None, str(problem))
    return Submission(folder.student, folder.assignment, notebook, None)


def load(path: Path) -> NotebookNode:
    """Return a notebook file of whatever version as format 4.5, without outputs.

    Raises Unreadable, in plain words, for anything that is not a notebook.
    """
    return _parse(_read_regular(path))


def student_id(name: str) -> str:
    """Return a folder's name as a student id: itself if plain, else escaped and still unique."""
    if (
        SAFE_ID.fullmatch(name)
        and name.isprintable()
        and name == name.strip(" .")
        and "  " not in name
    ):
        return name
    digest = hashlib.sha256(name.encode("utf-8", "surrogateescape")).hexdigest()[:8]
    return f"id-{re.sub(r'[^A-Za-z0-9]+', '-', name).strip('-')[:40]}-{digest}"


def unpack(archive: Path, into: Path) -> Path:
    """Unpack a zip of submissions into the empty folder `into` and return it.

    Raises UsageError for a damaged or encrypted zip, and refuses the whole of one that holds
    links, absolute names, names with `..` or more than the caps allow: nobody's zip tool
    writes these by accident. A single file over the cap for notebooks is cut just above
    the cap, so that it alone is refused later.
    """
    try:
        with zipfile.ZipFile(archive) as zipped:
            members = [info for info in zipped.infolist() if not info.is_dir()]
            if len(members) > MAX_ARCHIVE_FILES:
                raise UsageError(f"{archive}: more than {MAX_ARCHIVE_FILES:,} files; refused")
            budget = MAX_ARCHIVE
            for info in members:
                _check_member(archive, info)
                budget -= _extract(zipped, info, into, budget)
                if budget <= 0:
                    raise UsageError(
                        f"{archive} unpacks to more than {MAX_ARCHIVE // 10**9} GB; refused"
                    )
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError) as problem:
        raise UsageError(f"{archive} cannot be unpacked: {problem}") from problem
    except OSError as problem:
        raise UsageError(f"{archive} cannot be unpacked: {problem.strerror}") from problem
    return into


def _check_member(archive: Path, info: zipfile.ZipInfo) -> None:
    name = info.orig_filename
    kind = stat.S_IFMT(info.external_attr >> 16)
    outside = (
        PurePosixPath(name).is_absolute()
        or ".." in PurePosixPath(name).parts
        or "\\" in name
        or "\0" in name
        or re.match(r"[A-Za-z]:", name) is not None
    )
    if outside or kind not in (0, stat.S_IFREG):
        what = "points outside it" if outside else "is a link or a device"
        raise UsageError(f"{archive} is refused: its entry {_shown(name)} {what}")


def _extract(zipped: zipfile.ZipFile, info: zipfile.ZipInfo, into: Path, budget: int) -> int:
    """Write one member, at most `MAX_NOTEBOOK + 1` bytes of it; return how many."""
    target = into.joinpath(*PurePosixPath(info.filename).parts)
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.name == CLOCK:
        target.touch()  # not read: it is only told that it was there
    if target.suffix != ".ipynb" or target.exists():
        return 0
    with zipped.open(info) as source, target.open("xb") as sink:
        return sink.write(source.read(min(MAX_NOTEBOOK + 1, budget)))


def _entries(folder: Path) -> list[Path]:
    """Return what lies in a folder, sorted, without hidden and system entries."""
    try:
        entries = sorted(folder.iterdir())
    except OSError as problem:
        raise UsageError(f"cannot read {folder}: {problem.strerror}") from problem
    return [path for path in entries if not path.name.startswith((".", "__MACOSX"))]


def _why_not(entry: Path, inside: list[Path], known: list[str]) -> str:
    expected = f"expected {_shown(entry.name)}/{known[0] if known else 'q1'}/<notebook>.ipynb"
    if entry.is_symlink():
        return "it is a link, and links are not followed"
    if not entry.is_dir():
        return f"it is not a folder; expected {LAYOUT}"
    if not inside:
        return f"the folder is empty; {expected}"
    return f"{expected}, found {_shown(inside[0].name)}"


def _only_notebook(folder: Path) -> Path:
    if folder.is_symlink():
        raise Unreadable("the assignment's folder is a link; hand in a real folder")
    if not folder.is_dir():
        raise Unreadable("a file lies where the assignment's folder should be")
    try:
        names = sorted(os.listdir(folder))
    except OSError as problem:
        raise Unreadable(f"the folder cannot be read: {problem.strerror}") from problem
    notebooks = [name for name in names if name.endswith(".ipynb") and not name.startswith(".")]
    if len(notebooks) == 1:
        return folder / notebooks[0]
    if notebooks:
        listed = ", ".join(_shown(name) for name in notebooks[:3])
        raise Unreadable(
            f"{len(notebooks)} notebooks were handed in ({listed}) and one is expected"
        )
    others = [name for name in names if not name.startswith(".")]
    listed = ", ".join(_shown(name) for name in others[:3])
    raise Unreadable(
        f"no notebook was handed in, only {listed}" if others else "the folder is empty"
    )


def _read_regular(path: Path) -> bytes:
    """Return a regular file's bytes; never follow a link, never wait for a pipe."""
    name = _shown(path.name)
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as problem:
        if path.is_symlink():
            raise Unreadable(f"{name} is a link; hand in the notebook itself") from problem
        raise Unreadable(f"{name} cannot be opened: {problem.strerror}") from problem
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise Unreadable(f"{name} is not an ordinary file")
    with os.fdopen(descriptor, "rb") as file:
        try:
            content = file.read(MAX_NOTEBOOK + 1)
        except OSError as problem:
            raise Unreadable(f"{name} cannot be read: {problem.strerror}") from problem
    if len(content) > MAX_NOTEBOOK:
        raise Unreadable(f"{name} is larger than {MAX_NOTEBOOK // 10**6} MB")
    return content


def _parse(content: bytes) -> NotebookNode:
    if not content.strip():
        raise Unreadable("the file is empty")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise Unreadable("the file is not UTF-8 text, so it is no notebook") from problem
    if text.lstrip().lower().startswith(("<!doctype", "<html", "<?xml")):
        raise Unreadable("this is a web page saved as .ipynb, not a notebook")
    try:
        data = json.loads(text)
    except json.JSONDecodeError as problem:
        if problem.msg.startswith("Unterminated") or problem.pos >= len(text.rstrip()) - 1:
            raise Unreadable("the file is cut off: its end is missing") from problem
        raise Unreadable("the file is damaged: it is not JSON, as notebooks are") from problem
    except (ValueError, RecursionError) as problem:
        raise Unreadable("the file is damaged: it is not JSON, as notebooks are") from problem
    return _upgrade(data)


def _upgrade(data: Any) -> NotebookNode:
    """Return parsed JSON as a notebook of format 4.5 whose cells have what the grader reads."""
    if not isinstance(data, dict) or not isinstance(data.get("nbformat"), int):
        raise Unreadable("this is JSON, but not a notebook")
    if data["nbformat"] not in (3, 4):
        raise Unreadable(f"notebook format {data['nbformat']} is not known; save it as version 4")
    try:
        with warnings.catch_warnings(), _quiet_nbformat():
            warnings.simplefilter("ignore")
            cells = [_plain_cell(cell) for cell in notebooks.upgraded(_needed(data))["cells"]]
    except Unreadable:
        raise
    except Exception as problem:  # whatever a hand-made file makes nbformat stumble over
        raise Unreadable("the notebook's structure is damaged") from problem
    return notebooks.notebook(cells)


def _needed(data: dict[str, Any]) -> dict[str, Any]:
    """Return the part of a parsed notebook that the grader reads: what is left out costs nothing.

    Raises Unreadable if there are too many cells, KeyError or TypeError if there are none.
    """
    old = data["nbformat"] == 3
    sheets = data["worksheets"] if old else [data]
    cells = [cell for sheet in sheets for cell in sheet["cells"]]
    if len(cells) > MAX_CELLS:
        raise Unreadable(f"the notebook has more than {MAX_CELLS:,} cells")
    parts = ("cell_type", "source", "input", "language", "level", "id")
    kept = [
        {name: cell[name] for name in parts if name in cell}
        | {"metadata": _known_metadata(cell.get("metadata"))}
        | ({"outputs": []} if cell["cell_type"] == "code" else {})
        for cell in cells
    ]
    found: dict[str, Any] = {"nbformat": data["nbformat"], "metadata": {}}
    if "nbformat_minor" in data:
        found["nbformat_minor"] = data["nbformat_minor"]
    return found | ({"worksheets": [{"cells": kept}]} if old else {"cells": kept})


def _known_metadata(metadata: Any) -> dict[str, Any]:
    """Return of a cell's metadata nbgrader's plain entries and the tags."""
    found: dict[str, Any] = {}
    if not isinstance(metadata, dict):
        return found
    mark, tags = metadata.get("nbgrader"), metadata.get("tags")
    if isinstance(mark, dict):
        plain = str | int | float | None
        found["nbgrader"] = {key: value for key, value in mark.items() if isinstance(value, plain)}
    if isinstance(tags, list):
        found["tags"] = [tag for tag in tags if isinstance(tag, str)]
    return found


def _plain_cell(cell: Any) -> NotebookNode:
    """Return a cell whose parts have the types that the rest of the grader relies on."""
    source = cell["source"]
    if isinstance(source, list):
        source = "".join(source)
    if not isinstance(source, str) or cell["cell_type"] not in ("code", "markdown", "raw"):
        raise Unreadable("the notebook's structure is damaged")
    source = source.encode("utf-8", "replace").decode("utf-8")  # lone surrogates: not storable
    metadata = cell.get("metadata")
    plain = {
        "cell_type": cell["cell_type"],
        "source": source,
        "metadata": metadata if isinstance(metadata, dict) else {},
    }
    if cell["cell_type"] == "code":
        plain |= {"outputs": [], "execution_count": None}
    if isinstance(cell.get("id"), str):
        plain["id"] = cell["id"]
    return notebooks.node(plain)


class _quiet_nbformat:  # noqa: N801  (used like the lower-case context managers beside it)
    """Silence nbformat's own log while it upgrades a file that we judge ourselves."""

    def __enter__(self) -> None:
        self._logger = logging.getLogger("traitlets")
        self._level = self._logger.level
        self._logger.setLevel(logging.CRITICAL)

    def __exit__(self, *_: object) -> None:
        self._logger.setLevel(self._level)


def _shown(name: str) -> str:
    """Return a name as it may be printed: no control characters, no endless length."""
    safe = "".join(char if char.isprintable() else "?" for char in name)
    return safe if len(safe) <= 60 else safe[:59] + "…"
