"""A crash in a hidden test: the student is told the error and their own line, and nothing else."""

import pytest

from autograder.authoring.release import template
from autograder.notebook import notebooks
from autograder.results import assess
from autograder.results.hint_wording import for_student
from autograder.submissions.rebuild import Rebuilt, rebuild
from tests.support import tiny_course
from tests.support.tasks import run_once, task

TEST = (
    "from autograder import checks\nchecks.returns(double, (1,), 2)\n### BEGIN HIDDEN TESTS\n"
    "checks.returns(double, (41_777,), 83_554)\n### END HIDDEN TESTS"
)


def told(answer: str, test: str = TEST, extra: str = "") -> str:
    """Return what the student is told of a test, of an answer that is run as for grading."""
    source = tiny_course.source_notebook()
    tiny_course.cell(source, "double-test").source = test
    graded_with = template(source)
    notebook = tiny_course.solved(graded_with, double=answer)
    if extra:
        notebook.cells.insert(2, notebooks.code_cell(extra, {}))
    rebuilt: Rebuilt = rebuild(graded_with, notebook)
    outcome = run_once(task(rebuilt.notebook, rebuilt.answers, preload=["numpy"]))
    return for_student(assess.verdicts(rebuilt.notebook, outcome)[0])


@pytest.mark.slow
@pytest.mark.parametrize(
    "test",
    [
        TEST,
        TEST.replace(
            "checks.returns(double, (41_777,), 83_554)", "assert double(41_777) == 83_554"
        ),
    ],
)
def test_the_line_of_the_students_own_code_is_told(test: str) -> None:
    line = "half = 1 / (n - 41_777) if n > 1 else 0"
    answer = f"def double(n):\n    # halves\n    {line}\n    return 2 * n"
    said = told(answer, test)
    assert said.startswith(
        "In a check that is not shown, your code stops with ZeroDivisionError, in your line "
        "`half = 1 / (n - 41_777) if n > 1 else 0`."
    )
    assert said.endswith("[divided-by-zero]" if test == TEST else "0`.")


@pytest.mark.slow
def test_the_line_may_be_in_a_helper() -> None:
    helper = "def inner(n):\n    return [0, 1, 2][n]"
    assert told("def double(n):\n    return 2 * inner(n)", extra=helper).startswith(
        "In a check that is not shown, your code stops with IndexError, in your line "
        "`return [0, 1, 2][n]`. An index runs past the end."
    )


@pytest.mark.slow
def test_the_line_of_a_visible_crash_is_told() -> None:
    assert told("def double(n):\n    return [0][n]").endswith(
        "[index-past-the-end] It stops in your line `return [0][n]`."
    )


@pytest.mark.slow
def test_which_hidden_calls_are_wrong_is_told_without_a_number() -> None:
    test = (
        "from autograder import checks\n"
        'with checks.calls(double, "n twice=False") as call:\n    call((1,), 2)\n'
        "### BEGIN HIDDEN TESTS\nwith call:\n    call((41_777,), 83_554)\n"
        "    call((41_777, True), 167_108)\n### END HIDDEN TESTS"
    )
    said = told("def double(n, twice=False):\n    return 2 * n + twice", test)
    assert said.startswith(
        "A check that is not shown fails. Right where `twice` is False, wrong where `twice` is "
        "True."
    )
    assert "41" not in said
    assert "83" not in said


@pytest.mark.slow
@pytest.mark.parametrize(
    "answer",
    [
        # Text made at run time is no line of the student's; nor is one that does not exist.
        "def double(n):\n    if n > 1:\n        code = f'raise KeyError({n!r})'\n"
        "        exec(compile(code, '<ipython-input-2-0>', 'exec'))\n    return 2 * n",
        "def double(n):\n    if n > 1:\n        code = '\\n' * 500 + f'raise KeyError({n!r})'\n"
        "        exec(compile(code, '<ipython-input-1-0>', 'exec'))\n    return 2 * n",
        "def double(n):\n    if n > 1:\n        raise type(f'E{n}', (KeyError,), {})(n)\n"
        "    return 2 * n",
    ],
)
def test_nothing_of_the_hidden_call_is_told(answer: str) -> None:
    assert "41777" not in told(answer).replace("_", "").replace(",", "")


@pytest.mark.slow
@pytest.mark.parametrize("name", ["KeyError", "int"])
def test_an_error_cannot_go_by_the_name_of_another(name: str) -> None:
    """Its name and its hint would be two things to say in place of one."""
    answer = (
        f"Other = type('{name}', (IndexError,), {{}})\n"
        "def double(n):\n    if n > 1:\n        raise Other('too many indices')\n    return 2 * n"
    )
    assert told(answer).startswith(
        "In a check that is not shown, your code stops with an error, in your line "
    )


@pytest.mark.slow
def test_a_text_that_hidden_calls_pass_is_not_told() -> None:
    test = (
        "from autograder import checks\n"
        'with checks.calls(double, "n word") as call:\n    call((1, "a"), 2)\n'
        "### BEGIN HIDDEN TESTS\nwith call:\n    call((2, 'racecar'), 4)\n"
        "    call((2, 'other'), 4)\n### END HIDDEN TESTS"
    )
    said = told("def double(n, word):\n    return 2 * n + (word == 'racecar')", test)
    assert said.startswith("A check that is not shown fails. ")
    assert "racecar" not in said
