"""The statuses a submission can end with, and all that depends on which it is."""

from dataclasses import dataclass
from typing import Literal, get_args

from autograder.task import Cut

Status = Literal[
    "ok",
    "partial",
    "failed",
    "waiting",
    "marked",
    "blank",
    "timeout",
    "died",
    "out-of-memory",
    "output-limit",
    "unreadable",
    "tampered",
    "infra-error",
]
STATUSES: tuple[Status, ...] = get_args(Status)
CUT: tuple[Cut, ...] = get_args(Cut)  # the statuses of a run that was cut short


@dataclass(frozen=True)
class Meaning:
    """The words for a status, and the kind of thing that it is."""

    teacher: str  # in the report, after the status
    student: str  # on the feedback page, a sentence
    refused: bool = False  # nothing was run, and the points are a zero with a reason
    answers: bool = True  # the submission has answers that say something of the exercises
    final: bool = True  # its points may go out as a score


MEANING: dict[Status, Meaning] = {
    "ok": Meaning("every check passes", "All checks pass."),
    "partial": Meaning("some checks pass", "Some checks pass."),
    "failed": Meaning("no check passes, though something was handed in", "No check passes yet."),
    "waiting": Meaning(
        "answers are still to be marked by hand: no score before that",
        "Your work is not fully marked yet: what no check can judge, your teacher marks by hand.",
        final=False,
    ),
    "marked": Meaning("marked by hand, without any check", "Your answers were marked by hand."),
    "blank": Meaning(
        "no answer was changed", "No answer was written into this notebook.", answers=False
    ),
    "timeout": Meaning(
        "a cell ran too long and was stopped; what passed counts",
        "A cell ran too long and was stopped. What passed before and after it counts.",
    ),
    "died": Meaning(
        "a cell ended Python; what passed counts",
        "A cell ended Python itself, so the cells after it could not run. What passed counts.",
    ),
    "out-of-memory": Meaning(
        "a cell took more memory than allowed; what passed counts",
        "A cell took more memory than allowed. What passed counts.",
    ),
    "output-limit": Meaning(
        "a cell wrote more output than allowed; what passed counts",
        "A cell wrote more output than allowed. What passed counts.",
    ),
    "unreadable": Meaning(
        "there is no notebook to grade",
        "What you handed in could not be read, so nothing was graded.",
        refused=True,
        answers=False,
    ),
    "tampered": Meaning(
        "a notebook without any of the cells for answers",
        "Your notebook has none of the cells for answers, so nothing was graded.",
        refused=True,
        answers=False,
    ),
    "infra-error": Meaning(
        "the grader itself failed: no score; grade again",
        "The grader could not run your notebook. This is not your fault.",
        answers=False,
        final=False,
    ),
}
