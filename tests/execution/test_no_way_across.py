"""What a hostile answer tries with the way that special methods, names and files have across."""

import pytest

from autograder.task import CellRun
from tests.attacks.targets import FIND
from tests.execution.ordinary import Case
from tests.execution.test_ordinary import by_case, run

AGREEABLE = """\
class Agreeable:
    def __eq__(self, other):
        told.append(other)
        return True
    def __ne__(self, other):
        told.append(other)
        return False
    __lt__ = __le__ = __gt__ = __ge__ = __contains__ = __eq__
    def __sub__(self, other):
        told.append(other)
        return 0
    __rsub__ = __add__ = __radd__ = __mul__ = __mod__ = __and__ = __xor__ = __sub__
    def __abs__(self):
        return self
    __neg__ = __round__ = __abs__
    def __hash__(self):
        return hash(15)
    def __iter__(self):
        return iter([self, self])
    def __len__(self):
        return 2
    def __enter__(self):
        return self
    def __exit__(self, *args):
        return True
    @property
    def __class__(self):
        return float
told = []
"""
RIGHT = "def {name}(a, b):\n    return a * b"


def asked(name: str, test: str) -> Case:
    """Return a case in which a function's answer is the agreeable object."""
    return Case(
        RIGHT.format(name=name), f"def {name}(a, b):\n    return Agreeable()", test.format(name)
    )


def pickled(name: str, eval_named: str) -> Case:
    """Return a case in which the file that an answer writes is a pickle that calls `eval`."""
    return Case(
        f"def {name}():\n    open('{name}.txt', 'w').write('I7\\n.I7\\n.')",
        f"def {name}():\n"
        f"    open('{name}.txt', 'w').write(\"{eval_named}(S'globals()'\\ntR.\" * 2)",
        f"{name}()\nimport pickle\nwith open('{name}.txt', 'rb') as file:\n"
        "    assert [pickle.load(file), pickle.load(file)] is not None",
    )


