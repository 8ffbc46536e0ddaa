"""Question 9's brief trainings with several seeds: `python -m experiments.brief`.

The chapter shows each of them once. Counted is on validation images; the test part is not read.
"""

from functools import cache
from typing import Any

import keras

from experiments.runs import run_all
from models.augment import Distortion, distort
from models.data import Floats, as_input, training_parts
from models.network import build
from models.side_by_side import build_document, load_document

SEEDS = range(1, 4)
RATES = (0.0005, 0.005, 0.05, 0.5, 5.0)
GENTLY = Distortion(degrees=4, scale=0.03, shear=0.04, shift=0.5, elastic=0.2)
STEPS, BATCH = 100, 32


@cache
def parts() -> tuple[Floats, Any, Floats, Any]:
    """Return training images with their labels, and the 5,000 validation images with theirs."""
    training, validation = training_parts(5_000)
    return (
        as_input(training.images),
        training.labels,
        as_input(validation.images),
        validation.labels,
    )


def share_right(model: keras.Model, images: Floats, labels: Any) -> float:
    """Return the share of right answers."""
    answers = model.predict(images, batch_size=500, verbose=0).argmax(1)
    return round(float((answers == labels).mean()), 4)


def linear(seed: int) -> dict[str, Any]:
    """Train ten weighted sums of the pixels, on all training images."""
    train, labels, validation, right = parts()
    model = keras.Sequential([keras.Input((28, 28, 1)), keras.layers.Flatten()])
    model.add(keras.layers.Dense(10, activation="softmax"))
    model.compile("adam", "sparse_categorical_crossentropy")
    model.fit(train, labels, epochs=10, batch_size=BATCH, verbose=0)
    return {"accuracy": share_right(model, validation, right)}


def at_rate(rate: float, seed: int) -> dict[str, Any]:
    """Train the chapter's network briefly, as it does, with this peak of the learning rate."""
    train, labels, validation, right = parts()
    count = STEPS * BATCH
    images = distort(train[:count, ..., 0], GENTLY, [seed, 0])[..., None]
    model = build()
    climb = STEPS // 5
    schedule = keras.optimizers.schedules.CosineDecay(
        0.0, STEPS - climb, warmup_target=rate, warmup_steps=climb
    )
    model.compile(
        keras.optimizers.SGD(schedule, momentum=0.9, nesterov=True),
        keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    )
    model.fit(images, labels[:count], batch_size=BATCH, verbose=0)
    return {"accuracy": share_right(model, validation, right)}


def by_heart(seed: int) -> dict[str, Any]:
    """Train the network with one convolution on 500 images, for 20 epochs."""
    train, labels, validation, right = parts()
    model = build_document()
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    asked = (validation[:1_000], right[:1_000])
    history = model.fit(
        train[:500], labels[:500], epochs=20, validation_data=asked, verbose=0
    ).history
    return {name: [round(float(each), 4) for each in values] for name, values in history.items()}


def moved(seed: int) -> dict[str, Any]:
    """Train copies of the document's network once more, with moved images and without.

    Counted are errors among 2,500 validation images, moved by up to 4 pixels.
    """
    train, labels, validation, right = parts()
    move = keras.layers.RandomTranslation(
        4 / 28, 4 / 28, fill_mode="constant", interpolation="nearest", seed=seed
    )
    asked, right = keras.ops.convert_to_numpy(move(validation[:2_500], training=True)), right[:2500]
    some = train[:8_000]
    document = load_document()
    found = {"centred": errors(document, validation[:2_500], right)}
    found["before"] = errors(document, asked, right)
    for name, images in (
        ("once more", some),
        ("once more, moved", keras.ops.convert_to_numpy(move(some, training=True))),
    ):
        model = build_document()
        model.set_weights(document.get_weights())
        model.compile(keras.optimizers.Adam(2e-3), "sparse_categorical_crossentropy")
        model.fit(images, labels[:8_000], batch_size=64, verbose=0)
        found[name] = errors(model, asked, right)
    return found


def errors(model: keras.Model, images: Floats, labels: Any) -> int:
    """Return the number of wrong answers."""
    return round(len(labels) * (1 - share_right(model, images, labels)))


def main() -> None:
    """Run what the logs lack."""
    seeds = [{"seed": seed} for seed in SEEDS]
    run_all("q9-by-heart", seeds, by_heart)
    run_all("q9-moved", seeds, moved)
    run_all("q9-linear", seeds, linear)
    run_all("q9-rates", [{"rate": rate} | seed for rate in RATES for seed in seeds], at_rate)


if __name__ == "__main__":
    main()
