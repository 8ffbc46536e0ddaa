"""The assertions of the exercises: what passes, what fails, and with which words."""

import functools
import math
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder import checks
from autograder.checks import WrongAnswer
from tests.support.tiny_course import REPOSITORY


def code_for(result: Any, expected: Any, **options: Any) -> str | None:
    """Return the hint code that `result` gets where `expected` is right; None if it passes."""
    try:
        checks.value("answer", result, expected, **options)
    except WrongAnswer as wrong:
        return wrong.code
    return None


@pytest.mark.parametrize(
    "result",
    [
        *(608, np.int32(608), np.int64(608), np.uint16(608), np.array(608), np.array([608])[0]),
        Fraction(1216, 2),
    ],
)
def test_whole_numbers_of_any_kind_pass(result: Any) -> None:
    assert code_for(result, 608) is None


@pytest.mark.parametrize(
    ("result", "code"),
    [
        (None, "missing-return"),
        (..., "not-answered"),
        ("608", "text-not-number"),
        ("608 bytes", "text-not-number"),
        (True, "bool-not-number"),
        (np.True_, "bool-not-number"),
        (608.0, "float-not-integer"),
        (np.float64(608), "float-not-integer"),
        (np.array([608]), "one-element-array"),
        (float("nan"), "nan"),
        (np.array([1, 2]), "not-a-number"),
        ({608}, "not-a-number"),
        (607, "too-small"),
        (609, "too-large"),
        (600, "no-bias"),
        (np.float32(600), "no-bias"),
        (math.inf, "too-large"),
        (Fraction(1217, 2), "too-large"),
        (Fraction(10**400, 7), "not-a-number"),
        (Decimal(608), "float-not-integer"),
        (Decimal("NaN"), "nan"),
        (Decimal("sNaN"), "not-a-number"),
    ],
)
def test_what_is_not_the_number_gets_its_own_hint(result: Any, code: str) -> None:
    assert code_for(result, 608, mistakes={"no-bias": [600]}) == code


def test_true_is_not_one() -> None:
    assert code_for(True, 1) == "bool-not-number"


@given(st.integers(), st.integers())
def test_integers_pass_exactly_when_equal(result: int, expected: int) -> None:
    assert (code_for(result, expected) is None) == (result == expected)


@given(st.floats(0.1, 1e6), st.floats(-0.9, 0.9))
def test_floats_pass_within_the_tolerance(expected: float, off: float) -> None:
    assert code_for(expected * (1 + off * 1e-3), expected, tolerance=1e-3) is None
    assert code_for(expected * (1 + 3e-3), expected, tolerance=1e-3) == "too-large"


def test_numbers_beyond_every_float_are_told_apart() -> None:
    assert code_for(10**400, 10**400) is None
    assert code_for(10**400 + 1, 10**400) == "too-large"
    assert code_for(10**400, 1.5, tolerance=0.1, mistakes={"no-bias": [2.5]}) == "too-large"
    assert code_for(2**53 + 1, 2**53) == "too-large"


@pytest.mark.parametrize("result", [0.3, Fraction(3, 10), Decimal("0.3")])
def test_exact_numbers_pass_for_floats(result: Any) -> None:
    assert code_for(result, 0.1 + 0.2, tolerance=1e-9) is None
    assert code_for(result, 0.31, tolerance=1e-9) == "too-small"
    assert code_for([[result, 2]], np.array([[0.3, 2.0]]), tolerance=1e-9) is None


def test_float32_passes_within_the_tolerance() -> None:
    assert code_for(np.float32(0.1), 0.1, tolerance=1e-6) is None


@pytest.mark.parametrize(
    "result", [(3, 2, 5), [3, 2, 5], (np.int64(3), 2, np.int32(5)), np.array([3, 2, 5])]
)
def test_shapes_of_any_kind_pass(result: Any) -> None:
    assert code_for(result, (3, 2, 5)) is None


def test_a_range_passes_for_a_tuple() -> None:
    assert code_for(range(3, 6), (3, 4, 5)) is None


