"""Grades a class: rehearse, intake, rebuild, run, judge, then record, hand back and report.

This is the coordinator. It alone writes the gradebook, the journal and the files; what
runs students' code gets a task and gives back an outcome. See the steps in `grade`.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from autograder.errors import UsageError
from autograder.execution import engine, kernel, sealed
from autograder.execution.engine import Workers
from autograder.grading import receipts
from autograder.grading.fingerprint import fingerprint
from autograder.grading.progress import Count, Progress
from autograder.grading.recorder import Recorder
from autograder.grading.rehearsal import Rehearsal
from autograder.grading.work import Work, read_chapters, read_work, version
from autograder.notebook.course import Course
from autograder.results import assess, graded, grades_table, report
from autograder.results.gradebook import Gradebook
from autograder.results.graded import Graded
from autograder.results.journal import Journal
from autograder.submissions import archive, layout
from autograder.submissions.layout import Found, Stray
from autograder.submissions.rebuild import task
from autograder.submissions.student_ids import former_ids, some
from autograder.submissions.tree import Entry, OnDisk
from autograder.task import Task


@dataclass(frozen=True)
class Settings:
    """How to grade; the fields are the options of `autograder grade`."""

    out: Path
    database: str  # URL of the gradebook
    jobs: int
    cell_timeout: int  # seconds
    memory: int  # MB of address space
    regrade: bool
    feedback: bool
    assignment: str | None
    student: str | None
    trust: bool  # run what was handed in without a sandbox
    scheduler: str | None  # address of a Dask scheduler; None runs everything here
    received: Path | None  # table of times of receipt; None: nothing is late
    trust_timestamps: bool  # take them from the exchange's files instead


def grade(course: Course, submitted: Path, settings: Settings, progress: Progress) -> Count:
    """Grade what lies in `submitted`, a folder or a zip, and write the results to `settings.out`.

    Raises UsageError for input that cannot be graded at all. May be stopped at any moment
    and called again.
    """
    if not submitted.exists():
        raise UsageError(f"there is no {submitted}; expected a folder or zip of {layout.LAYOUT}")
    with _opened(submitted) as (root, remarks):
        known, chosen = course.notebooks(), (settings.assignment, settings.student)
        found = layout.find(root, submitted, known, *chosen)
        folders = found.folders
        names = sorted({each.assignment for each in folders})
        chapters = {name: read_chapters(course, name, settings.out) for name in names}
        trust = settings.trust_timestamps
        received = receipts.read(course, settings.received, folders, trust)
        _make_folder(settings.out)
        with Journal(settings.out) as journal, Gradebook(settings.database) as book:
            limits = {name: getattr(settings, name) for name in ("cell_timeout", "memory", "trust")}
            circumstances = limits | fingerprint(course)
            slots = partial(_slots, settings) if settings.scheduler is not None else None
            rehearsal = Rehearsal(course, settings.out, circumstances, slots, progress)
            no_numbers = rehearsal.all(each for own in chapters.values() for each in own)
            chapters = {
                name: [replace(each, no_numbers=no_numbers[each.label]) for each in own]
                for name, own in chapters.items()
            }
            for name, own in chapters.items():
                book.register(name, {each.notebook: each.template for each in own})
            remarks += found.remarks
            remarks += _carried_over(found, book)
            book.know(found.numbers)
            remarks += receipts.remarks(settings.received, folders, received, book, trust)
            for remark in remarks:
                progress.remark(remark)
            pieces = sum(len(chapters[each.assignment]) for each in folders)
            progress.total(pieces + len(found.strays))
            executed, pages = (settings.out / each for each in course.kept)
            recorder = Recorder(
                executed, pages, journal, book, received, settings.feedback, progress.remark
            )
            run = _Run(course, settings, recorder, progress)
            run.note(found.strays)
            run.grade_all(read_work(folders, chapters, circumstances))
            submissions = _whole_class(settings, found, run.graded, journal, book)
            versions = {
                each.label: version(each, circumstances)
                for own in chapters.values()
                for each in own
            }
            for remark in _of_earlier_versions(versions, run.graded, submissions, journal):
                progress.remark(remark)
    graded.write_table(settings.out / grades_table.NAME, submissions)
    report.write(settings.out, submissions, course)
    return run.count


class _Run:
    """One run of `grade`: takes each piece of work to its record, and keeps count."""

    def __init__(
        self, course: Course, settings: Settings, recorder: Recorder, progress: Progress
    ) -> None:
        self._course = course
        self._settings = settings
        self._recorder = recorder
        self._progress = progress
        self.count = Count()
        self.graded: dict[tuple[str, str], Graded] = {}  # by (student, label)

    def note(self, strays: list[Stray]) -> None:
        """Record each thing handed in that belongs to no assignment that the course has."""
        for each in strays:
            self._finish(*self._recorder.stray(each))

    def grade_all(self, pieces: Iterator[Work]) -> None:
        """Record every submission: at once if nothing is to be run, else when its run has ended."""
        said: set[str] = set()
        with (
            _slots(self._settings) as slots,
            closing(engine.run_all(self._tasks(pieces), slots)) as outcomes,
        ):
            for work, outcome in outcomes:
                for remark in outcome["remarks"]:
                    if remark not in said:  # once is enough for a class
                        said.add(remark)
                        self._progress.remark(remark)
                assert work.rebuilt is not None  # noqa: S101  (`_tasks` yields no other)
                chapter = work.chapter
                result = assess.assess(
                    work.student, chapter.name, work.rebuilt, outcome, chapter.no_numbers
                )
                result = replace(result, notebook=chapter.part)
                self._finish(self._recorder.record(work, result, outcome))

    def _tasks(self, pieces: Iterator[Work]) -> Iterator[tuple[Work, Task]]:
        """Yield what must be run; finish what was graded already or cannot be run."""
        for work in pieces:
            entry = None if self._settings.regrade else self._recorder.find(work)
            if entry is not None:
                self._finish(self._recorder.refresh(work, entry), unchanged=True)
            elif work.refusal is not None:
                self._finish(self._recorder.record(work, work.refusal, None))
            elif work.rebuilt is not None:
                owner = (work.student, work.chapter.name)
                limits = self._settings.cell_timeout, self._settings.memory
                yield work, task(work.rebuilt, owner, self._course, *limits, work.own)

    def _finish(self, submission: Graded, unchanged: bool = False) -> None:
        result = submission.result
        self.graded[result.student, result.label] = submission
        if unchanged:
            self.count.unchanged += 1
        elif result.status == "infra-error":
            self.count.infra.append(f"{result.shown}/{result.label}: {result.reason}")
        else:
            self.count.graded += 1
        self._progress.done(submission, unchanged)


@contextmanager
def _opened(submitted: Path) -> Iterator[tuple[Entry, list[str]]]:
    """Open a folder or a zip; yield what lies in it, and remarks on what is left out of it."""
    if submitted.is_dir():
        yield OnDisk(submitted), []
    else:
        with archive.opened(submitted) as (root, remarks):
            yield root, remarks


def _slots(settings: Settings) -> AbstractContextManager[Workers]:
    """Return who runs the tasks: a cluster, or this machine."""
    if settings.scheduler is not None:
        from autograder.execution import cluster

        return cluster.slots(settings.scheduler)
    if settings.trust:
        return nullcontext(engine.kernel_slots(settings.jobs, kernel.run))
    return nullcontext(sealed.slots(settings.jobs))


def _carried_over(found: Found, book: Gradebook) -> list[str]:
    """Let marks follow students whose ids are others than in an earlier version; say whose."""
    current = {each.student for each in found.everybody}
    names = {each.student: each.name or each.student for each in found.folders}
    remarks = []
    for student, name in names.items():
        before = book.carry_over(former_ids(name) - current, student)
        if before is not None:
            remarks.append(f"the gradebook's marks of {before} are now those of {name}")
    return remarks


def _whole_class(
    settings: Settings,
    found: Found,
    current: dict[tuple[str, str], Graded],
    journal: Journal,
    book: Gradebook,
) -> list[Graded]:
    """Return this run's submissions, and those of earlier runs that it did not look at.

    It looked at one student, or else at all that was handed in of some assignments, and at all
    of which no assignment can be told.
    """
    looked_at = {each.assignment for each in found.folders} | {""}
    students = {each.student for each in found.everybody}
    submissions = []
    for key, entry in sorted(journal.entries.items()):
        student, assignment = entry.result.student, entry.result.assignment
        if key in current:
            submissions.append(current[key])
        elif settings.student is not None:
            if assignment or student not in students:
                submissions.append(Graded(entry.result, graded.recorded(book, entry.result)))
        elif assignment not in looked_at:  # else no longer among what was handed in
            submissions.append(Graded(entry.result, graded.recorded(book, entry.result)))
    return submissions


def _of_earlier_versions(
    versions: dict[str, str],
    current: dict[tuple[str, str], Graded],
    submissions: list[Graded],
    journal: Journal,
) -> Iterator[str]:
    """Yield a remark for each assignment of which this run left results of an earlier version."""
    left: dict[str, list[str]] = {}
    for each in submissions:
        key = each.result.student, each.result.label
        entry = journal.entries[key]
        known = versions.get(each.result.label)
        if key not in current and known and entry.version not in ("", known):
            left.setdefault(each.result.label, []).append(each.result.shown)
    for assignment, names in left.items():
        yield (
            f"the scores of {some(names)} in {assignment} are of an earlier version of its "
            "notebook, the checks, the data or a package; without --student they are brought up to "
            "date"
        )


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise UsageError(f"cannot make the folder {folder}: {problem.strerror}") from problem
