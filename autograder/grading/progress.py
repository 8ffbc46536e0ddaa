"""What a run of `grade` tells while it works, and what it comes to."""

from dataclasses import dataclass, field
from typing import Protocol

from autograder.results.graded import Graded


class Progress(Protocol):
    """Receives what happens in a run of `grade`, to show it."""

    def total(self, count: int) -> None:
        """Called once, with the number of submissions, before the first of them."""

    def done(self, submission: Graded, unchanged: bool) -> None:
        """Called for each submission; `unchanged` says that it was graded by an earlier run."""

    def remark(self, text: str) -> None:
        """Called for what the teacher should know of the class's folder and of lateness."""


@dataclass
class Count:
    """How many submissions were graded, left as they were, and not gradable."""

    graded: int = 0
    unchanged: int = 0
    infra: list[str] = field(default_factory=list)  # `student/assignment: why`
