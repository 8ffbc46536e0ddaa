"""The trained network as a script that a web page loads: `python -m models.export_web`.

A script, because a page that is opened from a folder (file://) may load scripts but may not fetch
data. The kernels keep their 16-bit floats, as they lie in `weights/`. Batch normalisation becomes
one factor and one summand per filter, both 32-bit: the browser multiplies the factors into the
kernels. Multiplied in here and rounded to 16 bits again, the probabilities would move.
"""

import base64
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import keras
import numpy as np
from keras import layers

from autograder.files import write
from models import data
from models.exporting import network

SEED: Final = 1
"""Whose weights the page gets: the first seed's, whatever the test part says of it."""
OUT: Final = Path(__file__).resolve().parents[1] / "book" / "_static" / "digit" / "weights.js"


@dataclass
class Export:
    """The steps of a network, and its weights one after the other."""

    steps: list[dict[str, str]] = field(default_factory=list)
    specs: list[dict[str, Any]] = field(default_factory=list)
    """What lies where, as TensorFlow.js describes it (`io.decodeWeights`)."""
    weights: bytearray = field(default_factory=bytearray)

    def add(self, name: str, values: np.ndarray[Any, Any], dtype: type[np.floating[Any]]) -> None:
        """Append one array."""
        spec: dict[str, Any] = {"name": name, "shape": list(values.shape), "dtype": "float32"}
        if dtype is np.float16:
            spec["quantization"] = {"dtype": "float16", "original_dtype": "float32"}
        self.specs.append(spec)
        self.weights += np.asarray(values, np.dtype(dtype).newbyteorder("<")).tobytes()


def describe(network: keras.Model) -> Export:
    """Return what a browser needs to run the network.

    Raises TypeError for a layer that the browser's part does not know.
    """
    export = Export()
    for layer in network.layers:
        match layer:
            case layers.InputLayer() | layers.ReLU():
                pass  # every convolution ends in a ReLU
            case layers.Conv2D(use_bias=False, padding="same"):
                export.steps.append({"does": "convolve", "name": layer.name})
                export.add(f"{layer.name}/kernel", np.asarray(layer.kernel), np.float16)
            case layers.BatchNormalization():
                factor, summand = _as_factor_and_summand(layer)
                name = export.steps[-1]["name"]
                export.add(f"{name}/factor", factor, np.float32)
                export.add(f"{name}/summand", summand, np.float32)
            case layers.MaxPooling2D(pool_size=(2, 2)):
                export.steps.append({"does": "pool", "name": layer.name})
            case layers.GlobalAveragePooling2D():
                export.steps.append({"does": "average", "name": layer.name})
            case layers.Dense():
                export.steps.append({"does": "classify", "name": layer.name})
                export.add(f"{layer.name}/kernel", np.asarray(layer.kernel), np.float16)
                export.add(f"{layer.name}/bias", np.asarray(layer.bias), np.float32)
            case _:
                raise TypeError(f"the layer {layer.name} is not known to book/digit/src/network.js")
    return export


def _as_factor_and_summand(
    layer: layers.BatchNormalization,
) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """What a trained batch normalisation does to a feature map: times a factor, plus a summand."""
    gamma, beta, mean, variance = (np.asarray(w, np.float64) for w in layer.get_weights())
    factor = gamma / np.sqrt(variance + layer.epsilon)
    return factor, beta - mean * factor


def samples() -> list[dict[str, Any]]:
    """Return the first image of each digit in the test part: pictures to choose from."""
    part = data.test_part()
    firsts = (int(np.argmax(part.labels == digit)) for digit in range(10))
    return [
        {"digit": digit, "pixels": base64.b64encode(part.images[first].tobytes()).decode()}
        for digit, first in enumerate(firsts)
    ]


def as_script(network: keras.Model) -> bytes:
    """Return the script: it sets `digitData`."""
    export = describe(network)
    content = {
        "steps": export.steps,
        "specs": export.specs,
        "weights": base64.b64encode(export.weights).decode(),
        "samples": samples(),
    }
    return (
        "// Written by models/export_web.py. The digits are from MNIST (data/README.md).\n"
        f"globalThis.digitData = {json.dumps(content, separators=(',', ':'))};\n"
    ).encode()


def main() -> None:
    """Write the script; without trained weights, one line says what to do."""
    script = as_script(network(SEED))
    write(OUT, script)
    print(f"{OUT}: {len(script):,} bytes")


if __name__ == "__main__":
    main()
