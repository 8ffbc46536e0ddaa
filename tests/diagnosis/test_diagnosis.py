"""What a wrong answer is told: the mistake, where it is made, or what the results look like."""

# mypy: disable-error-code="operator, call-overload, index, arg-type, name-defined"
# (The wrong answers are wrong on purpose.)

import contextlib
import itertools
import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder import checks
from autograder.checks import WrongAnswer
from autograder.sandbox.refusal import NotBridged
from autograder.task import ERROR_TEXT

NAMES = "height width kernel stride padding"
INPUTS = [
    (9, 12, 3, 1, "valid"),
    (9, 12, 3, 2, "valid"),
    (11, 12, 3, 3, "valid"),
    (9, 12, 3, 1, "same"),
    (9, 13, 3, 2, "same"),
    (9, 14, 4, 3, "same"),
]


def size(height: int, width: int, kernel: int, stride: int, padding: str) -> tuple[int, int]:
    def one(n: int) -> int:
        return math.ceil(n / stride) if padding == "same" else (n - kernel) // stride + 1

    return one(height), one(width)


def told(
    answer: Callable[..., Any],
    right: Callable[..., Any],
    inputs: list[tuple[Any, ...]],
    names: str = "",
    axes: str = "",
    *,
    models: Any = None,
    tolerance: float = 0.0,
) -> WrongAnswer:
    """Return what `answer` is told by checks of these calls."""
    calls = checks.calls(answer, names, axes, tolerance=tolerance).against(models or {})
    try:
        with calls as call:
            for args in inputs:
                call(args, right(*args))
    except WrongAnswer as wrong:
        return wrong
    raise AssertionError("the answer passes")


def test_a_right_answer_is_told_nothing() -> None:
    with checks.calls(size, NAMES) as call:
        for args in INPUTS:
            call(args, size(*args))


# --- wrong models ---


def no_stride(height: int, width: int, kernel: int, stride: int, padding: str) -> tuple[int, int]:
    return size(height, width, kernel, 1, padding)


def always_same(height: int, width: int, kernel: int, stride: int, padding: str) -> Any:
    return size(height, width, kernel, stride, "same")


MODELS = {"stride-ignored": no_stride, "always-same": always_same}


@pytest.mark.parametrize("code", MODELS)
def test_the_model_that_does_what_the_answer_does_is_named(code: str) -> None:
    assert told(MODELS[code], size, INPUTS, NAMES, models=MODELS).code == code


def test_a_model_is_not_named_for_one_likeness() -> None:
    def other(*args: Any) -> Any:
        """Is like `no_stride` for one input, and not for another."""
        return no_stride(*args) if args[:4] == (9, 12, 3, 2) else size(*args)

    assert told(other, size, INPUTS, NAMES, models=MODELS).code not in MODELS


def test_of_two_models_that_fit_equally_none_is_named() -> None:
    twins = {"stride-ignored": no_stride, "always-same": no_stride}
    assert told(no_stride, size, INPUTS, NAMES, models=twins).code not in twins


def test_a_model_of_an_exception() -> None:
    def needs_a_number(kernel: Any) -> int:
        return int(kernel**2)

    def right(kernel: Any) -> int:
        return int(np.prod(kernel)) if isinstance(kernel, tuple) else int(kernel**2)

    models = {"kernel-pair": needs_a_number}
    found = told(needs_a_number, right, [(3,), ((2, 5),), ((4, 3),)], "kernel", models=models)
    assert found.code == "kernel-pair"


def test_an_error_of_other_calls_is_not_the_listed_one() -> None:
    def with_margin(xs: Any, margin: int) -> float:
        return float(xs[:, :, margin:-margin].sum())

    def as_it_crosses(xs: Any, margin: int) -> float:
        """Raises an error whose class is another in each call, as the sandbox makes them."""
        try:
            return with_margin(xs, margin)
        except IndexError as error:
            raise type("IndexError", (IndexError,), {})(str(error)) from None

    call = checks.calls(as_it_crosses, "xs margin", tolerance=1e-6)
    call((np.ones(4), 0), 4.0, {"margin-zero": [IndexError]})
    call((np.ones(4), 1), 2.0)
    with pytest.raises(WrongAnswer, match=r"\[too-many-indices\]$"), call:
        pass


