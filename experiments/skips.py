"""Question 8's networks for rings, with several seeds: `python -m experiments.skips`.

The network without skips has the layers of the one with them. It is tried in two ways: what the
skips carry is silenced, or, fairer, each is given the upsampled map a second time, so that no
weight multiplies nothing.
"""

from functools import cache
from typing import Any

import keras
import numpy as np
from keras import layers

from experiments.runs import run_all

HEIGHT, WIDTH = 32, 48
SEEDS = range(1, 4)
DILATIONS = {"local": (1, 1, 1), "dilated": (1, 2, 4, 1)}
SKIPS = ("silenced", "twice", "with skips")
SHORT, LONG = 9, 36  # epochs


@cache
def scenes(count: int, seed: int) -> tuple[Any, Any]:
    """Return images with two rings each, and a label for every pixel, as in the chapter."""
    rng = np.random.default_rng(seed)
    images = rng.normal(0, 0.1, (count, HEIGHT, WIDTH, 1)).astype("float32")
    labels = np.zeros((count, HEIGHT, WIDTH), "int32")
    rows, columns = np.mgrid[:HEIGHT, :WIDTH]
    for image, label in zip(images, labels, strict=True):
        for left in (0, WIDTH // 2):
            row = rng.integers(8, HEIGHT - 8)
            column = left + rng.integers(8, WIDTH // 2 - 8)
            radius = rng.uniform(6, 7.5)
            distance = np.hypot(rows - row, columns - column)
            rim = (distance <= radius) & (distance > radius - 2)
            image[rim] += 1
            label[rim] = rng.integers(1, 3)
            if label[rim][0] == 1:
                image[distance < 3] += 1
    return images, labels


def conv(filters: int, dilation: int = 1) -> Any:
    """Return a convolution with ReLU."""
    return layers.Conv2D(
        filters,
        3,
        padding="same",
        dilation_rate=dilation,
        activation="relu",
        kernel_initializer="he_normal",
    )


def full_size(dilations: tuple[int, ...]) -> keras.Model:
    """Return a network without strides."""
    image = x = keras.Input((HEIGHT, WIDTH, 1))
    for dilation in dilations:
        x = conv(16, dilation)(x)
    return keras.Model(image, layers.Conv2D(3, 1)(x))


def down_and_up(skips: str) -> keras.Model:
    """Return a network that goes to an eighth and back."""
    image = x = keras.Input((HEIGHT, WIDTH, 1))
    fine = []
    for filters in (8, 16, 32):
        x = conv(filters)(x)
        fine.append(x)
        x = layers.MaxPooling2D(2)(x)
    x = conv(32)(x)
    for filters in (32, 16, 8):
        x = layers.Conv2DTranspose(filters, 2, strides=2, activation="relu")(x)
        skip = fine.pop()
        if skips != "with skips":
            skip = x if skips == "twice" else layers.Rescaling(0.0)(skip)
        x = conv(filters)(layers.Concatenate()([x, skip]))
    return keras.Model(image, layers.Conv2D(3, 1)(x))


def iou(truth: Any, prediction: Any) -> float:
    """Return the intersection over union of two masks."""
    return float(np.sum(truth & prediction) / np.sum(truth | prediction))


def learn(network: str, epochs: int, seed: int) -> dict[str, Any]:
    """Train; return how well the test images' rims are found, of any kind and of the right one."""
    images, labels = scenes(200, 0)
    model = full_size(DILATIONS[network]) if network in DILATIONS else down_and_up(network)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(0.003), loss)
    model.fit(images, labels, epochs=epochs, batch_size=8, verbose=0)
    test, truth = scenes(60, 1)
    answers = model.predict_on_batch(test).argmax(axis=-1)
    kinds = [iou(truth == kind, answers == kind) for kind in (1, 2)]
    return {
        "parameters": model.count_params(),
        "rim": round(iou(truth > 0, answers > 0), 3),
        "kinds": round(float(np.mean(kinds)), 3),
    }


def main() -> None:
    """Run what the log lacks."""
    cases = [
        {"network": network, "epochs": epochs, "seed": seed}
        for epochs in (SHORT, LONG)
        for network in (*DILATIONS, *SKIPS)
        for seed in SEEDS
        if epochs == SHORT or network == "twice"
    ]
    run_all("q8-skips", cases, learn)


if __name__ == "__main__":
    main()
