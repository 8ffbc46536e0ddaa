"""The class report: what a teacher looks at, made from what `grade` left in its folder."""

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, StrictUndefined

from autograder.checks import hints
from autograder.files import write as write_file
from autograder.results import analysis, journal, table
from autograder.results.analysis import Analysis
from autograder.results.verdict import STATUSES, Result, Status

REPORT = "report.html"
MEANING: dict[Status, str] = {
    "ok": "every check passes",
    "partial": "some checks pass",
    "failed": "no check passes, though something was handed in",
    "blank": "no answer was changed",
    "timeout": "a cell ran too long and was stopped; what passed counts",
    "died": "a cell ended Python; what passed counts",
    "out-of-memory": "a cell took more memory than allowed; what passed counts",
    "output-limit": "a cell wrote more output than allowed; what passed counts",
    "unreadable": "there is no notebook to grade",
    "tampered": "a notebook without any of the cells for answers",
    "infra-error": "the grader itself failed: no score; grade again",
}


@dataclass(frozen=True)
class Mark:
    """An exercise's points, and the title of the mistake if it was recognised."""

    exercise: str
    points: str
    passed: bool
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


def write(folder: Path) -> Path:
    """Write `report.html` into an output folder of `grade` and return its path.

    Raises UsageError if the folder holds no grades.
    """
    lines = table.read(folder)
    entries = journal.read(folder)
    rows, results = [], []
    for line in lines:
        entry = entries.get((line["student_id"], line["assignment"]))
        if entry is not None:
            rows.append(_row(folder, line, entry.result))
            results.append(entry.result)
    source = files("autograder.results").joinpath("report.html.j2").read_text(encoding="utf-8")
    page = Environment(autoescape=True, undefined=StrictUndefined).from_string(source)
    shown = page.render(
        rows=rows,
        totals=_totals(rows),
        statuses=_statuses(rows),
        analyses=_analyses(rows, results),
        enough=analysis.ENOUGH,
        often=8,  # mistakes that are shown at once
    )
    write_file(folder / REPORT, shown)
    return folder / REPORT


def _analyses(rows: list[Row], results: list[Result]) -> list[Analysis]:
    found = []
    for assignment in sorted({row.assignment for row in rows}):
        own = [row for row in rows if row.assignment == assignment and row.score]
        found.append(
            analysis.analyse(
                assignment,
                [result for result in results if result.assignment == assignment],
                [float(row.score) for row in own],
                max((float(row.max_score) for row in own), default=0.0),
            )
        )
    return found


def _statuses(rows: list[Row]) -> list[tuple[Status, int, str]]:
    """Return each status that occurs, how often, and what it means; the frequent ones first."""
    counts = [(status, sum(row.status == status for row in rows)) for status in STATUSES]
    return [
        (status, count, MEANING[status])
        for status, count in sorted(counts, key=lambda pair: -pair[1])
        if count
    ]


def _row(folder: Path, line: dict[str, str], result: Result) -> Row:
    pages = sorted(folder.glob(f"feedback/*/{result.assignment}/*.html"))
    page = next((path for path in pages if path.parts[-3] == result.student), None)
    recognised = {f"{each.exercise}: {each.code}" for each in result.verdicts if each.code}
    reasons = [part for part in line["reason"].split("; ") if part not in recognised]
    return Row(
        student=result.student,
        assignment=result.assignment,
        score=line["score"],
        max_score=line["max_score"],
        status=result.status,
        marks=_marks(result),
        reason="; ".join(reasons),
        feedback=None if page is None else quote(str(page.relative_to(folder))),
    )


def _marks(result: Result) -> list[Mark]:
    if result.status in ("unreadable", "tampered", "blank", "infra-error"):
        return []  # the status says it all
    exercises = dict.fromkeys(each.exercise for each in result.verdicts)
    marks = []
    for exercise in exercises:
        tests = [each for each in result.verdicts if each.exercise == exercise]
        code = next((each.code for each in tests if each.code), None)
        points, maximum = (
            sum(each.points for each in tests),
            sum(each.max_points for each in tests),
        )
        marks.append(
            Mark(
                exercise=exercise,
                points=f"{points:g}/{maximum:g}",
                passed=all(each.passed for each in tests),
                code=code,
                title=hints()[code]["title"] if code in hints() else None,
            )
        )
    return marks


def _totals(rows: list[Row]) -> str:
    """Return one line: how many submissions, of which status, and their mean score."""
    counts = {
        status: sum(row.status == status for row in rows)
        for status in dict.fromkeys(row.status for row in rows)
    }
    ordered = sorted(counts.items(), key=lambda pair: -pair[1])
    shares = [
        float(row.score) / float(row.max_score)
        for row in rows
        if row.score and row.max_score and float(row.max_score)
    ]
    mean = f"; mean score {100 * sum(shares) / len(shares):.0f} %" if shares else ""
    many = "1 submission" if len(rows) == 1 else f"{len(rows)} submissions"
    return f"{many}: {', '.join(f'{count} {status}' for status, count in ordered)}{mean}."
