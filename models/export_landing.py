"""What the landing page shows of the trained network: `python -m models.export_landing`.

Ten digits of the test part, ten maps of one layer of each stage, and the probabilities. One grey
picture for all: a row for each digit, a tile for each map. White is a map's largest value over the
ten digits, so that one sees which of the digits a map responds to.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import keras
import numpy as np

from autograder.files import write
from models import data
from models.data import Bytes, Floats, as_input
from models.export_web import SEED
from models.exporting import as_png, network
from models.score import probabilities

OUT: Final = Path(__file__).resolve().parents[1] / "book" / "_static" / "landing"
LAYERS: Final = ("relu1_1", "relu2_3", "relu3_4")
"""The last layer of each stage."""


@dataclass(frozen=True)
class Run:
    """Ten digits on their way through the network."""

    images: Bytes
    """uint8 of shape (10, 28, 28)."""
    maps: tuple[Floats, ...]
    """For each layer of `LAYERS` float32 of shape (10, side, side, 10), from 0 to 1."""
    probabilities: Floats
    """float32 of shape (10, 10)."""


def run(network: keras.Model) -> Run:
    """Send the first image of each digit in the test part through the network."""
    part = data.test_part()
    images = part.images[[int(np.argmax(part.labels == digit)) for digit in range(10)]]
    outputs = [network.get_layer(name).output for name in LAYERS]
    shown = keras.Model(network.inputs, outputs).predict(as_input(images), verbose=0)
    return Run(images, tuple(map(_telling, shown)), probabilities(network, as_input(images)))


def _telling(maps: Floats) -> Floats:
    """Return ten maps, each from 0 to 1: for each digit the one that has the most contrast for it.

    What another digit has is not taken again.
    """
    scaled = maps / np.maximum(maps.max(axis=(0, 1, 2)), np.float32(1e-6))
    chosen: list[int] = []
    for contrast in scaled.std(axis=(1, 2)):
        contrast[chosen] = -1
        chosen.append(int(np.argmax(contrast)))
    return np.asarray(scaled[..., chosen], np.float32)


def picture(shown: Run) -> Bytes:
    """Return the tiles side by side, uint8: 28 pixels of height for each of the ten digits."""
    rows = []
    for digit, image in enumerate(shown.images):
        tiles = [image]
        for maps in shown.maps:
            grey = np.rint(255 * maps[digit]).astype(np.uint8)
            tiles += [
                np.pad(each, ((0, 28 - len(each)), (0, 0))) for each in np.moveaxis(grey, 2, 0)
            ]
        rows.append(np.hstack(tiles))
    return np.vstack(rows)


def main() -> None:
    """Write picture and probabilities; without trained weights, one line says what to do."""
    shown = run(network(SEED))
    drawn = as_png(picture(shown))
    write(OUT / "digits.png", drawn)
    rows = [[round(float(p), 4) for p in row] for row in shown.probabilities]
    sides = [maps.shape[1] for maps in shown.maps]
    content = {"sides": sides, "probabilities": rows}
    write(OUT / "digits.json", json.dumps(content).encode())
    print(f"{OUT}: {len(drawn):,} bytes of picture")


if __name__ == "__main__":
    main()
