"""The teachers' pages: every command on them, typed in their order, prints what they say.

The commands of ```` ```console ```` blocks run in one copy of the course, page after page, as a
teacher types them. A block with `:caption: NAME` is a file that the reader is to write. In what
a page says is printed, a line `…` is any lines, and a `…` in a line is any part of it.
"""

import math
import os
import re
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup, Tag
from playwright.sync_api import Browser

from autograder.files import write
from autograder.results.analysis import ENOUGH
from tests.site.browsing import ROOT, skip_without_chromium
from tests.site.formgrader import marked_by_hand
from tests.support import running
from tests.support.forked_zygotes import forked_zygotes
from tests.support.postgresql import PROGRAMS, postgresql

skip_without_chromium()
pytestmark = pytest.mark.timeout(600)  # the first test waits for all commands

PART = next(
    part["chapters"]
    for part in yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))["parts"]
    if part["caption"] == "For teachers"
)
PAGES = [chapter["file"] for chapter in PART]
MARKING = "book/teach/manual"  # whose reader marks in formgrader before the commands
CLASS = "book/teach/class"
MACHINES = "book/teach/machines"  # has a database server

BLOCK = re.compile(r"^```(\S[^\n]*)\n(?::caption: (\S+)\n\n)?(.*?)^```$", re.MULTILINE | re.DOTALL)
TABLE = re.compile(r"^% begin: report.html, (\w+)\n(.*?)^% end$", re.MULTILINE | re.DOTALL)
DONE = "-- done --"
PARSER = "html.parser"


@dataclass(frozen=True)
class Step:
    """A command of a page, or a file to write, and what the page says that it prints."""

    command: str
    printed: str
    file: str = ""


def text(page: str) -> str:
    """The source of a page."""
    return (ROOT / f"{page}.md").read_text(encoding="utf-8")


def steps(page: str) -> Iterator[Step]:
    """What the reader of a page is to type, in order."""
    for kind, caption, content in BLOCK.findall(text(page)):
        if caption:
            yield Step(content, "", caption)
        elif kind == "console":
            for part in re.split(r"^\$ ", content, flags=re.MULTILINE)[1:]:
                command, printed = re.split(r"(?<!\\)\n", part, maxsplit=1)
                yield Step(command, printed)


def pattern(printed: str) -> str:
    """The expression for what a page says is printed."""
    lines = [
        r"(?:.*\n)*" if line == "…\n" else re.escape(line).replace("…", ".*")
        for line in printed.splitlines(keepends=True)
    ]
    return "".join(lines)


