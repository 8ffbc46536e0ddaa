"""What the functions of `dataclasses` may know of a student's data class: its fields' names."""

import dataclasses
from typing import Any, NoReturn, cast

from autograder.sandbox.refusal import NotBridged

MAX_FIELDS = 100


def names_of_fields(value: object) -> list[str] | None:
    """Return the names of the fields of a data class or of an object of one; else None."""
    kind = value if isinstance(value, type) else type(value)
    if not dataclasses.is_dataclass(kind):
        return None
    try:
        return [each.name for each in dataclasses.fields(kind)]
    except Exception:  # a class that only says it is one
        return None


def fields(names: Any) -> dict[str, "dataclasses.Field[Any]"]:
    """Return fields of these names, as a class's `__dataclass_fields__`.

    Raises TypeError for what is no list of names.
    """
    if type(names) is not list or not all(type(each) is str for each in names):
        raise TypeError("fields have names")
    made = dataclasses.make_dataclass("_", [(name, Any) for name in names[:MAX_FIELDS]])
    found = {each.name: each for each in dataclasses.fields(made)}
    for each in found.values():
        each.__class__ = cast("type[dataclasses.Field[Any]]", _Field)
    return found


class _Field(dataclasses.Field):  # type: ignore[type-arg]
    """A field whose name is told, and nothing else."""

    __slots__ = ()

    def __getattribute__(self, name: str) -> Any:
        if name in _UNTOLD:
            _refuse(name)
        return super().__getattribute__(name)


_UNTOLD = {"type", "default", "default_factory", "init", "repr", "hash", "compare", "kw_only"}


def _refuse(name: str) -> NoReturn:
    raise NotBridged(f"`{name}` of a data class's field is not told, but for its `name`")
