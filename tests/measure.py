"""How much of the grader the suite runs: `make coverage`; `python -m tests.measure PATH …`.

Coverage.py measures pytest, the command line and every other process that inherits their
environment. What it cannot reach, warm interpreters, their sealed children and kernels, is seen by
`tests.support.children`. The report is of both.
"""

import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

from coverage import Coverage, CoverageData

from tests.support import children

FOLDER = children.MARKS.parent
HOOK = Path(sysconfig.get_path("purelib"), "measure_children.pth")
"""A line of Python that each Python of `.venv` runs when it starts: there while this measures."""
TESTS = [
    *(f"tests/{room}" for room in ("notebook", "submissions", "results", "grading", "sandbox")),
    *("tests/execution", "tests/authoring"),
    *sorted(str(path.relative_to(children.ROOT)) for path in children.ROOT.glob("tests/test_*.py")),
]
"""What tests the grader itself, without chapters and site. Nor the attacks: they reach limits of
time, which measuring shifts; but they run much of `sandbox/` that these tests leave out."""


def measure(tests: list[str]) -> int:
    """Run tests, given as for pytest, and print what part of each file they run.

    Returns pytest's exit code.
    """
    shutil.rmtree(FOLDER, ignore_errors=True)
    children.prepare()
    command = [sys.executable, "-m", "coverage", "run", "-m", "pytest"]
    HOOK.write_text(f"import runpy; runpy.run_path({children.__file__!r}, run_name='__main__')\n")
    try:
        done = subprocess.run(
            [*command, "-p", "no:cacheprovider", "-n", "2", "--dist", "loadfile", *tests],
            cwd=children.ROOT,
            check=False,
        )
    finally:
        HOOK.unlink()
    report()
    return done.returncode


def report() -> None:
    """Print the report, and write it with every line into `_build/coverage/html`."""
    seen = CoverageData(f"{FOLDER}/data.children")
    seen.add_lines({file: lines for file, lines in children.marked() if lines})
    seen.write()
    coverage = Coverage()
    coverage.combine()
    coverage.save()
    coverage.html_report(directory=str(FOLDER / "html"))
    coverage.report()


if __name__ == "__main__":
    sys.exit(measure(sys.argv[1:] or TESTS))