@given(
    right=st.lists(st.integers(0, 5), min_size=2, max_size=6),
    data=st.data(),
)
def test_a_named_model_does_what_the_answer_does(right: list[int], data: st.DataObject) -> None:
    """Whatever the functions: wherever a named model is wrong, the answer is wrong like it."""
    results = st.lists(st.integers(0, 5), min_size=len(right), max_size=len(right))
    answer = data.draw(results)
    tables = {code: data.draw(results) for code in ("no-bias", "no-channels", "stride-ignored")}

    def lookup(table: list[int]) -> Callable[[int], int]:
        return lambda place: table[place]

    try:
        models = {code: lookup(table) for code, table in tables.items()}
        with checks.calls(lookup(answer)).against(models) as call:
            for place, expected in enumerate(right):
                call((place,), expected)
    except WrongAnswer as wrong:
        if wrong.code in tables:
            table = tables[wrong.code]
            pairs = list(zip(right, answer, table, strict=True))
            assert any(gave == model != must for must, gave, model in pairs)
            assert all(gave == model for must, gave, model in pairs if model != must)
    else:
        assert answer == right


# --- which calls, which arguments ---


def test_two_arguments_one_of_which_is_enough() -> None:
    def windowed(value: int, n: int, alpha: int) -> int:
        return value + alpha * (n // 2) * value

    def too_wide(value: int, n: int, alpha: int) -> int:
        return value + alpha * (n - 1) * value**2

    inputs = [(3, 5, 7), (3, 1, 7), (3, 5, 0), (4, 9, 7)]
    found = told(too_wide, windowed, inputs, "value n alpha")
    assert found.where.startswith("Right where `n` is 1 or `alpha` is 0, wrong elsewhere.")


def test_lengths_of_an_array_are_not_compared_with_other_arguments() -> None:
    def right(image: Any, stride: int) -> int:
        return int(image.shape[-1] * 10 + stride)

    def wrong(image: Any, stride: int) -> int:
        return right(image, stride) + 3 * stride * int(image.shape[-1] == stride)

    inputs = [(np.ones((6, 2)), stride) for stride in (2, 3, 5)]
    found = told(wrong, right, inputs, "image[height channels] stride")
    assert "`channels`" not in found.where


def test_what_the_wrong_calls_have_in_common() -> None:
    def only_valid(height: int, width: int, kernel: int, stride: int, padding: str) -> Any:
        return size(height, width, kernel, stride, padding) if padding == "valid" else (1, 1)

    found = told(only_valid, size, INPUTS, NAMES)
    assert found.where.startswith('Right where `padding` is "valid", wrong where')


def test_a_chance_is_not_taken_for_a_reason() -> None:
    def wrong_once(*args: Any) -> Any:
        return (0, 0) if args == INPUTS[2] else size(*args)

    assert "Right where" not in told(wrong_once, size, INPUTS, NAMES).where


def test_a_pair_of_calls_that_differ_in_one_thing_is_enough() -> None:
    def weights(kernel: int, use_bias: bool = True) -> int:
        return kernel**2 + use_bias

    def always_a_bias(kernel: int, use_bias: bool = True) -> int:
        return kernel**2 + 1

    found = told(always_a_bias, weights, [(3,), (3, False)], "kernel use_bias=True")
    said = "Right where `use_bias` is True, wrong where `use_bias` is False."
    assert found.where.startswith(said)


def test_properties_of_arrays_are_read_off_their_axes() -> None:
    def first_channel(image: Any) -> Any:
        return image[..., 0]

    def summed(image: Any) -> Any:
        return image.sum(axis=-1)

    rng = np.random.default_rng(1)
    inputs = [(rng.normal(size=(4, 5, channels)),) for channels in (1, 3, 1, 2)]
    found = told(first_channel, summed, inputs, "image[height width channels]", tolerance=1e-6)
    assert found.where == "Right where `channels` is 1, wrong where `channels` is not 1."


def test_an_ignored_argument_is_found_by_changing_it() -> None:
    def cells(kernel: int, channels: int) -> int:
        return kernel**2 * channels

    def flat(kernel: int, channels: int) -> int:
        return kernel**2

    found = told(flat, cells, [(3, 2), (5, 4)], "kernel channels")
    assert (found.code, found.where) == (
        "too-small-by-an-argument",
        "The factor is `channels`.",
    ) or (found.code, found.where) == (
        "argument-ignored",
        "Your result does not change with `channels`.",
    )


def test_what_is_rounded_away_is_not_ignored() -> None:
    def right(limit: int, each: int) -> int:
        return limit // each

    def far_off(limit: int, each: int) -> int:
        return limit // (1000 * each)

    inputs = [(5_300, 7), (9_700, 7), (5_300, 3)]
    assert told(far_off, right, inputs, "limit each").code != "argument-ignored"


def test_a_star_asks_for_proportion() -> None:
    def bytes_of(values: int, parameters: int, size: int) -> int:
        return (values + parameters) * size

    def bracket_lost(values: int, parameters: int, size: int) -> int:
        return values + parameters * size

    found = told(bracket_lost, bytes_of, [(7, 5, 4), (9, 5, 2)], "values parameters size*")
    assert found.code == "not-proportional"


def test_arguments_that_are_used_rightly_and_wrongly() -> None:
    def right(values: int, batch: int, parameters: int) -> int:
        return values * batch + 2 * parameters

    def once(values: int, batch: int, parameters: int) -> int:
        return values * batch + parameters**2 + 1

    inputs = [(10, 3, 5), (11, 3, 5), (10, 3, 7)]
    found = told(once, right, inputs, "values batch parameters")
    assert (
        found.where == "Your result changes wrongly with `parameters`, and rightly with `values`."
    )


def test_parts_of_lists_that_are_used_rightly_and_wrongly() -> None:
    def right(layers: list[tuple[int, int]]) -> int:
        return sum(7 * kernel + 2 * stride for kernel, stride in layers)

    def doubled(layers: list[tuple[int, int]]) -> int:
        return sum(7 * kernel + 2 * stride**2 + 1 for kernel, stride in layers)

    inputs = [([(3, 2), (5, 1)],), ([(3, 2), (6, 1)],), ([(3, 4), (5, 1)],)]
    found = told(doubled, right, inputs, "layers[kernel stride]")
    assert found.where == "Your result changes wrongly with `stride`, and rightly with `kernel`."


def test_a_stride_of_one_is_told_rather_than_one_of_two() -> None:
    def answer(size: int, stride: int) -> int:
        return size if stride == 1 else 0

    found = told(answer, lambda size, stride: size // stride, [(8, 2), (8, 1)], "size stride")
    assert found.where == "Right where `stride` is 1, wrong where `stride` is not 1."


# --- how results differ ---

RNG = np.random.default_rng(8)
IMAGES = [(RNG.normal(size=(4, 6, 3)),), (RNG.normal(size=(5, 7, 2)),)]


def blur(image: Any) -> Any:
    return np.sqrt(np.abs(image)) * 3 - 2


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda maps: maps.transpose(1, 0, 2), "turned-axes"),
        (lambda maps: maps[:, ::-1], "turned-round"),
        (lambda maps: np.roll(maps, 1, axis=1), "shifted-by-one"),
        (lambda maps: 4 * maps, "constant-factor"),
        (lambda maps: maps - 0.5, "constant-offset"),
        (lambda maps: -maps, "sign-turned"),
        (lambda maps: np.maximum(maps, 0), "negatives-lost"),
        (np.trunc, "rounded-result"),
        (lambda maps: maps.round(2), "rounded-result"),
        (lambda maps: maps.astype(int), "rounded-result"),
        (lambda maps: np.clip(maps, 0, 1), "saturated"),
        (lambda maps: 0 * maps, "all-zero"),
        (lambda maps: maps[None], "wrong-array-shape"),
        (lambda maps: maps[:-1], "wrong-array-shape"),
    ],
)
def test_how_arrays_differ(change: Callable[[Any], Any], code: str) -> None:
    found = told(lambda image: change(blur(image)), blur, IMAGES, tolerance=1e-6)
    assert found.code == code


