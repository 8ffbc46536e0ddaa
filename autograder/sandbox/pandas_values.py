"""DataFrames, Series and indexes as plain data, where pandas is installed.

They cross as copies: columns as arrays, texts as lists, with their dtypes and indexes by name.
Nothing is pickled; what is rebuilt is made by pandas' own constructors from data of exact types.
Without pandas this module does nothing.
"""

import importlib
import sys
from typing import Any, cast

import numpy as np

# Dtypes of pandas's own that may be named on the wire; a category and a time zone are described.
_EXTENSIONS = frozenset(
    "Int8 Int16 Int32 Int64 UInt8 UInt16 UInt32 UInt64 Float32 Float64 boolean str string".split()
)
MAX_COLUMNS = 10_000


class _NotPlain(ValueError):
    """Something of pandas that has no description."""


def describe(value: Any) -> dict[str, Any] | None:
    """Return an object of pandas as plain data; None for what is none or cannot be described."""
    if "pandas" not in sys.modules or type(value).__module__.split(".")[0] != "pandas":
        return None
    try:
        return _described(value)
    except _NotPlain:
        return None


def restore(description: dict[str, Any]) -> Any:
    """Return what `describe` described.

    Raises KeyError, TypeError or ValueError for anything else, ImportError without pandas.
    """
    pd = cast(Any, importlib.import_module("pandas"))
    kind = description["is"]
    if kind == "frame":
        index = _made_index(pd, description["index"])
        columns = description["columns"]
        parts = {number: _made_series(pd, each, index) for number, each in enumerate(columns)}
        frame = pd.DataFrame(parts, index=index)
        frame.columns = _made_index(pd, description["names"])
        return frame
    if kind == "series":
        index = _made_index(pd, description["index"])
        made = _made_series(pd, description["values"], index)
        made.name = description["name"]
        return made
    if kind == "index":
        return _made_index(pd, description)
    if kind == "timestamp":
        made = _made_time(pd.Timestamp, description)
        return made.tz_localize("UTC").tz_convert(_zone(description["zone"]))
    if kind == "timedelta":
        return _made_time(pd.Timedelta, description)
    if kind == "missing":
        return {"NaT": pd.NaT, "NA": pd.NA}[description["name"]]
    raise ValueError("there is nothing of that kind in pandas")


def write_back(old: Any, new: Any) -> bool:
    """Make `old` what `new` is, in place if both are a frame or a series; return whether so."""
    if "pandas" not in sys.modules:
        return False
    pd = cast(Any, sys.modules["pandas"])
    if type(old) not in (pd.DataFrame, pd.Series) or type(new) is not type(old):
        return False
    old._update_inplace(new)
    return True


def _described(value: Any) -> dict[str, Any] | None:
    pd = cast(Any, sys.modules["pandas"])
    kind = type(value)
    if kind is pd.DataFrame:
        if value.shape[1] > MAX_COLUMNS or value.attrs:
            raise _NotPlain
        columns = [_array(pd, value.iloc[:, number].array) for number in range(value.shape[1])]
        index, names = _index(pd, value.index), _index(pd, value.columns)
        return {"is": "frame", "columns": columns, "index": index, "names": names}
    if kind is pd.Series:
        parts = {"values": _array(pd, value.array), "index": _index(pd, value.index)}
        return {"is": "series", "name": value.name, **parts}
    if isinstance(value, pd.Index):
        return _index(pd, value)
    if value is pd.NaT or value is pd.NA:
        return {"is": "missing", "name": "NaT" if value is pd.NaT else "NA"}
    if kind is pd.Timestamp:
        zone = None if value.tz is None else str(value.tz)
        return {"is": "timestamp", "number": value._value, "unit": value.unit, "zone": zone}
    if kind is pd.Timedelta:
        return {"is": "timedelta", "number": value._value, "unit": value.unit}
    return None


def _index(pd: Any, index: Any) -> dict[str, Any]:
    kind, names = type(index), list(index.names)
    if kind is pd.RangeIndex:
        ends = [index.start, index.stop, index.step]
        return {"is": "index", "kind": "range", "ends": ends, "names": names}
    if kind is pd.MultiIndex:
        levels = [_index(pd, level) for level in index.levels]
        codes = [np.asarray(each, "int64") for each in index.codes]
        return {"is": "index", "kind": "multi", "levels": levels, "codes": codes, "names": names}
    known = (pd.Index, pd.DatetimeIndex, pd.TimedeltaIndex, pd.CategoricalIndex)
    if kind in known:
        freq = index.freqstr if kind in (pd.DatetimeIndex, pd.TimedeltaIndex) else None
        values = _array(pd, index.array)
        return {"is": "index", "kind": "flat", "values": values, "freq": freq, "names": names}
    raise _NotPlain


