"""The pages' one style sheet: smaller than what it was made from, and to nobody's eyes another."""

import re

import pytest
from one_style import SITE, used_rules
from playwright.sync_api import Browser

from tests.site.browsing import CHAPTERS, NARROW, WIDE, Site, recorded, skip_without_chromium

skip_without_chromium()

LINK = re.compile(r'<link rel="stylesheet"[^>]* href="[./]*_static/(site\.css[^"]*)"')
PART = re.compile(r"^/\* (_static/\S+) \*/$", re.MULTILINE)
# Which properties of which elements are others as soon as the sheet is replaced by all its rules.
# What stands before or after an element has a look only if it is there.
DIFFERENCES = """whole => {
    document.querySelectorAll("details").forEach(each => each.open = true);
    const still = document.createElement("style");
    still.textContent = "*, ::before, ::after { transition: none !important }";
    document.head.append(still);
    const names = [...getComputedStyle(document.body)];
    const look = () => [...document.querySelectorAll("body *")].flatMap(element =>
        ["", "::before", "::after"].map(part => {
            const style = getComputedStyle(element, part);
            const there = !part || style.content !== "none";
            return [element.tagName + part, there ? names.map(n => style.getPropertyValue(n)) : []];
        }));
    const before = look();
    const all = document.createElement("style");
    all.textContent = whole;
    document.querySelector("link[href*='site.css']").replaceWith(all);
    return look().flatMap(([element, now], place) => names.map((name, at) =>
        now[at] === before[place][1][at] ? "" :
            `${element} ${name}: ${before[place][1][at]}, not ${now[at]}`).filter(Boolean));
}"""


@pytest.mark.parametrize(
    ("style", "kept"),
    [
        (".here .there { top: 0 }", ".here .there{top: 0}"),
        (".here .gone { top: 0 }", ""),
        ("#gone { top: 0 }", ""),
        (".gone, .here, #gone > p { top: 0 }", ".here{top: 0}"),
        ("p:not(.gone) { top: 0 }", "p:not(.gone){top: 0}"),
        ("p[class='.gone'] { top: 0 }", "p[class='.gone']{top: 0}"),
        (".is\\:here { top: 0 }", ""),
        ("@media print { .here { top: 0 } .gone { top: 0 } }", "@media print {.here{top: 0}}"),
        ("@media print { .gone { top: 0 } }", ""),
        ("@font-face { font-family: gone }", "@font-face { font-family: gone }"),
        ("/* .here */ .gone { content: '} .here {' }", ""),
    ],
)
def test_rules_for_what_is_nowhere_are_left_out(style: str, kept: str) -> None:
    def plain(text: str) -> str:
        return text.replace('"', "'")

    assert plain(used_rules(style, {"here", "there"})) == plain(kept)


def test_each_page_asks_for_it_and_for_nothing_that_is_in_it(site: Site) -> None:
    style = (site.html / SITE).read_text(encoding="utf-8")
    joined = PART.findall(style)
    assert len(joined) > 5
    whole = sum((site.html / name).stat().st_size for name in joined)
    assert (site.html / SITE).stat().st_size < whole / 2
    for page in (*CHAPTERS, "book/welcome", "search"):
        text = (site.html / f"{page}.html").read_text(encoding="utf-8")
        (name,) = LINK.findall(text)
        assert re.fullmatch(r"site\.css\?v=[0-9a-f]{8}", name)
        assert [name for name in joined if f"{name}?" in text or f'{name}"' in text] == []


@pytest.mark.parametrize(("document", "width"), [("book/welcome", WIDE), ("search", NARROW)])
def test_a_page_looks_as_it_does_with_all_rules(
    site: Site, browser: Browser, document: str, width: int
) -> None:
    style = (site.html / SITE).read_text(encoding="utf-8")
    whole = "\n".join(
        (site.html / name).read_text(encoding="utf-8").removeprefix('@charset "UTF-8";')
        for name in PART.findall(style)
    )
    with recorded(browser, width) as record:
        record.page.goto(site.page(document))
        record.page.wait_for_load_state("networkidle")
        assert record.page.evaluate(DIFFERENCES, whole)[:9] == []
