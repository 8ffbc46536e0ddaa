"""Question 1's two networks on digits: `python -m experiments.digits`.

Three thousand images, with pixels in order and shuffled, and what the trained networks make of
digits that are moved, turned and shrunk; then from 300 to 60,000 images, all with the same number
of steps; then bars in a half of the image where none was trained.
"""

import itertools
from collections.abc import Iterator
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from keras import layers

from experiments.runs import digits, run_all
from models.data import Floats

SIDES = (28, 26, 24, 22, 20, 18, 16, 14)
SHIFTS = range(6)
COUNTS = (300, 1000, 3000, 10_000, 60_000)
STEPS = 1875  # one epoch of 60,000 images


def build(network: str) -> keras.Sequential:
    """Return one of the chapter's two networks, or the second without its pooling, compiled."""
    stack = {
        "dense": [layers.Flatten(), layers.Dense(128, "relu"), layers.Dense(10)],
        "convolutional": [
            layers.Conv2D(16, 3, activation="relu"),
            layers.MaxPooling2D(),
            layers.Conv2D(32, 3, activation="relu"),
            layers.MaxPooling2D(),
            layers.Flatten(),
            layers.Dense(10),
        ],
        "without pooling": [
            layers.Conv2D(16, 3, activation="relu"),
            layers.Conv2D(32, 3, activation="relu"),
            layers.Flatten(),
            layers.Dense(10),
        ],
    }[network]
    model = keras.Sequential([keras.Input((28, 28, 1)), *stack])
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(0.003), loss, metrics=["accuracy"], steps_per_execution=25)
    return model


def accuracy(model: keras.Sequential, images: Floats, labels: Any) -> float:
    """Return the share of right answers."""
    return round(float(model.evaluate(images, labels, batch_size=500, verbose=0)[1]), 4)


def moved_right(images: Floats, count: int) -> Floats:
    """Return images whose content has moved; what leaves on the right is lost."""
    return np.pad(images, ((0, 0), (0, 0), (count, 0), (0, 0)))[:, :, : images.shape[2]]


def shrunk(images: Floats, side: int) -> Floats:
    """Return images shrunk to side × side pixels, in a frame of the old size."""
    small = tf.image.resize(images, (side, side), antialias=True).numpy()
    rest = images.shape[1] - side
    frame = (rest // 2, rest - rest // 2)
    return np.pad(small, ((0, 0), frame, frame, (0, 0)))


def on_pixels(network: str, pixels: str, seed: int) -> dict[str, Any]:
    """Train on 3,000 images for two epochs; test with changed digits, too, if not shuffled."""
    train, train_labels = digits("train", 3000)
    test, labels = digits("test", 10_000)
    if pixels == "shuffled":
        order = np.random.default_rng(seed).permutation(28 * 28)
        train, test = (
            each.reshape(len(each), -1)[:, order].reshape(each.shape) for each in (train, test)
        )
    model = build(network)
    model.fit(train, train_labels, epochs=2, batch_size=32, verbose=0)
    found: dict[str, Any] = {
        "parameters": model.count_params(),
        "accuracy": accuracy(model, test, labels),
    }
    if pixels == "shuffled":
        return found
    return found | {
        "moved right": [accuracy(model, moved_right(test, count), labels) for count in SHIFTS],
        "shrunk": {side: accuracy(model, shrunk(test, side), labels) for side in SIDES},
        "turned": {
            90 * quarters: accuracy(model, np.rot90(test, quarters, axes=(1, 2)), labels)
            for quarters in (1, 2, 3)
        },
    }


def with_images(network: str, images: int, seed: int) -> dict[str, Any]:
    """Train on so many images for `STEPS` steps."""
    train, labels = digits("train", images)
    endless = tf.data.Dataset.from_tensor_slices((train, labels))
    endless = endless.shuffle(images, seed=seed).repeat().batch(32).prefetch(2)
    model = build(network)
    model.fit(endless, steps_per_epoch=STEPS, epochs=1, verbose=0)
    return {"steps": STEPS, "accuracy": accuracy(model, *digits("test", 10_000))}


def bars(count: int, columns: tuple[int, int], seed: int) -> tuple[Floats, Any]:
    """Return pictures of bars in these columns, and their kinds: 1 is horizontal."""
    rng = np.random.default_rng(seed)
    pictures = rng.normal(0, 0.1, (count, 20, 20, 1)).astype("float32")
    kinds = rng.integers(0, 2, count)
    for picture, kind in zip(pictures, kinds, strict=True):
        row, column = rng.integers(0, 16), rng.integers(*columns)
        if kind == 0:
            picture[row : row + 5, column + 2] += 1.5
        else:
            picture[row + 2, column : column + 5] += 1.5
    return pictures, kinds


def on_bars(end: str, seed: int) -> dict[str, Any]:
    """Train on bars in the left half, test in both."""
    stack = {
        "dense": [layers.Flatten(), layers.Dense(64, "relu")],
        "flatten": [
            layers.Conv2D(8, 5, activation="relu"),
            layers.MaxPooling2D(),
            layers.Flatten(),
        ],
        "global": [layers.Conv2D(8, 5, activation="relu"), layers.GlobalMaxPooling2D()],
    }[end]
    model = keras.Sequential([keras.Input((20, 20, 1)), *stack, layers.Dense(2)])
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(0.01), loss, metrics=["accuracy"])
    model.fit(*bars(1000, (0, 5), 3 * seed), epochs=10, batch_size=32, verbose=0)
    return {
        "left": accuracy(model, *bars(1000, (0, 5), 3 * seed + 1)),
        "right": accuracy(model, *bars(1000, (10, 16), 3 * seed + 2)),
    }


def cases(**choices: Any) -> Iterator[dict[str, Any]]:
    """Yield every combination of the choices."""
    for values in itertools.product(*choices.values()):
        yield dict(zip(choices, values, strict=True))


def main() -> None:
    """Run what the logs lack."""
    networks = ("dense", "convolutional")
    run_all(
        "q1-pixels",
        cases(network=networks, pixels=("in order", "shuffled"), seed=range(5)),
        on_pixels,
    )
    run_all(
        "q1-pixels",
        cases(network=("without pooling",), pixels=("in order",), seed=range(5)),
        on_pixels,
    )
    run_all("q1-bars", cases(end=("dense", "flatten", "global"), seed=range(5)), on_bars)
    run_all("q1-images", cases(network=networks, images=COUNTS, seed=range(3)), with_images)


if __name__ == "__main__":
    main()
