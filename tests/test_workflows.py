"""GitHub's workflows: of the form that GitHub reads, and true to this repository.

They run on GitHub only; what can be said of them here is said here.
"""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support.tiny_course import REPOSITORY

FOLDER = REPOSITORY / ".github/workflows"
NAMES = sorted(path.name for path in FOLDER.iterdir())


def workflow(name: str) -> dict[str, Any]:
    """Return a workflow as data."""
    found: dict[str, Any] = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    return found


def commands(name: str) -> list[str]:
    """Return what the steps of a workflow run, in order."""
    jobs = workflow(name)["jobs"].values()
    return [step["run"] for job in jobs for step in job["steps"] if "run" in step]


def test_they_have_the_form_that_github_reads() -> None:
    program = Path(sys.executable).with_name("check-jsonschema")
    schema = ["--builtin-schema", "vendor.github-workflows"]
    done = subprocess.run(
        [program, *schema, *(FOLDER / name for name in NAMES)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("name", NAMES)
def test_what_it_makes_is_a_target(name: str) -> None:
    makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    made = [words for line in commands(name) for words in re.findall(r"^make (.*)$", line)]
    assert {target for words in made for target in words.split()} <= targets


@pytest.mark.parametrize("name", NAMES)
def test_a_container_reads_the_checkout_and_keeps_caches(name: str) -> None:
    """Such a job runs as root, in a copy that belongs to the machine's user, with another home."""
    for job in workflow(name)["jobs"].values():
        steps = job["steps"] if "container" in job else []
        runs = [str(step.get("run", "")) for step in steps]
        assert not steps or any("safe.directory" in run for run in runs)
        kept = " ".join(step["with"]["path"] for step in steps if "cache@" in step.get("uses", ""))
        told = [path for key, path in job.get("env", {}).items() if key.endswith("CACHE_DIR")]
        assert {path for path in kept.split() if ".cache" in path} == set(told)


def test_every_supported_python_is_tested() -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    least, most = re.findall(r"3\.(\d+)", project["project"]["requires-python"])
    supported = [f"3.{minor}" for minor in range(int(least), int(most))]
    assert workflow("tests.yml")["jobs"]["tests"]["strategy"]["matrix"]["python"] == supported
    assert ".ci/run" in commands("tests.yml")


def test_the_address_is_filled_in(tmp_path: Path) -> None:
    shutil.copy(REPOSITORY / "_config.yml", tmp_path)
    (fill_in,) = [command for command in commands("site.yml") if "_config.yml" in command]
    repository, pages = "https://github.example/a/b", "https://a.example/b/"
    environment = {"REPOSITORY": repository, "PAGES": pages, "PATH": "/usr/bin:/bin"}
    subprocess.run(["bash", "-ec", fill_in], cwd=tmp_path, env=environment, check=True)
    config = yaml.safe_load((tmp_path / "_config.yml").read_text(encoding="utf-8"))
    assert config["repository"]["url"] == repository
    assert config["html"]["baseurl"] == pages
    assert config["html"]["use_repository_button"] is config["html"]["use_issues_button"] is True
