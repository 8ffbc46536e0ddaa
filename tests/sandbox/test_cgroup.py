"""Control groups: used where this machine lets a process make some, and done without elsewhere."""

import contextlib
import os
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from nbformat import NotebookNode

from autograder.execution.sealed import BOUNDED, ISOLATION
from autograder.notebook import notebooks
from autograder.sandbox import cgroup
from tests.support.running import Command, grades
from tests.support.tiny_course import REPOSITORY

Value = TypeVar("Value")
pytestmark = pytest.mark.slow


@pytest.fixture
def group() -> Iterator[Path | None]:
    """A new control group with what controllers it can get; None where none can be made."""
    parent = cgroup.own_group()
    while parent is not None and (parent.parent / "cgroup.procs").exists():
        parent = parent.parent  # the uppermost: others may be where this process is
    folder = None if parent is None else parent / f"suite-{os.getpid()}"
    try:
        if folder is not None:
            folder.mkdir()
    except OSError:
        folder = None
    if parent is None or folder is None:
        yield None
        return
    enabled = [name for name in words(parent / "cgroup.controllers") if use(parent, f"+{name}")]
    yield folder
    for each in (*folder.glob("*/"), folder):
        cgroup._end(each)
    for name in enabled:
        use(parent, f"-{name}")


def words(file: Path) -> list[str]:
    """Return the words of one of the kernel's files."""
    return file.read_text(encoding="ascii").split()


def use(group: Path, change: str) -> bool:
    """Have a controller used below a group, or not; return whether that changed anything."""
    file = group / "cgroup.subtree_control"
    before = words(file)
    with contextlib.suppress(OSError):
        file.write_text(change, encoding="ascii")
    return words(file) != before


def started(group: Path, cell: str, *besides: str) -> "subprocess.Popen[str]":
    """Start a grader's process in the group, which runs a cell, and a program besides."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.sandbox.in_a_group", str(group), cell, *besides],
        cwd=REPOSITORY,
        stdout=subprocess.PIPE,
        text=True,
    )


def processes(group: Path) -> dict[str, list[int]]:
    """Return the processes in each group below this one."""
    found = {}
    for each in sorted(group.glob("autograder-*")):
        with contextlib.suppress(OSError):  # gone in between
            found[each.name] = sorted(map(int, words(each / "cgroup.procs")))
    return found


def until(look: Callable[[], Value]) -> Value:
    """Return what `look` gives, as soon as it is something."""
    end = time.monotonic() + 60
    while not (found := look()):
        assert time.monotonic() < end
        time.sleep(0.02)
    return found


def submission(group: Path) -> list[int]:
    """Return the two processes of the submission that runs in the group, if it does."""
    alone = [pids for name, pids in processes(group).items() if not name.endswith("-1")]
    return [pid for pids in alone for pid in pids] if list(map(len, alone)) == [1, 1] else []


def is_alive(pid: int) -> bool:
    """Return whether a process has not ended."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def test_each_process_of_a_submission_has_a_group_of_its_own(group: Path | None) -> None:
    if group is None:
        assert cgroup.delegated() is None
        return
    there = words(group / "cgroup.controllers")
    grader = started(group, "import time\ntime.sleep(1)")
    pair = until(lambda: submission(group))
    leaf, *folders = sorted(processes(group), key=lambda name: int(name.split("-")[2]))
    own = processes(group)[leaf]
    assert grader.pid in own
    assert len(own) == 2, "the grader and the warm interpreter"
    assert not set(pair) & set(own)
    limits = {"pids": "pids.max", "memory": "memory.max"}
    for name in set(there) & set(limits):
        for folder in folders:
            assert (group / folder / limits[name]).read_text().strip().isdigit()
    said, _ = grader.communicate(timeout=60)
    isolation = BOUNDED.format(" ".join(there)) if there else ISOLATION
    assert said.splitlines() == [f"None {isolation} [None]", "True"], leaf
    assert processes(group) == {}


def test_a_group_is_killed_as_a_whole_and_removed(group: Path | None) -> None:
    if group is None:
        assert cgroup.delegated() is None
        return
    inner = [group / f"autograder-0-{number}" for number in (2, 3)]
    sleepers = [subprocess.Popen(["sleep", "60"]) for _ in range(4)]
    own = cgroup.Group(made(inner), (), None)
    own.add([each.pid for each in sleepers[:2]])
    for each in sleepers[2:]:
        (inner[1] / "cgroup.procs").write_text(str(each.pid), encoding="ascii")
    assert [len(pids) for pids in processes(group).values()] == [1, 3]
    own.close()
    assert [each.wait(10) for each in sleepers] == [-9] * 4
    assert not any(map(Path.exists, inner))


