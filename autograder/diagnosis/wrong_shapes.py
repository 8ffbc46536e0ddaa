"""How the shapes of wrong arrays differ from the right ones."""

from collections.abc import Sequence

from autograder.diagnosis.arrays import Arr
from autograder.diagnosis.finding import Finding, axis_name


def finding(pairs: Sequence[tuple[Arr, Arr]], axes: Sequence[str]) -> Finding | None:
    """Return what wrong shapes have in common; None if nothing is found.

    `pairs` are what the answer gave and what it must give, `axes` the names of the axes.
    """
    shapes = [(actual.shape, expected.shape) for actual, expected in pairs]
    more = [len(actual) - len(expected) for actual, expected in shapes]
    if all(
        count == 1 and _has_one_too_many(*both) for count, both in zip(more, shapes, strict=True)
    ):
        return Finding("wrong-array-shape", "There is an axis of length 1 too many.")
    if min(more) > 0:
        return Finding("wrong-array-shape", "There are too many axes.")
    if max(more) < 0:
        return Finding("wrong-array-shape", "There are too few axes.")
    if any(more):
        return None
    said = []
    off = [[a - e for a, e in zip(actual, right, strict=True)] for actual, right in shapes]
    for axis, lengths in enumerate(zip(*off, strict=True)):
        if any(lengths):
            name = axis_name(axis, axes)
            kind = "long" if min(lengths) >= 0 else "short" if max(lengths) <= 0 else ""
            said.append(f"{name} is {'too ' + kind if kind else 'wrong'}")
    words = ", ".join(said)
    return Finding("wrong-array-shape", f"{words[0].upper()}{words[1:]}.") if said else None


def _has_one_too_many(actual: tuple[int, ...], expected: tuple[int, ...]) -> bool:
    return any(
        length == 1 and actual[:place] + actual[place + 1 :] == expected
        for place, length in enumerate(actual)
    )
