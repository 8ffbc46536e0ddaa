"""What stands on the wire for a value that is not plain data.

Types, values of libraries, models and tensors cross as descriptions of what they are; any
other object stays where it is and crosses by number, for which the other side makes a proxy.
"""

import sys
from collections.abc import Callable
from operator import attrgetter
from types import BuiltinFunctionType, FunctionType
from typing import Any, cast

import numpy as np

from autograder.sandbox import data_classes, keras_values, library_values, pandas_values
from autograder.sandbox.proxy import Ask, Proxy, Told, abilities, identifier, is_theirs, proxy

_PLAIN_TYPES = frozenset({bool, int, float, complex, str, bytes, list, tuple, dict, set, frozenset})
_LIBRARIES = frozenset({"builtins", "math", "operator", "numpy", *keras_values.LIBRARIES})
_BY_LIBRARY = frozenset({"of the library", "times", "time"})
_BY_PANDAS = frozenset({"frame", "series", "index", "timestamp", "timedelta", "missing"})
# Of objects that stay with the student, a test may see with `isinstance` that they are of the
# lesson's classes, and of these libraries': their every word is the student's all the same.
_SEEN_MODULES = frozenset({"re", "functools", "itertools", "_io", "_sre"})
_SEEN_BUILTINS = frozenset(
    "function generator method coroutine map filter zip enumerate reversed".split()
)
_HARMLESS_BASES = frozenset({"__main__", "abc", "typing", "enum", "dataclasses"})
_SEEN_LIBRARIES = frozenset({"matplotlib", "sympy"})
# What the student's process may ask of an object of the test process, beside calling it.
OF_TESTS = frozenset({"call", "len", "item", "iterate", "next"})


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
        self.lesson: frozenset[str] = frozenset()  # names of the lesson's classes, of the tests
        self.mine: dict[int, Any] = {}  # what the other side may have a proxy of, by number
        self._numbers: dict[int, int] = {}  # id -> number, of the same
        self._symbols: dict[int, Any] = {}  # the other side's number -> our symbolic tensor
        self._proxies: dict[int, Proxy] = {}  # by number: the same object is the same proxy
        self._tuples: dict[Any, type] = {}  # classes of named tuples, by what they are
        self.errors: dict[int, type] = {}  # exceptions that the other side defines, by number
        self.tell: Callable[[BaseException], dict[str, Any]] = lambda _: {}  # see `Exceptions`
        self.retell: Callable[[Any], BaseException] = lambda _: RemoteError()

    def describe(self, value: Any) -> Any:
        """Return plain data that stands for a value which is not plain data itself."""
        if is_theirs(value, self._ask):
            return {"is": "yours", "number": value._number}
        if isinstance(value, type) and "_their_number" in vars(value):
            return {"is": "yours", "number": vars(value)["_their_number"]}
        for number, symbol in self._symbols.items():
            if symbol is value:
                return {"is": "yours", "number": number}
        if type(value) is type and (value in _PLAIN_TYPES or issubclass(value, np.generic)):
            return {"is": "type", "name": value.__name__}
        for library in (library_values, pandas_values):
            described = library.describe(value)
            if described is not None:
                return described
        if self._trusting:
            described = self._describe_derived(value)
            if described is not None:
                return described
        by_keras = keras_values.describe(value, self._symbols)
        if by_keras is not None:
            if by_keras["is"] == "symbol":
                by_keras["number"] = self._number(value)
            return by_keras
        if not self._trusting:  # the test process, which may name what both have
            for name, shared in self._shared().items():
                if shared is value:
                    return {"is": "shared", "name": name}
            member = _lesson_member(value, self._shared())
            if member is not None:
                return {"is": "member", "class": member, "name": value.name}
            library_name = _library_name(value)
            if library_name is not None:
                return {"is": "library", "module": library_name[0], "name": library_name[1]}
        return self._describe_object(value)

    def stays(self, value: Any) -> bool:
        """Return whether the other side has a proxy of this object, and no copy."""
        return id(value) in self._numbers

    def _describe_derived(self, value: Any) -> dict[str, Any] | None:
        """Describe a value whose class derives from one of Python's own; else return None."""
        kind = type(value)
        member = _lesson_member(value, self._shared())
        if member in self.lesson:
            return {"is": "member", "class": member, "name": value.name}
        if isinstance(value, type) and issubclass(value, BaseException) and _own(value):
            return {"is": "error class", **self.line(value)}
        if isinstance(value, BaseException):
            return {"is": "error", "told": self.tell(value)}
        if library_values.is_named(value):
            number = self._number(kind)
            fields = list(kind._fields)
            return {
                "is": "named tuple",
                "class": number,
                "type": identifier(kind.__name__),
                "fields": fields,
                "value": tuple(value),
            }
        if isinstance(value, tuple | list | dict) and self._shared().get(kind.__name__) is not kind:
            plain = next(plain for plain in (tuple, list, dict) if isinstance(value, plain))
            return {"is": "data", "value": plain(value)}
        return None

    def _describe_object(self, value: Any) -> dict[str, Any]:
        kind = type(value)
        able = abilities(value)
        described = {
            "is": "object",
            "number": self._number(value),
            "type": identifier(kind.__name__),
            "name": identifier(getattr(value, "__name__", "")),
            "can": able if self._trusting else [each for each in able if each in OF_TESTS],
            "class": None,
            "exact": False,
            "callable": "call" in able and self._trusting,
        }
        if self._trusting and _own(kind):
            described["class"] = self._number(kind)
        fields = data_classes.names_of_fields(value) if self._trusting else None
        if fields is not None:
            described["fields"] = fields
        line = value.__mro__ if isinstance(value, type) else kind.__mro__
        for each in line:
            of = self._seen(each)
            if of is not None:
                described |= {"of": of, "exact": each is kind}
                break
        return described

    def _seen(self, kind: type) -> list[str] | None:
        """Return [module, name] of a class that both sides have, or None; "" for the lesson."""
        name = kind.__name__
        if _own(kind):
            known = self._shared().get(name) is kind
            return ["", name] if known and (not self._trusting or name in self.lesson) else None
        if not self._trusting or kind in _PLAIN_TYPES or kind in (object, type):
            return None
        return [kind.__module__, name] if _is_seen(kind.__module__, name) else None

    def line(self, kind: type) -> dict[str, Any]:
        """Return what a class of exceptions derives from, as plain data.

        `line` has the student's own classes, [number, name] each, and `base` the library's
        exception that these derive from, [module, name].
        """
        own = [each for each in kind.__mro__ if _own(each) and issubclass(each, BaseException)]
        base = next(each for each in kind.__mro__ if not _own(each))
        return {
            "line": [[self._number(each), identifier(each.__name__)] for each in own],
            "base": [base.__module__, identifier(base.__name__)],
        }

    def error_class(self, told: dict[str, Any]) -> type:
        """Return this side's class for what `line` told. Raises ValueError for anything else."""
        module, name = told["base"]
        found = self._error_base(module, name)
        for number, name in reversed(told["line"][-20:]):
            if type(number) is not int:
                raise ValueError("a class has no number")
            if number not in self.errors:
                self.errors[number] = _Defined(
                    identifier(name) or "Exception",
                    (found,) if issubclass(found, Told) else (Told, found),
                    {"__module__": "builtins", "_their_number": number, "_error_ask": self._ask},
                )
            found = self.errors[number]
        return found

    def _error_base(self, module: Any, name: Any) -> type:
        root = str(module).split(".")[0]
        if root not in sys.stdlib_module_names and root not in ("numpy", "pandas"):
            return Exception
        found = getattr(sys.modules.get(str(module)), str(name), None)
        if not (isinstance(found, type) and issubclass(found, BaseException)):
            return Exception
        return found

    def restore(self, description: Any) -> Any:
        """Return what a description stands for. Raises RemoteError if it is not a description."""
        try:
            return self._restored(description)
        except (KeyError, TypeError, AttributeError, ValueError, ArithmeticError) as problem:
            raise RemoteError(f"{type(problem).__name__}: {problem}") from problem
        except ImportError as problem:
            raise RemoteError(f"this is not installed: {problem}") from problem

    def _restored(self, description: Any) -> Any:
        kind = description["is"]
        if type(kind) is not str:  # an object of theirs, perhaps: it is not asked what it equals
            raise TypeError("a description has no kind")
        if kind == "yours":
            return self.mine[description["number"]]
        if kind in _BY_LIBRARY:
            return library_values.restore(description)
        if kind in _BY_PANDAS:
            return pandas_values.restore(description)
        if kind == "data":
            return description["value"]
        if kind == "object":
            return self._proxy(description)
        if kind == "type":
            name = description["name"]
            known = {each.__name__: each for each in _PLAIN_TYPES}
            return known[name] if name in known else _scalar_type(name)
        if kind == "member":
            return self._shared()[description["class"]][description["name"]]
        if kind == "error class":
            return self.error_class(description)
        if kind == "error":
            return self.retell(description["told"])
        if kind == "named tuple":
            return self._named_tuple(description)
        if kind in ("shared", "library") and self._trusting:
            if kind == "shared":
                return self._shared()[description["name"]]
            return attrgetter(description["name"])(sys.modules[description["module"]])
        restored = keras_values.restore(description, self.mine)
        if kind == "symbol":
            self._symbols[description["number"]] = restored
        return restored

    def _proxy(self, description: dict[str, Any]) -> Proxy:
        number = description["number"]
        if type(number) is not int:
            raise TypeError("an object has no number")
        if number not in self._proxies:
            if description["class"] in self._ask.derived:
                description = description | {"exact": True}
            self._proxies[number] = proxy(self._ask, description, self._base(description))
        found = self._proxies[number]
        object.__setattr__(found, "_made", False)  # it may be passed off for something else
        return found

    def _base(self, description: dict[str, Any]) -> type | None:
        """Return this side's class for the one that the object claims to belong to, or None."""
        if description["class"] in self._ask.derived:
            return self._ask.derived[description["class"]]
        of = description.get("of")
        if of is None or "class" in description["can"]:
            return None
        module, name = of
        if module == "":
            found = self._shared().get(name)
            if isinstance(found, type) and not _is_harmless(found):
                found = None
        elif _is_seen(module, name):
            found = getattr(sys.modules.get(module), str(name), None) or _types().get(name)
        else:
            found = None
        usable = isinstance(found, type) and found not in (*_PLAIN_TYPES, object, type)
        return found if usable and not issubclass(cast(type, found), BaseException) else None

    def _named_tuple(self, description: dict[str, Any]) -> Any:
        fields, values = tuple(description["fields"]), description["value"]
        key = (description["class"], description["type"], fields)
        if key not in self._tuples:
            made = library_values.named_tuple(identifier(description["type"]), fields)
            made._class_number = description["class"]  # type: ignore[attr-defined]
            self._tuples[key] = made
        if type(values) is not tuple or len(values) != len(fields):
            raise ValueError("a named tuple has other fields")
        return tuple.__new__(self._tuples[key], values)

    def _number(self, value: Any) -> int:
        if id(value) not in self._numbers:
            number = len(self._numbers) + 1
            self._numbers[id(value)] = number
            self.mine[number] = value  # kept, so that its id stays its own
        return self._numbers[id(value)]


