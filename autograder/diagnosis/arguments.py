"""What arguments have in common: properties that calls can be told apart by.

A test says what its function's arguments are called, and what the axes of an array are, or the
entries of each tuple in a list:

    "image[height width channels] kernel filters* stride layers[kernel stride]"

A star stands behind a number that the result is proportional to (`probes.py`); `stride=1` says what
an argument is if it is left out.
The properties are read off each call's arguments. None of them holds a number but 0, 1 and 2, so
that a sentence about hidden calls does not give their arguments away. Texts stand in quotes: of
hidden calls no sentence with one is shown (`results/hint_wording.py`).
"""

import ast
import inspect
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

from autograder.diagnosis import forms

_NAME = re.compile(r"(\w+)(\*?)(?:\[([\w ]*)\])?(?:=(\S+))?")
_SHORT = re.compile(r"[\w-]{1,16}")  # a text that can stand in a sentence
Facts = Mapping[str, Any]


@dataclass(frozen=True)
class Property:
    """Something that is so of some calls: "`stride` is 1", and in other words where it is not."""

    so: str
    not_so: str
    holds: Callable[[Facts], bool]
    about: frozenset[str]  # the names of the facts that it is about
    is_plain: bool = True  # of one argument alone, and easily thought of

    def turned_round(self) -> "Property":
        """Return the property that it is not so."""
        not_so, so = self.so, self.not_so
        return replace(self, so=so, not_so=not_so, holds=lambda call: not self.holds(call))

    def or_else(self, other: "Property") -> Callable[[Facts], bool]:
        """Return what tells whether one of the two is so."""
        return lambda call: self.holds(call) or other.holds(call)


def argument_names(names: str) -> list[str]:
    """Return what the arguments are called, in order."""
    return [name for name, _, _, _ in _NAME.findall(names)]


def parts(names: str) -> dict[str, list[str]]:
    """Return what the axes of arguments are called, or the entries of the tuples in a list."""
    return {name: axes.split() for name, _, axes, _ in _NAME.findall(names)}


def starred(names: str) -> list[str]:
    """Return the arguments that the result is proportional to."""
    return [name for name, star, _, _ in _NAME.findall(names) if star]


def facts(names: str, args: Sequence[Any]) -> dict[str, Any]:
    """Return what is known of a call's arguments, by name; arrays by axis, lists as `len(name)`.

    `names` has the form that stands above. An argument that is left out is not there.
    """
    found: dict[str, Any] = {}
    for place, (name, _, axes, default) in enumerate(_NAME.findall(names)):
        if place >= len(args) and not default:
            continue
        value = args[place] if place < len(args) else ast.literal_eval(default)
        if default:
            found[f"{name}="] = place < len(args)
        if forms.is_array(value):
            found |= dict(zip(axes.split(), map(int, value.shape), strict=False))
            negative = value.dtype.kind in "if" and bool((value < 0).any())
            found[f"{name} has negative entries"] = negative
        elif isinstance(value, bool | int | float | str) or value is None:
            found[name] = value
        elif inspect.isfunction(value):
            found[name] = value.__name__
        elif isinstance(value, tuple) and len(value) == 2:
            found[f"{name} is a pair"] = True
        elif isinstance(value, list | tuple):
            found[f"len({name})"] = len(value)
    return found


def properties(calls: Sequence[Facts], text: str) -> Iterator[Property]:
    """Yield what can be said of calls with these facts, the plainest first.

    `text` has the form that stands above: lengths are compared with others of the same array.
    """
    names = list(dict.fromkeys(name for call in calls for name in call))
    for name in sorted(names, key=lambda name: name.endswith("=")):
        yield from _of_one(name, calls)
    numbers = [
        name for name in names if all(type(call.get(name)) in (int, float) for call in calls)
    ]
    counts = {name for name in numbers if all(type(call[name]) is int for call in calls)}
    for name in numbers:
        yield from _of_number(name)
        if name in counts:
            yield _is_even(name)
    arrays = {axis: name for name, axes in parts(text).items() for axis in axes}
    for first, second in combinations([n for n in numbers if not n.startswith("len(")], 2):
        if arrays.get(first) != arrays.get(second):
            continue
        yield from _compared(first, second)
        if {first, second} <= counts:
            yield from _divided(first, second)


