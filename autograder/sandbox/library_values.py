"""Values of Python's own library that cross as data: dates, decimals, counters, paths.

Only exact types are described, each by plain data from which its own constructor makes it
again; nothing is looked up by a name that came over the wire.
"""

import collections
import datetime
import decimal
import fractions
import pathlib
import time
from collections.abc import Callable
from keyword import iskeyword
from typing import Any

import numpy as np

MAX_EXPONENT = 10_000  # of a decimal: calculating with more would take for ever
MAX_FIELDS = 200  # of a named tuple
# What a defaultdict's missing values may be made by.
_FACTORIES: dict[str, type] = {
    each.__name__: each for each in (int, float, complex, str, list, dict, set, tuple, bool)
}


def _decimal(value: decimal.Decimal) -> list[Any]:
    sign, digits, exponent = value.as_tuple()
    if isinstance(exponent, int) and (abs(exponent) > MAX_EXPONENT or len(digits) > MAX_EXPONENT):
        raise ValueError("a decimal of so many digits")
    return [sign, list(digits), exponent]


def _made_decimal(sign: Any, digits: Any, exponent: Any) -> decimal.Decimal:
    made = decimal.Decimal((sign, tuple(digits), exponent))
    _decimal(made)
    return made


def _offset(value: datetime.datetime | datetime.time) -> Any:
    zone = value.tzinfo
    if zone is not None and type(zone) is not datetime.timezone:
        raise ValueError("a time zone with rules of its own")
    return zone.utcoffset(None) if zone is not None else None


def _zone(offset: Any) -> datetime.timezone | None:
    return None if offset is None else datetime.timezone(offset)


def _moment(value: datetime.datetime) -> list[Any]:
    parts = [value.year, value.month, value.day, value.hour, value.minute, value.second]
    return [*parts, value.microsecond, value.fold, _offset(value)]


def _made_moment(*parts: Any) -> datetime.datetime:
    *numbers, fold, offset = parts
    made: datetime.datetime = datetime.datetime(*numbers)
    return made.replace(tzinfo=_zone(offset), fold=fold)


def _clock(value: datetime.time) -> list[Any]:
    parts = [value.hour, value.minute, value.second, value.microsecond]
    return [*parts, value.fold, _offset(value)]


def _made_clock(*parts: Any) -> datetime.time:
    *numbers, fold, offset = parts
    made: datetime.time = datetime.time(*numbers)
    return made.replace(tzinfo=_zone(offset), fold=fold)


def _default(value: collections.defaultdict[Any, Any]) -> list[Any]:
    factory = value.default_factory
    name = next((name for name, each in _FACTORIES.items() if each is factory), None)
    return [name, dict(value)]


def _made_default(name: Any, content: Any) -> Any:
    return collections.defaultdict(_FACTORIES[name] if name is not None else None, content)


# Type: its parts as data, and what makes it of them.
_KNOWN: dict[type, tuple[Callable[[Any], list[Any]], Callable[..., Any]]] = {
    decimal.Decimal: (_decimal, _made_decimal),
    fractions.Fraction: (lambda x: [x.numerator, x.denominator], fractions.Fraction),
    datetime.timedelta: (lambda x: [x.days, x.seconds, x.microseconds], datetime.timedelta),
    datetime.date: (lambda x: [x.year, x.month, x.day], datetime.date),
    datetime.datetime: (_moment, _made_moment),
    datetime.time: (_clock, _made_clock),
    datetime.timezone: (lambda x: [x.utcoffset(None)], datetime.timezone),
    time.struct_time: (lambda x: [*x, x.tm_zone, x.tm_gmtoff], lambda *x: time.struct_time(x)),
    type(pathlib.Path()): (lambda x: [str(x)], pathlib.Path),
    pathlib.PurePosixPath: (lambda x: [str(x)], pathlib.PurePosixPath),
    bytearray: (lambda x: [bytes(x)], bytearray),
    collections.Counter: (lambda x: [dict(x)], collections.Counter),
    collections.OrderedDict: (lambda x: [dict(x)], collections.OrderedDict),
    collections.defaultdict: (_default, _made_default),
    collections.deque: (lambda x: [list(x), x.maxlen], collections.deque),
}
_BY_NAME = {kind.__name__: make for kind, (_, make) in _KNOWN.items()}


def describe(value: Any) -> dict[str, Any] | None:
    """Return a value as plain data, or None if it is none of these types exactly."""
    kind = type(value)
    if kind in _KNOWN:
        try:
            return {"is": "of the library", "type": kind.__name__, "parts": _KNOWN[kind][0](value)}
        except ValueError:
            return None
    if kind is np.ndarray and value.dtype.kind in "mM" and value.dtype.itemsize == 8:
        return {"is": "times", **_of_times(value.dtype), "array": value.view("int64")}
    if isinstance(value, np.datetime64 | np.timedelta64) and type(value) in _TIMES.values():
        array: Any = np.asarray(value)
        return {"is": "time", **_of_times(array.dtype), "number": int(array.view("int64"))}
    return None


def _of_times(dtype: "np.dtype[Any]") -> dict[str, Any]:
    """Describe NumPy's moments (M) or lengths of time (m), which count so many units, mostly 1."""
    unit, step = np.datetime_data(dtype)
    return {"kind": dtype.kind, "unit": unit, "step": step}


_TIMES = {"M": np.datetime64, "m": np.timedelta64}
_UNITS = frozenset("generic Y M W D h m s ms us ns ps fs as".split())


def restore(description: dict[str, Any]) -> Any:
    """Return what `describe` described.

    Raises KeyError, TypeError, ValueError or ArithmeticError for anything else.
    """
    if description["is"] == "of the library":
        return _BY_NAME[description["type"]](*description["parts"])
    kind, unit, step = description["kind"], description["unit"], description["step"]
    if kind not in _TIMES or unit not in _UNITS or type(step) is not int or step < 1:
        raise ValueError("there are no such times")
    name = f"{kind}8" if unit == "generic" else f"{kind}8[{step}{unit}]"
    if description["is"] == "times":
        array = description["array"]
        if type(array) is not np.ndarray or array.dtype != np.int64:
            raise TypeError("times are numbers")
        return array.view(name)
    return np.array([description["number"]], np.int64).view(name)[0]


def is_named(value: Any) -> bool:
    """Return whether a value is a named tuple."""
    fields = getattr(type(value), "_fields", None)
    return (
        isinstance(value, tuple)
        and isinstance(fields, tuple)
        and len(fields) == len(value) <= MAX_FIELDS
        and all(isinstance(field, str) for field in fields)
    )


def named_tuple(name: str, fields: Any) -> type:
    """Return a new class of named tuples. Raises ValueError for fields that cannot be."""
    allowed = all(
        type(field) is str
        and field.isidentifier()
        and not field.startswith("_")
        and not iskeyword(field)
        for field in fields
    )
    if not allowed or len(fields) > MAX_FIELDS or not name.isidentifier() or iskeyword(name):
        raise ValueError("a named tuple of such fields")
    made: type = collections.namedtuple(name, fields)  # type: ignore[misc]
    return made
