"""Other teachers' courses as they are: nbgrader's own example, and a data-science worksheet."""

import base64
import json
import os
import shutil
from importlib.resources import files
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from autograder.notebook import notebooks
from autograder.notebook.cells import grade_id
from tests.support import worksheet
from tests.support.forked_kernels import forked_kernels
from tests.support.running import Done, grades, nbgrader, run

pytestmark = pytest.mark.slow

EXAMPLE = Path(str(files("nbgrader") / "docs/source/user_guide"))
TASK = "cell-938593c4a215c6cc"  # of problem1, "Part E (4 points)"
NOBODY = 65534
CELLS = dict[tuple[str, str, str], tuple[float, bool]]


def marks(database: Path, assignment: str) -> CELLS:
    """Return each cell's points, and whether a teacher has to give them, from a gradebook."""
    with Gradebook(f"sqlite:///{database}") as book:
        return {
            (submission.student.id, notebook.name, grade.name): (
                grade.score,
                bool(grade.needs_manual_grade),
            )
            for submission in book.assignment_submissions(assignment)
            for notebook in submission.notebooks
            for grade in notebook.grades
        }


def finished(done: Done) -> str:
    """Return what a command printed; it must have gone well."""
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def course101(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `nbgrader quickstart course101` makes, released by our command."""
    folder = tmp_path_factory.mktemp("quickstart")
    finished(nbgrader("quickstart", "course101", folder=folder))
    told = finished(run("release", folder=folder / "course101"))
    assert told == "wrote release/ps1/problem1.ipynb\nwrote release/ps1/problem2.ipynb\n"
    return folder / "course101"


@pytest.fixture(scope="module")
def class101(course101: Path) -> Path:
    """Its class: nbgrader's two students, and some more of whom each has done another thing."""
    submitted, released = course101 / "submitted", course101 / "release/ps1"
    shutil.copytree(EXAMPLE / "submitted", submitted)
    for student in ("blank", "reference", "first-only", "repeats"):
        shutil.copytree(released, submitted / student / "ps1")
    for student, name in (("reference", "*"), ("first-only", "problem1")):
        for path in (course101 / "source/ps1").glob(f"{name}.ipynb"):
            shutil.copy(path, submitted / student / "ps1")
    (submitted / "first-only/ps1/problem2.ipynb").unlink()
    path = submitted / "repeats/ps1/problem1.ipynb"
    notebook = notebooks.read(path)
    for cell in notebook.cells:
        if grade_id(cell) == "squares":
            cell.source = "def squares(n):\n    return [i**2 for i in range(1, n + 1)]"
        if grade_id(cell) == "sum_of_squares":
            cell.source = "def sum_of_squares(n):\n    return n*(n+1)*(2*n+1) // 6"
    path.write_text(json.dumps(notebook), encoding="utf-8")
    return submitted


@pytest.fixture(scope="module")
def graded101(course101: Path, class101: Path) -> Path:
    """The same class, graded with no more than the command."""
    finished(run("grade", folder=course101))
    assert class101 == course101 / "submitted"
    return course101 / "grading"


def test_the_quickstart_course_has_stocks_scores_cell_by_cell(
    course101: Path, class101: Path, graded101: Path, tmp_path: Path
) -> None:
    stock = tmp_path / "course101"
    shutil.copytree(course101, stock, ignore=shutil.ignore_patterns("grading", "release", "*.db"))
    finished(nbgrader("generate_assignment", "ps1", folder=stock))
    finished(nbgrader("autograde", "ps1", "--create", folder=stock, **forked_kernels()))
    theirs, mine = marks(stock / "gradebook.db", "ps1"), marks(graded101 / "gradebook.db", "ps1")
    assert len(theirs) == 9 * len(list(class101.iterdir()))
    assert theirs == mine


def test_each_notebook_has_its_row_and_page(graded101: Path) -> None:
    rows = (graded101 / "grades.csv").read_text(encoding="utf-8")
    assert "reference,ps1/problem1,,10,waiting,sealed" in rows
    assert "first-only,ps1/problem2,0,3,unreadable,not run," in rows
    assert "problem2.ipynb was not handed in, only problem1.ipynb" in rows
    page = (graded101 / "feedback/hacker/ps1/problem1.html").read_text(encoding="utf-8")
    assert "data:image/png;base64," in page
    assert (graded101 / "feedback/hacker/ps1/problem2.html").is_file()
    assert (graded101 / "autograded/hacker/ps1/jupyter.png").is_file()


def test_report_and_export_know_the_whole_assignment(course101: Path, graded101: Path) -> None:
    with Gradebook(f"sqlite:///{graded101 / 'gradebook.db'}") as book:
        submission = book.find_submission("ps1", "reference")
        for notebook in submission.notebooks:
            for grade in notebook.grades:
                if grade.needs_manual_grade:
                    grade.manual_score = grade.max_score
        book.db.commit()
    finished(run("report", folder=course101))
    report = (graded101 / "report.html").read_text(encoding="utf-8")
    assert 'href="feedback/hacker/ps1/problem2.html"' in report
    finished(run("export", "--to", "csv", folder=course101))
    table = (graded101 / "export-csv.csv").read_text(encoding="utf-8").splitlines()
    assert table[0] == "student_id,ps1,total"
    assert "reference,13,13" in table
    assert "hacker,," in table
    assert "unchanged" in finished(run("grade", "--student", "hacker", folder=course101))


def test_a_student_checks_in_a_folder_of_notebooks_alone(course101: Path, tmp_path: Path) -> None:
    shutil.copytree(course101 / "release/ps1", tmp_path / "ps1")
    done = run("check", "problem1.ipynb", folder=tmp_path / "ps1")
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.count("Not answered yet.") == 4
    done = run("check", "problem2.ipynb", folder=tmp_path / "ps1")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("problem2.ipynb has no checks: your teacher marks what is in it")
    shutil.copy(course101 / "source/ps1/problem1.ipynb", tmp_path / "ps1")
    done = run("check", "ps1/problem1.ipynb", folder=tmp_path)
    assert "Visible checks: 3 of 3 points." in done.stdout


@pytest.fixture(scope="module")
def weather(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The worksheets, released."""
    course = worksheet.make_course(tmp_path_factory.mktemp("weather"))
    finished(run("release", folder=course))
    return course


def test_the_worksheet_has_stocks_scores_cell_by_cell(weather: Path, tmp_path: Path) -> None:
    ours, stock = tmp_path / "ours", tmp_path / "stock"
    for folder in (ours, stock):
        shutil.copytree(weather, folder)
    finished(nbgrader("generate_assignment", "rain", "--force", folder=stock))
    worksheet.hand_in(stock, stock / "submitted", worksheet.ANSWERS)
    finished(nbgrader("autograde", "rain", "--create", folder=stock, **forked_kernels()))
    worksheet.hand_in(ours, ours / "submitted", worksheet.ANSWERS)
    done = run("grade", folder=ours)
    finished(done)
    assert "test plot_test ends with a value that is no number ('Well done!')" in done.stderr
    theirs = marks(stock / "gradebook.db", "rain")
    mine = marks(ours / "grading/gradebook.db", "rain")
    assert len(theirs) == 5 * len(worksheet.ANSWERS)
    differing = {cell: mine[cell] for cell in theirs if mine[cell] != theirs[cell]}
    assert differing == {("warns", "worksheet", "mean_rain_test"): (3, False)}  # a zero in stock
    points = dict.fromkeys(worksheet.ANSWERS, 0.0)
    for (student, _, _), (score, _) in theirs.items():
        points[student] += score
    assert points["reference"] == points["another-way"] == 8
    assert len(set(points.values())) > 4


NAMES = """
c = get_config()
c.CourseDirectory.root = "material"
c.CourseDirectory.source_directory = "masters"
c.CourseDirectory.submitted_directory = "handed in"
c.CourseDirectory.autograded_directory = "executed"
c.CourseDirectory.feedback_directory = "these are in the other file"
c.CourseDirectory.db_url = "sqlite:///{}/class.db"
"""
AND_NAMES = {"CourseDirectory": {"release_directory": "handed out", "feedback_directory": "pages"}}


def test_folders_have_the_names_that_the_configuration_gives_them(tmp_path: Path) -> None:
    worksheet.make_course(tmp_path)
    root = tmp_path / "material"
    root.mkdir()
    shutil.move(tmp_path / "source", root / "masters")
    (tmp_path / "nbgrader_config.py").write_text(NAMES.format(tmp_path), encoding="utf-8")
    (tmp_path / "nbgrader_config.json").write_text(json.dumps(AND_NAMES), encoding="utf-8")
    told = finished(run("release", "sun", folder=tmp_path))
    assert told == "wrote material/handed out/sun/worksheet.ipynb\n"
    notebook = notebooks.read(root / "masters/sun/worksheet.ipynb")
    (root / "handed in/ann/sun").mkdir(parents=True)
    worksheet.write(root / "handed in/ann/sun/worksheet.ipynb", notebook)
    finished(run("grade", folder=root))  # from a folder below
    assert (root / "grading/executed/ann/sun/worksheet.ipynb").is_file()
    assert (root / "grading/pages/ann/sun/worksheet.html").is_file()
    assert marks(tmp_path / "class.db", "sun") == {("ann", "worksheet", "hours_test"): (1.0, False)}
    finished(run("report", folder=root))
    report = (root / "grading/report.html").read_text(encoding="utf-8")
    assert 'href="pages/ann/sun/worksheet.html"' in report
    finished(run("export", "--to", "csv", folder=root))
    assert "ann,1,1" in (root / "grading/export-csv.csv").read_text(encoding="utf-8")


def test_a_course_without_a_configuration_has_nbgraders_names(tmp_path: Path) -> None:
    worksheet.make_course(tmp_path)
    (tmp_path / "nbgrader_config.py").unlink()
    told = finished(run("release", "sun", folder=tmp_path))
    assert told == "wrote release/sun/worksheet.ipynb\n"


@pytest.mark.skipif(os.name != "posix" or os.getuid() != 0, reason="only root gives files away")
@pytest.mark.parametrize(
    ("mode", "owner", "runs"),
    [(0o1777, NOBODY, False), (0o1777, 0, True), (0o775, NOBODY, True)],
    ids=["as in /tmp", "one's own in /tmp", "a container's course"],
)
def test_a_strangers_configuration_above_is_not_run(
    tmp_path: Path, mode: int, owner: int, runs: bool
) -> None:
    config = tmp_path / "nbgrader_config.py"
    config.write_text("import pathlib\npathlib.Path('it-ran').touch()", encoding="utf-8")
    os.chown(config, owner, owner)
    tmp_path.chmod(mode)
    mine = tmp_path / "mine"
    worksheet.make_course(mine)
    (mine / "nbgrader_config.py").unlink()
    for command in (["check", "source/sun/worksheet.ipynb"], ["report"]):
        done = run(*command, folder=mine)
        assert (mine / "it-ran").exists() is runs
        assert (
            "is another user's, in a folder that everybody can write to" in done.stderr
        ) is not runs
        assert runs or (done.returncode, done.stderr.count("\n")) == (2, 1)


def test_another_structure_of_folders_is_refused_in_one_line(tmp_path: Path) -> None:
    worksheet.make_course(tmp_path)
    setting = 'c.CourseDirectory.directory_structure = "{assignment_id}/{student_id}"\n'
    with (tmp_path / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.write(setting.replace('"{', '"{nbgrader_step}/{'))
    done = run("release", folder=tmp_path)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "sets directory_structure" in done.stderr


OWN = "from mine import hours_of\ndef hours(town):\n    return hours_of(town)"
MINE = (
    'import pandas as pd\ndef hours_of(town):\n    table = pd.read_csv("own/notes.txt")\n'
    '    return int(table.set_index("town").hours[town])\n'
)
WRITES = (
    'with open("weather.csv", "a") as file:\n    file.write("Lagos,1845\\n")\n'
    'def hours(town):\n    return int(pd.read_csv("weather.csv").hours[0])'
)


def test_files_beside_a_notebook(weather: Path, tmp_path: Path) -> None:
    """The teacher's are as the teacher has them; a student's own are there for the answers."""
    released = notebooks.read(weather / "release/sun/worksheet.ipynb")
    teachers = worksheet.other()
    answers: dict[str, dict[str, str]] = {
        "right": {},
        "own-files": {"hours": OWN},
        "replaces": {"hours": 'def hours(town):\n    return len(open("weather.csv").read())'},
        "writes": {"hours": WRITES},
    }
    for student, answer in answers.items():
        folder = tmp_path / "submitted" / student / "sun"
        folder.mkdir(parents=True)
        worksheet.write(
            folder / "worksheet.ipynb", worksheet.answered(released, teachers, **answer)
        )
    own = tmp_path / "submitted/own-files/sun"
    (own / "mine.py").write_text(MINE, encoding="utf-8")
    (own / "own").mkdir()
    (own / "own/notes.txt").write_text("town,hours\nLima,1230\n", encoding="utf-8")
    (own / "timestamp.txt").write_text("2026-11-30 12:00:00 UTC", encoding="utf-8")
    replaces = tmp_path / "submitted/replaces/sun"
    (replaces / "weather.csv").write_text("x" * 1230, encoding="utf-8")
    (replaces / "helpers.py").write_text("LIMIT = float('inf')", encoding="utf-8")
    (replaces / "secret.txt").symlink_to("/etc/passwd")
    done = run("grade", tmp_path / "submitted", "--out", tmp_path / "out", folder=weather)
    finished(done)
    rows = {row.split(",")[0]: row.split(",")[2] for row in _lines(tmp_path / "out")}
    assert rows == {"right": "1", "own-files": "1", "replaces": "0", "writes": "1"}
    executed = tmp_path / "out/autograded"
    assert (executed / "own-files/sun/own/notes.txt").is_file()
    assert (executed / "replaces/sun/weather.csv").read_bytes() == (
        weather / "source/sun/weather.csv"
    ).read_bytes()
    assert not (executed / "replaces/sun/secret.txt").exists()
    # nbgrader's exchange writes this one anew when the same work is handed in again.
    (own / "timestamp.txt").write_text("2026-12-01 12:00:00 UTC", encoding="utf-8")
    again = run("grade", tmp_path / "submitted", "--out", tmp_path / "out", folder=weather)
    assert "0 graded, 4 unchanged" in finished(again)
    (own / "own/notes.txt").write_text("town,hours\nLima,2\n", encoding="utf-8")
    again = run("grade", tmp_path / "submitted", "--out", tmp_path / "out", folder=weather)
    assert "1 graded, 3 unchanged" in finished(again)


def _lines(out: Path) -> list[str]:
    return (out / "grades.csv").read_text(encoding="utf-8").splitlines()[1:]


def test_too_many_files_are_left_out_with_a_note(weather: Path, tmp_path: Path) -> None:
    folder = tmp_path / "submitted/ann/sun"
    folder.mkdir(parents=True)
    shutil.copy(weather / "source/sun/worksheet.ipynb", folder)
    for number in range(201):
        (folder / f"{number}.txt").touch()
    finished(run("grade", tmp_path / "submitted", "--out", tmp_path / "out", folder=weather))
    assert "the files beside the notebook are left out" in _lines(tmp_path / "out")[0]


def test_other_kernels_than_pythons_are_refused_by_name(weather: Path, tmp_path: Path) -> None:
    course = tmp_path / "course"
    shutil.copytree(weather, course)
    notebook = worksheet.other()
    notebook.metadata["kernelspec"] = {"name": "ir", "display_name": "R", "language": "R"}
    worksheet.write(course / "source/sun/worksheet.ipynb", notebook)
    worksheet.write(tmp_path / "mine.ipynb", notebook)
    (course / "submitted/ann/sun").mkdir(parents=True)
    worksheet.write(course / "submitted/ann/sun/worksheet.ipynb", notebook)
    for done in (run("grade", folder=course), run("check", "mine.ipynb", folder=tmp_path)):
        assert (done.returncode, done.stderr.count("\n")) == (2, 1)
        assert "is for the kernel R (R); only Python's can be" in done.stderr


def test_no_test_imports_a_students_module(weather: Path, tmp_path: Path) -> None:
    """Neither one of the standard library's name nor one that is not there."""
    course = tmp_path / "course"
    shutil.copytree(weather, course)
    teachers = worksheet.other()
    (test,) = (cell for cell in teachers.cells if grade_id(cell) == "hours_test")
    test.source = (
        "import colorsys\ntry:\n    from absent import expected\nexcept ImportError:\n"
        "    expected = 1230\n"
        'assert hours("Lima") == round(expected * colorsys.rgb_to_hsv(1, 0, 0)[2])'
    )
    worksheet.write(course / "source/sun/worksheet.ipynb", teachers)
    finished(run("release", "sun", folder=course))
    folder = course / "submitted/ann/sun"
    folder.mkdir(parents=True)
    released = notebooks.read(course / "release/sun/worksheet.ipynb")
    wrong = worksheet.answered(released, teachers, hours="def hours(town):\n    return 7")
    worksheet.write(folder / "worksheet.ipynb", wrong)
    (folder / "colorsys.py").write_text("def rgb_to_hsv(*_):\n    return 0, 0, 7 / 1230\n")
    (folder / "absent.py").write_text("expected = 7\n")
    finished(run("grade", folder=course))
    assert grades(course / "grading")["ann"]["score"] == "0"
    finished(run("grade", "--trust-submissions", "--out", "beside", folder=course))
    assert grades(course / "beside")["ann"]["score"] != "0"  # the attack is one


def test_a_notebook_may_run_another_that_has_nothing_to_grade(
    weather: Path, tmp_path: Path
) -> None:
    course = tmp_path / "course"
    shutil.copytree(weather, course)
    teachers = worksheet.other()
    teachers.cells[0].source += "\n%run shared.ipynb"
    teachers.cells[1].source = (
        teachers.cells[1].source.replace("table = ", "table = extra(").replace('.csv")', '.csv"))')
    )
    worksheet.write(course / "source/sun/worksheet.ipynb", teachers)
    shared = notebooks.notebook([notebooks.code_cell("def extra(x):\n    return x", {})])
    worksheet.write(course / "source/sun/shared.ipynb", shared)
    finished(run("release", "sun", "--force", folder=course))
    shutil.copytree(course / "release/sun", course / "submitted/ann/sun")
    shutil.copy(course / "source/sun/worksheet.ipynb", course / "submitted/ann/sun")
    finished(run("grade", folder=course))
    assert _lines(course / "grading") == ["ann,sun/worksheet,1,1,ok,sealed,"]
    done = run("check", "submitted/ann/sun/worksheet.ipynb", folder=course)
    assert "Visible checks: 1 of 1 points." in done.stdout


def test_what_answers_a_task_is_there_to_be_marked(course101: Path, tmp_path: Path) -> None:
    """It is text, and pictures, in cells that the student added: in formgrader, and handed back."""
    notebook = notebooks.read(course101 / "source/ps1/problem1.ipynb")
    picture = {"photo.png": {"image/png": base64.b64encode(worksheet.PIXEL).decode()}}
    (equation,) = (cell for cell in notebook.cells if grade_id(cell) == "sum_of_squares_equation")
    equation["attachments"] = picture
    added = notebooks.text_cell(
        "See ![](attachment:photo.png)<script>alert(1)</script>: **sums**.", {}
    )
    added["attachments"] = picture | {"x": {"text/html": "<script>"}, "y": 3}
    notebook.cells.append(added)
    folder = tmp_path / "submitted/ann/ps1"
    shutil.copytree(course101 / "release/ps1", folder)
    worksheet.write(folder / "problem1.ipynb", notebook)
    out = tmp_path / "out"
    finished(run("grade", tmp_path / "submitted", "--out", out, folder=course101))
    executed = notebooks.read(out / "autograded/ann/ps1/problem1.ipynb")
    assert executed.cells[-1].source == added.source
    assert executed.cells[-1].attachments == picture
    (equation,) = (cell for cell in executed.cells if grade_id(cell) == "sum_of_squares_equation")
    assert equation.attachments == picture
    page = (out / "feedback/ann/ps1/problem1.html").read_text(encoding="utf-8")
    assert "<strong>sums</strong>" in page
    assert "<script" not in page
    assert marks(out / "gradebook.db", "ps1")["ann", "problem1", TASK] == (0.0, True)
    added.source = "Another answer."
    worksheet.write(folder / "problem1.ipynb", notebook)
    again = run("grade", tmp_path / "submitted", "--out", out, folder=course101)
    assert "1 graded, 1 unchanged" in finished(again)


WORDS = """
c.ClearSolutions.begin_solution_delimeter = "ANSWER FROM HERE"
c.ClearSolutions.end_solution_delimeter = "ANSWER TO HERE"
c.ClearSolutions.code_stub = {"python": "pass  # here"}
c.ClearHiddenTests.begin_test_delimeter = "FOR TEACHERS"
c.ClearHiddenTests.end_test_delimeter = "FOR ALL"
"""


def test_a_courses_own_words_for_what_is_not_for_students(weather: Path, tmp_path: Path) -> None:
    course = tmp_path / "course"
    shutil.copytree(weather, course)
    with (course / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.write(WORDS)
    teachers = worksheet.other()
    for cell in teachers.cells:
        cell.source = cell.source.replace("BEGIN SOLUTION", "ANSWER FROM HERE")
        cell.source = cell.source.replace("END SOLUTION", "ANSWER TO HERE")
        if grade_id(cell) == "hours_test":
            cell.source += '\n### FOR TEACHERS\nassert hours("Lima") < 1_234\n### FOR ALL'
    worksheet.write(course / "source/sun/worksheet.ipynb", teachers)
    finished(run("release", "sun", "--force", folder=course))
    path = course / "release/sun/worksheet.ipynb"
    assert "pass  # here" in path.read_text(encoding="utf-8")
    assert "1_234" not in path.read_text(encoding="utf-8")
    for student, source in {
        "right": "def hours(town):\n    return 1230",
        "visible-only": "def hours(town, seen=[]):\n    seen.append(town)\n"
        "    return 1230 if len(seen) < 2 else 2_000",
        "untouched": "",
    }.items():
        folder = course / "submitted" / student / "sun"
        folder.mkdir(parents=True)
        shutil.copy(path, folder)
        if source:
            notebook = worksheet.answered(notebooks.read(path), teachers, hours=source)
            worksheet.write(folder / "worksheet.ipynb", notebook)
    finished(run("grade", folder=course))
    rows = grades(course / "grading")
    assert {name: row["score"] for name, row in rows.items()} == {
        **{"right": "1", "visible-only": "0", "untouched": "0"}
    }
    assert rows["untouched"]["status"] == "blank"
    for page in (course / "grading/feedback").rglob("*.html"):
        assert "1_234" not in page.read_text(encoding="utf-8")
