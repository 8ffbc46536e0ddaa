"""What `make` says on a machine that lacks something."""

import shutil
import subprocess
from pathlib import Path

from autograder.notebook.course import Course

TOOLS = ["bash", "sh", "make", "find", "grep", "sed", "sort", "head", "touch", "env"]


def test_without_a_supported_python_there_is_one_line_to_read(
    course: Course, tmp_path: Path
) -> None:
    tools = tmp_path / "bin"
    tools.mkdir()
    for tool in TOOLS:
        (tools / tool).symlink_to(str(shutil.which(tool)))
    for file in ("Makefile", "requirements.txt"):
        shutil.copy(course.root / file, tmp_path)
    done = subprocess.run(
        ["make", "setup"],
        cwd=tmp_path,
        env={"PATH": str(tools)},
        capture_output=True,
        text=True,
    )
    said = [line for line in done.stdout.splitlines() + done.stderr.splitlines() if line]
    assert done.returncode != 0
    assert said[0].startswith("Python 3.11, 3.12 or 3.13 is needed and was not found")
    assert len(said) == 2  # the second is make's own
    assert not (tmp_path / ".venv").exists()


def test_help_lists_the_two_commands(course: Course) -> None:
    done = subprocess.run(["make", "help"], cwd=course.root, capture_output=True, text=True)
    assert {line.split()[0] for line in done.stdout.splitlines()} >= {"run", "test", "help"}