def test_a_constant_shows_in_small_arrays_beside_a_large_one() -> None:
    pair = [*IMAGES, (RNG.normal(size=(1, 1, 2)),)]
    found = told(lambda image: blur(image) + 1, blur, pair, tolerance=1e-6)
    assert found.code == "constant-offset"


def test_an_argument_given_back() -> None:
    assert told(lambda image: image, blur, IMAGES, tolerance=1e-6).code == "given-back"


@pytest.mark.parametrize(
    ("place", "where"),
    [
        (np.s_[-1], "Only the last place along the axis `height` is wrong."),
        (np.s_[:, 0], "Only the first place along the axis `width` is wrong."),
        (
            np.s_[..., 1:],
            "Right at the first place along the axis `channels`, wrong at the others.",
        ),
    ],
)
def test_where_arrays_differ(place: Any, where: str) -> None:
    def spoilt(image: Any) -> Any:
        maps = blur(image)
        maps[place] += RNG.normal(size=maps[place].shape) + 9
        return maps

    images = [(RNG.normal(size=(4, 6, 3)),), (RNG.normal(size=(5, 7, 4)),)]
    found = told(spoilt, blur, images, "image", "height width channels", tolerance=1e-6)
    assert found.where == where


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (lambda maps: maps * maps.mean(axis=2, keepdims=True), "Along the axis `channels` the"),
        (
            lambda maps: maps * maps.mean(axis=(0, 1)),
            "Along the axis `height` and the axis `width`",
        ),
        (lambda maps: np.where(maps > 0.5, 0, maps), "The wrong entries are zero"),
        (lambda maps: maps + (maps == 0) * (1 + np.arange(maps[0, 0].size)), "Wrong exactly where"),
        (lambda maps: maps + (maps == 0) * [[0, 2, 0, 7]], "Wrong only where"),
    ],
)
def test_what_is_right_about_wrong_arrays(change: Callable[[Any], Any], where: str) -> None:
    def positive(image: Any) -> Any:
        return np.maximum(image, 0)

    images = [(RNG.normal(size=(4, 6, 4)),), (RNG.normal(size=(5, 7, 4)),)]
    axes = "height width channels"
    found = told(
        lambda image: change(positive(image)), positive, images, "image", axes, tolerance=1e-6
    )
    assert (found.code, found.where[: len(where)]) == ("wrong-array", where)


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (lambda ends: ends + ends.mean(), "Their distance is right, their middle is wrong."),
        (
            lambda ends: ends.mean() + np.array([-3, 3]),
            "Their middle is right, their distance is wrong.",
        ),
        (
            lambda ends: ends + np.array([0, 1]),
            "The first of the two is right, the second is wrong.",
        ),
    ],
)
def test_which_half_of_two_numbers_is_right(change: Callable[[Any], Any], where: str) -> None:
    def ends(middle: float, half: float) -> Any:
        return np.array([middle - half, middle + half])

    found = told(
        lambda *given: change(ends(*given)), ends, [(3.0, 1.0), (9.0, 2.0)], tolerance=1e-6
    )
    assert found.where == where


