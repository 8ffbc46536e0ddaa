"""The points that count: what the checks gave, or what a teacher gave by hand in its place."""

from collections.abc import Iterable
from dataclasses import replace

from autograder.notebook.cells import exercise_of
from autograder.results.gradebook import Mark, RecordedScore
from autograder.results.hint_wording import for_student
from autograder.results.status import MEANING
from autograder.results.verdict import NOT_ANSWERED, Exercise, Result, Verdict

BY_HAND = "marked by hand"
TO_MARK = "still to be marked by hand"


def counted(result: Result, recorded: RecordedScore | None) -> Result:
    """Return a result with a verdict for every cell with points, and with the points that count.

    They add up to the gradebook's total. Without one the result stays as it is.
    """
    marks = {} if recorded is None else recorded.marks
    verdicts = {each.grade_id: each for each in result.verdicts}
    names = dict.fromkeys([*result.order, *verdicts, *sorted(marks)])
    found = [
        _counted(name, marks[name], verdicts.get(name), result) for name in names if name in marks
    ]
    return replace(result, verdicts=result.verdicts if recorded is None else tuple(found))


def words(exercise: Exercise) -> str:
    """Return one line on an exercise's points for its student."""
    said = [sentence(each) for each in _how(exercise)]
    missed = (each for each in exercise.verdicts if not each.passed)
    told = next((for_student(each) for each in missed if each.kind not in _SAID), "")
    return " ".join([*said, told] if told else said) or "passed"


def notes(result: Result) -> list[str]:
    """Return in a few words each which exercises of a counted result are a teacher's to mark."""
    found = []
    for how in (TO_MARK, BY_HAND):
        names = [each.name for each in result.exercises if how in _how(each)]
        if names:
            found.append(f"{how}: {', '.join(names)}")
    return found


def sentence(how: str) -> str:
    """Return how points are given, `BY_HAND` or `TO_MARK`, as a sentence."""
    return f"{how.capitalize()}."


_SAID = ("by-hand", "waiting")


def _how(exercise: Exercise) -> Iterable[str]:
    return [
        *([BY_HAND] if exercise.by_hand else []),
        *([TO_MARK] if exercise.waits else []),
    ]


def _counted(name: str, mark: Mark, verdict: Verdict | None, result: Result) -> Verdict:
    """Return the verdict on a cell with the points that count; `verdict` is the check's."""
    if verdict is None:
        verdict = _without_check(name, mark, result)
    verdict = replace(verdict, points=mark.points, by_hand=mark.by_hand)
    if not mark.by_hand:
        return verdict
    if mark.points >= mark.max_points:
        return replace(verdict, code=None, message="", kind="by-hand")
    if verdict.passed:
        return replace(verdict, message=BY_HAND, kind="by-hand")
    return verdict


def _without_check(name: str, mark: Mark, result: Result) -> Verdict:
    """Return the verdict on an answer that only a teacher can judge."""
    verdict = Verdict(
        exercise=exercise_of(name),
        grade_id=name,
        points=mark.points,
        max_points=mark.max_points,
        code=None,
        message="",
        hidden=False,
        kind="by-hand",
    )
    if mark.waits:
        return replace(verdict, kind="waiting", message=TO_MARK)
    if mark.by_hand:
        return verdict
    if MEANING[result.status].refused:
        return replace(verdict, kind="refused", message=result.reason)
    return replace(
        verdict, kind="not-answered", code=NOT_ANSWERED, message="there is no answer yet"
    )
