"""kill -9 at any moment, then the same command again: nothing lost, nothing done twice."""

import os
import random
import re
import signal
import subprocess
import time
from pathlib import Path

import pytest
from nbformat import NotebookNode

from tests.support import tiny_course
from tests.support.running import PROGRAM, grades, run

pytestmark = pytest.mark.slow

STUDENTS = [f"student-{number:02}" for number in range(16)]
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
        if b"autograder.sandbox.zygote" in command:
            found.append(child)
    return found


def is_there(pid: int) -> bool:
    """Return whether a process runs (one that has ended and was not waited for does not)."""
    try:
        return " Z " not in Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False


def test_coordinator_killed_at_ten_moments(submitted: Path, tiny: Path, tmp_path: Path) -> None:
    whole = run("grade", submitted, "--out", tmp_path / "whole", "--jobs", "2", folder=tiny)
    assert whole.returncode == 0, whole.stderr
    expected = (tmp_path / "whole/grades.csv").read_text(encoding="utf-8")
    moments = random.Random(1)  # noqa: S311
    out, finished = tmp_path / "out", 0
    for _ in range(10):
        process = start(submitted, out, tiny)
        assert process.stdout is not None
        seen = 0
        for line in process.stdout:  # killed soon after a few more than last time are done
            seen += " q1 " in line
            if seen > finished + moments.randint(0, 1):
                break
        time.sleep(moments.uniform(0, 0.4))
        family = [process.pid, *children(process.pid)]
        family += [each for parent in family[1:] for each in children(parent)]
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
        deadline = time.monotonic() + 20
        while any(is_there(each) for each in family):
            assert time.monotonic() < deadline, "a process outlived its coordinator"
            time.sleep(0.05)
        journal = (out / "journal.jsonl").read_bytes()
        finished = len(journal.split(b"\n")) - 1
    last = run("grade", submitted, "--out", out, "--jobs", "2", folder=tiny)
    assert last.returncode == 0, last.stderr
    graded, unchanged = map(int, re.findall(r"(\d+) graded, (\d+) unchanged", last.stdout)[0])
    assert (graded + unchanged, unchanged >= finished - 1) == (len(STUDENTS), True)
    assert (out / "grades.csv").read_text(encoding="utf-8") == expected
    entries = (out / "journal.jsonl").read_text(encoding="utf-8").splitlines()
    done = re.findall(r'"student": "(student-\d+)"', "\n".join(entries))
    assert sorted(done) == STUDENTS  # each was graded once


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
