"""Answers that are awkward to look at: endless, huge, containing themselves, fake models."""

from tests.attacks.course import Attack, Make, answering, before
from tests.attacks.targets import FIND


def _area(value: str, helper: str = "") -> Make:
    return answering(area=f"{helper}\ndef area(height, width):\n    return {value}")


def _blur(value: str, helper: str = "") -> Make:
    return answering(blur=f"import numpy as np\n{helper}\ndef blur(image):\n    return {value}")


def _network(value: str, helper: str = "") -> Make:
    return answering(
        network=f"import keras\nimport numpy as np\n{helper}\ndef network(filters):\n"
        f"    return {value}"
    )


ENDLESS = """\
import itertools, time

class Endless:
    def __len__(self):
        return 10**18
    def __getitem__(self, key):
        return Endless()
    def __iter__(self):
        return itertools.count()
    def __repr__(self):
        while True:
            time.sleep(1)
    __str__ = __repr__"""
RAISING = """\
class Meta(type):
    def __getattribute__(self, name):
        raise SystemExit("from a type")

class Raising(metaclass=Meta):
    def __getattribute__(self, name):
        raise KeyboardInterrupt("from an object")
"""
SLOW_NAME = """\
import time

class Slow:
    @property
    def __name__(self):
        time.sleep(1_000)

area = Slow()"""
BAD_ERROR = """\
class Bad(BaseException):
    @property
    def _number(self):
        raise SystemExit
    def __str__(self):
        raise SystemExit

def area(height, width):
    raise Bad"""
FAKE = """\
class Fake:
    @property
    def __class__(self):
        return keras.Model
    def __init__(self, filters):
        self.filters = filters
    def count_params(self):
        return 28 * self.filters
    @property
    def output_shape(self):
        return (None, 3, 4, self.filters)
    def __call__(self, images):
        return np.zeros((2, 3, 4, self.filters))"""
SUBCLASS = """\
class Lying(keras.Model):
    def __init__(self, filters):
        super().__init__()
        self.filters = filters
    def count_params(self):
        return 28 * self.filters
    output_shape = property(lambda self: (None, 3, 4, self.filters))
    def call(self, images):
        return np.zeros((2, 3, 4, self.filters), "float32")"""
LAMBDA = """\
def made(filters):
    return keras.Sequential([keras.Input((5, 6, 3)), keras.layers.Lambda(
        lambda images: keras.ops.zeros((2, 3, 4, filters)), output_shape=(3, 4, filters))])"""
CONFIG = """\
class Layer(keras.layers.Conv2D):
    def get_config(self):
        return {"filters": 10**9, "kernel_size": 3}

Layer.__module__, Layer.__name__ = "keras.src.layers.convolutional.conv2d", "Conv2D"
"""
# The description of a model as the judge gets it, forged.
FORGED = """\
if peer is not None:
    def describe(value):
        return {"is": "model", "config": CONFIG, "weights": WEIGHTS}
    peer._references.describe = describe
"""
CODE = [
    '{"module": "builtins", "class_name": "function", "config": "eval", "registered_name": "eval"}',
    '{"module": "os", "class_name": "system", "config": {"command": "id"}}',
    '{"class_name": "__lambda__", "config": {"value": "YQ=="}}',
    '{"module": "keras.layers", "class_name": "Lambda", "config": {"function": "print"}}',
    '{"module": "keras.layers", "class_name": "TFSMLayer", "config": {"filepath": "/etc"}}',
    '{"module": "keras", "class_name": "Sequential", "config": {"layers": [{"module": "subprocess",'
    ' "class_name": "Popen", "config": {"args": "id"}}]}}',
]


def _forged_model(config: str, weights: str = "None") -> Make:
    code = FORGED.replace("CONFIG", config).replace("WEIGHTS", weights)
    return before("network", FIND + code, network="def network(filters):\n    return object()")


_DENSE = (
    '{"module": "keras", "class_name": "Sequential", "config": {"layers": ['
    '{"module": "keras.layers", "class_name": "InputLayer", "config": {"batch_shape": [None, 9]}},'
    '{"module": "keras.layers", "class_name": "Dense", "config": {"units": UNITS}}]}}'
)

CASES: dict[str, Attack] = {
    "endless-object": Attack(_area("Endless()", ENDLESS), "timeout", 6, "a test of area"),
    "endless-array": Attack(_blur("Endless()", ENDLESS), "timeout", 6, "a test of blur"),
    "endless-numbers": Attack(
        _area("0", "import itertools\narea = itertools.count()\nold = area"), score=6, reason="area"
    ),
    "raising-object": Attack(_area("Raising()", RAISING), score=6, reason="area: "),
    "raising-name": Attack(
        answering(area=f"{RAISING}\narea = Raising()"), score=6, reason="area: "
    ),
    "raising-class": Attack(answering(area=f"{RAISING}\narea = Raising"), score=6, reason="area: "),
    "a-slow-name": Attack(answering(area=SLOW_NAME), "timeout", 6, "a test of area"),
    "bad-error": Attack(answering(area=BAD_ERROR), score=6, reason="area: SystemExit"),
    "giant-list": Attack(_area("[0] * 10**7"), score=6, reason="area: "),
    "giant-number": Attack(_area("10**100_000"), score=6, reason="area: "),
    "giant-array": Attack(_blur("np.zeros((6_000, 6_000))"), score=6, reason="blur: "),
    "cyclic": Attack(_area("x", "x = []\nx.append(x)"), score=6, reason="area: "),
    "deep": Attack(
        _area("x", "x = []\nfor _ in range(100_000): x = [x]"), score=6, reason="area: "
    ),
    "many-axes": Attack(_blur("np.zeros((1,) * 40)"), score=6, reason="blur: "),
    "same-hashes": Attack(
        _area("{n * (2**61 - 1) for n in range(1, 1_000)}"), score=6, reason="area: "
    ),
    "objects-array": Attack(_blur("np.array([object()])"), score=6, reason="blur: "),
    "fake-model": Attack(_network("Fake(filters)", FAKE), score=8, reason="network: raises"),
    "lying-model": Attack(_network("Lying(filters)", SUBCLASS), score=8, reason="network: raises"),
    "lambda-model": Attack(_network("made(filters)", LAMBDA), score=8, reason="network: raises"),
    "lying-config": Attack(
        _network("keras.Sequential([keras.Input((5, 6, 3)), Layer(filters, 3)])", CONFIG),
        score=8,
        reason="network: ",
    ),
    "wrong-weights": Attack(
        _forged_model(_DENSE.replace("UNITS", "3"), "[np.zeros((1, 1)), np.zeros(3)]"),
        score=8,
        reason="network: NotUsable",
    ),
    "huge-model": Attack(_forged_model(_DENSE.replace("UNITS", "10**9")), score=8, reason=""),
    **{
        f"model-of-code-{number}": Attack(
            _forged_model(config), score=8, reason="network: NotUsable"
        )
        for number, config in enumerate(CODE, 1)
    },
}
