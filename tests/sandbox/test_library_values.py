"""What Python's library and NumPy have, as an answer returns it: in the test it is the same."""

from typing import Any

import pytest

from autograder.sandbox import library_values
from autograder.task import CellRun
from tests.support.tasks import runs_of_tests

pytestmark = pytest.mark.slow

VALUES = """\
decimal.Decimal('-1.50')
decimal.Decimal('1E+500')
decimal.Decimal('-Infinity')
fractions.Fraction(-3, 7)
datetime.timedelta(days=-1, microseconds=5)
datetime.date(2024, 2, 29)
datetime.datetime(2024, 10, 27, 2, 30, 1, 5, fold=1)
datetime.datetime(2024, 1, 1, tzinfo=datetime.timezone(datetime.timedelta(hours=5, minutes=30)))
datetime.time(1, 2, 3, 4, fold=1)
datetime.time(1, tzinfo=datetime.UTC)
datetime.UTC
pathlib.Path('a') / 'b'
pathlib.PurePosixPath('/x')
bytearray(b'abc')
collections.Counter('hello')
collections.OrderedDict([('b', 1), ('a', 2)])
collections.defaultdict(list, {'a': [1]})
collections.defaultdict(None, {1: 2})
collections.deque([1, 2], maxlen=3)
{(1, 2): [3], None: {4}, 'range': range(1, 10, 2), 'cut': slice(1, None, 2)}
[1, (2, 3), 10**400, -0.0, 1j, '\\ud800', b'\\xff', frozenset({1, 2})]
time.gmtime(0)
time.localtime(10**9)
np.datetime64('2024-02-29T12:30')
np.datetime64('NaT', 'D')
np.timedelta64(3, 'h')
np.timedelta64(3, '25s')
np.timedelta64(5)
np.array(['2024-01-01', 'NaT'], 'M8[D]')
np.array([[1, 2]], 'm8[ns]')
np.array([1, 2], 'm8[25s]')
np.array(['a', 'bcd'])
np.array([b'a'])
np.array(3.5)
np.array([], 'f4')
np.asfortranarray(np.arange(6).reshape(2, 3))
np.float16(1.5)
np.complex64(1 + 2j)
np.bool_(True)""".splitlines()
LESSON = """\
import collections, datetime, decimal, fractions, pathlib, time
import numpy as np

def same(mine, theirs):
    assert type(mine) is type(theirs)
    if isinstance(mine, np.ndarray | np.generic):
        assert (mine.dtype, mine.shape) == (theirs.dtype, theirs.shape)
        np.testing.assert_array_equal(mine, theirs)
    else:
        assert mine == theirs and repr(mine) == repr(theirs)"""


@pytest.fixture(scope="module")
def runs() -> dict[str, CellRun]:
    """What became of each value, all of them in one notebook."""
    tests = [f"same({value}, made({value!r}))" for value in VALUES]
    ended = runs_of_tests(LESSON, "made", "def made(value):\n    return eval(value)", tests)
    return dict(zip(VALUES, ended, strict=True))


@pytest.mark.parametrize("value", VALUES)
def test_it_arrives_as_it_was(runs: dict[str, CellRun], value: str) -> None:
    assert runs[value]["ok"], (runs[value]["ename"], runs[value]["evalue"])


@pytest.mark.parametrize(
    "description",
    [
        {"is": "of the library", "type": "Popen", "parts": ["true"]},
        {"is": "of the library", "type": "Decimal", "parts": [0, [1], 10**9]},
        {"is": "of the library", "type": "defaultdict", "parts": ["exec", {}]},
        {"is": "time", "kind": "M", "unit": "centuries", "step": 1, "number": 1},
        {"is": "time", "kind": "M", "unit": "s", "step": 10**30, "number": 1},
        {"is": "time", "kind": "M", "unit": "s", "step": 0, "number": 1},
        {"is": "times", "kind": "m", "unit": "s", "step": 1, "array": [1, 2]},
    ],
)
def test_a_description_of_something_else_is_refused(description: dict[str, Any]) -> None:
    with pytest.raises((KeyError, TypeError, ValueError, ArithmeticError)):
        library_values.restore(description)
