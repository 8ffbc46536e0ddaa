"""A log of runs: one line of JSON each, what was tried first and then what came out."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import keras
import numpy as np

from models.data import Floats

ROOT = Path(__file__).resolve().parents[1]


def digits(part: str, count: int) -> tuple[Floats, Any]:
    """Return the first images of MNIST's "train" or "test" part, from 0 to 1, and their labels."""
    with np.load(ROOT / "data/mnist.npz") as data:
        images, labels = data[f"x_{part}"][:count], data[f"y_{part}"][:count]
    return images[..., None].astype("float32") / np.float32(255), labels


def run_all(log: str, cases: Iterable[dict[str, Any]], run: Callable[..., dict[str, Any]]) -> None:
    """Run each case that the log does not have yet; the case's seed is set before."""
    path = ROOT / "experiments/logs" / f"{log}.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    done = [json.loads(line) for line in lines]
    for case in cases:
        if any(case.items() <= line.items() for line in done):
            continue
        keras.utils.set_random_seed(case["seed"])
        line = json.dumps(case | run(**case))
        with path.open("a", encoding="utf-8") as file:
            file.write(line + "\n")
        print(line, flush=True)
        keras.backend.clear_session()
