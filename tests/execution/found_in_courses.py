"""Tests as they are found in public courses: data science and first programming, see `ordinary`."""

from tests.execution.ordinary import Case

# Right answers pass, wrong ones do not.
FOUND: dict[str, Case] = {
    # --- NumPy and pandas ---
    "structured-array": Case(
        "def as_records(names, ages):\n"
        "    return np.array(list(zip(names, ages)), dtype=[('name', 'U10'), ('age', 'i4')])",
        "def as_records(names, ages):\n    return np.array(list(zip(names, ages)))",
        "r = as_records(['Ann', 'Bo'], [3, 4])\nassert r.dtype.names == ('name', 'age')\n"
        "assert r['age'].sum() == 7 and r[0]['name'] == 'Ann'",
    ),
    "datetime-array": Case(
        "def days(start, n):\n    return np.datetime64(start) + np.arange(n)",
        "def days(start, n):\n    return np.arange(n)",
        "d = days('2024-02-28', 3)\nassert d.dtype == 'datetime64[D]'\n"
        "np.testing.assert_array_equal(d, np.array(['2024-02-28', '2024-02-29', '2024-03-01'],\n"
        "                              dtype='datetime64[D]'))",
    ),
    "numpy-scalar": Case(
        "def share(v):\n    return np.float64(np.sum(v > 0) / len(v))",
        "def share(v):\n    return str(np.sum(v > 0) / len(v))",
        "s = share(np.array([1.0, -1.0]))\nassert isinstance(s, (float, np.floating)) and s == 0.5\n"
        "np.testing.assert_almost_equal(s, 0.5, decimal=7)\nassert type(s) == np.float64",
    ),
    "masked-and-nan": Case(
        "def cleaned(v):\n    return v[~np.isnan(v)]",
        "def cleaned(v):\n    return v",
        "np.testing.assert_equal(cleaned(np.array([1.0, np.nan, 2.0])), np.array([1.0, 2.0]))\n"
        "assert not np.isnan(cleaned(np.array([np.nan, 1.0]))).any()",
    ),
    "in-place-array": Case(
        "def zero_diagonal(m):\n    np.fill_diagonal(m, 0)",
        "def zero_diagonal(m):\n    m = m * 0",
        "m = np.ones((2, 2))\nassert zero_diagonal(m) is None\n"
        "np.testing.assert_array_equal(m, [[0, 1], [1, 0]])",
    ),
    "merged": Case(
        "def joined(a, b):\n    return pd.merge(a, b, on='id', how='left')",
        "def joined(a, b):\n    return pd.merge(a, b, on='id')",
        "a = pd.DataFrame({'id': [1, 2], 'x': [3, 4]})\nb = pd.DataFrame({'id': [1], 'y': ['u']})\n"
        "m = joined(a, b)\nassert m.shape == (2, 3) and m['y'].isnull().sum() == 1\n"
        "pd.testing.assert_frame_equal(m, a.merge(b, how='left'))",
    ),
    "grouped-multi": Case(
        "def table_by(f):\n    return f.groupby(['c', 'y']).agg(total=('v', 'sum'), n=('v', 'size'))",
        "def table_by(f):\n    return f.groupby(['c']).agg(total=('v', 'sum'), n=('v', 'size'))",
        "f = pd.DataFrame({'c': list('aab'), 'y': [1, 1, 2], 'v': [1.0, 2.0, 3.0]})\nt = table_by(f)\n"
        "assert isinstance(t.index, pd.MultiIndex) and t.loc[('a', 1), 'total'] == 3.0\n"
        "assert t.index.names == ['c', 'y'] and t['n'].tolist() == [2, 1]",
    ),
    "pivoted": Case(
        "def wide(f):\n    return f.pivot_table(index='d', columns='k', values='v', aggfunc='mean')",
        "def wide(f):\n    return f.set_index('d')",
        "f = pd.DataFrame({'d': pd.to_datetime(['2024-01-01'] * 2), 'k': ['a', 'b'], 'v': [1, 2]})\n"
        "w = wide(f)\nassert list(w.columns) == ['a', 'b'] and w.columns.name == 'k'\n"
        "assert isinstance(w.index, pd.DatetimeIndex) and w.iloc[0]['b'] == 2",
    ),
    "applied": Case(
        "def grade_of(points):\n    return 'A' if points >= 90 else 'B'",
        "def grade_of(points):\n    return 'A' if points > 90 else 'B'",
        "s = pd.Series([90, 50])\nassert s.apply(grade_of).tolist() == ['A', 'B']\n"
        "assert s.map(grade_of).value_counts()['A'] == 1",
    ),
    "vectorized": Case(
        "def step(x):\n    return 1 if x > 0 else 0",
        "def step(x):\n    return 1 if x >= 0 else 0",
        "assert np.vectorize(step)(np.array([-1, 0, 2])).tolist() == [0, 0, 1]\n"
        "np.testing.assert_array_equal([step(v) for v in np.linspace(-1, 1, 3)], [0, 0, 1])",
    ),
    "tuple-of-all": Case(
        "def described(f):\n    return f['v'].mean(), f[f['v'] > 1], {'max': f['v'].max()}",
        "def described(f):\n    return f['v'].mean(), f, {'max': f['v'].min()}",
        "f = pd.DataFrame({'v': [1, 2, 3]})\nmean, big, info = described(f)\n"
        "assert mean == 2.0 and len(big) == 2 and info['max'] == 3 and list(big.index) == [1, 2]\n"
        "assert isinstance(info, dict) and type(info) is dict",
    ),
    "random-generator": Case(
        "def sample_of(rng, n):\n    return rng.integers(0, 10, size=n)",
        "def sample_of(rng, n):\n    return np.zeros(n, dtype=int)",
        "rng = np.random.default_rng(3)\nexpected = np.random.default_rng(3).integers(0, 10, size=5)\n"
        "np.testing.assert_array_equal(sample_of(rng, 5), expected)",
    ),
    # --- numbers and text ---
    "close": Case(
        "def hypotenuse(a, b):\n    return (a * a + b * b) ** 0.5",
        "def hypotenuse(a, b):\n    return a + b",
        "import math\nfrom math import isclose\nassert isclose(hypotenuse(3, 4), 5, rel_tol=1e-9)\n"
        "assert math.isclose(hypotenuse(1, 1), math.sqrt(2)) and abs(hypotenuse(0, 2) - 2) < 1e-6\n"
        "assert type(hypotenuse(3, 4)) == float and round(hypotenuse(1, 1), 3) == 1.414",
    ),
    "formatted": Case(
        "def receipt_line(name, price):\n    return f'{name:<10}{price:>8.2f}'",
        "def receipt_line(name, price):\n    return f'{name}{price}'",
        "line = receipt_line('Tea', 2.5)\nassert line == 'Tea           2.50' and len(line) == 18\n"
        "assert line.startswith('Tea') and line.split() == ['Tea', '2.50'], f'got {line!r}'",
    ),
    "in-a-loop": Case(
        "def collatz(n):\n    out = [n]\n    while n != 1:\n"
        "        n = n // 2 if n % 2 == 0 else 3 * n + 1\n        out.append(n)\n    return out",
        "def collatz(n):\n    return [n, 1]",
        "for given, expected in [(1, [1]), (6, [6, 3, 10, 5, 16, 8, 4, 2, 1])]:\n"
        "    assert collatz(given) == expected, f'collatz({given})'\n"
        "assert all(collatz(k)[-1] == 1 for k in range(1, 30)) and max(collatz(27)) == 9232",
    ),
    "type-equals": Case(
        "def kinds(x):\n    return [type(each) for each in x]\nanswer_text = 'forty-two'",
        "def kinds(x):\n    return [type(each).__name__ for each in x]\nanswer_text = 42",
        "assert type(answer_text) == str and type(answer_text) is str\n"
        "assert kinds([1, 'a', 2.0]) == [int, str, float] and kinds([[]])[0] is list",
    ),
    "pattern": Case(
        "import re\nphone = re.compile(r'^\\d{3}-\\d{4}$')\n"
        "def masked(text):\n    return re.sub(r'\\d', '#', text)",
        "import re\nphone = re.compile(r'\\d{3}-\\d{3}')\ndef masked(text):\n    return text",
        "import re\nassert phone.match('555-1234') and not phone.match('5555-1234x')\n"
        "assert isinstance(phone, re.Pattern) and phone.pattern[0] == '^'\n"
        "assert masked('a1b22') == 'a#b##'",
    ),
    # --- magics that run code themselves, show its errors and go on ---
    "captured": Case(
        "def half(n):\n    return n / 2",
        "def half(n):\n    return n // 2",
        "%%capture shown\nprint(half(4))\nassert half(3) == 1.5",
    ),
    "captured-magic": Case(
        "def third(n):\n    return n / 3",
        "def third(n):\n    return n // 3",
        "%%capture\nif third(4) == 1:\n    %no_such_magic",
    ),
    "captured-group": Case(
        "def fourth(n):\n    return n / 4",
        "def fourth(n):\n    return n // 4",
        "%%capture\nif fourth(5) == 1:\n    raise ExceptionGroup('two', [ValueError(1)])",
    ),
    "cell-in-a-cell": Case(
        "def fifth(n):\n    return n / 5",
        "def fifth(n):\n    return n // 5",
        "done = get_ipython().run_cell('assert fifth(6) == 1.2')",
    ),
    "shown-error": Case(
        "def sixth(n):\n    return n / 6",
        "def sixth(n):\n    return n // 6",
        "try:\n    assert sixth(9) == 1.5\nexcept AssertionError:\n    get_ipython().showtraceback()",
    ),
    "timed": Case(
        "def seventh(n):\n    return n / 7",
        "def seventh(n):\n    return n // 7",
        "%%time\nassert seventh(3.5) == 0.5",
    ),
    # --- functions that take and give functions ---
    "key-given": Case(
        "def by_last_letter(word):\n    return word[-1]",
        "def by_last_letter(word):\n    return word[0]",
        "words = ['abz', 'cba', 'xyb']\nassert sorted(words, key=by_last_letter) == ['cba', 'xyb', 'abz']\n"
        "words.sort(key=by_last_letter, reverse=True)\nassert words[0] == 'abz'\n"
        "import itertools\n"
        "assert [k for k, _ in itertools.groupby(sorted(words, key=by_last_letter), by_last_letter)]"
        " == ['a', 'b', 'z']",
    ),
    "closure": Case(
        "def make_counter():\n    n = 0\n    def count_up():\n        nonlocal n\n        n += 1\n"
        "        return n\n    return count_up",
        "n_of_all = 0\ndef make_counter():\n    def count_up():\n        global n_of_all\n"
        "        n_of_all += 1\n        return n_of_all\n    return count_up",
        "a, b = make_counter(), make_counter()\nassert [a(), a(), b()] == [1, 2, 1]\n"
        "assert callable(a) and a.__name__ == 'count_up' and a is not b\n"
        "assert make_counter.__code__.co_freevars == ()",
    ),
    "reduced": Case(
        "def compose(*functions):\n    def run_all(x):\n        for f in reversed(functions):\n"
        "            x = f(x)\n        return x\n    return run_all",
        "def compose(*functions):\n    return functions[0]",
        "from functools import reduce\nassert compose(lambda x: x + 1, lambda x: x * 2)(5) == 11\n"
        "assert reduce(lambda f, g: compose(f, g), [str, abs])(-3) == '3'",
    ),
    "mocked": Case(
        "def fetch_all(client, ids):\n    return [client.get(i, timeout=3) for i in ids]",
        "def fetch_all(client, ids):\n    return [client.get(i) for i in ids]",
        "from unittest.mock import Mock, call\nclient = Mock()\nclient.get.side_effect = lambda i, timeout: i\n"
        "assert fetch_all(client, [1, 2]) == [1, 2]\nclient.get.assert_called_with(2, timeout=3)\n"
        "assert client.get.call_args_list == [call(1, timeout=3), call(2, timeout=3)]",
    ),
    "context-function": Case(
        "from contextlib import contextmanager\nevents = []\n@contextmanager\ndef noted(name):\n"
        "    events.append('in ' + name)\n    try:\n        yield name\n    finally:\n"
        "        events.append('out ' + name)",
        "from contextlib import contextmanager\nevents = []\n@contextmanager\ndef noted(name):\n"
        "    events.append('in ' + name)\n    yield name\n    events.append('out ' + name)",
        "with noted('a') as got:\n    assert got == 'a'\n"
        "try:\n    with noted('b'):\n        raise KeyError('k')\nexcept KeyError:\n    pass\n"
        "assert events == ['in a', 'out a', 'in b', 'out b'], events",
    ),
    "generator-send": Case(
        "def running_mean():\n    total, n, mean = 0, 0, None\n    while True:\n"
        "        x = yield mean\n        total, n = total + x, n + 1\n        mean = total / n",
        "def running_mean():\n    mean = None\n    while True:\n        mean = yield mean",
        "g = running_mean()\nnext(g)\nassert g.send(2) == 2 and g.send(4) == 3\ng.close()\n"
        "import inspect\nassert inspect.isgeneratorfunction(running_mean)",
    ),
    "lazy": Case(
        "def evens_from(xs):\n    return (x for x in xs if x % 2 == 0)",
        "def evens_from(xs):\n    return (x for x in xs if x % 2)",
        "import itertools\nassert next(evens_from(itertools.count(3))) == 4\n"
        "assert sum(evens_from(range(5))) == 6 and list(zip(evens_from([2, 4]), 'ab')) == [(2, 'a'), (4, 'b')]\n"
        "g = evens_from([2])\nassert iter(g) is g and list(g) == [2] and list(g) == []",
    ),
    "chunks": Case(
        "from itertools import islice\ndef chunked(xs, n):\n    it = iter(xs)\n"
        "    while part := list(islice(it, n)):\n        yield part",
        "def chunked(xs, n):\n    yield list(xs)",
        "from itertools import chain\nassert list(chunked('abcde', 2)) == [['a', 'b'], ['c', 'd'], ['e']]\n"
        "assert list(chain.from_iterable(chunked(range(5), 3))) == [0, 1, 2, 3, 4]\n"
        "first, *rest = chunked([1, 2, 3], 2)\nassert first == [1, 2] and rest == [[3]]",
    ),
    # --- lists, sets and dicts ---
    "mutated-nested": Case(
        "def transpose_in_place(m):\n    m[:] = [list(row) for row in zip(*m)]",
        "def transpose_in_place(m):\n    m = [list(row) for row in zip(*m)]",
        "m = [[1, 2], [3, 4]]\nsame = m\nassert transpose_in_place(m) is None\n"
        "assert m == [[1, 3], [2, 4]] and same is m and same[0][1] == 3",
    ),
    "not-mutated": Case(
        "def sorted_copy(xs):\n    return sorted(xs)",
        "def sorted_copy(xs):\n    xs.sort()\n    return xs",
        "xs = [3, 1]\nassert sorted_copy(xs) == [1, 3]\nassert xs == [3, 1], 'the argument changed'\n"
        "assert sorted_copy(xs) is not xs",
    ),
    "same-object": Case(
        "def appended(xs, x):\n    xs.append(x)\n    return xs",
        "def appended(xs, x):\n    return xs + [x]",
        "xs = [1]\nout = appended(xs, 2)\nassert out is xs and xs == [1, 2]",
    ),
    "dict-order": Case(
        "def inverted(d):\n    out = {}\n    for k, v in d.items():\n"
        "        out.setdefault(v, set()).add(k)\n    return out",
        "def inverted(d):\n    return {v: {k} for k, v in sorted(d.items(), reverse=True)}",
        "out = inverted({'b': 1, 'a': 2, 'c': 1})\nassert list(out) == [1, 2] and out[1] == {'b', 'c'}\n"
        "assert out == {2: {'a'}, 1: {'c', 'b'}} and (1, {'b', 'c'}) in out.items()",
    ),
    "popped": Case(
        "def take_out(d, *keys):\n    return [d.pop(k) for k in keys if k in d]",
        "def take_out(d, *keys):\n    return [d.get(k) for k in keys if k in d]",
        "d = {'a': 1, 'b': 2}\nassert take_out(d, 'a', 'z') == [1]\nassert d == {'b': 2} and 'a' not in d",
    ),
    # --- classes ---
    "data-class": Case(
        "from dataclasses import dataclass, field\n@dataclass(order=True)\nclass Item:\n"
        "    price: float\n    name: str = ''\n    tags: list = field(default_factory=list)\n"
        "    def discounted(self, share):\n        return Item(self.price * (1 - share), self.name)",
        "class Item:\n    def __init__(self, price, name='', tags=()):\n"
        "        self.price, self.name, self.tags = price, name, tags",
        "import dataclasses\na = Item(2.0, 'tea')\nassert a == Item(2.0, 'tea') and a < Item(3.0)\n"
        "assert repr(a) == \"Item(price=2.0, name='tea', tags=[])\"\n"
        "assert a.discounted(0.5).price == 1.0 and a.tags == []\n"
        "assert dataclasses.is_dataclass(Item) and [f.name for f in dataclasses.fields(Item)]"
        " == ['price', 'name', 'tags']\nassert dataclasses.asdict(Item(1.0))['price'] == 1.0",
    ),
    "frozen": Case(
        "from dataclasses import dataclass\n@dataclass(frozen=True)\nclass Spot:\n    x: int\n    y: int",
        "from dataclasses import dataclass\n@dataclass\nclass Spot:\n    x: int\n    y: int",
        "import dataclasses\nassert len({Spot(1, 2), Spot(1, 2)}) == 1 and Spot(1, 2) != Spot(2, 1)\n"
        "try:\n    Spot(1, 2).x = 5\nexcept dataclasses.FrozenInstanceError:\n    pass\n"
        "else:\n    raise AssertionError('it can be changed')",
    ),
    "enumeration": Case(
        "from enum import Enum\nclass Colour(Enum):\n    RED = 1\n    BLUE = 2\n"
        "    def other(self):\n        return Colour.BLUE if self is Colour.RED else Colour.RED",
        "class Colour:\n    RED = 1\n    BLUE = 1",
        "assert Colour.RED.value == 1 and Colour.RED.name == 'RED' and Colour(2) == Colour.BLUE\n"
        "assert len(Colour) == 2 and [c.name for c in Colour] == ['RED', 'BLUE']\n"
        "assert Colour['BLUE'] is Colour.BLUE and Colour.RED.other() == Colour.BLUE",
    ),
    "abstract": Case(
        "from abc import ABC, abstractmethod\nclass Shape(ABC):\n    @abstractmethod\n"
        "    def area_of(self):\n        ...\nclass Square(Shape):\n    def __init__(self, a):\n"
        "        self.a = a\n    def area_of(self):\n        return self.a ** 2",
        "class Shape:\n    pass\nclass Square(Shape):\n    def __init__(self, a):\n        self.a = a\n"
        "    def area_of(self):\n        return self.a ** 2",
        "assert Square(3).area_of() == 9 and issubclass(Square, Shape)\n"
        "try:\n    Shape()\nexcept TypeError:\n    pass\nelse:\n    raise AssertionError('not abstract')",
    ),
    "super-and-mro": Case(
        "class Base:\n    def __init__(self, name):\n        self.name = name\n"
        "    def hello(self):\n        return 'I am ' + self.name\nclass Loud(Base):\n"
        "    def hello(self):\n        return super().hello().upper() + '!'",
        "class Base:\n    def __init__(self, name):\n        self.name = name\n"
        "    def hello(self):\n        return 'I am ' + self.name\nclass Loud:\n"
        "    def __init__(self, name):\n        self.name = name\n"
        "    def hello(self):\n        return f'I AM {self.name.upper()}!'",
        "assert Loud('Al').hello() == 'I AM AL!'\nassert Loud.__bases__ == (Base,)\n"
        "assert [c.__name__ for c in Loud.__mro__] == ['Loud', 'Base', 'object']\n"
        "assert Base.hello(Loud('Al')) == 'I am Al' and Loud.__name__ == 'Loud'",
    ),
    "dunder-protocol": Case(
        "class Poly:\n    def __init__(self, *c):\n        self.c = c\n"
        "    def __call__(self, x):\n        return sum(k * x ** i for i, k in enumerate(self.c))\n"
        "    def __len__(self):\n        return len(self.c)\n    def __getitem__(self, i):\n"
        "        return self.c[i]\n    def __iter__(self):\n        return iter(self.c)\n"
        "    def __reversed__(self):\n        return reversed(self.c)\n    def __int__(self):\n"
        "        return int(self.c[0])\n    def __format__(self, spec):\n"
        "        return ' '.join(format(k, spec) for k in self.c)\n"
        "    def __iadd__(self, k):\n        self.c = (self.c[0] + k, *self.c[1:])\n        return self",
        "class Poly:\n    def __init__(self, *c):\n        self.c = c\n"
        "    def __call__(self, x):\n        return 0\n    def __len__(self):\n        return 0",
        "p = Poly(1, 2)\nassert p(3) == 7 and len(p) == 2 and p[1] == 2 and p[-1] == 2\n"
        "assert list(p) == [1, 2] and list(reversed(p)) == [2, 1] and int(p) == 1 and p[0:1] == (1,)\n"
        "assert f'{p:.1f}' == '1.0 2.0' and max(p) == 2 and sum(p) == 3\np += 4\nassert p(0) == 5\n"
        "first, second = p\nassert (first, second) == (5, 2) and {**dict(enumerate(p))} == {0: 5, 1: 2}",
    ),
    "linked-list": Case(
        "class Node:\n    def __init__(self, value, next=None):\n        self.value, self.next = value, next\n"
        "def to_list(node):\n    out = []\n    while node is not None:\n"
        "        out.append(node.value)\n        node = node.next\n    return out\n"
        "def reversed_nodes(node):\n    before = None\n    while node is not None:\n"
        "        node.next, before, node = before, node, node.next\n    return before",
        "class Node:\n    def __init__(self, value, next=None):\n        self.value, self.next = value, next\n"
        "def to_list(node):\n    return []\ndef reversed_nodes(node):\n    return node",
        "head = Node(1, Node(2, Node(3)))\nassert head.next.next.value == 3 and head.next.next.next is None\n"
        "assert to_list(head) == [1, 2, 3]\nback = reversed_nodes(head)\n"
        "assert to_list(back) == [3, 2, 1] and head.next is None\nback.next = Node(9)\n"
        "assert to_list(back) == [3, 9]\nnode, n = back, 0\nwhile node:\n    node, n = node.next, n + 1\n"
        "assert n == 2",
    ),
    # --- errors ---
    "error-cause": Case(
        "def parsed_age(text):\n    try:\n        return int(text)\n    except ValueError as e:\n"
        "        raise TypeError('not an age: ' + text) from e",
        "def parsed_age(text):\n    return int(text)",
        "import unittest\ntc = unittest.TestCase()\nassert parsed_age('7') == 7\n"
        "with tc.assertRaisesRegex(TypeError, 'not an age: x'):\n    parsed_age('x')\n"
        "tc.assertRaises(TypeError, parsed_age, 'y')",
    ),
    # --- test cases and doctests run in a cell ---
    "test-case": Case(
        "def roman(n):\n    out = ''\n    for v, s in ((10, 'X'), (9, 'IX'), (5, 'V'), (4, 'IV'), (1, 'I')):\n"
        "        while n >= v:\n            out, n = out + s, n - v\n    return out",
        "def roman(n):\n    return 'I' * n",
        "import unittest\nclass TestRoman(unittest.TestCase):\n    def test_small(self):\n"
        "        self.assertEqual(roman(4), 'IV')\n    def test_all(self):\n"
        "        for n, text in ((9, 'IX'), (14, 'XIV')):\n            with self.subTest(n=n):\n"
        "                self.assertEqual(roman(n), text)\n"
        "suite = unittest.defaultTestLoader.loadTestsFromTestCase(TestRoman)\n"
        "result = unittest.TextTestRunner(verbosity=0).run(suite)\nassert result.wasSuccessful()",
    ),
    "doctest": Case(
        "def triple(x):\n    '''Return three times x.\n\n    >>> triple(2)\n    6\n    >>> triple('a')\n"
        "    'aaa'\n    '''\n    return x * 3",
        "def triple(x):\n    '''Return three times x.\n\n    >>> triple(2)\n    6\n    '''\n    return x * 2",
        "import doctest\nparser = doctest.DocTestParser()\n"
        "found = parser.get_doctest(triple.__doc__, {'triple': triple}, 'triple', None, 0)\n"
        "assert found.examples\nrunner = doctest.DocTestRunner(verbose=False)\nrunner.run(found)\n"
        "assert runner.failures == 0 and runner.tries > 0",
    ),
    "hashed": Case(
        "secret_number = 17",
        "secret_number = 18",
        "import hashlib\nassert hashlib.sha256(str(secret_number).encode()).hexdigest()[:8] == '4523540f'",
    ),
    # --- plots ---
    "bars": Case(
        "import matplotlib.pyplot as plt\ndef bar_chart(counts, ax=None):\n"
        "    ax = ax or plt.subplots()[1]\n    ax.bar(list(counts), list(counts.values()))\n"
        "    ax.set_ylabel('count')\n    ax.set_ylim(0, 10)\n    return ax",
        "import matplotlib.pyplot as plt\ndef bar_chart(counts, ax=None):\n"
        "    ax = ax or plt.subplots()[1]\n    ax.plot(list(counts.values()))\n    return ax",
        "ax = bar_chart({'a': 3, 'b': 5})\nassert [p.get_height() for p in ax.patches] == [3, 5]\n"
        "assert ax.get_ylabel() == 'count' and ax.get_ylim() == (0, 10)\n"
        "assert len(ax.containers) == 1",
    ),
    "scatter": Case(
        "import matplotlib.pyplot as plt\ndef scattered(x, y):\n    fig, axes = plt.subplots(1, 2)\n"
        "    axes[0].scatter(x, y, c='red')\n    axes[1].hist(x, bins=3)\n    fig.suptitle('Both')\n"
        "    return fig",
        "import matplotlib.pyplot as plt\ndef scattered(x, y):\n    return plt.figure()",
        "fig = scattered([1, 2, 3], [4, 5, 6])\nassert len(fig.axes) == 2\n"
        "offsets = fig.axes[0].collections[0].get_offsets()\n"
        "np.testing.assert_array_equal(np.asarray(offsets), [[1, 4], [2, 5], [3, 6]])\n"
        "assert len(fig.axes[1].patches) == 3",
    ),
    # --- files and JSON ---
    "json-file": Case(
        "import json\ndef save_json(data, path):\n    with open(path, 'w') as f:\n        json.dump(data, f)\n"
        "def load_json(path):\n    with open(path) as f:\n        return json.load(f)",
        "def save_json(data, path):\n    open(path, 'w').write(str(data))\n"
        "def load_json(path):\n    return open(path).read()",
        "import json, os\nsave_json({'a': [1, None]}, 'saved.json')\n"
        "assert json.load(open('saved.json')) == {'a': [1, None]} == load_json('saved.json')\n"
        "assert os.path.getsize('saved.json') > 5\n"
        "try:\n    load_json('missing.json')\nexcept FileNotFoundError:\n    pass\n"
        "else:\n    raise AssertionError",
    ),
    "file-object": Case(
        "def longest_line(f):\n    return sorted((line.rstrip() for line in f), key=len)[-1]",
        "def longest_line(f):\n    return f.readline().rstrip()",
        "import io\nassert longest_line(io.StringIO('a\\nabc\\nab\\n')) == 'abc'",
    ),
}

