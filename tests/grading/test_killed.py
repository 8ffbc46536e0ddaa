"""kill -9 at any moment, then the same command again: nothing lost, nothing done twice."""

import json
import os
import re
import signal
import subprocess
import time
from pathlib import Path

import pytest
from nbformat import NotebookNode

from tests.support import tiny_course
from tests.support.running import PROGRAM, grades, run
from tests.support.warm_process import DIE_AT, FAMILY

pytestmark = pytest.mark.slow

STUDENTS = [f"student-{number:02}" for number in range(8)]
WAITS = "import time\ntime.sleep(0.3)\ndef double(number):\n    return 2 * number"


@pytest.fixture(scope="module")
def submitted(released: NotebookNode, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class whose grading takes a few seconds."""
    folder = tmp_path_factory.mktemp("class")
    for number, student in enumerate(STUDENTS):
        area = "def area(a, b):\n    return a * b" if number % 3 else "def area(a, b): return 0"
        tiny_course.hand_in(folder, student, tiny_course.solved(released, double=WAITS, area=area))
    return folder


def start(submitted: Path, out: Path, course: Path) -> subprocess.Popen[str]:
    """Start grading in a session of its own, so that all its processes can be found."""
    return subprocess.Popen(
        [PROGRAM, "grade", submitted, "--out", out, "--jobs", "2"],
        cwd=course,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def children(pid: int) -> list[int]:
    """Return the processes that `pid` started."""
    text = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    return [int(each) for each in text.split()]


def zygotes(pid: int) -> list[int]:
    """Return the warm interpreters of a coordinator."""
    found = []
    for child in children(pid):
        command = Path(f"/proc/{child}/cmdline").read_bytes()
        if b"autograder.sandbox.zygote_process" in command:
            found.append(child)
    return found


def is_there(pid: int) -> bool:
    """Return whether a process runs (one that has ended and was not waited for does not)."""
    try:
        return " Z " not in Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False


MOMENTS = {
    "before the rehearsal": "grading.rehearsal:Rehearsal._missed",
    "before anything of a result is written": "grading.recorder:Recorder.record",
    "when the gradebook has the student, but no scores": "results.gradebook:_scores",
    "after the gradebook, before the notebook": "grading.recorder:Recorder._outdated",
    "when a file is written, but has not its name": "replace",
    "after the notebook, before the page": "results.feedback:page",
    "after the page, before the journal": "results.journal:Journal.append",
    "when the journal's line may not be on the disk": "fsync",
    "after the journal": "grading.grade:_Run._finish",
    "after the class, before the table": "results.graded:write_table",
    "after the table, before the report": "results.report:write",
}
"""What the coordinator calls at the moment at which it is killed."""


def test_coordinator_killed_at_each_moment(submitted: Path, tiny: Path, tmp_path: Path) -> None:
    whole = run("grade", submitted, "--out", tmp_path / "whole", "--jobs", "2", folder=tiny)
    assert whole.returncode == 0, whole.stderr
    expected = (tmp_path / "whole/grades.csv").read_text(encoding="utf-8")
    out, family = tmp_path / "out", tmp_path / "family"
    command = ("grade", submitted, "--out", out, "--jobs", "2")
    for moment, called in MOMENTS.items():
        name = f"autograder.{called}" if ":" in called else called
        died = run(*command, folder=tiny, **{DIE_AT: name, FAMILY: str(family)})
        assert died.returncode == -signal.SIGKILL, f"{moment}: {called} is not called"
        deadline = time.monotonic() + 20
        while any(map(is_there, json.loads(family.read_text(encoding="ascii")))):
            assert time.monotonic() < deadline, f"{moment}: a process outlived its coordinator"
            time.sleep(0.05)
    finished = len(noted(out))
    last = run(*command, folder=tiny)
    assert (last.returncode, last.stderr) == (0, "")
    told = f"{len(STUDENTS) - finished} graded, {finished} unchanged"
    assert told in last.stdout
    assert (out / "grades.csv").read_text(encoding="utf-8") == expected
    assert sorted(noted(out)) == STUDENTS  # each was graded once


def noted(out: Path) -> list[str]:
    """Return the students in the journal, one for each of its lines."""
    text = (out / "journal.jsonl").read_text(encoding="utf-8")
    return re.findall(r'"student": "(student-\d+)"', text)


def test_killed_zygote_loses_nothing(submitted: Path, tiny: Path, tmp_path: Path) -> None:
    process = start(submitted, tmp_path, tiny)
    assert process.stdout is not None
    first = process.stdout.readline()
    assert " ok " in first or " partial " in first
    for zygote in zygotes(process.pid):
        os.kill(zygote, signal.SIGKILL)
    output, errors = process.communicate(timeout=100)
    assert (process.returncode, errors) == (0, "")
    assert f"{len(STUDENTS)} graded, 0 unchanged" in output
    assert {row["status"] for row in grades(tmp_path).values()} == {"ok", "partial"}


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a small disk")
def test_full_disk_is_one_line_and_the_next_run_goes_on(
    submitted: Path, tiny: Path, tmp_path: Path
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount: list[str | Path] = ["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", disk]
    if subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("this machine does not let a test mount a disk")
    try:
        full = run("grade", submitted, "--out", disk / "out", folder=tiny)
        assert (full.returncode, full.stderr.count("\n")) == (2, 1), full.stderr
        assert "disk is full" in full.stderr or "No space left on device" in full.stderr
        subprocess.run(["mount", "-o", "remount,size=20m", disk], check=True)
        again = run("grade", submitted, "--out", disk / "out", folder=tiny)
        assert again.returncode == 0, again.stderr
        assert sorted(grades(disk / "out")) == STUDENTS
    finally:
        subprocess.run(["umount", disk], check=True)
