"""Where things lie in a course folder, and what its configuration says."""

import copy
import os
import stat
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from nbformat import NotebookNode
from traitlets.config import Config
from traitlets.config.loader import FileConfigLoader, JSONFileConfigLoader, PyFileConfigLoader

from autograder.checks import HINTS, own_hints
from autograder.errors import UsageError
from autograder.notebook import notebooks
from autograder.notebook.cells import is_extra, is_solution

if TYPE_CHECKING:  # importing anything of nbgrader takes a second: only where it is asked
    from nbgrader.coursedir import CourseDirectory

CONFIG = "nbgrader_config.py"
LOADERS: dict[str, type[FileConfigLoader]] = {  # the second wins, as nbgrader has it
    CONFIG: PyFileConfigLoader,
    "nbgrader_config.json": JSONFileConfigLoader,
}

# What to import once for a class if a notebook has the word: `c.Autograder.preload` says more.
PRELOAD: dict[str, list[str]] = {
    "numpy": ["numpy"],
    "pandas": ["pandas"],
    "matplotlib": ["matplotlib.pyplot", "matplotlib_inline.backend_inline"],
}


@dataclass(frozen=True)
class Course:
    """A course of nbgrader's; `root` is the folder of its configuration.

    Its folders have the names that `nbgrader_config.py` gives them, or else nbgrader's own.
    """

    root: Path

    def names(self) -> list[str]:
        """The assignments that have a source notebook, in order: `["ps1", "ps2", …]`."""
        return list(self.notebooks())

    def notebooks(self) -> dict[str, list[str]]:
        """The names of each assignment's source notebooks, without .ipynb."""
        found: dict[str, list[str]] = {}
        for path in sorted(self.source_folder.glob("*/*.ipynb")):
            if not path.name.startswith(".") and not path.parent.name.startswith("."):
                found.setdefault(path.parent.name, []).append(path.stem)
        return found

    def notebooks_of(self, name: str) -> list[str]:
        """The names of the source notebooks of the assignment `name`, at least one.

        Raises UsageError if there is no such assignment.
        """
        known = self.notebooks()
        if name not in known:
            raise UsageError(
                f"there is no assignment '{name}'; this course has: {', '.join(known) or 'none'}"
            )
        return known[name]

    @property
    def folders_root(self) -> str:
        """The folder that the others lie in: `root`, or what the configuration names as such."""
        return str(_directory(self.root).root)

    @property
    def source_folder(self) -> Path:
        """The folder of the teacher's notebooks, with a folder for each assignment."""
        return self._step(_directory(self.root).source_directory)

    @property
    def release_folder(self) -> Path:
        """The folder of the students' notebooks, with a folder for each assignment."""
        return self._step(_directory(self.root).release_directory)

    @property
    def submitted(self) -> Path:
        """The folder of what was handed in."""
        return self._step(_directory(self.root).submitted_directory)

    @property
    def data(self) -> Path:
        """The folder of the data that the notebooks of all assignments read."""
        return self.root / "data"

    @property
    def hints(self) -> Path:
        """The file of the course's own hints; it need not exist."""
        return self.root / HINTS

    @property
    def database(self) -> str | None:
        """The gradebook's URL if the configuration gives one."""
        is_set = "db_url" in load_config(self.root).CourseDirectory
        return str(_directory(self.root).db_url) if is_set else None

    @property
    def kept(self) -> tuple[str, str]:
        """The names of the folders of executed notebooks and of feedback pages."""
        directory = _directory(self.root)
        return directory.autograded_directory, directory.feedback_directory

    def source(self, name: str, notebook: str | None = None) -> Path:
        """The teacher's notebook of the assignment `name`; `notebook` says which of several.

        Raises UsageError if there is no such assignment or notebook, or if it has several and it
        is not said which.
        """
        known, folder = self.notebooks_of(name), self.source_folder / name
        if notebook is None and len(known) > 1:
            raise UsageError(f"{folder} must hold one notebook for this, and holds {len(known)}")
        if notebook is not None and notebook not in known:
            raise UsageError(f"there is no {folder / notebook}.ipynb")
        return folder / f"{notebook or known[0]}.ipynb"

    def released(self, name: str, notebook: str | None = None) -> Path:
        """Where the student's copy of the same notebook lies; it need not exist yet."""
        return self.release_folder / name / self.source(name, notebook).name

    def beside(self, name: str) -> dict[str, Path]:
        """The files beside an assignment's notebooks, by their names relative to these.

        They are those that nbgrader hands out: neither what the configuration has it ignore, such
        as answers of the teacher's, nor notebooks; but one that has no cell of nbgrader's, beside
        the others, may be run by them.
        """
        from nbgrader.utils import find_all_files

        folder = self.source_folder / name
        found = map(Path, sorted(find_all_files(str(folder), _directory(self.root).ignore)))
        return {
            path.relative_to(folder).as_posix(): path
            for path in found
            if path.suffix != ".ipynb"
            or (path.parent == folder and _is_plain(path, path.stat().st_mtime_ns))
        }

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

    def _step(self, name: str) -> Path:
        return Path(self.folders_root, name)


