"""How far networks agree is measured as the books say, and votes are what they should be."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from models.data import Floats
from models.files import same, write_findings
from models.vote import (
    Flags,
    comparison,
    correlation,
    distorted,
    mcnemar,
    mean,
    product,
    votes,
)

LABELS = np.array([0, 1, 2, 3], np.uint8)


def flags(text: str) -> Flags:
    """Return true where the text has an x."""
    return np.array([letter == "x" for letter in text])


def sure(answers: list[int], confidence: float) -> Floats:
    """Return probabilities: one answer for each image, what is left shared by the others."""
    p = np.full((len(answers), 10), (1 - confidence) / 9, np.float32)
    p[np.arange(len(answers)), answers] = confidence
    return p


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("xx..", "xx..", 1),
        ("xx..", "..xx", -1),
        ("xx..", "x.x.", 0),
        ("x...", "....", 0),  # not defined
        ("xxx.......", "xx.x......", (2 * 6 - 1) / 21),
    ],
)
def test_correlation_of_mistakes(first: str, second: str, expected: float) -> None:
    assert correlation(flags(first), flags(second)) == pytest.approx(expected)
    assert correlation(flags(second), flags(first)) == pytest.approx(expected)


def test_correlation_is_that_of_columns_of_zeros_and_ones() -> None:
    first, second = np.random.default_rng(0).random((2, 500)) < 0.2
    assert correlation(first, second) == pytest.approx(np.corrcoef(first, second)[0, 1])


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("xxx....", "xxx....", 1),
        ("x.", ".x", 1),
        ("xxxxx", ".....", 2 / 2**5),
        ("xxxxx.x", ".....xx", 2 * (1 + 6) / 2**6),
    ],
)
def test_mcnemar_is_the_exact_one(first: str, second: str, expected: float) -> None:
    assert mcnemar(flags(first), flags(second)) == pytest.approx(expected)


def test_mcnemar_counts_beyond_64_bits() -> None:
    first = flags("x" * 70 + "." * 30)
    assert mcnemar(first, ~first) == pytest.approx(7.85e-5, rel=1e-3)


def test_a_vote_of_different_minds_helps_and_one_of_equals_does_not() -> None:
    answers = {
        "one": sure([0, 1, 2, 9], 0.6),
        "same": sure([0, 1, 2, 9], 0.6),
        "other": sure([0, 1, 8, 3], 0.9),
        "third": sure([7, 1, 2, 3], 0.6),
    }
    found = comparison(answers, LABELS)
    assert {name: alone["errors"] for name, alone in found["networks"].items()} == dict.fromkeys(
        answers, 1
    )
    errors = {tuple(v["voters"]): v["errors"] for v in found["votes"] if v["way"] == "mean"}
    assert errors["one", "same"] == 1
    assert errors["one", "other", "third"] == 0
    assert len(errors) == 2**4 - 1 - 4
    pairs = {tuple(each["networks"]): each for each in found["pairs"]}
    assert pairs["one", "same"] == {
        "networks": ["one", "same"],
        "differ": 0,
        "wrong_both": 1,
        "same_mistake": 1,
        "correlation": 1.0,
    }
    assert pairs["one", "other"]["differ"] == 2
    assert pairs["one", "other"]["correlation"] < 0


def test_the_product_has_a_veto_and_both_ways_are_probabilities() -> None:
    likely, certain = sure([1], 0.9), sure([2], 1.0)
    assert product([likely, likely, certain])[0].argmax() == 2
    assert mean([likely, likely, certain])[0].argmax() == 1
    for way in (mean, product):
        p = way([likely, sure([3], 0.5)])
        assert p.sum(axis=1) == pytest.approx(1)
        np.testing.assert_allclose(way([likely, likely]), likely, rtol=1e-5)
    assert [vote["way"] for vote in votes({"a": likely, "b": likely}, LABELS[1:2])] == [
        "mean",
        "product",
    ]


def test_distorted_images_are_others_and_the_same_each_time() -> None:
    images = np.zeros((130, 28, 28, 1), np.float32)
    images[:, 8:20, 12:16] = 1
    found = distorted(images)
    assert found.shape == images.shape
    assert 0 <= found.min() < found.max() <= 1
    assert all(np.abs(one - other).max() > 0.1 for one, other in zip(found, images, strict=True))
    np.testing.assert_array_equal(found, distorted(images))


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        ({"wrong": [{"image": 7, "confidence": 0.8123}], "errors": 1}, True),
        ({"wrong": [{"image": 7, "confidence": 0.8124}], "errors": 1}, True),
        ({"wrong": [{"image": 7, "confidence": 0.8125}], "errors": 1}, False),
        ({"wrong": [{"image": 8, "confidence": 0.8123}], "errors": 1}, False),
        ({"wrong": [], "errors": 1}, False),
        ({"wrong": [{"image": 7, "confidence": 0.8123}], "errors": 2}, False),
        ({"wrong": [{"image": 7, "confidence": 0.8123}]}, False),
        ({"errors": 1, "wrong": [{"image": 7, "confidence": 0.8123}]}, False),
    ],
)
def test_findings_that_differ_by_rounding_alone_leave_the_file(
    new: Any, expected: bool, tmp_path: Path
) -> None:
    old = {"wrong": [{"image": 7, "confidence": 0.8123}], "errors": 1}
    assert same(old, new) == expected
    path = tmp_path / "findings.json"
    write_findings(path, old)
    before = path.read_bytes()
    write_findings(path, new)
    assert (path.read_bytes() == before) == expected
    assert same(json.loads(path.read_text()), new)
