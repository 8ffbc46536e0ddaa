"""A made-up class to try the grader on, from the released notebook and the answer bank."""

import math
import random
from collections.abc import Sequence
from pathlib import Path

from nbformat import NotebookNode

from autograder.authoring.bank import Answer, hand_in, read_bank
from autograder.errors import UsageError
from autograder.files import write
from autograder.notebook import notebooks
from autograder.notebook.cells import grade_id
from autograder.notebook.course import Course

RIGHT = ("amara-okafor", "kenji-sato", "lucia-fernandez")
PARTLY = (
    "aditi-rao",
    "bao-nguyen",
    "freya-lindqvist",
    "ibrahim-al-sayed",
    "mateus-oliveira",
    "nomvula-dlamini",
    "siobhan-kelly",
    "tala-kahananui",
    "yusuf-demir",
)
BLANK = "ewa-kowalska"
BROKEN = "piotr-novak"  # a file that was cut off while it was uploaded


def sample(course: Course, name: str, folder: Path, more: int = 0) -> list[str]:
    """Write a class's submissions of the assignment `name` into `folder`; return the students.

    Three are right, nine partly wrong, each in other exercises and ways, one is untouched
    and one is a broken file; `more` others are of mixed ability. The same course gives the
    same class. Raises UsageError if the assignment is not released or has no answer bank.
    """
    path = course.released(name)
    if not path.is_file():
        raise UsageError(f"{name} is not released yet; run `autograder release {name}` first")
    bank = read_bank(course.source(name).parent / "answers")
    exercises = list(dict.fromkeys(answer.exercise for answer in bank))
    if not exercises:
        raise UsageError(f"{name} has no answer bank: solutions/{name}/answers/ holds no answers")
    released = notebooks.read(path)
    texts = {BLANK: notebooks.text(released)}
    for number, student in enumerate(RIGHT):
        texts[student] = notebooks.text(hand_in(released, _right(bank, exercises, number)))
    for number, student in enumerate(PARTLY):
        answers = _right(bank, exercises, number) | _wrong(bank, exercises, number)
        texts[student] = notebooks.text(hand_in(released, answers))
    for number in range(1, more + 1):
        student = f"student-{number:02}"
        answers = _by_ability(bank, _in_order(released, exercises), student)
        texts[student] = notebooks.text(hand_in(released, answers))
    texts[BROKEN] = texts[RIGHT[0]][: len(texts[RIGHT[0]]) // 3]
    for student, text in sorted(texts.items()):
        write(folder / student / name / path.name, text)
    return sorted(texts)


def _right(bank: Sequence[Answer], exercises: Sequence[str], number: int) -> dict[str, str]:
    """Return a right answer to every exercise, another one for each student."""
    chosen = {}
    for exercise in exercises:
        right = [each for each in bank if each.exercise == exercise and each.kind == "right"]
        chosen[exercise] = right[number % len(right)].source
    return chosen


def _wrong(bank: Sequence[Answer], exercises: Sequence[str], number: int) -> dict[str, str]:
    """Return wrong answers to one to three exercises, other ones for each student."""
    chosen = {}
    for step in range(1 + number % min(3, len(exercises))):
        exercise = exercises[(number + step) % len(exercises)]
        wrong = [each for each in bank if each.exercise == exercise and each.kind == "wrong"]
        if wrong:
            chosen[exercise] = wrong[(number + 3 * step) % len(wrong)].source
    return chosen


def _in_order(released: NotebookNode, exercises: Sequence[str]) -> list[str]:
    """Return the exercises as they follow each other in the notebook: from easy to hard."""
    places = [grade_id(cell) for cell in released.cells]
    return sorted(exercises, key=places.index)


def _by_ability(bank: Sequence[Answer], exercises: Sequence[str], student: str) -> dict[str, str]:
    """Return what a student of some ability answers to exercises that become harder.

    The chance to be right is a logistic function of ability less difficulty; of the wrong
    answers those that stand first in the bank are the likeliest.
    """
    draw = random.Random(student)  # noqa: S311  (made up, and no secret)
    ability = draw.gauss(0, 1)
    chosen = _right(bank, exercises, draw.randrange(9))
    for number, exercise in enumerate(exercises):
        difficulty = 2.5 * number / len(exercises) - 2
        if draw.random() > 1 / (1 + math.exp(2 * (difficulty - ability))):
            wrong = [each for each in bank if each.exercise == exercise and each.kind == "wrong"]
            weights = [1 / (1 + place) for place in range(len(wrong))]
            chosen[exercise] = draw.choices(wrong, weights)[0].source
    return chosen