@pytest.mark.parametrize(
    ("result", "code"),
    [
        ((2, 3, 5), "axes-swapped"),
        ([2, 3, 5], "axes-swapped"),
        ((3, 2), "wrong-length"),
        ((3, 2, 5.0), "float-not-integer"),
        ((3, 2, True), "bool-not-number"),
        ((3, 2, "5"), "text-not-number"),
        ((None, 3, 2), "missing-return"),
        (30, "not-a-tuple"),
        ({5, 9}, "not-a-tuple"),
        ({"height": 5}, "not-a-tuple"),
        (None, "missing-return"),
        ("3, 2, 5", "text-not-number"),
        ((9, 9, 9), "wrong-shape"),
    ],
)
def test_what_is_not_the_shape_gets_its_own_hint(result: Any, code: str) -> None:
    assert code_for(result, (3, 2, 5), mistakes={"axes-swapped": [(2, 3, 5)]}) == code


MAP = np.arange(6.0).reshape(2, 3)


@pytest.mark.parametrize("result", [MAP, MAP.astype(np.float32), MAP.astype(int), MAP.tolist()])
def test_arrays_of_any_kind_pass(result: Any) -> None:
    assert code_for(result, MAP) is None


@pytest.mark.parametrize(
    ("result", "code"),
    [
        (MAP.T, "axes-swapped"),
        (MAP + 1, "constant-offset"),
        (np.zeros((2, 3)), "all-zero"),
        (np.array([[0, 9, 2], [4, 3, 5]]), "wrong-array"),
        (MAP * np.nan, "nan"),
        (MAP.ravel(), "wrong-array-shape"),
        (MAP[None], "wrong-array-shape"),
        (5.0, "wrong-array-shape"),
        ([[1, 2], [3]], "not-an-array"),
        ([["1", "2", "3"]] * 2, "not-an-array"),
        (None, "missing-return"),
        ("map", "text-not-number"),
    ],
)
def test_what_is_not_the_array_gets_its_own_hint(result: Any, code: str) -> None:
    assert code_for(result, MAP, mistakes={"axes-swapped": [MAP.T]}) == code


@given(st.floats(-0.99, 0.99), st.floats(1.5, 100))
def test_arrays_pass_within_the_tolerance_of_their_largest_entry(near: float, far: float) -> None:
    assert code_for(MAP + near * 5e-6, MAP, tolerance=1e-6) is None
    assert code_for(MAP + far * 5e-6, MAP, tolerance=1e-6) == "constant-offset"


def test_a_failed_call_shows_the_call_and_never_the_expected_value() -> None:
    def conv_parameters(kernel: int, channels: int) -> int:
        return 2_700

    with pytest.raises(WrongAnswer) as caught:
        checks.returns(conv_parameters, (3, 100), 987_654, {"no-bias": [2_700]})
    assert str(caught.value).startswith("conv_parameters(3, 100) returned 2,700. The weights are")
    assert str(caught.value).endswith("[no-bias]")
    assert "987" not in str(caught.value)


def test_a_function_among_the_arguments_is_called_by_its_name() -> None:
    def brighter(number: int) -> int:
        return number + 1

    def darker(number: int) -> int:
        return number - 1

    def used(function: Callable[[int], int], number: int) -> int:
        return number + 1

    def check() -> None:
        with checks.calls(used, "function number") as call:
            call((brighter, 3), 4)
            call((darker, 3), 2)

    with pytest.raises(WrongAnswer) as caught:
        check()
    assert "used(darker, 3) returned 4" in str(caught.value)
    assert 'wrong where `function` is not "brighter"' in str(caught.value)


def test_of_fractions_nothing_is_said_that_only_whole_numbers_can_be() -> None:
    def used(n: int, beta: float) -> float:
        return 0.0 if n in (3, 6) else n + beta

    def check() -> None:
        with checks.calls(used, "n beta") as call:
            for n, beta in [(3, 0.75), (6, 0.75), (5, 0.75), (7, 0.75), (8, 0.75), (9, 0.7)]:
                call((n, beta), n + beta)

    with pytest.raises(WrongAnswer) as caught:
        check()
    assert "divide" not in str(caught.value)


