"""Exceptions that cross: told as plain data, and raised again on the other side."""

import builtins
import traceback
from typing import Any

from autograder.sandbox.places import note, place
from autograder.sandbox.proxy import Told, identifier
from autograder.sandbox.references import References, RemoteError

MAX_TEXT = 2_000  # characters of an exception's message
MAX_FRAMES = 5  # innermost frames of the student's own cells that are told
MAX_RAISED = 50  # exceptions of our own that may still come back; each keeps its frames alive
MAX_PARTS = 50  # arguments and attributes that are told
_PLAIN = (bool, int, float, str, type(None))


class Exceptions:
    """Describes exceptions to the other side, and makes exceptions of its descriptions.

    `trusting` says that the other side is the test process, which may know where in the
    student's cells an exception arose, and what it holds. An exception of our own that comes
    back through the other side is raised as the object it was.
    """

    def __init__(self, trusting: bool, references: References) -> None:
        self._trusting = trusting
        self._references = references
        self._raised: dict[int, BaseException] = {}  # what went over there, by number
        self._count = 0
        references.tell, references.retell = self.describe, self.restore

    def describe(self, error: BaseException) -> dict[str, Any]:
        """Return an exception as plain data, for `restore` on the other side."""
        number = getattr(error, "_number", 0)
        if not self._trusting:
            self._count += 1
            number = self._count
            self._raised[number] = error
            if len(self._raised) > MAX_RAISED:
                del self._raised[min(self._raised)]
        names = [each.__name__ for each in type(error).__mro__ if each.__module__ == "builtins"]
        told: dict[str, Any] = {
            "type": identifier(type(error).__name__),
            "base": next((name for name in names if name != "object"), "Exception"),
            "message": _text(error),
            "where": _frames(error) if self._trusting else "",
            "place": place(error) if self._trusting else None,
            "number": number if type(number) is int else 0,
        }
        if self._trusting:
            told |= {"class": self._references.line(type(error)), **_parts(error)}
        return told

    def restore(self, told: Any) -> BaseException:
        """Return the exception to raise for `told`, which `describe` returned on the other side.

        It is a RemoteError if `told` is no description.
        """
        if type(told) is not dict:
            return RemoteError("an error without a description")
        number, message = told.get("number"), str(told.get("message"))
        if not self._trusting and number in self._raised:
            return self._raised.pop(number)  # our own, which came through the other side
        kind: Any = self._base(told)
        if "_their_number" not in vars(kind):
            kind = type(self._name(told), (Told, kind), {"__module__": "builtins"})
        error: BaseException = kind.__new__(kind, message)
        error.args = tuple(told.get("args", (message,)))
        error._message, error._number = message, number  # type: ignore[attr-defined]
        if told.get("where"):
            error.add_note(str(told["where"]))
        if not self._trusting:
            note(error, _library_name(type(error)), told.get("place"))
        for name, value in told.get("parts", {}).items():
            if type(name) is str and not name.startswith("_") and not hasattr(BaseException, name):
                setattr(error, name, value)
        return error

    def _name(self, told: dict[str, Any]) -> str:
        return identifier(str(told.get("type"))) or "Exception"

    def _base(self, told: dict[str, Any]) -> type[BaseException]:
        """Return the class to derive from: the student's own, or the nearest of a library."""
        if not self._trusting and type(told.get("class")) is dict:
            try:
                found = self._references.error_class(told["class"])
            except (KeyError, TypeError, ValueError):
                found = Exception
            if issubclass(found, BaseException) and found is not BaseException:
                return found
        base = getattr(builtins, str(told.get("base")), None)
        return base if isinstance(base, type) and issubclass(base, BaseException) else Exception


def _library_name(kind: type) -> str:
    """Return the name of a class of exceptions if one of Python's own has it; else an empty text.

    The name that the other side tells may be another's: with the hint for what the error is, that
    would be two things to say in place of one.
    """
    own = next(each for each in kind.__mro__ if vars(builtins).get(each.__name__) is each)
    return own.__name__ if own.__name__ == kind.__name__ else ""


def _text(error: BaseException) -> str:
    try:
        return str(error)[:MAX_TEXT]
    except Exception:  # a student's own exception may do anything
        return ""


def _parts(error: BaseException) -> dict[str, Any]:
    """Return an exception's arguments and public attributes, where they are simple."""
    try:
        args = error.args
        held = dict(vars(error))
    except Exception:  # a student's own exception may do anything
        return {}
    found: dict[str, Any] = {"parts": {}}
    if all(type(each) in _PLAIN and len(str(each)) <= MAX_TEXT for each in args[:MAX_PARTS]):
        found["args"] = tuple(args[:MAX_PARTS])
    for name, value in list(held.items())[:MAX_PARTS]:
        if type(name) is str and type(value) in _PLAIN and len(str(value)) <= MAX_TEXT:
            found["parts"][name] = value
    return found


def _frames(error: BaseException) -> str:
    """Return where in the student's own cells an error arose, innermost last."""
    found = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in found if frame.filename.startswith("<ipython-input")]
    return "\n".join(
        f"{frame.filename}, in {frame.name}: {frame.line}" for frame in own[-MAX_FRAMES:]
    )
