"""The theme's icons without Font Awesome's 1.5 MB of scripts and 0.6 MB of fonts.

The theme names an icon by a class (`fa-bars`), for which its style sheet has a character in the
font Font Awesome. Once the pages are written, that style sheet keeps the icons that are on them and
those that it draws itself (before a note, say), with a font of these alone inside it.
"""

import base64
import re
from collections.abc import Iterable
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from shutil import rmtree
from typing import Final

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util.typing import ExtensionMetadata

STYLE: Final = "styles/pydata-sphinx-theme.css"
FONTS: Final = {
    "fa-solid-900.ttf": ("Font Awesome 6 Free", 900),
    "fa-brands-400.ttf": ("Font Awesome 6 Brands", 400),
}
"""The theme's font files -> the family and weight by which its style sheet calls them."""

ICON: Final = re.compile(r'((?:\.fa-[\w-]+:before,?)+)\{content:"(\\[0-9a-f]+|[^"])"\}')
FACE: Final = re.compile(r'@font-face\{[^}]*font-family:"?Font Awesome[^}]*\}')
CLASSES: Final = re.compile(r'class="([^"]*\bfa-[^"]*)"')


def used(pages: Iterable[str]) -> set[str]:
    """The names of icons (`fa-bars`) among the classes in the HTML of pages."""
    return {
        name
        for page in pages
        for classes in CLASSES.findall(page)
        for name in classes.split()
        if name.startswith("fa-")
    }


def without_icons(style: str) -> tuple[str, dict[str, str]]:
    """The theme's style sheet without icons and their fonts; and name -> character of the icons."""
    characters: dict[str, str] = {}
    for selectors, written in ICON.findall(style):
        character = chr(int(written[1:], 16)) if written.startswith("\\") else written
        characters |= {
            name.removeprefix(".").removesuffix(":before"): character
            for name in selectors.split(",")
        }
    return FACE.sub("", ICON.sub("", style)), characters


def font_with(font: Path, characters: Iterable[str]) -> bytes:
    """A font that has of `font` only these characters, in WOFF; empty if it has none of them."""
    options = Options(flavor="woff", notdef_outline=True, hinting=False)
    subset = TTFont(font)
    wanted = {ord(character) for character in characters} & subset.getBestCmap().keys()
    if not wanted:
        return b""
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=wanted)
    subsetter.subset(subset)
    # Its licence (OFL 1.1) keeps the font's name for the whole font.
    for name in (1, 3, 4, 6):
        subset["name"].setName("CourseIcons", name, 3, 1, 0x409)
    subset.flavor = "woff"
    out = BytesIO()
    subset.save(out)
    return out.getvalue()


def keep_used_icons(app: Sphinx, failure: Exception | None) -> None:
    """Cut the icons of a site that was built down to those used."""
    if failure or app.builder.name not in ("html", "singlehtml"):
        return
    static = Path(app.outdir, "_static")
    theme = Path(str(files("pydata_sphinx_theme"))) / "theme" / "pydata_sphinx_theme" / "static"
    pages = (page.read_text("utf-8") for page in Path(app.outdir).rglob("*.html"))
    style, characters = without_icons((theme / STYLE).read_text("utf-8"))
    if not characters:
        raise ExtensionError(f"{STYLE} has no icons where they were: see book/_ext/icons.py")
    icons = {name: characters[name] for name in sorted(used(pages)) if name in characters}
    drawn = {character for character in style if "\ue000" <= character <= "\uf8ff"}
    # sphinx-book-theme draws one more, an angle beside "Contents".
    drawn |= {*icons.values(), "\uf107"}
    rules = [f'.{name}:before{{content:"{character}"}}' for name, character in icons.items()]
    for file, (family, weight) in FONTS.items():
        if font := font_with(theme / "vendor" / "fontawesome" / "webfonts" / file, drawn):
            url = f"data:font/woff;base64,{base64.b64encode(font).decode()}"
            rules.append(
                f'@font-face{{font-family:"{family}";font-weight:{weight};src:url({url})}}'
            )
    (static / STYLE).write_text("\n".join([style, *rules, ""]), encoding="utf-8")
    rmtree(static / "vendor" / "fontawesome")
    for script in static.glob("scripts/fontawesome.js*"):
        script.unlink()


def setup(app: Sphinx) -> ExtensionMetadata:
    """Wait for the pages."""
    app.connect("build-finished", keep_used_icons)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
