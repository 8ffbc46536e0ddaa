"""Text of students, without what nobody sees."""

import pytest

from autograder.notebook.markup import plain


@pytest.mark.parametrize(
    "text",
    [
        "👩\u200d🔬",
        "👩🏽\u200d🔬",
        "🏳\ufe0f\u200d🌈",
        "👨\u200d👩\u200d👧",
        "❤\ufe0f\u200d🔥",
        "a\tb\n",
        "ñ é 中",
    ],
)
def test_what_is_seen_stays(text: str) -> None:
    assert plain(text) == text


@pytest.mark.parametrize(
    "hidden",
    ["\u200d", "\u200b", "\u202e", "\u2066", "\ufeff", "\U000e0041", "\x1b[31m", "\0", "\x9b"],
)
@pytest.mark.parametrize(("before", "after"), [("a", "b"), ("", ""), ("👩", "b"), ("a", "👩")])
def test_what_is_not_seen_goes(before: str, hidden: str, after: str) -> None:
    assert plain(before + hidden + after) == before + after
    assert plain(before + hidden * 3 + after) == before + after
