"""On Windows and macOS: check, release, report and export run; grade says where it would.

There is neither here. What the grader would miss there is taken from it:
see tests/support/elsewhere.py.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from nbformat import NotebookNode

from tests.support import elsewhere, tiny_course
from tests.support.forked_kernels import forked_kernels
from tests.support.running import Done, Graded, grades, run
from tests.support.warm import warm

pytestmark = pytest.mark.slow  # every command starts anew
Elsewhere = Callable[..., Done]
FLOOD = "while True:\n    print('x' * 10_000)"
MYPY = {"Windows": "win32", "macOS": "darwin"}


@pytest.fixture(params=elsewhere.SYSTEMS)
def system(request: pytest.FixtureRequest) -> str:
    """The name of each system in turn."""
    assert isinstance(request.param, str)
    return request.param


@pytest.fixture
def autograder(system: str, tiny: Path) -> Elsewhere:
    """The command, as on that system, in the tiny course unless `folder` says otherwise."""

    def call(*arguments: str | Path, folder: Path = tiny, **environment: str) -> Done:
        kernels = forked_kernels() if arguments[0] == "check" else {}
        there = {elsewhere.SYSTEM: system, **kernels, **environment}
        command = [elsewhere.__file__, system, elsewhere.SERVE]
        process = warm("autograder", command, place=f"-{system}")
        return process.run([str(each) for each in arguments], folder, os.environ | there)

    return call


@pytest.fixture
def from_nothing(system: str, tiny: Path, tmp_path: Path) -> Elsewhere:
    """The same command, started by itself, in a copy of that course: it may be released anew."""
    own = tmp_path / "own"
    shutil.copytree(tiny, own)

    def call(*arguments: str | Path, **environment: str) -> Done:
        return subprocess.run(
            [sys.executable, elsewhere.__file__, system, *arguments],
            cwd=own,
            env=os.environ | environment,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )

    return call


def written(folder: Path, notebook: NotebookNode) -> Path:
    """A student's notebook, outside any course."""
    file = folder / "mine.ipynb"
    file.write_text(json.dumps(notebook), encoding="utf-8")
    return file


def test_check(autograder: Elsewhere, tmp_path: Path, released: NotebookNode) -> None:
    notebook = tiny_course.solved(released, double="def double(number):\n    return number**2")
    done = autograder("check", written(tmp_path, notebook), folder=tmp_path)
    assert (done.returncode, done.stderr) == (1, "")
    assert "double(5) returned 25. That is too large." in " ".join(done.stdout.split())
    assert "Visible checks: 3 of 5 points." in done.stdout


def test_check_stops_what_never_ends(
    autograder: Elsewhere, tmp_path: Path, released: NotebookNode
) -> None:
    notebook = tiny_course.solved(released)
    tiny_course.cell(notebook, "double").source = FLOOD
    done = autograder("check", written(tmp_path, notebook), folder=tmp_path)
    assert (done.returncode, done.stderr) == (1, "")
    assert "0/2" in done.stdout


def test_check_of_a_link_or_a_folder(autograder: Elsewhere, tmp_path: Path) -> None:
    (tmp_path / "there.ipynb").write_text("{}", encoding="utf-8")
    (tmp_path / "link.ipynb").symlink_to("there.ipynb")
    for name, told in (("link.ipynb", "is a link"), (".", "is not an ordinary file")):
        done = autograder("check", tmp_path / name)
        assert (done.returncode, done.stderr.count("\n")) == (2, 1)
        assert told in done.stderr


def test_a_console_of_few_signs(
    from_nothing: Elsewhere, tmp_path: Path, released: NotebookNode
) -> None:
    """For a sign that it lacks it shows another one; nothing stops for it."""
    answer = "def double(number):\n    return 'α ≤ ✓ 一'"
    notebook = tiny_course.solved(released, double=answer)
    done = from_nothing("check", written(tmp_path, notebook), PYTHONIOENCODING="cp1252")
    assert (done.returncode, done.stderr) == (1, "")
    assert "? ?" in done.stdout
    assert "Visible checks: 3 of 5 points." in done.stdout


