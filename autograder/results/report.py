"""The class report: what a teacher looks at, made from what `grade` left in its folder."""

import base64
import glob
import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, StrictUndefined, Template

from autograder.checks import hints
from autograder.files import write as write_file
from autograder.notebook.course import Course
from autograder.notebook.sections import Section, explaining
from autograder.results import analysis, grades_table, marks
from autograder.results.analysis import Analysis, Lead
from autograder.results.graded import Graded
from autograder.results.grades_table import number, plain_cell
from autograder.results.status import MEANING, STATUSES, Status
from autograder.results.verdict import Result

REPORT = "report.html"
EXERCISES, MISTAKES = "exercises.csv", "mistakes.csv"  # the same numbers, for spreadsheets


@dataclass(frozen=True)
class Mark:
    """An exercise's points, and the title of the mistake if it was recognised."""

    exercise: str
    points: str
    passed: bool
    how: str  # that it was, or is to be, marked by hand; else empty
    code: str | None
    title: str | None


@dataclass(frozen=True)
class Row:
    """One submission in the report."""

    student: str
    assignment: str
    score: str
    max_score: str
    status: Status
    marks: list[Mark]
    reason: str
    feedback: str | None  # relative link


def write(folder: Path, submissions: Sequence[Graded], course: Course | None) -> Path:
    """Write `report.html` about these submissions into an output folder; return its path.

    The course says where its feedback pages lie and which sections explain what. Without one the
    pages are looked for in `feedback`. Raises UsageError if its list of sections cannot be read.
    """
    pages = "feedback" if course is None else course.kept[1]
    rows = [_row(folder, folder / pages, each) for each in submissions]
    analyses = _analyses(submissions)
    script = _own("report.js")
    shown = _template().render(
        rows=rows,
        totals=_totals(submissions),
        leads=[
            (each.assignment, lead.sentence, _sections(course, submissions, each.assignment, lead))
            for each in analyses
            if (lead := analysis.teach_next(each))
        ],
        statuses=_statuses(rows),
        analyses=analyses,
        script=script,
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        tables=(EXERCISES, MISTAKES),
        enough=analysis.ENOUGH,
        often=8,  # mistakes that are shown at once
    )
    grades_table.write(folder / EXERCISES, _exercise_lines(analyses))
    grades_table.write(folder / MISTAKES, _mistake_lines(analyses))
    write_file(folder / REPORT, shown)
    return folder / REPORT


@cache
def _template() -> Template:
    return Environment(autoescape=True, undefined=StrictUndefined).from_string(
        _own("report.html.j2")
    )


def _own(name: str) -> str:
    """Return the text of a file that lies beside this one."""
    return files("autograder.results").joinpath(name).read_text(encoding="utf-8")


def _exercise_lines(analyses: Sequence[Analysis]) -> Iterator[Sequence[str]]:
    yield (
        *("assignment", "exercise", "answered", "passed", "left_blank"),
        *("mean_points", "max_points", "discrimination"),
    )
    for found in analyses:
        for each in found.exercises:
            yield (
                plain_cell(found.assignment),
                plain_cell(each.name),
                *map(str, (found.answered, each.passed, each.blank)),
                *map(number, (each.mean, each.maximum)),
                "" if each.discrimination is None else number(each.discrimination),
            )


def _mistake_lines(analyses: Sequence[Analysis]) -> Iterator[Sequence[str]]:
    yield ("assignment", "mistake", "title", "students", "answered", "exercises")
    for found in analyses:
        for each in found.mistakes:
            words = (found.assignment, each.code, each.title)
            counts = (str(each.students), str(found.answered))
            yield (*map(plain_cell, words), *counts, plain_cell(", ".join(each.exercises)))


def _analyses(submissions: Sequence[Graded]) -> list[Analysis]:
    found = []
    for assignment in sorted({each.result.label for each in submissions} - {""}):
        own = [each for each in submissions if each.result.label == assignment]
        maxima = [each.recorded.max_score for each in own if each.recorded is not None]
        found.append(
            analysis.analyse(
                assignment,
                [each.counted for each in own],
                [each.score for each in own if each.score is not None],
                max(maxima, default=0.0),
            )
        )
    return found


def _sections(
    course: Course | None, submissions: Sequence[Graded], assignment: str, lead: Lead
) -> list[Section]:
    """Return the sections of the course that explain what a lead is about, each once."""
    result = next(each.result for each in submissions if each.result.label == assignment)
    stems = course.notebooks().get(result.assignment, []) if course else []
    if course is None or not stems:
        return []
    explained = explaining(course, result.assignment, result.notebook or stems[0])
    return list(dict.fromkeys(explained[each] for each in lead.exercises if each in explained))


def _statuses(rows: list[Row]) -> list[tuple[Status, int, str]]:
    """Return each status that occurs, how often, and what it means; the frequent ones first."""
    counts = [(status, sum(row.status == status for row in rows)) for status in STATUSES]
    return [
        (status, count, MEANING[status].teacher)
        for status, count in sorted(counts, key=lambda pair: -pair[1])
        if count
    ]


def _row(folder: Path, pages: Path, submission: Graded) -> Row:
    result, recorded = submission.result, submission.recorded
    own = pages / result.student / result.assignment
    found = sorted(own.glob(f"{glob.escape(result.notebook) or '*'}.html"))
    page = next((each for each in found if each.is_relative_to(folder)), None)
    unexplained = (each.short for each in result.told if each.code is None)
    reasons = dict.fromkeys([*result.notes, *unexplained, *submission.notes])
    return Row(
        student=plain_cell(result.shown),
        assignment=result.label,
        score="" if submission.score is None else number(submission.score),
        max_score=number(recorded.max_score) if recorded else "",
        status=submission.status,
        marks=_marks(submission.counted),
        reason=plain_cell("; ".join(each for each in reasons if each)),
        feedback=None if page is None else quote(page.relative_to(folder).as_posix()),
    )


def _marks(result: Result) -> list[Mark]:
    if not MEANING[result.status].answers and not any(each.by_hand for each in result.verdicts):
        return []  # the status says it all
    return [
        Mark(
            exercise=each.name,
            points=f"{'–' if each.waits else number(each.points)}/{each.max_points:g}",
            passed=each.passed,
            how=marks.TO_MARK if each.waits else marks.BY_HAND if each.by_hand else "",
            code=each.code,
            title=hints()[each.code]["title"] if each.code in hints() else None,
        )
        for each in result.exercises
    ]


def _totals(submissions: Sequence[Graded]) -> str:
    """Return one line: how many submissions, of which status, and their mean score."""
    statuses = Counter(each.status for each in submissions)
    shares = [
        each.score / each.recorded.max_score
        for each in submissions
        if each.score is not None and each.recorded and each.recorded.max_score
    ]
    mean = f"; mean score {100 * sum(shares) / len(shares):.0f}%" if shares else ""
    many = "1 submission" if len(submissions) == 1 else f"{len(submissions)} submissions"
    counts = ", ".join(f"{count} {status}" for status, count in statuses.most_common())
    return f"{many}: {counts}{mean}."
