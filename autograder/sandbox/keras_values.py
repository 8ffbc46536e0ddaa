"""Keras models, layers and tensors as plain data: architecture and weights, never code.

What is rebuilt is checked before: only Keras's own layers, initialisers, regularisers,
constraints and operations, and none that holds a function or names a file of weights. A
model of a class of the student's own is no data; it stays where it is (see `references`).
This is the one module of the grader that knows of TensorFlow and Keras; without them it
does nothing.
"""

import os
import sys
from pathlib import Path
from typing import Any, cast

import numpy as np

# Layers that hold code, or that read a vocabulary from a file whose path they are given.
_NOT_LAYERS = frozenset(
    "Lambda TFSMLayer TorchModuleWrapper FlaxLayer JaxLayer "
    "StringLookup IntegerLookup IndexLookup TextVectorization".split()
)
_VALUES = frozenset(
    {"__keras_tensor__", "__tensor__", "__numpy__", "__tuple__", "__ellipsis__", "__slice__"}
)
_PARTS = frozenset(
    {"keras.layers", "keras.initializers", "keras.regularizers", "keras.constraints"}
)
_MODELS = frozenset(
    {
        ("keras", "Sequential"),
        ("keras", "Functional"),
        ("keras.src.models.functional", "Functional"),
        ("keras", "DTypePolicy"),
    }
)
_OPERATIONS = ("keras.src.ops.", "keras.src.activations.")  # what `keras.ops.relu` and such become
MAX_DEPTH = 100
LIBRARIES = ("keras", "tensorflow")  # whose functions a test may hand to an answer by name


class NotPlain(ValueError):
    """An architecture that holds something other than Keras's own parts."""


def seed(number: int) -> None:
    """Seed Keras's random numbers, if it is imported: if not, the import would cost too much."""
    if "keras" in sys.modules:
        _keras().utils.set_random_seed(number)


def settle(home: Path, data: Path | None) -> None:
    """Give Keras, imported before the fork, the folder `home`; and MNIST, if `data` has it.

    `keras.datasets.mnist.load_data` would refuse a copy that is packed in another way than
    its own, and ask the network.
    """
    os.environ["KERAS_HOME"] = str(home)
    config = sys.modules.get("keras.src.backend.config")
    if config is not None:
        config._KERAS_DIR = str(home)  # type: ignore[attr-defined]
    if data is None or not (data / "mnist.npz").is_file():
        return

    def load_data(path: str = "mnist.npz") -> tuple[tuple[Any, Any], tuple[Any, Any]]:
        """Return MNIST as `(x_train, y_train), (x_test, y_test)`."""
        with np.load(data / "mnist.npz") as parts:
            return (parts["x_train"], parts["y_train"]), (parts["x_test"], parts["y_test"])

    for name in ("keras.datasets.mnist", "keras.src.datasets.mnist"):
        if name in sys.modules:
            sys.modules[name].load_data = load_data  # type: ignore[attr-defined]


def is_model(value: Any) -> bool:
    """Return whether a value is a Keras model."""
    return "keras" in sys.modules and isinstance(value, _keras().Model)


def describe(value: Any, symbols: dict[int, Any]) -> dict[str, Any] | None:
    """Return a Keras or TensorFlow object as plain data, or None if that cannot be done.

    `symbols` are the symbolic tensors that came from the other side: one computed from them
    is described as the model that computes it.
    """
    if "keras" not in sys.modules:
        return None
    module = type(value).__module__
    if not module.startswith(("keras.src.", "tensorflow.")):
        return None
    keras = _keras()
    if isinstance(value, keras.KerasTensor):
        return _describe_symbol(value, symbols)
    if isinstance(value, keras.layers.Layer):
        return _describe_layer(value)
    if module.startswith("tensorflow.") and type(value).__name__ == "TensorShape":
        return {"is": "shape", "sizes": value.as_list() if value.rank is not None else None}
    if module.startswith("tensorflow.") and type(value).__name__ == "DType":
        return {"is": "dtype", "name": value.name}
    if hasattr(value, "numpy"):  # a tensor or a variable
        return {"is": "tensor", "array": np.asarray(value.numpy())}
    return None


