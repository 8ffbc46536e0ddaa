"""A course's own hints, one file in its folder: wherever the course's checks are run or told of."""

import shutil
from pathlib import Path

import pytest

from autograder.notebook import notebooks
from tests.support import tiny_course
from tests.support.running import Done, nbgrader, run

pytestmark = pytest.mark.slow

HINT = "Two of a kind are asked for."
HINTS = f'[not-doubled]\ntitle = "Given once"\nhint = "{HINT}"\n'
WRONG = "def double(number):\n    return number{}"
SEEN = {"visible": WRONG.format(""), "hidden": WRONG.format(" * 2 if number < 9 else number")}


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course whose checks know a mistake that is the course's own, and two who made it."""
    folder = tmp_path_factory.mktemp("own-hints")
    tiny_course.make_course(folder)
    source = tiny_course.source_notebook()
    test = tiny_course.cell(source, "double-test")
    test.source = test.source.replace("too-large", "not-doubled").replace(
        "too-small", "not-doubled"
    )
    tiny_course.write_source(folder, source)
    (folder / "hints.toml").write_text(HINTS, encoding="utf-8")
    well(run("release", folder=folder))
    released = notebooks.read(folder / "notebooks/q1" / tiny_course.NAME)
    for student, answer in SEEN.items():
        notebook = tiny_course.solved(released, double=answer)
        tiny_course.hand_in(folder / "submitted", student, notebook)
    return folder


def well(done: Done) -> str:
    """What a command printed; it must have gone well."""
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.mark.parametrize("how", [[], ["--trust-submissions"]])
def test_pages_and_report_have_them(course: Path, tmp_path: Path, how: list[str]) -> None:
    out = tmp_path / "out"
    well(run("grade", "--out", out, *how, folder=course))
    for student in SEEN:
        page = out / f"feedback/{student}/q1/tiny.html"
        assert HINT in page.read_text(encoding="utf-8"), student
    well(run("report", "--out", out, folder=course / "solutions"))
    assert "Given once" in (out / "report.html").read_text(encoding="utf-8")


def test_nbgraders_own_command_has_them(course: Path) -> None:
    well(nbgrader("generate_assignment", "q1", "--force", folder=course))
    well(nbgrader("autograde", "q1", "--create", folder=course))
    for student in SEEN:
        executed = notebooks.read(course / f"autograded/{student}/q1" / tiny_course.NAME)
        test = tiny_course.cell(executed, "double-test")
        assert any(HINT in output.get("evalue", "") for output in test.outputs), student


@pytest.mark.parametrize(("beside", "told"), [(True, True), (False, False)])
def test_a_student_reads_them_where_the_file_is(
    course: Path, tmp_path: Path, beside: bool, told: bool
) -> None:
    """One assignment's folder is all that a student may have."""
    mine = tmp_path / "q1" / tiny_course.NAME
    mine.parent.mkdir()
    shutil.copy(course / "submitted/visible/q1" / tiny_course.NAME, mine)
    if beside:
        shutil.copy(course / "hints.toml", mine.parent)
    printed = " ".join(run("check", mine, folder=tmp_path).stdout.split())
    assert "double(5) returned 5." in printed
    assert "[not-doubled]" in printed
    assert (HINT in printed) is told


def test_another_hint_renews_what_was_told(course: Path, tmp_path: Path) -> None:
    out, file = tmp_path / "out", course / "hints.toml"
    well(run("grade", "--out", out, folder=course))
    assert "0 graded, 2 unchanged" in well(run("grade", "--out", out, folder=course))
    file.write_text(HINTS.replace("Two", "Both"), encoding="utf-8")
    told = well(run("grade", "--out", out, folder=course))
    file.write_text(HINTS, encoding="utf-8")
    assert "2 graded, 0 unchanged" in told
    page = (out / "feedback/visible/q1/tiny.html").read_text(encoding="utf-8")
    assert HINT.replace("Two", "Both") in page


def test_a_file_that_is_none_is_refused_in_one_line(course: Path, tmp_path: Path) -> None:
    file = course / "hints.toml"
    file.write_text("[not-doubled]\nhint = 2\n", encoding="utf-8")
    done = run("grade", "--out", tmp_path / "out", folder=course)
    file.write_text(HINTS, encoding="utf-8")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert f"{file} is no table of hints" in done.stderr
