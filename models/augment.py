"""New images from old ones: a batch at a time, as one TensorFlow operation.

Every image of a batch gets its own rotation, scale, shear and shift, and its own elastic
distortion (Simard, Steinkraus and Platt, "Best Practices for Convolutional Neural Networks
Applied to Visual Document Analysis", ICDAR 2003). All of them only say *where* each pixel of
the new image is looked up in the old one; so the places are computed first, and the image is
interpolated once.
"""

import math
from dataclasses import dataclass

import tensorflow as tf


@dataclass(frozen=True)
class Distortion:
    """How far an image may be distorted; all zero leaves it as it is."""

    degrees: float = 0.0
    """Rotation: uniform, up to this angle either way."""
    scale: float = 0.0
    """Factor for width and for height: uniform in 1 ± scale, each drawn for itself."""
    shear: float = 0.0
    """Slant: uniform, up to this many pixels to the side per pixel of height."""
    shift: float = 0.0
    """Shift down and to the right: uniform, up to this many pixels either way."""
    elastic: float = 0.0
    """Standard deviation, in pixels, of the displacement of the elastic grid's points."""
    whole: bool = False
    """Whether shifts are rounded to whole pixels, so that a shift alone blurs nothing."""
    upright: float = 0.0
    """The share of images that are not rotated: their angle is 0."""
    sharp: float = 0.0
    """The share of images that are only shifted, and by whole pixels: nothing blurs them."""
    cubic: bool = False
    """Whether interpolation is by cubic curves, which blur less, in place of straight lines."""


KNOTS = 5
"""The elastic grid has KNOTS × KNOTS points; between them displacements are interpolated."""


def distort(
    images: tf.Tensor, how: Distortion, seed: tf.Tensor, strength: tf.Tensor | float = 1.0
) -> tf.Tensor:
    """Return a distorted copy of each image.

    `images` is float32 of shape (n, height, width), `seed` an integer tensor of shape (2,):
    the same seed gives the same copies. What comes in from outside the image is 0, black.
    All that is drawn is multiplied by `strength`: at 0 the images stay as they are.
    """
    n, height, width = tf.unstack(tf.shape(images))
    rows, columns = sampling_places(n, height, width, how, seed, strength)
    return (interpolate_cubic if how.cubic else interpolate)(images, rows, columns)


def sampling_places(
    n: tf.Tensor,
    height: tf.Tensor,
    width: tf.Tensor,
    how: Distortion,
    seed: tf.Tensor,
    strength: tf.Tensor | float = 1.0,
) -> tuple[tf.Tensor, tf.Tensor]:
    """Return row and column, each float32 (n, height, width), at which to read each pixel."""
    seeds = tf.unstack(tf.random.split(seed, 3))
    draw = strength * tf.random.stateless_uniform((6, n, 1, 1), seeds[0], -1.0, 1.0)
    blurred = tf.ones((n, 1, 1))
    if how.sharp:
        share = tf.random.stateless_uniform((n, 1, 1), seeds[2])
        blurred = tf.cast(share >= how.sharp, tf.float32)
        draw = tf.concat([draw[:4] * blurred, draw[4:]], axis=0)
    angle = draw[0] * (how.degrees * math.pi / 180)
    if how.upright:
        turned = tf.random.stateless_uniform((n, 1, 1), seeds[2]) >= how.upright
        angle *= tf.cast(turned, tf.float32)
    cos, sin = tf.cos(angle), tf.sin(angle)
    shear = draw[1] * how.shear
    row_scale, column_scale = 1 + draw[2] * how.scale, 1 + draw[3] * how.scale
    down, right = draw[4] * how.shift, draw[5] * how.shift
    if how.whole:
        down, right = tf.round(down), tf.round(right)
    elif how.sharp:
        down = tf.where(blurred > 0, down, tf.round(down))
        right = tf.where(blurred > 0, right, tf.round(right))

    middle_row = tf.cast(height - 1, tf.float32) / 2
    middle_column = tf.cast(width - 1, tf.float32) / 2
    y = (tf.range(tf.cast(height, tf.float32)) - middle_row)[None, :, None]
    x = (tf.range(tf.cast(width, tf.float32)) - middle_column)[None, None, :]
    x = x + shear * y
    rows = (cos * y - sin * x) / row_scale + middle_row - down
    columns = (sin * y + cos * x) / column_scale + middle_column - right
    if how.elastic:
        noise = tf.random.stateless_normal((n, KNOTS, KNOTS, 2), seeds[1], stddev=how.elastic)
        field = tf.image.resize(noise, (height, width), "bicubic")
        field *= strength * blurred[..., None]
        rows, columns = rows + field[..., 0], columns + field[..., 1]
    return rows, columns


