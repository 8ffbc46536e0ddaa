"""A percentage is written in one way everywhere: 99.4%, without a space."""

import re

import pytest

from tests.site.browsing import ROOT

SPACE = "[ \u00a0\u202f]|&nbsp;"
# In text a number before the sign is enough; in code it may be the remainder of a division, so
# there the sign is the last of a word.
IN_TEXT = re.compile(rf"\d(?:{SPACE})%")
IN_CODE = re.compile(rf"""[\d}}](?:{SPACE})%(?=["'`.,;:)<]|$)""", re.MULTILINE)
FILES = {
    "*.md": IN_TEXT,
    "book/**/*.md": IN_TEXT,
    "models/*.md": IN_TEXT,
    "autograder/**/*.toml": IN_TEXT,
    "hints.toml": IN_TEXT,
    "autograder/**/*.j2": IN_CODE,
    "autograder/**/*.py": IN_CODE,
    "autograder/**/*.js": IN_CODE,
    "book/_ext/*.py": IN_CODE,
    "book/_static/*/*.js": IN_CODE,
    "book/digit/src/*.js": IN_CODE,
    "models/*.py": IN_CODE,
}


@pytest.mark.parametrize("pattern", FILES)
def test_no_space_before_the_sign(pattern: str) -> None:
    files = sorted(ROOT.glob(pattern))
    assert files, pattern
    texts = {file: file.read_text(encoding="utf-8") for file in files}
    found = {file.name: FILES[pattern].findall(text) for file, text in texts.items()}
    assert {name: each for name, each in found.items() if each} == {}


@pytest.mark.parametrize("text", ["99.4 %", "95\u00a0% interval", "`${share.toFixed(1)} %`"])
def test_a_space_is_found(text: str) -> None:
    assert (IN_CODE if "$" in text else IN_TEXT).search(text)
