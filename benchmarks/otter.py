"""otter-grader on the same questions: its environment, its form of them, its scores.

Each test cell becomes one of otter's test files, with its points: the cell's text, run among the
student's own names, as nbgrader runs it. In the notebook, `grader.check(…)` stands in its place.
Everything else of the notebook stays as it is.
"""

import copy
import json
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

from nbformat import NotebookNode

from autograder.notebook import notebooks
from autograder.notebook.cells import grade_id, is_test, points

ENVIRONMENT = Path("_build/otter")
PINS = Path(__file__).with_name("otter.txt")
START = "import otter\n\ngrader = otter.Notebook()"  # what otter's own notebooks begin with

_TEST = """\
from otter.test_files import test_case

OK_FORMAT = False
name = {name!r}
points = {points!r}
SOURCE = {source!r}


@test_case()
def test(env):
    exec(compile(SOURCE, name, "exec"), env)
"""


def program(folder: Path) -> Path | None:
    """Return otter's command in its environment below `folder`, made if need be.

    If that cannot be, it prints why, and returns None. The environment sees the course's own
    packages; those of otter's that differ come first.
    """
    place = folder / ENVIRONMENT
    done = place / "pins.txt"
    pins = PINS.read_text(encoding="utf-8")
    if not done.is_file() or done.read_text(encoding="utf-8") != pins:
        venv.create(place, clear=True)
        python = str(place / "bin" / "python")
        uv = [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--no-deps"]
        installed = subprocess.run(  # noqa: S603
            [*uv, "--python", python, "--requirements", str(PINS)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        if installed.returncode != 0:
            why = (installed.stderr.strip().splitlines() or ["uv did not say why"])[-1]
            print(f"otter-grader is left out, it could not be installed: {why}")
            return None
        ours = sysconfig.get_path("purelib")
        theirs = Path(sysconfig.get_path("purelib", vars={"base": str(place)}))
        (theirs / "course.pth").write_text(
            f"import site; site.addsitedir({ours!r})\n", encoding="utf-8"
        )
        done.write_text(pins, encoding="utf-8")
    return place / "bin" / "otter"


def in_its_form(notebook: NotebookNode) -> NotebookNode:
    """Return a copy of a student's notebook, or of the teacher's, in which otter checks."""
    changed = copy.deepcopy(notebook)
    for cell in changed.cells:
        if is_test(cell):
            cell.source, cell.outputs = f"grader.check({grade_id(cell)!r})", []
    changed.cells.insert(0, notebooks.code_cell(START, {}))
    return changed


def write_tests(template: NotebookNode, folder: Path) -> None:
    """Write otter's test files for a notebook's test cells, hidden tests included."""
    folder.mkdir(parents=True)
    for cell in template.cells:
        if is_test(cell):
            name = grade_id(cell)
            text = _TEST.format(name=name, points=points(cell), source=cell.source)
            (folder / f"{name}.py").write_text(text, encoding="utf-8")


def pack(tests: Path, zipped: Path) -> None:
    """Write what `otter run` grades with: the test files, and a configuration that sets nothing."""
    with zipfile.ZipFile(zipped, "w") as file:
        file.writestr("otter_config.json", "{}")
        for path in sorted(tests.iterdir()):
            file.write(path, f"tests/{path.name}")


def scores(results: Path) -> dict[str, float]:
    """Return the points of each test by its name, from the file that `otter run` writes."""
    found = json.loads(results.read_text(encoding="utf-8"))
    return {each["name"]: float(each["score"]) for each in found["tests"] if "score" in each}
