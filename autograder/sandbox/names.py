"""The names in a test's cells: its own, the lesson's, and the student's, looked up when used."""

import builtins
import importlib
from collections.abc import Callable, Iterable
from types import BuiltinFunctionType, FunctionType, ModuleType
from typing import Any, TypedDict

_MISSING = object()


class Common(TypedDict, total=False):
    """What the teacher's own solution says of the names that it and the tests have in common.

    See `notebook.in_common`. Nothing in it comes from a student.
    """

    reads: list[str]  # global names that its functions read
    changes: list[str]  # global names that its functions change
    classes: list[str]  # classes that it defines
    imports: dict[str, list[str]]  # names that it imports: module, and what of it
    files: list[str]  # texts in it that may be names of files
    random: bool  # it draws random numbers


class Names(dict[str, Any]):
    """The namespace of the test process. A name that is not in it may be the student's.

    What came from the student is kept until a call may have changed it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.look_up: Callable[[str], Any] = _unknown

    def __missing__(self, name: str) -> Any:
        return self.look_up(name)  # raises KeyError for a name that there is not

    def __contains__(self, name: object) -> bool:
        return self.get(name, _MISSING) is not _MISSING

    def get(self, name: Any, default: Any = None) -> Any:
        """Return a name's value, or a default."""
        try:
            return self[name]
        except KeyError:
            return default

    def __delitem__(self, name: str) -> None:
        self[name]  # the student's, too, can be deleted: it must be here to be missed
        super().__delitem__(name)


def _unknown(name: str) -> Any:
    raise KeyError(name)


class Borrowed:
    """Knows which names of a test are the student's, and fetches and forgets them."""

    def __init__(self, names: Names, fetch: Callable[[list[str]], dict[str, Any]]) -> None:
        self._names = names
        self._fetch = fetch
        self._common = Common()
        self._asked: set[str] = set()  # were the student's in an earlier test
        self._answers: set[str] = set()  # are the student's to define, the template says
        self._own: frozenset[str] = frozenset()  # that the cell gives a value itself
        self._held: dict[str, Any] = {}  # the student's, as they are in `names`
        self._deleted: set[str] = set()  # by a test
        self._told: dict[str, Any] = {}  # values of the test's that the student's process has
        self._given: set[str] = set()  # names of those that a test has set
        self._testing = False
        names.look_up = self._look_up

    def lesson(self, gives: Iterable[str], common: Common) -> None:
        """Prepare for a cell of the lesson, which gives the names `gives` a value."""
        self._testing, self._own, self._common = False, frozenset(gives), common

    def lesson_done(self, is_fine: bool) -> None:
        """Take note that both processes have what a cell of the lesson defined."""
        if is_fine:
            self._asked -= self._own
        for name in self._watched():
            value = dict.get(self._names, name, _MISSING)
            if value is not _MISSING and self._held.get(name, _MISSING) is not value:
                self._told[name] = value

    def test(
        self, gives: Iterable[str], mentions: list[str], answers: Iterable[str], common: Common
    ) -> list[str]:
        """Prepare for a test cell, which `gives` names a value; return those it must fetch.

        These are the student's among the names that it `mentions`. `answers` are the names that
        the student is to define.
        """
        self._testing, self._common = True, common
        self._answers = set(answers)
        changes = set(common.get("changes", ()))
        self._own = frozenset(gives) - self._answers - changes
        for name in self._asked | self._answers | changes:
            dict.pop(self._names, name, None)
        self._held.clear()
        self._deleted.clear()
        self._asked |= self._answers | changes
        return [name for name in mentions if self._is_theirs(name)]

    def test_done(self, is_fine: bool) -> None:
        """End with a test's cell."""
        if is_fine:
            self._asked -= self._own

    def take(self, wanted: list[str]) -> None:
        """Fetch the values of these names from the student's process."""
        found = self._fetch(wanted)
        for name in wanted:
            if name not in found:
                continue
            value = found[name]
            self._mark_class(name, value)
            self._asked.add(name)  # first: with it, the next test forgets the value
            dict.__setitem__(self._names, name, value)
            self._held[name] = value

    def forget(self, stale: list[str], was_call: bool) -> None:
        """Forget values of `stale` names; after a call also of those that a solution changes."""
        for name in [*stale, *(self._common.get("changes", ()) if was_call else ())]:
            dict.pop(self._names, name, None)
            self._held.pop(name, None)
            self._told.pop(name, None)

    def changed(self) -> dict[str, Any]:
        """Return what the test has done to names that the student's functions see.

        `given` has new values by name, `gone` the names that are deleted; what is empty is left
        out.
        """
        if not self._testing:
            return {}
        gone = [name for name in self._held if dict.get(self._names, name, _MISSING) is _MISSING]
        for name in gone:
            del self._held[name]
            self._told.pop(name, None)
        self._deleted |= set(gone)
        given: dict[str, Any] = {}
        for name in self._watched() | self._deleted:
            value = dict.get(self._names, name, _MISSING)
            if value is _MISSING or self._held.get(name, _MISSING) is value:
                continue
            if self._told.get(name, _MISSING) is value:
                continue
            self._told[name] = value
            if not _is_imported(value):
                given[name] = value
                self._given.add(name)
                self._deleted.discard(name)
            elif name in self._given:  # `input = old_input`
                gone.append(name)
                self._given.discard(name)
        return {key: value for key, value in (("gone", gone), ("given", given)) if value}

    def _watched(self) -> set[str]:
        return {*self._common.get("reads", ()), *self._common.get("changes", ())}

    def _is_theirs(self, name: str) -> bool:
        if hasattr(builtins, name) and name not in self._answers:
            return False
        if name in self._deleted or name in self._common.get("imports", {}):
            return False
        known = dict.get(self._names, name, _MISSING) is not _MISSING
        return name in self._asked or not (known or name in self._own)

    def _look_up(self, name: str) -> Any:
        """Return a name's value from the student's process. Raises KeyError if there is none."""
        imports = self._common.get("imports", {})
        if self._testing and name in imports and not hasattr(builtins, name):
            if name not in self._fetch([name]):
                raise KeyError(name)  # to import it may be all that was asked for
            return dict.setdefault(self._names, name, imported(imports[name]))
        asks = self._testing and not (type(name) is str and name.startswith("__"))
        if not (asks or name in self._asked) or not self._is_theirs(name):
            raise KeyError(name)
        self.take([name])
        value = dict.get(self._names, name, _MISSING)
        if value is _MISSING:
            raise KeyError(name)
        return value

    def _mark_class(self, name: str, value: Any) -> None:
        """Mark a class that the exercise asks for: a test may calculate with its objects."""
        about = getattr(value, "_about", None) if name in self._common.get("classes", ()) else None
        if type(about) is dict and "class" in about["can"]:
            about["answer"] = True


def _is_imported(value: Any) -> bool:
    """Return whether a value is a library's, which the student's process has itself."""
    kind = type(value)  # (a proxy's `__class__` may say that it is a function)
    if issubclass(kind, type | FunctionType | BuiltinFunctionType):
        return getattr(value, "__module__", None) != "__main__"
    return issubclass(kind, ModuleType)


def imported(what: list[str]) -> Any:
    """Return a module, or what is in one, as an import of the teacher's own solution does."""
    module = importlib.import_module(what[0])
    return getattr(module, what[1]) if len(what) > 1 else module
