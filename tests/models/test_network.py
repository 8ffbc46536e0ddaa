"""Networks of every kind have the shapes and sizes that their recipes say."""

from dataclasses import replace
from pathlib import Path
from typing import Literal

import numpy as np
import pytest

from models import paths
from models.network import build, load, run_name, save, seeds
from models.recipe import RECIPES, Recipe

SMALL = replace(RECIPES["5x5"], stages=((2, 3), (4,)), kernel=3, validation=0)
"""Without padding and yet with pooling: 28, 26, 24, pooled 12, then 10 pixels."""


def sides(recipe: Recipe) -> list[int]:
    """Return height and width of the maps after each convolution."""
    found, side = [], 28
    for stage in range(len(recipe.stages)):
        side //= 2 if stage else 1
        for _ in recipe.stages[stage]:
            side -= recipe.kernel - 1 if recipe.padding == "valid" else 0
            found.append(side)
    return found


def parameters(recipe: Recipe) -> int:
    """Return how many there are, by the formulas of question 2, for networks with batch norm."""
    widths = [filters for stage in recipe.stages for filters in stage]
    kernels = sum(
        recipe.kernel**2 * before * after
        for before, after in zip([1, *widths], widths, strict=False)
    )
    norms = 4 * sum(widths)  # factor, summand, mean and variance
    if recipe.head == "average":
        return kernels + norms + widths[-1] * 10 + 10
    return kernels + norms + sides(recipe)[-1] ** 2 * widths[-1] * 10 + 4 * 10


@pytest.mark.parametrize("recipe", [*RECIPES.values(), SMALL], ids=[*RECIPES, "small"])
def test_shapes_and_parameters(recipe: Recipe) -> None:
    network = build(recipe)
    convolutions = [layer for layer in network.layers if layer.name.startswith("conv")]
    assert [layer.output.shape[1:3] for layer in convolutions] == [
        (side, side) for side in sides(recipe)
    ]
    assert network.count_params() == parameters(recipe)
    assert network.output.shape == (None, 10)
    assert network.output.dtype == "float32"


@pytest.mark.parametrize(
    ("name", "millions"),
    [("3x3", 44), ("long", 44), ("5x5", 137), ("7x7", 148)],
)
def test_multiply_adds_an_image(name: str, millions: int) -> None:
    recipe = RECIPES[name]
    widths = [filters for stage in recipe.stages for filters in stage]
    each = (
        side**2 * recipe.kernel**2 * before * after
        for side, before, after in zip(sides(recipe), [1, *widths], widths, strict=False)
    )
    assert round(sum(each) / 1e6) == millions


@pytest.mark.parametrize("arithmetic", ["float32", "mixed_bfloat16"])
def test_weights_are_32_bit_whatever_it_computes_in(
    arithmetic: Literal["float32", "mixed_bfloat16"],
) -> None:
    network = build(replace(SMALL, arithmetic=arithmetic))
    assert {variable.dtype for variable in network.weights} == {"float32"}
    assert {layer.compute_dtype for layer in network.layers if layer.name.startswith("conv")} == {
        arithmetic.removeprefix("mixed_")
    }


def test_networks_are_found_by_recipe_and_seed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "WEIGHTS", tmp_path)
    monkeypatch.setitem(RECIPES, "small", SMALL)
    assert [run_name(name, 1) for name in ("3x3", "5x5")] == ["seed-1", "5x5-seed-1"]
    assert seeds() == seeds("small") == []
    with pytest.raises(FileNotFoundError):
        load(1, "small")
    network = build(SMALL)
    for seed in (10, 2):
        save(network, run_name("small", seed))
    assert (seeds(), seeds("small"), seeds("5x5")) == ([], [2, 10], [])
    image = np.random.default_rng(0).random((1, 28, 28, 1)).astype(np.float32)
    # Loaded, it computes in 32 bits; trained, it did in 16.
    np.testing.assert_allclose(load(2, "small")(image), network(image), atol=0.05)
