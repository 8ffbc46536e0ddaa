"""Before a class is graded: the teacher's own solution, graded as the class will be.

A test that cannot be done from outside the answers, that is broken, or that misses a file would
cost everybody its points. So the solution goes the whole way once for each version of an
assignment, and less than full marks stops the class.
"""

import json
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, TypedDict

from autograder.errors import UsageError
from autograder.execution import engine, kernel, sealed
from autograder.execution.engine import Workers
from autograder.files import write
from autograder.grading.progress import Progress
from autograder.grading.work import Chapter
from autograder.notebook import notebooks
from autograder.notebook.course import Course
from autograder.results import assess, journal
from autograder.results.verdict import Verdict
from autograder.submissions.rebuild import Rebuilt, rebuild, task
from autograder.task import Outcome, Task

NAME = "rehearsed.json"  # in the output folder: of each assignment that got full marks, a Sound
OWNER = "the teacher"


class Sound(TypedDict):
    """What is known of a solution that got full marks."""

    key: str  # the hash of all that it depends on
    no_numbers: list[str]  # the tests whose last value was no number


class Rehearsal:
    """The rehearsals of one run of `grade`.

    `circumstances` are all that a result depends on, limits among them; `slots`, if given, runs
    the tasks on a cluster, else they are run here, in a kernel if submissions are trusted.
    """

    def __init__(
        self,
        course: Course,
        out: Path,
        circumstances: dict[str, Any],
        slots: Callable[[], AbstractContextManager[Workers]] | None,
        progress: Progress,
    ) -> None:
        self._course = course
        self._path = out / NAME
        self._circumstances = circumstances
        self._slots = slots
        self._progress = progress

    def all(self, chapters: Iterable[Chapter]) -> dict[str, frozenset[str]]:
        """Grade the solution of each assignment that changed since its last rehearsal.

        Return, by the chapters' labels, the tests whose last value is no number. Raises UsageError
        if a solution does not get full marks; each of its tests that gives less is named in a
        remark, with what to do.
        """
        known = _read(self._path)
        failed = []
        found: dict[str, frozenset[str]] = {}
        for chapter in chapters:
            source = notebooks.read(self._course.source(chapter.name, chapter.notebook))
            solution = {"solution": journal.key(source, {})}
            files = {"beside": chapter.files} if chapter.files else {}
            key = journal.key(chapter.template, self._circumstances | solution | files)
            before = known.get(chapter.label)
            if before is not None and before["key"] == key:
                found[chapter.label] = frozenset(before["no_numbers"])
                continue
            missed, no_numbers = self._missed(chapter, rebuild(chapter.template, source))
            found[chapter.label] = no_numbers
            if missed:
                failed.append(chapter.label)
            elif missed is not None:
                known[chapter.label] = Sound(key=key, no_numbers=sorted(no_numbers))
                write(self._path, json.dumps(known, indent=1, sort_keys=True) + "\n")
        if failed:
            raise UsageError(
                f"nothing was graded: the solution of {', '.join(failed)} itself does not get "
                "full marks, see above"
            )
        return found

    def _missed(
        self, chapter: Chapter, rebuilt: Rebuilt
    ) -> tuple[list[Verdict] | None, frozenset[str]]:
        """Return the verdicts without all points, each told in a remark; None if nothing ran.

        And the tests whose last value is no number, each told as well.
        """
        owner = (OWNER, chapter.name)
        limits = self._circumstances["cell_timeout"], self._circumstances["memory"]
        work = task(rebuilt, owner, self._course, *limits)
        outcome = self._run(work)
        if outcome["infra"] is not None:
            # The class will say so, each submission for itself, without a zero.
            return None, frozenset()
        ends = assess.no_numbers(rebuilt.notebook, outcome)
        for name, value in ends.items():
            self._progress.remark(
                f"{chapter.label}: the test {name} ends with a value that is no number "
                f"({_line(value)[:60]}): whoever gets to it has all its points, as in nbgrader"
            )
        found = assess.verdicts(rebuilt.notebook, outcome, ends)
        missed = [each for each in found if not each.passed]
        beside: set[str] = set()
        if missed and not self._circumstances["trust"]:
            unsealed = kernel.run(work)  # the solution is the teacher's
            found = assess.verdicts(
                rebuilt.notebook, unsealed, assess.no_numbers(rebuilt.notebook, unsealed)
            )
            beside = {each.grade_id for each in found if each.passed}
        for each in missed:
            self._progress.remark(_told(chapter, each, each.grade_id in beside))
        return missed, frozenset(ends)

    def _run(self, work: Task) -> Outcome:
        if self._circumstances["trust"]:
            # In a process of its own: a kernel that does not start would stay in this one.
            slots = engine.kernel_slots(1, kernel.run)
            ((_, outcome),) = engine.run_all([(OWNER, work)], slots)
            return outcome
        if self._slots is not None:
            with self._slots() as slots:
                ((_, outcome),) = engine.run_all([(OWNER, work)], slots)
            return outcome
        try:
            return sealed.run(work)  # the warm interpreter stays, for the class
        except BaseException:
            sealed.close()
            raise


def _told(chapter: Chapter, missed: Verdict, passes_beside: bool) -> str:
    """Return why a test does not give the teacher's solution all points, and what to do."""
    partial = missed.kind == "partial-credit"
    why = "its last line says so" if partial else _line(missed.message or "no points")
    if missed.kind == "cut":
        advice = "give it more with --cell-timeout or --memory, or make it smaller"
    elif missed.kind == "not-reached":
        advice = "mend what stops the run before it"
    elif passes_beside:
        advice = (
            'it passes beside the answer: "autograder": "beside-the-answer" in the metadata of its '
            "source cell runs it there (its verdict is then labelled weak)"
        )
    elif missed.ename in ("FileNotFoundError", "PermissionError"):
        advice = "files that a notebook reads belong beside it, or into the course's folder data/"
    elif missed.ename == "ModuleNotFoundError":
        advice = "install what a notebook imports where the grader is, or lay it beside it"
    else:
        advice = "it fails in an ordinary kernel, too: mend the test or the solution"
    return (
        f"{chapter.label}: the test {missed.grade_id} gives its own solution {missed.points:g} of "
        f"{missed.max_points:g} points ({why}); {advice}"
    )


def _line(text: str) -> str:
    return " ".join(text.split())[:300]


def _read(path: Path) -> dict[str, Sound]:
    try:
        known = json.loads(path.read_text(encoding="utf-8"))
        return {
            name: Sound(key=it["key"], no_numbers=it["no_numbers"]) for name, it in known.items()
        }
    except (OSError, ValueError, TypeError, KeyError, AttributeError):  # of an earlier version
        return {}
