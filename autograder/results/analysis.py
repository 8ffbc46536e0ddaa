"""What a class's results say of an assignment: its scores, its exercises, its mistakes, its time.

The exercises are judged by the submissions with an answer in them: one that nobody could
read, or that was handed in blank, says nothing about an exercise.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import StatisticsError, correlation, median

from autograder.checks import hints
from autograder.diagnosis.forms import GENERIC
from autograder.results.status import MEANING
from autograder.results.verdict import NOT_ANSWERED, Exercise, Result

ENOUGH = 20  # submissions; with fewer, chance alone moves a correlation by a quarter and more
_BARS = 10  # of the distribution, about
_SLOWEST = 6  # cells shown


@dataclass(frozen=True)
class Bar:
    """The number of submissions with a score from `start` up to the next bar's `start`."""

    start: int
    count: int


@dataclass(frozen=True)
class Scores:
    """The distribution of an assignment's scores."""

    bars: list[Bar]
    step: int  # points that a bar is wide
    lowest: float
    median: float
    highest: float
    maximum: float
    count: int


@dataclass(frozen=True)
class ExerciseStatistics:
    """An exercise: who passes it, what it gives on average, whether it tells strong from weak."""

    name: str
    passed: int
    blank: int  # left as it was
    mean: float
    maximum: float
    discrimination: float | None
    why_none: str


@dataclass(frozen=True)
class Mistake:
    """A mistake that checks recognised."""

    code: str
    title: str
    students: int
    exercises: list[str]


@dataclass(frozen=True)
class Cell:
    """The seconds that one cell took; it is named as in `Result.cells`."""

    name: str
    median: float
    slowest: float
    student: str  # whose it was


@dataclass(frozen=True)
class Analysis:
    """The statistics of one assignment: scores, exercises, mistakes and slow cells."""

    assignment: str
    scores: Scores | None  # None where nobody has a score
    answered: int  # submissions that the exercises are judged by
    exercises: list[ExerciseStatistics]
    mistakes: list[Mistake]  # the frequent ones first
    unforeseen: int  # students with a failure that no hint fits
    cells: list[Cell]


@dataclass(frozen=True)
class Lead:
    """What to teach next: a sentence, and the exercises that it is about, if there are any."""

    sentence: str
    exercises: tuple[str, ...] = ()


def analyse(
    assignment: str, results: Sequence[Result], scores: Sequence[float], maximum: float
) -> Analysis:
    """Return the analysis of one assignment's results; `scores` are the gradebook's.

    The results have the points that count (`Graded.counted`).
    """
    answered = [each for each in results if MEANING[each.status].answers]
    return Analysis(
        assignment=assignment,
        scores=distribution(scores, maximum) if scores else None,
        answered=len(answered),
        exercises=_exercises(answered),
        mistakes=_mistakes(answered),
        unforeseen=sum(map(_is_unforeseen, answered)),
        cells=_cells(results),
    )


def teach_next(found: Analysis) -> Lead | None:
    """Return what to teach next, in one sentence from the numbers; None if nobody answered.

    The mistake that most students made (of equals that in most exercises), if two made it; else
    the exercise that fewest passed, or those that nobody passed.
    """
    known = [each for each in found.mistakes if each.code not in GENERIC]
    common = max(known, key=lambda each: (each.students, len(each.exercises)), default=None)
    if common is not None and common.students > 1:
        return Lead(
            f"{common.students} of {found.answered} students made the mistake "
            f"“{common.title}”, in {in_words(common.exercises)}.",
            tuple(common.exercises),
        )
    hardest = min(found.exercises, key=lambda each: each.passed, default=None)
    if hardest is None:
        return None
    if hardest.passed == 0:
        failed = tuple(each.name for each in found.exercises if each.passed == 0)
        return Lead(f"Nobody passed {in_words(failed, last='or')}.", failed)
    if hardest.passed == found.answered:
        return Lead(f"Everybody passed every exercise of {found.assignment}.")
    sentence = f"{hardest.passed} of {found.answered} students passed {hardest.name}, the fewest."
    return Lead(sentence, (hardest.name,))


