"""What is right about wrong arrays: their proportions along an axis, or one half of two numbers."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from autograder.diagnosis import arrays
from autograder.diagnosis.arrays import Arr
from autograder.diagnosis.finding import axis_name

ENOUGH = 4  # entries, for what fewer could show by chance


def right_part(pairs: Sequence[tuple[Arr, Arr]], axes: Sequence[str], tolerance: float) -> str:
    """Return a sentence on what is right about wrong arrays; empty if nothing is found.

    `pairs` are what the answer gave and what it must give, `axes` the names of the axes.
    """
    if all(expected.shape == (2,) for _, expected in pairs):
        return _of_two(pairs, tolerance)
    return _proportions(pairs, axes, tolerance)


def _of_two(pairs: Sequence[tuple[Arr, Arr]], tolerance: float) -> str:
    """Return which half of two numbers is right, by two ways to halve them."""
    halves: Sequence[tuple[str, Callable[[Arr], Any]]] = (
        ("The first of the two is right, the second is wrong.", lambda two: two[0]),
        ("The second of the two is right, the first is wrong.", lambda two: two[1]),
        ("Their middle is right, their distance is wrong.", lambda two: two[0] + two[1]),
        ("Their distance is right, their middle is wrong.", lambda two: two[1] - two[0]),
    )
    for words, half in halves:
        if all(
            abs(half(actual) - half(expected)) <= tolerance * np.abs(expected).max()
            for actual, expected in pairs
        ):
            return words
    return ""


def _proportions(pairs: Sequence[tuple[Arr, Arr]], axes: Sequence[str], tolerance: float) -> str:
    """Return along which axes the entries are right but for a factor."""
    if not all(actual.any() for actual, _ in pairs):
        return ""
    dimensions = min(expected.ndim for _, expected in pairs)
    right = [axis for axis in range(dimensions) if _is_proportional(pairs, axis, tolerance)]
    if not right:
        return ""
    named = " and ".join(axis_name(axis, axes) for axis in right)
    return f"Along {named} the proportions are right, and what is wrong is a factor."


def _is_proportional(pairs: Sequence[tuple[Arr, Arr]], axis: int, tolerance: float) -> bool:
    told = 0  # entries that could have shown otherwise
    for actual, expected in pairs:
        largest = np.abs(expected).argmax(axis, keepdims=True)
        factor = np.take_along_axis(actual, largest, axis)
        divisor = np.take_along_axis(expected, largest, axis)
        if ((factor == 0) != (divisor == 0)).any():  # what is lost or made is no factor
            return False
        if not arrays.same_array(actual * divisor, expected * factor, tolerance):
            return False
        told += int((expected != 0).sum() - (divisor != 0).sum())
    return told >= ENOUGH
