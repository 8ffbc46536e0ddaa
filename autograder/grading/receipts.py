"""When a class's submissions were received, and what the teacher should know of that."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from autograder.notebook.course import Course
from autograder.results import late
from autograder.results.gradebook import Gradebook, Receipt
from autograder.submissions.layout import CLOCK, Folder
from autograder.submissions.student_ids import some

Receipts = dict[tuple[str, str], Receipt]  # by (student, assignment)


def read(
    course: Course, table: Path | None, folders: Sequence[Folder], trust_clocks: bool
) -> Receipts:
    """Return the time of receipt of each submission that the teacher's table has one for.

    With `trust_clocks` it is the one that nbgrader's exchange noted beside each. Without either
    nothing is late. Raises UsageError for a table that cannot be used, or if the course's plugin
    for penalties cannot be loaded.
    """
    times, penalties = {}, None
    if trust_clocks:
        told = {(each.student, each.assignment): each.clock for each in folders}
        known = {key: late.noted(text) for key, text in told.items() if text}
        times = {key: time for key, time in known.items() if time is not None}
    elif table is not None:
        times = late.read(table, course.names())
    if trust_clocks or table is not None:
        penalties = late.Penalties(course.root)
    keys = [(folder.student, folder.assignment) for folder in folders]
    return {key: Receipt(times.get(key), penalties) for key in keys}


def remarks(
    table: Path | None,
    folders: Sequence[Folder],
    receipts: Receipts,
    book: Gradebook,
    trust_clocks: bool,
) -> Iterator[str]:
    """Yield one line for each thing about lateness that the teacher should know beforehand."""
    stamped = [each for each in folders if each.clock is not None]
    if stamped and not trust_clocks:
        yield (
            f"{CLOCK} in {_some(stamped)} is ignored, since students can write it; "
            "times of receipt come from --received"
        )
    if table is None and not trust_clocks:
        if dropped := book.penalised() & receipts.keys():
            yield (
                f"{len(dropped)} had a penalty for being late, and lose it: without --received "
                "nothing is late"
            )
        return
    missing = [each for each in folders if receipts[each.student, each.assignment].time is None]
    if missing:
        who = CLOCK if trust_clocks else "--received"
        yield f"{who} has no time for {_some(missing)}: not taken for late"
    for assignment in sorted({each.assignment for each in folders}):
        if not book.has_due_date(assignment):
            yield f"{assignment} has no due date in the gradebook: nothing of it is late"


def _some(folders: Sequence[Folder]) -> str:
    return some([f"{each.name or each.student}/{each.assignment}" for each in folders])
