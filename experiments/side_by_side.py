"""Question 9's side by side, network and recipe apart: `python -m experiments.side_by_side`.

The network with one convolution in both ways, ours in our own, all on the first 50,000 training
images. Errors are counted among the other 10,000 of the training part; the test part is not read.
"""

import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import keras
import numpy as np
import tensorflow as tf

from experiments.runs import run_all
from models.augment import distort
from models.data import Floats, Part, as_input, training_parts
from models.side_by_side import SHORT_RECIPE, build_document
from models.train import epochs, rate_at

ONE, DEEP = "one convolution", "ours, cut down"
THEIRS, OURS = "the document's", "ours"
SEEDS = range(1, 4)
PASSES: Final = {(ONE, THEIRS): 10, (ONE, OURS): 10, (DEEP, OURS): 3}
"""So many take about the same time."""
SCHEDULE: Final = replace(SHORT_RECIPE, epochs=9, clean_epochs=1, peak_rate=3e-3, clean_rate=6e-4)
"""Our recipe for the network with one convolution. It has no batch normalisation, and keeps Adam:
the rates are for that. The last of its ten passes is over the images as they are."""


def fit(model: keras.Model, training: Part, passes: int) -> keras.Model:
    """Train as the document does: Adam, the same images in each pass."""
    model.fit(as_input(training.images), training.labels, epochs=passes, verbose=0)
    return model


class Rate(keras.callbacks.Callback):  # type: ignore[misc]
    """Sets the learning rate before each step, as our schedule has it."""

    def __init__(self, steps: int) -> None:
        super().__init__()
        self.steps, self.done = SCHEDULE.epochs * steps, 0

    def on_train_batch_begin(self, batch: int, logs: Any = None) -> None:
        """Take the rate of the step that comes."""
        self.done += 1
        self.model.optimizer.learning_rate = rate_at(SCHEDULE, self.done / self.steps)


def distorted(images: Floats, seed: int, epoch: int) -> Floats:
    """Return the images, each distorted anew."""
    parts = np.array_split(images[..., 0], 50)
    how = SCHEDULE.distortion
    new = (distort(tf.constant(p), how, [seed, 50 * epoch + i]) for i, p in enumerate(parts))
    return np.concatenate([each.numpy() for each in new])[..., None]


def fit_ours(model: keras.Model, training: Part, seed: int) -> keras.Model:
    """Train the network with one convolution with our distortion, schedule and clean pass."""
    images = as_input(training.images)
    rate = Rate(-(-len(training) // SCHEDULE.batch))
    for epoch in range(SCHEDULE.epochs + SCHEDULE.clean_epochs):
        seen = images if epoch >= SCHEDULE.epochs else distorted(images, seed, epoch)
        model.fit(seen, training.labels, batch_size=SCHEDULE.batch, callbacks=[rate], verbose=0)
    return model


def train_ours(training: Part, validation: Part, seed: int) -> keras.Model:
    """Train our network, cut down, with our recipe."""
    with tempfile.TemporaryDirectory() as folder:
        states: Iterator[Any] = epochs(
            SHORT_RECIPE, seed, training, validation, Path(folder) / "checkpoint.npz"
        )
        *_, last = states
    return last.average


def learn(network: str, recipe: str, seed: int) -> dict[str, Any]:
    """Train; return the passes, the processor time, and which unseen images are misread."""
    training, validation = training_parts(SHORT_RECIPE.validation)
    start = time.process_time()
    if (network, recipe) == (DEEP, OURS):
        model = train_ours(training, validation, seed)
    else:
        model = build_document()
        model.compile("adam", "sparse_categorical_crossentropy")
        if recipe == OURS:
            fit_ours(model, training, seed)
        else:
            fit(model, training, PASSES[network, recipe])
    spent = time.process_time() - start
    answers = model.predict(as_input(validation.images), batch_size=500, verbose=0).argmax(1)
    return {
        "passes": PASSES[network, recipe],
        "cpu_seconds": round(spent),
        "wrong": np.flatnonzero(answers != validation.labels).tolist(),
    }


def main() -> None:
    """Run what the log lacks."""
    cases = [
        {"network": network, "recipe": recipe, "seed": seed}
        for network, recipe in PASSES
        for seed in SEEDS
    ]
    run_all("q9-side-by-side", cases, learn)


if __name__ == "__main__":
    main()
