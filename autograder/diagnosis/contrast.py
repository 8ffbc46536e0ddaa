"""What the calls that an answer gets wrong have in common, and the right ones have not."""

from collections.abc import Iterator, Sequence

from autograder.diagnosis.arguments import Facts, Property, facts, properties
from autograder.diagnosis.case import Case

# Calls on each side without which it may be chance that a property tells the wrong calls from the
# right ones: of one argument, and of something less plain.
ENOUGH, ENOUGH_IF_NOT_PLAIN = 2, 3


def contrast(cases: Sequence[Case], names: str) -> str:
    """Return a sentence on which calls are right and which are wrong; empty if there is none.

    `names` says what the arguments are called: see `arguments.py`. The sentence is a fact about
    the calls that were made. It is said if two of them, one right and one wrong, differ in nothing
    else, or if there are enough of both.
    """
    return next(_contrasts(cases, names), "")


def told_apart(sentence: str, cases: Sequence[Case], names: str) -> float:
    """Return for which share of other calls a sentence of `contrast` is true."""
    calls = [facts(names, case.args) for case in cases]
    for each in properties(calls):
        for so, at_right, at_wrong in ((True, each.so, each.not_so), (False, each.not_so, each.so)):
            if sentence.startswith(_sentence(at_right, at_wrong)):
                true = [
                    (each.holds(call) == so) == case.right
                    for call, case in zip(calls, cases, strict=True)
                ]
                return sum(true) / len(true)
    return 0.0


def _contrasts(cases: Sequence[Case], names: str) -> Iterator[str]:
    calls = [facts(names, case.args) for case in cases]
    wrong = [call for call, case in zip(calls, cases, strict=True) if not case.right]
    right = [call for call, case in zip(calls, cases, strict=True) if case.right]
    if not wrong or not right:
        return
    for each in properties(calls):
        in_wrong, in_right = ({each.holds(call) for call in side} for side in (wrong, right))
        if len(in_wrong) > 1 or in_wrong == in_right or len(in_right) > 1:
            continue
        enough = ENOUGH if each.is_plain else ENOUGH_IF_NOT_PLAIN
        if min(len(wrong), len(right)) >= enough or _is_paired(each, wrong, right):
            at_right, at_wrong = each.not_so, each.so
            if in_right == {True}:
                at_right, at_wrong = at_wrong, at_right
            yield _sentence(at_right, at_wrong)


def _sentence(at_right: str, at_wrong: str) -> str:
    return f"Right where {at_right}, wrong where {at_wrong}."


def _is_paired(of: Property, wrong: Sequence[Facts], right: Sequence[Facts]) -> bool:
    """Return whether a wrong and a right call differ in one argument, and the property is of it."""

    def apart(one: Facts, other: Facts) -> set[str]:
        names = one.keys() | other.keys()
        return {name for name in names if one.get(name, ...) != other.get(name, ...)}

    def is_pair(differing: set[str]) -> bool:
        arguments = {name.rstrip("=") for name in differing}  # whether it is given is no other one
        return len(arguments) == 1 and differing <= of.about

    return any(is_pair(apart(one, other)) for one in wrong for other in right)
