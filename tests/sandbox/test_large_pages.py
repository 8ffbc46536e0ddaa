"""The memory of a process that is forked often is in large pages."""

import subprocess
import sys
from pathlib import Path

import pytest

KERNEL = Path("/sys/kernel/mm/transparent_hugepage")
pytestmark = pytest.mark.skipif(not KERNEL.is_dir(), reason="this Linux has no large pages")

PROGRAM = """
import re
from pathlib import Path
from autograder.sandbox import large_pages

def large():
    told = Path("/proc/self/smaps_rollup").read_text()
    return int(re.search(r"AnonHugePages: +([0-9]+)", told)[1])

held = [bytes([number % 256]) * 4_000 for number in range(25_000)]
before = large()
large_pages.gather()
assert [each[0] for each in held] == [number % 256 for number in range(25_000)]
print(before, large())
"""


def test_a_process_has_its_memory_in_large_pages_and_the_same_content() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True
    )
    before, after = map(int, done.stdout.split())
    assert after - before > 50_000  # kB, of a hundred thousand
