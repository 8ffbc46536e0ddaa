"""What each ingredient is worth: `python -m models.ablate`.

Each variant leaves one ingredient out. All have the same seed, few training images, and the same
validation images; the test part is not read. Stopped and started again, it goes on.

With few images the networks go through them several times in a short training, as they do through
all of them in the long one; a few passes over all images would say nothing about distortions.
"""

from dataclasses import replace
from typing import Final

from models.augment import Distortion
from models.recipe import RECIPE, Recipe
from models.train import train

SEED: Final = 1
IMAGES: Final = 10_000
COMPLETE: Final = replace(RECIPE, epochs=8, clean_epochs=1)
VARIANTS: Final[dict[str, Recipe]] = {
    "complete": COMPLETE,
    "without-distortion": replace(COMPLETE, distortion=Distortion()),
    "without-batch-norm": replace(COMPLETE, batch_norm=False),
    "without-batch-norm-at-a-tenth-of-the-rate": replace(
        COMPLETE,
        batch_norm=False,
        peak_rate=COMPLETE.peak_rate / 10,
        clean_rate=COMPLETE.clean_rate / 10,
    ),
    "without-annealing": replace(COMPLETE, anneal=False),
    "without-weight-decay": replace(COMPLETE, weight_decay=0.0),
    "without-elastic": replace(COMPLETE, distortion=replace(COMPLETE.distortion, elastic=0.0)),
}
"""Without batch normalisation the rate is too high to learn anything, so there is one of a tenth.
Two ingredients need no variant. Every log has the accuracy without the running average as well,
and the complete one before its last line has that without a pass over clean images."""


def main() -> None:
    """Train all variants, one after the other."""
    for name, recipe in VARIANTS.items():
        train(recipe, SEED, f"ablation-{name}", images=IMAGES)


if __name__ == "__main__":
    main()
