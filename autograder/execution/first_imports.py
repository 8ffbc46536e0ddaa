"""What a notebook imports before it does anything else.

A kernel may import it while the notebook is still being read: it comes first in any case.
"""

import ast
import json
import sys
import warnings
from collections.abc import Iterator
from importlib.util import find_spec
from itertools import takewhile
from pathlib import Path
from typing import Final

_NOT_READ: Final = (
    *(OSError, ValueError, LookupError, TypeError, StopIteration),  # the notebook
    *(SyntaxError, RecursionError, MemoryError),  # the cell
)


def first_imports(path: Path) -> list[str]:
    """Return the modules, in order, that the first code cell of the notebook at `path` begins with.

    None of them lies beside the notebook: such a module is a part of it. There are none if what
    lies there has an installed module's name, which they may import; if the file is no notebook, or
    if the cell begins otherwise or is not plain Python.
    """
    try:
        cells = json.loads(path.read_bytes())["cells"]
        codes = (cell["source"] for cell in cells if cell["cell_type"] == "code")
        code = next(text for each in codes if (text := "".join(each)).strip())
        with warnings.catch_warnings(action="ignore"):  # these are the cell's to give
            statements = ast.parse(code).body
        if _hides_a_library(path.parent):
            return []
    except _NOT_READ:
        return []  # what is wrong with it, the check says
    imports = takewhile(lambda each: isinstance(each, ast.Import | ast.ImportFrom), statements)
    return [name for each in imports for name in _modules(each) if not _is_beside(name, path)]


def _modules(statement: ast.stmt) -> Iterator[str]:
    if isinstance(statement, ast.Import):
        yield from (each.name for each in statement.names)
    elif isinstance(statement, ast.ImportFrom) and statement.module and not statement.level:
        yield statement.module


def _is_beside(name: str, path: Path) -> bool:
    module = path.parent / name.split(".")[0]
    return module.is_dir() or module.with_suffix(".py").exists()


def _hides_a_library(folder: Path) -> bool:
    every = list(folder.iterdir())
    found = [each for each in every if each.suffix == ".py" or (each / "__init__.py").exists()]
    names = {each.stem for each in found if each.stem.isidentifier()}
    return any(name in sys.modules or find_spec(name) is not None for name in names)
