"""What a result depends on besides the notebook and the limits: all of it, as hashes."""

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import distributions
from pathlib import Path
from platform import machine, python_version

import autograder
from autograder.notebook.course import Course


def fingerprint(course: Course) -> dict[str, str]:
    """Return a hash of each thing whose change makes earlier results old.

    These are the grader with its checks and hints, the other packages that are installed,
    Python and the kind of processor, and the course's own hints and data. Raises OSError
    for data that cannot be read.
    """
    package = Path(autograder.__file__).parent
    # Each package's name and version with all else that it says of itself: parsing takes longer.
    installed = (
        each.read_text("METADATA") or each.read_text("PKG-INFO") for each in distributions()
    )
    return {
        "grader": _files(package, (each for each in package.rglob("*") if each.suffix != ".pyc")),
        "packages": _text("\n".join(sorted(each or "" for each in installed))),
        "python": f"{python_version()} {machine()}",
        "hints": _files(course.root, [course.hints]),
        "data": _files(course.data, _below(course.data)),
    }


def files_hash(files: Mapping[str, Path]) -> str:
    """Return a hash of files' names and contents; raises OSError if one cannot be read."""
    return _text("\n".join(f"{name} {_digest(path)}" for name, path in sorted(files.items())))


def _below(folder: Path) -> Iterator[Path]:
    """Yield what lies in a folder, and in the folders that are linked there, each once."""
    seen: set[str] = set()
    for found, folders, files in os.walk(folder, followlinks=True):
        if os.path.realpath(found) in seen:
            folders.clear()  # a link that leads back
            continue
        seen.add(os.path.realpath(found))
        folders.sort()
        yield from (Path(found, name) for name in files)


def _files(root: Path, paths: Iterable[Path]) -> str:
    """Return a hash of the names and contents of the files among these paths."""
    lines = []
    for path in sorted(paths):
        if path.is_file():
            lines.append(f"{path.relative_to(root).as_posix()} {_digest(path)}")
    return _text("\n".join(lines))


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _text(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()
