"""Question 4's three ways to halve maps, in a small network: `python -m experiments.halving`.

Trained on digits; counted are right answers, and answers that a shift by one pixel changes.
"""

from typing import Any

import keras
import numpy as np
from keras import layers

from experiments.runs import digits, run_all

DESIGNS = ("conv, then pooling", "conv, then strided conv", "strided conv alone")
TRAININGS = (  # images, epochs, learning rate
    (1000, 9, 0.003),
    (3000, 3, 0.003),
    (3000, 12, 0.003),
    (10_000, 3, 0.003),
    (3000, 12, 0.001),
    (3000, 12, 0.01),
)
SEEDS = range(5)


def halved_twice(design: str) -> keras.Sequential:
    """Return a small network that halves its maps twice."""
    stack: list[Any] = [keras.Input((28, 28, 1))]
    for maps in (8, 16):
        if design != "strided conv alone":
            stack.append(layers.Conv2D(maps, 3, padding="same", activation="relu"))
        if design == "conv, then pooling":
            stack.append(layers.MaxPooling2D(2))
        else:
            stack.append(layers.Conv2D(maps, 3, strides=2, padding="same", activation="relu"))
    return keras.Sequential([*stack, layers.Flatten(), layers.Dense(10)])


def learn(design: str, images: int, epochs: int, rate: float, seed: int) -> dict[str, Any]:
    """Train; return accuracy and steadiness on the test images."""
    model = halved_twice(design)
    model.compile(
        keras.optimizers.Adam(rate),
        keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    )
    model.fit(*digits("train", images), epochs=epochs, batch_size=32, verbose=0)
    test, labels = digits("test", 10_000)
    answers, moved = (
        model.predict(each, batch_size=500, verbose=0).argmax(1)
        for each in (test, np.roll(test, 1, axis=2))
    )
    return {
        "parameters": model.count_params(),
        "accuracy": round(float(np.mean(answers == labels)), 4),
        "changed": round(float(np.mean(answers != moved)), 4),
    }


def main() -> None:
    """Run what the log lacks."""
    cases = [
        {"design": design, "images": images, "epochs": epochs, "rate": rate, "seed": seed}
        for images, epochs, rate in TRAININGS
        for design in DESIGNS
        for seed in SEEDS
    ]
    run_all("q4-halving", cases, learn)


if __name__ == "__main__":
    main()
