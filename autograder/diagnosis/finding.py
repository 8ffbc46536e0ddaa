"""What is found out about wrong results."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """The code of a hint, None if there is none that fits, and a sentence that says more."""

    code: str | None
    where: str = ""