def made(folders: list[Path]) -> Callable[[], Path]:
    """Return what makes these folders, one after the other."""
    waiting = iter(folders)

    def make() -> Path:
        folder = next(waiting)
        folder.mkdir()
        return folder

    return make


def test_what_a_grader_has_started_besides_outlives_it(group: Path | None) -> None:
    """As the kernels of a Jupyter server do in which formgrader grades."""
    if group is None:
        assert cgroup.delegated() is None
        return
    with started(group, "1", "sleep", "60") as grader:
        said, _ = grader.communicate(timeout=60)
    (kept,) = words(group / "cgroup.procs")
    assert is_alive(int(kept))
    os.kill(int(kept), signal.SIGKILL)
    assert said.splitlines()[0].startswith("None sealed")
    assert processes(group) == {}


def test_a_group_of_others_is_not_taken(group: Path | None) -> None:
    if group is None:
        assert cgroup.delegated() is None
        return
    other = subprocess.Popen(["sleep", "60"])
    theirs = group / "autograder-web.service"  # by chance
    theirs.mkdir()
    stranger = subprocess.Popen(["sleep", "60"])
    (theirs / "cgroup.procs").write_text(str(stranger.pid), encoding="ascii")
    (group / "cgroup.procs").write_text(str(other.pid), encoding="ascii")
    look = (
        "import os, sys; from pathlib import Path; from autograder.sandbox import cgroup\n"
        "Path(sys.argv[1], 'cgroup.procs').write_text(str(os.getpid()))\n"
        "own = cgroup.own_group()\n"
        "there = tuple((own / 'cgroup.controllers').read_text().split())\n"
        "print(own == Path(sys.argv[1]), cgroup.delegated(there))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", look, group], cwd=REPOSITORY, capture_output=True, text=True
    )
    assert done.stdout == "True None\n", done.stderr
    cgroup._remove_what_is_left(group)  # of those that are made here there is none
    assert other.poll() is stranger.poll() is None
    for each in (other, stranger):
        each.kill()
        each.wait()


def test_what_a_killed_grader_left_is_removed_by_the_next(group: Path | None) -> None:
    if group is None:
        assert cgroup.delegated() is None
        return
    with started(group, "import time\ntime.sleep(60)") as killed:
        pair = until(lambda: submission(group))
        killed.kill()
    until(lambda: not any(map(is_alive, pair)))
    left = processes(group)
    assert len(left) == 3
    for name in words(group / "cgroup.subtree_control"):
        use(group, f"-{name}")  # else the group takes no process any more
    said, _ = started(group, "1").communicate(timeout=60)
    assert said.startswith("None sealed")
    assert processes(group) == {}


def test_the_number_of_a_killed_grader_may_be_that_of_the_next(group: Path | None) -> None:
    """As in containers, where each has the same."""
    if group is None:
        assert cgroup.delegated() is None
        return
    left = f"mkdir {group}/autograder-$$-1 {group}/autograder-$$-7; "
    grader = [sys.executable, "-m", "tests.sandbox.in_a_group", str(group), "1"]
    done = subprocess.run(
        ["sh", "-c", f"{left} exec {shlex.join(grader)}"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
    )
    there = words(group / "cgroup.controllers")
    isolation = BOUNDED.format(" ".join(there)) if there else ISOLATION
    assert done.stdout.splitlines() == [f"None {isolation} [None]", "True"], done.stderr
    assert processes(group) == {}


def test_where_none_can_be_made_grading_goes_on_and_claims_none(
    autograder: Command, tmp_path: Path, released: NotebookNode
) -> None:
    """As here, where other processes are in the same group."""
    own = cgroup.own_group()
    assert own is None or len(words(own / "cgroup.procs")) > 1
    assert cgroup.delegated() is None
    groups = set() if own is None else set(own.glob(f"{cgroup.PREFIX}*"))
    submitted = tmp_path / "submitted/ada/q1/tiny.ipynb"
    submitted.parent.mkdir(parents=True)
    submitted.write_text(notebooks.text(released), encoding="utf-8")
    done = autograder("grade", tmp_path / "submitted", "--out", tmp_path / "out")
    assert (done.returncode, done.stderr) == (0, "")
    assert grades(tmp_path / "out")["ada"]["isolation"] == ISOLATION
    assert own is None or set(own.glob(f"{cgroup.PREFIX}*")) == groups