def test_a_pair_tells_a_property_only_if_nothing_else_differs_in_the_two_calls() -> None:
    """`stride` divides `digit` in the right call; but both are others in the wrong one."""

    def corner(digit: int, stride: int) -> int:
        return 3 if stride == 1 else 0

    def check() -> None:
        with checks.calls(corner, "digit stride") as call:
            call((0, 1), 3)
            call((3, 4), 12)

    with pytest.raises(WrongAnswer) as caught:
        check()
    assert "divide" not in str(caught.value)


def test_a_mistake_that_explains_every_wrong_call_is_named_before_what_all_have_in_common() -> None:
    """Zeros everywhere are what comes of this mistake in these calls."""

    def full_only(mask: Any) -> Any:
        return np.zeros(4)

    def check() -> None:
        with checks.calls(full_only) as call:
            for ones in ([1, 1, 0, 1], [0, 1, 1, 1]):
                call((np.array(ones),), np.ones(4), {"all-pixels-needed": [np.zeros(4)]})

    with pytest.raises(WrongAnswer) as caught:
        check()
    assert caught.value.code == "all-pixels-needed"


def test_an_unanswered_stub_is_told_apart_from_an_error() -> None:
    def stub() -> int:
        raise NotImplementedError

    def stops() -> float:
        return 1 / 0

    def square_only(kernel: Any) -> Any:
        return kernel**2

    cases: list[tuple[Callable[..., Any], tuple[Any, ...], str]] = [
        (stub, (), "not-answered"),
        (stops, (), "divided-by-zero"),
        (square_only, ((2, 5),), "kernel-pair"),
    ]
    for function, args, code in cases:
        with pytest.raises(WrongAnswer) as caught:
            checks.returns(function, args, 1, {"kernel-pair": [TypeError]})
        assert caught.value.code == code
    assert "unsupported operand" in str(caught.value)


def test_the_function_gets_copies_of_its_arguments() -> None:
    layers = [{"filters": 4}]

    def takes_the_last(given: list[dict[str, int]]) -> int:
        return given.pop()["filters"]

    checks.returns(takes_the_last, (layers,), 4)
    assert layers == [{"filters": 4}]


def test_whole_numbers_are_handed_back_as_a_tuple() -> None:
    for given_ in [(8, 4, 2), [8, 4, 2], np.array([8, 4, 2])]:
        assert checks.whole_numbers("answer", given_, 3) == (8, 4, 2)
    with pytest.raises(WrongAnswer) as caught:
        checks.whole_numbers("answer", np.array([8.5, 4, 2]), 3)
    assert caught.value.code == "float-not-integer"


def test_a_long_result_is_shortened() -> None:
    with pytest.raises(WrongAnswer) as caught:
        checks.value("answer", "x" * 10_000, 1)
    assert len(str(caught.value)) < 500


def test_a_notebook_shows_the_message_instead_of_a_traceback() -> None:
    assert WrongAnswer("answer is 1", "too-small")._render_traceback_() == [
        "Not yet: answer is 1. That is too small. Work the example through by hand, then compare",
        "each step. [too-small]",
    ]


def test_a_code_without_a_hint_is_told_as_it_is() -> None:
    """As in a notebook that was taken out of its course's folder."""
    with pytest.raises(WrongAnswer) as caught:
        checks.value("answer", 1, 2, {"no-such-code": [1]})
    assert str(caught.value) == "answer is 1. [no-such-code]"


OWN = '[not-doubled]\ntitle = "Once"\nhint = "It is there once."\n'


