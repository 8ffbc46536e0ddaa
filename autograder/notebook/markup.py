"""Text and HTML from students, made harmless: tables and marked-up text stay, whatever acts goes.

No scripts, event handlers, styles, forms, frames, pictures, links, SVG or MathML are left, and
no landmarks or headings, which could pass for a part of our own page.
"""

import re
import unicodedata

import nh3

MAX_LENGTH = 100_000  # characters; a data frame as pandas shows it, 60 rows of 20, has 30,000
FREE_WORK = 1_000  # elements in elements that some HTML may have however short it is
MAX_SPAN = 100  # rows or columns that one cell of a table may take

_TABLE = {"table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "th", "td"}
_BLOCKS = {"blockquote", "br", "dd", "div", "dl", "dt", "hr", "li", "ol", "p", "pre", "ul"}
_WORDS = set(
    "abbr b bdi code del em i ins kbd mark q s samp small span strong sub sup u var".split()
)
# A tag that can be read in one way only, a comment without such characters as would make it
# another, and the beginning of anything else that may be a tag.
_TAG = re.compile(
    r"<(/?)([a-z][a-z0-9]*)"
    r"""(?>(?:\s+[^\s"'<>=/`]+(?:=(?:"[^"<>]*"|'[^'<>]*'|[^\s"'<>=`]+))?)*)\s*/?>"""
    r"|(<!--[^<>-]*-->)|<[a-z/!?]",
    re.IGNORECASE,
)
_VOID = {
    "area",
    "base",
    "br",
    "col",
    "embed",
    "hr",
    "img",
    "input",
    "link",
    "meta",
    "source",
    "wbr",
}
# What need not be closed, and what a tag of this name closes if it is the innermost.
_CLOSED_BY = {
    "p": {"p"},
    "li": {"li", "p"},
    "dt": {"dt", "dd", "p"},
    "dd": {"dt", "dd", "p"},
    "td": {"td", "th", "p"},
    "th": {"td", "th", "p"},
    "tr": {"tr", "td", "th", "p"},
    "thead": {"tr", "td", "th", "p"},
    "tbody": {"thead", "tbody", "tr", "td", "th", "p"},
    "tfoot": {"thead", "tbody", "tr", "td", "th", "p"},
}
_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_KEPT = frozenset("\t\n")
_JOINER, _AS_EMOJI = "\u200d", "\ufe0f"  # what makes one emoji of two; "this one in colours"
_SKIN_TONES = frozenset("\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff")


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
    if len(html) > MAX_LENGTH or _work(html) > len(html) + FREE_WORK:
        return None
    clean = plain(_CLEANER.clean(html))  # what was an entity is a character now
    if len(clean) > MAX_LENGTH:  # what was closed in another order than opened is opened anew
        return None
    return clean if _TEXT.clean(clean).strip() else None


def _work(html: str) -> int:
    """Return how many elements a parser may have to open for some HTML, at most.

    At every tag it may open all those anew that are open: so it is the sum, over all tags, of how
    deep each is. An element counts as closed by its own tag alone, and only as the innermost. What
    can be read in several ways, as an odd comment or a quote, counts as an element that nothing
    closes, since a tag in it may be none.
    """
    opened: list[str] = []
    work = 0
    for tag in _TAG.finditer(html):
        name = (tag[2] or "").lower()
        if tag[1]:
            _close(opened, name)
        elif name not in _VOID and not tag[3]:
            while opened and opened[-1] in _CLOSED_BY.get(name, ()):
                opened.pop()
            opened.append(name)
        work += len(opened)
    return work


def _close(opened: list[str], name: str) -> None:
    """Close the innermost element if that is its name, and what need not be closed in it."""
    inner = len(opened)
    while inner and opened[inner - 1] != name and opened[inner - 1] in _CLOSED_BY:
        inner -= 1
    if inner and opened[inner - 1] == name:
        del opened[inner - 1 :]


def plain(text: str) -> str:
    """Return text without terminal escapes, control characters and invisible format characters.

    The latter (Unicode's category Cf) can turn the direction of what is read, code included:
    Boucher and Anderson, "Trojan Source", USENIX Security 2023. What joins two emoji to one stays.
    """
    text = _ESCAPES.sub("", text)
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        char
        for place, char in enumerate(text)
        if char in _KEPT
        or unicodedata.category(char) not in ("Cc", "Cf")
        or (
            char == _JOINER
            and _joins_emoji(text[max(0, place - 2) : place], text[place + 1 : place + 2])
        )
    )


def _joins_emoji(before: str, after: str) -> bool:
    """Return whether a joiner stands between two emoji; `before` has the two characters before."""
    last = before.removesuffix(_AS_EMOJI)[-1:]
    return _is_symbol(after) and (_is_symbol(last) or last in _SKIN_TONES)


def _is_symbol(char: str) -> bool:
    return bool(char) and unicodedata.category(char) == "So"
