"""What a cell is for, read from its text."""

from autograder.notebook.cells import is_hidden_line, without_hidden_tests


def test_hidden_lines() -> None:
    source = "a\n### BEGIN HIDDEN TESTS\nb\n### END HIDDEN TESTS\nc"
    assert [is_hidden_line(source, line) for line in range(1, 6)] == [
        False,
        True,
        True,
        True,
        False,
    ]
    assert is_hidden_line(source, None)
    assert is_hidden_line(source, 99)
    assert not is_hidden_line("a", None)
    assert without_hidden_tests(source) == "a\nc"
