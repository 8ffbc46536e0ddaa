"""How wrong tuples of whole numbers differ from the right ones."""

from collections.abc import Sequence

from autograder.diagnosis import forms
from autograder.diagnosis.case import Case
from autograder.diagnosis.finding import Finding

FEWEST = 2  # wrong calls, for what one could show by chance
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")


def finding(wrong: Sequence[Case], tried: int) -> Finding | None:
    """Return what wrong tuples have in common, of `tried` calls; None if nothing is found."""
    pairs = [(forms.row(forms.plain(case.returned)), case.expected) for case in wrong]
    if any(forms.not_whole_numbers(actual, len(expected)) for actual, expected in pairs):
        return None
    if len(pairs) == tried > FEWEST and len({actual for actual, _ in pairs}) == 1:
        return Finding("always-the-same")
    if all(actual[::-1] == expected for actual, expected in pairs):
        return Finding("entries-exchanged", "The order is turned round.")
    if all(sorted(actual) == sorted(expected) for actual, expected in pairs):
        return Finding("entries-exchanged")
    differences = {
        tuple(one - other for one, other in zip(actual, expected, strict=True))
        for actual, expected in pairs
    }
    where = _places(
        [place for place, each in enumerate(zip(*differences, strict=True)) if any(each)], pairs
    )
    if len(pairs) >= FEWEST and len(differences) == 1:
        (difference,) = differences
        if set(difference) <= {0, 1}:
            return Finding("one-too-many", where)
        if set(difference) <= {0, -1}:
            return Finding("one-too-few", where)
    return Finding(None, where) if where and tried > FEWEST else None


def _places(off: Sequence[int], pairs: Sequence[tuple[tuple[int, ...], tuple[int, ...]]]) -> str:
    """Return a sentence on which entries are wrong; empty if all are."""
    width = len(pairs[0][1])
    if len(off) == width or width > len(_ORDINALS):
        return ""
    named = " and ".join(_ORDINALS[place] for place in off)
    wrong = f"The {named} entry is wrong" if len(off) == 1 else f"The {named} entries are wrong"
    return f"{wrong}, {'the other is' if width - len(off) == 1 else 'the others are'} right."
