"""A training can be stopped after any epoch, and ends where it would have ended."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tensorflow as tf

from autograder.errors import UsageError
from models.data import Part, training_parts
from models.recipe import RECIPE, RECIPES, Recipe
from models.train import State, Step, epochs, rate_at, strength_at

SHORT = replace(RECIPE, epochs=1, clean_epochs=1, batch=32, stages=((4,), (4, 4, 4), (8, 8, 8, 8)))
NARROW = [
    replace(RECIPES[name], epochs=1, clean_epochs=1, batch=32, stages=stages)
    for name, stages in (
        ("long", ((2,), (3, 3), (4,))),
        ("5x5", ((2, 3, 4, 5, 6),)),
        ("7x7", ((3, 4, 5, 6),)),
    )
]
"""The other recipes, with few filters; the larger kernels as deep as they are."""


def some(part: Part, n: int) -> Part:
    """Return the first n images of a part."""
    return Part(part.images[:n], part.labels[:n])


@pytest.fixture(scope="module")
def parts() -> tuple[Part, Part]:
    """Return a few images for training and for validation."""
    training, validation = training_parts(RECIPE.validation)
    return some(training, 100), some(validation, 50)


@pytest.mark.parametrize("recipe", [SHORT, *NARROW], ids=RECIPES)
def test_stopped_and_resumed_equals_uninterrupted(
    recipe: Recipe, parts: tuple[Part, Part], tmp_path: Path
) -> None:
    *_, through = epochs(recipe, 1, *parts, tmp_path / "through.npz")
    stopped = next(epochs(recipe, 1, *parts, tmp_path / "stopped.npz"))
    assert len(stopped.log) == 1
    *_, resumed = epochs(recipe, 1, *parts, tmp_path / "stopped.npz")
    for one, other in zip(through.variables(), resumed.variables(), strict=True):
        np.testing.assert_array_equal(np.asarray(one), np.asarray(other))
    clocks = ("seconds", "cpu_seconds")
    for line, again in zip(through.log, resumed.log, strict=True):
        assert {k: v for k, v in line.items() if k not in clocks} == {
            k: v for k, v in again.items() if k not in clocks
        }
    assert list(epochs(recipe, 1, *parts, tmp_path / "stopped.npz")) == []
    with pytest.raises(UsageError, match="another recipe"):
        next(epochs(replace(recipe, epochs=3), 1, *parts, tmp_path / "stopped.npz"))
    with pytest.raises(UsageError, match="or seed"):
        next(epochs(recipe, 2, *parts, tmp_path / "stopped.npz"))


def test_the_rate_rises_to_its_peak_and_falls_to_nothing() -> None:
    rates = [rate_at(RECIPE, done) for done in np.linspace(0, 1, 101)]
    top = int(np.argmax(rates))
    assert top == round(100 * RECIPE.warm_up)
    assert rates[0] == pytest.approx(0) == rates[-1]
    assert rates[top] == pytest.approx(RECIPE.peak_rate)
    assert np.all(np.diff(rates[: top + 1]) > 0)
    assert np.all(np.diff(rates[top:]) < 0)
    assert rate_at(RECIPE, 1 + 1e-9) == pytest.approx(RECIPE.clean_rate)
    assert rate_at(RECIPE, 1 + RECIPE.clean_epochs / RECIPE.epochs) == pytest.approx(0)
    assert rate_at(replace(RECIPE, anneal=False), 1) == RECIPE.peak_rate


def test_distortion_fades_at_the_end_only() -> None:
    assert strength_at(RECIPE, 0) == strength_at(RECIPE, 1) == strength_at(RECIPE, 1.05) == 1
    fading = replace(RECIPE, fade=0.4)
    strengths = [strength_at(fading, done) for done in (0, 0.6, 0.8, 1, 1.05)]
    assert strengths == pytest.approx([1, 1, 0.5, 0, 0])


def test_the_teachers_mean_is_learnt_in_place_of_the_label(parts: tuple[Part, Part]) -> None:
    training, _ = parts
    state = State(SHORT, 1)
    images, labels = np.zeros((2, 28, 28, 1), np.float32), np.array([3, 9])

    def says(digit: int, confidence: float) -> Any:
        """Return a teacher that gives the digit for every image."""
        others = np.log((1 - confidence) / 9)
        logits = np.where(np.arange(10) == digit, np.log(confidence), others)
        return lambda images, training: tf.constant(np.tile(logits, (len(images), 1)))

    untaught = Step(state, SHORT, 1, training).targets(images, labels)
    np.testing.assert_array_equal(untaught, np.eye(10)[labels])
    taught = Step(state, SHORT, 1, training, [says(3, 0.91), says(5, 0.55)])
    targets = np.asarray(taught.targets(images, labels))
    np.testing.assert_allclose(targets.sum(axis=1), 1)
    np.testing.assert_allclose(targets[:, [3, 5, 9]], [[0.48, 0.28, 0.03]] * 2)


def test_training_and_validation_share_no_image() -> None:
    training, validation = training_parts(5_000)
    assert (len(training), len(validation)) == (55_000, 5_000)
    seen = {image.tobytes() for image in training.images}
    assert not any(image.tobytes() in seen for image in validation.images)


def test_five_folds_hold_out_every_image_once() -> None:
    everything, nothing = training_parts(validation=0)
    assert (len(everything), len(nothing)) == (60_000, 0)
    folds = [training_parts(12_000, fold) for fold in range(5)]
    assert {(len(rest), len(held_out)) for rest, held_out in folds} == {(48_000, 12_000)}
    held_out = np.concatenate([held_out.labels for _, held_out in folds[::-1]])
    np.testing.assert_array_equal(held_out, everything.labels)
    rest, middle = folds[2]
    np.testing.assert_array_equal(rest.images[:24_000], everything.images[:24_000])
    np.testing.assert_array_equal(middle.images, everything.images[24_000:36_000])
    np.testing.assert_array_equal(rest.images[24_000:], everything.images[36_000:])