def has_config(folder: Path) -> bool:
    """Return whether a course's configuration lies in a folder."""
    return any((folder / name).is_file() for name in LOADERS)


@cache
def load_config(root: Path) -> Config:
    """Return what the configuration of the course in `root` sets; nothing if there is none.

    Raises UsageError if it cannot be loaded, or may be a stranger's.
    """
    config = Config()
    for name in LOADERS:
        if (root / name).is_file():
            config.merge(_loaded(root / name))
    return config


def _loaded(path: Path) -> Config:
    if _is_a_strangers(path):
        raise UsageError(
            f"{path} is another user's, in a folder that everybody can write to, so it is "
            "not run: go on in a folder of your own"
        )
    sys.path.insert(0, str(path.parent))  # as nbgrader does: a plugin may lie in the course
    try:
        return Config(LOADERS[path.name](path.name, path=str(path.parent)).load_config())
    except Exception as problem:  # whatever a teacher's file raises
        raise UsageError(f"{path} cannot be loaded: {problem!r}") from problem
    finally:
        sys.path.remove(str(path.parent))


def _is_a_strangers(path: Path) -> bool:
    """Return whether anybody may have put a file there, above the folder in which one works.

    nbgrader runs the file in the current folder, whoever owns it, as `make` and others do. We look
    in the folders above as well, and one of them may be `/tmp`. Ownership alone decides nothing: in
    a container the course often belongs to another user than the one who runs.
    """
    if not hasattr(os, "getuid"):  # Windows, whose folders of this kind are not above one's own
        return False
    is_ours = path.lstat().st_uid in (0, os.getuid())  # of a link, the link itself
    return not is_ours and bool(path.parent.stat().st_mode & stat.S_IWOTH)


@cache
def _is_plain(path: Path, _changed: int) -> bool:
    """Return whether a notebook has no cell of nbgrader's: no answer, no test, no task."""
    try:
        return not any("nbgrader" in cell.metadata for cell in notebooks.read(path).cells)
    except Exception:  # whatever a broken file makes nbformat stumble over
        return False


@cache
def _directory(root: Path) -> "CourseDirectory":
    """Return nbgrader's own view of the course in `root`.

    Raises UsageError if the configuration is none, or has another structure of folders.
    """
    from nbgrader.coursedir import CourseDirectory

    config = copy.deepcopy(load_config(root))
    config.CourseDirectory.root = str(root / str(config.CourseDirectory.get("root", "")))
    try:
        directory = CourseDirectory(config=config)
        usual = CourseDirectory().directory_structure
    except Exception as problem:  # a value of the wrong type, for example
        raise UsageError(f"the configuration in {root} cannot be used: {problem}") from problem
    if directory.directory_structure != usual:
        raise UsageError(
            f"the configuration in {root} sets directory_structure to "
            f"{directory.directory_structure}; autograder knows {usual} alone"
        )
    return directory


def find_course(start: Path) -> Course:
    """Return the course around `start`: the nearest folder upwards with a configuration.

    Without one it is the folder `start` itself, if nbgrader's own `source` lies there. Raises
    UsageError if there is none.
    """
    course = course_around(start)
    if course is None:
        raise UsageError(
            f"{start.resolve()} is not inside a course: no folder above it has {CONFIG} and the "
            "folder of source notebooks that it names; go to the course folder and try again"
        )
    return course


def course_around(start: Path) -> Course | None:
    """Return what `find_course` finds, or None. Raises UsageError if its hints are none."""
    start = start.resolve()
    for folder in (start, *start.parents):
        if has_config(folder) and Course(folder).source_folder.is_dir():
            return _with_sound_hints(Course(folder))
    return _with_sound_hints(Course(start)) if Course(start).names() else None


def _with_sound_hints(course: Course) -> Course:
    try:
        own_hints(course.root)
    except ValueError as problem:
        raise UsageError(str(problem)) from problem
    return course
