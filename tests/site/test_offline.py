"""The course on paper, in a book reader and in a zip file: small ones, made as the targets do."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import make_pdf
import pytest
from make_zip import NAME, pack
from playwright.sync_api import Browser, Page

from autograder import __version__
from autograder.authoring.bank import hand_in
from autograder.notebook import notebooks
from solutions import read_solutions
from tests.site.browsing import DOCUMENTS, JUPYTER_BOOK, ROOT, recorded, skip_without_chromium
from tests.site.test_no_leak import SOURCES, cells_of, leaks, secret_lines

skip_without_chromium()

CHAPTER = "notebooks/q2/parameters-and-memory"
SOLUTIONS = "book/solutions/q2"
SHOWN = "book/solutions" in DOCUMENTS
PAGES = ["book/welcome", CHAPTER, "book/digit", *([SOLUTIONS] if SHOWN else [])]
CHANCE = {"return rows, columns"}  # a solution's line and, of another thing, one of models/
SIZE = "element => parseFloat(getComputedStyle(element).fontSize)"

shown = pytest.mark.skipif(not SHOWN, reason="this course shows no solutions")


def build(folder: Path, *builder: str) -> Path:
    """Build a course of four pages, which warns of the pages that it lacks; return its folder."""
    chapters = "".join(f"  - file: {page}\n" for page in PAGES[1:])
    toc = folder / "_toc.yml"
    toc.write_text(f"format: jb-book\nroot: {PAGES[0]}\nchapters:\n{chapters}", encoding="utf-8")
    options = ["--all", "--quiet", "--toc", str(toc), "--path-output", str(folder)]
    done = subprocess.run(
        [*JUPYTER_BOOK, "build", *options, "--builder", *builder, ROOT],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return folder / "_build" / builder[-1]


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the one-page build."""
    return build(tmp_path_factory.mktemp("paper"), "singlehtml")


@pytest.fixture(scope="module")
def paper(sheet: Path, browser: Browser) -> Iterator[Page]:
    """The page as it is printed."""
    with recorded(browser, 1000) as record:
        make_pdf.lay_out(sheet, record.page)
        record.page.emulate_media(media="print")
        yield record.page


def test_on_paper_every_answer_stands_at_the_chapters_end(paper: Page) -> None:
    assert paper.locator("summary:visible").count() == 0
    chapter = paper.locator(".toctree-wrapper > section", has_text="Question 2:").first
    options = chapter.locator(".paper-option").all_inner_texts()
    answers = chapter.locator("section", has=paper.locator("h3", has_text="Answers"))
    assert len(options) > 10
    assert answers.last.locator(".paper-answer > strong").all_inner_texts() == options


@shown
def test_on_paper_a_solution_stands_under_its_exercise(paper: Page) -> None:
    assert paper.locator("section.solution > :is(h3, h4) + div pre:visible").count() >= 4


def test_on_paper_headings_are_larger_the_more_they_hold(paper: Page) -> None:
    inside = ".toctree-wrapper > section > section >"
    sizes = [
        paper.locator(f"{inside} {at} >> nth=0").evaluate(SIZE) for at in ("h3", "section > h4")
    ]
    title = paper.locator(".toctree-wrapper > section > h2 >> nth=0").evaluate(SIZE)
    text = paper.locator(f"{inside} p >> nth=0").evaluate(SIZE)
    assert title > sizes[0] > sizes[1] > text


def test_on_paper_a_sentence_says_what_only_a_screen_has(paper: Page) -> None:
    said = paper.locator(".digit:visible").last.inner_text()
    assert said.startswith("On the website, with JavaScript, there is")


def test_the_pdf_has_a_title_and_pages(sheet: Path, tmp_path: Path) -> None:
    # In a process of its own: pytest's has a browser at work already.
    out = tmp_path / "course.pdf"
    subprocess.run([sys.executable, make_pdf.__file__, sheet, out], check=True)
    printed = out.read_bytes()
    assert b"/Title (Convolutional Networks in Nine Questions)" in printed
    assert len(re.findall(rb"/Type /Page\b", printed)) > 10


