"""Objects of another process: what cannot be copied is called, and asked, where it is.

Witness and judge each hold one `End`. Data crosses by value (see `wire`), Keras models as
architecture and weights (see `keras_values`); any other object stays where it is, and the
other side gets a `Remote` that is equal to itself only, and whose calls run at home.
"""

import builtins
import sys
import threading
import traceback
from collections.abc import Callable
from operator import attrgetter
from types import (
    AsyncGeneratorType,
    BuiltinFunctionType,
    CodeType,
    CoroutineType,
    FrameType,
    FunctionType,
    GeneratorType,
    ModuleType,
    TracebackType,
)
from typing import Any

import numpy as np

from autograder.sandbox import keras_values, wire
from autograder.sandbox.wire import Link, WireError

ASK, ANSWER = b"Q", b"A"
MAX_NAME = 80  # characters of a type's or function's name

# What a Remote can do if its object can, and how that is said over there.
_ABILITIES = {"call": "__call__", "len": "__len__", "item": "__getitem__", "iterate": "__iter__"}
_PLAIN_TYPES = frozenset({bool, int, float, complex, str, bytes, list, tuple, dict, set})
_LIBRARIES = frozenset({"builtins", "math", "operator", "numpy", "keras", "tensorflow"})
# From these a name without an underscore leads to all that the judge has, tests included.
_REVEALING = (
    *(AsyncGeneratorType, CodeType, CoroutineType, FrameType),
    *(GeneratorType, ModuleType, TracebackType),
)


class RemoteError(Exception):
    """The other side asked for something it may not have, or that is not there."""


class Remote:
    """An object of the other process."""

    def __init__(self, end: "End", number: int, name: str) -> None:
        self._end = end
        self._number = number
        self.__name__ = name

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):  # NumPy, copy and others look for methods that are not there
            raise AttributeError(f"{type(self).__name__} has no attribute {name}")
        return self._end.ask({"do": "get", "on": self._number, "name": name})

    def __copy__(self) -> "Remote":
        return self

    def __deepcopy__(self, _memo: Any) -> "Remote":
        return self

    def __reduce__(self) -> Any:
        raise TypeError("an object of another process cannot be pickled")


def _call(self: Remote, /, *args: Any, **kwargs: Any) -> Any:
    return self._end.ask({"do": "call", "on": self._number, "args": args, "kwargs": kwargs})


def _len(self: Remote) -> Any:
    return self._end.ask({"do": "len", "on": self._number})


def _item(self: Remote, key: Any) -> Any:
    return self._end.ask({"do": "item", "on": self._number, "key": key})


def _iterate(self: Remote) -> Any:
    iterator = self._end.ask({"do": "iterate", "on": self._number})
    while found := iterator("next"):
        yield found[0]


_METHODS: dict[str, Any] = {"call": _call, "len": _len, "item": _item, "iterate": _iterate}


