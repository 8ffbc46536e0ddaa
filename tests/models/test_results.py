"""The committed weights, results, logs and README say the same."""

import json
from typing import Any

import keras
import numpy as np
import pytest

from models import data, evaluate, paths
from models.data import Floats, Part, as_input
from models.evaluate import longer_of, shifted, verdict, vote_of, wilson
from models.markdown import fill
from models.network import build, load, run_name, seeds
from models.recipe import RECIPES
from models.score import probabilities
from models.side_by_side import load_document, load_short
from models.tables import READMES, read_log, results_table, tables, title, without_longer
from models.vote import VOTERS, WAY, trained


@pytest.fixture(scope="module")
def results() -> dict[str, Any]:
    """Return what `models.evaluate` wrote."""
    found = json.loads(paths.RESULTS.read_text())
    assert isinstance(found, dict)
    return found


@pytest.fixture(scope="module")
def test() -> Part:
    """Return the test part."""
    return data.test_part()


def test_the_network_has_at_most_a_million_parameters() -> None:
    assert build().count_params() <= 1_000_000


def test_every_trained_seed_is_evaluated(results: dict[str, Any]) -> None:
    trained = [str(seed) for seed in seeds()]
    assert trained
    assert list(results["seeds"]) == list(results["seeds_with_shifts"]) == trained


def test_three_seeds_reach_what_the_course_promises(results: dict[str, Any]) -> None:
    assert len(results["seeds"]) >= 3
    assert results["mean_accuracy"] >= 0.9970


@pytest.mark.parametrize("seed", seeds())
def test_weights_reproduce_the_mistakes(seed: int, results: dict[str, Any], test: Part) -> None:
    """On all images that some network gets wrong, and a thousand others."""
    listed = {m["image"]: m for m in results["seeds"][str(seed)]["wrong"]}
    hard = {m["image"] for found in results["seeds"].values() for m in found["wrong"]}
    sample = np.array(sorted(hard | set(range(0, 10_000, 10))))
    p = probabilities(load(seed), as_input(test.images[sample]))
    for place, answer, label in zip(sample, p.argmax(axis=1), test.labels[sample], strict=True):
        assert (int(place) in listed) == (answer != label), place
        if int(place) in listed:
            assert listed[int(place)]["answer"] == answer
            assert listed[int(place)]["label"] == label


@pytest.mark.parametrize(("recipe", "load_it"), [("document", load_document), ("ours", load_short)])
def test_side_by_side_weights_reproduce_the_mistakes(
    recipe: str, load_it: Any, results: dict[str, Any], test: Part
) -> None:
    found = results["side_by_side"][recipe]
    wrong = [m["image"] for m in found["wrong"]]
    answers = load_it().predict(as_input(test.images[wrong]), verbose=0).argmax(axis=1)
    assert answers.tolist() == [m["answer"] for m in found["wrong"]]
    assert len(wrong) == found["errors"]


def test_every_network_beats_the_document(results: dict[str, Any]) -> None:
    document = results["side_by_side"]["document"]["errors"]
    assert 2 * results["side_by_side"]["ours"]["errors"] <= document
    assert all(2 * found["errors"] < document for found in results["seeds"].values())


def test_side_by_side_took_no_more_time() -> None:
    document, ours = read_log("document"), read_log("short")
    assert sum(line["seconds"] for line in ours) <= sum(line["seconds"] for line in document)


@pytest.mark.parametrize(("name", "seed"), trained())
def test_logs_are_of_the_recipe(name: str, seed: int) -> None:
    recipe, log = RECIPES[name], read_log(run_name(name, seed))
    assert [line["epoch"] for line in log] == list(
        range(1, recipe.epochs + recipe.clean_epochs + 1)
    )
    # 90 minutes on two cores
    assert sum(line["cpu_seconds"] for line in log) <= 2 * 90 * 60


def test_both_readmes_show_the_results() -> None:
    """Else run `python -m models.tables`."""
    new = tables()
    ours, first = (path.read_text() for path in READMES)
    assert all(f"<!-- {name} -->\n{new[name]}\n" in ours for name in new)
    assert f"<!-- results -->\n{new['results']}\n" in first
    assert (fill(ours, new), fill(first, new)) == (ours, first)


def test_all_voters_fit_in_ten_megabytes() -> None:
    files = [paths.WEIGHTS / f"{run_name(*network)}.npz" for network in VOTERS]
    assert files
    assert sum(file.stat().st_size for file in files) <= 10_000_000


def test_every_trained_network_was_asked_about_the_validation_images() -> None:
    """Else run `python -m models.vote`."""
    found = json.loads(paths.VALIDATION.read_text())
    assert list(found["networks"]) == [run_name(*network) for network in trained()]
    for name, alone in found["networks"].items():
        end = read_log(name)[-1]
        # The weights were rounded to 16 bits since.
        assert abs(alone["errors"] - 5_000 * (1 - end["validation_accuracy"])) < 1.5
        assert alone["loss"] == pytest.approx(end["validation_loss"], abs=1e-4)


