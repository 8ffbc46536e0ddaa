"""Mutation testing: the reference solutions with one mistake each, put through their own checks.

`python -m autograder.authoring.mutants [assignment …]`, in the course's folder, tells how many
mutants each exercise's checks refuse, which survive, and how many get a hint that says more than
too small or too large and is true; `--page FILE` writes it as a page, in Markdown. A mutant that
does what the solution does on a wide sample of inputs is none. The code runs in this process: it
is the teacher's own.
"""

import argparse
import contextlib
import io
import os
import signal
import types
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from IPython.core.inputtransformer2 import TransformerManager
from jinja2 import Environment, StrictUndefined
from nbformat import NotebookNode

from autograder import checks
from autograder.authoring.mutations import mutations
from autograder.authoring.sampling import sample
from autograder.diagnosis import arrays, forms
from autograder.diagnosis.case import Case, result_of
from autograder.diagnosis.contrast import told_apart
from autograder.diagnosis.structure import structure
from autograder.files import write
from autograder.notebook import cells, notebooks
from autograder.notebook.course import Course, find_course

SECONDS = 10  # of one mutant's checks; more is an endless loop
TRUE_FROM = 0.9  # of the sampled calls that a hint must be true of
MOST = 0.5  # of those said to be wrong: what is wrong may give a right result by chance


@dataclass(frozen=True)
class Mutant:
    """What became of one mutant."""

    what: str
    outcome: str  # the code of its hint, the name of an error, or "survived" or "equivalent"
    is_specific: bool = False  # the hint, or the sentence beside it, names more than a direction
    is_true: bool | None = None  # of the sampled calls; None if there is nothing to hold it against
    where: str = ""  # the sentence beside the hint


@dataclass
class Row:
    """The mutants of one exercise."""

    assignment: str
    exercise: str
    mutants: list[Mutant] = field(default_factory=list)

    @property
    def real(self) -> list[Mutant]:
        """The mutants that are not equivalent to the solution."""
        return [each for each in self.mutants if each.outcome != "equivalent"]

    @property
    def survivors(self) -> list[Mutant]:
        """The mutants that pass all checks and are not known to be equivalent."""
        return [each for each in self.mutants if each.outcome == "survived"]

    @property
    def specific(self) -> int:
        """How many mutants get a hint that is specific, and not known to be untrue."""
        return sum(each.is_specific and each.is_true is not False for each in self.real)

    @property
    def untold(self) -> list[Mutant]:
        """The mutants with a hint that is not specific."""
        return [each for each in self.real if not each.is_specific and each not in self.survivors]

    @property
    def untrue(self) -> list[Mutant]:
        """The mutants with a hint that the sampled calls refute."""
        return [each for each in self.real if each.is_true is False]


class _TooLong(BaseException):
    """A mutant runs on and on."""


def rows(course: Course, name: str) -> list[Row]:
    """Return the mutants of an assignment's exercises; runs the lesson and all of them.

    Exercises whose checks are no `checks.calls` have none: a value may be right in another way, and
    a network takes its time.
    """
    source = course.source(name)
    chapter = notebooks.read(source)
    found = []
    with _in_folder(source.parent):
        namespace = _Namespace()
        for cell in chapter.cells:
            if cell.cell_type != "code" or cells.is_demonstration(cell):
                continue
            if cells.is_solution(cell):
                answer = cell
            elif cells.is_test(cell) and "def " in answer.source:
                row = _row(name, answer, cell, namespace)
                if row is not None:
                    found.append(row)
            namespace.run(cell.source)
    return found


class _Namespace:
    """The names that a notebook's cells define."""

    def __init__(self) -> None:
        self._module = types.ModuleType("__main__")
        self.names = self._module.__dict__
        self._transform = TransformerManager().transform_cell

    def run(self, source: str) -> None:
        """Run a cell; what it prints is thrown away. Raises what it raises."""
        code = compile(self._transform(source), "<cell>", "exec")
        with contextlib.redirect_stdout(io.StringIO()), _within(SECONDS * 30):
            exec(code, self.names)  # noqa: S102

    def copy(self) -> "_Namespace":
        """Return the same names, to be bound anew."""
        other = _Namespace()
        other.names.update(self.names)
        return other


def _row(name: str, answer: NotebookNode, test: NotebookNode, lesson: _Namespace) -> Row | None:
    row = Row(name, cells.grade_id(answer))
    expected = _tried(lesson.copy(), answer.source, test.source)
    if expected.error is not None:
        raise RuntimeError(f"{name} {row.exercise}: the solution fails: {expected.error}")
    if not expected.calls:
        return None
    samples = [list(sample([case.args for case in call.cases])) for call in expected.calls]
    rights = [
        [_result(call, args) for args in inputs]
        for call, inputs in zip(expected.calls, samples, strict=True)
    ]
    for mutation in mutations(answer.source):
        tried = _tried(lesson.copy(), mutation.source, test.source)
        cases = [
            _cases(call, inputs, right)
            for call, inputs, right in zip(tried.calls, samples, rights, strict=False)
        ]
        row.mutants.append(_judged(mutation.what, tried, cases))
    return row


