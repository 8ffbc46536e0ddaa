"""A kernel that starts, and imports, while the notebook is still being read."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.execution import kernel
from autograder.execution.first_imports import first_imports
from autograder.execution.kernel_process import started
from autograder.notebook import notebooks
from tests.support.tasks import task

FIRST = {
    "import json, a.b as c\nfrom d.e import f\nx = 1\nimport late": ["json", "a.b", "d.e"],
    "# why\n'''text'''\nimport json": [],  # it does something before
    "import os\nos.environ['HOW'] = '1'\nimport keras": ["os"],
    "import helpers, json, parts.one": ["json"],  # the others lie beside the notebook
    "from . import f\nfrom .d import f\nimport json": ["json"],
    "%matplotlib inline\nimport json": [],
    "import json\n%time 1": [],
    "import (": [],
    "\0": [],
    "import json\n'\\d'": ["json"],  # a warning is the cell's to give
    "(" * 1_000: [],
}


@pytest.mark.parametrize(("code", "modules"), FIRST.items())
def test_what_a_notebook_imports_first(tmp_path: Path, code: str, modules: list[str]) -> None:
    (tmp_path / "helpers.py").touch()
    (tmp_path / "parts").mkdir()
    path = tmp_path / "mine.ipynb"
    cells = [("markdown", "import csv"), ("code", " \n"), ("code", code), ("code", "import re")]
    for lines in (False, True):  # both are allowed
        sources = [text.splitlines(keepends=True) if lines else text for _, text in cells]
        kinds = [kind for kind, _ in cells]
        made = [{"cell_type": k, "source": s} for k, s in zip(kinds, sources, strict=True)]
        path.write_text(json.dumps({"cells": made}), encoding="utf-8")
        assert first_imports(path) == modules


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", "<html>", '{"cells": 3}', '{"cells": [{}]}', "[" * 100_000]
)
def test_what_is_no_notebook_imports_nothing(tmp_path: Path, content: str) -> None:
    path = tmp_path / "mine.ipynb"
    assert first_imports(path) == []
    path.write_text(content, encoding="utf-8")
    assert first_imports(path) == []


@pytest.mark.parametrize("beside", ["cycler.py", "random.py", "numpy/__init__.py"])
def test_what_lies_beside_and_hides_a_library_is_not_imported_ahead(
    tmp_path: Path, beside: str
) -> None:
    """A library that is imported ahead would import it, and keep its compiled code there."""
    path = tmp_path / "mine.ipynb"
    cells = [notebooks.code_cell("import matplotlib.pyplot", {})]
    path.write_text(notebooks.text(notebooks.notebook(cells)), encoding="utf-8")
    assert first_imports(path) == ["matplotlib.pyplot"]
    (tmp_path / beside).parent.mkdir(exist_ok=True)
    (tmp_path / beside).touch()
    assert first_imports(path) == []


@pytest.mark.slow
def test_what_was_imported_ahead_is_there_and_has_no_name(tmp_path: Path) -> None:
    cells = [
        "import sys\nprint('colorsys' in sys.modules, 'colorsys' in globals())",
        "import no_such_module",
        "1",
    ]
    notebook = notebooks.notebook([notebooks.code_cell(source, {}) for source in cells])
    with started(tmp_path, ["no_such_module", "colorsys"]) as running:
        outcome = kernel.run(task(notebook, folder=str(tmp_path)), running)
    first, _, last = outcome["notebook"]["cells"]
    assert first["outputs"][0]["text"] == "True False\n"
    assert [each["ename"] for each in outcome["cells"]] == ["", "ModuleNotFoundError", ""]
    assert last["execution_count"] == 3  # as if nothing had been run before
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_a_kernel_that_nobody_used_ends(tmp_path: Path) -> None:
    states = []
    with started(tmp_path / "missing") as running:
        states.append((running.manager.has_kernel, running.folder.is_dir()))
    states.append((running.manager.has_kernel, running.folder.is_dir()))
    assert states == [(True, True), (False, False)]


def test_what_starts_the_kernel_imports_little() -> None:
    """Else it would wait for what it is to run beside."""
    code = (
        "import sys, autograder.cli\n"
        "import autograder.execution.kernel_process, autograder.execution.first_imports\n"
        "print({'nbgrader', 'nbconvert', 'sqlalchemy', 'numpy'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


# Sockets of too long a name; a program that is not there; no more open files.
FAILING = [
    "kernel_process._check_length = print; tempfile.tempdir = sys.argv[1]",
    "sys.executable = '/not/there'",
    "count = len(os.listdir('/proc/self/fd')) + 14\n"
    "resource.setrlimit(resource.RLIMIT_NOFILE, (count, count))",
]
RUN = """
import gc, os, resource, sys, tempfile
from autograder.execution import kernel, kernel_process
from autograder.notebook import notebooks
from tests.support.tasks import task
cells = [notebooks.code_cell("1", {{}})]
{failing}
outcome = kernel.run(task(notebooks.notebook(cells)))
gc.collect()
assert outcome["infra"]
"""


@pytest.mark.slow
@pytest.mark.parametrize("failing", FAILING)
def test_nobody_waits_for_a_kernel_that_could_not_start(tmp_path: Path, failing: str) -> None:
    """When Python looked for garbage, it waited for ever for sockets that were never closed."""
    deep = tmp_path / ("d" * 100)
    deep.mkdir()
    code = RUN.format(failing=failing)
    subprocess.run([sys.executable, "-c", code, str(deep)], check=True, timeout=60)