class End:
    """This process's end of the conversation.

    `trusting` says that the other end is the judge: only then may it name functions of the
    libraries, or by `shared` those of the lesson, which both processes have.
    """

    def __init__(
        self,
        link: Link,
        trusting: bool,
        shared: Callable[[], dict[str, Any]],
        fetch: Callable[[list[str]], dict[str, Any]] | None = None,
    ) -> None:
        self._link = link
        self._trusting = trusting
        self._shared = shared
        self._fetch = fetch
        self._lock = threading.RLock()
        self._mine: dict[int, Any] = {}  # what the other side has a Remote of
        self._numbers: dict[int, int] = {}  # id -> number, of the same
        self._symbols: dict[int, Any] = {}  # the other side's number -> our symbolic tensor
        self._raised: dict[int, BaseException] = {}  # what went over there as an exception

    def ask(self, request: dict[str, Any]) -> Any:
        """Return the other side's answer; raise what it raised.

        While it works on the answer it may ask back; that is served in between.
        """
        with self._lock:
            try:
                body = wire.encode(request, self._describe)
            except WireError as problem:
                raise RemoteError(f"this cannot be passed on: {problem}") from None
            self._link.send(ASK, body)
            while True:
                message = self._link.receive()
                if message.kind == ASK:
                    self.serve(message.body)
                elif message.kind == ANSWER:
                    self._link.pause()
                    break
                else:
                    raise WireError("an answer was expected")
            try:
                answer = wire.decode(message.body, self._restore)
            except (WireError, RemoteError) as problem:
                raise RemoteError(f"what came back is not usable: {problem}") from None
        if type(answer) is not dict or not ({"value"} <= set(answer) or {"error"} <= set(answer)):
            raise RemoteError("what came back is not an answer")
        if "error" in answer:
            raise self._error(answer["error"])
        if "changed" in answer:
            _write_back((request["args"], request["kwargs"]), answer["changed"])
        return answer["value"]

    def serve(self, body: bytes) -> None:
        """Answer one question of the other side."""
        try:
            request = wire.decode(body, self._restore)
            answer = self._answer(request)
            data = wire.encode(answer, self._describe)
        except BaseException as error:
            data = wire.encode({"error": self._told(error)}, self._describe)
        self._link.send(ANSWER, data)

    def portable(self, value: Any) -> Any:
        """Return a value itself if it can cross, else a stand-in that stays here."""
        try:
            wire.encode(value, self._describe)
        except WireError:
            return _TooLarge(type(value).__name__)
        return value

    def _answer(self, request: Any) -> dict[str, Any]:
        if type(request) is not dict:
            raise RemoteError("not a question")
        what = request.get("do")
        if what == "names" and self._fetch is not None:
            return {"value": self._fetch(request["names"])}
        target = self._mine.get(request.get("on", -1))
        if target is None:
            raise RemoteError("there is no such object")
        if what == "call":
            return self._called(target, request["args"], request["kwargs"])
        if what == "get":
            name = request["name"]
            if type(name) is not str or name.startswith("_"):
                raise RemoteError("names with an underscore are not for others")
            if not self._trusting and isinstance(target, _REVEALING):
                raise RemoteError(f"a {type(target).__name__} shows its parts to nobody")
            return {"value": getattr(target, name)}
        if what == "len":
            return {"value": len(target)}
        if what == "item":
            return {"value": target[request["key"]]}
        if what == "iterate":
            return {"value": _Iterator(iter(target))}
        raise RemoteError("there is no such question")

    def _called(self, target: Any, args: Any, kwargs: Any) -> dict[str, Any]:
        """Call; arguments that the call changed go back with the answer."""
        before = wire.encode((args, kwargs), self._describe)
        answer = {"value": target(*args, **kwargs)}
        if wire.encode((args, kwargs), self._describe) != before:
            answer["changed"] = (args, kwargs)
        return answer

    def _describe(self, value: Any) -> Any:
        """Return plain data that stands for a value which is none."""
        if isinstance(value, Remote) and value._end is self:
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
        if not self._trusting:  # the judge, which may name what both have
            for name, shared in self._shared().items():
                if shared is value:
                    return {"is": "shared", "name": name}
            library = _library_name(value)
            if library is not None:
                return {"is": "library", "module": library[0], "name": library[1]}
        return {
            "is": "object",
            "number": self._number(value),
            "type": _identifier(type(value).__name__),
            "name": _identifier(getattr(value, "__name__", "")),
            "can": [able for able, method in _ABILITIES.items() if hasattr(type(value), method)],
        }

    def _restore(self, description: Any) -> Any:
        """Return what a description stands for."""
        try:
            return self._restored(description)
        except (KeyError, TypeError, AttributeError, ValueError) as problem:
            raise RemoteError(f"{type(problem).__name__}: {problem}") from problem

    def _restored(self, description: Any) -> Any:
        kind = description["is"]
        if kind == "yours":
            return self._mine[description["number"]]
        if kind == "data":
            return description["value"]
        if kind == "object":
            return self._remote(description)
        if kind == "type":
            name = description["name"]
            known = {each.__name__: each for each in _PLAIN_TYPES}
            return known[name] if name in known else _scalar_type(name)
        if kind in ("shared", "library") and self._trusting:
            if kind == "shared":
                return self._shared()[description["name"]]
            return attrgetter(description["name"])(sys.modules[description["module"]])
        restored = keras_values.restore(description, self._mine)
        if kind == "symbol":
            self._symbols[description["number"]] = restored
        return restored

    def _remote(self, description: dict[str, Any]) -> Remote:
        able = {each: _METHODS[each] for each in description["can"]}
        methods = {_ABILITIES[name]: method for name, method in able.items()}
        # A type of its own, so that `type(x).__name__` and `callable(x)` say what they would.
        kind = type(_identifier(description["type"]), (Remote,), methods)
        number = description["number"]
        if type(number) is not int:
            raise RemoteError("an object has no number")
        remote: Remote = kind(self, number, _identifier(description["name"]))
        return remote

    def _number(self, value: Any) -> int:
        if id(value) not in self._numbers:
            number = len(self._numbers) + 1
            self._numbers[id(value)] = number
            self._mine[number] = value  # kept, so that its id stays its own
        return self._numbers[id(value)]

    def _told(self, error: BaseException) -> dict[str, Any]:
        """Return an exception as plain data."""
        number = getattr(error, "_number", 0)
        if not self._trusting:
            number = len(self._raised) + 1
            self._raised[number] = error
        names = [each.__name__ for each in type(error).__mro__ if each.__module__ == "builtins"]
        return {
            "type": _identifier(type(error).__name__),
            "base": next((name for name in names if name != "object"), "Exception"),
            "message": _text(error),
            "where": _frames(error) if self._trusting else "",
            "number": number if type(number) is int else 0,
        }

    def _error(self, told: Any) -> BaseException:
        """Return the exception to raise for one that was told."""
        if type(told) is not dict:
            return RemoteError("an error without a description")
        number, message = told.get("number"), str(told.get("message"))
        if not self._trusting and number in self._raised:
            return self._raised.pop(number)  # our own, which came through the other side
        base = getattr(builtins, str(told.get("base")), None)
        if not (isinstance(base, type) and issubclass(base, BaseException)):
            base = Exception
        name = _identifier(str(told.get("type"))) or "Exception"
        kind: Any = type(name, (_Told, base), {"__module__": "builtins"})
        error: BaseException = kind.__new__(kind, message)
        error.args = (message,)
        error._message, error._number = message, number  # type: ignore[attr-defined]
        if told.get("where"):
            error.add_note(str(told["where"]))
        return error


