"""Distorted images are still images."""

from dataclasses import fields

import numpy as np
import pytest
import tensorflow as tf

from models.augment import Distortion, distort, interpolate, interpolate_cubic
from models.data import training_parts
from models.recipe import RECIPE

SEED = tf.constant([1, 2])


@pytest.fixture(scope="module")
def digits() -> tf.Tensor:
    """Return twenty digits, float32 of shape (20, 28, 28), from 0 to 1."""
    part, _ = training_parts(validation=5_000)
    return tf.constant(part.images[:20], tf.float32) / 255


def test_no_distortion_leaves_the_images_as_they_are(digits: tf.Tensor) -> None:
    np.testing.assert_allclose(distort(digits, Distortion(), SEED), digits, atol=1e-5)


def test_shape_and_range_are_kept(digits: tf.Tensor) -> None:
    new = distort(digits, RECIPE.distortion, SEED)
    assert new.shape == digits.shape
    assert new.dtype == tf.float32
    assert 0 <= float(tf.reduce_min(new)) <= float(tf.reduce_max(new)) <= 1


def test_images_that_are_not_square(digits: tf.Tensor) -> None:
    oblong = digits[:, 4:]
    assert distort(oblong, RECIPE.distortion, SEED).shape == (20, 24, 28)
    np.testing.assert_allclose(distort(oblong, Distortion(), SEED), oblong, atol=1e-5)


def test_each_image_and_each_seed_has_a_distortion_of_its_own(digits: tf.Tensor) -> None:
    same = tf.repeat(digits[:1], 2, axis=0)
    first, second = distort(same, RECIPE.distortion, SEED)
    assert float(tf.reduce_max(tf.abs(first - second))) > 0.1
    again, _ = distort(same, RECIPE.distortion, SEED)
    np.testing.assert_array_equal(first, again)
    other, _ = distort(same, RECIPE.distortion, SEED + 1)
    assert float(tf.reduce_max(tf.abs(first - other))) > 0.1


def places(down: float, right: float) -> tuple[tf.Tensor, tf.Tensor]:
    """Return where an image of 2 × 3 pixels is read when it is shifted."""
    rows, columns = np.meshgrid(np.arange(2.0), np.arange(3.0), indexing="ij")
    return (
        tf.constant(rows[None] - down, tf.float32),
        tf.constant(columns[None] - right, tf.float32),
    )


@pytest.mark.parametrize(
    ("down", "right", "expected"),
    [
        (0, 0, [[1, 2, 3], [4, 5, 6]]),
        (1, 0, [[0, 0, 0], [1, 2, 3]]),
        (-1, 0, [[4, 5, 6], [0, 0, 0]]),
        (0, 1, [[0, 1, 2], [0, 4, 5]]),
        (0, -1, [[2, 3, 0], [5, 6, 0]]),
        (0, 0.5, [[0.5, 1.5, 2.5], [2, 4.5, 5.5]]),
        (0.5, 0, [[0.5, 1, 1.5], [2.5, 3.5, 4.5]]),
        (0, -0.5, [[1.5, 2.5, 1.5], [4.5, 5.5, 3]]),
        (5, 0, [[0, 0, 0], [0, 0, 0]]),
        (0, -9.25, [[0, 0, 0], [0, 0, 0]]),
    ],
)
def test_black_comes_in_at_the_border(
    down: float, right: float, expected: list[list[float]]
) -> None:
    image = tf.constant([[[1, 2, 3], [4, 5, 6]]], tf.float32)
    rows, columns = places(down, right)
    np.testing.assert_allclose(interpolate(image, rows, columns)[0], expected, atol=1e-6)


@pytest.mark.parametrize(
    "how",
    [
        Distortion(degrees=15),
        Distortion(scale=0.12),
        Distortion(shear=0.15),
        Distortion(elastic=0.8),
        Distortion(shift=2),
    ],
)
def test_each_kind_of_distortion_changes_the_image_and_keeps_its_ink(
    digits: tf.Tensor, how: Distortion
) -> None:
    new = distort(digits, how, SEED)
    assert float(tf.reduce_max(tf.abs(new - digits))) > 0.2
    before, after = (np.asarray(tf.reduce_sum(each, (1, 2))) for each in (digits, new))
    assert np.all(np.abs(after / before - 1) < 0.45)
    assert abs(after.sum() / before.sum() - 1) < 0.1