def interpolate(images: tf.Tensor, rows: tf.Tensor, columns: tf.Tensor) -> tf.Tensor:
    """Return the images read at fractional rows and columns, bilinearly; 0 outside.

    All three and the result are float32 of shape (n, height, width).
    """
    n, height, width = tf.unstack(tf.shape(images))
    flat = tf.reshape(tf.pad(images, ((0, 0), (1, 1), (1, 1))), (n, -1))  # a black frame
    stride = width + 2
    # Row 0 of the image is row 1 of the framed one. Whatever lies further out is as black
    # as the frame, so it may be read there.
    rows = tf.clip_by_value(rows + 1, 0.0, tf.cast(height, tf.float32) + 1)
    columns = tf.clip_by_value(columns + 1, 0.0, tf.cast(width, tf.float32) + 1)
    top = tf.minimum(tf.cast(rows, tf.int32), height)
    left = tf.minimum(tf.cast(columns, tf.int32), width)
    down, right = rows - tf.cast(top, tf.float32), columns - tf.cast(left, tf.float32)
    corner = tf.reshape(top * stride + left, (n, -1))

    def read(offset: tf.Tensor | int) -> tf.Tensor:
        return tf.reshape(tf.gather(flat, corner + offset, batch_dims=1), tf.shape(rows))

    upper = read(0) * (1 - right) + read(1) * right
    lower = read(stride) * (1 - right) + read(stride + 1) * right
    return upper * (1 - down) + lower * down


def interpolate_cubic(images: tf.Tensor, rows: tf.Tensor, columns: tf.Tensor) -> tf.Tensor:
    """Return the images read at fractional rows and columns, with cubic curves; 0 outside.

    All three and the result are float32 of shape (n, height, width). The curves (Keys, IEEE
    Transactions on Acoustics, Speech, and Signal Processing 29, 1981) overshoot at edges: what
    leaves the range from 0 to 1 is set to its nearer end.
    """
    n, height, width = tf.unstack(tf.shape(images))
    frame = 2  # as far as a curve reaches
    flat = tf.reshape(tf.pad(images, ((0, 0), (frame, frame), (frame, frame))), (n, -1))
    stride = width + 2 * frame
    rows = tf.clip_by_value(rows, -1.0, tf.cast(height, tf.float32) - 1e-3)
    columns = tf.clip_by_value(columns, -1.0, tf.cast(width, tf.float32) - 1e-3)
    top, left = tf.floor(rows), tf.floor(columns)
    first = (tf.cast(top, tf.int32) + frame - 1) * stride + tf.cast(left, tf.int32) + frame - 1
    corner = tf.reshape(first, (n, -1))

    def read(offset: tf.Tensor | int) -> tf.Tensor:
        return tf.reshape(tf.gather(flat, corner + offset, batch_dims=1), tf.shape(rows))

    across, along = keys(rows - top), keys(columns - left)
    lines = (
        tf.add_n([read(row * stride + column) * along[column] for column in range(4)])
        for row in range(4)
    )
    summed = tf.add_n([line * weight for line, weight in zip(lines, across, strict=True)])
    return tf.clip_by_value(summed, 0.0, 1.0)


def keys(t: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor]:
    """Return the weights of the four points around a place that is `t` after the second one."""
    return (
        ((2 - t) * t - 1) * t / 2,
        ((3 * t - 5) * t * t + 2) / 2,
        ((4 - 3 * t) * t + 1) * t / 2,
        (t - 1) * t * t / 2,
    )
