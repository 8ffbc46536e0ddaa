"""What pandas has, on its way into an answer and back to the test: nothing of it changes."""

from typing import Any

import pytest

from autograder.sandbox import pandas_values
from autograder.task import CellRun
from tests.support.tasks import runs_of_tests

pytestmark = pytest.mark.slow

ZONED = "pd.date_range('2024-03-30', periods=3, freq='D', tz='Europe/Berlin')"
PAIRS = "pd.MultiIndex.from_tuples([('a', 1), ('a', 2), ('b', 1)], names=['letter', None])"
VALUES = {
    # --- moments and lengths of time ---
    "moment": "pd.Timestamp('2024-02-29 12:30:00.000000001')",
    "moment-in-seconds": "pd.Timestamp('2024-02-29').as_unit('s')",
    "moment-somewhere": "pd.Timestamp('2024-02-29 12:30', tz='Asia/Tokyo')",
    "in-an-hour-that-is-twice": "pd.Timestamp('2024-10-27 00:30Z').tz_convert('Europe/Berlin')",
    "shifted-by-hours": "pd.Timestamp('2024-02-29 12:00+05:30')",
    "length": "pd.Timedelta(days=-1, microseconds=3)",
    "length-in-milliseconds": "pd.Timedelta(1_500, unit='ms').as_unit('ms')",
    "no-moment": "pd.NaT",
    "nothing": "pd.NA",
    # --- indexes ---
    "range": "pd.RangeIndex(1, 10, 2, name='odd')",
    "numbers": "pd.Index([3, 1, 2])",
    "fractions": "pd.Index([0.5, np.nan])",
    "texts": "pd.Index(['x', 'y', None], name='n')",
    "pairs": PAIRS,
    "days": "pd.date_range('2024-01-31', periods=3, freq='ME')",
    "days-somewhere": ZONED,
    "lengths": "pd.timedelta_range('1h', periods=3, freq='30min', name='after')",
    "kinds": "pd.CategoricalIndex(['b', 'a', 'b'], categories=['b', 'a'], ordered=True)",
    "no-index": "pd.Index([])",
    # --- series ---
    "whole-with-gaps": "pd.Series([1, None, 3], dtype='Int64')",
    "small": "pd.Series([1, None], dtype='UInt8', name=('a', 1))",
    "flags-with-gaps": "pd.Series([True, None, False], dtype='boolean')",
    "single-precision": "pd.Series([1.5, None], dtype='Float32')",
    "plain-texts": "pd.Series(['a', None, 'ü'])",
    "texts-with-gaps": "pd.Series(['a', None], dtype='string')",
    "mixed": "pd.Series([1, 'a', None, 2.5, (1, 2)], dtype=object)",
    "objects-of-time": "pd.Series([pd.Timestamp('2024-01-01'), pd.NaT, pd.NA], dtype=object)",
    "complex": "pd.Series([1 + 2j, 3])",
    "ordered-kinds": "pd.Series(pd.Categorical(['lo', None], ['lo', 'hi'], ordered=True))",
    "kinds-of-numbers": "pd.Series([10, 20, 10], dtype='category')",
    "moments-somewhere": f"pd.Series({ZONED})",
    "moments-with-gaps": "pd.Series(pd.to_datetime(['2024-01-01', None]))",
    "lengths-with-gaps": "pd.Series(pd.to_timedelta(['1h', None]))",
    "by-pairs": f"pd.Series([1.0, 2.0, 3.0], index={PAIRS})",
    "by-days": f"pd.Series(range(3), index={ZONED})",
    "no-values": "pd.Series([], dtype='float64', name='empty')",
    # --- frames ---
    "frame": "pd.DataFrame({'n': [1, 2], 's': ['a', 'b'], 'f': [0.5, np.nan]}, index=['x', 'y'])",
    "no-rows": "pd.DataFrame({'n': pd.Series([], dtype='Int64'), 's': pd.Series([], dtype='str')})",
    "no-columns": "pd.DataFrame(index=[1, 2])",
    "nothing-at-all": "pd.DataFrame()",
    "columns-alike": "pd.DataFrame([[1, 'a'], [2, 'b']], columns=['x', 'x'])",
    "columns-in-pairs": f"pd.DataFrame(np.eye(3), columns={PAIRS})",
    "columns-of-time": f"pd.DataFrame(np.eye(3), pd.Index([3, 1, 2], name='k'), {ZONED})",
    "counted": "pd.DataFrame({'k': list('aab'), 'v': [1, 2, 4]}).groupby('k').agg(['sum', 'mean'])",
    "binned": "pd.Series([1, 5, 9]).groupby(pd.cut(pd.Series([1, 5, 9]), [0, 5, 10])).sum()",
    "by-month": "pd.Series(1, pd.date_range('2024-01-01', periods=60)).resample('MS').sum()",
    "periods": "pd.Series(range(3), index=pd.period_range('2024-01', periods=3, freq='M'))",
    "one-period": "pd.Period('2024-01')",
    "intervals": "pd.interval_range(0, 3)",
    "sparse": "pd.Series(pd.arrays.SparseArray([0, 0, 1]))",
}
SAME = """\
def same(one, other):
    if isinstance(one, pd.DataFrame):
        pd.testing.assert_frame_equal(one, other, check_exact=True, check_freq=True)
    elif isinstance(one, pd.Series):
        pd.testing.assert_series_equal(one, other, check_exact=True, check_freq=True)
    elif isinstance(one, pd.Index):
        pd.testing.assert_index_equal(one, other, exact=True)
        assert getattr(one, "freq", None) == getattr(other, "freq", None)
    else:
        assert type(one) is type(other) and (one is other or one == other)
        assert getattr(one, "unit", None) == getattr(other, "unit", None)
        assert str(getattr(one, "tz", None)) == str(getattr(other, "tz", None))"""


