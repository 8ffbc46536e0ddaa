"""The gradebook in PostgreSQL: a real server, started for these tests alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from nbformat import NotebookNode
from nbgrader.api import Gradebook

from tests.support import tiny_course
from tests.support.postgresql import postgresql
from tests.support.running import grades, run

pytestmark = [
    pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning"),  # nbgrader's own
    pytest.mark.slow,
]


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """The URL of an empty database."""
    with postgresql() as address:
        yield address


def test_grades_go_there_and_a_teachers_marks_survive(
    url: str, tiny: Path, released: NotebookNode, tmp_path: Path
) -> None:
    half = "def double(number):\n    return number ** 2"
    tiny_course.hand_in(tmp_path / "class", "ann", tiny_course.solved(released))
    tiny_course.hand_in(tmp_path / "class", "ben", tiny_course.solved(released, double=half))
    command = ("grade", tmp_path / "class", "--out", tmp_path / "out", "--db", url)
    done = run(*command, folder=tiny)
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "out/gradebook.db").exists()
    with Gradebook(url) as book:
        assert book.find_submission("q1", "ann").score == 5
        assert book.find_submission("q1", "ben").score == 3
        book.find_grade("double-test", "tiny", "q1", "ben").manual_score = 1
        book.db.commit()
    again = run(*command, "--regrade", folder=tiny)
    assert again.returncode == 0, again.stderr
    assert {name: row["score"] for name, row in grades(tmp_path / "out").items()} == {
        "ann": "5",
        "ben": "4",
    }
    assert "4 of 5 points" in (tmp_path / "out/feedback/ben/q1/tiny.html").read_text("utf-8")


def test_no_server_is_one_line(tiny: Path, released: NotebookNode, tmp_path: Path) -> None:
    tiny_course.hand_in(tmp_path / "class", "ann", tiny_course.solved(released))
    url = f"postgresql://teacher@/gradebook?host={tmp_path}"
    done = run("grade", tmp_path / "class", "--out", tmp_path / "out", "--db", url, folder=tiny)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
    assert "the gradebook postgresql://" in done.stderr
