"""Which Pythons are supported stands in pyproject.toml; what cannot read that says the same."""

import re
import subprocess
from pathlib import Path

from make_zip import FIRST

from tests.pythons import supported
from tests.support.tiny_course import REPOSITORY

LISTED = re.compile(r"\b(3\.\d\d(?:, 3\.\d\d)*,? (?:or|and) 3\.\d\d)\b")  # 3.11, 3.12 or 3.13
RANGE = re.compile(r"\bPython (3\.\d\d) to (3\.\d\d)\b")
NAMED = re.compile(r"\bpython(?::|-version: \")?(3\.\d\d)\b")  # python3.13, python:3.13-bookworm
GENERATED = (".ipynb", ".json", ".jsonl", ".lock", ".js", ".css")
OTHERS = (*GENERATED, ".png", ".npz", ".woff", ".wasm", ".zip")


def texts() -> dict[Path, str]:
    """The repository's texts that people or tools read, but for the tests and what is generated."""
    names = subprocess.run(
        ["git", "ls-files", "-z"], cwd=REPOSITORY, capture_output=True, check=True
    ).stdout.decode()
    paths = [REPOSITORY / name for name in names.split("\0") if name]
    return {
        path: re.sub(r"\s+", " ", path.read_text(encoding="utf-8"))
        for path in paths
        if path.suffix not in OTHERS
        and not path.name.startswith(("requirements", "CHANGELOG"))  # which tells of the past
        and path.relative_to(REPOSITORY).parts[0] not in ("tests", "models", "solutions")
    }


def test_every_list_of_pythons_is_whole() -> None:
    found = {
        (path, each): re.findall(r"3\.\d\d", each)
        for path, text in texts().items()
        for each in LISTED.findall(text)
    }
    assert {path.name for path, _ in found} >= {"README.md", "Makefile", "study.md", "set_up.py"}
    assert {each: versions for each, versions in found.items() if versions != supported()} == {}
    ranges = [pair for text in texts().values() for pair in RANGE.findall(text)]
    assert set(ranges) == {(supported()[0], supported()[-1])}


def test_every_python_that_is_named_is_supported() -> None:
    named = [version for text in texts().values() for version in NAMED.findall(text)]
    assert len(named) > 5
    assert set(named) <= set(supported())


def test_the_code_that_asks_for_the_version_asks_for_these() -> None:
    makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    tried = re.findall(r"^PYTHON := (.*)$", makefile, re.MULTILINE)[0].split()
    assert tried == [*(f"python{each}" for each in reversed(supported())), "python3"]
    as_tuples = [f"({each.replace('.', ', ')})" for each in supported()]
    assert f"{as_tuples[0]} <= sys.version_info[:2] <= {as_tuples[-1]}" in makefile
    script = (FIRST / "set_up.py").read_text(encoding="utf-8")
    assert f"SUPPORTED = ({', '.join(as_tuples)})\n" in script
    project = (REPOSITORY / "pyproject.toml").read_text(encoding="utf-8")
    assert f'target-version = "py{supported()[0].replace(".", "")}"' in project
