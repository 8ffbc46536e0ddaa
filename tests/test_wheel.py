"""The grader as a package: its wheel, in an environment with what it asks for and no more.

With the network it is installed as everybody does; without, the environment is put together from
the packages that are installed here.
"""

import email
import os
import re
import shutil
import subprocess
import sys
import venv
from importlib.metadata import Distribution, distribution
from importlib.resources import files
from pathlib import Path
from zipfile import ZipFile

import pytest
from make_zip import wheel as build
from packaging.requirements import Requirement

from tests.support.running import grades
from tests.support.tiny_course import REPOSITORY

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

UV = Path(sys.executable).with_name("uv")
NOT_THE_GRADERS = ("tensorflow", "keras", "matplotlib", "jupyter-book", "pandas", "pytest")
EXAMPLE = Path(str(files("nbgrader") / "docs/source/user_guide"))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without the network."""
    return build(tmp_path_factory.mktemp("wheel"))


def asked_for(wheel: Path) -> dict[str, Distribution]:
    """Return what the wheel with its extra `grade` needs, by name, as it is installed here."""
    with ZipFile(wheel) as content:
        (name,) = (each for each in content.namelist() if each.endswith(".dist-info/METADATA"))
        text = content.read(name).decode()
    todo = [(each, "grade") for each in re.findall(r"^Requires-Dist: (.*)$", text, re.MULTILINE)]
    found: dict[str, Distribution] = {}
    while todo:
        line, extra = todo.pop()
        wanted = Requirement(line)
        if wanted.marker is not None and not wanted.marker.evaluate({"extra": extra}):
            continue
        name = wanted.name.lower().replace("_", "-")
        if name not in found:
            found[name] = distribution(name)
            todo += [(each, "") for each in found[name].requires or ()]
        todo += [(each, one) for one in wanted.extras for each in found[name].requires or ()]
    return found


def unpack(folder: Path, wheel: Path, packages: dict[str, Distribution]) -> Path:
    """Make an environment of the wheel and these packages; return its Python."""
    venv.create(folder, with_pip=False, symlinks=True)
    python = folder / "bin/python"
    (site,) = folder.glob("lib/python*/site-packages")
    for each in packages.values():
        for file in each.files or ():
            if (".." in file.parts and "share" not in file.parts) or "__pycache__" in file.parts:
                continue
            target = Path(os.path.normpath(site / file))  # some belong into the folder share/
            target.parent.mkdir(parents=True, exist_ok=True)
            if not target.exists():
                shutil.copyfile(Path(str(file.locate())), target)
        for script in each.entry_points.select(group="console_scripts"):
            if script.name == "alembic":  # which nbgrader calls by its name
                code = f"#!{python}\nimport sys\nfrom {script.module} import {script.attr}\n"
                (folder / "bin/alembic").write_text(f"{code}sys.exit({script.attr}())\n")
                (folder / "bin/alembic").chmod(0o755)
    with ZipFile(wheel) as content:
        content.extractall(site)
    return python


def install(folder: Path, wheel: Path) -> Path:
    """Make the environment as everybody does, with the lock's versions."""
    python = folder / "bin/python"
    lock = re.sub(r" \\\n +--hash=\S+", "", (REPOSITORY / "requirements.txt").read_text("utf-8"))
    (folder.parent / "versions.txt").write_text(lock.replace(" \\\n", "\n"), encoding="utf-8")
    constraints = ["--constraints", str(folder.parent / "versions.txt")]
    for command in (
        ["venv", "--quiet", "--python", sys.executable, str(folder)],
        ["pip", "install", "--quiet", "--python", str(python), f"{wheel}[grade]", *constraints],
    ):
        subprocess.run([str(UV), *command], check=True)
    return python


def run(python: Path, *arguments: str | Path, folder: Path) -> str:
    """Run a module of the new environment and return what it printed; it must go well."""
    outside = {"VIRTUAL_ENV", "PYTHONPATH", "PYTHONHOME"}
    kept = {name: value for name, value in os.environ.items() if name not in outside}
    done = subprocess.run(
        [python, "-m", *arguments],
        cwd=folder,
        env=kept | {"PATH": f"{python.parent}:/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_it_says_what_the_grader_is_and_nothing_of_the_book(wheel: Path) -> None:
    with ZipFile(wheel) as content:
        (name,) = (each for each in content.namelist() if each.endswith(".dist-info/METADATA"))
        said = email.message_from_bytes(content.read(name))
    assert said["Name"] == "sealed-autograder"
    assert set(said.get_all("Provides-Extra", [])) == {"grade", "cluster", "postgres"}
    assert str(said.get_payload()).startswith("# The grader, room by room")
    assert "onvolution" not in f"{said['Name']} {said['Summary']}"


def test_it_asks_for_nothing_of_the_book(wheel: Path) -> None:
    packages = asked_for(wheel)
    assert {"nbgrader", "numpy", "py-landlock", "nh3"} <= set(packages)
    assert not set(NOT_THE_GRADERS) & set(packages)


def test_it_grades_nbgraders_example_course(
    wheel: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    try:
        request.getfixturevalue("package_index")
    except pytest.skip.Exception:
        python = unpack(tmp_path / "env", wheel, asked_for(wheel))
    else:
        python = install(tmp_path / "env", wheel)
    course = tmp_path / "course101"  # as `nbgrader quickstart` makes it, which starts six times
    shutil.copytree(EXAMPLE / "source", course / "source")
    shutil.rmtree(course / "source/ps1_autotest")
    run(python, "nbgrader", "generate_config", folder=course)
    assert "wrote release/ps1/problem2.ipynb" in run(python, "autograder", "release", folder=course)
    shutil.copytree(EXAMPLE / "submitted", course / "submitted")
    told = run(python, "autograder", "grade", folder=course)
    assert "4 graded, 0 unchanged" in told
    rows = (course / "grading/grades.csv").read_text(encoding="utf-8")
    assert rows.count(",waiting,sealed,") == 4
    assert grades(course / "grading")["hacker"]["max_score"] == "3"
    run(python, "autograder", "export", "--to", "canvas", folder=course)
    missing = "import importlib.util as u, sys; sys.exit(any(map(u.find_spec, sys.argv[1:])))"
    names = ("tensorflow", "keras", "matplotlib", "pandas")
    subprocess.run([python, "-c", missing, *names], check=True)