class _Defined(type):
    """The metaclass of exceptions that the student defines: their process creates the objects."""

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        ask = vars(cls).get("_error_ask")
        if ask is None:  # a class that a test derives from one
            return super().__call__(*args, **kwargs)
        number = vars(cls)["_their_number"]
        return ask({"do": "call", "on": number, "args": args, "kwargs": kwargs})


def _own(kind: type) -> bool:
    """Return whether a class was defined in a cell."""
    return getattr(kind, "__module__", None) == "__main__"


def _is_seen(module: Any, name: Any) -> bool:
    """Return whether a test may see an object as one of this class of a library."""
    if module == "builtins":
        return name in _SEEN_BUILTINS
    return module in _SEEN_MODULES or str(module).split(".")[0] in _SEEN_LIBRARIES


def _is_harmless(kind: type) -> bool:
    """Return whether a class of the lesson derives from no number, container, model or the like."""
    return all(each is object or each.__module__ in _HARMLESS_BASES for each in kind.__mro__)


def _lesson_member(value: Any, shared: dict[str, Any]) -> str | None:
    """Return the name of the enumeration of the lesson's that a value is a member of, if any."""
    enum = sys.modules.get("enum")
    if enum is None or not isinstance(value, enum.Enum) or not _own(type(value)):
        return None
    name = type(value).__name__
    return name if shared.get(name) is type(value) and value.name is not None else None


def _types() -> dict[str, type]:
    """Return types of Python's own that have no name in their module."""
    import types

    found = {each.__name__: each for each in vars(types).values() if isinstance(each, type)}
    return {name: found[name] for name in ("function", "generator", "method", "coroutine")}


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
    found = vars(np).get(str(name))
    if not (isinstance(found, type) and issubclass(found, np.generic)):
        raise RemoteError("there is no such type")
    return found
