"""Control groups: used where this machine lets a process make some, and done without elsewhere."""

import contextlib
import os
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


def started(group: Path, cell: str) -> "subprocess.Popen[str]":
    """Start a grader's process in the group, which runs a cell."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.sandbox.in_a_group", str(group), cell],
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
    pairs = list(processes(group).values())[1:]
    return pairs[0] if pairs and len(pairs[0]) == 2 else []


def is_alive(pid: int) -> bool:
    """Return whether a process has not ended."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def test_a_submission_has_a_group_of_its_own(group: Path | None) -> None:
    if group is None:
        assert cgroup.delegated() is None
        return
    there = words(group / "cgroup.controllers")
    grader = started(group, "import time\ntime.sleep(1)")
    pair = until(lambda: submission(group))
    (leaf, own), (folder, _) = processes(group).items()
    assert grader.pid in own
    assert len(own) == 2, "the grader and the warm interpreter"
    assert not set(pair) & set(own)
    limits = {"pids": "pids.max", "memory": "memory.max"}
    for name in set(there) & set(limits):
        assert (group / folder / limits[name]).read_text().strip().isdigit()
    said, _ = grader.communicate(timeout=60)
    isolation = BOUNDED.format(" ".join(there)) if there else ISOLATION
    assert said.splitlines() == [f"None {isolation} [None]", "True"], leaf
    assert processes(group) == {}


def test_a_group_is_killed_as_a_whole_and_removed(group: Path | None) -> None:
    if group is None:
        assert cgroup.delegated() is None
        return
    sleepers = [subprocess.Popen(["sleep", "60"]) for _ in range(2)]
    inner = group / "autograder-0-1"
    inner.mkdir()
    own = cgroup.Group(inner, (), None)
    own.add([each.pid for each in sleepers])
    assert processes(group) == {inner.name: sorted(each.pid for each in sleepers)}
    own.close()
    assert [each.wait(10) for each in sleepers] == [-9, -9]
    assert not inner.exists()


def test_what_a_killed_grader_left_is_removed_by_the_next(group: Path | None) -> None:
    if group is None:
        assert cgroup.delegated() is None
        return
    with started(group, "import time\ntime.sleep(60)") as killed:
        pair = until(lambda: submission(group))
        killed.kill()
    until(lambda: not any(map(is_alive, pair)))
    left = processes(group)
    assert len(left) == 2
    for name in words(group / "cgroup.subtree_control"):
        use(group, f"-{name}")  # else the group takes no process any more
    said, _ = started(group, "1").communicate(timeout=60)
    assert said.startswith("None sealed")
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
