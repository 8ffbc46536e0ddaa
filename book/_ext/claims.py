"""The claims of a chapter: what a common answer says, and what became of it.

A claim is a Markdown cell and the code cell that demonstrates it:

    ### Claim Q2-C06

    > “the words quoted”

    **Verdict: wrong, arithmetic wrong.** What is true.

    *Source:* where that can be read.

and then code whose last statement is an assertion.
"""

import ast
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

VERDICTS = {
    "correct": "right",
    "imprecise": "half",
    "incomplete": "half",
    "wrong": "wrong",
    "arithmetic wrong": "wrong",
    "self-contradictory": "wrong",
}
"""Each verdict -> the class that gives it its colour."""

_HEADING = re.compile(r"^#+\s*Claim\b.*$", re.MULTILINE)
_ID = re.compile(r"### Claim (Q\d+-C\d\d+)")
_QUOTE = re.compile(r"^>.*(?:\n>.*)*", re.MULTILINE)
_VERDICT = re.compile(r"^\*\*Verdict: ([^*]+)\.\*\*((?:.+\n?)*)", re.MULTILINE)
_SOURCE = re.compile(r"^\*Source:\*\s+\S", re.MULTILINE)


@dataclass(frozen=True)
class Claim:
    """One claim: its id (`Q2-C06`), the words quoted, its one or two verdicts, and what is true.

    Words and truth are Markdown; the truth is what stands behind the verdict, in its paragraph.
    """

    id: str
    quote: str
    verdicts: tuple[str, ...]
    truth: str


@dataclass(frozen=True)
class Problem:
    """What is wrong with the form of one claim: its id (without one, its heading) and the fault."""

    claim: str
    text: str

    def __str__(self) -> str:
        return f"{self.claim}: {self.text}"


def parse_claims(notebook: Mapping[str, Any]) -> tuple[list[Claim], list[Problem]]:
    """Return the claims of a notebook (in its JSON form, version 4) and what is wrong with them.

    A claim with a problem is left out of the first list. Never raises for a notebook that is one.
    """
    claims: list[Claim] = []
    problems: list[Problem] = []
    cells = notebook["cells"]
    for cell, following in zip_longest(cells, cells[1:]):
        text = _source(cell)
        headings = _HEADING.findall(text) if cell["cell_type"] == "markdown" else []
        if not headings:
            continue
        claim, faults = _parse(text, headings, following)
        if claim and claim.id in {known.id for known in claims}:
            faults.append("this id is used twice")
        if claim and not faults:
            claims.append(claim)
        named = claim.id if claim else headings[0]
        problems += [Problem(named, fault) for fault in faults]
    if not claims and not problems:
        problems.append(Problem("no claim", "there is no cell that starts with '### Claim Q1-C01'"))
    return claims, problems


def count_verdicts(claims: Iterable[Claim]) -> dict[str, int]:
    """How many claims have each verdict, in the vocabulary's order, without those nobody has."""
    counts = Counter(verdict for claim in claims for verdict in claim.verdicts)
    return {verdict: counts[verdict] for verdict in VERDICTS if counts[verdict]}


def _parse(
    text: str, headings: list[str], following: Mapping[str, Any] | None
) -> tuple[Claim | None, list[str]]:
    """The claim of one Markdown cell, unless it has no id, and what is wrong with its form."""
    identity = _ID.fullmatch(headings[0].strip())
    if not identity or len(headings) > 1 or not text.lstrip().startswith(headings[0]):
        return None, ["a claim's cell starts with a line like '### Claim Q2-C06' and has no other"]
    quote, verdict = _QUOTE.search(text), _VERDICT.search(text)
    verdicts = tuple(verdict[1].split(", ")) if verdict else ()
    faults = []
    if not quote:
        faults.append("no line starting with '>' quotes the words judged")
    if not verdict:
        faults.append("no line starts with a verdict like '**Verdict: wrong.**'")
    if len(verdicts) > 2:
        faults.append("more than two verdicts")
    faults += [
        f"the verdict '{unknown}' is none of: {', '.join(VERDICTS)}"
        for unknown in verdicts
        if unknown not in VERDICTS
    ]
    if not _SOURCE.search(text):
        faults.append("no line starts with '*Source:*' and names one")
    faults += _demonstration_faults(following)
    words = "\n".join(line.lstrip("> ") for line in quote[0].splitlines()) if quote else ""
    truth = " ".join(verdict[2].split()) if verdict else ""
    return Claim(identity[1], words, verdicts, truth), faults


def _demonstration_faults(cell: Mapping[str, Any] | None) -> list[str]:
    """What keeps the cell after a claim from demonstrating it."""
    if cell is None or cell["cell_type"] != "code":
        return ["no code cell follows to demonstrate it"]
    try:
        statements = ast.parse(_source(cell)).body
    except SyntaxError as error:
        return [f"its code cell is not Python: {error.msg}"]
    if not statements or not isinstance(statements[-1], ast.Assert):
        return ["the last statement of its code cell is not an assert"]
    return []


def _source(cell: Mapping[str, Any]) -> str:
    source = cell["source"]  # notebooks on disk keep it as a list of lines
    return source if isinstance(source, str) else "".join(source)
