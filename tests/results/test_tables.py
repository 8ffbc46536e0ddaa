"""Cells of the tables that spreadsheets open."""

import pytest

from autograder.results.grades_table import plain_cell


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@sum", "=cmd|' /C calc'!A0"])
def test_formulas_become_text(text: str) -> None:
    assert plain_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "ok", "1-2", "none (trusted)"])
def test_text_stays(text: str) -> None:
    assert plain_cell(text) == text
