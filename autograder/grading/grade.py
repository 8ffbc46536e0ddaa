"""Grades a class: intake, rebuild, execute, judge, then record, hand back and report.

This is the coordinator. It alone writes the gradebook, the journal and the files; what
runs students' code gets a task and gives back an outcome. See the steps in `grade`.
"""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from nbformat import NotebookNode

from autograder.authoring.release import template
from autograder.errors import UsageError
from autograder.execution import engine
from autograder.execution.engine import Workers
from autograder.files import write
from autograder.notebook import notebooks
from autograder.notebook.course import Course
from autograder.results import journal, late, report, table, verdict
from autograder.results.feedback import Feedback
from autograder.results.gradebook import Gradebook, Receipt, solution_ids
from autograder.results.journal import Entry, Journal
from autograder.results.verdict import Result
from autograder.submissions import intake
from autograder.submissions.intake import Folder
from autograder.submissions.rebuild import Rebuilt, rebuild, task
from autograder.task import Outcome, Task


@dataclass(frozen=True)
class Settings:
    """How to grade; the fields are the options of `autograder grade`."""

    out: Path
    database: str  # URL of the gradebook
    jobs: int
    cell_timeout: int
    memory: int
    regrade: bool
    feedback: bool
    assignment: str | None
    student: str | None
    trust: bool  # run what was handed in without a seal
    scheduler: str | None  # address of a Dask scheduler; None runs everything here
    received: Path | None  # table of times of receipt; None: nothing is late


class Progress(Protocol):
    """Whom to tell what happens."""

    def total(self, count: int) -> None:
        """Called once, before the first submission."""

    def done(
        self, result: Result, score: float | None, maximum: float | None, unchanged: bool
    ) -> None:
        """Called for each submission; `score` is None if the grader itself failed."""

    def remark(self, text: str) -> None:
        """Called for what the teacher should know of the class's folder and of lateness."""


@dataclass(frozen=True)
class Chapter:
    """An assignment as it is graded."""

    name: str
    notebook: str  # the notebook's name without .ipynb
    template: NotebookNode


@dataclass
class Count:
    """How many submissions were graded, left as they were, and not gradable."""

    graded: int = 0
    unchanged: int = 0
    infra: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Work:
    """A submission on its way: what will be executed, and the hash of it."""

    chapter: Chapter
    student: str
    key: str
    rebuilt: Rebuilt


def grade(course: Course, submitted: Path, settings: Settings, tell: Progress) -> Count:
    """Grade what lies in `submitted`, a folder or a zip, and write the results to `settings.out`.

    Raises UsageError for input that cannot be graded at all. May be stopped at any moment
    and called again.
    """
    if not submitted.exists():
        raise UsageError(f"there is no {submitted}; expected a folder or zip of {intake.LAYOUT}")
    with tempfile.TemporaryDirectory(prefix="autograder-") as scratch:
        root = submitted if submitted.is_dir() else intake.unpack(submitted, Path(scratch))
        folders, remarks = intake.find(root, course.names(), settings.assignment, settings.student)
        chapters = {
            name: _chapter(course, name) for name in sorted({each.assignment for each in folders})
        }
        receipts = _receipts(course, settings, folders)
        _make_folder(settings.out)
        with Journal(settings.out) as record, Gradebook(settings.database) as book:
            for chapter in chapters.values():
                book.register(chapter.name, chapter.notebook, chapter.template)
            for remark in [*remarks, *_remarks_on_time(settings, folders, receipts, book)]:
                tell.remark(remark)
            tell.total(len(folders))
            count = _Coordinator(
                chapters, course, settings, tell, record, book, receipts
            ).grade_all(folders)
            _write_table(course, settings, folders, book)
    report.write(settings.out)
    return count