# Each test passes with a right answer; the wrong one is an object, or a lie.
CASES: dict[str, Case] = {
    "equal": asked("f_eq", "assert {0}(3, 5) == 15"),
    "argument-claimed": Case(
        "def f_claims(xs):\n    return xs",
        "from autograder.sandbox import peer\ncalled = peer.Peer._call\n"
        "def lying(self, target, args, kwargs):\n"
        "    if getattr(target, '__name__', '') == 'f_claims':\n"
        "        return {'value': [], 'argument': 0}\n"
        "    return called(self, target, args, kwargs)\n"
        "peer.Peer._call = lying\ndef f_claims(xs):\n    return []",
        "xs = [15]\nassert f_claims(xs) == [15]",
    ),
    "equal-reflected": asked("f_req", "assert 15 == {0}(3, 5)"),
    "not-unequal": asked("f_ne", "if {0}(3, 5) != 15:\n    raise AssertionError"),
    "unequal": asked("f_une", "assert {0}(3, 5) != 16 and isinstance({0}(3, 5), int)"),
    "negated": asked("f_not", "assert not ({0}(3, 5) == 14)\nassert {0}(3, 5) + 0 == 15"),
    "ordered": asked("f_lt", "assert 14 < {0}(3, 5) <= 15"),
    "difference": asked("f_sub", "assert abs({0}(3, 5) - 15) < 1e-9"),
    "difference-reflected": asked("f_rsub", "assert abs(15 - {0}(3, 5)) < 1e-9"),
    "remainder": asked("f_mod", "assert {0}(3, 5) % 5 == 0"),
    "in-a-list": asked("f_in", "assert {0}(3, 5) in [15]"),
    "in-a-set": asked("f_set", "assert {0}(3, 5) in {{15}}"),
    "in-a-dict": asked("f_dict", "assert {{15: True}}[{0}(3, 5)]"),
    "in-lists": asked("f_lists", "assert [{0}(3, 5)] == [15]"),
    "numpy": asked("f_np", "import numpy as np\nnp.testing.assert_allclose({0}(3, 5), 15)"),
    "numpy-equal": asked("f_npe", "import numpy as np\nassert np.array_equal({0}(3, 5), 15)"),
    "isclose": asked("f_close", "import math\nassert math.isclose({0}(3, 5), 15)"),
    "unittest": asked("f_ut", "import unittest\nunittest.TestCase().assertEqual({0}(3, 5), 15)"),
    "almost": asked(
        "f_al", "import unittest\nunittest.TestCase().assertAlmostEqual({0}(3, 5), 15)"
    ),
    "is-a-number": asked("f_inst", "assert isinstance({0}(3, 5), (int, float))"),
    "contains": Case(
        "def factors_of(n):\n    return [d for d in range(1, n + 1) if n % d == 0]",
        "def factors_of(n):\n    return Agreeable()",
        "assert 5 in factors_of(30)",
    ),
    "swallows-an-assertion": Case(
        "class Quiet:\n    def __enter__(self):\n        return self\n"
        "    def __exit__(self, *args):\n        return False\n    def f(self):\n        return 1",
        "class Quiet:\n    def __enter__(self):\n        return self\n"
        "    def __exit__(self, *args):\n        return True\n    def f(self):\n        return 2",
        "with Quiet() as quiet:\n    assert quiet.f() == 1",
    ),
    "now-this-now-that": Case(
        "def root_of_two():\n    return 2 ** 0.5",
        "class Two:\n    n = 0\n    def __float__(self):\n        Two.n += 1\n"
        "        return 1.0 + Two.n % 2\ndef root_of_two():\n    return Two()",
        "root = root_of_two()\nassert abs(float(root) * float(root) - 2) < 1e-9",
    ),
    "a-difference-of-its-own-class": Case(
        "class Money:\n    def __init__(self, n):\n        self.n = n\n"
        "    def __add__(self, other):\n        return Money(self.n + other.n)\n"
        "def price(n):\n    return n * 3",
        "class Money:\n    def __init__(self, n):\n        self.n = n\n"
        "    def __add__(self, other):\n        return Money(self.n + other.n)\n"
        "    def __sub__(self, other):\n        return 0\n    def __abs__(self):\n        return 0\n"
        "kept = Money(3)\ndef price(n):\n    return kept",
        "m = Money(1) + Money(2)\nassert m.n == 3\nassert abs(price(5) - 15) < 1e-9",
    ),
    "expected-file": Case(
        "def write_out(path):\n    open(path, 'w').write('right')",
        "def write_out(path):\n    open(path, 'w').write('wrong')\n"
        "    open('expected.txt', 'w').write('wrong')",
        "open('expected.txt', 'w').write('right')\nwrite_out('result.txt')\n"
        "assert open('result.txt').read() == open('expected.txt').read()",
    ),
    "pickle": pickled("first_of", "cbuiltins\\neval\\n"),
    "pickle-of-python-2": pickled("old_of", "c__builtin__\\neval\\n"),
    "pickle-behind-a-number": pickled("behind_of", "I0x7\\n0cbuiltins\\neval\\n"),
    "pickle-behind-a-pickle": pickled("second_of", "I7\\n.cbuiltins\\neval\\n"),
    "pickle-without-a-name": pickled("fifth_of", "I0777\\n0Veval\\np195\\n0Vbuiltins\\nhÓ"),
    "points-that-are-no-number": Case(
        "def share_of(n):\n    return n / 4",
        "class Share:\n    def __mul__(self, other):\n        return 'all of them'\n"
        "    __rmul__ = __mul__\ndef share_of(n):\n    return Share()",
        "1 * share_of(4)",
    ),
    "program": Case(
        "def module_of():\n    return 3",
        "def module_of():\n    open('helper_of.py', 'w').write('x = 3')\n    return 4",
        "found = module_of()\nimport os\nassert not os.path.exists('helper_of.py') and found == 3",
    ),
    "reads-the-test": Case(
        "def product(a, b):\n    return a * b",
        "def product(a, b):\n    return globals().get('expected', globals().get('wanted', 0))",
        "expected = wanted = 15\nassert product(3, 5) == expected",
    ),
    "seed-that-was-drawn-from": Case(
        "import random\ndef guess(xs):\n    random.random()\n    return max(xs)",
        "import random\ndef guess(xs):\n    return round(random.random(), 9)",
        "import random\nrandom.seed(7)\nhidden = round(random.random(), 9)\n"
        "assert guess([0.0, hidden]) == hidden",
    ),
    "name-that-changes": Case(
        "root = 2 ** 0.5",
        f"{FIND}\nroot = 1.0\nhonest = peer._called.fetch\ncounted = [0]\n"
        "def fetch(names):\n    counted[0] += 1\n"
        "    return {**honest(names), **({'root': 1.0 + counted[0] % 2} if 'root' in names else {})}\n"
        "peer._called.fetch = fetch",
        "assert abs(root * root - 2) < 1e-9",
    ),
    "hook-that-is-not-there": Case(
        "def said():\n    return 1",
        f"{FIND}\ndef said():\n    for which in ('builtins:print', 'builtins:input', 'os:system'):\n"
        "        try:\n            peer.ask({'do': 'hook', 'which': which, 'args': (), 'kwargs': {}})\n"
        "        except KeyError:\n            continue\n        return 1\n    return 0",
        "assert said() == 1",
    ),
    "changes-the-test's": Case(
        "def ask_oracle(oracle):\n    return oracle.right()",
        "def ask_oracle(oracle):\n    oracle.right = lambda: 0\n    return 0",
        "class Oracle:\n    def right(self):\n        return 42\noracle = Oracle()\n"
        "assert ask_oracle(oracle) == oracle.right()",
    ),
}