class _Told:
    """An exception of the other process: of the same name and base, with the same text."""

    def __str__(self) -> str:
        return str(getattr(self, "_message", ""))


class _Iterator:
    """An iterator, as something to call: the next item in a tuple, at the end an empty one."""

    def __init__(self, iterator: Any) -> None:
        self._iterator = iterator

    def __call__(self, _next: str) -> tuple[Any, ...]:
        for item in self._iterator:
            return (item,)
        return ()


class _TooLarge:
    """What the other side gets in place of a value that is too large to pass on."""

    def __init__(self, kind: str) -> None:
        self.__name__ = kind


def interrupted() -> bytes:
    """Return the answer to a question that comes when the time for it is over."""
    told = {"type": "KeyboardInterrupt", "base": "KeyboardInterrupt", "message": ""}
    return wire.encode({"error": told}, lambda value: value)


def _write_back(old: Any, new: Any) -> Any:
    """Make `old` what `new` is, in place where it can be; return what to use instead."""
    if type(old) is not type(new):
        return new
    if isinstance(old, np.ndarray) and old.shape == new.shape and old.dtype == new.dtype:
        old[...] = new
    elif isinstance(old, list | tuple) and len(old) == len(new):
        merged = [_write_back(one, other) for one, other in zip(old, new, strict=True)]
        if isinstance(old, list):
            old[:] = merged
    elif isinstance(old, list):
        old[:] = new
    elif isinstance(old, dict):
        merged_dict = {key: _write_back(old.get(key), value) for key, value in new.items()}
        old.clear()
        old.update(merged_dict)
    elif keras_values.is_model(old):
        keras_values.write_back(old, new)
    else:
        return new
    return old


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


def _identifier(name: Any) -> str:
    """Return a name as harmless text: letters, digits and a few signs, not too long."""
    text = name if type(name) is str else ""
    return "".join(letter for letter in text if letter.isalnum() or letter in "_.<>")[:MAX_NAME]


def _text(error: BaseException) -> str:
    try:
        return str(error)[:2000]
    except Exception:  # a student's own exception may do anything
        return ""


def _frames(error: BaseException) -> str:
    """Return where in the student's own cells an error arose, innermost last."""
    found = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in found if frame.filename.startswith("<ipython-input")]
    return "\n".join(f"{frame.filename}, in {frame.name}: {frame.line}" for frame in own[-5:])