def _made_index(pd: Any, description: Any) -> Any:
    kind, names = description["kind"], description["names"]
    if kind == "range":
        made = pd.RangeIndex(*map(int, description["ends"]))
    elif kind == "multi":
        levels = [_made_index(pd, level) for level in description["levels"]]
        made = pd.MultiIndex(levels, description["codes"])
    else:
        array = _made_array(pd, description["values"])
        made = pd.Index(array, dtype=array.dtype, copy=True)
        if description["freq"] is not None:
            made.freq = str(description["freq"])[:40]
    made.names = list(names)
    return made


def _made_series(pd: Any, described: Any, index: Any) -> Any:
    array = _made_array(pd, described)
    return pd.Series(array, index=index, dtype=array.dtype, copy=True)  # else it guesses a dtype


def _array(pd: Any, array: Any) -> dict[str, Any]:
    """Return a column's values: as an array, or as a list and the name of a dtype."""
    if type(array) is pd.arrays.NumpyExtensionArray:
        array = array.to_numpy()
    dtype = array.dtype
    if isinstance(dtype, pd.CategoricalDtype):
        codes = np.asarray(array.codes, "int64")
        values = _index(pd, array.categories)
        return {"dtype": "category", "codes": codes, "of": values, "ordered": bool(dtype.ordered)}
    if isinstance(dtype, pd.DatetimeTZDtype):
        moments = np.asarray(array.tz_convert("UTC").tz_localize(None))
        return {"dtype": "zoned", "zone": str(dtype.tz), "values": moments}
    if isinstance(dtype, np.dtype):
        if dtype.kind in "biufcmM":
            return {"dtype": "numpy", "values": np.asarray(array)}
        if dtype.kind == "O":
            return {"dtype": "object", "values": list(array)}
    if str(dtype) in _EXTENSIONS:
        if not isinstance(dtype, pd.StringDtype):
            return {"dtype": str(dtype), "values": list(array)}
        marked = dtype.na_value is pd.NA  # else a text that is missing is a NaN
        return {"dtype": "str", "storage": dtype.storage, "NA": marked, "values": list(array)}
    raise _NotPlain


def _made_array(pd: Any, described: Any) -> Any:
    dtype = described["dtype"]
    if dtype == "category":
        categories = _made_index(pd, described["of"])
        codes = described["codes"]
        return pd.Categorical.from_codes(codes, categories, ordered=described["ordered"] is True)
    values = described["values"]
    if dtype == "zoned":
        zone = _zone(described["zone"])
        return pd.DatetimeIndex(values).tz_localize("UTC").tz_convert(zone).array
    if dtype == "numpy":
        if type(values) is not np.ndarray or values.ndim != 1:
            raise TypeError("a column is an array")
        return values
    if type(values) is not list:
        raise TypeError("a column is a list")
    if dtype == "object":
        array = np.empty(len(values), object)
        for number, each in enumerate(values):
            array[number] = each
        return array
    if dtype not in _EXTENSIONS:
        raise ValueError("a column has no such type")
    if dtype == "str":
        storage = described["storage"]
        if storage not in ("python", "pyarrow"):
            raise ValueError("texts are not stored so")
        missing = pd.NA if described["NA"] is True else np.nan
        return pd.array(values, dtype=pd.StringDtype(storage=storage, na_value=missing))
    return pd.array(values, dtype=dtype)


def _made_time(kind: Any, description: dict[str, Any]) -> Any:
    number, unit = description["number"], description["unit"]
    if type(number) is not int:
        raise TypeError("a time is so many units")
    if unit not in ("s", "ms", "us", "ns"):
        raise ValueError("there is no such unit of time")
    return kind(number, unit=unit).as_unit(unit)


def _zone(name: Any) -> Any:
    if name is None:
        return None
    if type(name) is not str or len(name) > 60 or ".." in name or name.startswith("/"):
        raise ValueError("there is no such time zone")
    return name
