"""The second look: what a failed check says in a run that held no hidden tests.

A process whose answers hidden tests have called knows their inputs, and could put them into
whatever it says afterwards: into the text of an error, or the value that a visible check
shows. So where a visible check fails after a hidden one was met, its words are taken from
another run, in fresh processes, of the same notebook without hidden tests.
"""

from collections.abc import Sequence

from nbformat import NotebookNode

from autograder.notebook import cells, notebooks
from autograder.task import CellRun


def second_look(notebook: NotebookNode, runs: Sequence[CellRun]) -> NotebookNode | None:
    """Return the notebook to run for a second look, or None if no check needs one.

    `runs` are what became of the cells. The cells keep their places; those whose run would
    say nothing are empty.
    """
    looked_at = _silenced(notebook, runs)
    if not looked_at:
        return None
    without = notebooks.shallow(notebook)
    without.cells = [notebooks.shallow(cell) for cell in notebook.cells]
    for index, cell in enumerate(without.cells):
        if cell.cell_type != "code":
            continue
        if index > looked_at[-1] or (cells.is_test(cell) and index not in looked_at):
            cell.source = ""
        elif cells.is_test(cell):
            cell.source = cells.without_hidden_tests(cell.source)
    return without


def _silenced(notebook: NotebookNode, runs: Sequence[CellRun]) -> list[int]:
    """Return the places of the tests that failed visibly after a hidden test was met."""
    found = []
    met = False
    for run in runs:
        cell = notebook.cells[run["index"]]
        if not cells.is_test(cell):
            continue
        met = met or cells.met_hidden_tests(cell.source, run["ok"], run["line"])
        failed = not run["ok"] and run["cut"] is None and run["ename"] != "NotImplementedError"
        if met and failed and not cells.is_hidden_line(cell.source, run["line"]):
            found.append(run["index"])
    return found
