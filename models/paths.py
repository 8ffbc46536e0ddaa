"""Where the files of the training lie."""

from pathlib import Path

HERE = Path(__file__).resolve().parent
DATA = HERE.parent / "data" / "mnist.npz"
LOGS = HERE / "logs"
"""One file of JSON lines per run, one line per epoch."""
RUNS = HERE / "runs"
"""Checkpoints of unfinished and finished runs; not part of the repository."""
WEIGHTS = HERE / "weights"
"""The trained networks, one file each."""
VALIDATION = HERE / "validation.json"
"""What networks and votes do on the validation images."""
FOLDS = HERE / "folds.json"
"""What kinds of networks and their votes do on all training images, each image unseen."""
COMPARISON = HERE / "comparison.jsonl"
"""What variants of the recipe do on training images that they have not seen, one a line."""
RESULTS = HERE / "results.json"
"""What the evaluation found on the test part."""
