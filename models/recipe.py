"""The recipes: everything that was decided, in one place.

All of it was decided on images of the training part that the network in question had not seen
(README.md tells how). The test part had no say.
"""

from dataclasses import dataclass, field, replace
from typing import Final, Literal

from models.augment import Distortion


@dataclass(frozen=True)
class Recipe:
    """A network and how it is trained. What is between its convolutions: `models/network.py`."""

    stages: tuple[tuple[int, ...], ...] = ((32,), (64, 64, 64), (128, 128, 128, 128))
    """Filters of the convolutional layers, stage by stage; between stages is max pooling."""
    kernel: int = 3
    """Height and width of every convolution's kernels."""
    padding: Literal["same", "valid"] = "same"
    """Whether zeros around the maps keep their size, or each convolution makes them smaller."""
    head: Literal["average", "flatten"] = "average"
    """How the last maps become ten logits. Averaged, they forget where something was; flattened,
    they keep it, for a dense layer as large as the maps."""
    arithmetic: Literal["float32", "mixed_bfloat16"] = "float32"
    """What the training computes in, as Keras calls it. Mixed, products are of 16-bit floats with
    the range of 32-bit ones, while weights, their averages and the logits keep 32 bits
    (Kalamkar et al., arXiv:1905.12322). It is faster on processors with instructions for it."""

    validation: int = 5_000
    """The last so many of the training images are only looked at, never trained on."""

    epochs: int = 25
    """Passes over distorted training images."""
    batch: int = 128
    """Images a step. What is left over of an epoch waits for another one, in another order."""

    peak_rate: float = 0.1
    """Highest learning rate of stochastic gradient descent with Nesterov's momentum."""
    momentum: float = 0.9
    warm_up: float = 0.2
    """The rate rises from 0 during this share of the training, and then falls to 0."""
    anneal: bool = True
    """Whether it falls; else it stays at its peak."""

    distortion: Distortion = field(
        default=Distortion(degrees=15, scale=0.12, shear=0.15, shift=2.0, elastic=0.8)
    )
    """How training images are distorted, anew in every epoch."""

    fade: float = 0.0
    """The share of these passes, at their end, in which the distortion falls to nothing."""

    clean_epochs: int = 2
    """Further passes at the end, over the images as they are: these are what it will be asked
    about, and the distorted ones are blurred a little (He et al., arXiv:1909.09148)."""
    clean_rate: float = 0.02
    """The learning rate at the beginning of these; it falls to 0."""

    teachers: tuple[str, ...] = ()
    """The networks, by the names of their runs, whose vote on each image as it is shown is learnt
    in place of the label (Hinton, Vinyals and Dean, arXiv:1503.02531; on distorted images Beyer et
    al., arXiv:2106.05237). Without any, the label is."""

    weight_decay: float = 5e-4
    """Factor of half the sum of the squared kernels, added to the loss."""
    batch_norm: bool = True
    """Batch normalisation (Ioffe and Szegedy, arXiv:1502.03167) after every convolution."""
    average: float = 0.998
    """The share that the running average of the weights (Polyak and Juditsky, SIAM J. Control
    and Optimization 30, 1992) keeps of itself in each step. The average is the result."""


RECIPE = Recipe()
"""The course's network."""

LARGE_KERNELS: Final = replace(
    RECIPE,
    padding="valid",
    head="flatten",
    arithmetic="mixed_bfloat16",
    distortion=Distortion(degrees=20, shift=5.6, whole=True, upright=0.5),
)
"""What the networks with larger kernels share: no padding and no pooling, no distortion but
rotation and shift, by up to a fifth of the image (An et al., arXiv:2008.10400). There both are
taken from the nearest pixel, so nothing is blurred; here only what is rotated is."""

MILD: Final = Distortion(degrees=15, scale=0.06, shift=2.0, elastic=0.4)
"""Half the scaling and half the elastic distortion of the course's network, and no shear."""

LONG: Final = replace(
    RECIPE,
    arithmetic="mixed_bfloat16",
    distortion=MILD,
    fade=0.5,
    epochs=2 * RECIPE.epochs,
    clean_epochs=2 * RECIPE.clean_epochs,
)
"""The course's network, trained twice as long, with less distortion, which fades."""

RECIPES: Final = {
    "3x3": RECIPE,
    "long": LONG,
    "5x5": replace(LARGE_KERNELS, stages=((32, 64, 96, 128, 160),), kernel=5),
    "7x7": replace(LARGE_KERNELS, stages=((48, 96, 144, 192),), kernel=7),
}
"""What is trained in full, by name: the course's network, the same for longer, and two that differ
in kind. The widths of the larger kernels are An's."""
