"""Whether a result is the expected one, and if not, what is wrong with its form.

What is expected decides what counts as equal; see `checks.value` for the rules.
"""

import math
import sys
from typing import Any

# Codes that say only how a result compares with the right one: whatever is found replaces them.
GENERIC = ("too-small", "too-large", "wrong-shape", "wrong-array", "wrong-array-shape", "nan")
SLACK = 1e-9  # wrong results are compared within this share, if the right one must be exact


def why_not(actual: Any, expected: Any, tolerance: float) -> str | None:
    """Return why `actual` is not `expected`, as the code of a hint; None if it is.

    `tolerance` is relative, and has no units.
    """
    if is_array(expected):
        from autograder.diagnosis import arrays

        return arrays.why_not(actual, expected, tolerance)
    if isinstance(expected, tuple):
        return _why_not_tuple(row(plain(actual)), expected)
    return _why_not_number(plain(actual), expected, tolerance)


def same(actual: Any, other: Any, expected: Any, tolerance: float) -> bool:
    """Return whether `actual` is the wrong result `other`, where `expected` would be right."""
    if is_array(expected):
        from autograder.diagnosis import arrays

        numbers = arrays.array(actual)
        slack = max(tolerance, SLACK)
        return not isinstance(numbers, str) and arrays.same_array(numbers, other, slack)
    if isinstance(expected, tuple):
        given = row(plain(actual))
        return _is_plain(given) and bool(given == other)
    actual, other = plain(actual), plain(other)
    if not isinstance(other, int | float) or not_a_number(actual):
        return False
    return close(actual, other, max(tolerance, SLACK))


def _why_not_number(actual: Any, expected: int | float, tolerance: float) -> str | None:
    form = not_a_number(actual)
    if form:
        return form
    if not close(actual, expected, tolerance):
        return "too-small" if actual < expected else "too-large"
    if isinstance(expected, int) and not isinstance(actual, int):
        return "float-not-integer"
    return None


def _why_not_tuple(actual: Any, expected: tuple[Any, ...]) -> str | None:
    form = not_whole_numbers(actual, len(expected))
    return form or (None if actual == expected else "wrong-shape")


def not_whole_numbers(actual: Any, count: int) -> str | None:
    """Return why `actual` is not a tuple of `count` ints, as the code of a hint; None if it is."""
    if not isinstance(actual, tuple):
        if actual is None or actual is Ellipsis or isinstance(actual, str | int | float):
            form = not_a_number(actual)  # None, text and the like have hints of their own
            if form:
                return form
        return "not-a-tuple"
    if len(actual) != count:
        return "wrong-length"
    for entry in actual:
        form = not_a_number(entry)
        if form:
            return form
        if not isinstance(entry, int):
            return "float-not-integer"
    return None


def not_a_number(actual: Any) -> str | None:
    """Return what a plain value is instead of a number, as the code of a hint."""
    if actual is None:
        return "missing-return"
    if actual is Ellipsis:
        return "not-answered"
    if isinstance(actual, str):
        return "text-not-number"
    if isinstance(actual, bool):
        return "bool-not-number"
    if is_array(actual) and actual.size == 1:
        return "one-element-array"
    if not isinstance(actual, int | float):
        return "not-a-number"
    return "nan" if isinstance(actual, float) and math.isnan(actual) else None


def close(number: int | float, other: int | float, tolerance: float) -> bool:
    """Return whether two numbers are equal within a relative tolerance; ints must be the same."""
    if not tolerance or (isinstance(number, int) and isinstance(other, int)):
        return number == other  # exact, however large
    try:
        return math.isclose(number, other, rel_tol=tolerance)
    except OverflowError:  # an int beyond every float
        return False


def settled(value: Any) -> Any:
    """Return a result in a form that stays the same: of a tensor, the array that it holds.

    An object of an answer's own may say that it is a tensor, of other numbers each time.
    """
    if hasattr(value, "numpy"):
        return settled(value.numpy())
    return type(value)(map(settled, value)) if type(value) in (list, tuple) else value


def plain(value: Any) -> Any:
    """Turn other numbers, tensors, lists, ranges and shapes into what Python itself would use."""
    if type(value).__name__ == "TensorShape" and hasattr(value, "as_list"):
        value = value.as_list()
    if hasattr(value, "numpy"):  # a tensor
        value = value.numpy()
    if _is_of_numpy(value, "generic") or (is_array(value) and value.ndim == 0):
        return value.item()
    if type(value) in (list, tuple, range):
        return tuple(plain(entry) for entry in value)
    return _nearest(value) if _is_exact(value) else value


def _nearest(value: Any) -> Any:
    """Return the int or the float that a fraction or a decimal number is, if there is one."""
    if getattr(value, "denominator", None) == 1:
        return value.numerator
    try:
        return float(value)
    except (OverflowError, ValueError):  # beyond every float; a NaN that tells
        return value


def _is_exact(value: Any) -> bool:
    """Return whether a value is a Fraction or a Decimal: without their modules there are none."""
    return any(
        module in sys.modules and type(value) is getattr(sys.modules[module], name)
        for module, name in (("fractions", "Fraction"), ("decimal", "Decimal"))
    )


def _is_plain(value: Any) -> bool:
    """Return whether a value holds nothing but numbers and text: other objects may not compare."""
    if type(value) is tuple:
        return all(map(_is_plain, value))
    return value is None or type(value) in (bool, int, float, str)


def is_finite(value: Any) -> bool:
    """Return whether a value is a number of Python's own that can be calculated with as a float."""
    try:
        return type(value) in (int, float) and math.isfinite(value)
    except OverflowError:  # a whole number beyond every float
        return False


def row(value: Any) -> Any:
    """Turn an array into tuples; leave the rest."""
    return plain(value.tolist()) if is_array(value) else value


def equal(one: Any, other: Any) -> bool:
    """Return whether two arguments or results are equal: arrays and sequences entry by entry."""
    if is_array(one) or is_array(other):
        import numpy as np

        return bool(np.array_equal(one, other))
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(equal, one, other))
    return bool(one == other)


def is_array(value: Any) -> bool:
    """Return whether a value is an array of NumPy's."""
    return _is_of_numpy(value, "ndarray")


def _is_of_numpy(value: Any, name: str) -> bool:
    """Return whether a value is of this class of NumPy's, which has none before it is imported."""
    numpy = sys.modules.get("numpy")
    return numpy is not None and isinstance(value, getattr(numpy, name))
