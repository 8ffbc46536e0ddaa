"""The zip for students: unpacked somewhere, its START-HERE page's commands run as they stand."""

import ast
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest
import yaml
from make_zip import FIRST, NAME, pack
from nbformat import NotebookNode

from autograder.authoring.bank import hand_in
from autograder.notebook import notebooks
from solutions import read_solutions
from tests.support.tiny_course import REPOSITORY

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(1200),  # a set-up by pip
    pytest.mark.usefixtures("package_index"),
]
PAGE = (FIRST / "START-HERE.txt").read_text(encoding="utf-8")
HERE = re.findall(r"^ +Linux, macOS: +(.*)$", PAGE, re.MULTILINE)
WINDOWS = re.findall(r"^ +Windows: +(.*)$", PAGE, re.MULTILINE)
SERVES = re.compile(r"http://localhost:\d+/lab\?token=")


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The zip's folder, after the page's first command. The site is not built for it."""
    folder = tmp_path_factory.mktemp("students zip")  # as folders are called
    (folder / "site").mkdir()
    (folder / "site/index.html").write_text("the site", encoding="utf-8")
    pack(folder / "site", folder / "course.zip")
    with ZipFile(folder / "course.zip") as bundle:
        assert bundle.testzip() is None
        bundle.extractall(folder)
    done = typed(HERE[0], folder / NAME)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / NAME


def environment() -> dict[str, str]:
    """A student's: no environment of packages is active, and `python3` is this Python."""
    outside = {"VIRTUAL_ENV", "PYTHONPATH", "PYTHONHOME"}
    kept = {name: value for name, value in os.environ.items() if name not in outside}
    return kept | {"PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin", "BROWSER": "true"}


def typed(command: str, folder: Path, **variables: str) -> "subprocess.CompletedProcess[str]":
    """Type one of the page's commands in the unpacked folder."""
    return subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=environment() | variables,
        capture_output=True,
        text=True,
        check=False,
    )


def test_three_commands_on_each_system() -> None:
    set_up, *others = HERE
    assert len(HERE) == len(WINDOWS) == 3
    assert WINDOWS[0] == set_up.replace("python3", "py")
    assert WINDOWS[1:] == [each.replace("/bin/", "/Scripts/").replace("/", "\\") for each in others]


