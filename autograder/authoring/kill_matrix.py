"""The tests of the tests: every answer of the bank, put through the real grader.

`python -m autograder.authoring.kill_matrix FOLDER`, in the course's folder, writes what became of
each answer to `FOLDER/<assignment>.md`, a page in Markdown.
"""

import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import zip_longest
from pathlib import Path

from jinja2 import Environment, StrictUndefined
from nbformat import NotebookNode

from autograder.authoring.bank import Answer, hand_in, read_bank
from autograder.checks import hints
from autograder.files import write
from autograder.notebook import notebooks
from autograder.notebook.course import Course, find_course
from autograder.results import journal
from autograder.results.verdict import Result, Verdict

UNTOUCHED, REFERENCE = "untouched", "reference"
STOPPED = ("died", "timeout", "out-of-memory", "output-limit")


@dataclass(frozen=True)
class Trial:
    """What the grader made of one answer."""

    answer: Answer
    verdict: Verdict
    result: Result  # of the submission that the answer was part of

    @property
    def as_it_must(self) -> bool:
        """Whether a right answer has full marks, and another none, a wrong one with its hint."""
        if self.answer.kind == "right":
            return self.verdict.passed and self.verdict.points == self.verdict.max_points
        if self.answer.kind == "wrong" and self.verdict.code != self.answer.hint:
            return False
        if self.answer.kind == "stop" and self.result.status not in STOPPED:
            return False
        return self.verdict.points == 0

    @property
    def points(self) -> str:
        """The answer's points for the page: `0 of 2`."""
        return _points([self.verdict])

    @property
    def hint(self) -> str:
        """The hint or status for the page; empty if the answer passed."""
        if self.answer.kind == "crash":
            return "an error"
        if self.answer.kind == "stop":
            return f"status `{self.result.status}`"
        code = self.verdict.code
        return f"{hints()[code]['title']} `[{code}]`" if code else ""


@dataclass(frozen=True)
class Matrix:
    """One assignment's graded answer bank, with the untouched notebook and the teacher's own."""

    outcomes: tuple[Trial, ...]
    untouched: Result
    reference: Result


def submissions(bank: Iterable[Answer]) -> dict[str, dict[str, Answer]]:
    """Spread the answers over few notebooks: name -> exercise -> answer.

    A notebook takes one answer to each exercise, all of a kind, since the exercises do not
    depend on each other. What stops the run has a notebook of its own, with right answers
    around it.
    """
    by_kind: dict[str, dict[str, list[Answer]]] = {}
    for answer in bank:
        by_kind.setdefault(answer.kind, {}).setdefault(answer.exercise, []).append(answer)
    rows: dict[str, dict[str, Answer]] = {}
    for kind in ("right", "wrong", "crash"):
        columns = by_kind.get(kind, {}).values()
        for number, row in enumerate(zip_longest(*columns), start=1):
            rows[f"{kind}-{number:02}"] = {each.exercise: each for each in row if each}
    for stop in (each for column in by_kind.get("stop", {}).values() for each in column):
        rows[f"stop-{stop.exercise}-{stop.title}"] = rows["right-01"] | {stop.exercise: stop}
    return rows


def command(arguments: Sequence[str | Path], course: Path) -> None:
    """Run `autograder` in a course's folder. Raises CalledProcessError if it has no success."""
    started = [sys.executable, "-m", "autograder", *arguments]
    subprocess.run(started, cwd=course, check=True)  # noqa: S603


def run(
    course: Course,
    names: Iterable[str],
    folder: Path,
    autograder: Callable[[Sequence[str | Path], Path], None] = command,
) -> dict[str, Matrix]:
    """Grade the banks of these assignments with `autograder grade`, in `folder`.

    Raises what `autograder` does if the grader does not give every submission a final status.
    """
    # An endless answer takes all the time that it may, so these notebooks get little, and several
    # use it up side by side.
    in_time, endless = folder / "in-time", folder / "endless"
    rows: dict[str, dict[str, dict[str, Answer]]] = {}
    for name in names:
        rows[name] = submissions(read_bank(course.source(name).parent / "answers"))
        for student, notebook in _handed_in(course, name, rows[name]).items():
            submitted = endless if student.startswith("stop") else in_time
            write(submitted / student / name / course.source(name).name, notebooks.text(notebook))
    out = folder / "grading"
    for submitted, limit in ((in_time, []), (endless, ["--cell-timeout", "3", "--jobs", "4"])):
        if submitted.exists():
            autograder(["grade", submitted, "--out", out, "--no-feedback", *limit], course.root)
    results: dict[str, dict[str, Result]] = {name: {} for name in rows}
    for (student, name), entry in journal.read(out).items():
        results[name][student] = entry.result
    return {
        name: Matrix(tuple(_outcomes(rows[name], of)), of[UNTOUCHED], of[REFERENCE])
        for name, of in results.items()
    }


def _handed_in(
    course: Course, name: str, rows: Mapping[str, Mapping[str, Answer]]
) -> dict[str, NotebookNode]:
    """Return the notebooks of an assignment by the students that hand them in."""
    released = notebooks.read(course.released(name))
    texts = {student: {e: a.source for e, a in row.items()} for student, row in rows.items()}
    handed_in = {student: hand_in(released, answers) for student, answers in texts.items()}
    return handed_in | {UNTOUCHED: released, REFERENCE: notebooks.read(course.source(name))}


def _outcomes(
    rows: Mapping[str, Mapping[str, Answer]], results: Mapping[str, Result]
) -> Iterable[Trial]:
    for student, row in rows.items():
        for answer in row.values():
            if student.startswith("stop") and answer.kind != "stop":
                continue  # seen already, in a notebook of right answers
            for verdict in results[student].verdicts:
                if verdict.exercise == answer.exercise:
                    yield Trial(answer, verdict, results[student])


def page(name: str, matrix: Matrix) -> str:
    """Return the matrix as a page in Markdown."""
    source = files("autograder.authoring").joinpath("kill_matrix.md.j2").read_text("utf-8")
    # What is marked up here is Markdown, where `<` and `&` of a title stand for themselves.
    environment = Environment(  # noqa: S701
        undefined=StrictUndefined, trim_blocks=True, keep_trailing_newline=True
    )
    exercises: dict[str, list[Trial]] = {}
    for each in matrix.outcomes:
        exercises.setdefault(each.answer.exercise, []).append(each)
    return environment.from_string(source).render(
        name=name,
        count=Counter(each.answer.kind for each in matrix.outcomes),
        untouched=_points(matrix.untouched.verdicts),
        reference=_points(matrix.reference.verdicts),
        exercises=exercises.items(),
    )


def _points(verdicts: Sequence[Verdict]) -> str:
    """Return what tests gave, of what they could give: `2 of 10`."""
    points = sum(verdict.points for verdict in verdicts)
    return f"{points:g} of {sum(verdict.max_points for verdict in verdicts):g}"


def main() -> None:
    """Write the page of every assignment of the course around the current folder."""
    if len(sys.argv) != 2:
        sys.exit("Say where the pages belong: python -m autograder.authoring.kill_matrix FOLDER")
    course, pages = find_course(Path.cwd()), Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        for name, matrix in run(course, course.names(), Path(folder)).items():
            write(pages / f"{name}.md", page(name, matrix))


if __name__ == "__main__":
    main()
