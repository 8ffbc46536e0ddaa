"""A made-up class to try the grader on, from the released notebook and the answer bank."""

from collections.abc import Sequence
from pathlib import Path

from autograder import notebooks
from autograder.bank import Answer, hand_in, read_bank
from autograder.course import Course
from autograder.errors import UsageError
from autograder.files import write

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


def sample(course: Course, name: str, folder: Path) -> list[str]:
    """Write a class's submissions of the assignment `name` into `folder`; return the students.

    Three are right, nine partly wrong, each in other exercises and ways, one is untouched
    and one is a broken file. The same course gives the same class. Raises UsageError if
    the assignment is not released or has no answer bank.
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
