"""Each attack gets what its honest part earns, reaches nothing, and changes nobody's result.

The tests of a graded class, whoever graded it: test_as_anybody.py, test_as_root.py.
"""

import csv
import io
import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from nbconvert.exporters import HTMLExporter

from autograder.notebook import cells
from autograder.results.grades_table import NAME, plain_cell
from autograder.submissions.student_ids import table_name
from tests.attacks import reaching, returning
from tests.attacks.conftest import CLASS, Attacked
from tests.attacks.course import HIDDEN

pytestmark = pytest.mark.timeout(900)  # the first test waits for the whole class's grading
REFUSED = [name for name, case in CLASS.items() if case.status == "unreadable"]
EXECUTED = set(CLASS) - set(REFUSED)


@pytest.mark.parametrize("student", CLASS)
def test_status_and_score(attacked: Attacked, student: str) -> None:
    row, case = attacked.row(student), CLASS[student]
    found = (row["status"], float(row["score"]))
    assert found == (case.status, case.score), row["reason"]
    assert case.reason in row["reason"]
    assert row["isolation"] == ("not run" if student in REFUSED else "sealed")
    assert row["max_score"] == "10"


def test_the_commands_end_well(attacked: Attacked) -> None:
    for run in attacked.runs:
        assert run.returncode == 0, run.stderr
    told = [line for run in attacked.runs for line in run.stderr.splitlines()]
    awkward = ["autograder: no safe names for a folder:", "autograder: timestamp.txt"]
    everybody = len(attacked.students) == len(CLASS)
    assert [line.split(" in ")[0] for line in told] == (awkward if everybody else [])
    assert all(line.isprintable() for line in told)
    assert len(attacked.rows) == len(attacked.students)
    printed = [line for run in attacked.runs for line in run.stdout.splitlines()]
    assert all(line.isprintable() for line in printed)
    assert attacked.left == []


def test_nothing_is_reached(attacked: Attacked) -> None:
    assert attacked.visits == []
    for student in reaching.CASES:
        said = _said_by_student(attacked, student)
        assert not re.search(r"^reached.*$", said, re.MULTILINE), student
        if student != "neighbour":
            assert "tried everything" in said, student


def test_no_secret_comes_back(attacked: Attacked) -> None:
    for student in EXECUTED & set(attacked.students):
        said = _said_by_student(attacked, student)
        assert reaching.CANARY not in said, student
        assert HIDDEN not in said, student
    for path in (path for folder in attacked.graded for path in folder.rglob("*")):
        if path.is_file():
            content = path.read_bytes()
            assert reaching.CANARY.encode() not in content, path
            assert HIDDEN.encode() not in content or path.suffix in (".ipynb", ".db"), path


def test_forbidden_files_are_untouched(attacked: Attacked) -> None:
    data = attacked.base / "course/data"
    assert [path.name for path in data.iterdir()] == ["numbers.txt"]
    assert (data / "numbers.txt").read_text(encoding="utf-8") == "one two three\n"
    assert (attacked.base / "secret.txt").read_text(encoding="utf-8") == reaching.CANARY


@pytest.mark.parametrize("student", returning.CASES)
def test_pages_run_nothing(attacked: Attacked, student: str) -> None:
    assert _runs(attacked.feedback(student)) == []
    page, _ = HTMLExporter(template_name="basic").from_notebook_node(attacked.executed(student))
    assert _runs(page) == []
    kinds = {kind for _, data in _displays(attacked, student) for kind in data}
    assert kinds <= {"text/plain", "text/html", "image/png", "image/jpeg"}


FORMAT = re.compile(
    "[\u00ad\u0600-\u0605\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0001-\U000e007f]"
)


@pytest.mark.parametrize("student", ["turned-direction"])
def test_nothing_turns_or_hides_what_is_read(attacked: Attacked, student: str) -> None:
    written = [
        path
        for folder in attacked.graded
        for path in (*folder.glob("feedback/**/*.html"), folder / "report.html", folder / NAME)
    ]
    assert len(written) > len(attacked.students)
    for path in written:
        found = FORMAT.search(path.read_text(encoding="utf-8"))
        assert found is None, (path.parent, found)
    assert not any(FORMAT.search(run.stdout + run.stderr) for run in attacked.runs)
    page = attacked.feedback(student)
    assert "esrever" in page
    assert BeautifulSoup(page, "html.parser").find("bdo") is None


@pytest.mark.parametrize("student", ["large-pictures"])
def test_nothing_large_is_laid_out(attacked: Attacked, student: str) -> None:
    page = BeautifulSoup(attacked.feedback(student), "html.parser")
    assert "too many pixels" in page.get_text()
    assert page.find("img") is None
    cells = page.find_all(["td", "th", "col", "colgroup"])
    spans = [cell.get(name) for cell in cells for name in ("rowspan", "colspan", "span")]
    assert [span for span in spans if span] == ["3"]


def test_the_report_runs_nothing(attacked: Attacked) -> None:
    for folder in attacked.graded:
        report = (folder / "report.html").read_text(encoding="utf-8")
        assert _runs(report) == []


def test_the_table_is_plain(attacked: Attacked) -> None:
    students = set()
    for folder in attacked.graded:
        text = (folder / NAME).read_bytes().decode()
        assert all(char.isprintable() or char == "\n" for char in text)
        rows = list(csv.reader(io.StringIO(text)))
        assert {len(row) for row in rows} == {7}
        assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]
        students |= {row[0] for row in rows[1:]}
    assert students == {plain_cell(table_name(student)) for student in attacked.students}


def _said_by_student(attacked: Attacked, student: str) -> str:
    """Return all outputs but those of tests, which are the teacher's."""
    return "\n".join(
        str(output.get("text", "") or output)
        for cell in attacked.executed(student).cells
        if cell.cell_type == "code" and not cells.is_test(cell)
        for output in cell.outputs
    )


def _displays(attacked: Attacked, student: str) -> list[tuple[str, dict[str, Any]]]:
    return [
        (output.output_type, output.data)
        for cell in attacked.executed(student).cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if "data" in output
    ]


def _runs(page: str) -> list[str]:
    """Return what a browser would run of an attacker's on this page."""
    parsed = BeautifulSoup(page, "html.parser")
    return [
        str(element)[:200]
        for element in parsed.find_all(True)
        if (element.name in ("script", "iframe", "svg", "object") and "attack" in str(element))
        or any(
            name.startswith("on") or "javascript:" in str(value) or name == "srcdoc"
            for name, value in element.attrs.items()
        )
    ]
