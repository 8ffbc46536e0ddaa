"""Writes what became of submissions: gradebook, executed notebook, feedback, journal."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from nbformat import NotebookNode

from autograder.files import write
from autograder.grading.receipts import Receipts
from autograder.grading.work import Work
from autograder.notebook import cells, notebooks
from autograder.results import assess, feedback
from autograder.results.gradebook import Gradebook, RecordedScore
from autograder.results.graded import Graded
from autograder.results.journal import Entry, Journal
from autograder.results.status import MEANING
from autograder.results.verdict import Result
from autograder.submissions.layout import Stray
from autograder.task import Outcome


class Recorder:
    """The one writer of an output folder and its gradebook.

    The journal is written last: what is in it is recorded everywhere else. `executed` and `pages`
    are the folders of executed notebooks and of feedback pages; `with_feedback` is whether pages
    are wanted; `remark` is called with what the teacher should know at once.
    """

    def __init__(
        self,
        executed: Path,
        pages: Path,
        journal: Journal,
        book: Gradebook,
        receipts: Receipts,
        with_feedback: bool,
        remark: Callable[[str], None],
    ) -> None:
        self._executed_folder = executed
        self._pages_folder = pages
        self._journal = journal
        self._book = book
        self._receipts = receipts
        self._with_feedback = with_feedback
        self._remark = remark

    def find(self, work: Work) -> Entry | None:
        """Return the journal's entry if this same work was graded and its notebook is there."""
        entry = self._journal.find(work.student, work.chapter.label)
        if entry is None or entry.key != work.key:
            return None
        is_there = MEANING[entry.result.status].refused or self._executed(work).exists()
        return entry if is_there else None

    def refresh(self, work: Work, entry: Entry) -> Graded:
        """Bring up to date what depends on a finished submission's marks and lateness."""
        chapter, result = work.chapter, replace(entry.result, name=work.name)
        receipt = self._receipts[work.student, chapter.name]
        if self._book.holds(chapter.notebook, result):
            recorded = self._book.receive(chapter.notebook, chapter.name, work.student, receipt)
        else:
            recorded = self._book.record(chapter.notebook, result, work.unanswered, receipt)
        path = self._page(work)
        if self._with_feedback and (entry.feedback != recorded.digest or not path.exists()):
            refused = MEANING[result.status].refused
            executed = None if refused else notebooks.read(self._executed(work))
            shown = self._give_back(work, result, recorded, executed)
            self._journal.append(Entry(entry.key, result, shown, entry.version))
        return Graded(result, recorded)

    def record(self, work: Work, result: Result, outcome: Outcome | None) -> Graded:
        """Record a new result, of an outcome if the submission was run."""
        result = replace(result, name=work.name)
        if result.status == "infra-error":
            entry = self._journal.find(work.student, work.chapter.label)
            result = replace(result, outdated=entry.result.outdated if entry else ())
            self._journal.append(Entry("", result, None))  # no key: the next run tries again
            return Graded(result, None)
        receipt = self._receipts[work.student, work.chapter.name]
        recorded = self._book.record(work.chapter.notebook, result, work.unanswered, receipt)
        executed = None
        if outcome is not None and (self._with_feedback or recorded.by_hand):
            executed = notebooks.node(outcome["notebook"])
        result = replace(result, outdated=self._outdated(work, recorded, executed))
        if outcome is None:
            self._executed(work).unlink(missing_ok=True)
        else:
            write(self._executed(work), notebooks.line(outcome["notebook"]))
            self._lay_beside(work)
        shown = self._give_back(work, result, recorded, executed)
        self._journal.append(Entry(work.key, result, shown, work.version))
        return Graded(result, recorded)

    def _lay_beside(self, work: Work) -> None:
        """Put the files beside the executed notebook, too: its text may show them."""
        folder = self._executed(work).parent
        for name, content in work.own.items():
            write(folder / name, content)
        for name, path in work.chapter.beside.items():
            write(folder / name, path.read_bytes())

    def stray(self, stray: Stray) -> tuple[Graded, bool]:
        """Record what belongs to no assignment; return its result, and whether it was known."""
        result = assess.stray(stray.student, stray.name, stray.problem)
        entry = self._journal.find(stray.student, "")
        known = entry is not None and entry.result == result
        if not known:
            self._journal.append(Entry("", result, None))
        return Graded(result, None), known

    def _outdated(
        self, work: Work, recorded: RecordedScore, executed: NotebookNode | None
    ) -> tuple[str, ...]:
        """Return the cells that were marked by hand before the work changed.

        The teacher saw the executed notebook of the run before, which is still there. What is
        found anew is remarked.
        """
        by_hand = recorded.by_hand
        if not by_hand:
            return ()
        entry = self._journal.find(work.student, work.chapter.label)
        path = self._executed(work)
        before = notebooks.read(path) if path.exists() else None
        if entry is None and before is None:  # another folder's, or nbgrader's
            self._remark(
                f"{work.name or work.student}/{work.chapter.label}: {', '.join(sorted(by_hand))} "
                "was marked by hand in this gradebook, for work that is not known in this folder; "
                "the mark stays until you change it"
            )
            return ()
        changed = {name for name in by_hand if _answer(before, name) != _answer(executed, name)}
        if changed:
            self._remark(
                f"{work.name or work.student}/{work.chapter.label}: the work changed since "
                f"{', '.join(sorted(changed))} was marked by hand; the mark stays until you "
                "change it"
            )
        known = set(entry.result.outdated) if entry else set()
        return tuple(sorted(changed | (by_hand & known)))

    def _give_back(
        self, work: Work, result: Result, recorded: RecordedScore, executed: NotebookNode | None
    ) -> str | None:
        """Write the feedback page; return the hash of the marks it shows, or None without one."""
        if not self._with_feedback:
            return None
        chapter = work.chapter
        page = feedback.page(
            chapter.notebook, result, recorded, executed, chapter.beside, chapter.explained
        )
        write(self._page(work), page)
        return recorded.digest

    def _executed(self, work: Work) -> Path:
        return _path(self._executed_folder, work, ".ipynb")

    def _page(self, work: Work) -> Path:
        return _path(self._pages_folder, work, ".html")


def _path(folder: Path, work: Work, suffix: str) -> Path:
    return folder / work.student / work.chapter.name / f"{work.chapter.notebook}{suffix}"


def _answer(notebook: NotebookNode | None, name: str) -> list[str]:
    """Return the text that the points of a cell are for: its exercise's answer, and added cells.

    Of all answers if the exercise has none of its name.
    """
    if notebook is None:
        return []
    answers = [cell for cell in notebook.cells if cells.is_solution(cell)]
    own = [cell for cell in answers if cells.grade_id(cell) in (name, cells.exercise_of(name))]
    added = [cell for cell in notebook.cells if cells.is_extra(cell)]
    return [
        "\n".join(map(str.rstrip, cell.source.split("\n"))) for cell in (own or answers) + added
    ]
