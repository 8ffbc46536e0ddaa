"""The document's recipe and ours in the same time: `python -m models.side_by_side`.

The document's code runs as it stands, except that it is seeded and that its test comes later, in
`models.evaluate`. Ours is shortened until it takes no longer.
"""

import time
from dataclasses import replace
from typing import Final

import keras

from models import files, paths
from models.augment import Distortion
from models.data import training_parts
from models.network import build, restore, save
from models.recipe import RECIPE
from models.train import Line, train

SEED: Final = 1
DOCUMENT: Final = "document"
SHORT: Final = "short"
SHORT_RECIPE: Final = replace(
    RECIPE,
    stages=tuple(tuple(filters // 2 for filters in stage) for stage in RECIPE.stages),
    epochs=3,
    clean_epochs=0,
    validation=10_000,
    distortion=Distortion(degrees=8, scale=0.06, shear=0.08, shift=1.0, elastic=0.4),
    average=0.99,
)
"""Our recipe with half the filters, half the distortion, and its whole schedule in three passes
over 50,000 images, which take no longer than the document's ten over 60,000. The running average
remembers less in so short a training. Decided on the other 10,000."""


class Clock(keras.callbacks.Callback):  # type: ignore[misc]
    """Logs each epoch of a `fit` with the time that it took."""

    def __init__(self) -> None:
        super().__init__()
        self.log: list[Line] = []

    def on_epoch_begin(self, epoch: int, logs: dict[str, float] | None = None) -> None:
        """Start the clocks."""
        self.wall, self.cpu = time.perf_counter(), time.process_time()

    def on_epoch_end(self, epoch: int, logs: dict[str, float] | None = None) -> None:
        """Read them."""
        results = {name: round(value, 5) for name, value in (logs or {}).items()}
        seconds = round(time.perf_counter() - self.wall, 1)
        cpu_seconds = round(time.process_time() - self.cpu, 1)
        self.log.append(
            {"epoch": epoch + 1, **results, "seconds": seconds, "cpu_seconds": cpu_seconds}
        )


def build_document() -> keras.Model:
    """Return the document's network, untrained; it ends in probabilities."""
    model = keras.Sequential(name="document")  # a name of its own: the weights are found by it
    model.add(keras.Input((28, 28, 1)))
    model.add(keras.layers.Conv2D(32, kernel_size=(3, 3), activation="relu", name="conv"))
    model.add(keras.layers.MaxPooling2D(pool_size=(2, 2)))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(128, activation="relu", name="dense"))
    model.add(keras.layers.Dense(10, activation="softmax", name="probabilities"))
    return model


def train_document() -> tuple[keras.Model, list[Line]]:
    """Train as the document does, on all 60,000 images; return the network and the log."""
    keras.utils.set_random_seed(SEED)
    part, _ = training_parts(validation=0)
    images = part.images / 255.0
    model = build_document()
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    clock = Clock()
    model.fit(images.reshape(-1, 28, 28, 1), part.labels, epochs=10, callbacks=[clock])
    return model, clock.log


def load_document() -> keras.Model:
    """Return the document's network as trained here; it ends in probabilities."""
    return restore(build_document(), DOCUMENT)


def load_short() -> keras.Model:
    """Return our network as trained in the same time; it ends in logits."""
    return restore(build(SHORT_RECIPE), SHORT)


def main() -> None:
    """Train both, write their logs and weights."""
    model, log = train_document()
    files.write_lines(paths.LOGS / f"{DOCUMENT}.jsonl", log)
    save(model, DOCUMENT)
    save(train(SHORT_RECIPE, SEED, SHORT).average, SHORT)


if __name__ == "__main__":
    main()
