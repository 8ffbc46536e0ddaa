"""The ledger: every claim has its form, and a broken one stops the build."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from claims import Claim, count_verdicts, parse_claims

from tests.site.browsing import CHAPTERS, JUPYTER_BOOK, ROOT

CLAIM = """### Claim Q2-C06

> “900 + 1800 + 3600 = 5400”

**Verdict: wrong, arithmetic wrong.** It is more.

*Source:* computed below."""
PROOF = "total = 900 + 1800 + 3600\nassert total == 6300"


def notebook(*cells: tuple[str, str]) -> dict[str, Any]:
    """A notebook of (type, source) cells, as its JSON reads."""
    return {
        "cells": [
            {"cell_type": kind, "source": source.splitlines(keepends=True), "metadata": {}}
            | ({"outputs": [], "execution_count": None} if kind == "code" else {})
            for kind, source in cells
        ],
        "metadata": {},
        "nbformat": 4,
        "nbformat_minor": 4,
    }


def test_a_claim_is_read() -> None:
    claims, problems = parse_claims(
        notebook(("markdown", "# Title"), ("markdown", CLAIM), ("code", PROOF))
    )
    assert problems == []
    words = "“900 + 1800 + 3600 = 5400”"
    assert claims == [Claim("Q2-C06", words, ("wrong", "arithmetic wrong"), "It is more.")]
    assert count_verdicts(claims) == {"wrong": 1, "arithmetic wrong": 1}


def test_a_quotation_may_span_lines() -> None:
    quoted = CLAIM.replace("> “900 + 1800", "> “900\n> + 1800")
    claims, _ = parse_claims(notebook(("markdown", quoted), ("code", PROOF)))
    assert claims[0].quote == "“900\n+ 1800 + 3600 = 5400”"


@pytest.mark.parametrize(
    ("markdown", "code", "fault"),
    [
        (CLAIM.replace("wrong,", "wrongish,"), PROOF, "the verdict 'wrongish' is none of"),
        (CLAIM.replace("wrong,", "wrong, imprecise,"), PROOF, "more than two verdicts"),
        (CLAIM.replace("**Verdict", "**Judgement"), PROOF, "a verdict like"),
        (CLAIM.replace("> “", "“"), PROOF, "quotes the words judged"),
        (CLAIM.replace("*Source:* computed below.", ""), PROOF, "'*Source:*'"),
        (CLAIM.replace("Q2-C06", "C06"), PROOF, "starts with a line like"),
        (CLAIM.replace("###", "##"), PROOF, "starts with a line like"),
        ("Before.\n\n" + CLAIM, PROOF, "starts with a line like"),
        (CLAIM + "\n\n" + CLAIM, PROOF, "has no other"),
        (CLAIM, "print(900 + 1800 + 3600)", "not an assert"),
        (CLAIM, "", "not an assert"),
        (CLAIM, "900 +", "is not Python"),
        (CLAIM, None, "no code cell follows"),
    ],
)
def test_a_broken_claim_is_named(markdown: str, code: str | None, fault: str) -> None:
    cells = [("markdown", markdown), ("code", code) if code is not None else ("markdown", "Next.")]
    claims, problems = parse_claims(notebook(*cells))
    assert claims == []
    assert len(problems) == 1
    assert fault in problems[0].text
    assert "C06" in problems[0].claim


def test_an_id_is_used_once() -> None:
    cells = [("markdown", CLAIM), ("code", PROOF)]
    _, problems = parse_claims(notebook(*cells, *cells))
    assert [str(problem) for problem in problems] == ["Q2-C06: this id is used twice"]


def test_a_chapter_without_claims_is_a_problem() -> None:
    assert parse_claims(notebook(("markdown", "# Title")))[1]


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_claim_of_a_chapter_has_its_form(chapter: str) -> None:
    claims, problems = parse_claims(json.loads((ROOT / f"{chapter}.ipynb").read_text("utf-8")))
    assert problems == []
    assert claims


def test_a_broken_claim_stops_the_build(tmp_path: Path) -> None:
    for name in ("_config.yml", "_toc.yml"):
        shutil.copy(ROOT / name, tmp_path)
    shutil.copytree(ROOT / "book", tmp_path / "book")
    for chapter in CHAPTERS:
        stub = tmp_path / f"{chapter}.ipynb"
        stub.parent.mkdir(parents=True)
        unproved = notebook(("markdown", "# Title"), ("markdown", CLAIM), ("code", "print(1)"))
        stub.write_text(json.dumps(unproved), encoding="utf-8")
    built = subprocess.run(
        [*JUPYTER_BOOK, "build", "-W", "-n", "--keep-going", "-q", "."],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode != 0
    assert f"{CHAPTERS[0]}.ipynb: Q2-C06: the last statement" in built.stdout + built.stderr
