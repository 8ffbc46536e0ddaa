"""What is found out about wrong results."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """The code of a hint, None if there is none that fits, and a sentence that says more."""

    code: str | None
    where: str = ""


def axis_name(axis: int, axes: Sequence[str]) -> str:
    """Return what an axis of a result is called: by its name, if `axes` has one."""
    return f"the axis `{axes[axis]}`" if axis < len(axes) else f"axis {axis}"
