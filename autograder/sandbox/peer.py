"""The conversation of the two processes: questions about objects, and their answers.

The student's process and the test process each hold one `Peer`. Data crosses by value
(`wire`), whatever else as a description (`references`), exceptions as data (`exceptions`).
What may be asked is in `questions`; what goes along with a question, in `caller`.
"""

import contextlib
import threading
from collections import deque
from collections.abc import Callable
from typing import Any, Protocol

import numpy as np

from autograder.sandbox import keras_values, pandas_values, questions, wire
from autograder.sandbox.exceptions import Exceptions
from autograder.sandbox.protocol import ANSWER, ASK
from autograder.sandbox.proxy import Ask
from autograder.sandbox.references import References, RemoteError
from autograder.sandbox.refusal import NotUsable
from autograder.sandbox.wire import Link, WireError


class Caller(Protocol):
    """The test's side of what goes along with a question, and comes back with its answer."""

    def around(self, request: dict[str, Any]) -> dict[str, Any]:
        """Return the changes that the student's process must apply before it answers `request`."""

    def returned(self, request: dict[str, Any], along: Any) -> None:
        """Apply what came along with the answer to `request`."""

    def asked(self, request: dict[str, Any]) -> Any:
        """Answer the student's process: print for it, or call a function that the test replaced."""


class Called(Protocol):
    """The student's side of what goes along with a question, and comes back with its answer."""

    def enter(self, around: dict[str, Any]) -> None:
        """Apply the test's changes, before its question is answered."""

    def leave(self) -> dict[str, Any]:
        """Return what the test must know after the answer."""

    def fetch(self, names: list[str]) -> dict[str, Any]:
        """Return the student's values of `names`."""

    def before_asking(self, request: dict[str, Any]) -> None:
        """Send the test what was printed so far, before `request` is sent to it."""


