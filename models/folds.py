"""Votes on 60,000 images instead of 5,000: `python -m models.folds`.

Five networks are trained of each kind, each without another fifth of the training images, and asked
about that fifth. So every image is answered by a network that has not seen it, and votes of kinds
can be told apart that differ by one error among 5,000 images. The networks themselves are not kept:
their trainings are short, and what they say of a kind is how it votes, not how good it gets.

Stopped and started again, it goes on. It writes `models/folds.json`; the test part is not read.
"""

from dataclasses import replace
from typing import Final

import numpy as np

from models import files, paths
from models.data import Floats, as_input, training_parts
from models.recipe import RECIPES, Recipe
from models.score import probabilities
from models.train import train
from models.vote import comparison

KINDS: Final = ("3x3", "5x5", "7x7")
SEED: Final = 1
FOLDS: Final = 5
EPOCHS: Final = 6


def shortened(recipe: Recipe) -> Recipe:
    """Return the recipe that a fold's network is trained by."""
    return replace(recipe, validation=60_000 // FOLDS, epochs=EPOCHS, clean_epochs=1)


def answers(name: str) -> Floats:
    """Train a kind's networks, or finish that; return probabilities for all training images."""
    recipe = shortened(RECIPES[name])
    each = []
    for fold in range(FOLDS):
        network = train(recipe, SEED, f"{name}-fold-{fold}", fold=fold).average
        _, held_out = training_parts(recipe.validation, fold)
        each.append(probabilities(network, as_input(held_out.images)))
    return np.concatenate(each[::-1])  # the first fold is the last fifth


def main() -> None:
    """Compare all kinds, write what was found, and print the votes."""
    everything, _ = training_parts(validation=0)
    found = comparison({name: answers(name) for name in KINDS}, everything.labels)
    files.write_findings(paths.FOLDS, found)
    for name, alone in found["networks"].items():
        print(f"{name}: {alone['errors']} errors, loss {alone['loss']}")
    for vote in found["votes"]:
        print(f"{', '.join(vote['voters'])} ({vote['way']}): {vote['errors']}, loss {vote['loss']}")


if __name__ == "__main__":
    main()
