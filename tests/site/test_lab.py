"""A student in JupyterLab: solves an exercise wrongly, reads the hint, solves it rightly."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from playwright.sync_api import Browser, Locator, Page, expect

from autograder.authoring.bank import Answer, read_bank
from autograder.checks import hints
from tests.site.browsing import ROOT, WIDE, recorded, skip_without_chromium

skip_without_chromium()

NOTEBOOK = ROOT / "notebooks" / "q2" / "parameters-and-memory.ipynb"
ANSWERS = ROOT / "solutions" / "q2" / "answers"
TOKEN = "a-student"  # noqa: S105  (of a server that only this test can reach)
SECONDS = 1000  # Playwright counts milliseconds
ERROR = "[data-mime-type='application/vnd.jupyter.stderr']"  # what Lab calls an error's output

# Every cell is in the page, not only those on the screen; and nobody is asked for news.
SETTINGS = {
    "notebook-extension/tracker": {"windowingMode": "none"},
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
}


@dataclass(frozen=True)
class Exercise:
    """The cells of the first exercise, by number, and answers to it."""

    setup: list[int]
    solution: int
    check: int
    wrong: Answer
    right: Answer


def first_exercise(notebook: NotebookNode, bank: list[Answer]) -> Exercise:
    """Find the first solution cell, its check, the cells it needs, and answers of the bank."""
    kinds = [cell.metadata.get("nbgrader", {}) for cell in notebook.cells]
    solution = next(number for number, kind in enumerate(kinds) if kind.get("solution"))
    check = next(n for n in range(solution, len(kinds)) if kinds[n].get("grade"))
    heading = next(n for n, cell in enumerate(notebook.cells) if "## Exercises" in cell.source)
    answers = [answer for answer in bank if answer.exercise == kinds[solution]["grade_id"]]
    visible = notebook.cells[check].source
    return Exercise(
        setup=[n for n in range(heading, solution) if notebook.cells[n].cell_type == "code"],
        solution=solution,
        check=check,
        # one that the visible check recognises, not only a hidden one
        wrong=next(a for a in answers if a.kind == "wrong" and f'"{a.hint}"' in visible),
        right=next(a for a in answers if a.kind == "right"),
    )


@contextmanager
def jupyter_lab(folder: Path, home: Path, *options: str) -> Iterator[str]:
    """A JupyterLab of its own for `folder`, with nobody's settings but ours; yields its address."""
    for name, settings in SETTINGS.items():
        file = home / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(settings), encoding="utf-8")
    runtime = home / "runtime"
    own = {
        "HOME": home,
        "JUPYTER_CONFIG_DIR": home / "config",
        "JUPYTER_DATA_DIR": home / "data",
        "JUPYTER_RUNTIME_DIR": runtime,
        "JUPYTERLAB_SETTINGS_DIR": home / "settings",
        "JUPYTERLAB_WORKSPACES_DIR": home / "workspaces",
        "IPYTHONDIR": home / "ipython",
    }
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--ip=127.0.0.1", "--port=0"]
    command += [f"--IdentityProvider.token={TOKEN}", f"--ServerApp.root_dir={folder}", *options]
    if os.geteuid() == 0:
        command.append("--allow-root")
    log = home / "lab.log"
    with log.open("w") as output:
        server = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, **{name: str(path) for name, path in own.items()}},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        yield _address(server, runtime / f"jpserver-{server.pid}.json", log)
    finally:
        server.terminate()
        server.wait(timeout=60)


def _address(server: "subprocess.Popen[bytes]", info: Path, log: Path) -> str:
    """Wait until the server has written where it listens, and return that."""
    end = time.monotonic() + 120
    while time.monotonic() < end and server.poll() is None:
        try:
            return str(json.loads(info.read_text(encoding="utf-8"))["url"])
        except (FileNotFoundError, json.JSONDecodeError):
            time.sleep(0.1)
    pytest.fail(f"JupyterLab did not start:\n{log.read_text()}", pytrace=False)


def run(page: Page, cell: Locator) -> Locator:
    """Run a cell, wait until it is done, and return its output."""
    cell.scroll_into_view_if_needed()
    prompt = cell.locator(".jp-InputArea-prompt").first
    before = prompt.inner_text()
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+Enter")
    expect(prompt).not_to_have_text(before)
    expect(prompt).to_have_text(re.compile(r"\[\d+\]"), timeout=60 * SECONDS)
    return cell.locator(".jp-Cell-outputArea")


def open_notebook(page: Page, address: str) -> Locator:
    """Open the notebook in JupyterLab, wait for its kernel, and return its cells."""
    page.goto(f"{address}lab/tree/{NOTEBOOK.name}?token={TOKEN}", timeout=60 * SECONDS)
    cells = page.locator(".jp-Notebook .jp-Cell")
    expect(cells.first).to_be_visible(timeout=60 * SECONDS)
    # The sign above the notebook is "idle" before there is a kernel: a cell run then is not run.
    expect(page.locator("#jp-main-statusbar")).to_contain_text("| Idle", timeout=60 * SECONDS)
    return cells


def fill_in(page: Page, cell: Locator, source: str) -> None:
    """Replace the text of a cell, as if it was pasted."""
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(source)


def test_a_student_reads_the_hint_and_then_passes(browser: Browser, tmp_path: Path) -> None:
    folder = tmp_path / "q2"
    shutil.copytree(NOTEBOOK.parent, folder)
    shutil.copy(NOTEBOOK.parents[2] / "hints.toml", tmp_path)
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    exercise = first_exercise(notebook, read_bank(ANSWERS))
    assert exercise.wrong.hint is not None

    with jupyter_lab(folder, tmp_path) as address, recorded(browser, WIDE) as record:
        page = record.page
        cells = open_notebook(page, address)
        for number in exercise.setup:
            run(page, cells.nth(number))

        fill_in(page, cells.nth(exercise.solution), exercise.wrong.source)
        run(page, cells.nth(exercise.solution))
        told = run(page, cells.nth(exercise.check))
        expect(told).to_contain_text(hints()[exercise.wrong.hint]["hint"])
        expect(told).to_contain_text(f"[{exercise.wrong.hint}]")
        expect(told.locator(ERROR)).to_have_count(1)

        fill_in(page, cells.nth(exercise.solution), exercise.right.source)
        run(page, cells.nth(exercise.solution))
        told = run(page, cells.nth(exercise.check))
        expect(told.locator(ERROR)).to_have_count(0)
        expect(told).not_to_contain_text(f"[{exercise.wrong.hint}]")