def test_wrong_along_the_border() -> None:
    def spoilt(image: Any) -> Any:
        maps = blur(image)
        inside = maps[1:-1, 1:-1].copy()
        maps += RNG.normal(size=maps.shape) + 9
        maps[1:-1, 1:-1] = inside
        return maps

    flat = [(RNG.normal(size=(5, 6)),), (RNG.normal(size=(7, 5)),)]
    assert told(spoilt, blur, flat, tolerance=1e-6).where == "Right inside, wrong along the border."


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda number: number + 1, "one-too-many"),
        (lambda number: number - 1, "one-too-few"),
        (lambda number: -number, "sign-turned"),
        (lambda number: 8 * number, "constant-factor"),
        (lambda number: 3, "always-the-same"),
        (lambda number: -2 * number - 1, "negative-result"),
        (lambda number: number / 2 + 0.7, "not-whole"),
        (lambda number: number**4 + 1, "far-too-large"),
    ],
)
def test_how_numbers_differ(change: Callable[[int], int], code: str) -> None:
    found = told(lambda n: change(n**2 + 5), lambda n: n**2 + 5, [(2,), (3,), (7,)], "n")
    assert found.code == code


@pytest.mark.parametrize(
    ("change", "code", "where"),
    [
        (lambda pair: pair[::-1], "entries-exchanged", "The order is turned round."),
        (lambda pair: (pair[0] + 1, pair[1]), "one-too-many", "The first entry is wrong"),
        (lambda pair: (pair[0], 2 * pair[1] + 1), "wrong-shape", "The second entry is wrong"),
    ],
)
def test_how_tuples_differ(change: Callable[[Any], Any], code: str, where: str) -> None:
    found = told(lambda *args: change(size(*args)), size, INPUTS, NAMES)
    assert found.code == code
    assert where in found.where


