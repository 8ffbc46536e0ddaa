"""How wrong results differ from the right ones: turned, scaled, shifted, wrong in one place only.

What is found is said without a value of the right result. It must be so of every wrong call that
has a result, and of two at least where a single one could be so by chance.
"""

from collections.abc import Sequence

from autograder.diagnosis import forms, wrong_numbers, wrong_tuples
from autograder.diagnosis.case import Case
from autograder.diagnosis.finding import Finding


def structure(cases: Sequence[Case], names: str, axes: Sequence[str]) -> Finding | None:
    """Return what the wrong results have in common; None if nothing is found.

    `names` says what the arguments are called, `axes` what the axes of a result are: see
    `arguments.py`.
    """
    wrong = [case for case in cases if not case.right and case.error is None]
    if not wrong:
        return None
    expected = wrong[0].expected
    if forms.is_array(expected):
        import numpy as np

        from autograder.diagnosis import wrong_arrays

        with np.errstate(
            divide="ignore", over="ignore", invalid="ignore"
        ):  # a square may be too large for any float
            return wrong_arrays.finding(wrong, axes)
    if isinstance(expected, tuple):
        return wrong_tuples.finding(wrong, len(cases))
    return wrong_numbers.finding(wrong, cases, names)
