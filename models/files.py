"""Files that are the old one or the new one at any moment, never half of one."""

import io
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from autograder.files import write


def write_lines(path: Path, lines: Iterable[Mapping[str, Any]]) -> None:
    """Write one line of JSON for each mapping."""
    write(path, "".join(json.dumps(line) + "\n" for line in lines).encode())


def write_findings(path: Path, found: Mapping[str, Any]) -> None:
    """Write what was measured as JSON, unless it says the same as what stands there.

    Processors add in different orders, so the last digit of a confidence may differ between them.
    Whatever is more than that shows in a whole number, too: a count, an answer.
    """
    if not (path.exists() and same(json.loads(path.read_text(encoding="utf-8")), found)):
        write(path, json.dumps(found, indent=1) + "\n")


def same(old: Any, new: Any, tolerance: float = 1.5e-4) -> bool:
    """Return whether two JSON values are equal but for fractions that differ by rounding.

    The tolerance lets the fourth digit after the point differ by one.
    """
    match old, new:
        case dict(), dict():
            return list(old) == list(new) and all(same(old[k], new[k], tolerance) for k in old)
        case list(), list():
            pairs = zip(old, new, strict=False)
            return len(old) == len(new) and all(same(*each, tolerance) for each in pairs)
        case float(), float():
            return abs(old - new) <= tolerance
        case _:
            return bool(old == new)


def write_arrays(path: Path, **arrays: np.ndarray[Any, Any]) -> None:
    """Write arrays as an .npz file."""
    content = io.BytesIO()
    np.savez(content, allow_pickle=False, **arrays)
    write(path, content.getvalue())
