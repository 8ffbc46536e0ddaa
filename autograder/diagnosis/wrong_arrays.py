"""How wrong arrays differ from the right ones."""

from collections.abc import Callable, Sequence
from itertools import permutations

import numpy as np

from autograder.diagnosis import arrays
from autograder.diagnosis.arrays import Arr
from autograder.diagnosis.case import Case
from autograder.diagnosis.finding import Finding, axis_name
from autograder.diagnosis.right_parts import right_part
from autograder.diagnosis.wrong_places import inside, where, which_values
from autograder.diagnosis.wrong_shapes import finding as finding_of_shapes

ENOUGH = 4  # entries, for what fewer could show by chance
TOLERANCE = 1e-6  # at least, relative to the largest entry
Pairs = Sequence[tuple[Arr, Arr]]  # what the answer gave, and what it must give

_CHANGES: Sequence[tuple[str, Callable[[Arr], Arr]]] = (
    ("sign-turned", lambda right: -right),
    ("negatives-lost", lambda right: np.maximum(right, 0)),
    ("negatives-lost", np.abs),
    ("rounded-result", np.trunc),
    ("rounded-result", np.rint),
    ("rounded-result", lambda right: np.round(right, 1)),
    ("rounded-result", lambda right: np.round(right, 2)),
    ("rounded-result", lambda right: np.round(right, 3)),
    ("saturated", lambda right: np.clip(right, 0, 1)),
    ("saturated", lambda right: np.clip(right, 0, 255)),
    ("wrapped-at-256", lambda right: np.mod(np.trunc(right), 256)),
    ("squared-result", np.square),
)


def finding(wrong: Sequence[Case], axes: Sequence[str]) -> Finding | None:
    """Return what wrong arrays have in common; None if nothing is found.

    `axes` are the names of the axes of a result.
    """
    pairs: list[tuple[Arr, Arr]] = []
    for case in wrong:
        actual = arrays.array(case.returned)
        if isinstance(actual, str):
            return None
        pairs.append((actual, case.expected.astype(np.float64)))
    tolerance = max(TOLERANCE, *(case.tolerance for case in wrong))
    if any(actual.shape != expected.shape for actual, expected in pairs):
        return _turned(pairs, tolerance) or finding_of_shapes(pairs, axes)
    if all(_is_argument(actual, case) for (actual, _), case in zip(pairs, wrong, strict=True)):
        return Finding("given-back")
    if all(not actual.any() for actual, _ in pairs):
        return Finding("all-zero")
    if all(_has_nan_at_border_only(actual) for actual, _ in pairs):
        return Finding("nan-at-the-border")
    for code, change in _CHANGES:
        if _are(pairs, change, tolerance):
            return Finding(code)
    is_enough = max(expected.size for _, expected in pairs) >= ENOUGH
    if is_enough and all(_is_scaled(actual, expected, tolerance) for actual, expected in pairs):
        return Finding("constant-factor")
    if is_enough and all(_is_offset(actual, expected, tolerance) for actual, expected in pairs):
        return Finding("constant-offset")
    found = _moved(pairs, axes, tolerance) or _turned(pairs, tolerance)
    if found:
        return found
    said = (
        where(pairs, axes, tolerance)
        or right_part(pairs, axes, tolerance)
        or which_values(pairs, tolerance)
    )
    return Finding(None, said) if said else None


def _are(pairs: Pairs, change: Callable[[Arr], Arr], tolerance: float) -> bool:
    """Return whether what the answer gave is what must be given, changed in this way."""
    changed = [change(expected) for _, expected in pairs]
    return max(expected.size for _, expected in pairs) >= ENOUGH and all(
        arrays.same_array(actual, other, tolerance)
        for (actual, _), other in zip(pairs, changed, strict=True)
    )


def _is_argument(actual: Arr, case: Case) -> bool:
    return actual.size >= ENOUGH and any(
        isinstance(arg, np.ndarray)
        and arg.dtype.kind in "biuf"
        and arrays.same_array(actual, arg.astype(np.float64), TOLERANCE)
        for arg in case.args
    )


def _has_nan_at_border_only(actual: Arr) -> bool:
    return bool(np.isnan(actual).any()) and not np.isnan(inside(actual)).any()


def _is_scaled(actual: Arr, expected: Arr, tolerance: float) -> bool:
    if not expected.any():
        return False
    largest = int(np.abs(expected).argmax())
    factor = float(actual.flat[largest] / expected.flat[largest])
    return bool(np.isfinite(factor) and factor) and arrays.same_array(
        actual, expected * factor, tolerance
    )


def _is_offset(actual: Arr, expected: Arr, tolerance: float) -> bool:
    offset = float(np.median(actual - expected))
    return bool(np.isfinite(offset)) and arrays.same_array(actual, expected + offset, tolerance)


def _moved(pairs: Pairs, axes: Sequence[str], tolerance: float) -> Finding | None:
    """Return whether the arrays run the other way along an axis, or are moved along it by one."""
    for axis in range(min(expected.ndim for _, expected in pairs)):
        name = axis_name(axis, axes)
        if all(
            arrays.same_array(actual, np.flip(expected, axis), tolerance)
            for actual, expected in pairs
        ):
            return Finding("turned-round", f"It is {name} that runs the other way.")
        for step in (1, -1):
            if all(
                _is_shifted(actual, expected, step, axis, tolerance) for actual, expected in pairs
            ):
                return Finding("shifted-by-one", f"It is shifted along {name}.")
    return None


def _is_shifted(actual: Arr, expected: Arr, step: int, axis: int, tolerance: float) -> bool:
    """Return whether `actual` is `expected` moved by one, whatever came in at the end."""
    if expected.shape[axis] < 3:
        return False
    count = range(expected.shape[axis] - 1)
    later, earlier = np.array(count) + 1, np.array(count)
    there, here = (later, earlier) if step > 0 else (earlier, later)
    moved, still = actual.take(there, axis), expected.take(here, axis)
    return moved.size >= ENOUGH and bool(still.any()) and arrays.same_array(moved, still, tolerance)


def _turned(pairs: Pairs, tolerance: float) -> Finding | None:
    """Return whether the arrays have the right values, with their axes in another order."""
    dimensions = {expected.ndim for _, expected in pairs}
    if len(dimensions) > 1:
        return None
    for order in list(permutations(range(dimensions.pop())))[1:]:
        if all(
            arrays.same_array(actual, expected.transpose(order), tolerance)
            for actual, expected in pairs
        ):
            return Finding("turned-axes")
    return None
