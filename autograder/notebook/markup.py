"""HTML from students, made harmless: tables and marked-up text stay, whatever acts or fetches goes.

No scripts, event handlers, styles, forms, frames, pictures, links, SVG or MathML are left, and
no landmarks or headings, which could pass for a part of our own page.
"""

import nh3

MAX_LENGTH = 100_000  # characters; a data frame as pandas shows it, 60 rows of 20, has 30,000
MAX_TAGS = 3_000  # the parser takes time with the square of how deep they nest

_TABLE = {"table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "th", "td"}
_BLOCKS = {"blockquote", "br", "dd", "div", "dl", "dt", "hr", "li", "ol", "p", "pre", "ul"}
_WORDS = set(
    "abbr b bdi bdo code del em i ins kbd mark q s samp small span strong sub sup u var".split()
)
_CLEANER = nh3.Cleaner(
    tags=_TABLE | _BLOCKS | _WORDS,
    attributes={
        "bdo": {"dir"},
        "col": {"span"},
        "colgroup": {"span"},
        "ol": {"start"},
        "td": {"colspan", "rowspan"},
        "th": {"colspan", "rowspan", "scope"},
    },
    url_schemes=set(),
    link_rel=None,
)
_TEXT = nh3.Cleaner(tags=set(), link_rel=None)


def harmless(html: str) -> str | None:
    """Return the harmless part of some HTML; None if no text is left in it, or it is too much."""
    if len(html) > MAX_LENGTH or html.count("<") > MAX_TAGS:
        return None
    clean = _CLEANER.clean(html)
    return clean if _TEXT.clean(clean).strip() else None
