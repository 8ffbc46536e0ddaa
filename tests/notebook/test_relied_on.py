"""What cells rely on, and which libraries that imports."""

import pytest

from autograder.notebook.relied_on import libraries, relied_on

IMPORTS = "import math\nimport numpy as np\nfrom autograder import checks"


@pytest.mark.parametrize(
    ("above", "cell", "needed"),
    [
        ([IMPORTS], "checks.value('x', 1, 1)", ["from autograder import checks"]),
        (["a = 1", "b = np.array(a)", "a = 2"], "print(a)", ["a = 2"]),
        (["a = 1\nb = a + 1\nc = 3"], "print(b)", ["a = 1", "b = a + 1"]),
        # What a function looks up when it is called, a later cell may have defined.
        (
            ["def f():\n    return g()", "def g():\n    return 1"],
            "f()",
            ["def f():\n    return g()", "def g():\n    return 1"],
        ),
        # And an earlier one, for a call above it.
        (
            ["a = 1", "def f():\n    return a", "b = f()", "a = 2"],
            "print(b)",
            ["a = 1", "def f():\n    return a", "b = f()"],
        ),
        (
            ["def f():\n    return a", "a = 1", "b = f()", "a = 2"],
            "f()\nprint(b)",
            ["def f():\n    return a", "a = 1", "b = f()", "a = 2"],
        ),
        # A generator may look up at once or later, so both are needed; and what it gives may have
        # the same name. (Of other comprehensions Python 3.12 and later know that it is at once.)
        (
            ["a = [1]", "b = list(a for _ in range(3))", "a = 2"],
            "print(b)",
            ["a = [1]", "b = list(a for _ in range(3))", "a = 2"],
        ),
        (["a = [1]", "a = next(b for b in a)"], "print(a)", ["a = [1]", "a = next(b for b in a)"]),
        (["a = []", "a.append(1)", "b = 2"], "print(a)", ["a = []", "a.append(1)"]),
        (["a = 1", "a += 1"], "print(a)", ["a = 1", "a += 1"]),
        # A call of what a module holds changes no module.
        (["import math", "math.sqrt(2)"], "math.pi", ["import math"]),
        # A cell's own names, of whatever kind, are not looked for above.
        (["call = np.ones(3)"], "with open(0) as call:\n    call()", []),
        (["a = np.ones(3)"], "for a in range(3):\n    print(a)", []),
        (["f = np.ones"], "def f(n):\n    return f(n - 1)", []),
        (["a = np.ones(3)"], "a = 1\nprint(a)", []),
        (["a = np.ones(3)"], "try:\n    f()\nexcept ValueError as a:\n    print(a)", []),
        (["a = np.ones(3)"], "match 1:\n    case a:\n        print(a)", []),
        (["a = np.ones(3)"], "match [1]:\n    case [*a]:\n        print(a)", []),
        (["a = np.ones(3)"], "if True:\n    import math as a\nprint(a.pi)", []),
        (["a = np.ones(3)"], "try:\n    from math import pi as a\nfinally:\n    print(a)", []),
        (["a = 3"], "a = a + 1", ["a = 3"]),
        (["%matplotlib inline\na = 1", "b = a"], "print(c)", []),
        (["not Python at all", "a = 1"], "print(a)", ["a = 1"]),
    ],
)
def test_what_a_cell_relies_on(above: list[str], cell: str, needed: list[str]) -> None:
    assert relied_on([*above, cell], [len(above)]) == needed


def test_what_it_relies_on_is_enough_to_run_it() -> None:
    above = ["import math\nK = 3", "def area(r):\n    return math.pi * r**2", "areas = [area(K)]"]
    above += ["areas.append(area(1))", "wrong = undefined"]
    cell = "total = sum(areas)"
    names: dict[str, float] = {}
    for text in [*relied_on([*above, cell], [len(above)]), cell]:
        exec(text, names)  # noqa: S102  (this file's)
    assert round(names["total"], 3) == 31.416


def test_libraries_are_neither_pythons_own_nor_ours() -> None:
    texts = [IMPORTS, "def f():\n    from keras import layers", "import os.path, pandas.io"]
    assert libraries(texts) == ["keras", "numpy", "pandas"]
