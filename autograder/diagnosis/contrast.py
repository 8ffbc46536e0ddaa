"""What the calls that an answer gets wrong have in common, and the right ones have not."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from autograder.diagnosis.arguments import Facts, Property, facts, properties
from autograder.diagnosis.case import Case

# Calls on each side without which it may be chance that a property tells the wrong calls from the
# right ones: of one argument, and of something less plain.
ENOUGH, ENOUGH_IF_NOT_PLAIN = 2, 3


@dataclass(frozen=True)
class _Contrast:
    """A sentence on which calls are right, and the properties that it speaks of."""

    sentence: str
    says_right: Callable[[Facts], bool]
    about: Sequence[Property]


def contrast(cases: Sequence[Case], names: str) -> str:
    """Return a sentence on which calls are right and which are wrong; empty if there is none.

    `names` says what the arguments are called: see `arguments.py`. The sentence is a fact about
    the calls that were made. It is said if two of them, one right and one wrong, differ in nothing
    else, or if there are enough of both.
    """
    calls = [facts(names, case.args) for case in cases]
    wrong = [call for call, case in zip(calls, cases, strict=True) if not case.right]
    right = [call for call, case in zip(calls, cases, strict=True) if case.right]
    if not wrong or not right:
        return ""
    for each in _contrasts(calls, names):
        is_so = all(map(each.says_right, right)) and not any(map(each.says_right, wrong))
        if is_so and _is_enough(each.about, wrong, right):
            return each.sentence
    return ""


def told_apart(sentence: str, cases: Sequence[Case], names: str) -> tuple[float, float]:
    """Return which share of other calls is right, and wrong, of those that a sentence says are.

    The sentence is one of `contrast`.
    """
    calls = [facts(names, case.args) for case in cases]
    for each in _contrasts(calls, names):
        if sentence.startswith(each.sentence):
            told = [(each.says_right(call), case) for call, case in zip(calls, cases, strict=True)]
            return (
                _share([case.right for says_right, case in told if says_right]),
                _share([not case.right for says_right, case in told if not says_right]),
            )
    return 0.0, 0.0


def _share(truths: Sequence[bool]) -> float:
    return sum(truths) / len(truths) if truths else 1.0


def _contrasts(calls: Sequence[Facts], names: str) -> Iterator[_Contrast]:
    """Yield what can be said of such calls, the plainest first."""
    found = list(properties(calls, names))
    for each in found:
        for one in (each, each.turned_round()):
            yield _Contrast(f"Right where {one.so}, wrong where {one.not_so}.", one.holds, [each])
    for one, other in combinations([each for each in found if each.is_plain], 2):
        for first in (one, one.turned_round()):
            for second in (other, other.turned_round()):
                sentence = f"Right where {first.so} or {second.so}, wrong elsewhere."
                yield _Contrast(sentence, first.or_else(second), [one, other])


def _is_enough(about: Sequence[Property], wrong: Sequence[Facts], right: Sequence[Facts]) -> bool:
    if all(_is_paired(each, wrong, right) for each in about):
        return True
    enough = ENOUGH if about[0].is_plain else ENOUGH_IF_NOT_PLAIN
    return len(about) == 1 and min(len(wrong), len(right)) >= enough


def _is_paired(of: Property, wrong: Sequence[Facts], right: Sequence[Facts]) -> bool:
    """Return whether a wrong and a right call differ in one argument, and the property is of it."""

    def apart(one: Facts, other: Facts) -> set[str]:
        names = one.keys() | other.keys()
        return {name for name in names if one.get(name, ...) != other.get(name, ...)}

    def is_pair(differing: set[str]) -> bool:
        arguments = {name.rstrip("=") for name in differing}  # whether it is given is no other one
        return len(arguments) == 1 and differing <= of.about

    return any(is_pair(apart(one, other)) for one in wrong for other in right)
