"""nbgrader's `### AUTOTEST` lines, made into tests of the teacher's own solution's values.

A line names expressions, and a course's autotests.yml says how a value of each type is tested. The
same step runs for the students' notebook and for the one that submissions are graded with: else
these lines would be comments there, and any answer would pass.
"""

import copy
import hashlib
import json
import logging
import subprocess
from pathlib import Path
from typing import Any, cast

from nbclient.exceptions import CellExecutionError
from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbgrader.preprocessors import InstantiateTests, instantiatetests
from traitlets.config import Config

from autograder.errors import UsageError
from autograder.files import write
from autograder.notebook.cells import is_demonstration, is_test


class Instantiate(InstantiateTests):  # type: ignore[misc]  # nbgrader has no type hints
    """nbgrader's own step; cells tagged `demo` do not run for it, and its kernel always ends."""

    folder = ""  # where the kernel starts; the folder of the tests' recipes if empty

    def preprocess(
        self, notebook: NotebookNode, resources: ResourcesDict
    ) -> tuple[NotebookNode, ResourcesDict]:
        """Raises ValueError with the error that a cell of the solution stops with."""
        own, started = instantiatetests.start_new_kernel, []
        where = {"cwd": self.folder} if self.folder else {}

        def start_new_kernel(**settings: Any) -> Any:
            settings |= {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL} | where
            pair = own(**settings)
            started.append(pair[0])
            return pair

        instantiatetests.start_new_kernel = start_new_kernel
        try:
            return cast(tuple[NotebookNode, ResourcesDict], super().preprocess(notebook, resources))
        except CellExecutionError as error:
            raise ValueError(f"a cell stops with {error.ename}: {error.evalue}") from None
        finally:
            instantiatetests.start_new_kernel = own
            for kernel in started:
                if kernel.is_alive():
                    kernel.shutdown_kernel(now=True)

    def preprocess_cell(
        self, cell: NotebookNode, resources: ResourcesDict, index: int
    ) -> tuple[NotebookNode, ResourcesDict]:
        if is_demonstration(cell):
            return cell, resources
        return cast(
            tuple[NotebookNode, ResourcesDict], super().preprocess_cell(cell, resources, index)
        )


def has_any(notebook: NotebookNode, delimiter: str = "AUTOTEST") -> bool:
    """Return whether a test of this notebook has such a line."""
    return any(
        delimiter in line and line.strip().startswith("#")
        for cell in notebook.cells
        if is_test(cell)
        for line in cell.source.split("\n")
    )


def instantiate(
    source: NotebookNode, folder: Path, root: Path, config: Config, cache: Path | None = None
) -> NotebookNode:
    """Return a copy of a source notebook in which these lines are tests.

    The solution runs for it in a kernel, in its own `folder`; not if the file `cache` has what
    came of it the last time. autotests.yml lies there or in `root`. Raises UsageError if there is
    none, or the solution stops with an error.
    """
    step = Instantiate(config=config)
    step.log, step.folder = logging.Logger(__name__, logging.CRITICAL), str(folder)
    name = step.autotest_filename
    beside = next((each for each in (folder, root) if (each / name).is_file()), None)
    if beside is None:
        raise UsageError(f"the AUTOTEST lines of {folder} need {name}, there or in {root}")
    notebook = copy.deepcopy(source)
    parts = [[cell.source for cell in notebook.cells], (beside / name).read_text("utf-8")]
    key = hashlib.sha256(json.dumps([*parts, repr(config.InstantiateTests)]).encode()).hexdigest()
    known = _read(cache)
    if key not in known:
        resources = ResourcesDict()
        resources["metadata"] = {"path": str(beside)}
        try:
            made, _ = step.preprocess(notebook, resources)
        except Exception as problem:  # whatever the solution or the YAML makes nbgrader meet
            reason = " ".join(str(problem).split())[-300:] or type(problem).__name__
            told = f"the AUTOTEST lines of {folder.name} give no tests: {reason}"
            raise UsageError(told) from problem
        known = {key: [cell.source for cell in made.cells]}
        if cache is not None:
            cache.parent.mkdir(parents=True, exist_ok=True)
            write(cache, json.dumps(known) + "\n")
    for cell, text in zip(notebook.cells, known[key], strict=True):
        cell.source = text
    return notebook


def _read(cache: Path | None) -> dict[str, list[str]]:
    if cache is None:
        return {}
    try:
        known = json.loads(cache.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}
