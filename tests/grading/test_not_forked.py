"""What commands that are forks cannot show: see tests/support/warm.py.

That is what an import says, whether a command imports what it needs, and a process's first page.
"""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.running import PROGRAM, Graded, run
from tests.support.tiny_course import REPOSITORY

pytestmark = pytest.mark.slow
COMMANDS = {"report": (), "export": ("--to", "canvas")}
PAGES = """
import importlib
from tests.support.warm_process import AUTOGRADER, pages
for name in AUTOGRADER:
    importlib.import_module(name)
first = pages()
assert first == pages() and all("</html>" in page for page in first)
"""


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_does_by_itself_what_it_does_as_a_fork(
    command: str, graded: Graded, tmp_path: Path
) -> None:
    for name in ("own", "forked"):
        shutil.copytree(graded.out, tmp_path / name / "grading")
    arguments = [command, "--out", "grading", *COMMANDS[command]]
    own = subprocess.run(
        [PROGRAM, *arguments], cwd=tmp_path / "own", capture_output=True, text=True, check=False
    )
    forked = run(*arguments, folder=tmp_path / "forked")
    assert (own.returncode, own.stdout, own.stderr) == (0, forked.stdout, forked.stderr)
    assert files(tmp_path / "own") == files(tmp_path / "forked")


def files(folder: Path) -> dict[str, bytes]:
    """The pages and tables in a folder, by name."""
    kinds = (".html", ".csv")
    found = (path for path in sorted(folder.rglob("*")) if path.suffix in kinds)
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


def test_a_process_says_nothing_and_writes_its_first_page_as_any_other() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PAGES], cwd=REPOSITORY, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