@dataclass(frozen=True)
class _Tried:
    """What a test cell said of an answer, and the calls that it made."""

    error: BaseException | None
    calls: list[checks.Calls]


def _tried(namespace: _Namespace, answer: str, test: str) -> _Tried:
    error: BaseException | None = None
    with checks.noted() as made:
        try:
            with _within(SECONDS):
                namespace.run(answer)
                namespace.run(test)
        except (Exception, _TooLong) as raised:
            error = raised
    return _Tried(error, made)


def _judged(what: str, tried: _Tried, sampled: Sequence[Sequence[Case]]) -> Mutant:
    every = [case for cases in sampled for case in cases]
    if tried.error is None:
        is_equal = bool(every) and all(case.right for case in every)
        return Mutant(what, "equivalent" if is_equal else "survived")
    if not isinstance(tried.error, checks.WrongAnswer):
        return Mutant(what, type(tried.error).__name__.strip("_"), is_specific=True)
    wrong = tried.error
    is_specific = wrong.code not in forms.GENERIC or bool(wrong.where)
    is_true = _truth(wrong, tried.calls, sampled)
    return Mutant(what, wrong.code, is_specific, is_true, wrong.where)


def _truth(
    wrong: checks.WrongAnswer, calls: Sequence[checks.Calls], sampled: Sequence[Sequence[Case]]
) -> bool | None:
    """Return whether a hint is true of the sampled calls; None if that cannot be told."""
    for call, cases in zip(calls, sampled, strict=False):
        off = [case for case in cases if not case.right]
        if not off:
            continue
        if wrong.code in call.models:
            variants = call.models[wrong.code]
            models = [variants] if callable(variants) else variants
            return max(_agreement(model, cases) for model in models) >= TRUE_FROM
        found = structure(cases, call.names, call.axes)
        if found and found.code == wrong.code and wrong.code not in forms.GENERIC:
            return True
        if wrong.where.startswith("Right where"):
            right, off_there = told_apart(wrong.where, cases, call.names)
            return right >= TRUE_FROM and off_there >= MOST
    return None


def _agreement(model: Any, cases: Sequence[Case]) -> float:
    """Return for which share of the calls that either gets wrong both give the same."""
    both = either = 0
    for case in cases:
        result = result_of(model, case)
        if result is None:
            continue
        if not case.right or case.tells_apart(result):
            either += 1
            both += case.gave(result)
    return both / either if either else 0.0


def _result(call: checks.Calls, args: tuple[Any, ...]) -> Any:
    """Return what the solution gives for sampled arguments; None if it gives nothing."""
    expected = call.cases[0].expected
    made = call.made(args, expected)
    if made.error is not None:
        return None
    if isinstance(expected, np.ndarray):
        numbers = arrays.array(made.returned)
        return None if isinstance(numbers, str) else numbers
    return forms.row(forms.plain(made.returned))


def _cases(
    call: checks.Calls, inputs: Sequence[tuple[Any, ...]], rights: Sequence[Any]
) -> list[Case]:
    """Return a mutant's calls for the sampled inputs that the solution has a result for."""
    made = []
    for args, right in zip(inputs, rights, strict=True):
        if right is None or not np.all(np.isfinite(right)):
            continue
        try:
            with _within(1):
                made.append(call.made(args, right))
        except (_TooLong, NotImplementedError, checks.WrongAnswer):
            return made
    return made


@contextlib.contextmanager
def _within(seconds: int) -> Iterator[None]:
    def stop(*_: object) -> None:
        raise _TooLong

    before = signal.signal(signal.SIGALRM, stop)
    left = signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(left)
        signal.signal(signal.SIGALRM, before)


@contextlib.contextmanager
def _in_folder(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def page(found: Sequence[Row]) -> str:
    """Return the table of mutants as a page in Markdown."""
    source = files("autograder.authoring").joinpath("mutants.md.j2").read_text("utf-8")
    environment = Environment(  # noqa: S701
        undefined=StrictUndefined, trim_blocks=True, keep_trailing_newline=True
    )
    return environment.from_string(source).render(rows=found)


def main() -> None:
    """Tell of the assignments named on the command line, or of all."""
    parser = argparse.ArgumentParser(prog="python -m autograder.authoring.mutants")
    parser.add_argument("assignments", nargs="*", help="all of the course if left out")
    parser.add_argument("--page", type=Path, help="a file to write the table to, in Markdown")
    options = parser.parse_args()
    course = find_course(Path.cwd())
    names = options.assignments or course.names()
    found = [row for name in names for row in rows(course, name)]
    for row in found:
        shown = f"{row.assignment} {row.exercise}: {len(row.real)} mutants"
        print(
            f"{shown}, {len(row.survivors)} survive, {row.specific} told, {len(row.untrue)} untrue"
        )
        for each in row.survivors + row.untrue + row.untold:
            print(f"    {each.what}: {each.outcome} {each.where}")
    if options.page is not None:
        write(options.page, page(found))


if __name__ == "__main__":
    main()