def test_whole_shifts_move_pixels_and_blur_nothing(digits: tf.Tensor) -> None:
    """Every copy is the digit itself, moved by whole pixels, up to the bound and no further."""
    how = Distortion(degrees=20, shift=2.4, whole=True, upright=1)
    new = np.asarray(distort(digits, how, SEED))
    moves = set()
    for before, after in zip(np.asarray(digits), new, strict=True):
        found = [
            (down, right)
            for down in range(-4, 5)
            for right in range(-4, 5)
            # A digit is four pixels or more from every border, so rolling lets black in.
            if np.array_equal(np.roll(before, (down, right), (0, 1)), after)
        ]
        assert len(found) == 1
        moves.add(found[0])
    assert {abs(step) for move in moves for step in move} == {0, 1, 2}


def test_some_images_stay_upright(digits: tf.Tensor) -> None:
    same = tf.repeat(digits[:1], 1_000, axis=0)
    new = np.asarray(distort(same, Distortion(degrees=20, upright=0.25), SEED))
    unturned = np.abs(new - np.asarray(same)).max(axis=(1, 2)) < 1e-5
    assert 0.2 < unturned.mean() < 0.3


def test_some_images_are_only_shifted_by_whole_pixels(digits: tf.Tensor) -> None:
    same = tf.repeat(digits[:1], 1_000, axis=0)
    how = Distortion(degrees=15, scale=0.12, shear=0.15, shift=2, elastic=0.8, sharp=0.25)
    new, one = np.asarray(distort(same, how, SEED)), np.asarray(digits[0])
    moved = [np.roll(one, (i, j), (0, 1)) for i in range(-2, 3) for j in range(-2, 3)]
    sharp = [any(np.array_equal(each, image) for each in moved) for image in new]
    assert 0.2 < np.mean(sharp) < 0.3


def test_strength_is_a_factor_of_all_that_is_drawn(digits: tf.Tensor) -> None:
    how = RECIPE.distortion
    half = Distortion(*(getattr(how, f.name) / 2 for f in fields(how)))
    np.testing.assert_allclose(
        distort(digits, how, SEED, tf.constant(0.5)), distort(digits, half, SEED), atol=1e-5
    )
    np.testing.assert_allclose(distort(digits, how, SEED, 0.0), digits, atol=1e-5)


def test_cubic_curves_go_through_the_points_and_are_sharper_between(digits: tf.Tensor) -> None:
    rows, columns = np.meshgrid(np.arange(28.0), np.arange(28.0), indexing="ij")
    there = tf.constant(np.stack([rows + 1, columns - 2])[:, None], tf.float32)
    two = [tf.repeat(each, len(digits), axis=0) for each in there]
    np.testing.assert_allclose(interpolate_cubic(digits, *two), interpolate(digits, *two))
    between = [each + 0.5 for each in two]
    cubic, linear = (
        np.asarray(read(digits, *between)) for read in (interpolate_cubic, interpolate)
    )
    np.testing.assert_allclose(cubic, linear, atol=0.3)
    assert (cubic**2).sum() > 1.05 * (linear**2).sum()
    # A cubic parabola is what it is between the points, too.
    slope = tf.constant((np.arange(28.0) / 28)[None, None].repeat(28, 1), tf.float32)
    inside = interpolate_cubic(slope, rows[None].astype("f"), columns[None].astype("f") + 0.25)
    np.testing.assert_allclose(inside[0, :, 2:25], slope[0, :, 2:25] + 0.25 / 28, atol=1e-5)


def test_the_angle_is_bounded() -> None:
    """A bar on the middle row is where its rotation by the angle puts it."""
    bar = np.zeros((200, 29, 29), np.float32)
    bar[:, 14, :] = 1
    new = np.asarray(distort(tf.constant(bar), Distortion(degrees=15), SEED))
    left = new[:, :, 4].argmax(axis=1) - new[:, :, 24].argmax(axis=1)  # 20 columns apart
    farthest = 20 * np.tan(np.radians(15))
    assert np.abs(left).max() <= np.ceil(farthest)
    assert np.abs(left).max() >= 0.8 * farthest
    assert left.min() < 0 < left.max()