# What has no safe way across: it fails for right answers, too, and the rehearsal says so.
REFUSED: dict[str, Case] = {
    "object-array": Case(
        "def ragged(rows):\n    out = np.empty(len(rows), dtype=object)\n"
        "    for i, row in enumerate(rows):\n        out[i] = row\n    return out",
        "def ragged(rows):\n    return np.zeros(len(rows))",
        "out = ragged([[1], [2, 3]])\nassert out.dtype == object and len(out[1]) == 2\n"
        "assert out[0] == [1]",
    ),
    "context-class": Case(
        "class Swallow:\n    def __init__(self, *kinds):\n        self.kinds, self.caught = kinds, None\n"
        "    def __enter__(self):\n        return self\n    def __exit__(self, kind, error, trace):\n"
        "        self.caught = error\n        return kind is not None and issubclass(kind, self.kinds)",
        "class Swallow:\n    def __init__(self, *kinds):\n        self.caught = None\n"
        "    def __enter__(self):\n        return self\n    def __exit__(self, *about):\n"
        "        return False",
        "with Swallow(ValueError) as s:\n    int('x')\nassert s.caught is not None\n"
        "try:\n    with Swallow(KeyError):\n        int('x')\nexcept ValueError:\n    pass\n"
        "else:\n    raise AssertionError",
    ),
    "warned": Case(
        "import warnings\ndef old_way(x):\n    warnings.warn('use new_way', DeprecationWarning)\n"
        "    return x",
        "def old_way(x):\n    return x",
        "import warnings\nwith warnings.catch_warnings(record=True) as caught:\n"
        "    warnings.simplefilter('always')\n    assert old_way(1) == 1\n"
        "assert len(caught) == 1 and 'new_way' in str(caught[0].message)\n"
        "assert issubclass(caught[0].category, DeprecationWarning)",
    ),
    "temporary": Case(
        "from pathlib import Path\ndef count_words(path):\n    return len(Path(path).read_text().split())",
        "def count_words(path):\n    return 3",
        "import os, tempfile\nwith tempfile.TemporaryDirectory() as folder:\n"
        "    path = os.path.join(folder, 'w.txt')\n    with open(path, 'w') as f:\n"
        "        f.write('one two')\n    assert count_words(path) == 2",
    ),
    "list-of-an-object": Case(
        "class Basket:\n    def __init__(self):\n        self.things = []",
        "class Basket:\n    def __init__(self):\n        self.things = None",
        "b = Basket()\nb.things.append('x')\nassert b.things == ['x']",
    ),
}
