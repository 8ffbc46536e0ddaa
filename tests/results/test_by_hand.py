"""What a teacher marks by hand: nothing goes out before, and afterwards it is what counts."""

import csv
import io
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell, new_notebook
from nbgrader.api import Gradebook

from autograder.notebook import notebooks
from autograder.submissions.student_ids import escaped, student_id
from tests.support import displays, tiny_course
from tests.support.running import Done, run

pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")  # nbgrader's own

WAITS = "Your work is not fully marked yet: what no check can judge, your teacher marks by hand."
SQUARE = "def double(number):\n    return number**2"


class Class:
    """A course whose q1 has checks and an answer in writing, and whose q2 has only the latter.

    Ann wrote both and is right; Ben is half right and left what is written as it was; Cleo's
    file is broken.
    """

    def __init__(self, folder: Path) -> None:
        self.folder, self.course = folder, folder / "course"
        self.submitted, self.out = folder / "submitted", folder / "out"

    def grade(self, *options: str) -> Done:
        """Grade the class."""
        where: list[str | Path] = ["grade", self.submitted, "--out", self.out, "--jobs", "2"]
        done = run(*where, *options, folder=self.course)
        assert done.returncode == 0, done.stderr
        return done

    def rows(self) -> dict[tuple[str, str], dict[str, str]]:
        """The rows of grades.csv."""
        with (self.out / "grades.csv").open(encoding="utf-8", newline="") as file:
            return {(row["student_id"], row["assignment"]): row for row in csv.DictReader(file)}

    def scores(self) -> dict[tuple[str, str], tuple[str, str]]:
        """Status and score of each."""
        return {key: (row["status"], row["score"]) for key, row in self.rows().items()}

    def exported(self, form: str) -> list[list[str]]:
        """The rows that are exported."""
        done = run("export", "--to", form, "--out", self.out, folder=self.out)
        assert done.returncode == 0, done.stderr
        text = (self.out / f"export-{form}.csv").read_text(encoding="utf-8")
        return list(csv.reader(io.StringIO(text)))

    def page(self, student: str, assignment: str) -> BeautifulSoup:
        """A feedback page."""
        (path,) = self.out.glob(f"feedback/{student}/{assignment}/*.html")
        return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")

    def report(self) -> str:
        """The words of the report."""
        page = (self.out / "report.html").read_text(encoding="utf-8")
        return " ".join(BeautifulSoup(page, "html.parser").get_text(" ").split())

    def released(self, assignment: str) -> NotebookNode:
        """A student's notebook."""
        (path,) = (self.course / "notebooks" / assignment).iterdir()
        return notebooks.read(path)

    def hand_in(self, student: str, assignment: str, notebook: NotebookNode | str) -> None:
        """Write a submission."""
        text = notebook if isinstance(notebook, str) else json.dumps(notebook)
        path = self.submitted / student / assignment / "a.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def wrote(self, assignment: str, words: str) -> NotebookNode:
        """A notebook with right answers and these words."""
        notebook = self.released(assignment)
        if assignment == "q1":
            notebook = tiny_course.solved(notebook)
        tiny_course.cell(notebook, "reasons").source = words
        return notebook


def table(page: BeautifulSoup) -> dict[str, list[str]]:
    """The table on top of a feedback page: points and words, by the last word of the title."""
    return {
        row.select("th")[0].text.split()[-1]: [
            " ".join(cell.text.split()) for cell in row.select("td")
        ]
        for row in page.select("table.summary tbody tr")
    }


def total(page: BeautifulSoup) -> str:
    """The line of a feedback page that tells the points."""
    return " ".join(page.select("p.total")[0].text.split())


@pytest.fixture(scope="module")
def graded_class(tmp_path_factory: pytest.TempPathFactory, tiny: Path) -> Path:
    """The class, graded once and not marked by hand."""
    own = Class(tmp_path_factory.mktemp("by-hand"))
    displays.make_course(own.course, tiny)
    source = notebooks.read(own.course / "solutions/q1" / tiny_course.NAME)
    essay = new_notebook(cells=[new_markdown_cell("# Essay", id="title"), source.cells[-1]])
    (own.course / "solutions/q2").mkdir()
    (own.course / "solutions/q2/essay.ipynb").write_text(json.dumps(essay), encoding="utf-8")
    assert run("release", folder=own.course).returncode == 0
    own.hand_in("ann", "q1", own.wrote("q1", "Because."))
    own.hand_in("ann", "q2", own.wrote("q2", "Because."))
    own.hand_in("ben", "q1", tiny_course.solved(own.released("q1"), double=SQUARE))
    own.hand_in("ben", "q2", own.released("q2"))
    own.hand_in("cleo", "q1", "{")
    assert own.grade().stderr == ""
    return own.folder


