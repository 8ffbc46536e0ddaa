"""A long call in what a check says is laid out, and nothing of it is lost."""

import ast

from hypothesis import given
from hypothesis import strategies as st

from autograder.results.laid_out import laid_out

LAYERS = "{'filters': 100, 'kernel': 3}, {'filters': 200, 'kernel': 3}"


def test_a_long_call_has_its_arguments_below_each_other() -> None:
    said = laid_out(
        f"network_parameters(3, [{LAYERS}], padding='same (all)') returned 5,400. 3 × 3."
    )
    assert said.splitlines() == [
        "network_parameters(",
        "  3,",
        "  [",
        "    {'filters': 100, 'kernel': 3},",
        "    {'filters': 200, 'kernel': 3},",
        "  ],",
        "  padding='same (all)',",
        ") returned 5,400. 3 × 3.",
    ]


def test_what_is_short_or_no_call_stays() -> None:
    for words in (
        "conv_parameters(5, 3, 8) returned 208.",
        "Not answered yet.",
        "",
        "In a check that is not shown, your code stops with ValueError (line 3).",
        f"size(… , [{LAYERS}], [{LAYERS}]) returned 3.",
        f"size([{LAYERS}], [{LAYERS}",  # cut off
    ):
        assert laid_out(words) == words


@given(st.lists(st.recursive(st.integers() | st.text(), st.lists, max_leaves=30), max_size=4))
def test_it_says_the_same(arguments: list[object]) -> None:
    call = f"f({', '.join(map(ascii, arguments))})"
    said = laid_out(f"{call} returned 7. (Why?)")
    assert said.endswith(" returned 7. (Why?)")
    assert ast.dump(ast.parse(said.removesuffix(" returned 7. (Why?)"))) == ast.dump(
        ast.parse(call)
    )
