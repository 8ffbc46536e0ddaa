"""The networks: untrained, or with the weights of a seed.

The course's has eight convolutional layers in the manner of VGG (Simonyan and Zisserman,
arXiv:1409.1556), each followed by batch normalisation and ReLU, in three stages with max pooling
between them. The first stage has one layer only: maps of 28 × 28 are where the work is, maps of
7 × 7 are where width is cheap. Global average pooling (Lin, Chen and Yan, arXiv:1312.4400) in place
of large dense layers.

The others have one stage of larger kernels, without padding: each layer's maps are smaller than
the last one's, by the kernel's size less one. The last maps are flattened (An et al.,
arXiv:2008.10400).
"""

from dataclasses import replace

import keras
import numpy as np
from keras import layers

from models import files, paths
from models.recipe import RECIPE, RECIPES, Recipe


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
                recipe.kernel,
                padding=recipe.padding,
                use_bias=not recipe.batch_norm,  # batch normalisation has one of its own
                kernel_initializer="he_normal",
                dtype=recipe.arithmetic,
                name=f"conv{name}",
            )(maps)
            if recipe.batch_norm:
                maps = layers.BatchNormalization(
                    momentum=0.9, dtype=recipe.arithmetic, name=f"norm{name}"
                )(maps)
            maps = layers.ReLU(dtype=recipe.arithmetic, name=f"relu{name}")(maps)
    return keras.Model(image, _logits(maps, recipe), name="digits")


def _logits(maps: keras.KerasTensor, recipe: Recipe) -> keras.KerasTensor:
    """Return ten logits, always 32-bit: a softmax is about the differences of large numbers."""
    if recipe.head == "average":
        features = layers.GlobalAveragePooling2D(name="average")(maps)
        return layers.Dense(10, name="logits")(features)
    features = layers.Flatten(name="flatten")(maps)
    # So many summands need normalising, and the normalisation has a bias of its own.
    scores = layers.Dense(10, use_bias=False, name="dense")(features)
    return layers.BatchNormalization(momentum=0.9, name="logits")(scores)


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


def run_name(recipe: str, seed: int) -> str:
    """Return what the files of a network are called; the course's own are called by its seed."""
    return f"seed-{seed}" if RECIPES[recipe] is RECIPE else f"{recipe}-seed-{seed}"


def seeds(recipe: str = "3x3") -> list[int]:
    """Return the seeds, in order, with which a recipe was trained: their weights are here."""
    start = run_name(recipe, 0).removesuffix("0")
    files_here = paths.WEIGHTS.glob(f"{start}*.npz")
    return sorted(int(path.stem.removeprefix(start)) for path in files_here)


def load(seed: int, recipe: str = "3x3") -> keras.Model:
    """Return the network with the trained weights of a seed: one of `seeds(recipe)`.

    Raises FileNotFoundError if that seed was not trained.
    """
    return restore(build(replace(RECIPES[recipe], arithmetic="float32")), run_name(recipe, seed))
