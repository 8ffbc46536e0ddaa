"""What a chapter reads from a log was run with several seeds, and each run is there once."""

import json
from collections import Counter
from pathlib import Path

import pytest

LOGS = sorted(Path("experiments/logs").glob("*.jsonl"))


def cases(log: Path) -> list[dict[str, object]]:
    """Return what was tried in each run: a line's entries up to the seed."""
    tried = []
    for line in log.read_text(encoding="utf-8").splitlines():
        entries = list(json.loads(line).items())
        names = [name for name, _ in entries]
        tried.append(dict(entries[: names.index("seed") + 1]))
    return tried


def test_there_are_logs() -> None:
    assert LOGS


@pytest.mark.parametrize("log", LOGS, ids=lambda log: log.stem)
def test_each_case_was_run_with_three_seeds_or_more(log: Path) -> None:
    seeds = Counter(json.dumps(case | {"seed": None}) for case in cases(log))
    assert min(seeds.values()) >= 3


@pytest.mark.parametrize("log", LOGS, ids=lambda log: log.stem)
def test_no_run_is_logged_twice(log: Path) -> None:
    assert max(Counter(map(json.dumps, cases(log))).values()) == 1