class _Coordinator:
    """Holds what one run of `grade` writes to."""

    def __init__(
        self,
        chapters: dict[str, Chapter],
        course: Course,
        settings: Settings,
        tell: Progress,
        record: Journal,
        book: Gradebook,
        receipts: dict[tuple[str, str], Receipt],
    ) -> None:
        self._chapters = chapters
        self._receipts = receipts
        self._course = course
        self._settings = settings
        self._tell = tell
        self._journal = record
        self._book = book
        self._feedback = Feedback(settings.database)
        self._count = Count()

    def grade_all(self, folders: list[Folder]) -> Count:
        """Settle what needs no execution at once, the rest as the engine gives it back."""
        with (
            self._slots() as slots,
            closing(engine.run_all(self._tasks(folders), slots)) as outcomes,
        ):
            said: set[str] = set()
            for work, outcome in outcomes:
                for remark in outcome["remarks"]:
                    if remark not in said:  # once is enough for a class
                        said.add(remark)
                        self._tell.remark(remark)
                result = verdict.judge(work.student, work.chapter.name, work.rebuilt, outcome)
                self._finish(work.chapter, result, work.key, work.rebuilt.unanswered, outcome)
        return self._count

    def _slots(self) -> AbstractContextManager[Workers]:
        if self._settings.scheduler is not None:
            from autograder.execution import cluster

            return cluster.slots(self._settings.scheduler)
        slots = engine.kernel_slots if self._settings.trust else engine.sealed_slots
        return nullcontext(slots(self._settings.jobs))

    def _tasks(self, folders: list[Folder]) -> Iterator[tuple[_Work, Task]]:
        limits = {
            "cell_timeout": self._settings.cell_timeout,
            "memory": self._settings.memory,
            "trust": self._settings.trust,
        }
        for folder in folders:
            chapter = self._chapters[folder.assignment]
            submission = intake.read(folder)
            if submission.notebook is None:
                self._refuse(chapter, folder, "unreadable", submission.problem or "unreadable")
                continue
            rebuilt = rebuild(chapter.template, submission.notebook)
            if rebuilt.found == 0:
                self._refuse(
                    chapter, folder, "tampered", "none of the notebook's cells is one for answers"
                )
                continue
            work = _Work(chapter, folder.student, journal.key(rebuilt.notebook, limits), rebuilt)
            if not self._is_finished(chapter, folder, work.key, rebuilt.unanswered):
                yield (
                    work,
                    task(
                        rebuilt,
                        (folder.student, folder.assignment),
                        self._course,
                        self._settings.cell_timeout,
                        self._settings.memory,
                    ),
                )

    def _refuse(
        self, chapter: Chapter, folder: Folder, status: verdict.Status, reason: str
    ) -> None:
        key = journal.key(chapter.template, {"status": status, "reason": reason})
        unanswered = solution_ids(chapter.template)
        if not self._is_finished(chapter, folder, key, unanswered):
            result = verdict.refused(folder.student, chapter.name, chapter.template, status, reason)
            self._finish(chapter, result, key, unanswered, None)

    def _is_finished(
        self, chapter: Chapter, folder: Folder, key: str, unanswered: tuple[str, ...]
    ) -> bool:
        """Return whether this very submission is graded already, and bring its files up to date."""
        entry = self._journal.find(folder.student, chapter.name)
        if self._settings.regrade or entry is None or entry.key != key:
            return False
        executed = None
        if entry.result.status not in ("unreadable", "tampered"):
            path = self._path("autograded", chapter, folder.student, ".ipynb")
            if not path.exists():
                return False
            executed = path
        receipt = self._receipts[folder.student, folder.assignment]
        if self._book.holds(chapter.notebook, entry.result):
            self._book.receive(chapter.notebook, chapter.name, folder.student, receipt)
        else:
            self._book.record(chapter.notebook, entry.result, unanswered, receipt)
        shown = self._give_back(
            chapter,
            entry.result,
            lambda: None if executed is None else notebooks.read(executed),
            entry.feedback,
        )
        if shown != entry.feedback:
            self._journal.append(Entry(key, entry.result, shown))
        self._count.unchanged += 1
        self._announce(chapter, entry.result, unchanged=True)
        return True

    def _finish(
        self,
        chapter: Chapter,
        result: Result,
        key: str,
        unanswered: tuple[str, ...],
        outcome: Outcome | None,
    ) -> None:
        """Record one result: gradebook, files, and last of all the journal."""
        if result.status == "infra-error":
            self._count.infra.append(f"{result.student}/{result.assignment}: {result.reason}")
            self._journal.append(Entry("", result, None))  # no key: the next run tries again
            self._announce(chapter, result, unchanged=False)
            return
        receipt = self._receipts[result.student, result.assignment]
        self._book.record(chapter.notebook, result, unanswered, receipt)
        executed: NotebookNode | None = None
        autograded = self._path("autograded", chapter, result.student, ".ipynb")
        if outcome is None:
            autograded.unlink(missing_ok=True)
        else:
            executed = notebooks.node(outcome["notebook"])
            write(autograded, notebooks.text(outcome["notebook"]))
        shown = self._give_back(chapter, result, lambda: executed, None)
        self._journal.append(Entry(key, result, shown))
        self._count.graded += 1
        self._announce(chapter, result, unchanged=False)

    def _give_back(
        self,
        chapter: Chapter,
        result: Result,
        executed: Callable[[], NotebookNode | None],
        shown: str | None,
    ) -> str | None:
        """Write the feedback unless it already shows today's marks; return the hash of these."""
        standing = self._book.standing(chapter.notebook, chapter.name, result.student)
        if not self._settings.feedback or standing is None:
            return shown
        path = self._path("feedback", chapter, result.student, ".html")
        if shown != standing.digest or not path.exists():
            write(path, self._feedback.page(chapter.notebook, result, executed()))
        return standing.digest

    def _path(self, kind: str, chapter: Chapter, student: str, suffix: str) -> Path:
        return self._settings.out / kind / student / chapter.name / f"{chapter.notebook}{suffix}"

    def _announce(self, chapter: Chapter, result: Result, unchanged: bool) -> None:
        standing = self._book.standing(chapter.notebook, chapter.name, result.student)
        if result.status == "infra-error" or standing is None:
            self._tell.done(result, None, None, unchanged)
        else:
            self._tell.done(result, standing.score, standing.max_score, unchanged)


