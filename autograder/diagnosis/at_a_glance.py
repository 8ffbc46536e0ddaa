"""What can be seen of wrong numbers, or tuples of them, at a glance, when nothing else is found."""

import math
from collections.abc import Sequence

from autograder.diagnosis import forms
from autograder.diagnosis.case import Case

FAR = 100  # times as large or as small: more than a slip in one place


def at_a_glance(wrong: Sequence[Case]) -> str | None:
    """Return the code of the hint for numbers that cannot be: below zero, no count, far off."""
    given = [forms.plain(case.returned) for case in wrong]
    right = [case.expected for case in wrong]
    if all(isinstance(row, tuple) and min(row, default=0) >= 0 for row in right):
        rows = [forms.row(row) for row in given]
        are_numbers = not any(
            forms.not_whole_numbers(row, len(expected))
            for row, expected in zip(rows, right, strict=True)
        )
        return "negative-result" if are_numbers and all(min(row) < 0 for row in rows) else None
    if not all(type(number) in (int, float) for number in (*given, *right)):
        return None
    if any(type(number) is float and not math.isfinite(number) for number in given):
        return None
    if max(given) < 0 <= min(right):
        return "negative-result"
    if all(type(number) is int for number in right) and any(number % 1 for number in given):
        return "not-whole"
    if len(wrong) > 1 and min(given) > 0 and min(right) > 0:
        if all(one > FAR * other for one, other in zip(given, right, strict=True)):
            return "far-too-large"
        if all(FAR * one < other for one, other in zip(given, right, strict=True)):
            return "far-too-small"
    return None
