"""Read the test part and write what was found: `python -m models.evaluate`.

Nothing that chooses opens the test part. This decides nothing: the recipe was fixed, and the
networks trained, before. It reads the committed weights and writes `models/results.json`.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from models import files, paths
from models.data import Floats, Part, as_input, test_part
from models.network import load, seeds
from models.score import probabilities
from models.side_by_side import SEED, load_document, load_short
from models.vote import VOTERS, WAY, WAYS, ask, mcnemar, mean, mistakes, pairs

SHIFTS = (-1, 0, 1)
"""Test-time augmentation averages the answers to all pairs of these shifts, in pixels."""


def wilson(right: int, n: int, z: float = 1.959964) -> tuple[float, float]:
    """Return Wilson's interval for the share of which `right` of `n` were seen.

    The default `z` makes it one of 95% (Wilson, Journal of the American Statistical
    Association 22, 1927).
    """
    seen, widen = right / n, 1 + z * z / n
    middle = (seen + z * z / (2 * n)) / widen
    half = z * math.sqrt(seen * (1 - seen) / n + z * z / (4 * n * n)) / widen
    return middle - half, middle + half


def shifted(images: Floats, down: int, right: int) -> Floats:
    """Return images of shape (n, height, width, 1) shifted by whole pixels; black comes in."""
    height, width = images.shape[1:3]
    margin = max(abs(down), abs(right))
    framed = np.pad(images, ((0, 0), (margin, margin), (margin, margin), (0, 0)))
    top, left = margin - down, margin - right
    return framed[:, top : top + height, left : left + width]


def verdict(p: Floats, part: Part) -> dict[str, Any]:
    """Return the accuracy of probabilities of shape (n, 10), its interval, and each mistake."""
    answers = p.argmax(axis=1)
    wrong = np.flatnonzero(answers != part.labels)
    low, high = wilson(len(part) - len(wrong), len(part))
    return {
        "errors": len(wrong),
        "accuracy": round(1 - len(wrong) / len(part), 6),
        "interval": [round(low, 6), round(high, 6)],
        "wrong": [
            {
                "image": int(i),
                "label": int(part.labels[i]),
                "answer": int(answers[i]),
                "confidence": round(float(p[i].max()), 4),
            }
            for i in wrong
        ],
    }


def evaluate(part: Part) -> dict[str, Any]:
    """Return the verdicts on all trained networks, alone and together."""
    images = as_input(part.images)
    moved = [(down, right) for down in SHIFTS for right in SHIFTS]
    plain, averaged = [], []
    for seed in seeds():
        network = load(seed)
        at_shift = {by: probabilities(network, shifted(images, *by)) for by in moved}
        plain.append(at_shift[0, 0])
        averaged.append(np.mean(list(at_shift.values()), axis=0))
    alone = {str(seed): verdict(p, part) for seed, p in zip(seeds(), plain, strict=True)}
    alone_averaged = {str(s): verdict(p, part) for s, p in zip(seeds(), averaged, strict=True)}
    ensemble = np.mean(plain, axis=0)
    longer = ask([("long", seed) for seed in seeds("long")], images)
    return {
        "images": len(part),
        "seeds": alone,
        "seeds_with_shifts": alone_averaged,
        "mean_accuracy": mean_accuracy(alone),
        "mean_accuracy_with_shifts": mean_accuracy(alone_averaged),
        "ensemble": verdict(ensemble, part),
        "ensemble_with_shifts": verdict(np.mean(averaged, axis=0), part),
        "side_by_side": {
            "seed": SEED,
            "document": verdict(load_document().predict(images, batch_size=500, verbose=0), part),
            "ours": verdict(probabilities(load_short(), images), part),
        },
        **longer_of(longer, ensemble, part),
        **vote_of(VOTERS, ensemble, part),
    }


def mean_accuracy(found: Mapping[str, dict[str, Any]]) -> float:
    """Return the mean of the accuracies of several verdicts."""
    return round(float(np.mean([each["accuracy"] for each in found.values()])), 6)


def longer_of(
    longer: Mapping[str, Floats], ensemble: Floats, part: Part
) -> dict[str, dict[str, Any]]:
    """Return the verdicts on the networks that were trained longer; of none, nothing.

    They are given by their answers. `ensemble` has those of the ensemble that theirs is compared
    with.
    """
    if not longer:
        return {}
    alone = {name: verdict(p, part) for name, p in longer.items()}
    theirs = mean(list(longer.values()))
    return {
        "longer": {
            "networks": alone,
            "mean_accuracy": mean_accuracy(alone),
            "ensemble": verdict(theirs, part),
            "chance_if_equal_to_ensemble": chance_if_equal(theirs, ensemble, part),
        }
    }


def chance_if_equal(one: Floats, other: Floats, part: Part) -> float:
    """Return by McNemar's test how likely two equally good votes differ as much as these do."""
    return round(mcnemar(mistakes(one, part.labels), mistakes(other, part.labels)), 4)


def vote_of(
    networks: Sequence[tuple[str, int]], ensemble: Floats, part: Part
) -> dict[str, dict[str, Any]]:
    """Return the verdicts on networks of several kinds and on their vote; of none, nothing.

    `ensemble` has the probabilities of the ensemble that the vote is compared with.
    """
    if not networks:
        return {}
    answers = ask(networks, as_input(part.images))
    vote = WAYS[WAY](list(answers.values()))
    return {
        "vote": {
            **verdict(vote, part),
            "way": WAY,
            "chance_if_equal_to_ensemble": chance_if_equal(vote, ensemble, part),
            "voters": {name: verdict(p, part) for name, p in answers.items()},
            "pairs": pairs(answers, part.labels),
        }
    }


def main() -> None:
    """Evaluate, write the results, and print the figures."""
    results = evaluate(test_part())
    files.write_findings(paths.RESULTS, results)
    for name in ("seeds", "seeds_with_shifts"):
        for seed, found in results[name].items():
            print(f"{name} {seed}: {found['accuracy']:.2%}, {found['errors']} errors")
    for name, found in results.get("longer", {"networks": {}})["networks"].items():
        print(f"{name}: {found['accuracy']:.2%}, {found['errors']} errors")
    for name in ("ensemble", "ensemble_with_shifts", *(["vote"] if VOTERS else [])):
        print(f"{name}: {results[name]['accuracy']:.2%}, {results[name]['errors']} errors")


if __name__ == "__main__":
    main()
