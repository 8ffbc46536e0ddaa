"""The network: untrained, or with the weights of a seed.

Eight convolutional layers in the manner of VGG (Simonyan and Zisserman, arXiv:1409.1556), each
followed by batch normalisation and ReLU, in three stages with max pooling between them. The first
stage has one layer only: maps of 28 × 28 are where the work is, maps of 7 × 7 are where width is
cheap. Global average pooling (Lin, Chen and Yan, arXiv:1312.4400) in place of large dense layers.
"""

import keras
import numpy as np
from keras import layers

from models import files, paths
from models.recipe import RECIPE, Recipe


def build(recipe: Recipe = RECIPE) -> keras.Model:
    """Return the untrained network of a recipe.

    It takes float32 images of shape (n, 28, 28, 1), from 0 to 1, and returns logits of shape
    (n, 10): a softmax makes them probabilities.
    """
    image = keras.Input((28, 28, 1), name="image")
    maps = image
    for stage, widths in enumerate(recipe.stages, start=1):
        if stage > 1:
            maps = layers.MaxPooling2D(2, name=f"pool{stage - 1}")(maps)
        for number, filters in enumerate(widths, start=1):
            name = f"{stage}_{number}"
            maps = layers.Conv2D(
                filters,
                3,
                padding="same",
                use_bias=not recipe.batch_norm,  # batch normalisation has one of its own
                kernel_initializer="he_normal",
                name=f"conv{name}",
            )(maps)
            if recipe.batch_norm:
                maps = layers.BatchNormalization(momentum=0.9, name=f"norm{name}")(maps)
            maps = layers.ReLU(name=f"relu{name}")(maps)
    features = layers.GlobalAveragePooling2D(name="average")(maps)
    return keras.Model(image, layers.Dense(10, name="logits")(features), name="digits")


def save(network: keras.Model, name: str) -> None:
    """Write the weights as arrays of 16-bit floats, named by layer and variable."""
    arrays = {variable.path: np.asarray(variable, np.float16) for variable in network.weights}
    files.write_arrays(paths.WEIGHTS / f"{name}.npz", **arrays)


def restore(network: keras.Model, name: str) -> keras.Model:
    """Give a network the weights that were saved under a name, and return it.

    Raises FileNotFoundError if there are none.
    """
    with np.load(paths.WEIGHTS / f"{name}.npz") as arrays:
        for variable in network.weights:
            variable.assign(arrays[variable.path].astype(np.float32))
    return network


def seeds() -> list[int]:
    """Return the seeds whose trained weights are here, in order."""
    return sorted(int(path.stem.removeprefix("seed-")) for path in paths.WEIGHTS.glob("seed-*.npz"))


def load(seed: int) -> keras.Model:
    """Return the network with the trained weights of a seed: one of `seeds()`.

    Raises FileNotFoundError if that seed was not trained.
    """
    return restore(build(), f"seed-{seed}")