def test_those_vote_whose_vote_had_the_lowest_loss_on_the_validation_images() -> None:
    found = without_longer(json.loads(paths.VALIDATION.read_text()))
    best = min(found["votes"], key=lambda vote: vote["loss"])
    assert (best["voters"], best["way"]) == ([run_name(*network) for network in VOTERS], WAY)


def test_a_vote_is_judged_beside_its_voters(
    monkeypatch: pytest.MonkeyPatch, results: dict[str, Any]
) -> None:
    part = Part(np.zeros((3, 28, 28), np.uint8), np.array([0, 1, 2], np.uint8))
    p = np.eye(10, dtype=np.float32)
    answers = {"seed-1": p[[0, 1, 3]], "5x5-seed-1": p[[0, 1, 2]], "7x7-seed-2": p[[4, 1, 2]]}
    monkeypatch.setattr(evaluate, "ask", lambda networks, images: answers)
    assert vote_of([], p[[0, 1, 3]], part) == {}
    found = vote_of([("3x3", 1), ("5x5", 1), ("7x7", 2)], p[[0, 1, 3]], part)
    vote = found["vote"]
    assert vote["errors"] == 0
    assert vote["chance_if_equal_to_ensemble"] == 1  # of one image nothing follows
    assert [voter["errors"] for voter in vote["voters"].values()] == [1, 0, 1]
    assert [each["differ"] for each in vote["pairs"]] == [1, 2, 1]
    # The course's networks have their rows already.
    rows = results_table({**results, **found}).splitlines()
    assert [row.split(" | ")[0] for row in rows[-3:]] == [
        "| 5 × 5, seed 1",
        "| 7 × 7, seed 2",
        "| vote of 3",
    ]
    assert {row.count("|") for row in rows} == {8}


def test_those_trained_longer_are_judged_alone_and_together(results: dict[str, Any]) -> None:
    part = Part(np.zeros((3, 28, 28), np.uint8), np.array([0, 1, 2], np.uint8))
    p = np.eye(10, dtype=np.float32)
    unsure = p[[0, 1, 2]] / np.float32(2)
    answers: dict[str, Floats] = {"long-seed-1": p[[0, 1, 3]], "long-seed-2": unsure}
    assert longer_of({}, p[[0, 1, 2]], part) == {}
    found = longer_of(answers, p[[4, 1, 2]], part)
    longer = found["longer"]
    assert [each["errors"] for each in longer["networks"].values()] == [1, 0]
    assert longer["mean_accuracy"] == round(5 / 6, 6)
    assert longer["ensemble"]["errors"] == 1  # the first one is surer
    assert longer["chance_if_equal_to_ensemble"] == 1
    rows = results_table({**results, **found}).splitlines()
    names = [row.split(" | ")[0] for row in rows]
    first = names.index("| longer, seed 1")
    assert names[first : first + 4] == [
        "| longer, seed 1",
        "| longer, seed 2",
        "| mean of the longer ones",
        "| ensemble of the longer ones",
    ]
    assert {row.count("|") for row in rows} == {8}


def test_titles_of_runs() -> None:
    titles = [title(name) for name in ("seed-1", "long-seed-2", "5x5-seed-12")]
    assert titles == ["seed 1", "longer, seed 2", "5 × 5, seed 12"]


def test_wilson_is_the_known_interval() -> None:
    low, high = wilson(9_871, 10_000)
    assert (round(low, 4), round(high, 4)) == (0.9847, 0.9891)
    assert wilson(20, 20) == pytest.approx((0.8389, 1), abs=1e-4)


def test_verdict_counts_and_lists() -> None:
    part = Part(np.zeros((3, 28, 28), np.uint8), np.array([0, 1, 2], np.uint8))
    p = np.eye(10, dtype=np.float32)[[0, 7, 2]] * np.float32(0.9)
    found = verdict(p, part)
    assert found["errors"] == 1
    assert found["accuracy"] == pytest.approx(2 / 3, abs=1e-6)
    assert found["wrong"] == [{"image": 1, "label": 1, "answer": 7, "confidence": 0.9}]


@pytest.mark.parametrize(
    ("down", "right", "expected"),
    [
        (0, 0, [[1, 2, 3], [4, 5, 6]]),
        (1, 0, [[0, 0, 0], [1, 2, 3]]),
        (-1, 1, [[0, 4, 5], [0, 0, 0]]),
        (0, -2, [[3, 0, 0], [6, 0, 0]]),
    ],
)
def test_shifted_lets_black_come_in(down: int, right: int, expected: list[list[int]]) -> None:
    image = np.array([[1, 2, 3], [4, 5, 6]], np.float32)[None, ..., None]
    np.testing.assert_array_equal(shifted(image, down, right)[0, ..., 0], expected)


def test_plain_layers_only() -> None:
    """The page's own runtime must know every layer."""
    kinds = {type(layer) for layer in build().layers} - {keras.layers.InputLayer}
    assert kinds == {
        keras.layers.Conv2D,
        keras.layers.BatchNormalization,
        keras.layers.ReLU,
        keras.layers.MaxPooling2D,
        keras.layers.GlobalAveragePooling2D,
        keras.layers.Dense,
    }