class Peer:
    """This process's end of the conversation.

    `shared` are the names that both processes have. The test process holds `caller`, the
    student's `called`; the one that has `called` trusts the other.
    """

    def __init__(
        self,
        link: Link,
        shared: Callable[[], dict[str, Any]],
        caller: Caller | None = None,
        called: Called | None = None,
    ) -> None:
        self._link = link
        self._trusting = called is not None
        self._shared = shared
        self._caller = caller
        self._called = called
        self._lock = threading.RLock()
        self._serving = 0  # questions that wait for our answer
        self.references = self._references = References(self._trusting, shared, Ask(self.ask))
        self._exceptions = Exceptions(self._trusting, self._references)

    def ask(self, request: dict[str, Any]) -> Any:
        """Return the other side's answer to `request`, or raise the exception that it raised.

        Questions that it asks meanwhile are answered. Raises NotUsable if the request cannot be
        sent, or the answer is malformed.
        """
        with self._lock:
            with self._link.interrupts.held():
                body = self._exchange(request)
            try:
                answer = wire.decode(body, self._references.restore)
            except (WireError, RemoteError) as problem:
                raise NotUsable(f"what came back is not usable: {problem}") from None
        if type(answer) is not dict or not ({"value"} <= set(answer) or {"error"} <= set(answer)):
            raise NotUsable("what came back is not an answer")
        if self._caller is not None:
            self._caller.returned(request, answer.get("along", {}))
        if "error" in answer:
            raise self._exceptions.restore(answer["error"])
        if "changed" in answer:
            _write_back((request["args"], request["kwargs"]), answer["changed"])
        return self._given_back(request, answer)

    def _exchange(self, request: dict[str, Any]) -> bytes:
        """Send a question and return the answer to it; whoever left between would take the next's.

        Interrupts are held.
        """
        if self._called is not None:
            if threading.current_thread() is not threading.main_thread() and not self._serving:
                raise NotUsable("the test that this was meant for has ended")
            self._called.before_asking(request)
        try:
            if self._caller is not None and (around := self._caller.around(request)):
                request = request | {"around": around}  # told once: an interrupt waits
            if self._trusting:  # the student's objects run code of their own
                body = self._link.interrupts.during(lambda: self._encoded(request))
            else:
                body = self._encoded(request)
        except WireError as problem:
            raise NotUsable(f"this cannot be passed on: {problem}") from None
        self._link.send(ASK, body)
        while (message := self._link.receive()).kind == ASK:
            self.serve(message.body)
        if message.kind != ANSWER:
            raise WireError("an answer was expected")
        return message.body

    def _given_back(self, request: dict[str, Any], answer: dict[str, Any]) -> Any:
        """Return an answer's value; if the call returned one of its arguments, that very object.

        Which argument it is, the other side says. It is used only if it equals the value.
        """
        value = answer["value"]
        given = _arguments(request) if request["do"] == "call" else []
        place = answer.get("argument")
        if type(place) is not int or not 0 <= place < len(given):
            return value
        own = given[place]
        try:
            is_alike = type(own) is type(value) and self._encoded(own) == self._encoded(value)
        except WireError:
            return value
        return own if is_alike else value

    def _encoded(self, value: Any) -> bytes:
        return wire.encode(value, self._references.describe)

    def serve(self, body: bytes) -> None:
        """Answer one question of the other side."""
        self._serving += 1
        kept: list[Any] = []
        data = self._served(body, kept)
        with contextlib.suppress(KeyboardInterrupt):
            self._link.interrupts.during(kept.clear)
        with self._lock:  # a thread of the student's may be asking
            self._serving -= 1
            self._link.send(ANSWER, data)

    def _served(self, body: bytes, kept: list[Any]) -> bytes:
        """Return the answer to a question.

        To `kept` is added what was made for it, errors with their frames, too: to let go of it may
        run code of the student's, which an interrupt must be able to end.
        """
        answer: dict[str, Any] = {}
        during = self._link.interrupts.during
        try:
            request = during(lambda: wire.decode(body, self._references.restore))
            kept.append(request)
            if self._called is not None:
                answer = self._along(request, self._called, kept)
            else:
                answer = during(lambda: self._answer(request))
            kept.append(answer)
            data = during(lambda: self._encoded(answer))
        except BaseException as error:
            told = {"error": self._told(error, kept)}
            if "along" in answer:
                told["along"] = answer["along"]
            data = self._encoded(told)
        return data

    def _along(self, request: Any, called: Called, kept: list[Any]) -> dict[str, Any]:
        """Answer a question of the test process: apply its changes, answer, add our own."""
        called.enter(request.get("around", {}))
        try:
            answer = self._link.interrupts.during(lambda: self._answer(request))
        except BaseException as error:
            answer = {"error": self._told(error, kept)}
        finally:
            along = called.leave()
        return answer | {"along": along} if along else answer

    def _told(self, error: BaseException, kept: list[Any]) -> dict[str, Any]:
        """Describe an error, or what its own code raises or takes too long at meanwhile."""
        kept.append(error)
        try:
            return self._link.interrupts.during(lambda: self._exceptions.describe(error))
        except KeyboardInterrupt:
            return self._exceptions.describe(KeyboardInterrupt())
        except BaseException as another:
            return self._exceptions.describe(another)

    def portable(self, value: Any) -> Any:
        """Return a value itself if it can cross, else a `_TooLarge`, which crosses as a proxy."""
        try:
            self._encoded(value)
        except WireError:
            return _TooLarge(type(value).__name__)
        return value

    def _answer(self, request: Any) -> dict[str, Any]:
        if type(request) is not dict:
            raise RemoteError("not a question")
        what = request.get("do")
        if what == "names" and self._called is not None:
            return {"value": self._called.fetch(request["names"])}
        if what in ("hook", "printed") and self._caller is not None:
            return {"value": self._caller.asked(request)}
        target = self._references.mine.get(request.get("on", -1))
        if target is None:
            raise RemoteError("there is no such object")
        if not self._trusting:
            questions.check_listed(target, request, self._shared())
        if what == "call":
            return self._call(target, request["args"], request["kwargs"])
        if self._trusting:
            return {"value": questions.answer_test(target, request)}
        return {"value": questions.answer_student(target, request, self._shared())}

    def _call(self, target: Any, args: Any, kwargs: Any) -> dict[str, Any]:
        """Call `target`; return its value, and in `changed` the arguments if the call changed them.

        `argument` is the place of the argument that was returned, if one was.
        """
        before = self._encoded((args, kwargs))
        value = target(*args, **kwargs)
        answer = {"value": value}
        if self._encoded((args, kwargs)) != before:
            answer["changed"] = (args, kwargs)
        given = _arguments({"args": args, "kwargs": kwargs})
        places = [place for place, each in enumerate(given) if each is value]
        if places and type(value) not in _FIXED:
            answer["argument"] = places[0]
        return answer


_FIXED = (bool, int, float, complex, str, bytes, type(None))  # of these no two can be told apart


def _arguments(request: dict[str, Any]) -> list[Any]:
    return [*request["args"], *request["kwargs"].values()]


class _TooLarge:
    """What the other side gets in place of a value that is too large to pass on."""

    def __init__(self, kind: str) -> None:
        self.__name__ = kind


def interrupted() -> bytes:
    """Return the answer to a question that comes when the time for it is over."""
    told = {"type": "KeyboardInterrupt", "base": "KeyboardInterrupt", "message": ""}
    return wire.encode({"error": told}, lambda value: value)


def _write_back(old: Any, new: Any) -> Any:
    """Change `old` into `new` in place and return it; where that cannot be, return `new`."""
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
        dict.update(old, merged_dict)
    elif isinstance(old, set):
        old.clear()
        old.update(new)
    elif isinstance(old, bytearray):
        old[:] = new
    elif isinstance(old, deque):
        old.clear()
        old.extend(new)
    elif keras_values.is_model(old):
        keras_values.write_back(old, new)
    elif pandas_values.write_back(old, new):
        return old
    else:
        return new
    return old
