"""Question 6's deep networks, plain and residual: `python -m experiments.depth`.

All learn the same 1,500 small digits. What they start from is varied by itself, and so are batch
normalisation and the learning rate.
"""

import math
from typing import Any

import keras
from keras import layers

from experiments.runs import digits, run_all

EPOCHS = 12


def network(kind: str, start: str, norm: bool, blocks: int) -> keras.Model:
    """Return a network with two convolutions in each block.

    `start` says how a block's last convolution begins: "he" as all others, "zero" so that the
    block's branch gives nothing (through the scale where batch normalisation follows it), or
    "identity": both convolutions of the block pass on what they read.
    """
    image = keras.Input((12, 12, 1))
    width = 8
    conv: dict[str, Any] = {"padding": "same", "use_bias": not norm}

    def apply(x: Any, last: bool) -> Any:
        kernel: Any = "he_normal"
        gamma = "ones"
        if start == "identity":
            kernel = _identity
        elif start == "zero" and last:
            kernel, gamma = ("he_normal", "zeros") if norm else ("zeros", "ones")
        x = layers.Conv2D(width, 3, kernel_initializer=kernel, **conv)(layers.ReLU()(x))
        return layers.BatchNormalization(gamma_initializer=gamma, momentum=0.9)(x) if norm else x

    x = layers.Conv2D(width, 3, strides=2, kernel_initializer="he_normal", **conv)(image)
    x = layers.BatchNormalization(momentum=0.9)(x) if norm else x
    for _ in range(blocks):
        branch = apply(apply(x, last=False), last=True)
        x = layers.Add()([branch, x]) if kind == "residual" else branch
    x = layers.Flatten()(layers.ReLU()(x))
    return keras.Model(image, layers.Dense(10, activation="softmax")(x))


def _identity(shape: tuple[int, ...], dtype: Any = None) -> Any:
    height, width, read, made = shape
    middle = keras.ops.one_hot(height // 2 * width + width // 2, height * width, dtype=dtype)
    middle = keras.ops.reshape(middle, (height, width, 1, 1))
    return middle * keras.ops.eye(read, made, dtype=dtype)


def learn(kind: str, start: str, norm: bool, blocks: int, rate: float, seed: int) -> dict[str, Any]:
    """Train; return the accuracy on the training images in each epoch."""
    images, labels = digits("train", 1500)
    model = network(kind, start, norm, blocks)
    model.compile(
        keras.optimizers.SGD(rate, momentum=0.9),
        "sparse_categorical_crossentropy",
        metrics=["accuracy"],
        jit_compile=False,
    )
    small = images[:, 2:26:2, 2:26:2]
    history = model.fit(small, labels, batch_size=50, epochs=EPOCHS, verbose=0)
    return {
        "parameters": sum(math.prod(each.shape) for each in model.trainable_variables),
        "accuracy": [round(value, 4) for value in history.history["accuracy"]],
    }


KINDS = [  # kind, start, batch normalisation, blocks, learning rate
    ("plain", "he", False, 2, 0.02),
    ("plain", "he", False, 15, 0.02),
    ("residual", "he", False, 15, 0.02),
    ("residual", "zero", False, 15, 0.02),
    ("plain", "he", True, 2, 0.02),
    ("plain", "he", True, 15, 0.02),
    ("residual", "he", True, 15, 0.02),
    ("residual", "zero", True, 15, 0.02),
    ("plain", "identity", False, 15, 0.02),
    ("plain", "he", False, 15, 0.002),
    ("residual", "he", False, 15, 0.002),
    ("residual", "zero", False, 15, 0.002),
    ("plain", "he", False, 9, 0.02),
    ("residual", "he", False, 9, 0.02),
    ("residual", "zero", False, 9, 0.02),
    ("plain", "he", True, 9, 0.02),
    ("residual", "he", True, 9, 0.02),
    ("plain", "he", True, 30, 0.02),
    ("residual", "he", True, 30, 0.02),
]


def main() -> None:
    """Run what the log lacks."""
    names = ("kind", "start", "norm", "blocks", "rate")
    cases = [
        dict(zip(names, each, strict=True)) | {"seed": seed} for each in KINDS for seed in range(3)
    ]
    run_all("q6-depth", cases, learn)


if __name__ == "__main__":
    main()