@pytest.fixture(scope="module")
def marked(graded_class: Path, tmp_path_factory: pytest.TempPathFactory) -> Class:
    """The class after the teacher marked by hand and graded again."""
    own = Class(tmp_path_factory.mktemp("marked") / "class")
    shutil.copytree(graded_class, own.folder)
    with Gradebook(f"sqlite:///{own.out / 'gradebook.db'}") as book:
        book.find_grade("reasons", "tiny", "q1", "ann").manual_score = 1
        book.find_grade("reasons", "essay", "q2", "ann").manual_score = 0.5
        book.find_grade("double-test", "tiny", "q1", "ben").manual_score = 1.5
        book.find_grade("area-test", "tiny", "q1", "ben").extra_credit = 0.25
        book.find_grade("double-test", "tiny", "q1", "cleo").manual_score = 2
        for assignment, student in (("q1", "ann"), ("q2", "ann"), ("q1", "ben"), ("q1", "cleo")):
            for notebook in book.find_submission(assignment, student).notebooks:
                for grade in notebook.grades:
                    grade.needs_manual_grade = False  # as formgrader does
        book.db.commit()
    done = own.grade()
    assert "0 graded, 5 unchanged" in done.stdout
    assert done.stderr == ""
    return own


@pytest.fixture
def handed_in_again(marked: Class, tmp_path: Path) -> Class:
    """A copy of the marked class, which a test may change."""
    shutil.copytree(marked.folder, tmp_path / "again")
    return Class(tmp_path / "again")


def test_what_waits_has_a_status_and_no_score(graded_class: Path) -> None:
    own = Class(graded_class)
    assert own.scores() == {
        ("ann", "q1"): ("waiting", ""),  # whatever its checks gave
        ("ann", "q2"): ("waiting", ""),
        ("ben", "q1"): ("partial", "3"),  # an answer that was left as it was is worth nothing
        ("ben", "q2"): ("blank", "0"),
        ("cleo", "q1"): ("unreadable", "0"),
    }
    assert own.rows()["ann", "q1"]["reason"] == "still to be marked by hand: reasons"
    assert "2 waiting" in own.report()
    assert "answers are still to be marked by hand: no score before that" in own.report()
    assert "–/1 reasons (still to be marked by hand)" in own.report()