def test_it_says_so_where_python_is_another_one(tmp_path: Path) -> None:
    code = "import sys, runpy; sys.version_info = (3, 9, 1); runpy.run_path(sys.argv[1])"
    done = subprocess.run(
        [sys.executable, "-c", code, FIRST / "set_up.py"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.strip().endswith("is needed, and this is 3.9: START-HERE.txt has more")


def test_where_uv_cannot_pip_goes_on(course: Path) -> None:
    done = typed(HERE[0], course, UV_CONFIG_FILE="not-there.toml")
    assert done.returncode == 0, done.stderr
    assert "not-there.toml" in done.stderr
    assert "Requirement already satisfied: tensorflow" in done.stdout


def test_where_uv_may_not_run_pip_goes_on(course: Path) -> None:
    (course / ".venv/bin/uv").chmod(0o644)
    done = typed(HERE[0], course)
    (course / ".venv/bin/uv").chmod(0o755)
    assert done.returncode == 0, done.stderr
    assert "uv: Permission denied" in done.stderr
    assert "Requirement already satisfied: tensorflow" in done.stdout


def test_in_colab_the_zip_alone_will_do(course: Path, tmp_path: Path) -> None:
    """The cell of "How to study", in a folder with nothing but the zip."""
    study = (REPOSITORY / "book/study.md").read_text(encoding="utf-8")
    (cell,) = re.findall(r"^```python\n(.*?)^```", study, re.MULTILINE | re.DOTALL)
    (tmp_path / "course.zip").symlink_to(course.parent / "course.zip")
    asks = "import autograder.checks, models.network; print(autograder.__file__)"
    command = [sys.executable, "-c", f"{cell}\n{asks}\nprint(Path('data/mnist.npz').exists())"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    file, has_data = done.stdout.split()
    assert Path(file).is_relative_to(tmp_path / "course")
    assert has_data == "True"


def test_github_classroom_runs_the_same(course: Path, tmp_path: Path) -> None:
    """The workflow for a template: of the form that GitHub reads, and its commands run here."""
    page = (REPOSITORY / "book/teach/github.md").read_text(encoding="utf-8")
    (text,) = re.findall(r"^:caption: check\.yml\n\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    (tmp_path / "check.yml").write_text(text, encoding="utf-8")
    schema = "check-jsonschema --builtin-schema vendor.github-workflows check.yml"
    assert typed(schema, tmp_path).returncode == 0
    steps = yaml.safe_load(text)["jobs"]["check"]["steps"]
    set_up, check = (step["run"] for step in steps if "run" in step)
    again = typed(set_up, course)
    assert again.returncode == 0, again.stderr
    assert "Successfully installed" not in again.stdout
    assert check == HERE[2]


def test_there_is_nothing_of_the_teachers(course: Path) -> None:
    names = {path.name for path in course.iterdir()}
    assert {"START-HERE.txt", "notebooks", "site"} <= names
    assert not names & {"README.md", "Makefile", "solutions", "tests"}


def test_jupyterlab_starts(course: Path, tmp_path: Path) -> None:
    settings = {"ServerApp": {"allow_root": True}}  # in a container, one may be root
    (tmp_path / "jupyter_server_config.json").write_text(json.dumps(settings), encoding="utf-8")
    with subprocess.Popen(
        ["bash", "-c", f"exec {HERE[1]}"],
        cwd=course,
        env=environment() | {"JUPYTER_CONFIG_DIR": str(tmp_path)},
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as server:
        assert server.stderr is not None
        try:
            said = []
            for line in server.stderr:
                said.append(line)
                if SERVES.search(line):
                    break
            else:
                pytest.fail("".join(said))
        finally:
            os.killpg(server.pid, signal.SIGKILL)


def test_check(course: Path) -> None:
    """One exercise is solved, here and in Colab."""
    name = HERE[2].split()[-1]
    source = notebooks.read(REPOSITORY / name.replace("notebooks", "solutions"))
    solved, *_ = read_solutions(source)
    answered = hand_in(notebooks.read(course / name), {solved.name: solved.code})
    (course / name).write_text(notebooks.text(answered), encoding="utf-8")
    done = typed(HERE[2], course)
    assert (done.returncode, done.stderr) == (1, "")
    assert "Visible checks: 2 of 10 points." in done.stdout
    beside = name.replace(".ipynb", "-from-colab.ipynb")
    (course / beside).write_text(as_colab_saves(answered), encoding="utf-8")
    assert "Visible checks: 2 of 10 points." in typed(HERE[2].replace(name, beside), course).stdout


def as_colab_saves(notebook: NotebookNode) -> str:
    """A notebook with nothing of nbgrader's: format 4.0, without ids, with metadata of Colab's."""
    cells = [
        {name: value for name, value in cell.items() if name != "id"}
        | {"metadata": {"id": f"aB{number}-colab"}}
        for number, cell in enumerate(notebook.cells)
    ]
    about = {
        "colab": {"provenance": []},
        "kernelspec": {"name": "python3", "display_name": "Python 3"},
    }
    return json.dumps({"nbformat": 4, "nbformat_minor": 0, "metadata": about, "cells": cells})


def test_what_the_notebooks_import_is_there(course: Path) -> None:
    imported: set[str] = set()
    for path in course.glob("notebooks/*/*.ipynb"):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            if cell["cell_type"] == "code":
                for node in ast.walk(ast.parse("".join(cell["source"]))):
                    if isinstance(node, ast.Import):
                        imported |= {each.name for each in node.names}
                    elif isinstance(node, ast.ImportFrom):
                        imported.add(str(node.module))
    assert {"tensorflow", "autograder", "models.network"} <= imported
    first = "autograder.quiet_tensorflow"
    code = f"import {', '.join([first, *sorted(imported - {first})])}"
    done = typed(f".venv/bin/python -c '{code}'", course)
    assert (done.returncode, done.stderr) == (0, "")
