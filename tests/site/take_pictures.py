"""Takes the pictures of README and the teachers' pages from the running product: `make pictures`.

The book and the report of the sample class must be there (`make run`).
"""

import shutil
import tempfile
from pathlib import Path

import nbformat
from playwright.sync_api import Browser

from autograder.authoring.bank import read_bank
from tests.site.browsing import ROOT, chromium, recorded
from tests.site.formgrader import EXERCISE, marked_by_hand
from tests.site.test_lab import (
    ANSWERS,
    NOTEBOOK,
    fill_in,
    first_exercise,
    jupyter_lab,
    open_notebook,
    run,
)

PICTURES = ROOT / "book" / "_static" / "pictures"


def landing(browser: Browser) -> None:
    """The first screen of the website."""
    with recorded(browser, 1280) as record:
        record.page.goto((ROOT / "_build/html/book/welcome.html").as_uri())
        record.page.get_by_role("button", name="5", exact=True).click()
        record.page.screenshot(path=PICTURES / "landing.png", animations="disabled")


def explorer(browser: Browser) -> None:
    """The trained network, opened at a layer in its middle."""
    with recorded(browser, 1280) as record:
        page = record.page
        page.goto((ROOT / "_build/html/book/digit.html").as_uri())
        page.get_by_role("button", name="Start the network").click()
        page.get_by_role("radio", name="conv 4").check()
        page.locator(".digit-explorer").screenshot(path=PICTURES / "explorer.png")


def chapter(browser: Browser) -> None:
    """A section of the chapter on the website, with a table, output and a chart."""
    with recorded(browser, 1280) as record:
        record.page.goto((ROOT / "_build/html/notebooks/q2/parameters-and-memory.html").as_uri())
        record.page.locator("section#at-least-two-tensors-at-a-time div.cell_output img").evaluate(
            "chart => chart.scrollIntoView({ block: 'center' })"
        )
        record.page.wait_for_load_state("networkidle")
        record.page.screenshot(path=PICTURES / "chapter.png")


def exercise(browser: Browser) -> None:
    """A wrong answer in JupyterLab and the hint below its check."""
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    bank = read_bank(ANSWERS)
    cells_of = first_exercise(notebook, bank)
    wrong = next(each for each in bank if each.title == "no-bias")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        shutil.copytree(NOTEBOOK.parent, home / "q2")
        shutil.copy(ROOT / "hints.toml", home)
        with jupyter_lab(home / "q2", home) as address, recorded(browser, 1280) as record:
            page = record.page
            cells = open_notebook(page, address)
            for number in cells_of.setup:
                run(page, cells.nth(number))
            fill_in(page, cells.nth(cells_of.solution), wrong.source)
            run(page, cells.nth(cells_of.solution))
            run(page, cells.nth(cells_of.check))
            cells.nth(cells_of.solution).evaluate("cell => cell.scrollIntoView()")
            page.screenshot(path=PICTURES / "exercise.png")


def feedback(browser: Browser) -> None:
    """What a student of the sample class gets back."""
    student = ROOT / "grading/feedback/bao-nguyen/q2/parameters-and-memory.html"
    with recorded(browser, 1280) as record:
        record.page.goto(student.as_uri())
        record.page.screenshot(path=PICTURES / "feedback.png")


def report(browser: Browser) -> None:
    """The report of the sample class."""
    with recorded(browser, 1280) as record:
        record.page.goto((ROOT / "grading/report.html").as_uri())
        record.page.screenshot(path=PICTURES / "report.png")


def formgrader(browser: Browser) -> None:
    """An exercise of the sample class in formgrader, with a point and a comment given by hand."""
    with tempfile.TemporaryDirectory() as folder:
        course = Path(folder) / "course"
        shutil.copytree(ROOT / "grading", course / "grading")
        shutil.copytree(ROOT / "solutions", course / "solutions")
        for name in ("nbgrader_config.py", "hints.toml"):
            shutil.copy(ROOT / name, course)
        with marked_by_hand(browser, course, Path(folder)) as page:
            page.locator(f"#{EXERCISE}-comment").evaluate(
                "box => window.scrollTo(0, box.getBoundingClientRect().top + scrollY - 430)"
            )
            page.screenshot(
                path=PICTURES / "formgrader.png",
                clip={"x": 70, "y": 130, "width": 1140, "height": 630},
            )


def main() -> None:
    """Take all pictures; what is missing (Chromium, the book, a report) ends with an error."""
    PICTURES.mkdir(exist_ok=True)
    with chromium() as browser:
        landing(browser)
        chapter(browser)
        explorer(browser)
        exercise(browser)
        feedback(browser)
        report(browser)
        formgrader(browser)


if __name__ == "__main__":
    main()
