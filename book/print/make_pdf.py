"""Print the one-page build as a PDF: `python book/print/make_pdf.py FOLDER OUT` (see `make pdf`).

FOLDER is what the builder `singlehtml` wrote. The system's Chromium does the printing.
"""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

HERE = Path(__file__).parent
ARGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"]
FOOTER = """<div style="width: 100%; font: 8px sans-serif; text-align: center; color: #555">
<span class="pageNumber"></span></div>"""


def lay_out(folder: Path, tab: Page) -> None:
    """Open the course in `folder` in a browser's tab, as it is to be on paper."""
    # The page lies in book/ but refers to its pictures and styles as if it lay above.
    page = shutil.copy(folder / "book" / "welcome.html", folder / "course.html")
    tab.set_default_timeout(600_000)  # hundreds of pages
    tab.add_init_script("localStorage.mode = localStorage.theme = 'light'")
    # Without their scripts the things to play with say in a sentence what they are.
    for scripts in ("play", "digit"):
        tab.route(f"**/_static/{scripts}/*.js*", lambda route: route.abort())
    tab.goto(Path(page).resolve().as_uri())
    tab.add_style_tag(path=HERE / "print.css")
    tab.add_script_tag(path=HERE / "paper.js")
    tab.evaluate("document.fonts.ready.then(() => true)")


def print_course(folder: Path, out: Path, chromium: str) -> None:
    """Print the course in `folder` to the file `out`, with bookmarks, tags and page numbers."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGS)
        tab = browser.new_page()
        lay_out(folder, tab)
        tab.pdf(
            path=out,
            prefer_css_page_size=True,
            print_background=True,
            outline=True,
            tagged=True,
            display_header_footer=True,
            header_template="<span></span>",
            footer_template=FOOTER,
        )
        browser.close()


if __name__ == "__main__":
    found = shutil.which("chromium")
    if found is None:
        sys.exit("Chromium is needed to print the PDF and was not found: install chromium.")
    print_course(Path(sys.argv[1]), Path(sys.argv[2]), found)
