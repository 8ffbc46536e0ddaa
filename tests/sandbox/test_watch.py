"""What a process may take that no limit of the kernel's bounds: each is seen from outside."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from autograder.sandbox.watch import MAX_DEPTH, MAX_FILES, MAX_SCRATCH, MAX_THREADS, overstepped
from autograder.task import Cut

OPEN = "import os, threading, time\nfile = open('big', 'w+b')\nfile.truncate({size})\n"
THREADS = "for _ in range({count}):\n    threading.Thread(target=time.sleep, args=(60,)).start()"
MAPPED = """\
import mmap, os
kept = []
for name in map(str, range({count})):
    with open(name, "w+b") as file:
        file.truncate(4096)
        kept.append(mmap.mmap(file.fileno(), 4096))
    os.remove(name)"""


# Folders in folders, all renamed all the time, and a file in the innermost.
MOVING = """\
import os, threading
def move(folder):
    while True:
        for old, new in ("ab", "ba"):
            os.rename(old, new, src_dir_fd=folder, dst_dir_fd=folder)
folder = os.open(".", os.O_RDONLY)
for _ in range(12):
    os.mkdir("a", dir_fd=folder)
    inner = os.open("a", os.O_RDONLY, dir_fd=folder)
    threading.Thread(target=move, args=(folder,), daemon=True).start()
    folder = inner
os.truncate(os.open("big", os.O_CREAT | os.O_RDWR, dir_fd=folder), {size})"""
# Files and folders that come and go, beside one that stays.
COMING_AND_GOING = """\
import tempfile, threading
def work():
    while True:
        with tempfile.TemporaryDirectory(dir=".") as folder:
            open(f"{{folder}}/x", "w").close()
for _ in range(3):
    threading.Thread(target=work, daemon=True).start()
open("big", "w").truncate({size})"""


@contextmanager
def running(code: str, scratch: Path) -> Iterator[int]:
    """Run some code in the scratch folder; yields the process's id when it has run."""
    command = [sys.executable, "-c", f"{code}\nprint(flush=True)\nimport time\ntime.sleep(60)"]
    with subprocess.Popen(command, cwd=scratch, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        yield process.pid
        process.kill()


@pytest.mark.parametrize(
    ("code", "limit"),
    [
        (OPEN.format(size=4096), None),
        (OPEN.format(size=MAX_SCRATCH + 1), "output-limit"),
        (OPEN.format(size=4096) + "os.remove('big')", None),
        (OPEN.format(size=MAX_SCRATCH + 1) + "os.remove('big')", "output-limit"),
        (MAPPED.format(count=1), None),
        (MAPPED.format(count=3), "output-limit"),  # each may be of the largest size there is
        (f"import os\nfor n in range({MAX_FILES}):\n    open(str(n), 'w')", None),
        (f"import os\nfor n in range({MAX_FILES} + 1):\n    open(str(n), 'w')", "output-limit"),
        (f"import os\nos.makedirs('d/' * {MAX_DEPTH})", None),
        (f"import os\nos.makedirs('d/' * ({MAX_DEPTH} + 2))", "output-limit"),
        (OPEN.format(size=0) + THREADS.format(count=MAX_THREADS - 1), None),
        (OPEN.format(size=0) + THREADS.format(count=MAX_THREADS), "died"),
    ],
)
def test_a_limit_is_noticed(tmp_path: Path, code: str, limit: Cut | None) -> None:
    with running(code, tmp_path) as pid:
        assert overstepped(pid, tmp_path) == limit


@pytest.mark.parametrize("code", [MOVING, COMING_AND_GOING])
def test_what_moves_meanwhile_is_counted(tmp_path: Path, code: str) -> None:
    with running(code.format(size=MAX_SCRATCH + 1), tmp_path) as pid:
        found = [overstepped(pid, tmp_path) for _ in range(50)]
    assert found == ["output-limit"] * 50


def test_what_comes_and_goes_is_no_reason_to_end_a_program(tmp_path: Path) -> None:
    with running(COMING_AND_GOING.format(size=4096), tmp_path) as pid:
        found = [overstepped(pid, tmp_path) for _ in range(200)]
    assert found == [None] * 200


def test_who_has_ended_has_overstepped_nothing(tmp_path: Path) -> None:
    with running("pass", tmp_path) as pid:
        pass
    assert overstepped(pid, tmp_path) is None
    assert overstepped(pid, tmp_path / "gone") is None
