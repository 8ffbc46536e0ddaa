"""Tables that spreadsheets open: `grades.csv`, and cells that mean what they say."""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from autograder.errors import UsageError
from autograder.files import write as write_file

NAME = "grades.csv"
COLUMNS = ["student_id", "assignment", "score", "max_score", "status", "isolation", "reason"]
_FORMULA = tuple("=+-@＝＋－＠")  # spreadsheets read the wide ones, too


def write(path: Path, rows: Iterable[Sequence[str]]) -> None:
    """Write rows of finished cells as a CSV file."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    write_file(path, text.getvalue())


def read(folder: Path) -> list[dict[str, str]]:
    """Return the lines of `grades.csv` in an output folder of `grade`.

    Raises UsageError if there are none, or if another program has made another table of them.
    """
    path = folder / NAME
    if not path.is_file():
        raise UsageError(f"there are no grades in {folder}; run `autograder grade` first")
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            table = csv.DictReader(lines, strict=True)
            if list(table.fieldnames or ()) != COLUMNS:
                raise ValueError("other columns")
            return list(table)
    except (ValueError, csv.Error) as problem:
        raise UsageError(
            f"{path} is no longer as it was written: perhaps a spreadsheet saved it; "
            "`autograder grade` writes it anew"
        ) from problem


def plain_cell(text: str) -> str:
    """Return a table cell that no spreadsheet takes for a formula, and that is one line."""
    text = "".join(char if char.isprintable() else " " for char in text)
    text = " ".join(text.split())
    return f"'{text}" if text.startswith(_FORMULA) else text


def meant(cell: str) -> str:
    """Return a table cell without the apostrophe that keeps it from being a formula."""
    return cell[1:] if plain_cell(cell[1:]) == cell else cell


def number(value: float) -> str:
    """Return points as a table cell: at most four decimals, and no exponent."""
    return f"{round(value, 4) + 0.0:.12g}"
