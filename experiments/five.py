"""Question 9's luck of a run: `python -m experiments.five`.

The network with one convolution, trained as the original answer does: ten epochs on all 60,000
training images, from five random beginnings. The test part is read once for each run, at its end,
and decides nothing. Beside the mistakes stands how many were to be expected from how sure the
network was; the same is asked of our three networks.
"""

from typing import Any

import keras

from experiments.runs import digits, run_all
from models.data import as_input, training_parts
from models.network import load, seeds
from models.side_by_side import build_document

EPOCHS, SEEDS = 10, range(1, 6)


def tested(model: keras.Model) -> dict[str, Any]:
    """Return how many of the 10,000 test images are misread, and how many were to be expected."""
    images, labels = digits("test", 10_000)
    out = model.predict(images, batch_size=500, verbose=0).astype(float)
    sure = out if (out >= 0).all() else keras.ops.convert_to_numpy(keras.ops.softmax(out))
    wrong = int((sure.argmax(axis=1) != labels).sum())
    return {"wrong": wrong, "expected": round(float((1 - sure.max(axis=1)).sum()), 1)}


def learn(epochs: int, seed: int) -> dict[str, Any]:
    """Train the network with one convolution, and test it."""
    training, _ = training_parts(validation=0)
    model = build_document()
    model.compile("adam", "sparse_categorical_crossentropy")
    model.fit(as_input(training.images), training.labels, epochs=epochs, verbose=0)
    return tested(model)


def ask(seed: int) -> dict[str, Any]:
    """Test our network as it was trained with this seed."""
    return tested(load(seed))


def main() -> None:
    """Run what the logs lack."""
    run_all("q9-ours", [{"seed": seed} for seed in seeds()], ask)
    run_all("q9-five", [{"epochs": EPOCHS, "seed": seed} for seed in SEEDS], learn)


if __name__ == "__main__":
    main()
