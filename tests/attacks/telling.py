"""Submissions that try to tell their student what the hidden tests asked: for no mark, or for one.

All of them answer rightly while they note what they were called with; then they say it in
some way that somebody might show. Two hidden inputs that differ must give the same pages.
"""

from collections.abc import Callable
from pathlib import Path

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from autograder.notebook.cells import WITH_ANSWER, is_test
from tests.support import tiny_course
from tests.support.tiny_course import Make, cell, solved

Edit = Callable[[NotebookNode], None]
NOTED = "LOG = []\n\ndef double(number):\n    LOG.append(number)\n{said}    return 2 * number"
SHOWN = """\
from IPython.display import update_display
display('known', display_id='known')
print('at first')"""
AFTER_RIGHT = "def area(height, width):\n    return height * width"

# What the answer does with `number`, each time it is called.
WHEN_CALLED = {
    "nothing": "pass",
    "print": "print(number)",
    "write-to-stderr": "import sys; sys.stderr.write(repr(number))",
    "write-to-the-descriptor": "import os; os.write(1, repr(number).encode())",
    "display": "display(number)",
    "display-a-known-one": "display(number, display_id='known')",
    "update-a-display": "update_display(repr(LOG), display_id='known')",
    "update-its-metadata": (
        "get_ipython().display_pub.publish({'text/plain': 'x'}, {'image/png': {'width': number}},"
        " transient={'display_id': 'known'}, update=True)"
    ),
    "update-a-picture": (
        "update_display({'image/png': 'A' * (4 * (number % 9))}, raw=True, display_id='known')"
    ),
    "clear": "get_ipython().display_pub.clear_output(wait=number % 2)",
    "warn": "import warnings; warnings.warn(repr(number))",
    "print-later": (
        "import threading; threading.Timer(0.05 * (number % 3), print, [number]).start()"
    ),
    "a-figure": "import matplotlib.pyplot as plt; plt.plot([number, 1, number])",
    "a-file": "open('noted.txt', 'a').write(repr(number))",
    "a-name": "globals()['area' if number % 2 else 'other'] = 3",
    "run-a-cell": "get_ipython().run_cell('print(number)')",
    "a-hook": "get_ipython().set_custom_exc((Exception,), lambda *_: print(LOG))",
    "a-post-run-hook": "get_ipython().events.register('post_run_cell', lambda *_: print(LOG))",
    "a-raw-message": (
        "import gc, json; from autograder.sandbox import wire\n"
        "    link = next(each for each in gc.get_objects() if type(each) is wire.Link)\n"
        "    told = {'data': {'text/plain': repr(LOG)}, 'transient': {'display_id': 'known'}}\n"
        "    body = {'kind': 'update_display_data', 'content': told}\n"
        "    link.send(b'O', json.dumps(body).encode())"
    ),
}
# What a later cell of the student's own does with `LOG`.
LATER = {
    "print": "print(LOG)",
    "result": "LOG",
    "raise-the-text": "raise ValueError(repr(LOG))",
    "raise-one-of-many": (
        "raise [KeyError, ValueError, OSError, IndexError, NameError][LOG[-1] % 5]"
    ),
    "raise-or-not": "assert LOG[-1] % 2",
    "update": "update_display(repr(LOG), display_id='known')",
    "figure": "import matplotlib.pyplot as plt; plt.plot(LOG)",
    "magic": "%run_of_{LOG[-1]}",
    "syntax": "eval('1 +' * (LOG[-1] % 3))",
    "exit-or-not": "import sys; sys.exit(LOG[-1] % 2)",
    "end-or-not": "import os\nif LOG[-1] % 2: os._exit(LOG[-1] % 100)",
    "flood-or-not": "if LOG[-1] % 2: print('x' * 3_000_000)",
    "memory-or-not": "if LOG[-1] % 2: raise MemoryError",
    "file": "print(open('noted.txt').read())",
    "html": "from IPython.display import HTML; HTML(f'<b>{LOG}</b>')",
}
# A wrong answer to the second exercise, at the price of its visible check.
AT_A_PRICE = {
    "raises": "    raise ValueError(repr(LOG))",
    "returns": "    return LOG[-1]",
    "names": "    return globals()[f'n{LOG[-1]}']",
    "raises-one-of-many": (
        "    raise [KeyError, ValueError, OSError, IndexError, NameError][LOG[-1] % 5]"
    ),
    "line": "    if LOG[-1] % 2:\n        1 / 0\n    else:\n        1 // 0",
    "a-class": "    raise type(f'N{LOG[-1]}', (Exception,), {})",
}


