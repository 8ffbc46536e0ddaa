"""A submission on its way: what is to be run, and the hash of all that its result depends on."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from autograder.authoring.release import read_template
from autograder.grading.fingerprint import files_hash
from autograder.notebook import in_common, notebooks
from autograder.notebook.cells import is_graded, is_solution, is_task
from autograder.notebook.course import Course
from autograder.notebook.sections import Section, explaining
from autograder.results import assess, journal
from autograder.results.gradebook import solution_ids
from autograder.results.status import Status
from autograder.results.verdict import Result, label
from autograder.submissions import intake, own_files
from autograder.submissions.layout import Folder
from autograder.submissions.rebuild import Rebuilt, rebuild


@dataclass(frozen=True)
class Chapter:
    """A notebook of an assignment as it is graded."""

    name: str  # the assignment's
    notebook: str  # the notebook's name without .ipynb
    template: NotebookNode
    part: str = ""  # the notebook's name if the assignment has several
    beside: Mapping[str, Path] = field(default_factory=dict)  # the teacher's files, by their names
    files: str = ""  # the hash of these, if there are any
    explained: Mapping[str, Section] = field(default_factory=dict)  # by the exercise's name
    no_numbers: frozenset[str] = frozenset()  # tests that end so: see `assess.verdicts`

    @property
    def label(self) -> str:
        """What tables call it: the assignment, and the notebook if there are several."""
        return label(self.name, self.part)


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
    own: dict[str, bytes] = field(default_factory=dict)  # the student's files beside the notebook


def read_chapters(course: Course, name: str, out: Path | None = None) -> list[Chapter]:
    """Return an assignment's notebooks that have something to grade, from their sources.

    Raises UsageError if one cannot be read. What AUTOTEST lines are made into is kept in the
    folder `out`, if given.
    """
    stems = course.notebooks_of(name)
    beside = course.beside(name)
    content = files_hash(beside) if beside else ""
    found = []
    for stem in stems:
        part = stem if len(stems) > 1 else ""
        cached = label(name, part).replace("/", "-")
        cache = None if out is None else out / f"autotests-{cached}.json"
        template = read_template(course, name, stem, cache)
        if not part or any(is_graded(cell) or is_task(cell) for cell in template.cells):
            explained = explaining(course, name, stem)
            found.append(Chapter(name, stem, template, part, beside, content, explained))
    return found


def read_work(
    folders: list[Folder],
    chapters: Mapping[str, Sequence[Chapter]],
    circumstances: dict[str, Any],
) -> Iterator[Work]:
    """Read the folders one by one and yield what is to be graded.

    `chapters` are those of each assignment; `circumstances` is what a result depends on besides
    the notebook: limits, versions, hashes.
    """
    versions = {
        each.label: version(each, circumstances) for own in chapters.values() for each in own
    }
    for folder in folders:
        own, note = own_files.read(folder.entry, chapters[folder.assignment][0].beside)
        for chapter in chapters[folder.assignment]:
            yield _read_one(folder, chapter, circumstances, versions[chapter.label], own, note)


def _read_one(
    folder: Folder,
    chapter: Chapter,
    circumstances: dict[str, Any],
    now: str,
    own: dict[str, bytes],
    note: str,
) -> Work:
    submission = intake.read(folder, chapter.part or None)
    if submission.notebook is None:
        return _refused(chapter, folder, "unreadable", submission.problem or "unreadable")
    rebuilt = rebuild(chapter.template, submission.notebook)
    if rebuilt.found == 0 and any(map(is_solution, chapter.template.cells)):
        reason = "none of the notebook's cells is one for answers"
        return _refused(chapter, folder, "tampered", reason)
    if note:
        rebuilt = replace(rebuilt, notes=(*rebuilt.notes, note))
    common: dict[str, Any] = {"in common": in_common.of(rebuilt.notebook)}  # it may have changed
    if own or note:
        common["own"] = {name: sha256(content).hexdigest() for name, content in own.items()}
    key = journal.key(rebuilt.notebook, _of_chapter(chapter, circumstances) | common)
    unanswered = rebuilt.unanswered
    return Work(chapter, folder.student, folder.name, key, now, unanswered, rebuilt, None, own)


def version(chapter: Chapter, circumstances: dict[str, Any]) -> str:
    """Return the hash of what all results of an assignment depend on, whoever's they are."""
    teachers = [cell for cell in chapter.template.cells if not is_solution(cell)]
    common = {"in common": in_common.of(chapter.template)}
    return journal.key(notebooks.notebook(teachers), _of_chapter(chapter, circumstances) | common)


def _of_chapter(chapter: Chapter, circumstances: dict[str, Any]) -> dict[str, Any]:
    own: dict[str, Any] = {"beside": chapter.files} if chapter.files else {}
    if chapter.no_numbers:
        own["no numbers"] = sorted(chapter.no_numbers)
    return circumstances | own


def _refused(chapter: Chapter, folder: Folder, status: Status, reason: str) -> Work:
    key = journal.key(chapter.template, {"status": status, "reason": reason})
    result = assess.refused(folder.student, chapter.name, chapter.template, status, reason)
    result = replace(result, notebook=chapter.part)
    unanswered = solution_ids(chapter.template)
    return Work(chapter, folder.student, folder.name, key, "", unanswered, None, result)
