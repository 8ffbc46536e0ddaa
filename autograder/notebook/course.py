"""Where things lie in a course folder."""

from dataclasses import dataclass
from pathlib import Path

from autograder.errors import UsageError

CONFIG = "nbgrader_config.py"


@dataclass(frozen=True)
class Course:
    """A folder in nbgrader's layout, with `source = solutions` and `release = notebooks`."""

    root: Path

    def names(self) -> list[str]:
        """The assignments that have a source notebook, in order: `["q1", "q2", …]`."""
        return sorted(path.parent.name for path in self.root.glob("solutions/*/*.ipynb"))

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