def restore(description: dict[str, Any], symbols: dict[int, Any]) -> Any:
    """Return what `describe` described; `symbols` are this side's symbolic tensors by number.

    Raises ValueError (NotPlain), TypeError or KeyError for what no `describe` returns.
    """
    kind = description["is"]
    keras = _keras()
    if kind in ("model", "layer"):
        return _rebuilt(description)
    if kind == "symbol":
        shape, dtype = description["shape"], description["dtype"]
        return (
            keras.KerasTensor
            if shape is None
            else keras.Input(shape=shape[1:], batch_size=shape[0], dtype=dtype)
        )
    if kind == "computed":
        inputs = [symbols[number] for number in description["inputs"]]
        if not all(isinstance(each, keras.KerasTensor) for each in inputs):
            raise NotPlain("computed from something other than symbolic tensors")
        return _rebuilt(description["model"])(inputs if len(inputs) > 1 else inputs[0])
    import tensorflow as tf

    if kind == "tensor":
        return tf.constant(description["array"])
    if kind == "shape":
        return tf.TensorShape(description["sizes"])
    if kind == "dtype":
        return tf.as_dtype(description["name"])
    raise NotPlain(f"there is nothing called {str(kind)[:40]}")


def write_back(old: Any, new: Any) -> None:
    """Give the model `old` the weights of `new`, and of a Sequential model also the layers."""
    keras = _keras()
    if isinstance(old, keras.Sequential) and len(old.layers) != len(new.layers):
        while old.layers:
            old.pop()
        for layer in new.layers:
            old.add(layer)
    else:
        old.set_weights(new.get_weights())


def _describe_symbol(value: Any, symbols: dict[int, Any]) -> dict[str, Any] | None:
    if not symbols:
        return {"is": "symbol", "shape": list(value.shape), "dtype": str(value.dtype)}
    known = list(symbols.items())
    for inputs in (*([item] for item in reversed(known)), known):  # as few as will do
        tensors = [tensor for _, tensor in inputs]
        try:
            model = _keras().Model(tensors if len(tensors) > 1 else tensors[0], value)
        except ValueError:  # not computed from these
            continue
        described = _describe_layer(model)
        if described is not None:
            numbers = [number for number, _ in inputs]
            return {"is": "computed", "inputs": numbers, "model": described}
    return None


def _describe_layer(value: Any) -> dict[str, Any] | None:
    keras = _keras()
    try:
        config = keras.saving.serialize_keras_object(value)
        config.pop("compile_config", None)  # not needed to compute, and may name functions
        _check(config)
    except (NotPlain, NotImplementedError, TypeError, ValueError):
        return None
    return {
        "is": "model" if isinstance(value, keras.Model) else "layer",
        "config": config,
        "weights": [np.asarray(each) for each in value.get_weights()] if value.built else None,
    }


def _rebuilt(description: dict[str, Any]) -> Any:
    config, weights = description["config"], description["weights"]
    _check(config)
    rebuilt = _keras().saving.deserialize_keras_object(config, safe_mode=True)
    _take_names(config)
    if weights is not None:
        if not rebuilt.built and config.get("build_config"):
            rebuilt.build_from_config(config["build_config"])
        rebuilt.set_weights(weights)
    return rebuilt


def _take_names(config: Any) -> None:
    """Keep Keras from giving the names of these layers, such as conv2d_3, to other layers."""
    if isinstance(config, list | tuple | dict):
        for each in config.values() if isinstance(config, dict) else config:
            _take_names(each)
    if isinstance(config, dict) and isinstance(config.get("name"), str):
        prefix, _, number = config["name"].rpartition("_")
        last = int(number) if prefix and number.isdecimal() and len(number) < 5 else 0
        while _keras().backend.get_uid(prefix if last else config["name"]) <= last:
            pass


def _check(config: Any, depth: int = 0) -> None:
    """Raise NotPlain unless everything in a configuration is Keras's own and holds no code."""
    if depth > MAX_DEPTH:
        raise NotPlain("too deep")
    if isinstance(config, list | tuple):
        for each in config:
            _check(each, depth + 1)
    elif isinstance(config, dict):
        if "class_name" in config:
            _check_class(config.get("module"), config["class_name"])
        for each in config.values():
            _check(each, depth + 1)
    elif not (config is None or isinstance(config, str | int | float | bool | np.generic)):
        raise NotPlain(f"holds a {type(config).__name__}")


def _check_class(module: Any, name: Any) -> None:
    if name in _VALUES or (module, name) in _MODELS:
        return
    if module in _PARTS and name not in _NOT_LAYERS:
        if isinstance(getattr(sys.modules.get(str(module)), str(name), None), type):
            return
    elif isinstance(module, str) and module.startswith(_OPERATIONS):
        found = getattr(sys.modules.get(module), str(name), None)
        if isinstance(found, type) and issubclass(found, _keras().Operation):
            return
    raise NotPlain(f"{str(module)[:60]}.{str(name)[:60]} is not one of Keras's parts")


def _keras() -> Any:
    return cast(Any, sys.modules["keras"])
