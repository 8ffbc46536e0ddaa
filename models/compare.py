"""Which changes to the recipe help: `python -m models.compare`.

Each variant is one idea. All are trained on the same 10,000 images and judged on the 50,000 others
of the training part, ten times as many as have a say in a training: so a difference shows that is
lost among 5,000. The test part is not read. Stopped and started again, it goes on.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import numpy as np

from models import paths
from models.data import as_input, training_parts
from models.recipe import MILD, RECIPE, RECIPES, Recipe
from models.score import loss_of, probabilities
from models.train import State, train
from models.vote import Flags, mcnemar, mistakes

SEED: Final = 1
IMAGES: Final = 10_000
"""The first so many images of the training part are trained on, the rest judge."""
BASE: Final = replace(
    RECIPE, arithmetic="mixed_bfloat16", validation=1_000, epochs=15, clean_epochs=1
)
"""The course's recipe, shortened. Its log looks at few images after each epoch: at 50,000 would
take longer than the epoch."""
WIDER: Final = replace(BASE, stages=(*BASE.stages[:2], (168,) * 4))
"""The last stage made wider, up to a million parameters."""
MILD_AND_FADING: Final = replace(BASE, distortion=MILD, fade=0.5)


def longer(recipe: Recipe) -> Recipe:
    """Return a recipe with twice the epochs."""
    return replace(recipe, epochs=2 * recipe.epochs, clean_epochs=2 * recipe.clean_epochs)


VARIANTS: Final[dict[str, Recipe]] = {
    "base": BASE,
    "flattened": replace(BASE, head="flatten"),
    "mild-distortion": replace(BASE, distortion=MILD),
    "fading-distortion": replace(BASE, fade=0.5),
    "wider-and-half-of-it-sharp": replace(WIDER, distortion=replace(BASE.distortion, sharp=0.5)),
    "taught": replace(BASE, teachers=("base", "mild-distortion")),
    "half-of-it-sharp": replace(BASE, distortion=replace(BASE.distortion, sharp=0.5)),
    "wider-last-stage": WIDER,
    "cubic-interpolation": replace(BASE, distortion=replace(BASE.distortion, cubic=True)),
    "rotation-and-shift-only": replace(BASE, distortion=RECIPES["5x5"].distortion),
    "mild-and-fading": MILD_AND_FADING,
    "twice-as-long": longer(BASE),
    "twice-as-long-mild-and-fading": longer(MILD_AND_FADING),
}
Found = Mapping[str, Any]


def trained(name: str) -> State:
    """Train a variant, and its teachers before it, or finish that."""
    recipe = VARIANTS[name]
    teachers = []
    for teacher in map(trained, recipe.teachers):
        teacher.network.set_weights(teacher.average.get_weights())  # the one of faster arithmetic
        teachers.append(teacher.network)
    return train(recipe, SEED, f"compare-{name}", images=IMAGES, teachers=teachers)


def judge(name: str) -> Found:
    """Train a variant, or finish that; return its errors, loss, and the mistaken images' numbers.

    Images are numbered as in the training part.
    """
    network = trained(name).average
    _, others = training_parts(60_000 - IMAGES)
    p = probabilities(network, as_input(others.images))
    wrong = np.flatnonzero(mistakes(p, others.labels)) + IMAGES
    return {
        "variant": name,
        "errors": len(wrong),
        "loss": round(loss_of(p, others.labels), 5),
        "mistakes": wrong.tolist(),
    }


def found() -> dict[str, Found]:
    """Return what was found so far, by variant."""
    if not paths.COMPARISON.exists():
        return {}
    lines = paths.COMPARISON.read_text(encoding="utf-8").splitlines()
    return {line["variant"]: line for line in map(json.loads, lines)}


def flags(line: Found) -> Flags:
    """Return of each image of the training part whether it is among a line's mistakes."""
    return np.isin(np.arange(60_000), line["mistakes"])


def beside(line: Found, base: Found) -> Found:
    """Return how many of the base's mistakes a variant mends, and how many it makes anew.

    `chance` is that of such a difference, were the two networks equal (`models.vote.mcnemar`).
    """
    new, old = flags(line), flags(base)
    return {
        "mended": int(np.count_nonzero(old & ~new)),
        "new": int(np.count_nonzero(new & ~old)),
        "chance": mcnemar(new, old),
    }


def main() -> None:
    """Judge each variant that was not judged before, and add a line for it."""
    for name in VARIANTS:
        if name not in found():
            line = json.dumps(judge(name)) + "\n"
            with paths.COMPARISON.open("a", encoding="utf-8") as file:
                file.write(line)


if __name__ == "__main__":
    main()
