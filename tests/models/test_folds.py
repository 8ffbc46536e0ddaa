"""Five folds answer every training image once, in its place."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from models import folds
from models.data import Floats, as_input, training_parts
from models.recipe import RECIPES


def test_answers_are_in_the_order_of_the_images(monkeypatch: pytest.MonkeyPatch) -> None:
    trained = []

    def train(recipe: Any, seed: int, name: str, fold: int) -> SimpleNamespace:
        assert (recipe.validation, recipe.stages) == (12_000, RECIPES["5x5"].stages)
        trained.append(name)
        return SimpleNamespace(average=None)

    def probabilities(network: Any, images: Floats) -> Floats:
        """Stand in for a network: what it says of an image is the image's ink."""
        return np.asarray(images.mean(axis=(1, 2)))

    monkeypatch.setattr(folds, "train", train)
    monkeypatch.setattr(folds, "probabilities", probabilities)
    everything, _ = training_parts(validation=0)
    expected = probabilities(None, as_input(everything.images))
    np.testing.assert_array_equal(folds.answers("5x5"), expected)
    assert trained == [f"5x5-fold-{fold}" for fold in range(5)]
