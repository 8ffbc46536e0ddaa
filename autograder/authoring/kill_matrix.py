"""The tests of the tests: every answer of the bank, put through the real grader.

`python -m autograder.authoring.kill_matrix` writes what became of each answer to
`book/kill-matrix/<assignment>.md`, a page of the teachers' part of the book.
"""

import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

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
class Outcome:
    """What the grader made of one answer."""

    answer: Answer
    verdict: Verdict
    result: Result  # of the submission that the answer was part of

    @property
    def as_it_must(self) -> bool:
        """Whether right earned full marks, wrong its hint and no points, the rest no points."""
        if self.answer.kind == "right":
            return self.verdict.passed and self.verdict.points == self.verdict.max_points
        if self.answer.kind == "wrong" and self.verdict.code != self.answer.hint:
            return False
        if self.answer.kind == "stop" and self.result.status not in STOPPED:
            return False
        return self.verdict.points == 0


@dataclass(frozen=True)
class Matrix:
    """The whole bank of one assignment, graded, beside the two notebooks everything rests on."""

    outcomes: tuple[Outcome, ...]
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


def run(course: Course, name: str, folder: Path) -> Matrix:
    """Grade the bank of the assignment `name` with `autograder grade`, in `folder`.

    Raises subprocess.CalledProcessError if the grader does not give every submission a
    final status.
    """
    released = notebooks.read(course.released(name))
    bank = read_bank(course.source(name).parent / "answers")
    rows = submissions(bank)
    texts = {student: {e: a.source for e, a in row.items()} for student, row in rows.items()}
    handed_in = {student: hand_in(released, answers) for student, answers in texts.items()}
    handed_in |= {UNTOUCHED: released, REFERENCE: notebooks.read(course.source(name))}
    for student, notebook in handed_in.items():
        path = folder / "submitted" / student / name / course.source(name).name
        write(path, notebooks.text(notebook))
    out = folder / "grading"
    command = [sys.executable, "-m", "autograder", "grade", str(folder / "submitted")]
    command += ["--out", str(out), "--no-feedback"]
    if any(answer.kind == "stop" for answer in bank):
        command += ["--cell-timeout", "5"]  # an endless answer takes all the time that it may
    subprocess.run(command, cwd=course.root, check=True)  # noqa: S603
    results = {student: entry.result for (student, _), entry in journal.read(out).items()}
    return Matrix(tuple(_outcomes(rows, results)), results[UNTOUCHED], results[REFERENCE])


def _outcomes(
    rows: Mapping[str, Mapping[str, Answer]], results: Mapping[str, Result]
) -> Iterable[Outcome]:
    for student, row in rows.items():
        for answer in row.values():
            if student.startswith("stop") and answer.kind != "stop":
                continue  # seen already, in a notebook of right answers
            for verdict in results[student].verdicts:
                if verdict.exercise == answer.exercise:
                    yield Outcome(answer, verdict, results[student])


def page(name: str, matrix: Matrix) -> str:
    """Return the matrix as a page of the book, in Markdown."""
    wrong = [each for each in matrix.outcomes if each.answer.kind == "wrong"]
    right = [each for each in matrix.outcomes if each.answer.kind == "right"]
    broken = [each for each in matrix.outcomes if each.answer.kind in ("crash", "stop")]
    lines = [
        "<!-- Written by `make kill-matrix`; do not edit. -->",
        "",
        f"# Tests of the tests: {name}",
        "",
        f"The answer bank of this chapter holds {len(wrong)} wrong answers, {len(right)} right ones"
        f" and {len(broken)} that stop with an error or never return. Each was put through"
        " `autograder grade`. This is what became of them.",
        "",
        f"The untouched notebook earns {_points(matrix.untouched)},"
        f" the reference solution {_points(matrix.reference)}.",
    ]
    exercises = dict.fromkeys(each.answer.exercise for each in matrix.outcomes)
    for exercise in exercises:
        lines += ["", f"## {exercise}", "", "| answer | is | points | hint |", "|---|---|---|---|"]
        for each in matrix.outcomes:
            if each.answer.exercise == exercise:
                points = f"{each.verdict.points:g} of {each.verdict.max_points:g}"
                lines.append(
                    f"| {each.answer.title} | {each.answer.kind} | {points} | {_hint(each)} |"
                )
    return "\n".join(lines) + "\n"


def _points(result: Result) -> str:
    points = sum(verdict.points for verdict in result.verdicts)
    return f"{points:g} of {sum(verdict.max_points for verdict in result.verdicts):g} points"


def _hint(outcome: Outcome) -> str:
    if outcome.answer.kind == "crash":
        return "an error"
    if outcome.answer.kind == "stop":
        return f"status `{outcome.result.status}`"
    code = outcome.verdict.code
    return f"{hints()[code]['title']} `[{code}]`" if code else ""


def page_path(course: Course, name: str) -> Path:
    """Return where the page of the assignment `name` lies."""
    return course.root / "book" / "kill-matrix" / f"{name}.md"


def main() -> None:
    """Write the page of every assignment of the course around the current folder."""
    course = find_course(Path.cwd())
    for name in course.names():
        with tempfile.TemporaryDirectory() as folder:
            write(page_path(course, name), page(name, run(course, name, Path(folder))))


if __name__ == "__main__":
    main()