def typed(
    page: str, course: Path, programs: Path, places: dict[str, str]
) -> list[tuple[Step, str]]:
    """Type a page's commands into one shell and return what each printed.

    The shell looks for programs in the folder `programs` first.
    """
    todo = list(steps(page))
    script = []
    for step in todo:
        if step.file:
            write(course / f".{step.file}", step.command)
            script.append(f"mv .{step.file} {step.file}")
        else:
            script.append(step.command)
        script.append(f"echo '{DONE}'")
    code = "\n".join(script)
    for place, ours in places.items():
        code = code.replace(place, ours)
    shell = subprocess.Popen(
        ["bash", "-c", code],
        cwd=course,
        env=os.environ
        | {"COLUMNS": "80", "LC_ALL": "C.UTF-8"}
        | {"PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"}
        | forked_zygotes(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        output, _ = shell.communicate()
    finally:
        with suppress(ProcessLookupError):
            os.killpg(shell.pid, signal.SIGKILL)  # what it left in the background
    printed = output.split(f"{DONE}\n")
    assert len(printed) == len(todo) + 1, output
    return list(zip(todo, printed, strict=False))


def not_here() -> str:
    """Why no database server can be started here; empty if one can. In CI one must."""
    if PROGRAMS or "CI" in os.environ:
        return ""
    return "Debian's package postgresql is not installed"


def places(page: str, stack: ExitStack) -> dict[str, str]:
    """What stands for other machines on a page, and what it is on this one."""
    if page != MACHINES:
        return {}
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    return {
        "postgresql://teacher@db.example/gradebook": f"'{stack.enter_context(postgresql())}'",
        "tls://grader.example:8786": f"tls://127.0.0.1:{port}",
        "--host grader.example --port 8786": f"--host 127.0.0.1 --port {port}",
    }


@dataclass(frozen=True)
class Read:
    """What reading all pages gave: what each command printed, and the report on the class."""

    printed: dict[str, list[tuple[Step, str]]]
    report: BeautifulSoup


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Read:
    """Read the pages in their order, in a copy of the course in which nothing is released."""
    course = tmp_path_factory.mktemp("teaching") / "course"
    shutil.copytree(ROOT / "solutions", course / "solutions")
    for name in ("nbgrader_config.py", "hints.toml"):
        shutil.copy(ROOT / name, course)
    programs = tmp_path_factory.mktemp("programs")
    running.programs(programs)
    printed = {}
    report = BeautifulSoup()
    for page in PAGES:
        if page == MACHINES and not_here():
            continue
        with ExitStack() as stack:
            if page == MARKING:
                home = tmp_path_factory.mktemp("lab")
                stack.enter_context(marked_by_hand(browser, course, home))
            printed[page] = typed(page, course, programs, places(page, stack))
        if page == CLASS:  # marks by hand and penalties are still to come
            report = BeautifulSoup((course / "grading/report.html").read_text("utf-8"), PARSER)
    return Read(printed, report)


@pytest.mark.parametrize("page", PAGES)
def test_the_commands_print_what_the_page_says(page: str, read: Read) -> None:
    if page not in read.printed:
        pytest.skip(not_here())
    for step, printed in read.printed[page]:
        assert re.fullmatch(pattern(step.printed), printed), f"$ {step.command}\n{printed}"


def shown(section: str, report: BeautifulSoup) -> str:
    """A part of the report, as a table in Markdown."""
    heading = report.find(["h2", "h3"], string=section)
    assert isinstance(heading, Tag)
    if section == "Scores":
        figure = heading.find_next("figure")
        assert isinstance(figure, Tag)
        chart, caption = figure.select_one("svg"), figure.select_one("figcaption")
        assert chart is not None
        assert caption is not None
        bars = re.findall(r"(\d+) of (\d+)[,.]", str(chart["aria-label"]))
        rows = [["Score", "Submissions"], *([score, count] for count, score in bars)]
        return f"{table(rows)}\n{caption.get_text()}\n"
    body = heading.find_next("table")
    assert isinstance(body, Tag)
    rows = [[words(cell) for cell in row.select("th, td")] for row in body.select("tr")]
    return table(rows)


def words(cell: Tag) -> str:
    """A cell of the report in Markdown."""
    parts = [(part.strip(), part.parent) for part in cell.find_all(string=True)]
    return " ".join(
        f"`{part}`" if parent is not None and parent.name == "code" else part
        for part, parent in parts
        if part
    )


def table(rows: list[list[str]]) -> str:
    """Rows as a table in Markdown; the first is the head."""
    lines = [f"| {' | '.join(row)} |" for row in [rows[0], ["---"] * len(rows[0]), *rows[1:]]]
    return "\n".join(lines) + "\n"


def test_the_tables_on_the_class_are_the_reports(read: Read) -> None:
    assert TABLE.findall(text(CLASS))
    for section, content in TABLE.findall(text(CLASS)):
        wanted = shown(section, read.report)
        assert content.strip() == wanted.strip(), wanted


def test_the_text_on_the_class_has_no_number_of_its_own(read: Read) -> None:
    """But for bounds: none, all, and what is computed here from the report's own numbers."""
    caption = next(
        each.get_text() for each in read.report.find_all("caption") if "Of " in each.text
    )
    answered = int(re.findall(r"\d+", caption)[0])
    known = {"0", "1", "100", str(answered), str(ENOUGH), f"{1 / math.sqrt(answered - 3):.2f}"}
    prose = BLOCK.sub("", TABLE.sub("", text(CLASS)))
    prose = re.sub(r"\$.*?\$|`.*?`|\]\(.*?\)", "", prose)
    assert set(re.findall(r"\d+(?:\.\d+)?", prose)) <= known


@pytest.mark.parametrize(
    ("says", "prints", "fits"),
    [
        ("a\n", "a\n", True),
        ("a\n", "a\nb\n", False),
        ("", "a\n", False),
        ("…\na\n", "x\ny\na\n", True),
        ("…\na\n", "a\n", True),
        ("a … s\n", "a 1.0 s\n", True),
        ("a … s\n", "a\n1.0 s\n", False),
        ("a.c\n", "abc\n", False),
    ],
)
def test_what_fits(says: str, prints: str, fits: bool) -> None:
    assert bool(re.fullmatch(pattern(says), prints)) is fits
