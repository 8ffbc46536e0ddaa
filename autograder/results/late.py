"""When submissions were received, and what nbgrader's plugin takes off those that came late.

The time comes from a table of the teacher's, `--received`. It comes from a file beside what was
handed in only where the teacher says that nbgrader's exchange wrote it, and no student can. Due
dates and extensions are nbgrader's, in the gradebook.
"""

import csv
import io
import math
import sys
from datetime import UTC, datetime
from pathlib import Path

from nbgrader.api import SubmittedAssignment  # nbgrader must be imported before its steps
from nbgrader.preprocessors import AssignLatePenalties
from nbgrader.utils import parse_utc

from autograder.errors import UsageError
from autograder.notebook.course import CONFIG, load_config
from autograder.results import grades_table
from autograder.submissions.student_ids import student_id

COLUMNS = ("student_id", "assignment", "received")
EXAMPLE = "2026-11-30T23:59:00+01:00"


def read(path: Path, known: list[str]) -> dict[tuple[str, str], datetime]:
    """Return the time, in UTC, at which each (student, assignment) was received.

    Raises UsageError, which names the line, for anything but a table of `COLUMNS` whose
    times are ISO 8601 with a time zone and whose assignments are in `known`.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as problem:
        raise UsageError(f"--received {path}: {problem.strerror}") from problem
    except UnicodeDecodeError as problem:
        raise UsageError(f"--received {path}: the file is not UTF-8 text") from problem
    table = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    times: dict[tuple[str, str], datetime] = {}
    try:
        if not set(COLUMNS) <= set(table.fieldnames or ()):
            raise ValueError(f"the first line must name the columns {', '.join(COLUMNS)}")
        for row in table:
            student, assignment, received = ((row[name] or "").strip() for name in COLUMNS)
            if not student:
                raise ValueError("there is no student_id")
            if assignment not in known:
                raise ValueError(f"there is no assignment {assignment!r}; {', '.join(known)} are")
            key = student_id(grades_table.meant(student)), assignment
            if key in times:
                raise ValueError(f"a second time for {student!r} and {assignment}")
            times[key] = _utc(received)
    except (ValueError, csv.Error) as problem:
        raise UsageError(f"--received {path}, line {max(table.line_num, 1)}: {problem}") from None
    return times


def noted(text: str) -> datetime | None:
    """Return the time that nbgrader's exchange noted, in UTC; None for any other text."""
    try:
        time: datetime = parse_utc(text)
        return time.replace(tzinfo=UTC)
    except (ValueError, OverflowError, AttributeError, TypeError):
        return None


class Penalties:
    """What being late costs: the plugin that `nbgrader_config.py` names, or nbgrader's own."""

    def __init__(self, course: Path) -> None:
        """Load the plugin; raises UsageError if the course's configuration cannot be loaded."""
        sys.path.insert(0, str(course))  # as nbgrader does: the plugin may lie in the course
        try:
            steps = AssignLatePenalties(config=load_config(course))
            steps.init_plugin()
        except Exception as problem:  # whatever a teacher's file raises
            raise UsageError(
                f"{CONFIG} does not give a plugin for late submissions: {problem}"
            ) from problem
        finally:
            sys.path.remove(str(course))
        self._plugin = steps.plugin_inst

    def points(self, student: str, score: float, seconds: float) -> float:
        """Return the points taken off a score, at most all of it, for being late by `seconds`.

        Raises UsageError if the plugin fails or returns no number.
        """
        try:
            given = self._plugin.late_submission_penalty(student, score, seconds)
            penalty = 0.0 if given is None else float(given)
        except Exception as problem:  # whatever a teacher's code raises
            raise UsageError(f"{self._name()} failed for {student}: {problem!r}") from problem
        if not math.isfinite(penalty):
            raise UsageError(f"{self._name()} gave {penalty} for {student}; it must give points")
        return min(max(penalty, 0.0), score)

    def _name(self) -> str:
        return f"the plugin {type(self._plugin).__name__}"


def seconds_late(submission: SubmittedAssignment) -> float:
    """Return how many seconds after its due date a submission in the gradebook was received.

    0 without a due date or a time. nbgrader's own count fails for an extension where there is
    no due date.
    """
    if submission.timestamp is None or submission.assignment.duedate is None:
        return 0.0
    return float(submission.total_seconds_late)


def told(seconds: float, penalty: float) -> str:
    """Return in a few words how late a submission was and what it cost; empty if it was not."""
    if seconds <= 0:
        return ""
    minutes = math.ceil(seconds / 60)
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    parts = [f"{number} {unit}" for number, unit in ((days, "d"), (hours, "h")) if number]
    if minutes and not days:
        parts.append(f"{minutes} min")
    cost = f"{penalty:g} points taken off" if penalty else "nothing taken off"
    return f"{' '.join(parts)} late: {cost}"


def _utc(text: str) -> datetime:
    try:
        time = datetime.fromisoformat(text)
        if time.tzinfo is not None:
            return time.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise ValueError(f"{text!r} is not a time in ISO 8601 with a time zone, such as {EXAMPLE}")