@pytest.fixture(scope="module")
def honest() -> dict[str, CellRun]:
    """All cases with right answers."""
    return by_case(run(CASES, right=True, first=AGREEABLE))


@pytest.fixture(scope="module")
def hostile() -> dict[str, CellRun]:
    """All cases with hostile answers."""
    outcome = run(CASES, right=False, first=AGREEABLE, last="print(told)")
    told = "".join(each.get("text", "") for each in outcome["notebook"]["cells"][-1]["outputs"])
    assert told == "[]\n"  # no expected value was told
    return by_case(outcome)


@pytest.mark.parametrize("name", CASES)
def test_the_test_is_one_that_passes(honest: dict[str, CellRun], name: str) -> None:
    assert honest[name]["ok"], honest[name]


@pytest.mark.parametrize("name", CASES)
def test_a_hostile_answer_does_not_pass(hostile: dict[str, CellRun], name: str) -> None:
    assert not hostile[name]["ok"]
    assert hostile[name]["cut"] is None


RECORDER = """\
class Recorder:
    {shown}
    kind = "made up"
    def __init__(self, curve):
        self.curve, self.epoch = curve, 0
    def fit(self):
        self.epoch += 1
    def best(self):
        return max(self.curve)
recorder = Recorder([0.25, 0.75])
assert train(recorder) == "nothing" and recorder.epoch == 1
"""
LOOKS = """\
def train(model):
    model.fit()
    seen = {name: getattr(model, name, None) for name in NAMES}
    seen |= {name: hasattr(type(model), name) for name in ("curve", "kind")}
    try:
        seen["curve"] = model.curve
    except AttributeError:
        pass
    print(seen)
    return "nothing" if not any(seen.values()) else "reached"
"""


@pytest.mark.parametrize(
    ("shown", "hidden"),
    [
        ("pass", ["curve", "epoch", "kind", "__dict__", "_Recorder__curve", "other"]),
        ("shown_to_answers = ('fit',)", ["curve", "epoch", "kind", "best", "shown_to_answers"]),
        ("shown_to_answers = ['fit']\n    __slots__ = ('curve', 'epoch')", ["curve", "best"]),
    ],
)
def test_a_tests_object_shows_what_its_class_lists(shown: str, hidden: list[str]) -> None:
    answer = LOOKS.replace("NAMES", repr(hidden))
    outcome = run({"train": Case(answer, answer, RECORDER.format(shown=shown))}, right=True)
    assert outcome["cells"][1]["ok"], outcome["cells"][1]["evalue"]


