"""Functions of Python's that a test may replace for the time of a call: printing, asking, waiting.

A test says `patch("builtins.print")` in its own process; what the student's code calls is in
another. While such a function is replaced there, the student's calls of it go to the test's.
"""

import sys
from collections.abc import Callable
from typing import Any

from autograder.sandbox.streams import TextSink

# Module and name of each. A module that is not imported has nothing to replace.
_NAMES = (
    *(("builtins", "print"), ("builtins", "input"), ("time", "sleep"), ("time", "time")),
    *(("random", name) for name in ("random", "randint", "randrange", "choice", "choices")),
    *(("random", name) for name in ("uniform", "shuffle", "sample", "gauss")),
    *(("matplotlib.pyplot", name) for name in ("show", "savefig")),
)
_STREAMS = ("stdout", "stderr")
MAX_PRINTED = 1_000_000  # characters that a test gets of what a call prints


class Watched:
    """The test's side: which of these functions, and which streams, a test has replaced."""

    def __init__(self) -> None:
        self._original: dict[tuple[str, str], Any] = {}
        self._streams = {name: getattr(sys, name) for name in _STREAMS}

    def note(self) -> None:
        """Note the originals of functions whose modules were imported since the last call."""
        for module, name in _NAMES:
            if (module, name) not in self._original and module in sys.modules:
                self._original[module, name] = getattr(sys.modules[module], name, None)

    def replaced(self) -> list[str]:
        """Return the functions that are replaced now, as `module:name`."""
        return [
            f"{module}:{name}"
            for (module, name), original in self._original.items()
            if getattr(sys.modules[module], name, None) is not original
        ]

    def redirected(self) -> list[str]:
        """Return the streams that are redirected now."""
        return [name for name, own in self._streams.items() if getattr(sys, name) is not own]

    def call(self, which: Any, args: Any, kwargs: Any) -> Any:
        """Call what a test has put in the place of the function `which`, a `module:name`.

        Raises KeyError if that function is not replaced.
        """
        if which not in self.replaced():
            raise KeyError("a test has not replaced this")
        module, name = which.split(":")
        return getattr(sys.modules[module], name)(*args, **kwargs)

    def write(self, parts: Any) -> None:
        """Write what a call has printed, (stream, text) each, to streams that are redirected."""
        redirected = self.redirected()
        for name, text in parts:
            if name in redirected and type(text) is str:
                getattr(sys, name).write(text)


class Diverted:
    """The student's side: the functions and streams that a test has replaced, for one call."""

    def __init__(self, ask: Callable[[dict[str, Any]], Any], which: Any, streams: Any) -> None:
        self._ask = ask
        self._before: list[tuple[Any, str, Any]] = []
        self._printed: list[tuple[str, str]] = []
        self._size = 0
        for each in which:
            module, name = each.split(":")
            if (module, name) in _NAMES and module in sys.modules:
                self._replace(sys.modules[module], name, self._forward(each))
        for name in streams:
            if name in _STREAMS:
                self._replace(sys, name, _Caught(name, self._take, getattr(sys, name)))

    def end(self) -> list[Any]:
        """Put everything back; return what was printed and not yet sent, [stream, text] each."""
        for target, name, before in reversed(self._before):
            setattr(target, name, before)
        return self.printed()

    def printed(self) -> list[Any]:
        """Return what was printed and not yet sent, [stream, text] each."""
        found: list[Any] = [list(each) for each in self._printed]
        self._printed.clear()
        return found

    def _replace(self, target: Any, name: str, new: Any) -> None:
        self._before.append((target, name, getattr(target, name)))
        setattr(target, name, new)

    def _forward(self, which: str) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            return self._ask({"do": "hook", "which": which, "args": args, "kwargs": kwargs})

        call.__name__ = call.__qualname__ = which.split(":")[1]
        return call

    def _take(self, name: str, text: str) -> bool:
        self._size += len(text)
        if self._size > MAX_PRINTED:
            return False
        if self._printed and self._printed[-1][0] == name:
            text = self._printed.pop()[1] + text
        self._printed.append((name, text))
        return True


class _Caught(TextSink):
    """A stream whose text goes to the test, up to a limit; the rest goes to the original stream."""

    def __init__(self, name: str, take: Callable[[str, str], bool], otherwise: Any) -> None:
        self.name = name
        self._take = take
        self._otherwise = otherwise

    def take(self, text: str) -> None:
        """Pass text on."""
        if not self._take(self.name, str(text)):
            self._otherwise.write(text)
