"""Keras models, layers and tensors that cross between an answer and a test."""

from collections.abc import Iterator
from typing import Any

import pytest

from autograder.execution import sealed
from autograder.notebook import notebooks
from autograder.task import CellRun
from tests.support.tasks import task

pytestmark = pytest.mark.slow

# name -> an answer, and a test of it that passes only if what crossed is what was sent
CROSSINGS = {
    "sequential": (
        "def build():\n"
        "    return keras.Sequential([keras.Input((6, 5, 1)), keras.layers.Conv2D(4, 3)])",
        "model = build()\n"
        "assert isinstance(model, keras.Sequential) and model.count_params() == 40\n"
        "assert model.predict(np.ones((2, 6, 5, 1)), verbose=0).shape == (2, 4, 3, 4)",
    ),
    "functional": (
        "def branch():\n"
        "    x = keras.Input((4,))\n"
        "    return keras.Model(x, keras.layers.add([x, keras.layers.Dense(4)(x)]))",
        "model = branch()\n"
        "model.set_weights([np.zeros((4, 4)), np.ones(4)])\n"
        "assert keras.ops.convert_to_numpy(model(np.ones((1, 4)))).tolist() == [[2, 2, 2, 2]]",
    ),
    "array-in-an-initialiser": (
        "def filled():\n"
        "    numbers = keras.initializers.Constant(np.arange(6.0).reshape(3, 2))\n"
        "    dense = keras.layers.Dense(2, kernel_initializer=numbers)\n"
        "    return keras.Sequential([keras.Input((3,)), dense])",
        "model = filled()\n"
        "assert keras.ops.convert_to_numpy(model(np.ones((1, 3)))).tolist() == [[6, 9]]",
    ),
    "array-in-an-operation": (
        "def multiplied():\n"
        "    x = keras.Input((3,))\n"
        "    y = keras.ops.matmul(x, np.arange(6.0, dtype='float32').reshape(3, 2))\n"
        "    return keras.Model(x, keras.ops.relu(y - 7))",
        "model = multiplied()\n"
        "assert keras.ops.convert_to_numpy(model(np.ones((1, 3)))).tolist() == [[0, 2]]",
    ),
    "activation-as-a-function": (
        "def bent(x):\n"
        "    return keras.activations.relu(keras.layers.Dense(2, kernel_initializer='ones')(x))",
        "entrance = keras.Input((3,))\n"
        "model = keras.Model(entrance, bent(entrance))\n"
        "assert keras.ops.convert_to_numpy(model(-np.ones((1, 3)))).tolist() == [[0, 0]]",
    ),
    "layer": (
        "layer = keras.layers.Conv2D(3, (1, 2), strides=2, activation='relu')",
        "assert (layer.filters, layer.kernel_size, layer.strides) == (3, (1, 2), (2, 2))",
    ),
    "built-layer": (
        "dense = keras.layers.Dense(2)\ndense.build((None, 3))\n"
        "dense.set_weights([np.arange(6.0).reshape(3, 2), np.zeros(2)])",
        "assert np.array_equal(dense.get_weights()[0], np.arange(6.0).reshape(3, 2))",
    ),
    "tensor": (
        "def pooled(x):\n    return tf.reduce_max(x, axis=0)",
        "found = pooled(np.array([[1.0, 5.0], [3.0, 2.0]]))\n"
        "assert tf.is_tensor(found) and found.numpy().tolist() == [3.0, 5.0]",
    ),
    "shape": (
        "def shape_of(x):\n    return tf.TensorShape([None, *x.shape])",
        "assert shape_of(np.ones((2, 3))).as_list() == [None, 2, 3]",
    ),
    "dtype": ("kind = tf.float16", "assert kind == tf.float16 and kind.size == 2"),
    "symbol": (
        "def block(x, filters):\n"
        "    x = keras.layers.Conv2D(filters, 3, padding='same')(x)\n"
        "    return keras.layers.ReLU()(x)",
        "entrance = keras.Input((6, 5, 2))\n"
        "model = keras.Model(entrance, block(entrance, 4))\n"
        "assert model.output_shape == (None, 6, 5, 4) and model.count_params() == 76",
    ),
    "trained": (
        "def train(model, x, y):\n    model.compile('sgd', 'mse')\n"
        "    model.fit(x, y, epochs=2, verbose=0)",
        "model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])\n"
        "before = [each.copy() for each in model.get_weights()]\n"
        "train(model, np.ones((8, 3)), np.full((8, 1), 9.0))\n"
        "assert not np.array_equal(before[0], model.get_weights()[0])",
    ),
    "extended": (
        "def extend(model):\n    model.pop()\n    model.add(keras.layers.Dense(2))\n"
        "    model.add(keras.layers.ReLU())",
        "model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(7)])\n"
        "extend(model)\n"
        "assert [type(each).__name__ for each in model.layers] == ['Dense', 'ReLU']\n"
        "assert model.output_shape == (None, 2)",
    ),
}
# Answers whose models hold code: they are no data, and no test takes them for Keras's own.
CODE = {
    "lambda": "def build():\n    return keras.Sequential([keras.layers.Lambda(lambda x: 2 * x)])",
    "own-layer": "class Twice(keras.layers.Layer):\n    def call(self, x):\n        return 2 * x\n"
    "def build():\n    return keras.Sequential([Twice()])",
}


