"""How well a network does on some images."""

import keras
import numpy as np

from models.data import Bytes, Floats, Part, as_input


def probabilities(network: keras.Model, images: Floats) -> Floats:
    """Return the probabilities of the ten digits, float32 of shape (n, 10).

    `images` is float32 of shape (n, 28, 28, 1), from 0 to 1; the network ends in logits.
    """
    logits = network.predict(images, batch_size=500, verbose=0)
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), np.float32)


def error_and_loss(network: keras.Model, part: Part) -> tuple[float, float]:
    """Return the share of wrong answers and the mean cross-entropy."""
    p = probabilities(network, as_input(part.images))
    return float((p.argmax(axis=1) != part.labels).mean()), loss_of(p, part.labels)


def loss_of(p: Floats, labels: Bytes) -> float:
    """Return the mean cross-entropy of probabilities of shape (n, 10)."""
    of_label = p[np.arange(len(labels)), labels]
    return -float(np.log(np.maximum(of_label, 1e-30)).mean())
