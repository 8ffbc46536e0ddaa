"""The README's commands for grading run as they stand, in order, in a fresh copy of the course."""

import csv
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.tiny_course import REPOSITORY


@pytest.mark.slow
def test_the_commands_for_grading_run_as_they_stand(tmp_path: Path) -> None:
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    (commands,) = re.findall(r"^## Grade with it\n\n```bash\n(.*?)^```", readme, re.M | re.S)
    for name in ("solutions", "notebooks", "data"):
        shutil.copytree(REPOSITORY / name, tmp_path / name)
    for name in ("nbgrader_config.py", "hints.toml"):
        shutil.copy(REPOSITORY / name, tmp_path)
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv/bin").symlink_to(Path(sys.executable).parent)
    done = subprocess.run(
        ["bash", "-ec", commands], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    with (tmp_path / "grading/export-canvas.csv").open(encoding="utf-8", newline="") as table:
        exported = list(csv.reader(table))
    with (tmp_path / "grading/grades.csv").open(encoding="utf-8", newline="") as table:
        graded = {row["student_id"] for row in csv.DictReader(table)}
    assert len(graded) > 10
    assert len(exported) >= len(graded)
