"""Which argument a wrong result depends on in the wrong way.

Two calls that differ in one argument show what this argument adds, or multiplies by. Where that is
right for some arguments and wrong for others, the mistake is in what is made of the others.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any

from autograder.diagnosis import forms
from autograder.diagnosis.arguments import argument_names, parts
from autograder.diagnosis.case import Case


def changes(cases: Sequence[Case], names: str) -> str:
    """Return a sentence on the arguments that are made right and wrong use of; empty if none.

    `names` says what the arguments are called: see `arguments.py`. Looks at results that are
    numbers.
    """
    right: dict[str, bool] = {}
    for one, other in combinations([case for case in cases if _is_number(case)], 2):
        differing = set(_arguments_apart(one.args, other.args, names))
        if len(differing) == 1 and one.expected != other.expected:
            (name,) = differing
            right[name] = right.get(name, True) and _changes_rightly(one, other)
    well = [f"`{name}`" for name, is_right in right.items() if is_right]
    badly = [f"`{name}`" for name, is_right in right.items() if not is_right]
    if not well or not badly:
        return ""
    return f"Your result changes wrongly with {_listed(badly)}, and rightly with {_listed(well)}."


def _is_number(case: Case) -> bool:
    return (
        case.error is None
        and forms.is_finite(case.expected)
        and forms.is_finite(forms.plain(case.returned))
    )


def _changes_rightly(one: Case, other: Case) -> bool:
    """Return whether the results differ as they must: by as much, or by the same factor."""
    given = forms.plain(one.returned), forms.plain(other.returned)
    tolerance = max(one.tolerance, other.tolerance, forms.SLACK)
    if forms.close(given[0] - given[1], one.expected - other.expected, tolerance):
        return True
    return bool(given[0]) and forms.close(
        given[0] * other.expected, given[1] * one.expected, tolerance
    )


def _arguments_apart(one: Sequence[Any], other: Sequence[Any], names: str) -> Iterator[str]:
    """Yield the names of what two calls differ in: arguments, or parts of lists in them."""
    called, within = argument_names(names), parts(names)
    for place in range(max(len(one), len(other))):
        name = called[place] if place < len(called) else f"argument {place + 1}"
        first, second = (args[place] if place < len(args) else ... for args in (one, other))
        yield from _apart(first, second, name, within.get(name, []))


def _apart(one: Any, other: Any, name: str, within: Sequence[str]) -> Iterator[str]:
    """Yield what two values differ in; `within` names the places of tuples in a list."""
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        for key in one:
            yield from _apart(one[key], other[key], str(key), [])
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for first, second in zip(one, other, strict=True):
            yield from _apart(first, second, name, within)
    elif within and isinstance(one, tuple) and isinstance(other, tuple):
        for part, first, second in zip(within, one, other, strict=False):
            yield from _apart(first, second, part, [])
    elif type(one) is not type(other) or not forms.equal(one, other):
        yield name


def _listed(names: Sequence[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)
