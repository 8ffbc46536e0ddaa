"""Writes what became of submissions: gradebook, executed notebook, feedback, journal."""

from pathlib import Path

from nbformat import NotebookNode

from autograder.files import write
from autograder.grading.receipts import Receipts
from autograder.grading.work import Work
from autograder.notebook import notebooks
from autograder.results.feedback import Feedback
from autograder.results.gradebook import Gradebook, RecordedScore
from autograder.results.graded import Graded
from autograder.results.journal import Entry, Journal
from autograder.results.status import MEANING
from autograder.results.verdict import Result
from autograder.task import Outcome


class Recorder:
    """The one writer of an output folder and its gradebook.

    The journal is written last: what is in it is recorded everywhere else. `feedback` is
    None if no pages are wanted.
    """

    def __init__(
        self,
        folder: Path,
        journal: Journal,
        book: Gradebook,
        receipts: Receipts,
        feedback: Feedback | None,
    ) -> None:
        self._folder = folder
        self._journal = journal
        self._book = book
        self._receipts = receipts
        self._feedback = feedback

    def find(self, work: Work) -> Entry | None:
        """Return the entry of this very submission, if it was graded and its notebook is there."""
        entry = self._journal.find(work.student, work.chapter.name)
        if entry is None or entry.key != work.key:
            return None
        is_there = MEANING[entry.result.status].refused or self._executed(work).exists()
        return entry if is_there else None

    def refresh(self, work: Work, entry: Entry) -> Graded:
        """Bring up to date what depends on a finished submission's marks and lateness."""
        chapter, result = work.chapter, entry.result
        receipt = self._receipts[work.student, chapter.name]
        if self._book.holds(chapter.notebook, result):
            recorded = self._book.receive(chapter.notebook, chapter.name, work.student, receipt)
        else:
            recorded = self._book.record(chapter.notebook, result, work.unanswered, receipt)
        path = self._path("feedback", work, ".html")
        if self._feedback and (entry.feedback != recorded.digest or not path.exists()):
            refused = MEANING[result.status].refused
            executed = None if refused else notebooks.read(self._executed(work))
            shown = self._give_back(work, result, recorded, executed)
            self._journal.append(Entry(entry.key, result, shown))
        return Graded(result, recorded)

    def record(self, work: Work, result: Result, outcome: Outcome | None) -> Graded:
        """Record a new result, of an outcome if the submission was run."""
        if result.status == "infra-error":
            self._journal.append(Entry("", result, None))  # no key: the next run tries again
            return Graded(result, None)
        receipt = self._receipts[work.student, work.chapter.name]
        recorded = self._book.record(work.chapter.notebook, result, work.unanswered, receipt)
        executed: NotebookNode | None = None
        if outcome is None:
            self._executed(work).unlink(missing_ok=True)
        else:
            executed = notebooks.node(outcome["notebook"])
            write(self._executed(work), notebooks.text(outcome["notebook"]))
        shown = self._give_back(work, result, recorded, executed)
        self._journal.append(Entry(work.key, result, shown))
        return Graded(result, recorded)

    def _give_back(
        self, work: Work, result: Result, recorded: RecordedScore, executed: NotebookNode | None
    ) -> str | None:
        """Write the feedback page; return the hash of the marks it shows, or None without one."""
        if self._feedback is None:
            return None
        page = self._feedback.page(work.chapter.notebook, result, recorded, executed)
        write(self._path("feedback", work, ".html"), page)
        return recorded.digest

    def _executed(self, work: Work) -> Path:
        return self._path("autograded", work, ".ipynb")

    def _path(self, kind: str, work: Work, suffix: str) -> Path:
        name = f"{work.chapter.notebook}{suffix}"
        return self._folder / kind / work.student / work.chapter.name / name