def in_words(names: Sequence[str], last: str = "and") -> str:
    """Return names as they stand in a sentence: a, b and c."""
    return f" {last} ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def distribution(scores: Sequence[float], maximum: float) -> Scores:
    """Return how many scores lie in each of about ten steps of whole points."""
    step = max(1, math.ceil(maximum / _BARS))
    counts = [0] * (int(maximum) // step + 1)
    for score in scores:
        counts[min(max(int(score) // step, 0), len(counts) - 1)] += 1
    return Scores(
        step=step,
        bars=[Bar(number * step, count) for number, count in enumerate(counts)],
        lowest=min(scores),
        median=median(scores),
        highest=max(scores),
        maximum=maximum,
        count=len(scores),
    )


def discrimination(item: Sequence[float], total: Sequence[float]) -> tuple[float | None, str]:
    """Return the correlation of an exercise's points with the points of the others.

    This is the item-rest correlation (Guilford 1953), for an exercise that gives all points
    or none the point-biserial one. None, and why, where it means nothing.
    """
    if len(item) < ENOUGH:
        return None, "too few submissions"
    rest = [whole - part for part, whole in zip(item, total, strict=True)]
    try:
        return correlation(item, rest), ""
    except StatisticsError:
        return None, "no differences"


def _exercises(results: Sequence[Result]) -> list[ExerciseStatistics]:
    names = dict.fromkeys(each.name for result in results for each in result.exercises)
    totals = [sum(each.points for each in result.verdicts) for result in results]
    by_name = [{each.name: each for each in result.exercises} for result in results]
    found = []
    for name in names:
        marked = [
            (exercises.get(name, Exercise(name, ())), total)
            for exercises, total in zip(by_name, totals, strict=True)
            if name not in exercises or not exercises[name].waits
        ]
        if not marked:
            continue  # a teacher has still to mark it, for everybody
        own = [each for each, _ in marked]
        points = [each.points for each in own]
        value, why_none = discrimination(points, [total for _, total in marked])
        found.append(
            ExerciseStatistics(
                name=name,
                passed=sum(bool(each.verdicts) and each.passed for each in own),
                blank=sum(any(v.code == NOT_ANSWERED for v in each.verdicts) for each in own),
                mean=sum(points) / len(points),
                maximum=max(each.max_points for each in own),
                discrimination=value,
                why_none=why_none,
            )
        )
    return found


def _mistakes(results: Sequence[Result]) -> list[Mistake]:
    who: dict[str, set[str]] = {}
    where: dict[str, set[str]] = {}
    for result in results:
        for each in result.verdicts:
            if each.code is not None and each.code != NOT_ANSWERED:
                who.setdefault(each.code, set()).add(result.student)
                where.setdefault(each.code, set()).add(each.exercise)
    in_order = dict.fromkeys(each.name for result in results for each in result.exercises)
    found = [
        Mistake(
            code=code,
            title=hints()[code]["title"] if code in hints() else "Not in the list of hints",
            students=len(students),
            exercises=[name for name in in_order if name in where[code]],
        )
        for code, students in who.items()
    ]
    return sorted(found, key=lambda each: (-each.students, each.title))


def _is_unforeseen(result: Result) -> bool:
    by_teacher = ("by-hand", "waiting")
    return any(
        not each.passed and each.code is None and each.kind not in by_teacher
        for each in result.verdicts
    )


def _cells(results: Iterable[Result]) -> list[Cell]:
    times: dict[str, list[tuple[float, str]]] = {}
    for result in results:
        for name, seconds in result.cells.items():
            times.setdefault(name, []).append((seconds, result.student))
    found = [
        Cell(name, median(seconds for seconds, _ in own), *max(own)) for name, own in times.items()
    ]
    return sorted(found, key=lambda each: -each.slowest)[:_SLOWEST]