@pytest.fixture(scope="module")
def runs() -> dict[str, CellRun]:
    """What became of each value, all of them in one notebook."""
    lesson = f"import numpy as np\nimport pandas as pd\n{SAME}"
    answer = "def given_back(value):\n    return value"
    tests = [f"value = {value}\nsame(value, given_back(value))" for value in VALUES.values()]
    return dict(zip(VALUES, runs_of_tests(lesson, "given_back", answer, tests), strict=True))


@pytest.mark.parametrize("name", VALUES)
def test_it_comes_back_as_it_was(runs: dict[str, CellRun], name: str) -> None:
    assert runs[name]["ok"], (runs[name]["ename"], runs[name]["evalue"])


MOMENT = {"is": "timestamp", "number": 0, "unit": "s", "zone": None}
ONE = {"is": "index", "kind": "range", "ends": [0, 1, 1], "names": [None]}
SERIES = {"is": "series", "name": "x", "index": ONE, "values": {"dtype": "object", "values": [1]}}


@pytest.mark.parametrize("description", [MOMENT, SERIES])
def test_a_description_is_taken(description: dict[str, Any]) -> None:
    assert pandas_values.restore(description) is not None


@pytest.mark.parametrize(
    "description",
    [
        {"is": "panel"},
        {"is": "missing", "name": "pd"},
        MOMENT | {"unit": "years"},
        MOMENT | {"number": 10**30},
        MOMENT | {"number": "today"},
        MOMENT | {"zone": "../../etc/passwd"},
        MOMENT | {"zone": "Nowhere/At_All"},
        SERIES | {"values": {"dtype": "object", "values": "text"}},
        SERIES | {"values": {"dtype": "period[M]", "values": [1]}},
        SERIES | {"values": {"dtype": "numpy", "values": [1]}},
        SERIES | {"values": {"dtype": "str", "storage": "file", "NA": True, "values": []}},
        SERIES | {"values": {"dtype": "category", "codes": [1], "of": ONE, "ordered": False}},
    ],
)
def test_a_description_of_something_else_is_refused(description: dict[str, Any]) -> None:
    with pytest.raises((KeyError, TypeError, ValueError, ArithmeticError)):
        pandas_values.restore(description)
