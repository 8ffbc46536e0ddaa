"""The picture that stands on a page until the network is asked for.

`python -m models.export_preview` writes it.

A digit of the test part on its way through all layers, a column of maps for each, and the ten
probabilities as bars.
"""

from pathlib import Path
from typing import Final

import keras
import numpy as np
from keras import layers

from autograder.files import write
from models import data
from models.data import Bytes, Floats, as_input
from models.export_web import SEED
from models.exporting import as_png, network
from models.score import probabilities

OUT: Final = Path(__file__).resolve().parents[1] / "book" / "_static" / "digit" / "preview.png"
DIGIT: Final = 3
"""The one with which the page begins, too."""
ROWS: Final = 6
CELL, TILE = 60, 56
"""The side of a map's place, and that of the map in it: a multiple of 28, of 14 and of 7 pixels."""


def picture(network: keras.Model) -> Bytes:
    """Return the picture: uint8, a column of cells for the digit, each layer, and the bars."""
    part = data.test_part()
    image = as_input(part.images[[int(np.argmax(part.labels == DIGIT))]])
    shown = [each for each in network.layers if isinstance(each, layers.ReLU | layers.MaxPooling2D)]
    outputs = keras.Model(network.input, [each.output for each in shown]).predict(image, verbose=0)
    digit = _column([image[0, :, :, 0]])
    maps = [_column(_telling(output[0])) for output in outputs]
    drawn = np.hstack([digit, *maps, _bars(probabilities(network, image)[0])])
    return np.asarray(np.rint(255 * drawn), np.uint8)


def _telling(maps: Floats) -> list[Floats]:
    """Return the maps with the most contrast, each from 0 to 1, those of low numbers first."""
    scaled = maps / np.maximum(maps.max(axis=(0, 1)), np.float32(1e-6))
    chosen = np.sort(np.argsort(scaled.std(axis=(0, 1)))[-ROWS:])
    return [scaled[..., each] for each in chosen]


def _column(maps: list[Floats]) -> Floats:
    """Return maps one below the other, in the middle of a column of `ROWS` cells."""
    column = np.zeros((ROWS * CELL, CELL), np.float32)
    top = (ROWS - len(maps)) * CELL // 2
    gap = (CELL - TILE) // 2
    for number, each in enumerate(maps):
        scale = TILE // len(each)
        large = np.kron(each, np.ones((scale, scale), np.float32))
        column[top + number * CELL + gap :, gap : gap + TILE][:TILE] = large
    return column


def _bars(heights: Floats) -> Floats:
    """Return ten bars, one below the other, from the left."""
    column = np.zeros((ROWS * CELL, CELL), np.float32)
    for digit, height in enumerate(heights):
        top = digit * len(column) // 10 + 8
        column[top : top + 20, 4:TILE] = 0.15
        column[top : top + 20, 4 : 4 + round(float(height) * (TILE - 4))] = 0.9
    return column


def main() -> None:
    """Write the picture; without trained weights, one line says what to do."""
    drawn = as_png(picture(network(SEED)))
    write(OUT, drawn)
    print(f"{OUT}: {len(drawn):,} bytes")


if __name__ == "__main__":
    main()
