"""The images, in parts that are kept apart."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from models.paths import DATA

Bytes = np.ndarray[Any, np.dtype[np.uint8]]

Floats = np.ndarray[Any, np.dtype[np.float32]]


@dataclass(frozen=True)
class Part:
    """Grey images, uint8 of shape (n, 28, 28), and their labels, uint8 of shape (n,)."""

    images: Bytes
    labels: Bytes

    def __len__(self) -> int:
        """Return the number of images."""
        return len(self.labels)


def training_parts(validation: int, fold: int = 0) -> tuple[Part, Part]:
    """Return the training part without its last `validation` images, and these.

    With a `fold`, these are as many further to the front, by so many times their number.
    The test part is not read.
    """
    with np.load(DATA) as arrays:
        images, labels = arrays["x_train"], arrays["y_train"]
    end = len(labels) - fold * validation
    start = end - validation
    held_out = slice(start, end)
    rest = (np.delete(array, held_out, axis=0) for array in (images, labels))
    return Part(*rest), Part(images[held_out], labels[held_out])


def test_part() -> Part:
    """Return the test part. Nothing that chooses between networks calls this."""
    with np.load(DATA) as arrays:
        return Part(arrays["x_test"], arrays["y_test"])


def as_input(images: Bytes) -> Floats:
    """Return grey images as the network takes them: float32, (n, 28, 28, 1), from 0 to 1."""
    return images[..., None].astype(np.float32) / np.float32(255)
