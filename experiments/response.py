"""Question 5's small network with local response normalisation and without it.

`python -m experiments.response`. With α = 0 the layer does nothing but multiply by 0.595, so what
comes of the sum of squares can be told from what comes of the factor.
"""

from functools import partial
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from keras import layers

from experiments.runs import digits, run_all

# Over five maps, with AlexNet's constants but for α.
NORMALISE = partial(tf.nn.local_response_normalization, depth_radius=2, bias=2.0, beta=0.75)
SEEDS = range(1, 7)
BUDGETS = ((300, 240), (1000, 240), (3000, 240), (3000, 960))  # images, steps of 50


def learn(images: int, steps: int, alpha: float | None, seed: int) -> dict[str, Any]:
    """Train for so many steps; return the accuracy on training and test images."""
    model = keras.Sequential([keras.Input((28, 28, 1))])
    model.add(layers.Conv2D(16, 5, strides=2, activation="relu"))
    if alpha is not None:
        model.add(layers.Lambda(partial(NORMALISE, alpha=alpha)))
    model.add(layers.MaxPooling2D())
    model.add(layers.Flatten())
    model.add(layers.Dense(10, activation="softmax"))
    model.compile(keras.optimizers.Adam(3e-3), "sparse_categorical_crossentropy")
    train = digits("train", images)
    model.fit(*train, epochs=50 * steps // images, batch_size=50, verbose=0)
    found = {}
    for part, (pictures, labels) in (("training", train), ("test", digits("test", 10_000))):
        answers = model.predict(pictures, batch_size=500, verbose=0).argmax(1)
        found[part] = round(float(np.mean(answers == labels)), 4)
    return found


def main() -> None:
    """Run what the log lacks."""
    cases = [
        {"images": images, "steps": steps, "alpha": alpha, "seed": seed}
        for images, steps in BUDGETS
        for alpha in (None, 0.0, 0.1, 1.0)
        for seed in SEEDS
    ]
    run_all("q5-response", cases, learn)


if __name__ == "__main__":
    main()