# --- errors ---


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (lambda xs: xs[len(xs)], "index-past-the-end"),
        (lambda xs: xs[0, 0], "too-many-indices"),
        (lambda xs: xs.sum(axis=1), "axis-missing"),
        (lambda xs: 1 // int(xs[0] * 0), "divided-by-zero"),
        (lambda xs: undefined + xs, "name-from-nowhere"),  # noqa: F821
        (lambda xs: xs + np.zeros(3), "shapes-do-not-fit"),
        (lambda xs: xs.reshape(3, 3), "reshaped-to-another-size"),
        (lambda xs: [0] * (len(xs) / 2), "float-where-an-index-is-due"),
        (lambda xs: range(len(xs) / 2), "float-where-an-index-is-due"),
        (lambda xs: 1 if xs else 0, "array-where-a-number-is-due"),
        (lambda xs: xs.shape(0), "value-called"),
        (lambda xs: None + xs, "nothing-to-work-with"),
        (lambda: 0, "arguments-do-not-match"),
        (lambda xs: xs[:0].max(), "nothing-left"),
        (lambda xs: xs.missing, "attribute-missing"),
        (lambda xs: {}["a"], "key-missing"),
        (lambda xs: np.array([1, 2]).__iadd__(xs / 3), "fractions-into-whole-numbers"),
        (lambda xs: np.zeros(2, "uint8").fill(300), "no-room-in-type"),
        (lambda xs: len(5), "number-where-a-list-is-due"),
        (lambda xs: math.sqrt(-xs[0]), "root-of-a-negative"),
        (lambda xs: range([1]), "whole-number-due"),
        (lambda xs: range(xs[0]), "float-where-an-index-is-due"),
        (lambda xs: xs.tolist()[0, 0], "several-indices-for-a-list"),
        (lambda xs: xs.tolist()["a"], "name-where-an-index-is-due"),
        (lambda xs: xs.tolist() * xs.tolist(), "kinds-do-not-mix"),
    ],
)
def test_what_an_error_tends_to_mean(answer: Callable[..., Any], code: str) -> None:
    found = told(answer, lambda xs: xs, [(np.array([1.0, 2.0]),)], tolerance=1e-6)
    assert found.code == code


# --- answers that give what nobody thought of ---


class Touchy:
    """As an object of the student's is in the test process: it compares with nothing there."""

    __hash__ = None  # type: ignore[assignment]

    def __eq__(self, other: object) -> bool:
        raise NotBridged("compared")

    __lt__ = __gt__ = __ne__ = __eq__


class Fickle:
    """Says of itself, each time it is asked, that it is another array or number."""

    shape = (2,)

    def __init__(self, *said: Any) -> None:
        self._said = itertools.cycle(said)

    def numpy(self) -> Any:
        return next(self._said)


NUMBERS = st.integers(-2, 9) | st.floats() | st.just(10**400) | st.just(10**400 + 1)
ARRAYS = [
    *(np.ones(shape) for shape in [(), (3,), (2, 3), (1, 2, 3), (0, 3), (2, 3, 1, 1)]),
    *(np.ones((2, 3), dtype) for dtype in ("float16", "int8", "bool", "complex64", "U3", "object")),
    *(np.full((2, 3), odd) for odd in (np.nan, np.inf, -np.inf, 1e300)),
]
ERRORS = [ValueError("x" * 5_000), KeyError(), OverflowError(" [no-bias]"), AssertionError(1)]


@st.composite
def results(draw: st.DrawFn, depth: int = 0) -> Any:
    """Draw something that an answer might give, or the error that it raises."""
    kind = draw(st.integers(0, 9 if depth < 2 else 4))
    if kind < 2:
        return draw(NUMBERS)
    if kind < 5:
        return draw(st.sampled_from([None, True, "7", Touchy(), *ARRAYS, *ERRORS[depth * 9 :]]))
    inner = draw(st.lists(results(depth + 1), min_size=1, max_size=3))
    return {5: inner, 6: tuple(inner), 7: tuple(inner), 8: Fickle(*inner), 9: {1: inner}}[kind]


