"""What is in the HTML of the built pages: formulas, icons, pictures."""

import base64
import re
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from fontTools.ttLib import TTFont
from icons import CLASSES, FONTS, ICON, STYLE
from math_core import LatexError
from mathml import to_mathml

from tests.site.browsing import CHAPTERS, ROOT

MATH_FONT = ROOT / "book" / "_static" / "math" / "stix-two-math.woff"
FORMULA = re.compile(r"<math\b.*?</math>", re.DOTALL)
IMAGE = re.compile(r"<img\b[^>]*>")


@cache
def pages(html: Path) -> dict[str, str]:
    """The HTML of the site's own pages by their names."""
    return {
        str(page.relative_to(html).with_suffix("")): page.read_text(encoding="utf-8")
        for page in sorted(html.rglob("*.html"))
        if not page.is_relative_to(html / "_static")
    }


def text_of(mathml: str) -> str:
    """The characters of a formula."""
    return BeautifulSoup(mathml, "html.parser").text


# ---- Formulas ----


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_has_formulas_and_no_latex(html: Path, chapter: str) -> None:
    page = pages(html)[chapter]
    formulas = FORMULA.findall(page)
    assert len(formulas) == page.count('class="math"') > 0
    for formula in formulas:
        assert not re.search(r"[\\&$]|\[\d", text_of(formula))


def test_a_formula_becomes_mathml() -> None:
    assert to_mathml("x", block=False) == "<math><mi>x</mi></math>"
    rows = to_mathml(r"\begin{aligned} a &= 1 \\[1ex] b &= 2 \end{aligned}", block=True)
    assert rows.startswith('<math display="block">')
    assert text_of(rows) == "a=1b=2"


def test_what_is_no_formula_is_an_error() -> None:
    with pytest.raises(LatexError):
        to_mathml(r"\no{such}", block=False)


def test_the_font_has_every_character_of_a_formula(html: Path) -> None:
    known = TTFont(MATH_FONT).getBestCmap()
    used = {c for page in pages(html).values() for c in text_of("".join(FORMULA.findall(page)))}
    assert used
    assert {c for c in used if not c.isspace() and ord(c) not in known} == set()


# ---- Icons ----


def test_every_icon_on_a_page_is_in_the_style_sheet_and_its_font(html: Path) -> None:
    style = html.joinpath("_static", STYLE).read_text(encoding="utf-8")
    characters = {
        selector.strip(".").removesuffix(":before"): character
        for selectors, character in ICON.findall(style)
        for selector in selectors.split(",")
    }
    fonts = [
        TTFont(BytesIO(base64.b64decode(data)))
        for data in re.findall(r"url\(data:font/woff;base64,([^)]+)\)", style)
    ]
    assert len(fonts) == len(FONTS)
    drawn = {code for font in fonts for code in font.getBestCmap()}
    assert {ord(character) for character in characters.values()} <= drawn
    icons = {classes for page in pages(html).values() for classes in CLASSES.findall(page)}
    assert icons
    for classes in icons:
        assert len(characters.keys() & set(classes.split())) == 1, classes


def test_nothing_asks_for_the_icons_that_were_left_out(html: Path) -> None:
    asking = re.compile(r"fontawesome\.js|vendor/fontawesome")
    styles = html.rglob("*.css")
    assert [file for file in styles if asking.search(file.read_text("utf-8"))] == []
    assert [name for name, page in pages(html).items() if asking.search(page)] == []


# ---- Pictures ----


def test_every_picture_says_what_it_shows(html: Path) -> None:
    shown = {
        name: IMAGE.findall(page.partition("<article")[2].partition("</article>")[0])
        for name, page in pages(html).items()
    }
    assert all(shown[chapter] for chapter in CHAPTERS)
    for name, images in shown.items():
        for image in images:
            alt = re.search(r'alt="([^"]*)"', image)
            assert alt, (name, image)
            assert len(alt[1]) >= 20, (name, image)
            assert not re.search(r"\.(png|svg|jpe?g)\b", alt[1]), (name, image)
