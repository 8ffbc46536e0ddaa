"""What the programs share that make parts of the website from a trained network."""

import io
import sys

import keras
from PIL import Image

from models.data import Bytes
from models.network import load


def network(seed: int) -> keras.Model:
    """Return the trained network of a seed; without its weights, one line says what to do.

    Raises SystemExit then.
    """
    try:
        return load(seed)
    except FileNotFoundError as error:
        print(f"No trained network: {error.filename} is missing. `make train`.", file=sys.stderr)
        sys.exit(2)


def as_png(grey: Bytes) -> bytes:
    """Return grey values, uint8 of shape (height, width), as a small PNG file."""
    file = io.BytesIO()
    Image.fromarray(grey).save(file, "PNG", optimize=True)
    return file.getvalue()
