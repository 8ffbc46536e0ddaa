"""What those who carry the project on rely on: changes, citation, container, issue forms."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from autograder import __version__

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
CONTAINER: dict[str, Any] = json.loads(
    (ROOT / ".devcontainer/devcontainer.json").read_text(encoding="utf-8")
)
HOOKS = ROOT / ".pre-commit-config.yaml"
FORMS = sorted((ROOT / ".github/ISSUE_TEMPLATE").glob("this-*.yml"))
RELEASED = re.compile(r"^## (\d+\.\d+\.\d+) - (\d{4}-\d{2}-\d{2})$", re.MULTILINE)
KINDS = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
QUESTION = {"input", "textarea", "dropdown"}


def loaded(path: Path) -> Any:
    """A YAML file's content."""
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def test_the_version_is_typed_once() -> None:
    """Where a file cannot read it (the changelog, the citation), the next two tests compare."""
    assert PROJECT["dynamic"] == ["version"]
    assert re.fullmatch(r"\d+\.\d+\.\d+", __version__)
    code = [
        file
        for part in ("autograder", "book/_ext", "tests")
        for file in ROOT.glob(f"{part}/**/*.py")
    ]
    for path in [*code, ROOT / "pyproject.toml", ROOT / "_config.yml"]:
        typed = f'"{__version__}"' in path.read_text(encoding="utf-8")
        assert typed == (path == ROOT / "autograder/__init__.py"), path


def test_the_changelog_is_of_this_version() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    versions = RELEASED.findall(text)
    assert versions[0][0] == __version__
    headings = re.findall(r"^## (.*)$", text, re.MULTILINE)
    released = [f"{version} - {date}" for version, date in versions]
    assert headings in (released, ["Unreleased", *released])
    assert set(re.findall(r"^### (.*)$", text, re.MULTILINE)) <= KINDS


def test_the_citation_is_of_this_version() -> None:
    citation = loaded(ROOT / "CITATION.cff")
    version, date = RELEASED.findall((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))[0]
    assert citation["cff-version"] == "1.2.0"  # the format's
    assert citation["message"]
    assert (citation["version"], citation["date-released"]) == (version, date)
    assert citation["license"] in PROJECT["license"].split(" AND ")
    assert citation["title"] == loaded(ROOT / "_config.yml")["title"]
    # An entity, and the one that holds the copyright: nobody's name is given.
    assert [list(author) for author in citation["authors"]] == [["name"]]
    holder = citation["authors"][0]["name"]
    assert holder.lower() in (ROOT / "LICENSE").read_text(encoding="utf-8").lower()


def test_before_a_commit_runs_what_make_check_runs() -> None:
    check = re.search(r"^check: .*\n((?:\t.*\n)+)", MAKEFILE, re.MULTILINE)
    assert check
    made = [line.strip().removeprefix("$(BIN)/") for line in check[1].splitlines()]
    hooks = loaded(HOOKS)["repos"][0]["hooks"]
    entries = [hook["entry"].removeprefix(".venv/bin/") for hook in hooks]
    alike = [entry.replace(" --force-exclude", " .") for entry in entries]
    assert alike == made


