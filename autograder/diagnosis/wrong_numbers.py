"""How wrong numbers differ from the right ones."""

import math
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from autograder.diagnosis import forms
from autograder.diagnosis.arguments import facts
from autograder.diagnosis.case import Case
from autograder.diagnosis.finding import Finding

FEWEST = 2  # calls with different right results, for what one could show by chance
FOR_A_FACTOR = 3  # calls, since some arguments may be alike in two
_CHANGES: Sequence[tuple[str, Callable[[float], float]]] = (
    ("sign-turned", lambda right: -right),
    ("upside-down", lambda right: 1 / right if right else float("nan")),
    ("one-too-many", lambda right: right + 1),
    ("one-too-few", lambda right: right - 1),
)


def finding(wrong: Sequence[Case], cases: Sequence[Case], names: str) -> Finding | None:
    """Return what wrong numbers have in common; None if nothing is found."""
    given = [forms.plain(case.returned) for case in wrong]
    right = [case.expected for case in wrong]
    if not all(type(number) in (int, float) for number in given) or len(set(right)) < FEWEST:
        return None
    tolerance = max(forms.SLACK, *(case.tolerance for case in wrong))
    if len(set(given)) == 1 and len(wrong) == len(cases):
        return Finding("always-the-same")
    if not all(forms.is_finite(number) for number in (*given, *right)):
        return None
    for code, change in _CHANGES:
        if _all_close(given, [change(number) for number in right], tolerance):
            return Finding(code)
    ratios = [_ratio(float(one), float(other)) for one, other in zip(given, right, strict=True)]
    differences = [float(one) - float(other) for one, other in zip(given, right, strict=True)]
    return (
        _factor(ratios, wrong, names, tolerance)
        or _term(differences, wrong, names, tolerance)
        or (
            Finding("constant-factor")
            if len(wrong) >= FOR_A_FACTOR
            and ratios[0] > 0
            and _all_close(ratios, [ratios[0]] * len(ratios), tolerance)
            else None
        )
        or _rounded(given, right)
    )


def _ratio(number: float, other: float) -> float:
    """Return the quotient; by zero, what it comes to in the limit."""
    return number / other if other else number * math.inf


def _factor(
    ratios: Sequence[float], wrong: Sequence[Case], names: str, tolerance: float
) -> Finding | None:
    for name, values in _arguments(wrong, names):
        for power, words in ((1, ""), (2, ", squared")):
            factors = [value**power for value in values]
            if len(set(factors)) < FEWEST:
                continue
            said = f"The factor is `{name}`{words}."
            if _all_close(ratios, factors, tolerance):
                return Finding("too-large-by-an-argument", said)
            if _all_close(ratios, [1 / factor for factor in factors], tolerance):
                return Finding("too-small-by-an-argument", said)
    return None


def _term(
    differences: Sequence[float], wrong: Sequence[Case], names: str, tolerance: float
) -> Finding | None:
    for name, terms in _arguments(wrong, names):
        if len(set(terms)) < FEWEST:
            continue
        if _all_close(differences, terms, tolerance):
            return Finding("an-argument-too-much", f"What is too much is `{name}`.")
        if _all_close(differences, [-term for term in terms], tolerance):
            return Finding("an-argument-missing", f"What is missing is `{name}`.")
    return None


def _rounded(given: Sequence[Any], right: Sequence[Any]) -> Finding | None:
    if not any(isinstance(number, float) for number in right):
        return None
    cut = [[float(int(number)) for number in right]]
    cut += [[round(number, decimals) for number in right] for decimals in range(5)]
    return Finding("rounded-result") if any(_all_close(given, each, 1e-9) for each in cut) else None


def _arguments(cases: Sequence[Case], names: str) -> Iterator[tuple[str, list[float]]]:
    """Yield the numbers among the arguments, and the lengths of axes: (name, value by case)."""
    told = [facts(names, case.args) for case in cases]
    for name in told[0]:
        values = [each.get(name) for each in told]
        if all(type(value) in (int, float) and value for value in values):
            yield name, [float(value) for value in values if value]


def _all_close(numbers: Sequence[float], others: Sequence[float], tolerance: float) -> bool:
    return all(
        forms.close(float(one), float(other), tolerance)
        for one, other in zip(numbers, others, strict=True)
    )
