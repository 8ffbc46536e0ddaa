"""The course's own version of a notebook that somebody checks, if it can be found."""

from collections.abc import Callable, Iterator
from pathlib import Path

from nbformat import NotebookNode

import autograder
from autograder.authoring.release import template
from autograder.notebook import notebooks
from autograder.notebook.cells import is_solution, is_test, without_hidden_tests
from autograder.notebook.course import Course, has_config, load_config
from autograder.submissions.matching import match
from autograder.submissions.rebuild import rebuild


def find_original(path: Path, notebook: NotebookNode) -> NotebookNode | None:
    """Return the notebook, without hidden tests, that `notebook` in the file `path` came from.

    It is looked for in the course around the file, around the current folder and around this
    package: among the teacher's sources where they are, else among the released notebooks. It
    is the one with most answers and tests in common, and at least half of its own. Of a notebook
    without tests it is the one of which most is answered, as for grading; None if there is none.
    """
    measures = [_share] if any(map(is_test, notebook.cells)) else [_share, _answered]
    for measure in measures:
        original = _most_alike(path, notebook, measure)
        if original is not None:
            return original
    return None


def _most_alike(
    path: Path, notebook: NotebookNode, measure: Callable[[NotebookNode, NotebookNode], float]
) -> NotebookNode | None:
    for course in _courses(path):
        is_source, config = bool(course.names()), load_config(course.root)
        folder = course.source_folder if is_source else course.release_folder
        best, most = None, 0.5
        for original in _notebooks(folder, path):
            made = is_source and measure is _answered
            share = measure(template(original, config) if made else original, notebook)
            if share >= most:
                best, most = original, share
        if best is not None:
            return _visible(template(best, config) if is_source else best)
    return None


def _courses(path: Path) -> Iterator[Course]:
    """Yield the nearest courses above, each once; of one, a student may have a part alone."""
    seen: set[Path] = set()
    for start in (path.resolve().parent, Path.cwd(), Path(autograder.__file__).parent):
        for folder in (start, *start.parents):
            course = Course(folder)
            if has_config(folder) or course.release_folder.is_dir():
                if folder not in seen:
                    seen.add(folder)
                    yield course
                break


def _notebooks(folder: Path, path: Path) -> Iterator[NotebookNode]:
    """Yield the notebooks in a course's folder; one that cannot be read is left out."""
    for file in sorted(folder.glob("*/*.ipynb")):
        if file.resolve() == path.resolve():
            continue
        try:
            yield notebooks.read(file)
        except Exception:  # noqa: S112  (whatever a broken file raises: it is not the one)
            continue


def _visible(notebook: NotebookNode) -> NotebookNode:
    """Return a notebook without its hidden tests."""
    for cell in notebook.cells:
        if is_test(cell):
            cell.source = without_hidden_tests(cell.source)
    return notebook


def _share(original: NotebookNode, notebook: NotebookNode) -> float:
    """Return which part of a notebook's answers and tests another one has."""
    graded = {i for i, c in enumerate(original.cells) if is_solution(c) or is_test(c)}
    found = graded & set(match(original.cells, notebook.cells))
    return len(found) / len(graded) if graded else 0.0


def _answered(original: NotebookNode, notebook: NotebookNode) -> float:
    """Return which part of another notebook's solution cells a notebook has, wherever they are."""
    count = sum(map(is_solution, original.cells))
    return rebuild(original, notebook).found / count if count else 0.0