@pytest.fixture(scope="module")
def epub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ZipFile]:
    """The book for book readers."""
    (file,) = build(tmp_path_factory.mktemp("epub"), "custom", "--custom-builder", "epub").glob(
        "*.epub"
    )
    with ZipFile(file) as book:
        yield book


def test_the_epub_is_well_formed_and_lacks_nothing(epub: ZipFile) -> None:
    names = epub.namelist()
    assert names[0] == "mimetype"
    package = ElementTree.fromstring(epub.read("content.opf"))  # noqa: S314, our own
    version = package.find(".//{*}meta[@property='ibooks:version']")
    assert version is not None
    assert version.text == __version__
    listed = {item.attrib["href"] for item in package.iter("{http://www.idpf.org/2007/opf}item")}
    assert listed <= set(names)
    pages = {name for name in names if name.endswith(".xhtml")}
    assert {f"{page}.xhtml" for page in PAGES} <= pages & listed
    for name in sorted(pages):
        page = ElementTree.fromstring(epub.read(name))  # noqa: S314, our own; fails if one is not closed
        assert [it.tag for it in page.iter() if it.tag.endswith(("}script", "}button"))] == []
        for picture in page.iter("{http://www.w3.org/1999/xhtml}img"):
            file = (Path("/", name).parent / picture.attrib["src"]).resolve()
            assert str(file).removeprefix("/") in listed


def test_the_epub_keeps_answers_folded(epub: ZipFile) -> None:
    page = epub.read(f"{CHAPTER}.xhtml").decode()
    assert page.count("<details>") == page.count("<summary>") > 10


@pytest.fixture(scope="module")
def unpacked(html: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The zip file for students, unpacked."""
    folder = tmp_path_factory.mktemp("zip")
    pack(html, folder / "course.zip")
    with ZipFile(folder / "course.zip") as bundle:
        assert bundle.testzip() is None
        bundle.extractall(folder)
    return folder / NAME


def test_the_zip_shows_no_secret_line_beside_the_site(unpacked: Path) -> None:
    assert not (unpacked / "solutions").exists()
    assert list(unpacked.glob("notebooks/*/*.ipynb"))
    secrets = secret_lines(text for path in SOURCES for text in cells_of(path)) - CHANCE
    files = [
        file
        for file in unpacked.rglob("*")
        if file.is_file() and file.suffix not in (".npz", ".whl")
    ]
    own = [file for file in files if unpacked / "site" not in file.parents]
    assert leaks(secrets, own) == []


def test_the_zips_notebooks_are_checked_with_what_it_holds(unpacked: Path) -> None:
    file = unpacked / f"{CHAPTER}.ipynb"
    source = ROOT / f"{CHAPTER.replace('notebooks', 'solutions')}.ipynb"
    solved, *others = read_solutions(notebooks.read(source))
    answered = hand_in(notebooks.read(file), {solved.name: solved.code})
    file.write_text(notebooks.text(answered), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "autograder", "check", file],
        cwd=unpacked,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    assert "Visible checks: 2 of 10 points." in done.stdout
    assert done.stdout.count("Not answered yet.") == len(others) > 0


def test_the_zips_site_opens_without_a_server(unpacked: Path, browser: Browser) -> None:
    with recorded(browser, 1280) as record:
        page = record.page
        page.goto((unpacked / "site" / "index.html").as_uri())
        page.wait_for_url("**/book/welcome.html")
        page.get_by_role("navigation", name="Main").locator(f"a[href$='{CHAPTER}.html']").click()
        page.wait_for_url(f"**/{CHAPTER}.html")
        page.locator("article form.quiz").first.wait_for()
        assert page.locator("article h1").inner_text().startswith("Question 2")
        page.goto((unpacked / "site" / "book" / "play-calculator.html").as_uri())
        page.locator("#play-calculator table").first.wait_for()
        assert record.complaints == []
        assert record.failures == []
        assert [url for url in record.requests if not url.startswith(("file:", "data:"))] == []
