"""The warm interpreter that a class will need, started while `grade` is still being imported.

Importing a large library takes seconds, and so does all that comes before the first run: on two
cores they go on side by side.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import UsageError
from autograder.execution.warm import close, warm
from autograder.notebook import notebooks
from autograder.notebook.course import Course, has_config, load_config
from autograder.results import journal
from autograder.submissions import layout
from autograder.submissions.tree import OnDisk


@dataclass(frozen=True)
class Sketch(Course):
    """A course as its configuration alone has it: nbgrader's own view takes a second's import."""

    def _step(self, name: str) -> Path:
        root = self._setting("root", "")
        return Path(self.root, root, name)

    def _setting(self, name: str, usual: str) -> str:
        return str(load_config(self.root).CourseDirectory.get(name, usual))

    @property
    def source_folder(self) -> Path:
        """As nbgrader says, if nothing is wrong with it."""
        return self._step(self._setting("source_directory", "source"))

    @property
    def submitted(self) -> Path:
        """As nbgrader says, if nothing is wrong with it."""
        return self._step(self._setting("submitted_directory", "submitted"))


@contextmanager
def warmed(
    start: Path,
    submitted: Path | None,
    out: Path,
    assignment: str | None,
    student: str | None,
    regrade: bool,
) -> Iterator[None]:
    """Start a warm interpreter if something will be run, and end all of them afterwards.

    The arguments are those of `grade`, and the folder in the course in which it was called.
    Whatever is wrong with them, it says. Raises UsageError if the configuration cannot be loaded.
    """
    root = next((each for each in (start, *start.parents) if has_config(each)), None)
    wanted: list[tuple[str, ...]] = []
    if root is not None:
        load_config(root)  # what is wrong with it is told at once: it is a program, and runs once
        with suppress(Exception):  # a broken notebook, say: it is read again, and told
            names = to_run(Sketch(root), submitted, out, (assignment, student), regrade)
            wanted = [_modules(Sketch(root), each) for each in names[:1]]
    try:
        for modules in wanted:
            warm(modules)
        yield
    finally:
        close()


def to_run(
    course: Course,
    submitted: Path | None,
    out: Path,
    chosen: tuple[str | None, str | None],
    regrade: bool,
) -> list[str]:
    """Return the assignments of which something will be run, as far as that is seen at once.

    Work that was graded before may have to be run again; that is not looked for. Nor is a zip
    looked into: if nothing was graded before, all assignments may be in it.
    """
    submitted = submitted or course.submitted
    known, graded = course.notebooks(), journal.read(out)
    if not submitted.is_dir():
        return [chosen[0] or next(iter(known))] if submitted.exists() and not graded else []
    try:
        found = layout.find(OnDisk(submitted), submitted, known, *chosen)
    except UsageError:
        return []
    before = {(each.result.student, each.result.assignment) for each in graded.values()}
    new = (each for each in found.folders if (each.student, each.assignment) not in before)
    return sorted({each.assignment for each in (found.folders if regrade else new)})


def _modules(course: Course, assignment: str) -> tuple[str, ...]:
    """Return what is worth importing beforehand for an assignment's first notebook."""
    source = course.source(assignment, course.notebooks_of(assignment)[0])
    return tuple(course.preload(notebooks.read(source)))
