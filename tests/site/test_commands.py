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


def windows(command: str) -> str:
    """A command as it is typed on Windows."""
    program, *arguments = command.replace(".venv/bin/", ".venv/Scripts/").split(" ")
    paths = [each if each.startswith("-") else each.replace("/", "\\") for each in arguments]
    return " ".join([program.replace("/", "\\").replace("python3", "py"), *paths])


def test_students_read_every_command_for_both_systems() -> None:
    page = (ROOT / "book/study.md").read_text(encoding="utf-8")
    tabs = r"^```bash\n((?:(?!```).*\n)*)```\n:::\n(?:.*\n){2}```powershell\n((?:(?!```).*\n)*)```"
    pairs = re.findall(tabs, page, re.M)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    pairs += re.findall(r"^(.*?) +# Linux, macOS\n(.*?) +# Windows$", readme, re.M)
    assert len(pairs) >= 6
    for here, there in pairs:
        assert [windows(line) for line in here.splitlines()] == there.splitlines()
    typed = {line for here, _ in pairs for line in here.splitlines()}
    assert set(re.findall(r"^(?:python3|\.venv/bin).*$", page, re.M)) <= typed


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
