"""Damaged frames give a value or are refused; `make fuzz` reads a million."""

from tests.sandbox.fuzz_wire import read


def test_damaged_frames_are_refused_or_read() -> None:
    taken, refused = read(10_000, seed=2026)
    assert min(taken, refused) > 1_000  # it damages enough, and not too much