@given(
    expected=st.sampled_from([[7, 8, 9], [(2, 3), (2, 4), (2, 5)], [np.ones((2, 3))] * 3]),
    given=st.lists(results(), min_size=1, max_size=9),
    tolerance=st.sampled_from([0.0, 1e-6]),
)
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_an_answer_gives_it_gets_a_hint(
    expected: list[Any], given: list[Any], tolerance: float
) -> None:
    """Also if it gives something else when it is called again, to see what it makes of n."""
    turns = itertools.cycle(given)

    def answer(n: int, m: int) -> Any:
        found = next(turns)
        if isinstance(found, Exception):
            raise found
        return found

    inputs = {(1, 4): expected[0], (2, 4): expected[1], (3, 5): expected[2]}
    wrong = {"no-bias": lambda n, m: expected[-1]}
    with contextlib.suppress(AssertionError):  # a wild answer may be right
        found = told(
            answer,
            lambda *args: inputs[args],
            list(inputs),
            "n m*",
            "height width",
            models=wrong,
            tolerance=tolerance,
        )
        assert str(found).endswith(f"{found.hint} [{found.code}]")
        assert len(str(found)) <= ERROR_TEXT, "the hint is not cut off"


@given(
    expected=st.sampled_from([7, 0.5, (2, 3), np.ones((2, 3))]),
    found=results(),
    tolerance=st.sampled_from([0.0, 1e-6]),
)
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_a_variable_holds_it_gets_a_hint(
    expected: Any, found: Any, tolerance: float
) -> None:
    with contextlib.suppress(WrongAnswer):
        checks.value("found", found, expected, {"no-bias": [expected]}, tolerance=tolerance)


# --- and the rest ---


def test_the_shown_call_is_the_one_that_the_hint_is_about() -> None:
    def answer(n: int) -> int:
        return {2: 5, 3: 9}.get(n, n)

    call = checks.calls(answer)
    call((2,), 2)
    call((3,), 3, {"no-bias": [9]})
    with pytest.raises(WrongAnswer, match=r"answer\(3\) returned 9.*\[no-bias\]$"), call:
        pass


def test_a_mistake_that_one_later_call_alone_agrees_with_is_not_named() -> None:
    call = checks.calls(lambda n: n * n + 7)
    call((1,), 2)
    call((3,), 6, {"no-bias": [16]})
    call((4,), 8)
    call((10,), 20)
    with pytest.raises(WrongAnswer) as raised, call:
        pass
    assert raised.value.code != "no-bias"


def test_of_mistakes_in_lists_one_that_the_first_wrong_call_makes_goes_before() -> None:
    call = checks.calls(lambda n: n + 1)
    for n in range(9):
        listed = {0: {"no-bias": [1]}, 3: {"no-channels": [4]}, 4: {"no-channels": [5]}}
        call((n,), n * n * n + 70, listed.get(n, {}))
    with pytest.raises(WrongAnswer, match=r"\[no-bias\]$"), call:
        pass


def test_a_second_failed_try_shows_further_calls() -> None:
    def doubled_twice(n: int) -> int:
        return 4 * n

    first = told(doubled_twice, lambda n: 2 * n, [(2,), (3,)])
    again = told(doubled_twice, lambda n: 2 * n, [(2,), (3,)])
    assert "doubled_twice(3)" not in str(first)
    assert "doubled_twice(2) returned 8; doubled_twice(3) returned 12" in str(again)


def test_what_follows_a_wrong_call_does_not_hide_it() -> None:
    def answer(n: int) -> int:
        return n + 1

    call = checks.calls(answer)
    call((1,), 1)
    with pytest.raises(WrongAnswer, match=r"\[too-large\]$"), call:
        raise IndexError


def test_no_expected_value_is_told() -> None:
    found = told(lambda n: n + 4321, lambda n: n + 98765, [(1,), (2,), (5,)], "n")
    assert "98" not in str(found)
