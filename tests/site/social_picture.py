"""Makes the picture of a shared link, `book/_static/social.png`: `make social`."""

from tests.site.browsing import ROOT, chromium

SOURCE = ROOT / "book" / "social.html"
PICTURE = ROOT / "book" / "_static" / "social.png"
SIZE = (1200, 630)


def main() -> None:
    """Have Chromium draw the page `book/social.html`; without Chromium this ends with an error."""
    with chromium() as browser:
        page = browser.new_page(viewport={"width": SIZE[0], "height": SIZE[1]})
        page.goto(SOURCE.as_uri())
        page.screenshot(path=PICTURE)


if __name__ == "__main__":
    main()
