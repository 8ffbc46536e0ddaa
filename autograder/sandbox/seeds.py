"""Seeds of random numbers that a test sets for an answer to draw from.

A seed is sent only if the test itself has drawn nothing from it yet: otherwise an answer could draw
again what the test expects.
"""

import sys
from collections.abc import Callable
from typing import Any

MAX_SEED = 1 << 64


class Seeds:
    """The test's side: notes the seeds that are set."""

    def __init__(self) -> None:
        self._set: dict[str, tuple[int, Any]] = {}  # library: seed, state right after
        self._watched: set[str] = set()

    def watch(self) -> None:
        """Note from now on what `random.seed` and `np.random.seed` are called with."""
        for name, (module, _) in _LIBRARIES.items():
            if name not in self._watched and module in sys.modules:
                self._watched.add(name)
                target = sys.modules[module]
                target.seed = self._noting(name, target.seed)  # type: ignore[attr-defined]

    def taken(self) -> dict[str, int]:
        """Return the seeds, by library, that were set since the last call and not drawn from."""
        told = {
            name: seed
            for name, (seed, state) in self._set.items()
            if repr(_LIBRARIES[name][1]()) == state
        }
        self._set.clear()
        return told

    def _noting(self, name: str, original: Callable[..., Any]) -> Callable[..., Any]:
        def seed(*args: Any, **kwargs: Any) -> Any:
            given_back = original(*args, **kwargs)
            given = [*args, *kwargs.values()]
            self._set.pop(name, None)
            if len(given) == 1 and type(given[0]) is int and 0 <= given[0] < MAX_SEED:
                self._set[name] = (given[0], repr(_LIBRARIES[name][1]()))
            return given_back

        return seed


def _numpy_state() -> Any:
    import numpy as np

    state: Any = np.random.get_state()
    return [state[0], state[1].tobytes(), *state[2:]]


def _random_state() -> Any:
    import random

    return random.getstate()


_LIBRARIES = {
    "random": ("random", _random_state),
    "numpy": ("numpy.random", _numpy_state),
}


def sow(seeds: Any) -> None:
    """Set `seeds`, by library, as a test has set them."""
    for name, seed in seeds.items():
        sys.modules[_LIBRARIES[name][0]].seed(seed)
