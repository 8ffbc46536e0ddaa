"""The names in a piece of Python, as notebooks have it."""

import pytest

from autograder.names import bound, changed, statements, used, used_by_functions


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("x = 1", {"x"}),
        ("x: tuple = (2, 2, 1)", {"x"}),
        ("x: int", set()),
        ("a, (b, *c) = d", {"a", "b", "c"}),
        ("for x in range(3):\n    y = x", {"x", "y"}),
        ("with open('f') as x:\n    pass", {"x"}),
        ("print(x := 3)", {"x"}),
        ("[x := n for n in range(3)]", {"x"}),
        ("[n for n in range(3)]", set()),
        ("x: object = lambda a: a", {"x"}),
        ("if True:\n    def f():\n        inner = 1\nelse:\n    g = 2", {"f", "g"}),
        ("try:\n    import numpy as np\nexcept ImportError:\n    np = None", {"np"}),
        ("import os.path\nfrom math import pi as x", {"os", "x"}),
        ("class A(B):\n    x = 1\n    def m(self):\n        y = 2", {"A"}),
        ("@cached\nasync def f():\n    pass", {"f"}),
        ("match p:\n    case {'k': x, **rest}:\n        pass", {"x", "rest"}),
        ("while (x := f()):\n    pass", {"x"}),
        ("try:\n    y = 1\nexcept E as x:\n    pass", {"x", "y"}),
        ("x += 1", set()),
        ("x[0] = 1\nx.y = 2\ndel x", set()),
        ("def f(a=(x := 1)):\n    pass", {"f", "x"}),
        ("%matplotlib inline\nx = 1\n!ls", {"x"}),
        ("%%time\nx = 1", {"x"}),
        ("%%capture out\n%%time\nx = 1", {"x"}),
        ("%%writefile f.py\nx = 1", set()),
        ("x = !ls", {"x"}),
        ("x = await f()", {"x"}),
        ("def f(:", set()),
        ("x = '\\d'", {"x"}),
        ("return 1", set()),
    ],
)
def test_names_that_a_cell_gives_a_value(source: str, names: set[str]) -> None:
    assert bound(source) == names


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("print(x + len(y))", {"x", "y"}),
        ("def f(a, b=D):\n    c = a + G\n    return c", {"D", "G"}),
        ("class A(B):\n    def m(self):\n        return G", {"B", "G"}),
        ("[n * F for n in N]", {"F", "N"}),
        ("[n for n in n]", {"n"}),
        ("[n for n in N]\ndef f():\n    n = 1\n    return n", {"N"}),
        ("[n for n in N]\ndef f(m=n):\n    return m", {"N", "n"}),
        ("[n for n in N]\nn", {"N", "n"}),
        ("[n for m in M for n in m if n > F]", {"M", "F"}),
        ("{k: v for k, v in {n: [w for w in k] for n in N}.items()}", {"N", "k"}),
        ("[f(lambda: n) for n in N]", {"N", "f"}),
        ("lambda a: a + G", {"G"}),
        ("def f():\n    global g\n    g = 1", {"g"}),
        ("x += 1", {"x"}),
        ("x.append(1)", {"x"}),
        ("def f(:", set()),
    ],
)
def test_names_that_a_cell_uses(source: str, names: set[str]) -> None:
    assert used(source) == names


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("x = y", set()),
        ("def f(a, b=D):\n    return a + G + len(a)", {"G"}),
        ("f = lambda a: a + G", {"G"}),
        ("class A(B):\n    def m(self):\n        return G", {"G"}),
        ("def f():\n    def g():\n        return G\n    return g", {"G"}),
        ("def f(:", set()),
    ],
)
def test_names_that_functions_of_a_cell_use(source: str, names: set[str]) -> None:
    assert used_by_functions(source) == names <= used(source)


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("x[0] = 1", {"x"}),
        ("x.y.z = 1", {"x"}),
        ("x += 1", {"x"}),
        ("del x[0]", {"x"}),
        ("net.fit(data)", {"net"}),
        ("def f():\n    x[0] = 1", set()),
        ("y = x[0]", set()),
    ],
)
def test_names_whose_objects_a_cell_may_change(source: str, names: set[str]) -> None:
    assert changed(source) == names


def test_statements_keep_their_text() -> None:
    source = "# about a\na = 1; b = 2\n\n@cached\ndef f():\n    return a  # why\nprint(f())"
    found = statements(source)
    assert found is not None
    assert [(each.text, sorted(each.names)) for each in found] == [
        ("# about a\na = 1; b = 2", ["a", "b"]),
        ("@cached\ndef f():\n    return a  # why", ["f"]),
        ("print(f())", []),
    ]
    assert [each.tree for each in statements("a=1;b = 2") or ()] == [found[0].tree]
    assert statements("def f(:") is None


def test_what_only_some_take_for_the_end_of_a_line_is_read_without_a_warning() -> None:
    """In the suite a warning is an error; a teacher would see it among the remarks on a class."""
    for end in "\x1c\x1d\x1e\x85\u2028\u2029":
        assert statements(f"x = = 1{end}y") is None
