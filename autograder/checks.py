"""The assertions of the exercises: right, or wrong with a hint that names the mistake.

A test cell says what a call must return and which wrong values well-known mistakes give:

    checks.returns(conv_parameters, (5, 3, 8), 608, {"no-bias": [600], "no-channels": [200, 208]})

A wrong answer raises WrongAnswer. Its text shows the call and what came back, then the
hint of the mistake's code (hints.toml). It never shows the expected value.
"""

import copy
import math
import textwrap
import tomllib
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

Arr = NDArray[Any]
# A mistake's code -> the wrong results it leads to, or the types of the exceptions.
Mistakes = Mapping[str, Sequence[Any]]


class WrongAnswer(AssertionError):
    """A failed check: `seen` is what the answer did, `code` names the mistake, `hint` explains it.

    Raises KeyError if hints.toml has no such code.
    """

    def __init__(self, seen: str, code: str) -> None:
        self.code = code
        self.hint = hints()[code]["hint"]
        super().__init__(f"{seen}. {self.hint} [{code}]")

    def _render_traceback_(self) -> list[str]:
        """What IPython shows instead of a traceback through the check: the message alone."""
        return textwrap.wrap(f"Not yet: {self}", width=88, break_on_hyphens=False)


@cache
def hints() -> dict[str, dict[str, str]]:
    """Return every known mistake: code -> {"title": for reports, "hint": for the student}."""
    return tomllib.loads(files("autograder").joinpath("hints.toml").read_text(encoding="utf-8"))


def returns(
    function: Callable[..., Any],
    args: tuple[Any, ...],
    expected: Any,
    mistakes: Mistakes | None = None,
    *,
    tolerance: float = 0.0,
) -> None:
    """Check that `function(*args)` returns `expected`.

    `expected` is an int, a float, a tuple of ints or an array, and decides what counts as
    equal: see `value`. The first of the `mistakes` that leads to the result gives the hint. The
    function works on copies of `args`. Raises WrongAnswer.
    """
    call = f"{function.__name__}({', '.join(_show(arg) for arg in args)})"
    mistakes = mistakes or {}
    try:
        result = function(*copy.deepcopy(args))
    except NotImplementedError:
        raise WrongAnswer(f"{call} has no answer yet", "not-answered") from None
    except Exception as error:
        seen = f"{call} stopped with {type(error).__name__}: {error}".rstrip(".")
        for code, kinds in mistakes.items():
            if any(isinstance(kind, type) and isinstance(error, kind) for kind in kinds):
                raise WrongAnswer(seen, code) from error
        raise WrongAnswer(seen, "raises") from error
    _compare(f"{call} returned {_show(result)}", result, expected, mistakes, tolerance)


def value(
    name: str,
    actual: Any,
    expected: Any,
    mistakes: Mistakes | None = None,
    *,
    tolerance: float = 0.0,
) -> None:
    """Check that the variable `name` holds `expected`.

    By the type of `expected`: an int wants a whole number (Python's, NumPy's, TensorFlow's;
    not 3.0, not True); a float wants a number within the relative `tolerance`; a tuple of
    ints wants a tuple, list or shape of as many whole numbers; an array wants an array,
    tensor or nested list of its shape, each entry within `tolerance` times the largest
    magnitude in `expected`. Raises WrongAnswer.
    """
    _compare(f"{name} is {_show(actual)}", actual, expected, mistakes or {}, tolerance)


def whole_numbers(name: str, actual: Any, count: int) -> tuple[int, ...]:
    """Return `actual` as a tuple of `count` ints, or raise WrongAnswer that says why it is not."""
    return _tuple_of_ints(f"{name} is {_show(actual)}", _row(_plain(actual)), count)


def fail(seen: str, code: str) -> None:
    """Raise WrongAnswer: for exercises whose check is more than a comparison."""
    raise WrongAnswer(seen, code)


def _compare(seen: str, actual: Any, expected: Any, mistakes: Mistakes, tolerance: float) -> None:
    if isinstance(expected, np.ndarray):
        _compare_arrays(seen, actual, expected, mistakes, tolerance)
        return
    actual = _plain(actual)
    if isinstance(expected, tuple):
        actual = _row(actual)
        if actual != expected:
            for code, results in mistakes.items():
                if actual in results:
                    raise WrongAnswer(seen, code)
        if _tuple_of_ints(seen, actual, len(expected)) != expected:
            raise WrongAnswer(seen, "wrong-shape")
        return
    number = _number(seen, actual)
    if not _close(number, expected, tolerance):
        for code, results in mistakes.items():
            numbers = [wrong for wrong in results if isinstance(wrong, int | float)]
            if any(_close(number, wrong, max(tolerance, 1e-9)) for wrong in numbers):
                raise WrongAnswer(seen, code)
        raise WrongAnswer(seen, "too-small" if number < expected else "too-large")
    if isinstance(expected, int) and not isinstance(number, int):
        raise WrongAnswer(seen, "float-not-integer")


