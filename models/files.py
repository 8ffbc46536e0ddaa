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


def write_arrays(path: Path, **arrays: np.ndarray[Any, Any]) -> None:
    """Write arrays as an .npz file."""
    content = io.BytesIO()
    np.savez(content, allow_pickle=False, **arrays)
    write(path, content.getvalue())