def _of_one(name: str, calls: Sequence[Facts]) -> Iterator[Property]:
    about = frozenset([name, f"{name}="])
    if name.endswith("="):
        so, not_so = f"`{name[:-1]}` is given", f"`{name[:-1]}` is left out"
        yield Property(so, not_so, lambda call: bool(call[name]), about)
        return
    if " " in name:  # a sentence already
        argument, verb, rest = name.split(" ", 2)
        so, not_so = f"`{argument}` {verb} {rest}", f"`{argument}` {verb} no {rest}"
        plain = verb == "is"  # an array of random numbers has negative ones by chance
        not_so = not_so.replace("no a ", "no ")
        yield Property(so, not_so, lambda call: bool(call.get(name)), about, plain)
        return
    shown = _shown(name)
    told = dict.fromkeys(call[name] for call in calls if _can_be_told(call.get(name, ...)))
    # Mistakes vanish where a number is 0 or 1 rather than where it is 2.
    for value in sorted(told, key=lambda value: value if type(value) is int else 0):

        def holds(call: Facts, value: Any = value) -> bool:
            return name in call and type(call[name]) is type(value) and call[name] == value

        only_truth_values = all(type(call.get(name)) is bool for call in calls)
        other = _show(not value) if only_truth_values else f"not {_show(value)}"
        yield Property(f"{shown} is {_show(value)}", f"{shown} is {other}", holds, about)


def _of_number(name: str) -> Iterator[Property]:
    shown, about = _shown(name), frozenset([name])
    yield Property(
        f"{shown} is negative", f"{shown} is not negative", lambda call: call[name] < 0, about
    )
    yield Property(
        f"{shown} is more than 1", f"{shown} is not more than 1", lambda call: call[name] > 1, about
    )


def _is_even(name: str) -> Property:
    so, not_so = f"{_shown(name)} is even", f"{_shown(name)} is odd"
    return Property(so, not_so, lambda call: call[name] % 2 == 0, frozenset([name]), False)


def _compared(first: str, second: str) -> Iterator[Property]:
    one, other, about = _shown(first), _shown(second), frozenset([first, second])
    relations: Sequence[tuple[str, str, Callable[[Facts], bool]]] = (
        (
            f"{one} and {other} are equal",
            f"{one} and {other} differ",
            lambda call: bool(call[first] == call[second]),
        ),
        (
            f"{one} is less than {other}",
            f"{one} is not less than {other}",
            lambda call: bool(call[first] < call[second]),
        ),
        (
            f"{one} is more than {other}",
            f"{one} is not more than {other}",
            lambda call: bool(call[first] > call[second]),
        ),
    )
    for so, not_so, holds in relations:
        yield Property(so, not_so, holds, about, is_plain=False)


def _divided(first: str, second: str) -> Iterator[Property]:
    """Yield whether one of two whole numbers divides the other: by chance, it often does.

    So it is said to be about neither, and a single pair of calls does not show it.
    """
    one, other, about = _shown(first), _shown(second), frozenset[str]()
    relations: Sequence[tuple[str, str, Callable[[Facts], bool]]] = (
        (
            f"{other} divides {one}",
            f"{other} does not divide {one}",
            lambda call: bool(call[second]) and call[first] % call[second] == 0,
        ),
        (
            f"{one} divides {other}",
            f"{one} does not divide {other}",
            lambda call: bool(call[first]) and call[second] % call[first] == 0,
        ),
    )
    for so, not_so, holds in relations:
        yield Property(so, not_so, holds, about, is_plain=False)


def _can_be_told(value: Any) -> bool:
    if isinstance(value, str):
        return _SHORT.fullmatch(value) is not None
    return value is None or isinstance(value, bool) or (type(value) is int and 0 <= value <= 2)


def _show(value: Any) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)


def _shown(name: str) -> str:
    return name if name.startswith("len(") else f"`{name}`"
