"""Where things lie in a course folder, and what its configuration says."""

import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from nbformat import NotebookNode
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from autograder.errors import UsageError
from autograder.notebook.cells import is_extra, is_solution

CONFIG = "nbgrader_config.py"

# What to import once for a class if a notebook has the word: `c.Autograder.preload` says more.
PRELOAD: dict[str, list[str]] = {
    "numpy": ["numpy"],
    "pandas": ["pandas"],
    "matplotlib": ["matplotlib.pyplot", "matplotlib_inline.backend_inline"],
}


@dataclass(frozen=True)
class Course:
    """A folder in nbgrader's layout, with `source = solutions` and `release = notebooks`."""

    root: Path

    def names(self) -> list[str]:
        """The assignments that have a source notebook, in order: `["q1", "q2", …]`."""
        return sorted(path.parent.name for path in self.root.glob("solutions/*/*.ipynb"))

    def notebooks(self) -> dict[str, list[str]]:
        """The names of each assignment's source notebooks, without .ipynb; there should be one."""
        found: dict[str, list[str]] = {}
        for path in sorted(self.root.glob("solutions/*/*.ipynb")):
            found.setdefault(path.parent.name, []).append(path.stem)
        return found

    @property
    def data(self) -> Path:
        """The folder of the data that chapters read."""
        return self.root / "data"

    def source(self, name: str) -> Path:
        """The instructor's notebook of the assignment `name`.

        Raises UsageError if there is no such assignment, or not exactly one notebook in it.
        """
        found = sorted(self.root.glob(f"solutions/{name}/*.ipynb")) if name.isidentifier() else []
        if not found:
            known = ", ".join(self.names()) or "none"
            raise UsageError(f"there is no assignment '{name}'; this course has: {known}")
        if len(found) > 1:
            raise UsageError(f"solutions/{name}/ must hold one notebook and holds {len(found)}")
        return found[0]

    def released(self, name: str) -> Path:
        """Where the student's notebook of `name` lies; it need not exist yet."""
        return self.root / "notebooks" / name / self.source(name).name

    def preload(self, notebook: NotebookNode) -> list[str]:
        """Return the modules that are worth importing beforehand for a notebook.

        These are the modules of each word that occurs in a cell of the teacher's. Raises
        UsageError if the course's configuration cannot be loaded.
        """
        text = "\n".join(
            cell.source for cell in notebook.cells if not (is_solution(cell) or is_extra(cell))
        )
        known = PRELOAD | dict(load_config(self.root).Autograder.get("preload", {}))
        return list(dict.fromkeys(name for word in known if word in text for name in known[word]))


@cache
def load_config(root: Path) -> Config:
    """Return what the configuration of the course in `root` sets; nothing if there is none.

    Raises UsageError if it cannot be loaded.
    """
    if not (root / CONFIG).is_file():
        return Config()
    sys.path.insert(0, str(root))  # as nbgrader does: a plugin may lie in the course
    try:
        return Config(PyFileConfigLoader(CONFIG, path=str(root)).load_config())
    except Exception as problem:  # whatever a teacher's file raises
        raise UsageError(f"{root / CONFIG} cannot be loaded: {problem!r}") from problem
    finally:
        sys.path.remove(str(root))


def find_course(start: Path) -> Course:
    """Return the course around `start`: the nearest folder upwards with an nbgrader_config.py.

    Raises UsageError if there is none.
    """
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / CONFIG).is_file() and (folder / "solutions").is_dir():
            return Course(folder)
    raise UsageError(
        f"{start} is not inside a course: no folder above it has {CONFIG} and solutions/; "
        "go to the course folder and try again"
    )
