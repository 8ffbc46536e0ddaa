"""The tests of the tests by mutants: what a mutant is, and whether the page tells what is so."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.authoring.mutations import mutations
from autograder.notebook import cells, notebooks
from autograder.notebook.course import Course
from tests.support import tiny_course
from tests.support.running import run

CHAPTER = "q7"  # has the fewest mutants
ROW = re.compile(r"\| (q\d) \| ([\w-]+) \| (\d+) \| (\d+) \| (\d+) \(\d+%\) \| (\d+) \|")


@pytest.fixture
def page(course: Course) -> dict[tuple[str, str], list[int]]:
    """The page's table: chapter and exercise -> mutants, survivors, those told, untrue hints."""
    text = (course.root / "book/kill-matrix/mutants.md").read_text(encoding="utf-8")
    return {(row[0], row[1]): list(map(int, row[2:])) for row in ROW.findall(text)}


def test_a_mutant_is_the_same_code_with_one_change() -> None:
    source = "def area(height, width=2):\n    return height * width"
    changed = {each.source for each in mutations(source)}
    assert "def area(height, width=2):\n    return height + width" in changed
    assert "def area(height, width=3):\n    return height * width" in changed
    assert ast.unparse(ast.parse(source)) not in changed


def test_the_page_is_up_to_date(course: Course, page: dict[tuple[str, str], list[int]]) -> None:
    command = [sys.executable, "-m", "autograder.authoring.mutants", CHAPTER]
    done = subprocess.run(command, cwd=course.root, check=True, capture_output=True, text=True)
    told = re.findall(
        r"^(q\d) ([\w-]+): (\d+) mutants, (\d+) survive, (\d+) told, (\d+) untrue$",
        done.stdout,
        re.MULTILINE,
    )
    assert told
    found = {(row[0], row[1]): list(map(int, row[2:])) for row in told}
    assert found == {key: row for key, row in page.items() if key[0] == CHAPTER}


def test_every_exercise_whose_checks_are_calls_is_on_the_page(
    course: Course, page: dict[tuple[str, str], list[int]]
) -> None:
    for name in course.names():
        for cell in notebooks.read(course.source(name)).cells:
            if cells.is_solution(cell):
                answer = cell
            elif cells.is_test(cell) and "checks.calls(" in cell.source:
                assert (name, cells.grade_id(answer)) in page


def test_no_mutant_survives_and_nine_of_ten_are_told(
    course: Course, page: dict[tuple[str, str], list[int]]
) -> None:
    for name in course.names():
        rows = [row for (chapter, _), row in page.items() if chapter == name]
        mutants, survivors, told, _ = map(sum, zip(*rows, strict=True))
        assert survivors == 0, name
        assert told >= 0.9 * mutants, name


def test_the_pages_are_written_where_one_says(tmp_path: Path) -> None:
    """For any course: here one with its notebook, and an answer bank of one exercise."""
    tiny_course.make_course(tmp_path)
    bank = tmp_path / "solutions/q1/answers/double.py"
    bank.parent.mkdir()
    bank.write_text(
        '# %% twice kind="right"\ndef double(number):\n    return number * 2\n'
        '# %% once kind="wrong" hint="too-small"\ndef double(number):\n    return number\n',
        encoding="utf-8",
    )
    assert run("release", folder=tmp_path).returncode == 0
    python = [sys.executable, "-m"]
    for command in (
        ["autograder.authoring.kill_matrix", "pages"],
        ["autograder.authoring.mutants", "--page", "pages/mutants.md"],
    ):
        subprocess.run([*python, *command], cwd=tmp_path, check=True, capture_output=True)
    assert sorted(each.name for each in (tmp_path / "pages").iterdir()) == ["mutants.md", "q1.md"]
    page = (tmp_path / "pages/q1.md").read_text(encoding="utf-8")
    assert "| once | wrong | 0 of 2 |" in page
    known = {"nbgrader_config.py", "notebooks", "pages", "solutions"}
    assert {each.name for each in tmp_path.iterdir()} == known
