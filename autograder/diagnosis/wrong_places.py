"""Where in arrays of the right shape the wrong entries are."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.diagnosis.arrays import Arr, Mask
from autograder.diagnosis.finding import axis_name


def where(pairs: Sequence[tuple[Arr, Arr]], axes: Sequence[str], tolerance: float) -> str:
    """Return a sentence on where wrong entries are; empty if they are anywhere.

    `pairs` are what the answer gave and what it must give, `axes` the names of the axes.
    """
    masks = [_wrong(actual, expected, tolerance) for actual, expected in pairs]
    if any(mask.all() for mask in masks):
        return ""
    for axis in range(min(mask.ndim for mask in masks)):
        name = axis_name(axis, axes)
        if all(mask.shape[axis] > 2 for mask in masks):
            for place, words in ((0, "first"), (-1, "last")):
                if all(_only(mask, axis, place) for mask in masks):
                    return f"Only the {words} place along {name} is wrong."
                if all(_all_but(mask, axis, place) for mask in masks):
                    return f"Right at the {words} place along {name}, wrong at the others."
            if not any(np.delete(mask, [0, -1], axis).any() for mask in masks):
                return f"Right in the middle, wrong at the ends along {name}."
    if all(_at_border(mask) for mask in masks):
        return "Right inside, wrong along the border."
    return ""


def which_values(pairs: Sequence[tuple[Arr, Arr]], tolerance: float) -> str:
    """Return a sentence on what the wrong entries should be, or are; empty if there is none."""
    masks = [_wrong(actual, expected, tolerance) for actual, expected in pairs]
    if any(mask.all() for mask in masks):
        return ""
    signs: Sequence[tuple[str, Callable[[Any, Any], Any]]] = (
        ("negative", np.less),
        ("zero", np.equal),
        ("positive", np.greater),
    )
    for words, compare in signs:
        if all(
            np.array_equal(mask, compare(expected, 0))
            for mask, (_, expected) in zip(masks, pairs, strict=True)
        ):
            return f"Wrong exactly where the result should be {words}."
    wrong = [(mask, *pair) for mask, pair in zip(masks, pairs, strict=True)]
    if not any(expected[mask].any() for mask, _, expected in wrong):
        return "Wrong only where the result should be zero."
    if not any(actual[mask].any() for mask, actual, _ in wrong):
        return "The wrong entries are zero, all others are right."
    return ""


def _wrong(actual: Arr, expected: Arr, tolerance: float) -> Mask:
    allowed = tolerance * float(np.abs(expected).max(initial=0.0))
    return np.asarray(~(np.abs(actual - expected) <= allowed))


def _only(mask: Mask, axis: int, place: int) -> bool:
    return not np.delete(mask, place, axis).any()


def _all_but(mask: Mask, axis: int, place: int) -> bool:
    others = np.moveaxis(np.delete(mask, place, axis), axis, 0)
    return not mask.take(place, axis).any() and all(bool(each.any()) for each in others)


def _at_border(mask: Mask) -> bool:
    inner = inside(mask)
    return 0 < inner.size < mask.size and not inner.any()


def inside(array: NDArray[Any]) -> NDArray[Any]:
    """Return an array without its border; axes of two entries or fewer have none."""
    return array[tuple(slice(1, -1) if n > 2 else slice(None) for n in array.shape)]
