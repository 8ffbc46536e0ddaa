"""Exceptions that cross: told as plain data, and raised again on the other side."""

import builtins
import traceback
from typing import Any

from autograder.sandbox.proxy import identifier
from autograder.sandbox.references import RemoteError

MAX_TEXT = 2_000  # characters of an exception's message
MAX_FRAMES = 5  # innermost frames of the student's own cells that are told


class _Told:
    """An exception of the other process: of the same name and base, with the same text."""

    def __str__(self) -> str:
        return str(getattr(self, "_message", ""))


class Exceptions:
    """Tells the other side of exceptions, and raises what it tells.

    `trusting` says that the other side is the test process, which may know where in the
    student's cells an exception arose. An exception of our own that comes back through the
    other side is raised as the object it was.
    """

    def __init__(self, trusting: bool) -> None:
        self._trusting = trusting
        self._raised: dict[int, BaseException] = {}  # what went over there, by number

    def describe(self, error: BaseException) -> dict[str, Any]:
        """Return an exception as plain data."""
        number = getattr(error, "_number", 0)
        if not self._trusting:
            number = len(self._raised) + 1
            self._raised[number] = error
        names = [each.__name__ for each in type(error).__mro__ if each.__module__ == "builtins"]
        return {
            "type": identifier(type(error).__name__),
            "base": next((name for name in names if name != "object"), "Exception"),
            "message": _text(error),
            "where": _frames(error) if self._trusting else "",
            "number": number if type(number) is int else 0,
        }

    def restore(self, told: Any) -> BaseException:
        """Return the exception to raise for one that was told."""
        if type(told) is not dict:
            return RemoteError("an error without a description")
        number, message = told.get("number"), str(told.get("message"))
        if not self._trusting and number in self._raised:
            return self._raised.pop(number)  # our own, which came through the other side
        base = getattr(builtins, str(told.get("base")), None)
        if not (isinstance(base, type) and issubclass(base, BaseException)):
            base = Exception
        name = identifier(str(told.get("type"))) or "Exception"
        kind: Any = type(name, (_Told, base), {"__module__": "builtins"})
        error: BaseException = kind.__new__(kind, message)
        error.args = (message,)
        error._message, error._number = message, number  # type: ignore[attr-defined]
        if told.get("where"):
            error.add_note(str(told["where"]))
        return error


def _text(error: BaseException) -> str:
    try:
        return str(error)[:MAX_TEXT]
    except Exception:  # a student's own exception may do anything
        return ""


def _frames(error: BaseException) -> str:
    """Return where in the student's own cells an error arose, innermost last."""
    found = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in found if frame.filename.startswith("<ipython-input")]
    return "\n".join(
        f"{frame.filename}, in {frame.name}: {frame.line}" for frame in own[-MAX_FRAMES:]
    )