# An answer that says that a hidden test stopped in a visible line, with its own text for an error.
FORGED = """\
def double(number):
    return 2 * number
import gc
shell = next(each for each in gc.get_objects() if type(each).__name__ == "Shell")
run = type(shell).run
def tell(self, source, is_test=False):
    done = run(self, source, is_test)
    hidden = "HIDDEN" in source
    return done | {"ok": False, "ename": "E", "evalue": source, "line": 1} if hidden else done
type(shell).run = tell"""


# Tests of which what is visible runs again after what is hidden, and with a score of their own.
LOOPED = {
    "double-test": """\
for number in (5, 6):
    assert double(number) == 2 * number
    ### BEGIN HIDDEN TESTS
    assert double(777) == 1554
    ### END HIDDEN TESTS""",
    "area-test-2": """\
### BEGIN HIDDEN TESTS
assert area(31, 64) == 1984
### END HIDDEN TESTS
min(2, area(4, 5) / 10)""",
}
# What the answers to these do then.
AGAIN = {
    "raises": "    if number == 6: raise ValueError(repr(LOG))\n",
    "returns": "    if number == 6: return LOG[1]\n",
}
SCORED = "def area(height, width):\n    return height * width - LOG[1] % 1000 / 1e6 * (height == 4)"


def as_they_are(_test: NotebookNode) -> None:
    """Leave a test as it is."""


def beside(test: NotebookNode) -> None:
    """Have a test run beside the answer."""
    test.metadata["autograder"] = WITH_ANSWER


def looped(test: NotebookNode) -> None:
    """Put tests in place of this one of which something visible comes after something hidden."""
    test.source = LOOPED.get(test.id, test.source)


def source(inputs: tuple[int, int], edit: Edit = as_they_are) -> NotebookNode:
    """Return the tiny chapter with these hidden inputs, and its tests edited."""
    notebook = tiny_course.source_notebook()
    first, second = inputs
    secret = {
        "777": str(first),
        "1554": str(2 * first),
        "31, 64": f"{second}, 64",
        "1984": str(64 * second),
    }
    for each in notebook.cells:
        if is_test(each):
            edit(each)
        for old, new in secret.items():
            each.source = each.source.replace(old, new)
    return notebook


def again(price: str) -> Make:
    """Return a submission that tells what it can in a visible line after hidden ones."""
    double = NOTED.format(said=AGAIN.get(price, ""))
    answers = {"double": double} | ({"area": SCORED} if price == "scored" else {})
    return lambda released, _folder: solved(released, **answers)


def making(when_called: list[str], later: list[str], price: str | None = None) -> Make:
    """Return a submission that does these things, named in the tables above."""

    def make(released: NotebookNode, _folder: object) -> NotebookNode:
        said = "".join(f"    {WHEN_CALLED[each]}\n" for each in when_called)
        area = AFTER_RIGHT
        if price is not None:
            area = f"def area(height, width):\n{AT_A_PRICE[price]}"
        notebook = solved(released, double=NOTED.format(said=said), area=area)
        shown = new_code_cell(SHOWN, id="shown")
        place = notebook.cells.index(cell(notebook, "double"))
        notebook.cells.insert(place, shown)
        cells = [new_code_cell(LATER[each], id=f"later-{n}") for n, each in enumerate(later)]
        half = len(cells) // 2
        place = notebook.cells.index(cell(notebook, "area"))
        notebook.cells[place:place] = cells[:half]
        notebook.cells += cells[half:]
        return notebook

    return make


def cut_before_a_loss(name: str) -> Make:
    """Return a submission in which a cell may be cut short before a test that is always lost."""
    make = making([], [name, name])

    def lossy(released: NotebookNode, folder: Path) -> NotebookNode:
        notebook = make(released, folder)
        assert isinstance(notebook, NotebookNode)
        cell(notebook, "area").source = "def area(height, width):\n    raise MemoryError"
        return notebook

    return lossy


CUTS = ("flood-or-not", "memory-or-not")  # of LATER, those that may cut a cell short
# Their points tell something: the answers are wrong for some inputs.
COSTLY = frozenset(
    {
        "later-end-or-not",
        *(f"at-a-price-{name}" for name in AT_A_PRICE),
        *(f"before-a-loss-{name}" for name in CUTS),
    }
)
CASES: dict[str, Make] = {
    **{f"when-called-{name}": making([name], ["print"]) for name in WHEN_CALLED},
    **{f"later-{name}": making(["a-file"], [name, name]) for name in LATER},
    **{f"at-a-price-{name}": making([], [], name) for name in AT_A_PRICE},
    **{f"before-a-loss-{name}": cut_before_a_loss(name) for name in CUTS},
    "many-cells": making([], ["raise-one-of-many"] * 100),
}
