"""What stands on the wire for a value that is not plain data.

Types, Keras models and tensors cross as descriptions of what they are; any other object
stays where it is and crosses by number, for which the other side makes a proxy.
"""

import sys
from collections.abc import Callable
from operator import attrgetter
from types import BuiltinFunctionType, FunctionType
from typing import Any

import numpy as np

from autograder.sandbox import keras_values
from autograder.sandbox.proxy import Ask, Proxy, abilities, identifier, proxy

_PLAIN_TYPES = frozenset({bool, int, float, complex, str, bytes, list, tuple, dict, set})
_LIBRARIES = frozenset({"builtins", "math", "operator", "numpy", *keras_values.LIBRARIES})


class RemoteError(Exception):
    """The other side asked for something it may not have, or that is not there."""


class References:
    """The objects that the two processes know by number: our own, and symbolic tensors of theirs.

    `trusting` says that the other side is the test process: only then may it name functions
    of the libraries, or by `shared` those of the lesson, which both processes have. `ask`
    is how a proxy asks the other side.
    """

    def __init__(self, trusting: bool, shared: Callable[[], dict[str, Any]], ask: Ask) -> None:
        self._trusting = trusting
        self._shared = shared
        self._ask = ask
        self.mine: dict[int, Any] = {}  # what the other side may have a proxy of, by number
        self._numbers: dict[int, int] = {}  # id -> number, of the same
        self._symbols: dict[int, Any] = {}  # the other side's number -> our symbolic tensor

    def describe(self, value: Any) -> Any:
        """Return plain data that stands for a value which is not plain data itself."""
        if isinstance(value, Proxy) and value._ask is self._ask:
            return {"is": "yours", "number": value._number}
        for number, symbol in self._symbols.items():
            if symbol is value:
                return {"is": "yours", "number": number}
        if type(value) is type and (value in _PLAIN_TYPES or issubclass(value, np.generic)):
            return {"is": "type", "name": value.__name__}
        if self._trusting and isinstance(value, tuple | list | dict):
            kind = next(kind for kind in (tuple, list, dict) if isinstance(value, kind))
            return {"is": "data", "value": kind(value)}  # a namedtuple, an OrderedDict, …
        by_keras = keras_values.describe(value, self._symbols)
        if by_keras is not None:
            if by_keras["is"] == "symbol":
                by_keras["number"] = self._number(value)
            return by_keras
        if not self._trusting:  # the test process, which may name what both have
            for name, shared in self._shared().items():
                if shared is value:
                    return {"is": "shared", "name": name}
            library = _library_name(value)
            if library is not None:
                return {"is": "library", "module": library[0], "name": library[1]}
        return {
            "is": "object",
            "number": self._number(value),
            "type": identifier(type(value).__name__),
            "name": identifier(getattr(value, "__name__", "")),
            "can": abilities(value),
        }

    def restore(self, description: Any) -> Any:
        """Return what a description stands for. Raises RemoteError if it is not a description."""
        try:
            return self._restored(description)
        except (KeyError, TypeError, AttributeError, ValueError) as problem:
            raise RemoteError(f"{type(problem).__name__}: {problem}") from problem

    def _restored(self, description: Any) -> Any:
        kind = description["is"]
        if kind == "yours":
            return self.mine[description["number"]]
        if kind == "data":
            return description["value"]
        if kind == "object":
            return proxy(
                self._ask,
                description["number"],
                description["type"],
                description["name"],
                description["can"],
            )
        if kind == "type":
            name = description["name"]
            known = {each.__name__: each for each in _PLAIN_TYPES}
            return known[name] if name in known else _scalar_type(name)
        if kind in ("shared", "library") and self._trusting:
            if kind == "shared":
                return self._shared()[description["name"]]
            return attrgetter(description["name"])(sys.modules[description["module"]])
        restored = keras_values.restore(description, self.mine)
        if kind == "symbol":
            self._symbols[description["number"]] = restored
        return restored

    def _number(self, value: Any) -> int:
        if id(value) not in self._numbers:
            number = len(self._numbers) + 1
            self._numbers[id(value)] = number
            self.mine[number] = value  # kept, so that its id stays its own
        return self._numbers[id(value)]


def _library_name(value: Any) -> tuple[str, str] | None:
    """Return (module, name) under which a library has this very function or class."""
    module, name = getattr(value, "__module__", None), getattr(value, "__qualname__", None)
    if not isinstance(value, type | FunctionType | BuiltinFunctionType | np.ufunc):
        return None
    if isinstance(value, np.ufunc):
        module, name = "numpy", value.__name__
    if not isinstance(module, str) or not isinstance(name, str):
        return None
    if module.split(".")[0] not in _LIBRARIES or module not in sys.modules:
        return None
    try:
        found = attrgetter(name)(sys.modules[module])
    except AttributeError:  # of a function's inside, `f.<locals>.g`, for example
        return None
    return (module, name) if found is value else None


def _scalar_type(name: Any) -> type:
    found = getattr(np, str(name), None)
    if not (isinstance(found, type) and issubclass(found, np.generic)):
        raise RemoteError("there is no such type")
    return found
