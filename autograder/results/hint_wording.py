"""What a student is told of a test without points: the hint, and nothing of a hidden test's values.

The hints themselves stand in `hints.toml`, here and in the course's folder.
"""

import builtins
from typing import Final

from autograder.checks import hints
from autograder.results.verdict import NOT_ANSWERED, Exercise, Verdict
from autograder.task import Cut

CUT_SHORT: Final[dict[Cut, str]] = {
    "timeout": "ran too long and was stopped",
    "died": "ended the kernel",
    "out-of-memory": "took more memory than allowed",
    "output-limit": "wrote more output than allowed",
}
"""What a cell did whose run was cut short: the end of a sentence."""
_RAISES = "raises"  # the check's hint for any error, which says less than the error itself
_ONLY_AFTER_HIDDEN = (
    "This check passes by itself and fails after checks that are not shown. Does your code keep "
    "something from one call to the next, or change what it was given?"
)


def for_student(verdict: Verdict) -> str:
    """Return why a test gave no points, in words its student may read; empty if it passed.

    Of a hidden test only the hint is told, or the kind of error and the line of the student's
    own code that raised it: never the test's values. Of a visible test that came after a hidden
    one, what it says where there is none.
    """
    if verdict.passed:
        return ""
    if verdict.code == NOT_ANSWERED:
        return "Not answered yet."
    line = f", in your line `{verdict.own_line}`" if verdict.own_line else ""
    if not verdict.hidden:
        if verdict.apart is not None:
            return verdict.apart or _ONLY_AFTER_HIDDEN
        return f"{verdict.message} It stops{line.removeprefix(',')}." if line else verdict.message
    hint = f" {hints()[verdict.code]['hint']} [{verdict.code}]" if verdict.code in hints() else ""
    if hint and not verdict.own_error:
        # A text among the arguments of a hidden call may be what the check keeps to itself.
        where = f" {verdict.where}" if verdict.where and '"' not in verdict.where else ""
        return f"A check that is not shown fails.{where}{hint}"
    name = verdict.own_error or known_exception(verdict.ename)
    more = "" if verdict.code == _RAISES else hint
    return f"In a check that is not shown, your code stops with {name}{line}.{more}"


def public(name: str) -> str:
    """Return an exception's name as every Python has it."""
    # From 3.13 on, what is not complete stops with a kind of SyntaxError of a private name.
    return "SyntaxError" if name == "_IncompleteInputError" else name


def known_exception(name: str) -> str:
    """Return the name of one of Python's own exceptions; any other could carry a message."""
    name = public(name)
    found = getattr(builtins, name, None)
    is_one = isinstance(found, type) and issubclass(found, BaseException)
    return name if is_one else "an error"


def exercise_for_student(exercise: Exercise) -> str:
    """Return what `for_student` says of the first test without all points; empty if all passed."""
    return next((for_student(each) for each in exercise.verdicts if not each.passed), "")