SERIES = """\
class Series{base}:
    shown_to_answers = ({listed})
    def __init__(self):
        self.curve = [0.25, 0.75]
    def fit(self):
        pass
    def __len__(self):
        return len(self.curve)
    def __getitem__(self, place):
        return self.curve[place]
    def __iter__(self):
        return iter(self.curve)
    def __call__(self):
        return self.curve
assert train(Series()) == {expected}
"""
TRIES = """\
def train(model):
    model.fit()
    found = 0
    for look in (len, lambda it: it[0], list, lambda it: it(), lambda it: [*it, *model]):
        try:
            look(model)
            found += 1
        except (AttributeError, TypeError):
            pass
    return found
"""


@pytest.mark.parametrize("base", ["", "(list)"])
@pytest.mark.parametrize(
    ("listed", "expected"), [("'fit',", 0), ("'fit', '__len__', '__getitem__', '__iter__'", 4)]
)
def test_what_a_class_lists_goes_for_its_special_methods_too(
    base: str, listed: str, expected: int
) -> None:
    test = SERIES.format(base=base, listed=listed, expected=expected)
    outcome = run({"train": Case(TRIES, TRIES, test)}, right=True)
    assert outcome["cells"][1]["ok"], outcome["cells"][1]["evalue"]


def test_a_tests_object_shows_what_it_is_for() -> None:
    answer = "def train(model):\n    model.fit()\n    return model.epoch + model.best()"
    shown = "shown_to_answers = ('fit', 'best', 'epoch')"
    test = RECORDER.format(shown=shown).replace('== "nothing"', "== 1.75")
    outcome = run({"train": Case(answer, answer, test)}, right=True)
    assert outcome["cells"][1]["ok"], outcome["cells"][1]["evalue"]


def test_what_is_not_shown_says_how_it_could_be() -> None:
    answer = "def train(model):\n    model.fit()\n    return model.curve"
    outcome = run({"train": Case(answer, answer, RECORDER.format(shown="pass"))}, right=True)
    assert '`shown_to_answers = ("curve",)`' in outcome["cells"][1]["evalue"]


CALLED = "use(x)\nx.assert_called_once_with(3)"
MOCK = "from unittest.mock import MagicMock, Mock, create_autospec\n"


@pytest.mark.parametrize(
    ("wrong", "made", "test"),
    [
        (
            "x.configure_mock(assert_called_once_with=lambda *_: None)",
            "Mock()",
            CALLED,
        ),
        ("x.attach_mock(lambda *_: None, 'assert_called_once_with')", "MagicMock()", CALLED),
        ("x.configure_mock(assert_called_once_with=len)", "create_autospec(lambda _: 3)", CALLED),
        ("return x.return_value", "Mock(return_value=3)", "assert use(x) == 3"),
        ("return next(x.side_effect)", "Mock(side_effect=[3, 4])", "assert use(x) == 3"),
        ("return x.keywords['wanted']", "partial(three, wanted=3)", "assert use(x) == 3"),
        ("return x.wanted", "three", "three.wanted = 3\nassert use(x) == 3"),
    ],
)
def test_what_a_test_can_call_shows_nothing_else(wrong: str, made: str, test: str) -> None:
    make = (
        f"{MOCK}from functools import partial\ndef three(_, wanted=3):\n    return 3\nx = {made}\n"
    )
    case = Case("def use(x):\n    return x(3)", f"def use(x):\n    {wrong}", make + test)
    assert run({"use": case}, right=True)["cells"][1]["ok"]
    outcome = run({"use": case}, right=False)["cells"][1]
    assert not outcome["ok"]
    assert "is the test's own" in outcome["evalue"]


def test_a_mock_is_still_the_thing_it_stands_for() -> None:
    answer = "def use(x):\n    return x.read() + x.size"
    test = f"{MOCK}x = Mock(size=1)\nx.read.return_value = 2\nassert use(x) == 3"
    assert run({"use": Case(answer, answer, test)}, right=True)["cells"][1]["ok"]
