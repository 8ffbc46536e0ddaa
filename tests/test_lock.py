"""The locks install on every system and Python that the pages promise, from ready-made wheels."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from tests.pythons import supported
from tests.support.tiny_course import REPOSITORY

FULL, STUDENTS = (REPOSITORY / name for name in ("requirements.txt", "requirements-students.txt"))
UV: Final = str(Path(sys.executable).with_name("uv"))
SYSTEMS: Final = (
    *("x86_64-pc-windows-msvc", "aarch64-apple-darwin"),
    *("x86_64-unknown-linux-gnu", "aarch64-unknown-linux-gnu"),
)
WITHOUT_TENSORFLOW: Final = ("x86_64-apple-darwin", "aarch64-pc-windows-msvc")


def packages(lock: Path) -> dict[str, str]:
    """Return what a lock says of each package: its version, and its hashes."""
    text = re.sub(r"^ *#.*\n", "", lock.read_text(encoding="utf-8"), flags=re.MULTILINE)
    found: dict[str, str] = {}
    for each in re.split(r"\n(?=\S)", text.strip()):
        pin, hashes = re.split(r"(?: ; [^\n]*)?\\\n", each.replace(" \\", "\\"), maxsplit=1)
        name = pin.partition(" ;")[0].partition("==")[0]
        found[name] = found.get(name, "") + pin.partition(" ;")[0] + hashes
    return found


def install(lock: Path, system: str, python: str, folder: Path, *only: str) -> str:
    """Say what uv misses to install a lock, or some of it; empty if it would. Nothing is."""
    chosen = folder / "lock.txt"
    lines = lock.read_text(encoding="utf-8")
    if only:
        wanted = "|".join(map(re.escape, only))
        lines = "\n".join(re.findall(rf"^(?:{wanted})==(?:.*\\\n)+.*$", lines, re.MULTILINE))
    chosen.write_text(lines, encoding="utf-8")
    done = subprocess.run(
        [
            *(UV, "pip", "install", "--dry-run", "--no-deps", "--only-binary", ":all:"),
            *("--require-hashes", "--target", str(folder / "target")),
            *("--python-platform", system, "--python-version", python, "-r", str(chosen)),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    return "" if done.returncode == 0 else done.stderr


@pytest.mark.slow
@pytest.mark.usefixtures("package_index")
@pytest.mark.parametrize("python", supported())
@pytest.mark.parametrize("system", SYSTEMS)
def test_the_lock_installs(system: str, python: str, tmp_path: Path) -> None:
    assert install(FULL, system, python, tmp_path) == ""


@pytest.mark.slow
@pytest.mark.usefixtures("package_index")
@pytest.mark.parametrize("system", WITHOUT_TENSORFLOW)
def test_where_it_does_not_for_want_of_tensorflow(system: str, tmp_path: Path) -> None:
    """If one day it does, the pages may promise more."""
    missing = install(FULL, system, supported()[-1], tmp_path, "tensorflow")
    assert "has no wheels with a matching platform tag" in " ".join(missing.split())


def test_the_students_lock_is_a_part_of_the_full_one() -> None:
    """The same versions and hashes, so that what installs with one does with the other."""
    full, students = packages(FULL), packages(STUDENTS)
    assert len(students) > 100
    assert {name: full.get(name) for name in students} == students
    heavy = {"distributed", "psycopg", "playwright", "jupyter-book", "pytest", "mypy", "pandas"}
    assert heavy <= set(full)
    assert not heavy & set(students)


@pytest.mark.slow
@pytest.mark.usefixtures("package_index")
def test_the_students_lock_is_what_pyproject_asks_for(tmp_path: Path) -> None:
    makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    (options,) = re.findall(r"^LOCK = \$\(BIN\)/uv (.*)$", makefile, re.MULTILINE)
    out = tmp_path / "lock.txt"
    (group,) = re.findall(r"^\t\$\(LOCK\) (--group \w+) ", makefile, re.MULTILINE)
    command = [UV, *options.split(), *group.split(), "--constraints", FULL, "-o", out]
    subprocess.run(command, cwd=REPOSITORY, check=True)
    assert packages(out) == packages(STUDENTS)
