"""What is in the built pages: formulas, icons, pictures, and what others show of a page."""

import base64
import re
import shutil
import subprocess
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from fontTools.ttLib import TTFont
from icons import CLASSES, FONTS, ICON
from lean_code import PLAIN
from math_core import LatexError
from mathml import to_mathml
from one_style import SITE
from page_head import LONGEST
from sphinx.util.images import get_image_size

from tests.site.browsing import CHAPTERS, DOCUMENTS, JUPYTER_BOOK, ROOT

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


def said(page: str, tag: str) -> str:
    """What a page's `<meta>` tag of this name or property says; empty if there is none."""
    found = BeautifulSoup(page.partition("</head>")[0], "html.parser").select_one(
        f'meta[name="{tag}"], meta[property="{tag}"]'
    )
    return str(found["content"]) if found else ""


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
    style = html.joinpath(SITE).read_text(encoding="utf-8")
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


def test_every_figure_has_its_place_before_it_is_there(html: Path) -> None:
    lazy = 0
    for chapter in CHAPTERS:
        for image in IMAGE.findall(pages(html)[chapter]):
            if "/_images/" not in image:
                continue
            written = dict(re.findall(r'(\w+)="([^"]*)"', image))
            size = get_image_size(str(html.joinpath(f"{chapter}.html").parent / written["src"]))
            assert size == (int(written["width"]), int(written["height"]))
            assert written["decoding"] == "async"
            lazy += written.get("loading") == "lazy"
    assert lazy >= len(CHAPTERS)


# ---- What others show of a page ----


def test_every_page_has_a_title_and_a_description_of_its_own(html: Path) -> None:
    found = {}
    for document in DOCUMENTS:
        page = pages(html)[document]
        assert '<html lang="en"' in page
        title = re.search(r"<title>(.*?)</title>", page)
        assert title
        found[title[1]] = text = said(page, "description")
        assert 30 <= len(text) <= LONGEST, document
        assert said(page, "og:description") == text
    assert len(found) == len(set(found.values())) == len(DOCUMENTS)
    chapter = "Question 2: parameters and memory — Convolutional Networks in Nine Questions"
    assert found[chapter].startswith("A network has three convolutional layers")
    assert "Convolutional Networks in Nine Questions" in found  # the first page, and only once


def test_a_copy_that_is_not_published_names_no_address(html: Path) -> None:
    for page in pages(html).values():
        assert said(page, "og:image") == ""
        assert 'rel="canonical"' not in page


def test_a_published_copy_says_where_it_is(tmp_path: Path) -> None:
    config = (ROOT / "_config.yml").read_text(encoding="utf-8")
    address = "https://course.example/nine"
    assert config.count('baseurl: ""') == 1
    config = config.replace('baseurl: ""', f'baseurl: "{address}"')
    (tmp_path / "_config.yml").write_text(config, encoding="utf-8")
    (tmp_path / "_toc.yml").write_text("format: jb-book\nroot: book/study\n", encoding="utf-8")
    shutil.copytree(ROOT / "book", tmp_path / "book")
    shutil.copy(ROOT / "hints.toml", tmp_path)
    subprocess.run([*JUPYTER_BOOK, "build", "-q", "."], cwd=tmp_path, check=True)
    html = tmp_path / "_build" / "html"
    page = html.joinpath("book", "study.html").read_text(encoding="utf-8")
    assert f'<link rel="canonical" href="{address}/book/study.html"' in page
    assert said(page, "og:url") == f"{address}/book/study.html"
    assert said(page, "og:image") == f"{address}/_static/social.png"
    assert get_image_size(str(html / "_static" / "social.png")) == (1200, 630)
    assert (html / "_static" / "social.png").stat().st_size < 100_000
    assert f'<base href="{address}/" />' in (html / "404.html").read_text(encoding="utf-8")


def test_code_has_no_elements_that_colour_nothing(html: Path) -> None:
    styles = (html / "_static/pygments.css").read_text(encoding="utf-8")
    for mode in ("light", "dark"):
        block = re.search(rf'"{mode}"\] \.highlight {{[^}}]*[ ;](color: \S+)', styles)
        assert block
        for name in PLAIN:
            own = re.search(rf'"{mode}"\] \.highlight \.{name} {{ ([^}}]*) }}', styles)
            assert own
            assert own[1] == block[1], (mode, name)
    chapter = (html / f"{CHAPTERS[0]}.html").read_text(encoding="utf-8")
    assert '<span class="k">def</span> ' in chapter
    assert not re.search(rf'<span class="({"|".join(PLAIN)})">', chapter)