def test_a_commit_that_check_would_refuse_is_refused(tmp_path: Path) -> None:
    """The two hooks that look at changed files, in a repository of one file."""
    git = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org"]
    subprocess.run([*git, "init", "--quiet", tmp_path], check=True)
    for name in (".pre-commit-config.yaml", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    (tmp_path / ".venv").symlink_to(ROOT / ".venv")
    (tmp_path / "bad.py").write_text("import os\nx = 'unused import, wrong quotes'\n")
    subprocess.run([*git, "add", "bad.py", ".pre-commit-config.yaml"], cwd=tmp_path, check=True)
    done = subprocess.run(
        [Path(sys.executable).with_name("pre-commit"), "run", "--files", "bad.py"],
        cwd=tmp_path,
        env=os.environ | {"SKIP": "types,imports,spelling", "PRE_COMMIT_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert "F401" in done.stdout
    assert re.search(r"^formatter\.+Failed$", done.stdout, re.MULTILINE)


def test_the_container_has_the_python_and_the_lock_of_make() -> None:
    """There is no Docker where the suite runs: what can be compared without it is."""
    (python,) = re.findall(r"^FROM python:(\d+\.\d+)-", DOCKERFILE, re.MULTILINE)
    assert f"python{python}" in re.findall(r"^PYTHON := (.*)$", MAKEFILE, re.MULTILINE)[0].split()
    setup = MAKEFILE.partition("\n$(VENV)/ready: requirements.txt\n")[2].partition("\n\n")[0]
    assert "--require-hashes -r requirements.txt" in setup
    assert "--no-deps --no-build-isolation" in setup
    assert "RUN make setup\n" in DOCKERFILE
    assert CONTAINER["postCreateCommand"] == "make setup"
    assert re.search(r"^setup: \$\(VENV\)/ready\b", MAKEFILE, re.MULTILINE)


def test_the_container_has_what_continuous_integration_installs() -> None:
    packages = re.findall(r"needed\+=\(([\w-]+)\)", (ROOT / ".ci/run").read_text(encoding="utf-8"))
    assert packages
    install = re.search(r"apt-get install (.*?)&&", DOCKERFILE.replace("\\\n", ""), re.DOTALL)
    assert install
    assert {*packages, "make"} <= set(shlex.split(install[1]))


def test_the_development_container_is_a_stage_of_the_dockerfile() -> None:
    build = CONTAINER["build"]
    folder = ROOT / ".devcontainer"
    assert (folder / build["dockerfile"]).resolve() == ROOT / "Dockerfile"
    assert (folder / build["context"]).resolve() == ROOT
    assert re.search(rf"^FROM \S+ AS {build['target']}$", DOCKERFILE, re.MULTILINE)
    assert f" {CONTAINER['remoteUser']}\n" in DOCKERFILE


def test_what_is_made_here_stays_out_of_the_container() -> None:
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    made = {".venv", "_build", "grading", "submitted"}
    assert made <= set(ignored)
    assert not {"requirements.txt", "README.md", "autograder", "Makefile"} & set(ignored)


def test_every_decision_is_listed_and_says_what_follows() -> None:
    pages = sorted((ROOT / "decisions").glob("0*.md"))
    lines = []
    for number, page in enumerate(pages, 1):
        text = page.read_text(encoding="utf-8")
        title = text.splitlines()[0].removeprefix(f"# {number}. ")
        lines.append(f"{number}. [{title}]({page.name})")
        parts = re.findall(r"^\*\*(\w+)\.\*\*", text, re.MULTILINE)
        assert parts == ["Context", "Decision", "Consequences"], page
    index = (ROOT / "decisions/README.md").read_text(encoding="utf-8")
    assert index.split("\n\n")[-1].splitlines() == lines


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_an_issue_form_can_be_filled_in_and_acted_on(path: Path) -> None:
    form = loaded(path)
    assert {"name", "description", "body"} <= form.keys()
    assert all(item["type"] in QUESTION for item in form["body"])
    names = [item["id"] for item in form["body"]]
    assert len(names) == len(set(names))
    for item in form["body"]:
        assert item["attributes"]["label"]
        assert item["validations"]["required"] is True
    chapters = next(item for item in form["body"] if item["id"] == "chapter")
    there = sorted(ROOT.glob("notebooks/*/*.ipynb"))
    options = chapters["attributes"]["options"]
    assert [option for option in options if option != "another page"] == [
        f"{notebook.parent.name} {notebook.stem}" for notebook in there
    ]


def test_the_forms_ask_for_what_a_maintainer_needs() -> None:
    asked = {path.stem: {item["id"] for item in loaded(path)["body"]} for path in FORMS}
    assert asked["this-is-wrong"] >= {"chapter", "quoted", "right", "source"}
    assert asked["this-hint-misled-me"] >= {"chapter", "exercise", "code", "hint", "really"}


def test_the_form_chooser_leads_nowhere_else() -> None:
    assert loaded(ROOT / ".github/ISSUE_TEMPLATE/config.yml") == {"blank_issues_enabled": True}
