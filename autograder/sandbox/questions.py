"""The questions that one process may ask about an object of the other, and their answers.

The student's process has nothing to hide from a test and answers all of them. The test process
answers `OF_TESTS` and reads public attributes, and shows nothing of what leads on to the rest.
Of an object whose class a test defines it shows what that class lists in `shown_to_answers`;
without such a list its methods, properties and the fields of a dataclass, since what else it
holds may be what is expected.
"""

import builtins
import copy
import functools
import inspect
import operator
import sys
from collections.abc import Callable
from types import (
    AsyncGeneratorType,
    CodeType,
    CoroutineType,
    FrameType,
    FunctionType,
    GeneratorType,
    MethodType,
    ModuleType,
    TracebackType,
)
from typing import Any

from autograder.sandbox.derived import derive, methods_of
from autograder.sandbox.proxy import Iteration
from autograder.sandbox.references import RemoteError
from autograder.sandbox.refusal import NotBridged

# From these a name without an underscore leads to all that the test process has, tests included.
_REVEALING = (
    *(AsyncGeneratorType, CodeType, CoroutineType, FrameType),
    *(GeneratorType, ModuleType, TracebackType),
)

# These are for calling. Their attributes are what a test keeps with them, or has bound to them.
_FOR_CALLING = (FunctionType, MethodType, functools.partial)

# Questions that a special method answers.
_METHODS = {
    "call": "__call__",
    "len": "__len__",
    "item": "__getitem__",
    "iterate": "__iter__",
    "next": "__next__",
}

LISTED = "shown_to_answers"  # a class's list of names
_SHOWN = (FunctionType, property, classmethod, staticmethod, functools.cached_property)

_SPECIAL: dict[str, Callable[[Any], Any]] = {
    "len": len,
    "bool": bool,
    "str": str,
    "repr": repr,
    "hash": hash,
    "dir": dir,
    "next": next,
    "abs": abs,
    "neg": operator.neg,
    "pos": operator.pos,
    "invert": operator.invert,
    "int": int,
    "float": float,
    "complex": complex,
    "index": operator.index,
    "reversed": reversed,
    "enter": lambda target: type(target).__enter__(target),
    "signature": lambda target: _signature(target),
    "itself": lambda target: target,
    "methods": methods_of,
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    "source": lambda target: _source(target),
}
_WITH: dict[str, Callable[[Any, Any], Any]] = {
    "contains": operator.contains,
    "format": format,
    "eq": operator.eq,
    "ne": operator.ne,
    "lt": operator.lt,
    "le": operator.le,
    "gt": operator.gt,
    "ge": operator.ge,
}


class NotShown(RemoteError, AttributeError):
    """An attribute that is not for the other side: as good as not there."""


def answer_test(target: Any, request: dict[str, Any]) -> Any:
    """Return the student's process's answer to a question of the test process.

    Raises what the student's object raises, and RemoteError if there is no such question.
    """
    what, name = request["do"], str(request.get("name"))
    if what == "get":
        return getattr(target, name)
    if what == "set":
        setattr(target, name, request["value"])
    elif what == "delete":
        delattr(target, name)
    elif what == "set item":
        target[request["key"]] = request["value"]
    elif what == "delete item":
        del target[request["key"]]
    elif what == "special":
        return _SPECIAL[name](target)
    elif what == "operator" and name in _WITH:
        return _WITH[name](target, request["with"])
    elif what == "operator":
        method = getattr(type(target), f"__{name}__")
        return method(target, request["with"])
    elif what == "exit":
        kind = getattr(builtins, str(request["error"]), Exception) if request["error"] else None
        error = kind() if kind else None
        return bool(type(target).__exit__(target, kind, error, None))
    elif what == "derive":
        return derive(target, name, request["methods"], request["values"])
    elif what == "isinstance":
        return isinstance(request["what"], target)
    elif what == "issubclass":
        return issubclass(request["what"], target)
    else:
        return common(target, request)
    return None


