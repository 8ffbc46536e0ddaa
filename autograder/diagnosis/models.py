"""Which known mistake an answer makes: the one whose wrong model does what the answer does.

A *model* of a mistake is the exercise's function with that mistake in it. It fits an answer if it
gives the answer's own result for every call where it differs from the right one: where the answer
is right and the model is not, the mistake is another.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from autograder.diagnosis.case import Case, Models, result_of


@dataclass(frozen=True)
class Fit:
    """How well a model fits."""

    code: str
    agreed: int  # calls that the model and the answer get wrong in the same way
    unexplained: int  # calls that the answer gets wrong in another way
    first: int  # the first call of those agreed upon


def mistake(cases: Sequence[Case], models: Models) -> Fit | None:
    """Return the mistake whose model fits; None if none does, or several equally well.

    A call's own list of wrong results (`Case.mistakes`) is what a model would give for that call;
    of a call that does not list a mistake, such a list says nothing, and where the answer gives
    yet another wrong result, the list may lack it. A mistake that explains neither the first wrong
    call nor half of them agrees by chance; one that is known by an error that stops other calls,
    too, is left out.
    """
    found: dict[str, Fit] = {}
    first = next((number for number, case in enumerate(cases) if not case.right), None)
    for fit in _fits(cases, models):
        if fit.code not in found or _strength(fit) > _strength(found[fit.code]):
            found[fit.code] = fit
    about_first = [fit for fit in found.values() if fit.first == first]
    explain_half = [fit for fit in found.values() if fit.agreed >= fit.unexplained]
    fits = {fit.code: fit for fit in about_first + explain_half}
    ranked = sorted(fits.values(), key=_strength, reverse=True)
    if not ranked or (len(ranked) > 1 and _strength(ranked[0]) == _strength(ranked[1])):
        return None
    return ranked[0]


def _strength(fit: Fit) -> tuple[int, int, int]:
    return -fit.unexplained, fit.agreed, -fit.first


def _fits(cases: Sequence[Case], models: Models) -> Iterator[Fit]:
    """Yield the fit of every mistake that fits, and of every variant of its model."""
    for code in dict.fromkeys(code for case in cases for code in case.mistakes):
        if code not in models:
            listed = [list(case.mistakes.get(code, ())) for case in cases]
            yield from _fit(code, cases, listed, complete=False)
    for code, variants in models.items():
        for model in [variants] if callable(variants) else variants:
            given = [[] if (each := result_of(model, case)) is None else [each] for case in cases]
            yield from _fit(code, cases, given, complete=True)


def _fit(
    code: str, cases: Sequence[Case], results: Sequence[Sequence[Any]], *, complete: bool
) -> Iterator[Fit]:
    """Yield the fit, if the results fit; `complete`: no other wrong result comes of the mistake."""
    agreed: list[int] = []
    # An error of other calls, too, for which no mistake is known, is not one of the arguments that
    # this mistake is about. Errors come by name: each of a student's process is of a class of its
    # own here.
    stopped = {
        type(case.error).__name__
        for case, wrong in zip(cases, results, strict=True)
        if any(isinstance(each, type) and case.gave(each) for each in wrong)
    }
    for number, (case, wrong) in enumerate(zip(cases, results, strict=True)):
        differ = bool(wrong) and all(case.tells_apart(each) for each in wrong)
        is_contradicted = differ and (case.right or (complete and case.error is None))
        known = any(case.gave(each) for listed in case.mistakes.values() for each in listed)
        stops_anyway = type(case.error).__name__ in stopped and not known
        if not case.right and any(case.gave(each) for each in wrong):
            agreed.append(number)
        elif is_contradicted or stops_anyway:
            return
    if agreed:
        unexplained = sum(not case.right for case in cases) - len(agreed)
        yield Fit(code, len(agreed), unexplained, agreed[0])