def test_release(autograder: Elsewhere, tmp_path: Path, tiny: Path) -> None:
    tiny_course.make_course(tmp_path)
    done = autograder("release", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    file = Path("notebooks/q1", tiny_course.NAME)
    assert (tmp_path / file).read_bytes() == (tiny / file).read_bytes()


def test_report_and_export(autograder: Elsewhere, graded: Graded, tmp_path: Path) -> None:
    """What is written there from a folder of results is what is written here, to the byte."""
    here, there = tmp_path / "here", tmp_path / "there"
    commands = [("report",), *(("export", "--to", to) for to in ("csv", "canvas", "moodle"))]
    for out in (here, there):
        shutil.copytree(graded.out, out)
    for command in commands:
        assert run(*command, "--out", here, folder=graded.course).returncode == 0
        done = autograder(*command, "--out", there, folder=graded.course)
        assert (done.returncode, done.stderr) == (0, "")
    names = sorted(path.name for path in here.iterdir() if path.is_file())
    assert len([name for name in names if name.startswith("export-")]) == len(commands) - 1
    for name in names:
        assert (here / name).read_bytes() == (there / name).read_bytes(), name


def test_grade_says_where_it_would(
    system: str, autograder: Elsewhere, tmp_path: Path, released: NotebookNode
) -> None:
    tiny_course.hand_in(tmp_path / "in", "ann", tiny_course.solved(released))
    ways = ["the container of the course's Dockerfile", "cluster"]
    ways.append("WSL" if system == "Windows" else "--trust-submissions")
    done = autograder("grade", tmp_path / "in", "--out", tmp_path / "out")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert all(way in done.stderr for way in ways)
    assert not (tmp_path / "out").exists()


def test_trust_submissions(
    system: str, autograder: Elsewhere, tmp_path: Path, released: NotebookNode
) -> None:
    """Works on macOS, without a limit of memory, which is said; on Windows it is refused."""
    endless = tiny_course.solved(released)
    tiny_course.cell(endless, "double").source = FLOOD
    tiny_course.hand_in(tmp_path / "in", "ann", tiny_course.solved(released))
    tiny_course.hand_in(tmp_path / "in", "bob", endless)
    out = tmp_path / "out"
    arguments = ("--trust-submissions", "--cell-timeout", "3", "--jobs", "2")
    done = autograder("grade", tmp_path / "in", "--out", out, *arguments)
    if system == "Windows":
        assert (done.returncode, done.stderr.count("\n")) == (2, 1)
        assert "WSL" in done.stderr
    else:
        assert done.returncode == 0, done.stderr
        assert done.stderr.count("only Linux can limit it") == 1
        assert {name: row["score"] for name, row in grades(out).items()} == {"ann": "5", "bob": "3"}


def test_what_these_commands_import_names_nothing_that_is_missing(
    system: str, from_nothing: Elsewhere, tmp_path: Path, released: NotebookNode
) -> None:
    """By mypy, which knows what each system's Python has: all names, and not only those taken."""
    used = {"autograder.checks", "autograder.quiet_tensorflow"}  # by the notebooks
    for arguments in (
        ("check", written(tmp_path, released)),
        ("release", "--force"),
        ("report", "--out", tmp_path),
        ("export", "--to", "canvas", "--out", tmp_path),
    ):
        listed = tmp_path / "imported"
        from_nothing(*arguments, **{elsewhere.IMPORTED: str(listed)})
        used |= set(listed.read_text(encoding="utf-8").split())
    assert used > {"autograder.execution.kernel", "autograder.results.journal"}
    modules = [word for name in sorted(used) for word in ("--module", name)]
    done = subprocess.run(
        [
            *(Path(sys.executable).with_name("mypy"), "--platform", MYPY[system]),
            *("--config-file=", "--cache-dir", f"_build/mypy-{system}", "--follow-imports=silent"),
            *("--no-site-packages", "--ignore-missing-imports", *modules),
        ],
        cwd=tiny_course.REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
