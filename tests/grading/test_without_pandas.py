"""pandas is for tests about tables: a course without them is graded and checked without it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from nbformat import NotebookNode

from tests.support import tiny_course
from tests.support.running import grades

pytestmark = pytest.mark.slow

# The command, whose warm interpreter finds modules where this process does.
COMMAND = """\
import os
from autograder.sandbox import zygote
clean = zygote._environment
zygote._environment = lambda home: {**clean(home), "PYTHONPATH": os.environ["PYTHONPATH"]}
from autograder.cli import main
main()"""
HIDDEN = "import sys\nsys.modules['pandas'] = None  # importing it is an ImportError from now on\n"
ASKS = """\
def double(number):
    try:
        import pandas
    except ImportError:
        return 2 * number
    return "pandas is there\""""


def test_grade_check_and_export(tiny: Path, released: NotebookNode, tmp_path: Path) -> None:
    (tmp_path / "modules").mkdir()
    (tmp_path / "modules/sitecustomize.py").write_text(HIDDEN, encoding="utf-8")
    solved = tiny_course.solved(released, double=ASKS)
    tiny_course.hand_in(tmp_path / "submitted", "ann", solved)
    # A check's kernel is an ordinary Python of the student's: only the command has no pandas.
    tiny_course.hand_in(tmp_path / "submitted", "ben", tiny_course.solved(released))
    out = tmp_path / "out"
    said = []
    for arguments in (
        ["grade", tmp_path / "submitted", "--out", out],
        ["check", tmp_path / "submitted/ben/q1" / tiny_course.NAME],
        ["export", "--to", "csv", "--out", out],
    ):
        done = subprocess.run(
            [sys.executable, "-c", COMMAND, *map(str, arguments)],
            cwd=tiny,
            env={**os.environ, "PYTHONPATH": str(tmp_path / "modules")},
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, ""), done.stdout
        said.append(done.stdout)
    assert {row["score"] for row in grades(out).values()} == {"5"}
    assert "Visible checks: 5 of 5 points." in said[1]
