"""How far networks agree, and what their vote is worth: `python -m models.vote`.

It asks every trained network about the validation images, on which none was trained, and writes
`models/validation.json`. Which networks vote on the test part is decided by that file alone.
"""

import math
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any, Final

import numpy as np

from models import files, paths
from models.augment import distort
from models.data import Bytes, Floats, as_input, training_parts
from models.network import load, run_name, seeds
from models.recipe import RECIPE, RECIPES
from models.score import loss_of, probabilities

Answers = Mapping[str, Floats]
"""Probabilities of shape (n, 10), by the name of the network that gave them."""
Flags = np.ndarray[Any, np.dtype[np.bool_]]


def mean(each: Sequence[Floats]) -> Floats:
    """Return the mean of the networks' probabilities: sure networks outvote unsure ones."""
    return np.asarray(np.mean(each, axis=0))


def product(each: Sequence[Floats]) -> Floats:
    """Return their geometric mean: a network that holds an answer for impossible has a veto."""
    logarithms = np.log(np.maximum(each, np.float32(1e-30)))
    p = np.exp(logarithms.mean(axis=0))
    return np.asarray(p / p.sum(axis=1, keepdims=True))


SEED: Final = 1
"""Of the distortion of validation images."""

WAYS: Final = {"mean": mean, "product": product}
"""How the probabilities of several networks become those of their vote."""

VOTERS: Final[tuple[tuple[str, int], ...]] = (("3x3", 1), ("3x3", 3), ("7x7", 1))
"""Recipe and seed of the networks that vote on the test part: of those that were trained equally
long, the ones whose vote has the lowest loss in `validation.json`."""
WAY: Final = "product"
"""How they vote: as in that vote."""


def mistakes(p: Floats, labels: Bytes) -> Flags:
    """Return which answers are wrong."""
    return np.asarray(p.argmax(axis=1) != labels)


def correlation(first: Flags, second: Flags) -> float:
    """Return how far two networks' mistakes are the same ones.

    It is the correlation coefficient of two columns of zeros and ones: 1 if all are the same, about
    0 if each makes its own (Kuncheva and Whitaker, "Measures of Diversity in Classifier Ensembles",
    Machine Learning 51, 2003). Without a mistake it is not defined, and 0 here.
    """
    both, neither = np.count_nonzero(first & second), np.count_nonzero(~first & ~second)
    only_first, only_second = np.count_nonzero(first & ~second), np.count_nonzero(~first & second)
    sides = (both + only_first, only_second + neither, both + only_second, only_first + neither)
    scale = math.sqrt(math.prod(sides))
    return (both * neither - only_first * only_second) / scale if scale else 0.0


def mcnemar(first: Flags, second: Flags) -> float:
    """Return the chance of a difference as large as that between two networks, were they equal.

    Images that both get right, or both wrong, say nothing about which is better. Were the networks
    equal, each of the others would be as likely the first one's mistake as the second one's
    (McNemar, Psychometrika 12, 1947; here exactly, from the binomial distribution).
    """
    only_first, only_second = (
        int(np.count_nonzero(each)) for each in (first & ~second, ~first & second)
    )  # integers of NumPy end at 2 ** 63
    n, fewer = only_first + only_second, min(only_first, only_second)
    chance: float = 2 * sum(math.comb(n, k) for k in range(fewer + 1)) / 2**n
    return min(1.0, chance)


def score(p: Floats, labels: Bytes) -> dict[str, Any]:
    """Return the number of mistakes, and the loss, which tells networks apart more finely."""
    return {"errors": int(mistakes(p, labels).sum()), "loss": round(loss_of(p, labels), 5)}


def pairs(answers: Answers, labels: Bytes) -> list[dict[str, Any]]:
    """Return how far every two networks agree."""
    return [
        {"networks": [one, other], **agreement(answers[one], answers[other], labels)}
        for one, other in combinations(answers, 2)
    ]


def agreement(first: Floats, second: Floats, labels: Bytes) -> dict[str, Any]:
    """Return how often two networks answer differently, and how often they are wrong together."""
    wrong = mistakes(first, labels), mistakes(second, labels)
    differ = first.argmax(axis=1) != second.argmax(axis=1)
    return {
        "differ": int(np.count_nonzero(differ)),
        "wrong_both": int(np.count_nonzero(wrong[0] & wrong[1])),
        "same_mistake": int(np.count_nonzero(wrong[0] & ~differ)),
        "correlation": round(correlation(*wrong), 3),
    }


def votes(answers: Answers, labels: Bytes) -> list[dict[str, Any]]:
    """Return the score of the vote of every two or more networks, in both ways."""
    groups = (group for size in range(2, len(answers) + 1) for group in combinations(answers, size))
    return [
        {"voters": list(group), "way": name, **score(way([answers[v] for v in group]), labels)}
        for group in groups
        for name, way in WAYS.items()
    ]


def comparison(answers: Answers, labels: Bytes) -> dict[str, Any]:
    """Return the networks one by one, in pairs, and in votes."""
    return {
        "images": len(labels),
        "networks": {name: score(p, labels) for name, p in answers.items()},
        "pairs": pairs(answers, labels),
        "votes": votes(answers, labels),
    }


def trained() -> list[tuple[str, int]]:
    """Return recipe and seed of every network whose weights are here."""
    return [(recipe, seed) for recipe in RECIPES for seed in seeds(recipe)]


def ask(networks: Sequence[tuple[str, int]], images: Floats) -> dict[str, Floats]:
    """Return the answers of trained networks to images of shape (n, 28, 28, 1)."""
    return {
        run_name(recipe, seed): probabilities(load(seed, recipe), images)
        for recipe, seed in networks
    }


def distorted(images: Floats) -> Floats:
    """Return images of shape (n, 28, 28, 1), each distorted as in the course's own training.

    Drawn digits are slanted, stretched and off the middle, too, unlike those of the file.
    """
    batches = np.array_split(images[..., 0], max(1, len(images) // RECIPE.batch))
    each = (distort(batch, RECIPE.distortion, [SEED, n]) for n, batch in enumerate(batches))
    return np.concatenate([np.asarray(batch) for batch in each])[..., None]


def main() -> None:
    """Compare all trained networks, write what was found, and print the best votes."""
    _, validation = training_parts(RECIPE.validation)
    images, labels = as_input(validation.images), validation.labels
    found = comparison(ask(trained(), images), labels)
    for name, p in ask(trained(), distorted(images)).items():
        found["networks"][name]["errors_distorted"] = int(mistakes(p, labels).sum())
    files.write_findings(paths.VALIDATION, found)
    for name, alone in found["networks"].items():
        print(f"{name}: {alone['errors']} errors, loss {alone['loss']}")
    for vote in sorted(found["votes"], key=lambda vote: vote["loss"])[:10]:
        print(f"{', '.join(vote['voters'])} ({vote['way']}): {vote['errors']}, loss {vote['loss']}")


if __name__ == "__main__":
    main()
