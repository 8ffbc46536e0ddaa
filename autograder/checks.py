"""The assertions of the exercises: right, or wrong with a hint that names the mistake.

A test cell calls an answer several times, says what each call must return, and which wrong results
well-known mistakes lead to:

    with checks.calls(bill, "price count postage") as call:
        call((5, 3, 4), 19, {"no-postage": [15], "postage-for-each": [27]})
        call((7, 10, 0), 70, {"price-once": [7]})

All calls are made; then what came back is looked at as a whole (`autograder.diagnosis`). A wrong
answer raises WrongAnswer. Its text shows a call and what came back, says where the answer is wrong,
and gives the hint of the mistake's code (`hints`). It never shows an expected value.
"""

import contextlib
import copy
import inspect
import textwrap
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from autograder.diagnosis import forms
from autograder.diagnosis.at_a_glance import at_a_glance
from autograder.diagnosis.case import Case, Mistakes, Models
from autograder.diagnosis.changes import changes
from autograder.diagnosis.contrast import contrast
from autograder.diagnosis.crashes import usual_meaning
from autograder.diagnosis.models import mistake
from autograder.diagnosis.probes import probe
from autograder.diagnosis.structure import structure

# Codes that say all there is to say of an answer, unless a mistake explains every wrong call.
_SWEEPING = ("all-zero", "given-back")
HINTS = "hints.toml"
"""The file of a course's own hints, beside its notebooks or in a folder above them."""
MAX_SEEN = 1_000  # characters of what an answer did: what comes after it must not be cut off
_failed: Counter[str] = Counter()  # how often the checks of a function failed, in this process
_notes: list[list["Calls"]] = []  # what `noted` gives


class WrongAnswer(AssertionError):
    """A failed check: `seen` is what the answer did, `code` names the mistake, `hint` explains it.

    `where` says which calls or entries are wrong, in words that no hidden value is part of; it may
    be empty. So is `hint` where no file of hints has the code.
    """

    def __init__(self, seen: str, code: str, where: str = "") -> None:
        self.code = code
        self.hint = hints().get(code, {}).get("hint", "")
        self.where = where
        said = f"{_shorten(seen, MAX_SEEN)}."
        super().__init__(" ".join(filter(None, (said, where, self.hint, f"[{code}]"))))

    def _render_traceback_(self) -> list[str]:
        """What IPython shows instead of a traceback through the check: the message alone."""
        return textwrap.wrap(f"Not yet: {self}", width=88, break_on_hyphens=False)


def hints() -> dict[str, dict[str, str]]:
    """Return every known mistake: code -> {"title": for reports, "hint": for the student}.

    Those of any course are the package's. A course's own are in the nearest `hints.toml` in the
    current folder and those above it. Raises ValueError if that is none.
    """
    return _general() | next((own for each in _folders() if (own := own_hints(each))), {})


@cache
def _general() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("autograder").joinpath(HINTS).read_text(encoding="utf-8"))


@cache
def own_hints(folder: Path) -> dict[str, dict[str, str]]:
    """Return the hints of the file in a folder, without any if none is there that can be read.

    Raises ValueError for a file that is no table of hints.
    """
    try:
        content = (folder / HINTS).read_bytes()
    except OSError:  # also of a stranger's file, above a sandbox
        return {}
    try:
        return _table(content)
    except (KeyError, TypeError, ValueError) as problem:
        raise ValueError(
            f"{folder / HINTS} is no table of hints: {problem!r}; each code in brackets needs a "
            "title and a hint"
        ) from problem


@cache  # every test process has the file in another folder
def _table(content: bytes) -> dict[str, dict[str, str]]:
    found = tomllib.loads(content.decode())
    return {code: {name: each[name] for name in ("title", "hint")} for code, each in found.items()}


def _folders() -> tuple[Path, ...]:
    """Return the current folder and those above it, from the nearest on."""
    try:
        here = Path.cwd()
    except OSError:  # it was removed
        return ()
    return here, *here.parents