@pytest.mark.parametrize("below", ["", "notebooks/week-1"])
def test_a_courses_own_hints_lie_in_its_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, below: str
) -> None:
    general = set(checks.hints()) - set(checks.own_hints(REPOSITORY))
    (tmp_path / "hints.toml").write_text(OWN, encoding="utf-8")
    (tmp_path / below).mkdir(parents=True, exist_ok=True)
    monkeypatch.chdir(tmp_path / below)
    assert set(checks.hints()) == {*general, "not-doubled"}
    with pytest.raises(WrongAnswer, match=r"answer is 1\. It is there once\. \[not-doubled\]"):
        checks.value("answer", 1, 2, {"not-doubled": [1]})


def test_the_nearest_file_of_hints_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "hints.toml").write_text(OWN, encoding="utf-8")
    (tmp_path / "nearer").mkdir()
    (tmp_path / "nearer/hints.toml").write_text(OWN.replace("once.", "here."), encoding="utf-8")
    monkeypatch.chdir(tmp_path / "nearer")
    assert checks.hints()["not-doubled"]["hint"] == "It is there here."


@pytest.mark.parametrize("text", ["[a\n", '[a]\ntitle = "A"\n', 'a = "b"\n', "\udcff"])
def test_a_file_that_is_none_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    (tmp_path / "hints.toml").write_bytes(text.encode("utf-8", "surrogateescape"))
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ValueError, match=r"hints\.toml is no table of hints: .* needs a title"):
        checks.hints()


# Two ways to forget the same sign, which the report tells apart.
ALIKE = {frozenset({"sign-kept", "sign-kept-turned"})}


def test_no_mistake_has_the_words_of_another() -> None:
    codes = defaultdict(set)
    for code, entry in checks.hints().items():
        codes[entry["hint"]].add(code)
    assert {frozenset(alike) for alike in codes.values() if len(alike) > 1} == ALIKE


def test_every_hint_has_a_title_for_the_report_and_words_for_the_student() -> None:
    for code, entry in checks.hints().items():
        assert set(entry) == {"title", "hint"}, code
        assert entry["hint"].endswith((".", "?")), code


class _Doubler:
    def __call__(self, number: int) -> int:
        return 2 * number


@pytest.mark.parametrize(
    ("answer", "name"),
    [(_Doubler(), "_Doubler"), (functools.partial(pow, 2), "pow"), (lambda n: 2 * n, "<lambda>")],
)
def test_whatever_can_be_called_has_a_name(answer: Callable[..., Any], name: str) -> None:
    with pytest.raises(WrongAnswer) as raised:
        checks.returns(answer, (3,), 7)
    assert str(raised.value).startswith(f"{name}(3) returned ")


WITHOUT_ARRAYS = """
def area(height, width=2): return height * width - 1
def halves(count): return count // 2, count // 2
def unused(count, stride): return 3 * count

for function, names, cases in (
    (area, "height width=2", [((3,), 6), ((4,), 8), ((4, 5), 20)]),
    (area, "height width", [((3, 1), 2), ((4, 2), 7.5), ((4, 5), 19)]),
    (halves, "count", [((3,), (1, 2)), ((4,), (2, 2)), ((5,), (2, 3))]),
    (unused, "count stride", [((3, 1), 12), ((4, 2), 17), ((5, 3), 22)]),
    (abs, "number", [((3,), 0.5), ((-4,), -4)]),
):
    try:
        with checks.calls(function, names) as call:
            for args, right in cases:
                call(args, right)
    except checks.WrongAnswer as wrong:
        print(wrong)
try:
    checks.value("x", [1, 2], (1, 2, 3))
except checks.WrongAnswer as wrong:
    print(wrong)
"""


def test_checks_of_plain_python_say_the_same_where_there_is_no_numpy() -> None:
    said = []
    for numpy in ("import numpy", "import sys; sys.modules['numpy'] = None"):
        program = f"{numpy}\nfrom autograder import checks\n{WITHOUT_ARRAYS}"
        done = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=True
        )
        said.append(done.stdout.splitlines())
    with_numpy, without = said
    assert without == with_numpy
    assert len(without) == 6
