"""Text and HTML from students, made harmless: tables and marked-up text stay, whatever acts goes.

No scripts, event handlers, styles, forms, frames, pictures, links, SVG or MathML are left, and
no landmarks or headings, which could pass for a part of our own page.
"""

import re
import unicodedata

import nh3

MAX_LENGTH = 100_000  # characters; a data frame as pandas shows it, 60 rows of 20, has 30,000
MAX_TAGS = 3_000  # the parser takes time with the square of how deep they nest
MAX_SPAN = 100  # rows or columns that one cell of a table may take

_TABLE = {"table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "th", "td"}
_BLOCKS = {"blockquote", "br", "dd", "div", "dl", "dt", "hr", "li", "ol", "p", "pre", "ul"}
_WORDS = set(
    "abbr b bdi code del em i ins kbd mark q s samp small span strong sub sup u var".split()
)
_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_KEPT = frozenset("\t\n")


def _bounded(_tag: str, name: str, value: str) -> str | None:
    """Return an attribute's value; None, which takes it away, if it spans too much."""
    if name not in ("colspan", "rowspan", "span"):
        return value
    return value if re.fullmatch("[0-9]{1,3}", value) and int(value) <= MAX_SPAN else None


_CLEANER = nh3.Cleaner(
    tags=_TABLE | _BLOCKS | _WORDS,
    attributes={
        "col": {"span"},
        "colgroup": {"span"},
        "ol": {"start"},
        "td": {"colspan", "rowspan"},
        "th": {"colspan", "rowspan", "scope"},
    },
    attribute_filter=_bounded,
    url_schemes=set(),
    link_rel=None,
)
_TEXT = nh3.Cleaner(tags=set(), link_rel=None)


def harmless(html: str) -> str | None:
    """Return the harmless part of some HTML; None if no text is left in it, or it is too much."""
    if len(html) > MAX_LENGTH or html.count("<") > MAX_TAGS:
        return None
    clean = plain(_CLEANER.clean(html))  # what was an entity is a character now
    return clean if _TEXT.clean(clean).strip() else None


def plain(text: str) -> str:
    """Return text without terminal escapes, control characters and invisible format characters.

    The latter (Unicode's category Cf) can turn the direction of what is read, code included:
    Boucher and Anderson, "Trojan Source", USENIX Security 2023.
    """
    text = _ESCAPES.sub("", text)
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        char for char in text if char in _KEPT or unicodedata.category(char) not in ("Cc", "Cf")
    )
