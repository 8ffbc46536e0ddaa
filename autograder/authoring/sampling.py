"""Many inputs like those that a test uses: for telling whether two functions do the same."""

import copy
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

COUNT = 200  # inputs of a sample
SEED = 17


def sample(calls: Sequence[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """Yield the arguments of `calls`, then mixtures and variations of them.

    They may be such that the function does not allow them.
    """
    yield from calls
    rng = np.random.default_rng(SEED)
    for _ in range(COUNT if calls else 0):
        chosen = list(copy.deepcopy(calls[int(rng.integers(len(calls)))]))
        for place in range(len(chosen)):
            kind = rng.integers(3)
            if kind == 0:  # what stands there in another call
                other = calls[int(rng.integers(len(calls)))]
                chosen[place] = copy.deepcopy(other[place]) if place < len(other) else chosen[place]
            elif kind == 1:
                chosen[place] = _varied(chosen[place], rng)
        yield tuple(chosen)


def _varied(value: Any, rng: np.random.Generator) -> Any:
    """Return another value of the same kind."""
    if isinstance(value, bool):
        return not value
    if type(value) is int:
        return max(min(value, 1), value + int(rng.integers(-3, 4)))  # no size becomes 0
    if type(value) is float:
        return value * float(rng.uniform(0.5, 2))
    if isinstance(value, np.ndarray):
        return rng.permutation(value.ravel()).reshape(value.shape)
    if isinstance(value, list | tuple) and value:
        entries = list(value)
        place = int(rng.integers(len(entries)))
        if rng.integers(2) and len(entries) > 1 and isinstance(value, list):
            del entries[place]
        else:
            entries[place] = _varied(entries[place], rng)
        return type(value)(entries) if isinstance(value, list) else tuple(entries)
    if isinstance(value, dict):
        return {key: _varied(each, rng) for key, each in value.items()}
    return value
