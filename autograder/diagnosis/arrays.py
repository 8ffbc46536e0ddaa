"""Arrays as results: whether one is the expected one, and if not, what is wrong with its form.

Imported where an array was expected or came back, and nowhere before: without NumPy there is none.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.diagnosis import forms

Arr = NDArray[Any]
Mask = NDArray[np.bool_]


def why_not(actual: Any, expected: Arr, tolerance: float) -> str | None:
    """Return why `actual` is not the array `expected`, as the code of a hint; None if it is."""
    numbers = array(actual)
    if isinstance(numbers, str):
        return numbers
    if same_array(numbers, expected, tolerance):
        return None
    if numbers.shape != expected.shape:
        return "wrong-array-shape"
    return "nan" if np.isnan(numbers).any() else "wrong-array"


def array(actual: Any) -> Arr | str:
    """Return an array, a tensor or nested lists of numbers as an array of floats.

    What is none of these: the code of the hint that says so.
    """
    if hasattr(actual, "numpy"):
        actual = actual.numpy()
    try:
        numbers = np.asarray(actual)
    except ValueError:  # rows of different lengths
        return "not-an-array"
    if numbers.dtype.kind == "O":  # fractions, or whole numbers beyond NumPy's
        entries = [forms.plain(entry) for entry in numbers.flat]
        if all(map(forms.is_finite, entries)):
            numbers = np.array(entries, np.float64).reshape(numbers.shape)
    if numbers.dtype.kind not in "biuf":
        if actual is None or actual is Ellipsis or isinstance(actual, str):
            return forms.not_a_number(actual) or "not-an-array"
        return "not-an-array"
    return numbers.astype(np.float64)


def same_array(numbers: Arr, other: Any, tolerance: float) -> bool:
    """Return whether both have one shape, and equal entries within `tolerance` of the largest."""
    if not isinstance(other, np.ndarray) or numbers.shape != other.shape:
        return False
    scale = float(np.abs(other).max(initial=0.0))
    if not np.isfinite(scale):
        return bool(np.array_equal(numbers, other, equal_nan=True))
    return bool(np.allclose(numbers, other, rtol=0.0, atol=tolerance * scale))