def _chapter(course: Course, name: str) -> Chapter:
    path = course.source(name)
    try:
        source = notebooks.read(path)
    except Exception as problem:  # whatever a broken file makes nbformat stumble over
        raise UsageError(f"{path} cannot be read as a notebook: {problem}") from problem
    return Chapter(name, path.stem, template(source))


def _receipts(
    course: Course, settings: Settings, folders: list[Folder]
) -> dict[tuple[str, str], Receipt]:
    """Return for each (student, assignment) when it was received, as far as the table says."""
    times, penalties = {}, None
    if settings.received is not None:
        times = late.read(settings.received, course.names())
        penalties = late.Penalties(course.root)
    keys = [(folder.student, folder.assignment) for folder in folders]
    return {key: Receipt(times.get(key), penalties) for key in keys}


def _remarks_on_time(
    settings: Settings,
    folders: list[Folder],
    receipts: dict[tuple[str, str], Receipt],
    book: Gradebook,
) -> Iterator[str]:
    """Yield what the teacher should know of lateness before grading starts."""
    stamped = [each for each in folders if (each.path / intake.CLOCK).is_file()]
    if stamped:
        yield (
            f"{intake.CLOCK} in {_some(stamped)} is ignored, since students can write it; "
            "times of receipt come from --received"
        )
    if settings.received is None:
        if dropped := book.penalised() & receipts.keys():
            yield (
                f"{len(dropped)} had a penalty for being late, and lose it: without --received "
                "nothing is late"
            )
        return
    missing = [each for each in folders if receipts[each.student, each.assignment].time is None]
    if missing:
        yield f"--received has no time for {_some(missing)}: not taken for late"
    for assignment in sorted({each.assignment for each in folders}):
        if not book.has_due_date(assignment):
            yield f"{assignment} has no due date in the gradebook: nothing of it is late"


def _some(folders: list[Folder]) -> str:
    names = [f"{each.student}/{each.assignment}" for each in folders]
    rest = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return ", ".join(names[:3]) + rest


def _write_table(
    course: Course, settings: Settings, folders: list[Folder], book: Gradebook
) -> None:
    """Write grades.csv: this run's submissions, and those of earlier runs it did not look at."""
    current = {(folder.student, folder.assignment) for folder in folders}
    whole = set() if settings.student else {folder.assignment for folder in folders}
    rows = []
    for (student, assignment), entry in sorted(journal.read(settings.out).items()):
        if (student, assignment) not in current and assignment in whole:
            continue  # no longer among what was handed in
        result = entry.result
        standing = (
            None
            if result.status == "infra-error" or assignment not in course.names()
            else book.standing(course.source(assignment).stem, assignment, student)
        )
        marks = (
            [table.number(each) for each in (standing.score, standing.max_score)]
            if standing
            else ["", ""]
        )
        lateness = late.told(standing.seconds_late, standing.penalty) if standing else ""
        reason = "; ".join(part for part in (result.reason, lateness) if part)
        rows.append([student, assignment, *marks, result.status, result.isolation, reason])
    cells = ([table.plain_cell(value) for value in row] for row in rows)
    table.write(settings.out / table.NAME, [table.COLUMNS, *cells])


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise UsageError(f"cannot make the folder {folder}: {problem.strerror}") from problem
