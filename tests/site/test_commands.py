"""The commands that the pages tell people to type exist, with the options shown.

What those on the teachers' pages print is compared in test_teaching.py.
"""

import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from tests.site.browsing import ROOT

BIN = Path(sys.executable).parent
COMMAND = re.compile(r"^(?:\$ )?(?:\.venv/bin/)?autograder (\w+)([^;\n]*)", re.MULTILINE)
SHOWN = [
    (page.name, *command)
    for page in sorted(ROOT.glob("book/**/*.md"))
    for command in COMMAND.findall(page.read_text(encoding="utf-8"))
]


@cache
def usage(*command: str) -> str:
    """What `autograder <command> --help` prints."""
    return subprocess.run(
        [BIN / "autograder", *command, "--help"], capture_output=True, text=True, check=True
    ).stdout


@pytest.mark.parametrize(("page", "command", "arguments"), SHOWN)
def test_a_command_on_a_page_exists(page: str, command: str, arguments: str) -> None:
    known = usage(command)
    for option in re.findall(r"--[a-z-]+", arguments):
        assert f"{option} " in known


@pytest.mark.parametrize("command", ["release", "check", "grade", "report", "export"])
def test_the_pages_show_every_main_command(command: str) -> None:
    assert command in {shown for _, shown, _ in SHOWN}


def test_what_the_pages_call_options_are_some() -> None:
    pages = ROOT.glob("book/teach/*.md")
    named = {
        option
        for page in pages
        for option in re.findall(r"`(--[a-z-]+)", page.read_text(encoding="utf-8"))
    }
    assert named
    known = "".join(map(usage, ("release", "grade", "export")))
    assert named <= set(re.findall(r"--[a-z-]+", known))
