"""What results depend on besides the notebook: each of it has a hash of its own."""

from importlib import metadata
from pathlib import Path

import pytest

from autograder.grading import fingerprint as module
from autograder.grading.fingerprint import fingerprint
from autograder.notebook.course import Course


def test_each_thing_changes_its_own_hash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "data").mkdir()
    course, before = Course(tmp_path), fingerprint(Course(tmp_path))

    def changed() -> list[str]:
        now = fingerprint(course)
        return [name for name in before if now[name] != before[name]]

    assert changed() == []
    (tmp_path / "data/empty.csv").touch()
    assert changed() == ["data"]
    monkeypatch.setattr(module, "python_version", lambda: "3.99.0")
    assert changed() == ["python", "data"]
    fewer = list(metadata.distributions())[1:]  # one package less, tensorflow for example
    monkeypatch.setattr(module, "distributions", lambda: iter(fewer))
    assert changed() == ["packages", "python", "data"]
