"""The grader is for any course: it names neither a chapter of this one nor what that is about."""

import re
from pathlib import Path

import pytest

from tests.support.tiny_course import REPOSITORY

OURS = re.compile(
    r"\bq[1-9]\b|question [1-9]|tensorflow|\bkeras\b|convolution|alexnet|mnist|nine.questions"
    r"|\bbook/|\b(?:of|for|this) (?:the )?book\b|`make (?!check)",
    re.IGNORECASE,
)
# What crosses between the processes of one library's models and tensors, and the silence and the
# warmth that this course's configuration asks for: notebooks and courses find all of them by these
# addresses.
BY_NAME = ("sandbox/keras_values.py", "quiet_tensorflow.py", "warm_tensorflow.py")
GRADER = REPOSITORY / "autograder"
FILES = [
    path
    for path in sorted(GRADER.rglob("*"))
    if path.suffix in (".py", ".j2", ".js", ".md", ".toml")
    and path.relative_to(GRADER).as_posix() not in BY_NAME
]


def test_the_expression_finds_what_it_is_for() -> None:
    assert all((GRADER / each).is_file() for each in BY_NAME)
    assert OURS.search((GRADER / BY_NAME[0]).read_text(encoding="utf-8"))
    assert len(FILES) > 100


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(GRADER).as_posix())
def test_a_file_names_nothing_of_this_course(path: Path) -> None:
    found = [line for line in path.read_text(encoding="utf-8").splitlines() if OURS.search(line)]
    assert found == []
