"""Classes that a test derives from a student's class.

Such a class lives in both processes: in the student's, a class derived from theirs, whose methods
ask the test's; here, one that makes its objects there. An object is the student's, as all objects
of their classes are, and each method runs where it was written.
"""

from collections.abc import Callable
from types import FunctionType
from typing import Any

from autograder.sandbox.refusal import NotBridged

_OF_EVERY_CLASS = frozenset(
    {"__module__", "__qualname__", "__doc__", "__classcell__", "__annotations__"}
)
_PLAIN = (bool, int, float, complex, str, bytes, list, tuple, dict, set, type(None))


class Derived(type):
    """The metaclass of classes that a test derives from a student's, and of stand-ins for these.

    Defining a class raises NotBridged if it has a second base, or holds anything but functions and
    plain values.
    """

    def __init__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> None:
        super().__init__(name, bases, body)
        parents = [base for base in bases if isinstance(base, Derived)]
        if not parents:
            return
        if len(bases) > 1:
            raise NotBridged(f"the class {name} has more than one base, one of them the answer's")
        methods, values = {}, {}
        for each, value in body.items():
            if each in _OF_EVERY_CLASS:
                continue
            if isinstance(value, FunctionType):
                methods[each] = value
            elif type(value) in _PLAIN:
                values[each] = value
            else:
                raise NotBridged(f"a {type(value).__name__} in the class {name}")
        ask = parents[0]._ask
        theirs = ask(
            {
                "do": "derive",
                "on": parents[0]._their_number,
                "name": name,
                "methods": methods,
                "values": values,
            }
        )
        cls._ask = ask
        cls._their_number = int(theirs._number)
        ask.derived[cls._their_number] = cls

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        """Create the object in the student's process, and return a proxy of it."""
        request = {"do": "call", "on": cls._their_number, "args": args, "kwargs": kwargs}
        return cls._ask(request)

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return cls._ask({"do": "get", "on": cls._their_number, "name": name})

    _ask: Any
    _their_number: int


def stands_for(theirs: Any) -> type:
    """Return the stand-in, among a test's bases, for the student's class behind this proxy."""
    ask, number = theirs._ask, theirs._number
    if number not in ask.bases:
        names = ask({"do": "special", "on": number, "name": "methods"})
        body: dict[str, Any] = {
            str(name): _forward(ask, number, str(name)) for name in list(names)[:1_000]
        }
        made = Derived(theirs.__name__, (), {**body, "_ask": ask, "_their_number": number})
        ask.bases[number] = made
    found: type = ask.bases[number]
    return found


def _forward(ask: Any, number: int, name: str) -> Callable[..., Any]:
    def method(self: Any, *args: Any, **kwargs: Any) -> Any:
        """Run a method of the student's class: `super().method()`."""
        function = ask({"do": "get", "on": number, "name": name})
        return function(self, *args, **kwargs)

    return method


def methods_of(kind: type) -> list[str]:
    """Return the names of the methods of a class that were written in cells."""
    return [
        name
        for each in kind.__mro__
        if each.__module__ == "__main__"
        for name, value in vars(each).items()
        if isinstance(value, FunctionType)
    ]


def derive(target: Any, name: str, methods: dict[str, Any], values: dict[str, Any]) -> type:
    """Return a class derived from `target`, a class of the student's.

    Each of its methods calls a function of the test's in `methods`; `values` are its other
    attributes.
    """

    def asking(function: Any) -> Callable[..., Any]:
        def method(self: Any, *args: Any, **kwargs: Any) -> Any:
            return function(self, *args, **kwargs)

        return method

    body = {each: asking(function) for each, function in methods.items()}
    made: type = type(target)(name, (target,), {**values, **body, "__module__": "__main__"})
    return made