def answer_student(target: Any, request: dict[str, Any], lesson: dict[str, Any]) -> Any:
    """Return the test process's answer to a question of the student's process.

    `lesson` holds the classes that both processes have, by name. Raises RemoteError for what
    it does not show, NotBridged for what an answer may want to do.
    """
    what, name = request["do"], request.get("name")
    if what == "get":
        if type(name) is not str or name.startswith("_"):
            raise NotShown("names with an underscore are not for others")
        if isinstance(target, _REVEALING):
            raise RemoteError(f"a {type(target).__name__} shows its parts to nobody")
        if isinstance(target, _FOR_CALLING) or _is_of_mocks(target, name):
            raise NotShown(f"`{name}` of a {type(target).__name__} is the test's own")
        kind = target if isinstance(target, type) else type(target)
        if _is_a_tests(kind, lesson):
            _show(kind, name)
        return getattr(target, name)
    if what == "special" and name in ("len", "next"):
        return _SPECIAL[name](target)
    if what in ("set", "delete", "set item", "delete item"):
        raise NotBridged(f"an answer cannot change a {type(target).__name__} of the test's")
    return common(target, request)


def check_listed(target: Any, request: dict[str, Any], lesson: dict[str, Any]) -> None:
    """Check that an object is there to be called, indexed or iterated over by answers.

    It is not if its class, one of a test's, lists what it shows and leaves the special method
    out. Raises NotShown then.
    """
    method = _METHODS.get(str(request["name"] if request["do"] == "special" else request["do"]))
    kind = type(target)
    if method and _is_a_tests(kind, lesson) and hasattr(kind, LISTED):
        _show(kind, method)


def _is_a_tests(kind: type, lesson: dict[str, Any]) -> bool:
    """Return whether a class was defined in a test, and not in the lesson."""
    return kind.__module__ == "__main__" and lesson.get(kind.__name__) is not kind


def _is_of_mocks(target: Any, name: str) -> bool:
    """Return whether an attribute is one that every mock has, such as `return_value`.

    With these a test says what to return, and looks how it was called: an answer that reads one
    knows the former, and by `configure_mock` decides the latter. What else a mock has is the
    thing it stands for.
    """
    mock = sys.modules.get("unittest.mock")
    if mock is None or not issubclass(type(target), mock.NonCallableMock):
        return False
    return name == "method_calls" or hasattr(mock.AsyncMock, name)


def _show(kind: type, name: str) -> None:
    """Check that objects of this class, which a test defines, show the attribute to answers.

    Raises NotShown if they do not.
    """
    listed = getattr(kind, LISTED, None)
    if listed is not None:
        shown = name in tuple(listed)
    else:
        found = inspect.getattr_static(kind, name, None)
        fields = getattr(kind, "__dataclass_fields__", {})
        shown = isinstance(found, _SHOWN) or name in fields
    if not shown:
        raise NotShown(
            f"an answer reads `{name}` of a {kind.__name__}, a class of the test's, which must "
            f'list it for that: `{LISTED} = ("{name}",)`'
        )


def common(target: Any, request: dict[str, Any]) -> Any:
    """Return the answer to a question that both processes answer.

    Raises RemoteError if there is no such question.
    """
    what = request["do"]
    if what == "item":
        return target[request["key"]]
    if what == "iterate":
        return Iteration(iter(target))
    raise RemoteError("there is no such question")


def _signature(target: Any) -> Any:
    """Return a callable's parameters as data, or None if they are not known."""
    try:
        found = inspect.signature(target)
    except (TypeError, ValueError):
        return None
    empty = inspect.Parameter.empty

    def given(value: Any) -> list[Any]:
        return [] if value is empty else [value]

    parameters = [
        [each.name, int(each.kind), given(each.default), given(each.annotation)]
        for each in found.parameters.values()
    ]
    return [parameters, given(found.return_annotation)]


def _source(target: Any) -> str:
    return str(inspect.getsource(target))
