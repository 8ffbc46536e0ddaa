"""The conversation of the two processes: questions about objects, and their answers.

The student's process and the test process each hold one `Peer`. Data crosses by value
(`wire`), whatever else as a description (`references`), exceptions as data (`exceptions`).
"""

import threading
from collections.abc import Callable
from types import (
    AsyncGeneratorType,
    CodeType,
    CoroutineType,
    FrameType,
    GeneratorType,
    ModuleType,
    TracebackType,
)
from typing import Any

import numpy as np

from autograder.sandbox import keras_values, wire
from autograder.sandbox.exceptions import Exceptions
from autograder.sandbox.protocol import ANSWER, ASK
from autograder.sandbox.proxy import Iteration
from autograder.sandbox.references import References, RemoteError
from autograder.sandbox.wire import Link, WireError

# From these a name without an underscore leads to all that the test process has, tests included.
_REVEALING = (
    *(AsyncGeneratorType, CodeType, CoroutineType, FrameType),
    *(GeneratorType, ModuleType, TracebackType),
)


class Peer:
    """This process's end of the conversation.

    `trusting` says that the other end is the test process: only then may it name what both
    have, `shared`. `fetch` returns the values of names that the other end asks for; without
    it there are none to be had.
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
        self._fetch = fetch
        self._lock = threading.RLock()
        self._references = References(trusting, shared, self.ask)
        self._exceptions = Exceptions(trusting)

    def ask(self, request: dict[str, Any]) -> Any:
        """Return the other side's answer; raise what it raised.

        While it works on the answer it may ask back; that is served in between.
        """
        with self._lock:
            try:
                body = wire.encode(request, self._references.describe)
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
                answer = wire.decode(message.body, self._references.restore)
            except (WireError, RemoteError) as problem:
                raise RemoteError(f"what came back is not usable: {problem}") from None
        if type(answer) is not dict or not ({"value"} <= set(answer) or {"error"} <= set(answer)):
            raise RemoteError("what came back is not an answer")
        if "error" in answer:
            raise self._exceptions.restore(answer["error"])
        if "changed" in answer:
            _write_back((request["args"], request["kwargs"]), answer["changed"])
        return answer["value"]

    def serve(self, body: bytes) -> None:
        """Answer one question of the other side."""
        try:
            request = wire.decode(body, self._references.restore)
            answer = self._answer(request)
            data = wire.encode(answer, self._references.describe)
        except BaseException as error:
            told = self._exceptions.describe(error)
            data = wire.encode({"error": told}, self._references.describe)
        self._link.send(ANSWER, data)

    def portable(self, value: Any) -> Any:
        """Return a value itself if it can cross, else a stand-in that stays here."""
        try:
            wire.encode(value, self._references.describe)
        except WireError:
            return _TooLarge(type(value).__name__)
        return value

    def _answer(self, request: Any) -> dict[str, Any]:
        if type(request) is not dict:
            raise RemoteError("not a question")
        what = request.get("do")
        if what == "names" and self._fetch is not None:
            return {"value": self._fetch(request["names"])}
        target = self._references.mine.get(request.get("on", -1))
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
            return {"value": Iteration(iter(target))}
        raise RemoteError("there is no such question")

    def _called(self, target: Any, args: Any, kwargs: Any) -> dict[str, Any]:
        """Call; arguments that the call changed go back with the answer."""
        before = wire.encode((args, kwargs), self._references.describe)
        answer = {"value": target(*args, **kwargs)}
        if wire.encode((args, kwargs), self._references.describe) != before:
            answer["changed"] = (args, kwargs)
        return answer


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
