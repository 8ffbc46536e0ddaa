"""What a cell is for, read from its text."""

from autograder.notebook.cells import is_hidden_line, met_hidden_tests, without_hidden_tests


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


def test_a_loop_around_hidden_tests_meets_them_before_its_own_lines() -> None:
    hidden = "    ### BEGIN HIDDEN TESTS\n    c\n    ### END HIDDEN TESTS"
    source = f"a\nfor n in (1, 2):\n    b\n{hidden}"
    met = [met_hidden_tests(source, False, line) for line in range(1, 6)]
    assert met == [False, True, True, True, True]
    assert met_hidden_tests(f"%magic\n{source}", False, 1), "what cannot be read may have met them"