def _compare_arrays(
    seen: str, actual: Any, expected: Arr, mistakes: Mistakes, tolerance: float
) -> None:
    array = _array(seen, actual)
    if not _same_array(array, expected, tolerance):
        for code, results in mistakes.items():
            if any(_same_array(array, wrong, max(tolerance, 1e-9)) for wrong in results):
                raise WrongAnswer(seen, code)
        if array.shape != expected.shape:
            raise WrongAnswer(seen, "wrong-array-shape")
        raise WrongAnswer(seen, "nan" if np.isnan(array).any() else "wrong-array")


def _array(seen: str, actual: Any) -> Arr:
    """Return an array, a tensor or nested lists of numbers as an array of floats."""
    if hasattr(actual, "numpy"):
        actual = actual.numpy()
    try:
        array = np.asarray(actual)
    except ValueError:  # rows of different lengths
        raise WrongAnswer(seen, "not-an-array") from None
    if array.dtype.kind not in "biuf":
        if actual is None or actual is Ellipsis or isinstance(actual, str):
            _number(seen, actual)  # these have hints of their own
        raise WrongAnswer(seen, "not-an-array")
    return array.astype(np.float64)


def _same_array(array: Arr, other: Any, tolerance: float) -> bool:
    if not isinstance(other, np.ndarray) or array.shape != other.shape:
        return False
    scale = float(np.abs(other).max(initial=0.0))
    return bool(np.allclose(array, other, rtol=0.0, atol=tolerance * scale))


def _close(number: int | float, other: int | float, tolerance: float) -> bool:
    if not tolerance or (isinstance(number, int) and isinstance(other, int)):
        return number == other  # exact, however large
    try:
        return math.isclose(number, other, rel_tol=tolerance)
    except OverflowError:  # an int beyond every float
        return False


def _number(seen: str, actual: Any) -> int | float:
    """Return a plain value as a number, or say what it is instead."""
    if actual is None:
        raise WrongAnswer(seen, "missing-return")
    if actual is Ellipsis:
        raise WrongAnswer(seen, "not-answered")
    if isinstance(actual, str):
        raise WrongAnswer(seen, "text-not-number")
    if isinstance(actual, bool):
        raise WrongAnswer(seen, "bool-not-number")
    if isinstance(actual, np.ndarray) and actual.size == 1:
        raise WrongAnswer(seen, "one-element-array")
    if not isinstance(actual, int | float):
        raise WrongAnswer(seen, "not-a-number")
    if isinstance(actual, float) and math.isnan(actual):
        raise WrongAnswer(seen, "nan")
    return actual


def _tuple_of_ints(seen: str, actual: Any, count: int) -> tuple[int, ...]:
    if not isinstance(actual, tuple):
        if actual is None or actual is Ellipsis or isinstance(actual, str | int | float):
            _number(seen, actual)  # None, text and the like have hints of their own
        raise WrongAnswer(seen, "not-a-tuple")
    if len(actual) != count:
        raise WrongAnswer(seen, "wrong-length")
    for entry in actual:
        if not isinstance(_number(seen, entry), int):
            raise WrongAnswer(seen, "float-not-integer")
    return actual


def _plain(value: Any) -> Any:
    """Turn NumPy scalars, tensors, lists, ranges and shapes into what Python itself would use."""
    if type(value).__module__.startswith("tensorflow") and hasattr(value, "as_list"):
        value = value.as_list()  # a TensorShape
    if hasattr(value, "numpy"):  # a tensor
        value = value.numpy()
    if isinstance(value, np.generic) or (isinstance(value, np.ndarray) and value.ndim == 0):
        return value.item()
    if type(value) in (list, tuple, range):
        return tuple(_plain(entry) for entry in value)
    return value


def _row(value: Any) -> Any:
    """Turn an array into tuples; leave the rest."""
    return _plain(value.tolist()) if isinstance(value, np.ndarray) else value


def _show(value: Any) -> str:
    """Return `value` as a student would write it, shortened: 2700 -> "2,700"."""
    if (isinstance(value, np.ndarray) or hasattr(value, "numpy")) and len(value.shape) > 0:
        return f"an array of shape {tuple(value.shape)}"
    plain = _plain(value)
    if isinstance(plain, int | float) and not isinstance(plain, bool):
        return (
            f"{plain:,}" if type(value) in (int, float) else f"{plain:,} ({type(value).__name__})"
        )
    if type(value) is list:
        return _shorten("[" + ", ".join(_show(entry) for entry in value) + "]")
    return _shorten(repr(value))


def _shorten(text: str, width: int = 200) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"