class Calls:
    """The calls of one function that an exercise's checks make: see `calls`."""

    def __init__(
        self, function: Callable[..., Any], names: str, axes: str, tolerance: float
    ) -> None:
        self._function = function
        self.called = ""  # the function's name, read once: it may have to be asked for
        self.names = names
        self.axes = axes.split()
        self._tolerance = tolerance
        self.models: Models = {}
        self.cases: list[Case] = []

    def __call__(
        self,
        args: tuple[Any, ...],
        expected: Any,
        mistakes: Mistakes | None = None,
        *,
        tolerance: float | None = None,
    ) -> None:
        """Call the function with `args`, and note whether it returns `expected`.

        `expected` is an int, a float, a tuple of ints or an array, and decides what counts as
        equal: see `value`. `mistakes` are the wrong results that known mistakes lead to, or the
        types of exceptions, here. The function works on copies of `args`.
        """
        self.cases.append(self.made(args, expected, mistakes, tolerance))

    def made(
        self,
        args: tuple[Any, ...],
        expected: Any,
        mistakes: Mistakes | None = None,
        tolerance: float | None = None,
    ) -> Case:
        """Return what came of a call, without a note of it.

        Raises WrongAnswer if there is no answer yet.
        """
        function = self._function
        self.called = self.called or _name(function)
        shown = f"{self.called}({', '.join(_show(arg) for arg in args)})"
        tolerance = self._tolerance if tolerance is None else tolerance
        known = args, expected, tolerance, mistakes or {}
        try:
            given = function(*copy.deepcopy(args))
            result = forms.settled(given)
        except NotImplementedError:
            raise WrongAnswer(f"{shown} has no answer yet", "not-answered") from None
        except Exception as error:
            shown = f"{shown} stopped with {type(error).__name__}: {error}".rstrip(".")
            return Case(*known, shown, None, error, usual_meaning(error))
        code = forms.why_not(result, expected, tolerance)
        return Case(*known, f"{shown} returned {_show(given)}", result, None, code)

    def against(self, models: Models) -> Self:
        """Return these calls, from now on compared with wrong models, for a further `with` block.

        `models` are functions by the code of a mistake: the exercise's function with this mistake
        in it, or several that come to the same. One that returns None for a call, or does not
        take its arguments, says nothing of it.
        """
        self.models = models
        return self

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Raise WrongAnswer if one of the calls did not return what it must.

        What stopped the block after a wrong call may have come of it, and is not told.
        """
        if (error is None or isinstance(error, Exception)) and not all(
            case.right for case in self.cases
        ):
            raise self._diagnosed()

    def _diagnosed(self) -> WrongAnswer:
        wrong = [case for case in self.cases if not case.right]
        first, code = wrong[0], wrong[0].code or ""
        where = contrast(self.cases, self.names)
        found = structure(self.cases, self.names, self.axes)
        known = mistake(self.cases, self.models)
        explains_all = known is not None and known.agreed == len(wrong) > 1
        if found and found.code in _SWEEPING and not explains_all:
            return self._wrong_answer(first, found.code)
        if known and (code in forms.GENERIC or self.cases[known.first] is first):
            return self._wrong_answer(self.cases[known.first], known.code)
        if code in forms.GENERIC and (found is None or found.code in (None, *forms.GENERIC)):
            found = probe(self._function, self.cases, self.names) or found
        if found and code in forms.GENERIC:
            code = found.code or code
            where = f"{where} {found.where}".strip()
        if code in forms.GENERIC and not where:
            where = changes(self.cases, self.names)
        if code in forms.GENERIC:
            code = at_a_glance(wrong) or code
        return self._wrong_answer(first, code, where)

    def _wrong_answer(self, shown: Case, code: str, where: str = "") -> WrongAnswer:
        """Return what to raise: about one of the wrong calls, and more if these failed before."""
        name = self.called
        _failed[name] += 1
        others = [case.shown for case in self.cases if not case.right and case is not shown]
        seen = [shown.shown, *(others[:2] if _failed[name] > 1 else [])]
        wrong = WrongAnswer("; ".join(seen), code, where)
        wrong.__cause__ = shown.error
        return wrong


def calls(
    function: Callable[..., Any], names: str = "", axes: str = "", *, tolerance: float = 0.0
) -> Calls:
    """Return what checks calls of `function`, for a `with` block.

    `names` says what its arguments are called, and the axes of arrays, so that a hint can tell
    which calls are wrong: "image[height width channels] kernel stride". `axes` are the names of
    the axes of a result. `tolerance` is relative. WrongAnswer is raised at the block's end, after
    all calls; in a further block of the same calls, those of earlier blocks are looked at, too.
    """
    made = Calls(function, names, axes, tolerance)
    for each in _notes:
        each.append(made)
    return made


@contextlib.contextmanager
def noted() -> Iterator[list[Calls]]:
    """Give a list of all `calls` that are made in the `with` block, for tests of the tests."""
    made: list[Calls] = []
    _notes.append(made)
    try:
        yield made
    finally:
        _notes.pop()


def returns(
    function: Callable[..., Any],
    args: tuple[Any, ...],
    expected: Any,
    mistakes: Mistakes | None = None,
    *,
    tolerance: float = 0.0,
) -> None:
    """Check that `function(*args)` returns `expected`: a single one of the `calls`."""
    with calls(function, tolerance=tolerance) as call:
        call(args, expected, mistakes)


def value(
    name: str,
    actual: Any,
    expected: Any,
    mistakes: Mistakes | None = None,
    *,
    tolerance: float = 0.0,
) -> None:
    """Check that the variable `name` holds `expected`.

    By the type of `expected`: an int wants a whole number (Python's, NumPy's, a tensor's, a
    Fraction; not 3.0, not True); a float wants a number within the relative `tolerance`; a tuple of
    ints wants a tuple, list or shape of as many whole numbers; an array wants an array,
    tensor or nested list of its shape, each entry within `tolerance` times the largest
    magnitude in `expected`. Raises WrongAnswer.
    """
    result = forms.settled(actual)
    code = forms.why_not(result, expected, tolerance)
    if code is None:
        return
    seen = f"{name} is {_show(actual)}"
    case = Case((), expected, tolerance, mistakes or {}, seen, result, None, code)
    known = mistake([case], {})
    found = structure([case], "", []) if code in forms.GENERIC and not known else None
    if known:
        raise WrongAnswer(seen, known.code)
    raise WrongAnswer(seen, (found and found.code) or code, found.where if found else "")


def given_by(
    shown: str,
    function: Callable[..., Any],
    args: tuple[Any, ...],
    instead: Mapping[str, str] | None = None,
) -> Any:
    """Return what `function(*args)` gives, for checks that look at it in their own way.

    Raises WrongAnswer if it stops with an error, or gives None. `shown` is the call as the student
    would read it; `instead` has codes of the exercise's own in place of the usual ones.
    """
    try:
        given = function(*args)
    except WrongAnswer:
        raise
    except NotImplementedError:
        raise WrongAnswer(f"{shown} has no answer yet", "not-answered") from None
    except Exception as error:
        said = (str(error).strip() or "no reason given").splitlines()[0].rstrip(".")
        code = usual_meaning(error)
        code = (instead or {}).get(code, code)
        raise WrongAnswer(f"{shown} stopped with {type(error).__name__}: {said}", code) from None
    if given is None:
        raise WrongAnswer(f"{shown} returned None", "missing-return")
    return given


def whole_numbers(name: str, actual: Any, count: int) -> tuple[int, ...]:
    """Return `actual` as a tuple of `count` ints, or raise WrongAnswer that says why it is not."""
    numbers = forms.row(forms.plain(actual))
    code = forms.not_whole_numbers(numbers, count)
    if code:
        raise WrongAnswer(f"{name} is {_show(actual)}", code)
    found: tuple[int, ...] = numbers
    return found


def fail(seen: str, code: str) -> None:
    """Raise WrongAnswer: for exercises whose check is more than a comparison."""
    raise WrongAnswer(seen, code)


def _name(function: Callable[..., Any]) -> str:
    """Return what a function is called; an object that can be called, by its class."""
    inner = getattr(function, "func", function)  # of functools.partial
    return str(getattr(inner, "__name__", type(inner).__name__))


def _show(value: Any) -> str:
    """Return `value` as a student would write it, shortened: 2700 -> "2,700"."""
    if (forms.is_array(value) or hasattr(value, "numpy")) and len(value.shape) > 0:
        return f"an array of shape {tuple(value.shape)}"
    plain = forms.plain(value)
    if isinstance(plain, int | float) and not isinstance(plain, bool):
        return (
            f"{plain:,}" if type(value) in (int, float) else f"{plain:,} ({type(value).__name__})"
        )
    if inspect.isfunction(value):
        return value.__name__
    if type(value) is list:
        return _shorten("[" + ", ".join(_show(entry) for entry in value) + "]")
    return _shorten(repr(value))


def _shorten(text: str, width: int = 200) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"