@pytest.mark.slow
def test_what_waits_is_exported_empty(graded_class: Path) -> None:
    own = Class(graded_class)
    assert own.exported("csv") == [
        ["student_id", "q1", "q2", "total"],
        ["ann", "", "", ""],
        ["ben", "3", "0", "3"],
        ["cleo", "0", "", "0"],
    ]
    assert [row[4:] for row in own.exported("canvas")[2:]] == [["", ""], ["3", "0"], ["0", ""]]
    moodle = own.exported("moodle")
    assert moodle[1] == ["ann", "-", WAITS, "-", WAITS]
    assert [row[1:4:2] for row in moodle[2:]] == [["3", "0"], ["0", "-"]]
    done = subprocess.run(
        [
            *(sys.executable, "-m", "nbgrader", "export", "--to=theirs.csv"),
            "--exporter=autograder.results.export.CanvasExport",
        ],
        cwd=own.out,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    theirs = (own.out / "theirs.csv").read_text(encoding="utf-8")
    assert theirs == (own.out / "export-canvas.csv").read_text(encoding="utf-8")


def test_feedback_says_kindly_what_waits(graded_class: Path) -> None:
    own = Class(graded_class)
    page = own.page("ann", "q1")
    assert total(page) == f"5 of 6 points so far. {WAITS}"
    assert table(page) == {
        "double": ["2 of 2", "passed"],
        "area": ["3 of 3", "passed"],
        "reasons": ["– of 1", "Still to be marked by hand."],
    }
    assert "Your answer: – of 1 points, still to be marked by hand" in page.text
    assert total(own.page("ann", "q2")) == f"0 of 1 points so far. {WAITS}"
    assert table(own.page("ben", "q1"))["reasons"] == ["0 of 1", "Not answered yet."]


def test_marks_by_hand_count_and_are_said(marked: Class) -> None:
    assert marked.scores() == {
        ("ann", "q1"): ("ok", "6"),
        ("ann", "q2"): ("marked", "0.5"),
        ("ben", "q1"): ("partial", "4.75"),
        ("ben", "q2"): ("blank", "0"),
        ("cleo", "q1"): ("unreadable", "2"),
    }
    assert marked.rows()["ben", "q1"]["reason"] == (
        "double: too-large; marked by hand: double, area"
    )
    assert marked.exported("csv")[1:] == [
        ["ann", "6", "0.5", "6.5"],
        ["ben", "4.75", "0", "4.75"],
        ["cleo", "2", "", "2"],
    ]
    report = marked.report()
    assert "1.5/2 double (marked by hand): Too large too-large" in report
    assert "3.25/3 area (marked by hand)" in report
    assert "0.5/1 reasons (marked by hand)" in report
    assert "Score 4.75 / 6" in report or "4.75 / 6" in report


@pytest.mark.parametrize(
    ("student", "assignment"), [("ann", "q1"), ("ann", "q2"), ("ben", "q1"), ("cleo", "q1")]
)
def test_the_table_adds_up_to_the_total(marked: Class, student: str, assignment: str) -> None:
    page = marked.page(student, assignment)
    points = [line[0].split(" of ") for line in table(page).values()]
    score, maximum = sum(float(each[0]) for each in points), sum(float(each[1]) for each in points)
    assert total(page).startswith(f"{score:g} of {maximum:g} points.")
    assert f"{score:g}" == marked.rows()[student, assignment]["score"]


def test_feedback_says_what_was_marked_by_hand(marked: Class) -> None:
    page = marked.page("ben", "q1")
    assert table(page)["double"][0] == "1.5 of 2"
    assert table(page)["double"][1].startswith("Marked by hand. That is too large.")
    assert table(page)["area"] == ["3.25 of 3", "Marked by hand."]
    assert "Checks: 1.5 of 2 points, marked by hand" in page.text
    assert total(marked.page("ann", "q2")) == "0.5 of 1 points. Your answers were marked by hand."
    assert table(marked.page("ann", "q2")) == {"Essay": ["0.5 of 1", "Marked by hand."]}
    assert table(marked.page("cleo", "q1"))["double"] == ["2 of 2", "Marked by hand."]


@pytest.mark.slow
def test_work_that_changed_after_its_mark_is_told_once(handed_in_again: Class) -> None:
    own = handed_in_again
    own.hand_in("ann", "q2", own.wrote("q2", "Because of something else."))
    right = tiny_course.solved(own.released("q1"), area="def area(a, b):\n    return a * b * 1")
    tiny_course.cell(right, "double").source = SQUARE  # whose check was marked, and is the same
    own.hand_in("ben", "q1", right)
    own.hand_in("cleo", "q1", own.wrote("q1", "At last."))
    stays = "the mark stays until you change it"
    assert sorted(own.grade().stderr.splitlines()) == [
        f"autograder: ann/q2: the work changed since reasons was marked by hand; {stays}",
        f"autograder: ben/q1: the work changed since area-test was marked by hand; {stays}",
        f"autograder: cleo/q1: the work changed since double-test was marked by hand; {stays}",
    ]
    told = "the work changed since area-test was marked by hand"
    assert own.scores()["ben", "q1"] == ("partial", "4.75")
    assert own.grade("--regrade").stderr == ""  # said already
    assert told in own.rows()["ben", "q1"]["reason"]
    assert told in own.report()
    with Gradebook(f"sqlite:///{own.out / 'gradebook.db'}") as book:
        grade = book.find_grade("area-test", "tiny", "q1", "ben")
        grade.extra_credit, grade.needs_manual_grade = 0.5, False  # the teacher looked again
        book.db.commit()
    assert own.grade().stderr == ""
    assert told not in own.report()
    assert own.scores()["ben", "q1"] == ("partial", "5")


def test_what_did_not_change_is_not_told(handed_in_again: Class) -> None:
    """An edited test, other white space at line ends, a file that is saved anew: the same work."""
    own = handed_in_again
    source = notebooks.read(own.course / "solutions/q1" / tiny_course.NAME)
    tiny_course.cell(source, "area-test").source += "\n# a remark"
    tiny_course.write_source(own.course, source)
    half = tiny_course.solved(own.released("q1"), double=SQUARE.replace(":\n", ":  \n"))
    own.hand_in("ben", "q1", json.dumps(half, indent=3))
    done = own.grade()
    assert "3 graded, 2 unchanged" in done.stdout
    assert done.stderr == ""


@pytest.mark.parametrize("name", ["a+b@gmail.com", "CON"])
def test_a_mark_under_an_id_of_an_earlier_version_counts(
    tiny: Path, released: NotebookNode, tmp_path: Path, name: str
) -> None:
    """Versions differed in which names are safe; who is meant has not changed."""
    command: list[str | Path] = ["grade", "--out", tmp_path / "out", "--no-feedback"]
    wrong = tiny_course.solved(released, double=SQUARE)
    tiny_course.hand_in(tmp_path / "before", "placeholder", wrong)
    tiny_course.hand_in(tmp_path / "now", name, wrong)
    assert run(*command, tmp_path / "before", folder=tiny).returncode == 0
    former = escaped(name) if student_id(name) == name else name
    with Gradebook(f"sqlite:///{tmp_path / 'out/gradebook.db'}") as book:
        book.find_grade("double-test", "tiny", "q1", "placeholder").manual_score = 1.5
        book.add_student(former, email="one@example.org")
        book.find_submission("q1", "placeholder").student = book.find_student(former)
        book.db.commit()
    done = run(*command, tmp_path / "now", folder=tiny)
    assert done.returncode == 0
    assert f"autograder: the gradebook's marks of {former} are now those of {name}" in done.stderr
    with (tmp_path / "out/grades.csv").open(encoding="utf-8", newline="") as file:
        assert [(row["student_id"], row["score"]) for row in csv.DictReader(file)] == [
            (name, "4.5")
        ]
    again = run(*command, tmp_path / "now", folder=tiny)
    assert "0 graded, 1 unchanged" in again.stdout
    assert "marks of" not in again.stderr
