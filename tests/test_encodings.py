"""Text is UTF-8 on every system: Windows would take its own encoding where none is named."""

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.tiny_course import REPOSITORY

METHODS = {"read_text": 0, "write_text": 1}  # at which place the encoding may stand


def listed(*patterns: str) -> list[Path]:
    """The repository's files of these patterns."""
    names = subprocess.run(
        ["git", "ls-files", "-z", *patterns], cwd=REPOSITORY, capture_output=True, check=True
    ).stdout.decode()
    return [REPOSITORY / name for name in names.split("\0") if name]


def unnamed(tree: ast.AST) -> Iterator[int]:
    """Yield the line of each call that reads or writes text and names no encoding."""
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call) or "encoding" in {each.arg for each in call.keywords}:
            continue
        function = call.func
        name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
        texts = {each.value for each in call.args if isinstance(each, ast.Constant)}
        if name in METHODS and len(call.args) <= METHODS[name]:
            yield call.lineno
        elif name in ("open", "fdopen", "NamedTemporaryFile", "TemporaryFile"):
            of_system = isinstance(function, ast.Attribute) and ast.unparse(function) == "os.open"
            of_other = ast.unparse(function) in ("Image.open", "self._zip.open")
            if not (of_system or of_other or any("b" in str(each) for each in texts)):
                yield call.lineno
        elif name in ("run", "Popen", "check_output") and "text" in {k.arg for k in call.keywords}:
            yield call.lineno  # what another program says


FILES = [path for path in listed("*.py") if path.relative_to(REPOSITORY).parts[0] != "tests"]


def test_every_file_names_its_encoding() -> None:
    assert len(FILES) > 100
    found = [
        f"{path.relative_to(REPOSITORY)}:{line}"
        for path in FILES
        if "answers" not in path.parts  # students'
        for line in unnamed(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert found == []


@pytest.mark.parametrize(
    ("code", "names_none"),
    [
        ("path.read_text()", True),
        ("path.read_text('utf-8')", False),
        ("path.write_text(text)", True),
        ("path.write_text(text, encoding='utf-8')", False),
        ("open(file)", True),
        ("path.open('a')", True),
        ("open(file, 'rb')", False),
        ("os.open(file, flags)", False),
        ("run(command, text=True)", True),
    ],
)
def test_what_names_no_encoding(code: str, names_none: bool) -> None:
    assert bool(list(unnamed(ast.parse(code)))) is names_none


def test_what_the_notebooks_read_is_ascii() -> None:
    """So that their cells need not name an encoding."""
    files = listed("experiments/logs/*", "models/logs/*", "models/*.json")
    assert len(files) > 10
    for path in files:
        assert path.read_bytes().isascii(), path
