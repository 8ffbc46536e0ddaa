"""A submission on its way: what is to be run, and the hash of all that its result depends on."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from autograder.authoring.release import read_template
from autograder.notebook import in_common, notebooks
from autograder.notebook.cells import is_solution
from autograder.notebook.course import Course
from autograder.results import assess, journal
from autograder.results.gradebook import solution_ids
from autograder.results.status import Status
from autograder.results.verdict import Result
from autograder.submissions import intake
from autograder.submissions.layout import Folder
from autograder.submissions.rebuild import Rebuilt, rebuild


@dataclass(frozen=True)
class Chapter:
    """An assignment as it is graded."""

    name: str
    notebook: str  # the notebook's name without .ipynb
    template: NotebookNode


@dataclass(frozen=True)
class Work:
    """One submission, with the notebook to run or the result that says why there is none."""

    chapter: Chapter
    student: str  # the id
    name: str  # what tables call the student, if not by the id
    key: str  # the hash of all that decides the result
    version: str  # the hash of that but for the student's own work
    unanswered: tuple[str, ...]  # grade_ids of the answers that were not changed
    rebuilt: Rebuilt | None
    refusal: Result | None


def read_chapter(course: Course, name: str, out: Path | None = None) -> Chapter:
    """Return an assignment from its source notebook. Raises UsageError if it cannot be read.

    What its AUTOTEST lines are made into is kept in the folder `out`, if given.
    """
    cache = None if out is None else out / f"autotests-{name}.json"
    return Chapter(name, course.source(name).stem, read_template(course, name, cache))


def read_work(
    folders: list[Folder], chapters: dict[str, Chapter], circumstances: dict[str, Any]
) -> Iterator[Work]:
    """Read the folders one by one and yield what is to be graded.

    `circumstances` is what a result depends on besides the notebook: limits, versions, hashes."""
    for folder in folders:
        chapter = chapters[folder.assignment]
        submission = intake.read(folder)
        if submission.notebook is None:
            yield _refused(chapter, folder, "unreadable", submission.problem or "unreadable")
            continue
        rebuilt = rebuild(chapter.template, submission.notebook)
        if rebuilt.found == 0:
            reason = "none of the notebook's cells is one for answers"
            yield _refused(chapter, folder, "tampered", reason)
            continue
        common = {"in common": in_common.of(rebuilt.notebook)}  # the solution may have changed
        key = journal.key(rebuilt.notebook, circumstances | common)
        now = version(chapter, circumstances)
        unanswered = rebuilt.unanswered
        yield Work(chapter, folder.student, folder.name, key, now, unanswered, rebuilt, None)


def version(chapter: Chapter, circumstances: dict[str, Any]) -> str:
    """Return the hash of what all results of an assignment depend on, whoever's they are."""
    teachers = [cell for cell in chapter.template.cells if not is_solution(cell)]
    common = {"in common": in_common.of(chapter.template)}
    return journal.key(notebooks.notebook(teachers), circumstances | common)


def _refused(chapter: Chapter, folder: Folder, status: Status, reason: str) -> Work:
    key = journal.key(chapter.template, {"status": status, "reason": reason})
    result = assess.refused(folder.student, chapter.name, chapter.template, status, reason)
    unanswered = solution_ids(chapter.template)
    return Work(chapter, folder.student, folder.name, key, "", unanswered, None, result)
