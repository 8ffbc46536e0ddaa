"""`make nbval` compares outputs: a chapter that says something else than its code fails."""

import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from autograder.notebook.course import Course

pytestmark = pytest.mark.slow


def test_a_changed_output_is_noticed(course: Course, tmp_path: Path) -> None:
    notebook = nbformat.read(course.source("q2"), as_version=4)
    by_text = {output.text: cell for cell in notebook.cells for output in printed(cell)}
    (said,) = (text for text in by_text if text.startswith("4 bytes"))
    notebook.cells = [
        nbformat.v4.new_code_cell("import numpy as np", execution_count=1),
        by_text[said],
    ]
    nbformat.write(notebook, tmp_path / "honest.ipynb")
    printed(by_text[said])[0].text = "5 bytes\n"
    nbformat.write(notebook, tmp_path / "changed.ipynb")
    command = [sys.executable, "-m", "pytest", "--nbval", "-q", "honest.ipynb", "changed.ipynb"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 1
    assert "1 failed, 3 passed" in done.stdout
    assert "FAILED changed.ipynb::Cell 1" in done.stdout


def printed(cell: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    return [each for each in cell.get("outputs", []) if each.output_type == "stream"]