@pytest.fixture(scope="module")
def runs() -> Iterator[dict[str, CellRun]]:
    """What became of each test, all of them run in one notebook."""
    lesson = "import keras\nimport numpy as np\nimport tensorflow as tf"
    cells = [notebooks.code_cell(lesson, {})]
    names = []
    kept = "kept = build()\nassert type(kept) is keras.Sequential, 'only with code'"
    tests = {**CROSSINGS, **{name: (answer, kept) for name, answer in CODE.items()}}
    for name, (answer, test) in tests.items():
        mark = {"grade_id": name, "grade": False, "solution": True}
        cells.append(notebooks.code_cell(answer, {"nbgrader": mark}))
        mark = {"grade_id": f"{name}-test", "grade": True, "solution": False, "points": 1}
        cells.append(notebooks.code_cell(test, {"nbgrader": mark}))
    for answer, _ in tests.values():
        names += [word for word in ("layer", "dense", "kind") if answer.startswith(f"{word} =")]
        if "def " in answer:
            names.append(answer.split("\ndef ")[-1].removeprefix("def ").split("(")[0])
    preload = ["numpy", "autograder.quiet_tensorflow", "keras"]
    work = task(notebooks.notebook(cells), names, memory=4096, preload=preload)
    outcome = sealed.run(work)
    assert (outcome["infra"], outcome["remarks"]) == (None, [])
    ended = {run["index"]: run for run in outcome["cells"]}
    yield {name: ended[2 * number] for number, name in enumerate(tests, start=1)}
    sealed.close()


@pytest.mark.parametrize("name", CROSSINGS)
def test_it_arrives_as_it_was(runs: dict[str, CellRun], name: str) -> None:
    assert runs[name]["ok"], (runs[name]["ename"], runs[name]["evalue"])


@pytest.mark.parametrize("name", CODE)
def test_a_model_that_holds_code_stays_where_it_is(runs: dict[str, CellRun], name: str) -> None:
    assert not runs[name]["ok"]
    assert runs[name]["ename"] in ("AssertionError", "NotBridged")


INSIDE = {"module": "keras.layers", "class_name": "Dense", "config": {}}


@pytest.mark.parametrize(
    "config",
    [
        INSIDE | {"class_name": "Lambda"},
        INSIDE | {"class_name": "TFSMLayer"},
        INSIDE | {"class_name": "Nothing"},
        INSIDE | {"module": "os", "class_name": "system"},
        INSIDE | {"module": "keras.src.ops.numpy", "class_name": "np"},
        INSIDE | {"config": {"activation": {"module": "builtins", "class_name": "function"}}},
        INSIDE | {"config": {"units": print}},
        INSIDE | {"config": {"x": [INSIDE | {"class_name": "Lambda"}]}},
    ],
)
def test_a_description_that_names_code_is_refused(config: dict[str, Any]) -> None:
    import keras  # noqa: F401

    from autograder.sandbox import keras_values

    description = {"is": "layer", "config": config, "weights": None}
    with pytest.raises(keras_values.NotPlain):
        keras_values.restore(description, {})


def test_a_description_that_is_none_is_refused() -> None:
    import keras  # noqa: F401

    from autograder.sandbox import keras_values

    deep: Any = {}
    for _ in range(keras_values.MAX_DEPTH + 2):
        deep = {"x": deep}
    for description in ({"is": "nothing"}, {"is": "layer", "config": deep, "weights": None}):
        with pytest.raises(keras_values.NotPlain):
            keras_values.restore(description, {})
