"""Question 7's detector, trained three times: `python -m experiments.detector`.

Counted is on the chapter's twenty canvases: digits found in their place, digits named, and what
was found where no digit is.
"""

from typing import Any

import keras
import numpy as np
from keras import layers

from experiments.runs import ROOT, run_all

SIDE, NOTHING, STRIDE = 28, 10, 4
NEAR = 6  # pixels


def windows_onto(digits: Any, offsets: Any) -> Any:
    """Return windows that miss the digits by (rows, columns)."""
    room = np.pad(digits, ((0, 0), (SIDE, SIDE), (SIDE, SIDE)))
    windows = [
        each[SIDE + down : 2 * SIDE + down, SIDE + right : 2 * SIDE + right]
        for each, (down, right) in zip(room, offsets, strict=True)
    ]
    return np.stack(windows)[..., None].astype("float32") / 255


def trained(data: dict[str, Any], seed: int) -> keras.Sequential:
    """Return the detector: fully convolutional, and trained on windows of the old size."""
    rng = np.random.default_rng(seed)
    near = rng.integers(-2, 3, size=(8_000, 2))
    anywhere = rng.integers(-SIDE, SIDE + 1, size=(8_000, 2))
    far = anywhere[np.abs(anywhere).max(axis=1) >= 8][:4_000]
    digits, labels = data["x_train"][:8_000], data["y_train"][:8_000]
    images = np.concatenate([windows_onto(digits, near), windows_onto(digits[:4_000], far)])
    classes = np.concatenate([labels, np.full(4_000, NOTHING)])
    model = keras.Sequential(
        [
            keras.Input((None, None, 1)),
            layers.Conv2D(8, 5, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Conv2D(16, 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Conv2D(64, 5, activation="relu"),
            layers.Conv2D(11, 1, activation="softmax"),
        ]
    )
    model.compile(keras.optimizers.Adam(0.003), "sparse_categorical_crossentropy")
    model.fit(images, classes[:, None, None], batch_size=64, epochs=3, verbose=0)
    return model


def scatter(data: dict[str, Any], seed: int) -> tuple[Any, list[tuple[int, int, int]]]:
    """Return a canvas with six digits, and their (row, column, digit)."""
    rng = np.random.default_rng(seed)
    height, width = 96, 160
    canvas: Any = np.zeros((height, width, 1), "float32")
    truth: list[tuple[int, int, int]] = []
    while len(truth) < 6:
        row, column = int(rng.integers(height - SIDE + 1)), int(rng.integers(width - SIDE + 1))
        if any(abs(row - r) < 24 and abs(column - c) < 24 for r, c, _ in truth):
            continue
        number = rng.integers(10_000)
        place = canvas[row : row + SIDE, column : column + SIDE, 0]
        np.maximum(place, data["x_test"][number] / 255, out=place)
        truth.append((row, column, int(data["y_test"][number])))
    return canvas, truth


def find(scores: Any) -> list[tuple[int, int, int]]:
    """Return (row, column, digit) of everything found, the surest first."""
    left: Any = 1 - scores[..., NOTHING]
    found = []
    while left.max() > 0.5:
        row, column = map(int, np.unravel_index(left.argmax(), left.shape))
        digit = int(scores[row, column, :NOTHING].argmax())
        found.append((STRIDE * row, STRIDE * column, digit))
        left[max(row - 4, 0) : row + 5, max(column - 4, 0) : column + 5] = 0
    return found


def apart(one: tuple[int, int, int], other: tuple[int, int, int]) -> int:
    """Return how far two places are apart, in the direction in which it is more."""
    return max(abs(one[0] - other[0]), abs(one[1] - other[1]))


def learn(seed: int) -> dict[str, Any]:
    """Train and look at twenty canvases."""
    with np.load(ROOT / "data/mnist.npz") as arrays:
        data = dict(arrays)
    model = trained(data, seed)
    counts = {"digits": 0, "in place": 0, "named": 0, "false alarms": 0}
    for number in range(100, 120):
        canvas, truth = scatter(data, number)
        found = find(model.predict(canvas[None], verbose=0)[0])
        for hidden in truth:
            near = [each[2] for each in found if apart(each, hidden) <= NEAR]
            counts["digits"] += 1
            counts["in place"] += bool(near)
            counts["named"] += hidden[2] in near
        counts["false alarms"] += sum(
            all(apart(each, hidden) > NEAR for hidden in truth) for each in found
        )
    return counts


if __name__ == "__main__":
    run_all("q7-detector", [{"seed": seed} for seed in range(1, 4)], learn)
