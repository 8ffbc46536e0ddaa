"""The landing page and how to study: what they say of the chapters, and what they tell to type."""

import json
import os
import re
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest
from chapters import chapter_files, read_chapter
from playwright.sync_api import Browser, expect
from when_published import published

from tests.site.browsing import (
    CHAPTERS,
    NARROW,
    ROOT,
    WIDE,
    Site,
    parsed,
    recorded,
    skip_without_chromium,
)

skip_without_chromium()

STUDY = (ROOT / "book" / "study.md").read_text(encoding="utf-8")


def test_the_first_screen_leads_to_question_1(site: Site, browser: Browser) -> None:
    with recorded(browser, WIDE) as record:
        page = record.page
        page.goto(site.page("book/welcome"))
        button = page.get_by_role("link", name="Begin with question 1")
        expect(button).to_be_in_viewport(ratio=1)
        box = button.bounding_box()
        assert box is not None
        assert box["height"] >= 44
        button.click()
        page.wait_for_url(f"**/{CHAPTERS[0]}.html")


def test_an_objectives_list_opens_by_keyboard_on_a_phone(site: Site, browser: Browser) -> None:
    with recorded(browser, NARROW) as record:
        page = record.page
        page.goto(site.page("book/welcome"))
        summary = page.locator(".course-map summary").first
        box = summary.bounding_box()
        assert box is not None
        assert box["height"] >= 44
        summary.focus()
        page.keyboard.press("Enter")
        expect(page.locator(".course-map details[open] li").first).to_be_visible()


def test_the_map_says_what_the_chapters_say(html: Path) -> None:
    page = parsed(html / "book/welcome.html")
    cards = page.select(".course-map .sd-col > .sd-card")
    files = chapter_files(ROOT)
    assert len(cards) == len(files) == len(CHAPTERS)
    for card, path, document in zip(cards, files, CHAPTERS, strict=True):
        chapter = parsed(html / f"{document}.html")
        title = card.select_one(".sd-card-title a")
        assert title is not None
        assert title["href"] == f"../{document}.html"
        headline = chapter.select_one("article h1")
        assert headline is not None
        assert words(title.get_text()) == words(headline.get_text().removesuffix("#"))
        there = [words(li.get_text()) for li in chapter.select("#what-you-will-be-able-to-do li")]
        assert [words(li.get_text()) for li in card.select("li")] == there
        text = words(card.get_text())
        first = "".join(json.loads(path.read_text("utf-8"))["cells"][0]["source"])
        for label in ("You need:", "It takes:"):
            assert label in first
            assert words(label) in text
        assert words(plain(read_chapter(path, ROOT).question)) in text


def words(text: str) -> str:
    """A text without what layout adds to it."""
    return " ".join(text.split())


def plain(markdown: str) -> str:
    """Markdown without its signs."""
    return re.sub(r"[*_`]", "", markdown)


@pytest.mark.parametrize("part", ["# ", "**", "## What", "**You need:**", "**It takes:**"])
def test_a_chapter_without_its_form_is_named(tmp_path: Path, part: str) -> None:
    source = chapter_files(ROOT)[0]
    notebook = json.loads(source.read_text(encoding="utf-8"))
    text = "".join(notebook["cells"][0]["source"])
    lines = [line for line in text.splitlines() if not line.startswith(part)]
    notebook["cells"][0]["source"] = "\n".join(lines) + "\n"
    copy = tmp_path / "notebooks" / "q1" / source.name
    copy.parent.mkdir(parents=True)
    copy.write_text(json.dumps(notebook), encoding="utf-8")
    with pytest.raises(ValueError, match=f"notebooks/q1/{source.name}: its first cell"):
        read_chapter(copy, tmp_path)


def test_an_address_is_shown_only_if_there_is_one(html: Path) -> None:
    assert published(["git clone REPOSITORY"], "") == []
    assert published(["git clone REPOSITORY"], "A") == ["git clone A"]
    assert "{when-published}" in STUDY
    page = (html / "book/study.html").read_text(encoding="utf-8")
    assert "REPOSITORY" not in page
    address = re.search(r'^  url: "(.*)"$', (ROOT / "_config.yml").read_text("utf-8"), re.M)
    assert address is not None
    assert ("git clone" in page) == bool(address[1])


def test_what_the_page_tells_to_type_is_there() -> None:
    pip = [sys.executable, "-m", "pip", "install", "--help"]
    known = subprocess.run(pip, capture_output=True, text=True, check=True).stdout
    installing = re.findall(r"pip install (.+)", STUDY)
    assert len(installing) == 4
    for arguments in installing:
        for option in re.findall(r"--[a-z-]+", arguments):
            assert option in known
    assert (ROOT / "requirements.txt").is_file()
    made = re.findall(r"`make (\w+)`", STUDY)
    assert made
    for target in made:
        assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text("utf-8"), re.M)
    for path in re.findall(r"(notebooks/\S+?)[`\s]", STUDY):
        assert (ROOT / path).exists()
    assert (Path(sys.executable).parent / "jupyter-lab").is_file()


def test_the_cell_for_colab_finds_the_checks_where_nothing_is_installed(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "course-main.zip", "w") as file:
        package = (path for path in ROOT.glob("autograder/**/*.*") if path.suffix != ".pyc")
        for path in (*package, ROOT / "data" / "mnist.npz"):
            file.write(path, Path("course-main", path.relative_to(ROOT)))
    cell = re.findall(r"```python\n(.*?)```", STUDY, re.DOTALL)
    assert len(cell) == 1
    program = f"""
try:
    import autograder
except ImportError:
    pass
else:
    raise SystemExit("the course is installed here: this shows nothing")
{cell[0]}
from autograder import checks
assert Path(checks.__file__).is_relative_to(root)
assert any((folder / "data/mnist.npz").exists() for folder in (Path.cwd(), *Path.cwd().parents))
try:
    checks.returns(lambda: 2700, (), 2800, {{"no-bias": [2700]}})
except checks.WrongAnswer as wrong:
    print(wrong.code)
import subprocess
subprocess.run([sys.executable, "-S", "-c", "from autograder import checks"], check=True)
"""
    # -S: no packages but those of PYTHONPATH, where the link to this folder has no effect.
    packages = sysconfig.get_path("purelib")
    program = program.replace('os.environ["PYTHONPATH"] = str(root)', with_packages(packages))
    ran = subprocess.run(
        [sys.executable, "-S", "-c", program],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": packages},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout == "no-bias\n"


def with_packages(packages: str) -> str:
    """The cell's line for a second Python, where the packages too come from PYTHONPATH."""
    return f'os.environ["PYTHONPATH"] = str(root) + os.pathsep + "{packages}"'
