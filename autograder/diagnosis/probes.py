"""What a wrong answer makes of an argument, found out by changing this one alone.

Two things need no right result to be told from: that an argument changes nothing, and that the
result does not grow in proportion to one where it must, which a test says by a star behind the
argument's name: "kernel channels filters*".
"""

import copy
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from autograder.diagnosis import forms
from autograder.diagnosis.arguments import argument_names, starred
from autograder.diagnosis.case import Case
from autograder.diagnosis.finding import Finding

STEPS = (1, 2)  # by which whole numbers are raised; more, too, for what is rounded away
FACTOR = 2


def probe(function: Callable[..., Any], cases: Sequence[Case], names: str) -> Finding | None:
    """Return what becomes of an argument that is wrong in every call; None if nothing is found.

    Calls the function again, with numbers and truth values among its arguments changed.
    """
    for place, name in enumerate(argument_names(names)):
        changed = [case for case in cases if _can_be_changed(case, place)]
        if changed and all(_is_ignored(function, case, place) for case in changed):
            return Finding("argument-ignored", f"Your result does not change with `{name}`.")
    for place, name in enumerate(argument_names(names)):
        if name in starred(names):
            given = [case for case in cases if _can_be_changed(case, place)]
            if any(_is_out_of_proportion(function, case, place) for case in given):
                said = f"With twice the `{name}` the result must be twice as large, and is not."
                return Finding("not-proportional", said)
    return None


def _can_be_changed(case: Case, place: int) -> bool:
    return place < len(case.args) and type(case.args[place]) in (bool, int, float)


def _is_ignored(function: Callable[..., Any], case: Case, place: int) -> bool:
    before = _plain(case.returned)
    if case.error is not None or before is None:
        return False
    value = case.args[place]
    others: list[Any] = [not value]
    if not isinstance(value, bool):
        others = [*(value + step for step in STEPS), FACTOR * value]
    results = list(_results(function, case, place, others))
    return len(results) == len(others) and all(forms.equal(before, each) for each in results)


def _is_out_of_proportion(function: Callable[..., Any], case: Case, place: int) -> bool:
    before = _plain(case.returned)
    if case.error is not None or not forms.is_finite(before):
        return False
    twice = list(_results(function, case, place, [FACTOR * case.args[place]]))
    if not twice or not forms.is_finite(twice[0]):
        return False
    return not forms.close(twice[0], FACTOR * before, max(case.tolerance, forms.SLACK))


def _results(
    function: Callable[..., Any], case: Case, place: int, values: Sequence[Any]
) -> Iterator[Any]:
    """Yield what the function gives with other values for an argument, while it gives anything."""
    for value in values:
        args = list(copy.deepcopy(case.args))
        args[place] = value
        try:
            result = _plain(function(*args))
        except Exception:
            return
        if result is None:
            return
        yield result


def _plain(found: Any) -> Any:
    """Return a result as a number, or as tuples of numbers; None if it is none of these."""
    given = forms.row(forms.plain(forms.settled(found)))
    if isinstance(given, tuple):
        return given if _holds_numbers(given) else None
    return given if type(given) in (int, float) else None


def _holds_numbers(value: Any) -> bool:
    if isinstance(value, tuple):
        return all(map(_holds_numbers, value))
    return type(value) in (bool, int, float)
