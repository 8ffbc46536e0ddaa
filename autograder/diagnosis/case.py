"""One call of an answer: what it was given, what it must give, and what it gave."""

import copy
import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from autograder.diagnosis import forms

# A mistake's code -> the wrong results it leads to, or the types of the exceptions.
Mistakes = Mapping[str, Sequence[Any]]
# A mistake's code -> the exercise's function with that mistake in it; or several such functions.
Models = Mapping[str, Callable[..., Any] | Sequence[Callable[..., Any]]]


@dataclass(frozen=True)
class Case:
    """One call of an answer, after it was made."""

    args: tuple[Any, ...]
    expected: Any
    tolerance: float
    mistakes: Mistakes
    shown: str  # what the student reads: the call, and what came of it
    returned: Any = None
    error: Exception | None = None
    code: str | None = None  # of the hint that the call by itself suggests; None: it is right

    @property
    def right(self) -> bool:
        """Whether the answer gave what it must."""
        return self.code is None

    def gave(self, wrong: Any) -> bool:
        """Return whether the answer gave this wrong result, or an exception of this type."""
        if isinstance(wrong, type):
            return self.error is not None and isinstance(self.error, wrong)
        if self.error is not None or wrong is None:
            return False
        return forms.same(self.returned, wrong, self.expected, self.tolerance)

    def tells_apart(self, wrong: Any) -> bool:
        """Return whether this wrong result differs from the right one."""
        if isinstance(wrong, type):
            return True
        return forms.why_not(wrong, self.expected, max(self.tolerance, forms.SLACK)) is not None


def result_of(model: Callable[..., Any], case: Case) -> Any:
    """Return what a model gives for a call: a result, or the type of its exception.

    It works on copies of the arguments. None if it says nothing of such a call: it returns None,
    or takes other arguments.
    """
    try:
        inspect.signature(model).bind(*case.args)
    except TypeError:
        return None
    try:
        given = forms.row(forms.plain(model(*copy.deepcopy(case.args))))
    except Exception as error:
        return type(error)
    if isinstance(given, tuple) and forms.is_array(case.expected):
        import numpy as np

        return np.asarray(given, dtype="float64")
    return given
