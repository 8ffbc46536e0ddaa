"""What is compiled for a run: libraries once for all, and nothing that a student writes."""

import fnmatch
import sys
from collections.abc import Callable
from importlib.util import cache_from_source, find_spec
from pathlib import Path

import pytest

from autograder.execution import kernel, sealed
from autograder.execution.kernel_process import started
from autograder.notebook import notebooks
from autograder.task import Outcome, Task
from tests.support.tasks import task

pytestmark = pytest.mark.slow

# Nobody else in the suite imports these.
FIRST, LATER = "pygments.lexers.ada", "pygments.lexers.apl"
CELLS = [
    "from pathlib import Path\nPath('mine.py').write_text('x = 1')",
    f"import mine, {LATER}",
    "print(Path('__pycache__').exists())",
]


def compiled(library: str) -> Path:
    """The file with the compiled code of an installed module."""
    spec = find_spec(library)
    assert spec is not None
    return Path(cache_from_source(str(spec.origin)))


def in_a_kernel(work: Task, folder: Path) -> Outcome:
    """Run a task as `check` does, in the student's own folder."""
    (folder / "fnmatch.py").write_text(Path(fnmatch.__file__).read_text("utf-8"), "utf-8")
    with started(folder, [FIRST]) as running:
        return kernel.run({**work, "folder": str(folder)}, running)


def in_a_sandbox(work: Task, _: Path) -> Outcome:
    """Run a task as `grade` does."""
    return sealed.run({**work, "preload": [FIRST]})


@pytest.mark.parametrize("run", [in_a_kernel, in_a_sandbox])
def test_a_library_is_compiled_once(
    run: Callable[[Task, Path], Outcome], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    for library in (FIRST, LATER):
        compiled(library).unlink(missing_ok=True)
    cells = [notebooks.code_cell(source, {}) for source in CELLS]
    outcome = run(task(notebooks.notebook(cells)), tmp_path)
    *_, last = outcome["notebook"]["cells"]
    assert last["outputs"][0]["text"] == "False\n"
    assert compiled(FIRST).exists()
    assert not compiled(LATER).exists()
    assert {path.name for path in tmp_path.iterdir()} <= {"mine.py", "fnmatch.py"}
    sealed.close()


@pytest.mark.parametrize("run", [in_a_kernel, in_a_sandbox])
def test_who_keeps_no_compiled_code_or_elsewhere_is_obeyed(
    run: Callable[[Task, Path], Outcome], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "work").mkdir()
    compiled(FIRST).unlink(missing_ok=True)
    place = compiled(FIRST)
    cells = notebooks.notebook([notebooks.code_cell("1", {})])
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert run(task(cells), tmp_path / "work")["infra"] is None
    sealed.close()
    assert not place.exists()
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "elsewhere"))
    assert run(task(cells), tmp_path / "work")["infra"] is None
    sealed.close()
    assert not place.exists()
    assert compiled(FIRST).exists()
