"""Honest submissions that look odd. None loses a point, and each mistake gets its hint."""

from nbformat import NotebookNode

from tests.attacks.course import Attack, answering, before, first, right, solved
from tests.support.tiny_course import cell

FULL = 10.0
BESIDE_ENDLESS = "honest-beside-endless"


def _blank(released: NotebookNode, _folder: object) -> NotebookNode:
    return released


def _double(value: str, helper: str = "") -> str:
    return f"import numpy as np\n{helper}\ndef double(number):\n    return {value}"


def _no_blur(released: NotebookNode, _folder: object) -> NotebookNode:
    notebook = solved(released)
    cell(notebook, "blur").source = cell(released, "blur").source
    return notebook


FUNCTIONAL = """\
def network(filters):
    picture = keras.Input((5, 6, 3), name="picture")
    maps = keras.layers.Conv2D(filters, (3, 3), activation="relu")(picture)
    return keras.Model(picture, keras.layers.Dropout(0.1)(maps * 2.0 + 1.0))"""
ADDED = """\
def network(filters):
    model = keras.Sequential()
    model.add(keras.layers.Input(shape=(5, 6, 3)))
    model.add(keras.layers.Conv2D(filters=filters, kernel_size=(3, 3), padding="valid"))
    model.compile("adam", "mse")
    return model"""
WARNS = """\
import logging, sys, warnings

def double(number):
    warnings.warn("careful")
    print("careful", file=sys.stderr)
    logging.getLogger().error("careful")
    return 2 * number"""
TOOLS = """\
%matplotlib inline
import asyncio, matplotlib.pyplot as plt, tempfile, threading
plt.plot([1, 2, 3])
plt.show()

async def later():
    await asyncio.sleep(0.01)
    return 1

await later()
worker = threading.Thread(target=print, args=("from a thread",))
worker.start()
worker.join()
with tempfile.TemporaryDirectory() as folder:
    open(f"{folder}/x", "w").write("x")
np.save("kept.npy", np.arange(3))
print(np.load("kept.npy").sum(), 'all of this ran')"""
INSTALLS = "!pip install numpy\n%pip install numpy\n!nvidia-smi"
SETS_UP = """\
%load_ext nb_black
%matplotlib widget
%tensorboard --logdir logs
two = 2"""
MODULE = "%%writefile helper.py\ndef double(number):\n    return 2 * number"
TIMES = "%%time\ntotal = sum(range(10))"
HELPERS = """\
from functools import lru_cache, partial, reduce

class Multiplier:
    \"\"\"Multiplies by what it was made with.\"\"\"
    def __init__(self, factor):
        self.factor = factor
    def __call__(self, number):
        return self.factor * number

calls = 0"""
STATEFUL = """\
@lru_cache(maxsize=None)
def doubled(number):
    global calls
    calls += 1
    return Multiplier(2)(number)

def double(number, *, helper=doubled):
    return helper(number)"""
SLOW = "import time\ndef area(height, width):\n    time.sleep(0.1)\n    return height * width"

CASES: dict[str, Attack] = {
    "honest-first": Attack(answering(network=right("network")), "ok", FULL, ""),
    "blank": Attack(_blank, "blank", 0, "no answer was written"),
    "one-blank": Attack(_no_blur, score=6, reason="blur: not-answered"),
    "text-for-number": Attack(
        answering(double=_double("f'{2 * number:,}'")), score=6, reason="double: text-not-number"
    ),
    "numpy-number": Attack(answering(double=_double("np.int64(2) * number"))),
    "small-numpy-number": Attack(answering(double=_double("np.array(2 * number, 'int16')[()]"))),
    "tensor": Attack(
        answering(double="import tensorflow as tf\ndef double(n):\n    return tf.constant(2 * n)")
    ),
    "true-for-one": Attack(
        answering(double=_double("True")), score=6, reason="double: bool-not-number"
    ),
    "one-element-array": Attack(
        answering(double=_double("np.array([2 * number])")),
        score=6,
        reason="double: one-element-array",
    ),
    "nan-number": Attack(answering(double=_double("np.nan")), score=6, reason="double: nan"),
    "float-for-integer": Attack(
        answering(double=_double("2.0 * number")), score=6, reason="double: float-not-integer"
    ),
    "float32": Attack(
        answering(
            blur="def blur(image):\n    image = image.astype('float32')\n"
            "    return (image[:, :-1] + image[:, 1:]) / 2"
        )
    ),
    "nested-lists": Attack(
        answering(
            blur="def blur(image):\n    return [[float(a + b) / 2 for a, b in "
            "zip(row, row[1:])] for row in image]"
        )
    ),
    "list-comprehension-view": Attack(
        answering(blur="def blur(image):\n    return ((image[:, 1:] + image[:, :-1]) / 2).T[:].T")
    ),
    "keras-tensor": Attack(
        answering(
            blur="def blur(image):\n    image = keras.ops.convert_to_tensor(image)\n"
            "    return (image[:, :-1] + image[:, 1:]) / 2"
        )
    ),
    "warns": Attack(answering(double=WARNS)),
    "forgets-return": Attack(
        answering(double="def double(number):\n    2 * number"),
        score=6,
        reason="double: missing-return",
    ),
    "prints-instead": Attack(
        answering(double="def double(number):\n    print(2 * number)"),
        score=6,
        reason="double: missing-return",
    ),
    "syntax-error": Attack(
        answering(double="def double(number)\n    return 2 * number"),
        score=6,
        reason="double: the cell with the answer stops with SyntaxError",
    ),
    "error-in-own-cell": Attack(first("1 / 0")),
    "helpers": Attack(first(HELPERS, double=STATEFUL)),
    "tools": Attack(before("double", TOOLS)),
    "installs": Attack(first(INSTALLS)),
    "sets-up": Attack(first(SETS_UP, double="def double(number):\n    return two * number")),
    "own-module": Attack(before("double", MODULE, double="from helper import double")),
    "times": Attack(first(TIMES)),
    "functional": Attack(answering(network=FUNCTIONAL), "ok", FULL, ""),
    "added-and-compiled": Attack(answering(network=ADDED), "ok", FULL, ""),
    "slow-but-right": Attack(answering(area=SLOW)),
    "lambda": Attack(answering(double="double = lambda number: number * 2")),
    "method": Attack(
        answering(
            double="class Doubler:\n    def double(self, n): return n * 2\n"
            "double = Doubler().double"
        )
    ),
    "partial": Attack(
        answering(
            twice="from functools import reduce\ndef twice(function, number):\n"
            "    return reduce(lambda x, f: f(x), [function] * 2, number)"
        )
    ),
    "honest-last": Attack(answering(network=right("network")), "ok", FULL, ""),
    # Sixteen run there at once: a model built beside them would itself take too long.
    BESIDE_ENDLESS: Attack(answering()),
}
