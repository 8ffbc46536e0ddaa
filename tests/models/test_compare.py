"""Variants of the recipe are judged on images they have not seen, and counted in pairs."""

import json
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from models import compare, paths
from models.data import Floats, as_input, training_parts
from models.network import build


def test_a_variant_is_judged_on_all_images_it_was_not_trained_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    everything, _ = training_parts(validation=0)
    trained = []

    def train(recipe: Any, seed: int, name: str, images: int, teachers: Any) -> SimpleNamespace:
        trained.append((name, images, recipe.validation))
        return SimpleNamespace(average=None)

    def probabilities(network: Any, images: Floats) -> Floats:
        """Stand in for a network: all answers are right, but for those at 10,000 and 59,999."""
        np.testing.assert_array_equal(images[:100], as_input(everything.images[10_000:10_100]))
        p = np.eye(10, dtype=np.float32)[everything.labels[10_000:]]
        p[[0, -1]] = np.roll(p[[0, -1]], 1, axis=1)
        return p

    monkeypatch.setattr(compare, "train", train)
    monkeypatch.setattr(compare, "probabilities", probabilities)
    found = compare.judge("base")
    # What it looks at after each epoch is not what it is trained on, either.
    assert trained == [("compare-base", 10_000, 1_000)]
    assert (found["errors"], found["mistakes"]) == (2, [10_000, 59_999])
    assert found["loss"] == pytest.approx(2 * 30 * np.log(10) / 50_000, abs=1e-5)


def test_teachers_are_trained_first_and_teach_with_their_averaged_weights(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    learns = {"taught": ("one", "other"), "one": (), "other": ()}
    recipes = {name: replace(compare.BASE, teachers=each) for name, each in learns.items()}
    monkeypatch.setattr(compare, "VARIANTS", recipes)
    order = []

    class Network:
        """Stand in for a network: one weight."""

        def __init__(self, weight: str) -> None:
            self.weight = weight

        def get_weights(self) -> str:
            return self.weight

        def set_weights(self, weight: str) -> None:
            self.weight = weight

    def train(recipe: Any, seed: int, name: str, images: int, teachers: Any) -> SimpleNamespace:
        order.append((name, [teacher.weight for teacher in teachers]))
        return SimpleNamespace(network=Network(name), average=Network(f"average of {name}"))

    monkeypatch.setattr(compare, "train", train)
    compare.trained("taught")
    assert order == [
        ("compare-one", []),
        ("compare-other", []),
        ("compare-taught", ["average of compare-one", "average of compare-other"]),
    ]


def test_what_was_judged_is_not_judged_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(paths, "COMPARISON", tmp_path / "comparison.jsonl")
    assert compare.found() == {}
    judged = []

    def judge(name: str) -> compare.Found:
        judged.append(name)
        return {"variant": name, "errors": 0, "loss": 0.0, "mistakes": []}

    monkeypatch.setattr(compare, "judge", judge)
    compare.main()
    compare.main()
    assert judged == list(compare.found()) == list(compare.VARIANTS)


def test_variants_are_counted_beside_the_base() -> None:
    base, other = {"mistakes": [10_000, 10_001, 10_002]}, {"mistakes": [10_002, 59_999]}
    assert compare.beside(other, base) == {"mended": 2, "new": 1, "chance": 1.0}
    assert compare.beside(base, base) == {"mended": 0, "new": 0, "chance": 1.0}


def test_every_variant_was_judged_and_is_small_enough() -> None:
    found = compare.found()
    assert set(found) == set(compare.VARIANTS)
    for line in found.values():
        assert line["errors"] == len(set(line["mistakes"]))
        assert compare.IMAGES <= min(line["mistakes"]) <= max(line["mistakes"]) < 60_000
    assert all(build(each).count_params() <= 1_000_000 for each in compare.VARIANTS.values())


def test_a_line_fits_on_a_line() -> None:
    text = paths.COMPARISON.read_text(encoding="utf-8")
    assert [json.dumps(line) for line in compare.found().values()] == text.splitlines()
