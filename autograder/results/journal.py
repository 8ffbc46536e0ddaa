"""The record of finished submissions: append-only, so that stopping at any moment is safe."""

import hashlib
import json
import os
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Any

from nbformat import NotebookNode

from autograder.errors import UsageError
from autograder.results.verdict import Result

NAME = "journal.jsonl"


@dataclass(frozen=True)
class Entry:
    """One finished submission: the hash of the work, its result, and the hash of its feedback."""

    key: str
    result: Result
    feedback: str | None  # hash of the scores and comments in the feedback written for it
    version: str = ""  # hash of all of the key but the student's work; empty in older journals


class Journal:
    """`journal.jsonl` in the output folder. One process at a time writes it.

    Opening it raises UsageError if another process has it open.
    """

    def __init__(self, folder: Path) -> None:
        import fcntl  # not on Windows, where journals are only read

        self._file = (folder / NAME).open("ab")
        try:
            alone = fcntl.LOCK_EX | fcntl.LOCK_NB  # type: ignore[attr-defined, unused-ignore]
            fcntl.flock(self._file, alone)  # type: ignore[attr-defined, unused-ignore]
        except OSError as problem:
            self._file.close()
            raise UsageError(
                f"another `autograder grade` is writing to {folder}; wait for it, or use --out"
            ) from problem
        self.entries = read(folder)  # the latest of each (student, label)
        if _is_torn(folder / NAME):
            self._file.write(b"\n")  # or the next entry would be lost in the torn line

    def __enter__(self) -> "Journal":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def find(self, student: str, label: str) -> Entry | None:
        """Return the latest entry of a submission, or None; `label` is `Result.label`."""
        return self.entries.get((student, label))

    def append(self, entry: Entry) -> None:
        """Add an entry; it is on the disk when this returns."""
        line = {
            **{"key": entry.key, "version": entry.version, "feedback": entry.feedback},
            "result": entry.result.to_json(),
        }
        self._file.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
        self._file.flush()
        os.fsync(self._file.fileno())
        self.entries[entry.result.student, entry.result.label] = entry


def read(folder: Path) -> dict[tuple[str, str], Entry]:
    """Return the latest entry of every (student, label) in `folder`, torn lines left out."""
    latest: dict[tuple[str, str], Entry] = {}
    path = folder / NAME
    if not path.exists():
        return latest
    for line in path.read_bytes().split(b"\n"):
        try:
            data = json.loads(line)
            entry = Entry(
                data["key"], _result(data["result"]), data["feedback"], data.get("version", "")
            )
        except (ValueError, KeyError, TypeError):
            continue
        latest[entry.result.student, entry.result.label] = entry
    return latest


def _result(data: dict[str, Any]) -> Result:
    """Return a result from its line; before 0.2.0 the reason was one text, not notes.

    Raises KeyError or TypeError for a line that is none.
    """
    if "notes" in data:
        return Result.from_json(data)
    new = {name: value for name, value in data.items() if name != "reason"}
    result = Result.from_json(new | {"notes": []})
    recognised = {each.short for each in result.verdicts if each.code}
    parts = data["reason"].split("; ")
    return replace(result, notes=tuple(each for each in parts if each not in recognised))


def key(notebook: NotebookNode, circumstances: dict[str, Any]) -> str:
    """Return the hash of a notebook's cells, with their marks, and of `circumstances`.

    `circumstances` are plain data: limits, versions, hashes of files.
    """
    marks = ("nbgrader", "tags", "autograder")
    cells = [
        [
            *(cell.cell_type, cell.source, *(cell.metadata.get(mark) for mark in marks)),
            *([cell.attachments] if cell.get("attachments") else []),
        ]
        for cell in notebook.cells
    ]
    data = json.dumps([cells, circumstances], sort_keys=True)
    return hashlib.sha256(data.encode()).hexdigest()


def _is_torn(path: Path) -> bool:
    with path.open("rb") as file:
        if file.seek(0, os.SEEK_END) == 0:
            return False
        file.seek(-1, os.SEEK_END)
        return file.read(1) != b"\n"
