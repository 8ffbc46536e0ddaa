"""The student's side of a call: takes over what the test has changed, and tells what it changed."""

from collections.abc import Callable
from pathlib import Path
from types import BuiltinFunctionType, FunctionType, ModuleType
from typing import Any

from autograder.sandbox import seeds
from autograder.sandbox.exchange import Folder
from autograder.sandbox.hooks import Diverted
from autograder.sandbox.references import References

_SETTLED = (FunctionType, BuiltinFunctionType, ModuleType, type)  # what calls do not change
_FIXED = (bool, int, float, complex, str, bytes, type(None))
_MISSING = object()


class StudentSide:
    """Applies a test's changes before the student's code answers, and collects its own.

    `names` is the namespace of the student's cells, `work` the folder they run in.
    """

    def __init__(self, names: dict[str, Any], work: Path) -> None:
        self._names = names
        self._folder = Folder(work)
        self._work = work
        self._given: dict[str, Any] = {}  # names that the test has, and their values
        self._calls: list[Diverted] = []
        self.references: References | None = None  # of the peer, which needs this first
        self.ask: Callable[[dict[str, Any]], Any] | None = None
        self.portable: Callable[[Any], Any] = lambda value: value

    def enter(self, around: dict[str, Any]) -> None:
        """Apply the test's changes, before its question is answered.

        `around` is what `TestSide.around` returned: `given` (values by name), `gone` (names that
        the test deleted), `files`, `seeds`, `hooks` and `streams` (what it has replaced), and
        `lesson` (names of the lesson's classes). All of them are optional.
        """
        if "lesson" in around and self.references is not None:
            self.references.lesson = frozenset(around["lesson"])
        for name in around.get("gone", ()):
            self._names.pop(name, None)
            self._given.pop(name, None)
        self._names.update(around.get("given", {}))
        if "files" in around:
            self._folder.put(around["files"])
        seeds.sow(around.get("seeds", {}))
        hooks, streams = around.get("hooks", ()), around.get("streams", ())
        self._calls.append(Diverted(self._asked, hooks, streams))

    def leave(self) -> dict[str, Any]:
        """Return what the test must know after the answer; what is empty is left out.

        `printed` is text by stream, `files` the changed files, `gone` the removed ones, and `stale`
        the names whose values may have changed.
        """
        printed = self._calls.pop().end()
        files, gone = self._folder.changed()
        stale = [name for name, value in self._given.items() if self._is_stale(name, value)]
        for name in stale:
            del self._given[name]
        parts = {"printed": printed, "files": files, "gone": gone, "stale": stale}
        return {key: value for key, value in parts.items() if value}

    def fetch(self, names: list[str]) -> dict[str, Any]:
        """Return the student's values of `names`, without the names that there are not."""
        found = {name: self._names[name] for name in names if name in self._names}
        self._given |= found
        return {name: self.portable(value) for name, value in found.items()}

    def before_asking(self, request: dict[str, Any]) -> None:
        """Send the test what was printed so far, before `request` is sent to it."""
        if self.ask is None or request["do"] == "printed" or not self._calls:
            return
        printed = self._calls[-1].printed()
        if printed:
            self.ask({"do": "printed", "parts": printed})

    def _asked(self, request: dict[str, Any]) -> Any:
        assert self.ask is not None  # noqa: S101
        return self.ask(request)

    def _is_stale(self, name: str, value: Any) -> bool:
        now = self._names.get(name, _MISSING)
        if now is not value:
            return True
        if type(value) in _FIXED or issubclass(type(value), _SETTLED):
            return False  # (`isinstance` would ask the object, which may do anything)
        # Data may have changed inside; what stays here is asked for anew each time.
        return self.references is not None and not self.references.stays(value)
