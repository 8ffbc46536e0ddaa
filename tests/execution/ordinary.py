"""Tests as other teachers write them, each with a right answer and a wrong one.

In the style of many public courses for nbgrader. All cells run in one notebook, so each case has
names of its own.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Case:
    """An exercise: the right answer passes its test, the wrong one does not."""

    right: str
    wrong: str
    test: str
    lesson: str = ""


CASES: dict[str, Case] = {
    # --- pandas and NumPy ---
    "frame": Case(
        "def adults(people):\n    return people[people['age'] >= 18].reset_index(drop=True)",
        "def adults(people):\n    return people[people['age'] > 18].reset_index(drop=True)",
        "people = pd.DataFrame({'name': ['Ann', 'Bob', 'Cy'], 'age': [18, 17, 40]})\n"
        "expected = pd.DataFrame({'name': ['Ann', 'Cy'], 'age': [18, 40]})\n"
        "pd.testing.assert_frame_equal(adults(people), expected)\n"
        "assert isinstance(adults(people), pd.DataFrame)\n"
        "assert list(adults(people).columns) == ['name', 'age'] and adults(people).shape == (2, 2)",
        "import numpy as np\nimport pandas as pd",
    ),
    "series": Case(
        "def mean_by(frame):\n    return frame.groupby('city')['rain'].mean()",
        "def mean_by(frame):\n    return frame.groupby('city')['rain'].sum()",
        "from pandas.testing import assert_series_equal\n"
        "frame = pd.DataFrame({'city': ['A', 'A', 'B'], 'rain': [1.0, 3.0, 5.0]})\n"
        "expected = pd.Series([2.0, 5.0], index=pd.Index(['A', 'B'], name='city'), name='rain')\n"
        "assert isinstance(mean_by(frame), pd.Series)\n"
        "assert_series_equal(mean_by(frame), expected)",
    ),
    "frame-variable": Case(
        "table = pd.DataFrame({'x': [1, None], 'd': pd.to_datetime(['2024-01-01', '2024-02-01']),\n"
        "                      'c': pd.Categorical(['u', 'v'])})",
        "table = pd.DataFrame({'x': [1, 2], 'd': pd.to_datetime(['2024-01-01', '2024-02-01']),\n"
        "                      'c': pd.Categorical(['u', 'v'])})",
        "assert isinstance(table, pd.DataFrame)\nassert table['x'].isna().sum() == 1\n"
        "assert table['d'].iloc[1] == pd.Timestamp('2024-02-01')\n"
        "assert table['c'].dtype == 'category' and table.loc[0, 'c'] == 'u'",
    ),
    "frame-in-place": Case(
        "def add_total(frame):\n    frame['total'] = frame['a'] + frame['b']",
        "def add_total(frame):\n    frame = frame.copy()\n    frame['total'] = 0",
        "frame = pd.DataFrame({'a': [1, 2], 'b': [3, 4]})\nadd_total(frame)\n"
        "assert list(frame['total']) == [4, 6]",
    ),
    "array": Case(
        "def unit(v):\n    return v / np.linalg.norm(v)",
        "def unit(v):\n    return list(v / np.sum(v))",
        "out = unit(np.array([3.0, 4.0]))\nassert isinstance(out, np.ndarray)\n"
        "np.testing.assert_allclose(out, [0.6, 0.8])\n"
        "np.testing.assert_array_almost_equal(out, np.array([0.6, 0.8]))\n"
        "assert out.dtype == np.float64 and out.shape == (2,)",
    ),
    # --- printing, asking, waiting ---
    "redirected": Case(
        "def shout(word):\n    print(word.upper() + '!')",
        "def shout(word):\n    print(word.upper())",
        "import io\nfrom contextlib import redirect_stdout\nout = io.StringIO()\n"
        "with redirect_stdout(out):\n    print('before')\n    shout('hey')\n    print('after')\n"
        "assert out.getvalue() == 'before\\nHEY!\\nafter\\n', out.getvalue()",
    ),
    "sys-stdout": Case(
        "def countdown(n):\n    for i in range(n, 0, -1):\n        print(i)",
        "def countdown(n):\n    for i in range(n):\n        print(i)",
        "import io, sys\nold, sys.stdout = sys.stdout, io.StringIO()\ntry:\n    countdown(3)\n"
        "    shown = sys.stdout.getvalue()\nfinally:\n    sys.stdout = old\n"
        "assert shown.split() == ['3', '2', '1']",
    ),
    "patched-print": Case(
        "def greet(name):\n    print(f'Hello, {name}!')",
        "def greet(name):\n    print(f'Hello {name}')",
        "from unittest.mock import patch\nwith patch('builtins.print') as shown:\n    greet('Ann')\n"
        "shown.assert_called_once_with('Hello, Ann!')",
    ),
    "patched-input": Case(
        "def ask_sum():\n    return int(input('a? ')) + int(input('b? '))",
        "def ask_sum():\n    return int(input('a? '))",
        "from unittest.mock import patch\n"
        "with patch('builtins.input', side_effect=['3', '4']) as asked:\n"
        "    assert ask_sum() == 7\nassert asked.call_count == 2",
    ),
    "global-input": Case(
        "def ask_name():\n    return 'Hi ' + input('Name? ')",
        "def ask_name():\n    return 'Hi'",
        "old_input = input\ninput = lambda prompt='': 'Bo'\n"
        "try:\n    assert ask_name() == 'Hi Bo'\nfinally:\n    input = old_input",
    ),
    "patched-sleep": Case(
        "import time\ndef wait_twice():\n    time.sleep(30)\n    time.sleep(30)",
        "import time\ndef wait_twice():\n    time.sleep(30)",
        "from unittest.mock import patch\nwith patch('time.sleep') as slept:\n    wait_twice()\n"
        "assert slept.call_count == 2 and slept.call_args.args == (30,)",
    ),
    # --- classes ---
    "operators": Case(
        "class Vector:\n"
        "    def __init__(self, x, y):\n        self.x, self.y = x, y\n"
        "    def __add__(self, other):\n        return Vector(self.x + other.x, self.y + other.y)\n"
        "    def __mul__(self, k):\n        return Vector(self.x * k, self.y * k)\n"
        "    __rmul__ = __mul__\n"
        "    def __eq__(self, other):\n        return (self.x, self.y) == (other.x, other.y)\n"
        "    def __lt__(self, other):\n        return abs(self) < abs(other)\n"
        "    def __abs__(self):\n        return (self.x ** 2 + self.y ** 2) ** 0.5\n"
        "    def __hash__(self):\n        return hash((self.x, self.y))\n"
        "    def __bool__(self):\n        return bool(self.x or self.y)\n"
        "    def __str__(self):\n        return f'({self.x}, {self.y})'\n"
        "    def __repr__(self):\n        return f'Vector({self.x}, {self.y})'\n"
        "    def __neg__(self):\n        return Vector(-self.x, -self.y)\n"
        "    def __matmul__(self, other):\n        return self.x * other.x + self.y * other.y",
        "class Vector:\n"
        "    def __init__(self, x, y):\n        self.x, self.y = x, y\n"
        "    def __add__(self, other):\n        return Vector(self.x - other.x, self.y + other.y)\n"
        "    def __eq__(self, other):\n        return (self.x, self.y) == (other.x, other.y)",
        "v, w = Vector(1, 2), Vector(3, 4)\nassert v + w == Vector(4, 6)\nassert v != w\n"
        "assert v < w and w > v and not (w < v)\nassert abs(w) == 5.0\n"
        "assert (v + w).x == 4 and str(v) == '(1, 2)' and repr(w) == 'Vector(3, 4)'\n"
        "assert f'{v}' == '(1, 2)'\nassert not Vector(0, 0) and v\n"
        "assert v * 3 == Vector(3, 6) and 3 * v == Vector(3, 6) and -v == Vector(-1, -2)\n"
        "assert v @ w == 11\nassert len({v, Vector(1, 2), w}) == 2\n"
        "assert isinstance(v + w, Vector) and type(v).__name__ == 'Vector'\n"
        "assert sorted([w, v])[0] == v and sum([v, w], Vector(0, 0)) == Vector(4, 6)\n"
        "assert v in [w, Vector(1, 2)] and hasattr(v, 'x') and not hasattr(v, 'z')",
    ),
    "container": Case(
        "class Shelf:\n"
        "    def __init__(self):\n        self._books = {}\n"
        "    def __setitem__(self, key, value):\n        self._books[key] = value\n"
        "    def __getitem__(self, key):\n        return self._books[key]\n"
        "    def __delitem__(self, key):\n        del self._books[key]\n"
        "    def __len__(self):\n        return len(self._books)\n"
        "    def __contains__(self, key):\n        return key in self._books\n"
        "    def __iter__(self):\n        return iter(self._books)\n"
        "    def __call__(self, key):\n        return self._books.get(key, 'none')",
        "class Shelf:\n"
        "    def __init__(self):\n        self._books = {}\n"
        "    def __setitem__(self, key, value):\n        self._books[key] = value\n"
        "    def __getitem__(self, key):\n        return self._books[key]\n"
        "    def __len__(self):\n        return len(self._books)\n"
        "    def __contains__(self, key):\n        return True\n"
        "    def __iter__(self):\n        return iter(self._books)",
        "shelf = Shelf()\nassert len(shelf) == 0 and not shelf\nshelf['a'] = 1\nshelf['b'] = 2\n"
        "assert shelf['b'] == 2 and 'a' in shelf and 'c' not in shelf and len(shelf) == 2\n"
        "assert list(shelf) == ['a', 'b'] and [k for k in shelf] == ['a', 'b']\n"
        "assert shelf('a') == 1 and shelf('z') == 'none'\ndel shelf['a']\n"
        "assert 'a' not in shelf\n"
        "try:\n    shelf['a']\nexcept KeyError:\n    pass\nelse:\n    raise AssertionError\n"
        "assert shelf._books == {'b': 2}",
    ),
    "attributes": Case(
        "class Dog:\n    tricks = 0\n    def __init__(self, name):\n        self.name = name\n"
        "    def speak(self):\n        return self.name + ' says woof'",
        "class Dog:\n    tricks = 0\n    def __init__(self, name):\n        self.name = name\n"
        "        self.said = name + ' says woof'\n    def speak(self):\n        return self.said",
        "rex = Dog('Rex')\nassert rex.name == 'Rex' and rex.speak() == 'Rex says woof'\n"
        "rex.name = 'Max'\nassert rex.speak() == 'Max says woof'\n"
        "rex.tricks = 3\nassert rex.tricks == 3 and Dog('B').tricks == 0\n"
        "assert rex.__dict__ == {'name': 'Max', 'tricks': 3} and vars(rex)['name'] == 'Max'\n"
        "assert isinstance(rex, Dog) and not isinstance(3, Dog) and 'speak' in dir(rex)\n"
        "assert rex.__class__.__name__ == 'Dog' and type(rex) == Dog",
    ),
    "property": Case(
        "class Celsius:\n    def __init__(self, t):\n        self.t = t\n    @property\n"
        "    def f(self):\n        return self.t * 9 / 5 + 32\n    @f.setter\n"
        "    def f(self, value):\n        if value < -459.67:\n            raise ValueError('too cold')\n"
        "        self.t = (value - 32) * 5 / 9\n    @classmethod\n    def zero(cls):\n"
        "        return cls(0)\n    @staticmethod\n    def unit():\n        return 'C'",
        "class Celsius:\n    def __init__(self, t):\n        self.t = t\n    @property\n"
        "    def f(self):\n        return self.t * 9 / 5 + 32\n    @f.setter\n"
        "    def f(self, value):\n        self.t = (value - 32) * 5 / 9\n    @classmethod\n"
        "    def zero(cls):\n        return cls(0)\n    @staticmethod\n    def unit():\n        return 'C'",
        "c = Celsius(100)\nassert c.f == 212\nc.f = 32\nassert c.t == 0\n"
        "assert Celsius.zero().t == 0 and Celsius.unit() == 'C'\n"
        "try:\n    c.f = -1000\nexcept ValueError as e:\n    assert 'cold' in str(e)\n"
        "else:\n    raise AssertionError('no error')",
    ),
    "inheritance": Case(
        "class Animal:\n    def speak(self):\n        raise NotImplementedError\n"
        "class Cat(Animal):\n    def speak(self):\n        return 'meow'",
        "class Animal:\n    def speak(self):\n        raise NotImplementedError\n"
        "class Cat:\n    def speak(self):\n        return 'meow'",
        "assert issubclass(Cat, Animal) and isinstance(Cat(), Animal)\n"
        "assert Cat().speak() == 'meow'\n"
        "try:\n    Animal().speak()\nexcept NotImplementedError:\n    pass\n"
        "else:\n    raise AssertionError",
    ),
    "subclassed": Case(
        "class Account:\n    rate = 2\n    def __init__(self, owner, balance=0):\n"
        "        self.owner, self.balance = owner, balance\n"
        "    def fee(self):\n        return 1\n    def withdraw(self, amount):\n"
        "        self.balance -= amount + self.fee()\n        return self.balance",
        "class Account:\n    rate = 2\n    def __init__(self, owner, balance=0):\n"
        "        self.owner, self.balance = owner, balance\n"
        "    def fee(self):\n        return 1\n    def withdraw(self, amount):\n"
        "        self.balance -= amount + 1\n        return self.balance",
        "class Gold(Account):\n    bonus = 3\n    def __init__(self, owner, level):\n"
        "        super().__init__(owner, 100)\n        self.level = level\n"
        "    def fee(self):\n        return super().fee() - 1\n"
        "gold = Gold('Ann', 5)\nassert gold.owner == 'Ann' and gold.level == 5 and gold.bonus == 3\n"
        "assert gold.withdraw(10) == 90 and gold.balance == 90\n"
        "assert isinstance(gold, Gold) and isinstance(gold, Account) and issubclass(Gold, Account)\n"
        "assert Gold.rate == 2 and type(gold).__name__ == 'Gold'",
    ),
    "own-abc": Case(
        "from abc import ABC, abstractmethod\nclass Figure(ABC):\n    @abstractmethod\n"
        "    def size(self): ...\n    def twice(self):\n        return 2 * self.size()",
        "class Figure:\n    def size(self): ...\n    def twice(self):\n        return 2 * self.size()",
        "class Fixed(Figure):\n    def size(self):\n        return 21\n"
        "assert Fixed().twice() == 42\n"
        "try:\n    Figure()\nexcept TypeError:\n    pass\nelse:\n    raise AssertionError\n"
        "class Empty(Figure):\n    pass\n"
        "try:\n    Empty()\nexcept TypeError:\n    pass\nelse:\n    raise AssertionError",
    ),
    "lesson-abc": Case(
        "class Square(Shape):\n    def __init__(self, s):\n        self.s = s\n"
        "    def area(self):\n        return self.s ** 2",
        "class Square:\n    def __init__(self, s):\n        self.s = s\n"
        "    def area(self):\n        return self.s ** 2",
        "assert isinstance(Square(3), Shape)\nassert Square(3).area() == 9\n"
        "assert Square(3).describe() == 'area 9'",
        "from abc import ABC, abstractmethod\nclass Shape(ABC):\n    @abstractmethod\n"
        "    def area(self): ...\n    def describe(self):\n        return f'area {self.area()}'",
    ),
    "lesson-class": Case(
        "def swapped(p):\n    return Point(p.y, p.x)",
        "def swapped(p):\n    return Point(p.x, p.y)",
        "assert isinstance(swapped(Point(1, 2)), Point)\nassert swapped(Point(1, 2)) == Point(2, 1)\n"
        "assert Point(2, 1) == swapped(Point(1, 2)) and swapped(Point(1, 2)).x == 2",
        "from dataclasses import dataclass\n@dataclass\nclass Point:\n    x: int\n    y: int",
    ),
    "lesson-tree": Case(
        "def depth(tree):\n    if tree is None:\n        return 0\n"
        "    assert isinstance(tree, Node)\n"
        "    return 1 + max(depth(tree.left), depth(tree.right))",
        "def depth(tree):\n    return 2 if tree else 0",
        "assert depth(None) == 0\nassert depth(Node(1)) == 1\n"
        "assert depth(Node(1, Node(2, None, Node(3)), Node(4))) == 3",
        "class Node:\n    def __init__(self, value, left=None, right=None):\n"
        "        self.value, self.left, self.right = value, left, right",
    ),
    "dataclass": Case(
        "from dataclasses import dataclass\n@dataclass(frozen=True, order=True)\nclass Card:\n"
        "    rank: int\n    suit: str = 'spades'",
        "class Card:\n    def __init__(self, rank, suit='spades'):\n"
        "        self.rank, self.suit = rank, suit",
        "import dataclasses\nassert Card(3) == Card(3, 'spades') and Card(2) < Card(3)\n"
        "assert repr(Card(3)) == \"Card(rank=3, suit='spades')\" and Card(3) is not None\n"
        "assert max(Card(1), Card(9), Card(4)).rank == 9 and Card(3) != None\n"
        "try:\n    Card(3).rank = 4\nexcept dataclasses.FrozenInstanceError:\n    pass\n"
        "else:\n    raise AssertionError",
    ),
    "enum": Case(
        "from enum import Enum\nclass Color(Enum):\n    RED = 1\n    GREEN = 2",
        "from enum import Enum\nclass Color(Enum):\n    RED = 1\n    GREEN = 3",
        "assert Color.RED.value == 1 and Color['GREEN'].value == 2 and Color(1) is Color.RED\n"
        "assert [c.name for c in Color] == ['RED', 'GREEN'] and len(Color) == 2\n"
        "assert Color.RED != Color.GREEN and Color.RED == Color.RED",
    ),
    "lesson-enum": Case(
        "def opposite(side):\n    return Side.RIGHT if side is Side.LEFT else Side.LEFT",
        "def opposite(side):\n    return side",
        "assert opposite(Side.LEFT) is Side.RIGHT and opposite(Side.RIGHT) == Side.LEFT",
        "import enum\nclass Side(enum.Enum):\n    LEFT = 'l'\n    RIGHT = 'r'",
    ),
    "context": Case(
        "class Log:\n    def __init__(self):\n        self.events = []\n"
        "    def __enter__(self):\n        self.events.append('in')\n        return self\n"
        "    def __exit__(self, *args):\n        self.events.append('out')\n        return False",
        "class Log:\n    def __init__(self):\n        self.events = []\n"
        "    def __enter__(self):\n        self.events.append('in')\n        return self\n"
        "    def __exit__(self, *args):\n        return False",
        "log = Log()\nwith log as entered:\n    assert entered is log and log.events == ['in']\n"
        "assert log.events == ['in', 'out']",
    ),
    "stack": Case(
        "class Stack(list):\n    def push(self, x):\n        self.append(x)\n"
        "    def peek(self):\n        return self[-1]",
        "class Stack(list):\n    def push(self, x):\n        self.insert(0, x)\n"
        "    def peek(self):\n        return self[-1]",
        "s = Stack()\ns.push(1)\ns.push(2)\nassert s.peek() == 2 and len(s) == 2 and s[0] == 1\n"
        "assert isinstance(s, Stack) and list(s) == [1, 2] and s.pop() == 2",
    ),
    "iterator": Case(
        "class Evens:\n    def __init__(self, n):\n        self.n, self.i = n, -2\n"
        "    def __iter__(self):\n        return self\n    def __next__(self):\n"
        "        self.i += 2\n        if self.i >= self.n:\n            raise StopIteration\n"
        "        return self.i",
        "class Evens:\n    def __init__(self, n):\n        self.n, self.i = n, -2\n"
        "    def __iter__(self):\n        return self\n    def __next__(self):\n"
        "        self.i += 2\n        if self.i > self.n:\n            raise StopIteration\n"
        "        return self.i",
        "assert list(Evens(6)) == [0, 2, 4]\nit = Evens(3)\n"
        "assert next(it) == 0 and next(it) == 2\n"
        "try:\n    next(it)\nexcept StopIteration:\n    pass\nelse:\n    raise AssertionError",
    ),
    # --- errors ---
    "own-error": Case(
        "class BankError(Exception):\n    pass\nclass TooPoor(BankError):\n"
        "    def __init__(self, missing):\n        super().__init__(f'{missing} are missing')\n"
        "        self.missing = missing\n"
        "def withdraw(balance, amount):\n    if amount > balance:\n"
        "        raise TooPoor(amount - balance)\n    return balance - amount",
        "class BankError(Exception):\n    pass\nclass TooPoor(Exception):\n"
        "    def __init__(self, missing):\n        super().__init__(f'{missing} are missing')\n"
        "        self.missing = missing\n"
        "def withdraw(balance, amount):\n    if amount > balance:\n"
        "        raise TooPoor(amount - balance)\n    return balance - amount",
        "assert withdraw(10, 3) == 7\n"
        "try:\n    withdraw(1, 5)\nexcept TooPoor as e:\n"
        "    assert e.missing == 4 and str(e) == '4 are missing' and isinstance(e, BankError)\n"
        "else:\n    raise AssertionError('no error')\n"
        "try:\n    withdraw(1, 5)\nexcept BankError as e:\n    assert type(e) is TooPoor\n"
        "assert issubclass(TooPoor, BankError) and issubclass(TooPoor, Exception)\n"
        "assert str(TooPoor(3)) == '3 are missing'",
    ),
    "unittest": Case(
        "def inverse(x):\n    if x == 0:\n        raise ZeroDivisionError('no inverse of zero')\n"
        "    return 1 / x",
        "def inverse(x):\n    return 1 / x if x else None",
        "import unittest\ncheck = unittest.TestCase()\n"
        "with check.assertRaises(ZeroDivisionError) as caught:\n    inverse(0)\n"
        "check.assertIn('no inverse', str(caught.exception))\n"
        "check.assertAlmostEqual(inverse(4), 0.25)\ncheck.assertEqual(inverse(2), 0.5)",
    ),
    "library-error": Case(
        "import json\ndef parsed(text):\n    return json.loads(text)",
        "def parsed(text):\n    return {'a': 1}",
        "assert parsed('{\"a\": 1}') == {'a': 1}\nimport json\n"
        "try:\n    parsed('{')\nexcept json.JSONDecodeError:\n    pass\nelse:\n    raise AssertionError",
    ),
    # --- what a function says of itself ---
    "source": Case(
        "def total_of(xs):\n    return sum(xs)",
        "def total_of(xs):\n    t = 0\n    for x in xs:\n        t += x\n    return t",
        "import inspect\nsource = inspect.getsource(total_of)\n"
        "assert 'sum(' in source and 'for ' not in source\nassert total_of([1, 2]) == 3",
    ),
    "signature": Case(
        "def power(base, exponent=2, *, mod: int = None) -> int:\n"
        '    """Return the power."""\n    return pow(base, exponent, mod)',
        "def power(base, exponent, mod=None):\n    return pow(base, exponent, mod)",
        "import inspect\nsignature = inspect.signature(power)\n"
        "assert list(signature.parameters) == ['base', 'exponent', 'mod']\n"
        "assert signature.parameters['exponent'].default == 2\n"
        "assert signature.parameters['mod'].kind is inspect.Parameter.KEYWORD_ONLY\n"
        "assert signature.return_annotation is int and power.__annotations__['mod'] is int\n"
        "assert power.__name__ == 'power' and 'Return' in power.__doc__ and callable(power)\n"
        "assert power.__defaults__ == (2,) and power.__code__.co_argcount == 2\n"
        "assert power(3) == 9 and power(3, 2, mod=5) == 4\n"
        "try:\n    power(3, 2, 5)\nexcept TypeError:\n    pass\nelse:\n    raise AssertionError",
    ),
    "docstring": Case(
        "def documented():\n    'Says something.'",
        "def documented():\n    pass",
        "assert documented.__doc__ is not None and len(documented.__doc__) > 5",
    ),
    # --- globals ---
    "counter": Case(
        "count = 0\ndef tick():\n    global count\n    count += 1",
        "count = 0\ndef tick():\n    count = 1",
        "before = count\ntick()\ntick()\nassert count == before + 2",
    ),
    "counter-set": Case(
        "score = 0\ndef win(points):\n    global score\n    score += points",
        "score = 0\ndef win(points):\n    global score\n    score = points",
        "score = 10\nwin(5)\nassert score == 15\nwin(1)\nassert score == 16",
    ),
    "results-list": Case(
        "def remember(x):\n    seen_items.append(x)",
        "def remember(x):\n    list(seen_items).append(x)",
        "remember(3)\nremember(4)\nassert seen_items == [3, 4] and len(seen_items) == 2",
        "seen_items = []",
    ),
    "global-set-by-test": Case(
        "def scaled(x):\n    return x * factor",
        "def scaled(x):\n    return x * 2",
        "assert scaled(3) == 6\nfactor = 10\nassert scaled(3) == 30\nfactor = 2",
        "factor = 2",
    ),
    "deleted": Case(
        "def squares(n):\n    if n < 1:\n        raise ValueError('n must be 1 or more')\n"
        "    return [i ** 2 for i in range(1, n + 1)]\n"
        "def sum_of_squares(n):\n    return sum(squares(n))",
        "def squares(n):\n    return [i ** 2 for i in range(1, n + 1)]\n"
        "def sum_of_squares(n):\n    return sum(i ** 2 for i in range(1, n + 1))",
        "orig_squares = squares\ndel squares\ntry:\n    sum_of_squares(1)\nexcept NameError:\n"
        "    pass\nelse:\n    raise AssertionError('sum_of_squares does not use squares')\n"
        "finally:\n    squares = orig_squares\nassert sum_of_squares(3) == 14\n"
        "assert squares(2) == [1, 4]",
    ),
    "replaced": Case(
        "def helper_of(x):\n    return x + 1\ndef uses_helper(x):\n    return helper_of(x) * 2",
        "def helper_of(x):\n    return x + 1\ndef uses_helper(x):\n    return (x + 1) * 2",
        "kept = helper_of\nhelper_of = lambda x: 100\ntry:\n    assert uses_helper(1) == 200\n"
        "finally:\n    helper_of = kept\nassert uses_helper(1) == 4",
    ),
    "in-globals": Case(
        "radius = 5\narea_of_circle = 3 * radius ** 2",
        "area_of_circle = 75",
        "assert 'radius' in globals(), 'define radius'\nassert area_of_circle == 75",
    ),
    # --- files ---
    "writes-a-file": Case(
        "def save(lines, path):\n    with open(path, 'w') as f:\n        f.write('\\n'.join(lines))",
        "def save(lines, path):\n    with open(path, 'w') as f:\n        f.write(''.join(lines))",
        "import os\nsave(['a', 'b'], 'out.txt')\nassert os.path.exists('out.txt')\n"
        "with open('out.txt') as f:\n    assert f.read().splitlines() == ['a', 'b']\n"
        "os.remove('out.txt')",
    ),
    "reads-a-file": Case(
        "def count_lines(path):\n    with open(path) as f:\n        return len(f.readlines())",
        "def count_lines(path):\n    return 2",
        "with open('in.txt', 'w') as f:\n    f.write('one\\ntwo\\nthree\\n')\n"
        "assert count_lines('in.txt') == 3",
    ),
    "reads-a-fixed-file": Case(
        "import csv\ndef load_prices():\n    with open('prices.csv') as f:\n"
        "        return {row['name']: float(row['price']) for row in csv.DictReader(f)}",
        "def load_prices():\n    return {'a': 1.0}",
        "with open('prices.csv', 'w') as f:\n    f.write('name,price\\na,1.5\\nb,2\\n')\n"
        "assert load_prices() == {'a': 1.5, 'b': 2.0}",
    ),
    "changes-a-file": Case(
        "def append_line(path, line):\n    with open(path, 'a') as f:\n        f.write(line + '\\n')",
        "def append_line(path, line):\n    with open(path, 'w') as f:\n        f.write(line + '\\n')",
        "from pathlib import Path\nPath('notes.txt').write_text('first\\n')\n"
        "append_line('notes.txt', 'second')\n"
        "assert Path('notes.txt').read_text() == 'first\\nsecond\\n'",
    ),
    "frame-to-csv": Case(
        "def export(frame):\n    frame.to_csv('export.csv', index=False)",
        "def export(frame):\n    frame.to_csv('export.csv')",
        "export(pd.DataFrame({'a': [1, 2]}))\n"
        "pd.testing.assert_frame_equal(pd.read_csv('export.csv'), pd.DataFrame({'a': [1, 2]}))",
    ),
    "text-with-a-pickles-letters": Case(
        "def save_texts():\n    for n, text in enumerate(('id,name\\n1,Ann\\n', 'city\\nLima\\n', "
        "'hello')):\n        open(f'text{n}.csv', 'w').write(text)",
        "def save_texts():\n    for n in range(3):\n        open(f'text{n}.csv', 'w').write('name')",
        "save_texts()\nassert list(pd.read_csv('text0.csv').columns) == ['id', 'name']\n"
        "assert open('text1.csv').read().split() == ['city', 'Lima']\n"
        "assert open('text2.csv').read() == 'hello'",
    ),
    # --- functions of all kinds ---
    "generator": Case(
        "def fibonacci():\n    a, b = 0, 1\n    while True:\n        yield a\n        a, b = b, a + b",
        "def fibonacci():\n    a, b = 1, 1\n    while True:\n        yield a\n        a, b = b, a + b",
        "import itertools, types\ng = fibonacci()\nassert next(g) == 0 and next(g) == 1\n"
        "assert list(itertools.islice(fibonacci(), 6)) == [0, 1, 1, 2, 3, 5]\n"
        "assert isinstance(fibonacci(), types.GeneratorType) and hasattr(g, '__next__')\n"
        "for i, value in zip(range(3), fibonacci()):\n    assert value == [0, 1, 1][i]",
    ),
    "decorator": Case(
        "import functools\ndef twice_called(f):\n    @functools.wraps(f)\n"
        "    def wrapper(*args, **kwargs):\n        f(*args, **kwargs)\n"
        "        return f(*args, **kwargs)\n    return wrapper",
        "def twice_called(f):\n    def wrapper(*args):\n        return f(*args)\n    return wrapper",
        "calls = []\n@twice_called\ndef note(x, y=1):\n    calls.append((x, y))\n    return x\n"
        "assert note(5, y=2) == 5 and calls == [(5, 2), (5, 2)]",
    ),
    "default-list": Case(
        "def add_item(x, items=None):\n    items = [] if items is None else items\n"
        "    items.append(x)\n    return items",
        "def add_item(x, items=[]):\n    items.append(x)\n    return items",
        "assert add_item(1) == [1] and add_item(2) == [2]\nmine = [0]\nadd_item(5, mine)\n"
        "assert mine == [0, 5]",
    ),
    "recursion": Case(
        "def flatten(x):\n    return [x] if not isinstance(x, list) else [z for y in x for z in flatten(y)]",
        "def flatten(x):\n    return [z for y in x for z in y]",
        "assert flatten([1, [2, [3, []]], 4]) == [1, 2, 3, 4]",
    ),
    "keyword-only": Case(
        "def connect(host, *, port=80):\n    return f'{host}:{port}'",
        "def connect(host, port=80):\n    return f'{host}:{port}'",
        "assert connect('a') == 'a:80' and connect('a', port=1) == 'a:1'\n"
        "try:\n    connect('a', 1)\nexcept TypeError:\n    pass\nelse:\n    raise AssertionError",
    ),
    "lambda": Case(
        "cube = lambda x: x ** 3",
        "cube = lambda x: x * 3",
        "assert cube(3) == 27 and list(map(cube, [1, 2])) == [1, 8]\n"
        "assert sorted([3, 1, 2], key=cube, reverse=True) == [3, 2, 1]",
    ),
    "partial": Case(
        "from functools import partial\nto_binary = partial(int, base=2)",
        "from functools import partial\nto_binary = partial(int, base=8)",
        "assert to_binary('101') == 5\nimport functools\nassert isinstance(to_binary, functools.partial)",
    ),
    "memo": Case(
        "memo = {}\ndef fib(n):\n    if n not in memo:\n"
        "        memo[n] = n if n < 2 else fib(n - 1) + fib(n - 2)\n    return memo[n]",
        "memo = {}\ndef fib(n):\n    return n if n < 2 else fib(n - 1) + fib(n - 2)",
        "assert fib(10) == 55\nassert memo[10] == 55 and len(memo) == 11",
    ),
    "shadows-a-builtin": Case(
        "def max(xs):\n    best = xs[0]\n    for x in xs:\n        if x > best:\n            best = x\n"
        "    return best",
        "def max(xs):\n    return xs[-1]",
        "assert max([3, 9, 2]) == 9",
    ),
    "callback": Case(
        "def apply_all(functions, x):\n    return [f(x) for f in functions]",
        "def apply_all(functions, x):\n    return [f(x) for f in functions[:1]]",
        "assert apply_all([lambda x: x + 1, abs, str], -2) == [-1, 2, '-2']",
    ),
    # --- values ---
    "sets": Case(
        "def common_letters(a, b):\n    return set(a) & set(b)",
        "def common_letters(a, b):\n    return set(a) | set(b)",
        "assert common_letters('abc', 'bcd') == {'b', 'c'}\n"
        "assert isinstance(common_letters('a', 'b'), set) and frozenset({1}) == frozenset({1})",
    ),
    "decimal": Case(
        "from decimal import Decimal\nprice = Decimal('1.10') * 3",
        "price = 1.10 * 3",
        "from decimal import Decimal\nassert price == Decimal('3.30') and isinstance(price, Decimal)",
    ),
    "fraction": Case(
        "from fractions import Fraction\ndef half(x):\n    return Fraction(x) / 2",
        "def half(x):\n    return x / 2",
        "from fractions import Fraction\nassert half(1) == Fraction(1, 2)\n"
        "assert isinstance(half(3), Fraction) and half(Fraction(1, 3)) == Fraction(1, 6)",
    ),
    "dates": Case(
        "import datetime\ndef next_week(day):\n    return day + datetime.timedelta(days=7)",
        "import datetime\ndef next_week(day):\n    return day + datetime.timedelta(days=6)",
        "from datetime import date, timedelta\nimport datetime as dt\n"
        "assert next_week(date(2024, 2, 26)) == date(2024, 3, 4)\n"
        "assert next_week(dt.datetime(2024, 1, 1)) - dt.datetime(2024, 1, 1) == timedelta(7)\n"
        "assert isinstance(next_week(date(2024, 1, 1)), date)",
    ),
    "paths": Case(
        "from pathlib import Path\ndef with_txt(p):\n    return Path(p).with_suffix('.txt')",
        "def with_txt(p):\n    return str(p) + '.txt'",
        "from pathlib import Path\nassert with_txt('a/b.csv') == Path('a/b.txt')\n"
        "assert isinstance(with_txt(Path('x')), Path)",
    ),
    "named-tuple": Case(
        "from collections import namedtuple\nPair = namedtuple('Pair', 'left right')\n"
        "def pair_of(a, b):\n    return Pair(a, b)",
        "from collections import namedtuple\nPair = namedtuple('Pair', 'left right')\n"
        "def pair_of(a, b):\n    return (a, b)",
        "p = pair_of(1, 2)\nassert p.left == 1 and p.right == 2 and p == (1, 2) and p[0] == 1\n"
        "assert isinstance(p, tuple) and isinstance(p, Pair) and p._fields == ('left', 'right')\n"
        "assert repr(p) == 'Pair(left=1, right=2)' and p == Pair(1, 2)",
    ),
    "collections": Case(
        "from collections import Counter, defaultdict, OrderedDict, deque\n"
        "def letters(word):\n    return Counter(word)\n"
        "def grouped(words):\n    d = defaultdict(list)\n    for w in words:\n"
        "        d[w[0]].append(w)\n    return d\n"
        "ordered = OrderedDict(b=1, a=2)\nlast_three = deque([1, 2, 3, 4], maxlen=3)",
        "from collections import Counter, defaultdict, OrderedDict, deque\n"
        "def letters(word):\n    return dict(Counter(word))\n"
        "def grouped(words):\n    return {}\nordered = {}\nlast_three = [2, 3, 4]",
        "from collections import Counter, defaultdict, OrderedDict, deque\n"
        "assert letters('abca') == Counter('abca') and letters('aab').most_common(1) == [('a', 2)]\n"
        "assert isinstance(grouped(['ab']), defaultdict) and grouped(['ab', 'ac'])['a'] == ['ab', 'ac']\n"
        "assert list(ordered) == ['b', 'a'] and isinstance(ordered, OrderedDict)\n"
        "assert last_three == deque([2, 3, 4], 3) and last_three.maxlen == 3",
    ),
    "complex": Case(
        "def roots(b):\n    return (complex(0, b), complex(0, -b))",
        "def roots(b):\n    return (b, -b)",
        "assert roots(2) == (2j, -2j) and isinstance(roots(2)[0], complex)",
    ),
    "bytes": Case(
        "def coded(text):\n    return text.encode('utf-8')",
        "def coded(text):\n    return text",
        "assert coded('é') == b'\\xc3\\xa9' and isinstance(coded('a'), bytes)",
    ),
    "match": Case(
        "import re\ndef find_year(text):\n    return re.search(r'(\\d{4})', text)",
        "import re\ndef find_year(text):\n    return re.search(r'(\\d{3})', text)",
        "import re\nm = find_year('in 1999 or so')\nassert m.group(1) == '1999' and m.span() == (3, 7)\n"
        "assert find_year('never') is None and m and isinstance(m, re.Match)",
    ),
    "random-seeded": Case(
        "import random\ndef roll(n):\n    return [random.randint(1, 6) for _ in range(n)]",
        "import random\ndef roll(n):\n    return [random.randint(0, 5) for _ in range(n)]",
        "import random\nrandom.seed(42)\nexpected = [random.randint(1, 6) for _ in range(5)]\n"
        "random.seed(42)\nassert roll(5) == expected\n"
        "assert all(1 <= x <= 6 for x in roll(200)) and len(roll(3)) == 3",
    ),
    "numpy-seeded": Case(
        "def noise(n):\n    return np.random.normal(size=n)",
        "def noise(n):\n    return np.random.uniform(size=n)",
        "np.random.seed(0)\nexpected = np.random.normal(size=4)\nnp.random.seed(0)\n"
        "np.testing.assert_allclose(noise(4), expected)",
    ),
    # --- objects of libraries ---
    "axes": Case(
        "import matplotlib.pyplot as plt\ndef line_plot(x, y):\n    fig, ax = plt.subplots()\n"
        "    ax.plot(x, y, label='data')\n    ax.set_title('Growth')\n    ax.set_xlabel('time')\n"
        "    ax.legend()\n    return ax",
        "import matplotlib.pyplot as plt\ndef line_plot(x, y):\n    fig, ax = plt.subplots()\n"
        "    ax.plot(y, x, label='data')\n    ax.set_title('Growth')\n    ax.set_xlabel('time')\n"
        "    ax.legend()\n    return ax",
        "import matplotlib.pyplot as plt\nax = line_plot([1, 2, 3], [4, 5, 6])\n"
        "assert ax.get_title() == 'Growth' and ax.get_xlabel() == 'time'\n"
        "assert len(ax.lines) == 1 and ax.get_legend() is not None\n"
        "np.testing.assert_array_equal(ax.lines[0].get_xdata(), [1, 2, 3])\n"
        "assert list(ax.lines[0].get_ydata()) == [4, 5, 6] and isinstance(ax, plt.Axes)\n"
        "assert ax.get_legend().get_texts()[0].get_text() == 'data'",
    ),
    "symbolic": Case(
        "class Symbolic:\n    def __init__(self, text):\n        self.text = text\n"
        "    def __str__(self):\n        return self.text\n"
        "def derivative(e):\n    return Symbolic('2*x')",
        "class Symbolic:\n    def __init__(self, text):\n        self.text = text\n"
        "    def __str__(self):\n        return self.text\n"
        "def derivative(e):\n    return Symbolic('x')",
        "assert str(derivative('x**2')) == '2*x'",
    ),
    "solution-import": Case(
        "import statistics as st\nmiddle = st.median([3, 1, 2])",
        "import statistics as st\nmiddle = st.mean([3, 1, 5])",
        "assert middle == st.median([1, 2, 3])",
    ),
    "import-alone": Case(
        "import colorsys as cs", "cs2 = 1", "assert cs.rgb_to_hsv(1, 0, 0)[2] == 1"
    ),
    "import-from": Case("from math import isqrt", "# import isqrt", "assert isqrt(17) == 4"),
}
