"""Every page in a real browser: light and wide, dark and narrow."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import cycle
from time import sleep
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.site.accessibility import load_axe, violations
from tests.site.browsing import (
    CHAPTERS,
    DOCUMENTS,
    NARROW,
    ROOT,
    WIDE,
    Record,
    Site,
    Tab,
    end_motion,
    parsed,
    recorded,
    skip_without_chromium,
)
from tests.site.host import served

skip_without_chromium()

# One of each kind that the table of contents names by a pattern.
PATTERNED = ["book/kill-matrix/mutants", "book/kill-matrix/q2"]
if "book/solutions" in DOCUMENTS:  # a course that grades takes them out
    PATTERNED.append("book/solutions/q2")
# One option of each question, a right one here and a wrong one there.
ANSWER_THE_QUIZ = """document.querySelectorAll("form.quiz").forEach((form, number) => {
    const options = form.elements.option;
    options[number % options.length].checked = true;
    form.requestSubmit();
})"""
OPEN_ALL = "document.querySelectorAll('details').forEach(fold => fold.open = true)"
WAIT_FOR_FONTS = "document.fonts.ready.then(() => true)"
# Coloured code is thousands of elements, of which those of a class look alike: one of each is
# enough for axe, which takes minutes for them all.
ONE_OF_EACH_CLASS = """() => {
    for (const block of ["cell_input", "cell_output", "bd-article"]) {
        const seen = new Set();
        for (const token of document.querySelectorAll(`.${block} pre span:not([data-kept])`)) {
            if (seen.has(token.className)) token.replaceWith(...token.childNodes);
            else token.dataset.kept = "";
            seen.add(token.className);
        }
    }
}"""
# Two rules take axe most of its time, and depend on nothing but how a text looks: that a text
# stands out from its ground, and a link from the text around it. So the first two of every look
# are enough. Whatever has a look of its own, by a style or by a class, is looked at.
TWO_OF_EACH_LOOK = """() => {
    const grounds = new Map([[null, ""]]);
    const ground = element => {
        if (!grounds.has(element)) {
            const { backgroundColor, backgroundImage, opacity } = getComputedStyle(element);
            const own = `${backgroundColor} ${backgroundImage} ${opacity}/`;
            const below = ground(element.parentElement);
            grounds.set(element, own === "rgba(0, 0, 0, 0) none 1/" ? below : below + own);
        }
        return grounds.get(element);
    };
    const type = element => {
        const style = getComputedStyle(element);
        return [element.localName, element.getAttribute("class"), style.color, style.fontSize,
            style.fontWeight, style.textShadow, style.textDecoration, style.borderBottom];
    };
    const around = link => { // the block that a link stands in, and whether that has other text
        let block = link.parentElement;
        while (getComputedStyle(block).display === "inline") block = block.parentElement;
        const links = [...block.querySelectorAll("a")].map(({ textContent }) => textContent);
        const rest = block.textContent.trim().length - links.join("").trim().length;
        return [...type(link.parentElement), ...type(block), rest > 0];
    };
    const seen = new Map();
    for (const element of document.querySelectorAll("body, body *")) {
        delete element.dataset.look;
        const field = element.matches("input, select, textarea, button");
        const link = element.matches("a[href], [role=link]");
        const text = [...element.childNodes].some(({ nodeType, data }) =>
            nodeType === Node.TEXT_NODE && data.trim());
        const there = element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
        if (!there || !(field || link || text)) continue;
        const off = element.closest(":disabled, [aria-disabled=true]") !== null;
        const look = [...type(element), off, ground(element), ...(link ? around(element) : [])];
        const count = (seen.get(look.join()) ?? 0) + 1;
        seen.set(look.join(), count);
        if (field || count <= 2) element.dataset.look = "";
    }
}"""
ONLY_THESE_LOOKS = """axe.configure({rules: [
    {id: "color-contrast", selector: "[data-look]"},
    {id: "link-in-text-block", selector: "[data-look]:is(a[href], [role=link])"},
]})"""
# What sticks out of the window, and is in nothing that scrolls.
CUT_OFF = """() => [...document.querySelectorAll(".bd-article *, .prev-next-area *")]
    .filter(part => {
        const { width, height, right } = part.getBoundingClientRect();
        if (!width || height <= 1 || right <= innerWidth + 1) return false;
        for (let above = part; (above = above.parentElement);) {
            const { overflowX } = getComputedStyle(above);
            if (overflowX !== "visible") return !["auto", "scroll"].includes(overflowX);
        }
        return true;
    })
    .map(part => `${part.tagName} ${part.className}`).slice(0, 4)"""
# How many parts the Tab key reaches, and those that look no different when they have the focus.
FOCUS_UNSEEN = """() => {
    const looks = part => {
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(part);
        return [outlineStyle === "none" ? "" : outlineWidth, boxShadow].join();
    };
    const may = "a[href], button, input, select, summary, [tabindex]";
    const stops = [...document.querySelectorAll(may)]
        .filter(part => part.tabIndex >= 0 && part.checkVisibility({ visibilityProperty: true }));
    const unseen = stops.filter(part => {
        const frames = [part, part.closest("form"), part.closest("label")].filter(Boolean);
        document.activeElement.blur();
        const before = frames.map(looks);
        part.focus();
        const same = frames.every((each, place) => looks(each) === before[place]);
        return document.activeElement === part && same;
    });
    return { stops: stops.length, unseen: unseen.map(part => part.outerHTML.slice(0, 150)) };
}"""
# The page itself and all that it loaded, whether or not it was kept from another page.
LOADED = """performance.getEntries()
    .filter(({ entryType }) => ["navigation", "resource"].includes(entryType))
    .map(({ name }) => name)"""
MOST_BYTES = 1_500_000
# Contrast depends on the mode, layout on the width: two looks see what four would, but for what a
# narrow window hides (see test_what_a_narrow_window_hides_is_accessible_in_the_dark).
LOOKS = [("light", WIDE), ("dark", NARROW)]
THEME_IS_READY = 350  # milliseconds after another width: what scrolls can be reached by keyboard
# The same script serves all chapters: each is tried in one width, half of them in either.
IN_TURNS = list(zip(CHAPTERS, cycle([WIDE, NARROW]), strict=False))


@dataclass(frozen=True)
class Visit:
    """A document in one look, its fonts there, every answer unfolded and every quiz answered.

    The record is of what happened since the document was opened, or took this look.
    """

    site: Site
    document: str
    mode: str
    record: Record

    @property
    def page(self) -> Page:
        """The browser's page."""
        return self.record.page


@pytest.fixture(scope="module")
def tabs(browser: Browser) -> Iterator[dict[str, Record]]:
    """Those who open the documents, each in one tab: what all need is loaded once, as by readers.

    They want no motion: between one look and another there are no pictures to be drawn.
    """
    with ExitStack() as stack:
        tabs = {mode: stack.enter_context(recorded(browser, width, mode)) for mode, width in LOOKS}
        for record in tabs.values():
            record.page.emulate_media(reduced_motion="reduce")
        yield tabs


def in_turns() -> Iterator[tuple[str, bool, tuple[str, int]]]:
    """Each document twice: opened in one look, then turned to the other; which is first, changes.

    Yields the document, whether it is to be opened, and the look. The page that says that there is
    none has no button to choose a mode.
    """
    documents = [*DOCUMENTS, *PATTERNED, "search"]
    for document, looks in zip(documents, cycle([LOOKS, LOOKS[::-1]]), strict=False):
        yield from ((document, look is looks[0], look) for look in looks)
    yield from (("404", True, look) for look in LOOKS)


@pytest.fixture(scope="module")
def last_visit() -> list[Visit]:
    """The visit before this one, if there was one."""
    return []


@pytest.fixture(scope="module", params=in_turns(), ids=lambda param: f"{param[0]}-{param[2][0]}")
def visit(
    request: pytest.FixtureRequest,
    site: Site,
    tabs: dict[str, Record],
    last_visit: list[Visit],
) -> Visit:
    """Each document in both looks, shared by the tests below."""
    document, is_first, (mode, width) = request.param
    if not is_first and [each.document for each in last_visit] == [document]:
        record = last_visit[0].record
        record.forget()
        turn(record.page, mode, width)
    else:
        record = tabs[mode]
        record.page.goto("about:blank")  # what the last document leaves unfinished is its own
        record.forget()
        record.page.set_viewport_size({"width": width, "height": 900})
        record.page.goto(site.page(document))
        record.page.evaluate(WAIT_FOR_FONTS)
        record.page.evaluate(OPEN_ALL)
        record.page.evaluate(ANSWER_THE_QUIZ)
    end_motion(record.page)
    last_visit[:] = [Visit(site, document, mode, record)]
    return last_visit[0]


def turn(page: Page, mode: str, width: int) -> None:
    """Have the reader choose a mode and a width of the window."""
    page.set_viewport_size({"width": WIDE, "height": 900})
    button = page.locator("button.theme-switch-button:visible")
    for _ in range(3):
        if page.locator("html").get_attribute("data-mode") == mode:
            break
        button.dispatch_event("click")
    page.set_viewport_size({"width": width, "height": 900})
    page.wait_for_timeout(THEME_IS_READY)


def test_nobody_complains_and_nothing_is_missing(visit: Visit) -> None:
    assert visit.record.complaints == []
    assert visit.record.failures == []


def test_no_other_host_is_asked(visit: Visit) -> None:
    own = (f"{visit.site.address}/", "data:", "blob:")
    assert [url for url in visit.record.requests if not url.startswith(own)] == []


def test_it_is_light_enough(visit: Visit) -> None:
    # By the files that are served: the browser may say that what it keeps has no size.
    loaded = {
        address: (visit.site.html / unquote(urlsplit(address).path[1:])).stat().st_size
        for address in visit.page.evaluate(LOADED)
        if address.startswith(f"{visit.site.address}/")
    }
    assert min(loaded.values()) > 0
    assert sum(loaded.values()) <= MOST_BYTES, sorted(loaded.items(), key=lambda each: -each[1])


def test_formulas_are_set_in_our_own_font(visit: Visit) -> None:
    loaded = visit.page.evaluate(
        "[...document.fonts].filter(font => font.status === 'loaded').map(font => font.family)"
    )
    assert ("STIX Two Math" in loaded) == (visit.page.locator("article math").count() > 0)


def test_the_mode_is_the_one_chosen(visit: Visit) -> None:
    assert visit.page.locator("html").get_attribute("data-theme") == visit.mode


def test_nothing_is_wider_than_the_window(visit: Visit) -> None:
    width, window = visit.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert width <= window


SMALL = [(320, "100%"), (640, "200%"), (NARROW, "100%")]
"""Windows, in pixels, and the size of the letters in them; the last is as the visitor has it."""


def test_a_small_phone_and_large_letters_cut_nothing_off(visit: Visit) -> None:
    """WCAG 2.2, success criteria 1.4.4 and 1.4.10: neither the page nor anything in it."""
    if (visit.mode, NARROW) not in LOOKS:
        return  # it is asked of the narrow look
    page, found = visit.page, {}
    for width, letters in SMALL:
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate("size => document.documentElement.style.fontSize = size", letters)
        page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
        if cut := page.evaluate(CUT_OFF):
            found[width] = cut
    assert found == {}


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize(
    "document", ["book/welcome", "book/corrected", "book/play-calculator", CHAPTERS[5], "search"]
)
def test_the_focus_is_seen_wherever_it_goes(
    site: Site, tab: Tab, document: str, width: int
) -> None:
    """Axe does not look for this: WCAG 2.2, success criterion 2.4.7."""
    record = tab(width)
    page = record.page
    page.goto(site.page(document))
    page.keyboard.press("Tab")  # from now on, the focus is shown as to those with a keyboard
    found = page.evaluate(FOCUS_UNSEEN)
    assert found["stops"] > 20 or document == "search"
    assert found["unseen"] == []


def violations_of_looks(page: Page) -> list[str]:
    """What axe finds on a page as it looks now."""
    page.evaluate(ONE_OF_EACH_CLASS)
    page.evaluate(TWO_OF_EACH_LOOK)
    load_axe(page, ONLY_THESE_LOOKS)
    return violations(page)


def test_accessible(visit: Visit) -> None:
    assert violations_of_looks(visit.page) == []


@pytest.mark.parametrize("document", ["book/welcome", CHAPTERS[1]])
def test_what_a_narrow_window_hides_is_accessible_in_the_dark(
    site: Site, browser: Browser, document: str
) -> None:
    """The lists of pages and of contents, which are the same everywhere."""
    with recorded(browser, WIDE, "dark") as record:
        record.page.emulate_media(reduced_motion="reduce")
        record.page.goto(site.page(document))
        end_motion(record.page)
        assert violations_of_looks(record.page) == []


def test_axe_sees_one_among_many(site: Site, tab: Tab) -> None:
    """The last text of its kind on a page, which differs from the others in one thing only."""
    record = tab(WIDE)
    record.page.goto(site.page(CHAPTERS[1]))
    for where, style, rule in [
        ("article p", "color: #999", "color-contrast"),
        ("article p", "background: #777", "color-contrast"),
        ("article p", "opacity: 0.4", "color-contrast"),
        ("article p a", "color: #444; text-decoration: none", "link-in-text-block"),
    ]:
        last = record.page.locator(where).last
        last.evaluate("(element, style) => element.style = style", style)
        found = violations_of_looks(record.page)
        assert {each.split(":")[0] for each in found} == {rule}, style
        last.evaluate("element => element.removeAttribute('style')")


@pytest.mark.parametrize(("chapter", "width"), IN_TURNS)
def test_from_the_welcome_page_to_a_chapter_and_on(
    site: Site, tab: Tab, chapter: str, width: int
) -> None:
    record = tab(width)
    page = record.page
    page.goto(site.address)
    page.wait_for_url("**/book/welcome.html")
    if width == NARROW:
        page.locator("button.primary-toggle:visible").click()
    menu = page.get_by_role("navigation", name="Main")
    menu.locator(f"a[href$='{chapter}.html']").click()
    page.wait_for_url(f"**/{chapter}.html")
    expect(page.locator("article h1")).to_be_visible()
    page.locator("a.right-next").click()
    expect(page.locator("article h1")).to_be_visible()
    assert not page.url.endswith(f"{chapter}.html")


def test_the_theme_button_changes_the_mode(site: Site, browser: Browser) -> None:
    with recorded(browser, WIDE) as record:
        record.page.goto(site.page("book/welcome"))
        button = record.page.locator("button.theme-switch-button:visible")
        button.click()  # from light to what the system prefers
        button.click()
        expect(record.page.locator("html")).to_have_attribute("data-theme", "dark")


def test_who_chose_nothing_gets_what_the_system_prefers(site: Site, browser: Browser) -> None:
    context = browser.new_context(color_scheme="dark")
    record = Record(context.new_page())
    # Before the theme's own script: nobody sees the page change.
    record.page.route("**/pydata-sphinx-theme.js", lambda route: route.fulfill(body=""))
    record.page.goto(site.page("book/welcome"))
    expect(record.page.locator("html")).to_have_attribute("data-theme", "dark")
    record.page.unroute("**/pydata-sphinx-theme.js")
    record.page.reload()
    expect(record.page.locator("html")).to_have_attribute("data-theme", "dark")
    assert record.complaints == []
    context.close()


def test_search_finds_a_chapter(site: Site, tab: Tab) -> None:
    record = tab(WIDE)
    record.page.goto(f"{site.page('search')}?q=parameters")
    found = record.page.locator("#search-results a[href*='notebooks/']").first
    expect(found).to_be_visible()
    assert record.complaints == []


@pytest.mark.parametrize("words", ["receptive field", "parameters", "dropout", "mean IoU"])
def test_a_search_finds_chapters_first(site: Site, tab: Tab, words: str) -> None:
    record = tab(WIDE)
    record.page.goto(f"{site.page('search')}?q={words.replace(' ', '+')}")
    expect(record.page.locator("#search-summary, .search-summary")).to_contain_text("found")
    found = record.page.locator("#search-results ul.search > li > a")
    expect(found.first).to_be_visible()
    addresses = found.evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert "notebooks/" in addresses[0]
    in_chapters = ["notebooks/" in address for address in addresses]
    assert in_chapters == sorted(in_chapters, reverse=True)
    assert not [address for address in addresses if "kill-matrix" in address]
    field = record.page.locator("main input[type=search], .bd-search input").last
    assert field.evaluate("field => parseFloat(getComputedStyle(field).paddingLeft)") > 30


def test_a_chapter_says_which_question_it_is(visit: Visit) -> None:
    where = visit.page.locator(".where")
    if visit.document not in CHAPTERS:
        assert where.count() == 0
        return
    number = CHAPTERS.index(visit.document) + 1
    expect(where).to_have_text(f"Nine questions › question {number} of {len(CHAPTERS)}")


def test_where_a_chapter_says_which_one_it_is_leads_to_all(site: Site, tab: Tab) -> None:
    record = tab(NARROW)
    record.page.goto(site.page(CHAPTERS[-1]))
    record.page.locator(".where").get_by_role("link").click()
    record.page.wait_for_url("**/book/welcome.html#the-nine-questions")


def test_a_claim_of_the_ledger_leads_to_its_demonstration(site: Site, tab: Tab) -> None:
    record = tab(WIDE)
    page = record.page
    page.goto(site.page("book/corrected"))
    link = page.locator("table.ledger th a").first
    claim = link.inner_text()
    link.click()
    expect(page.locator(":target summary").first).to_be_in_viewport()
    expect(page.locator(":target .claim-number")).to_contain_text(claim)
    expect(page.locator(":target .claim-number")).to_be_in_viewport()


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_nothing_moves_when_pictures_come(site: Site, browser: Browser, width: int) -> None:
    with recorded(browser, width) as record:
        page = record.page
        page.add_init_script(
            """moved = 0; // in the article: the theme unfolds its list of sections as one scrolls
            new PerformanceObserver(list => list.getEntries().forEach(entry => {
                const inArticle = source => source.node?.parentElement?.closest("article");
                if (entry.sources.some(inArticle)) moved += entry.value;
            })).observe({type: "layout-shift", buffered: true})"""
        )

        def late(route: Route) -> None:  # when all else has been drawn
            sleep(0.5)
            route.continue_()

        page.route("**/_images/q9.png", late)
        page.goto(site.page("notebooks/q9/mnist"))
        for image in page.locator("article img").all():
            image.scroll_into_view_if_needed()
            image.evaluate("image => image.decode()")
        page.wait_for_load_state("networkidle")
        assert page.evaluate("moved") < 0.01


@pytest.mark.parametrize("width", [WIDE, 1000, NARROW])
def test_back_to_top_covers_nothing(site: Site, tab: Tab, width: int) -> None:
    record = tab(width)
    page = record.page
    page.goto(site.page(CHAPTERS[1]))
    page.evaluate(
        """async () => {
            const frame = () => new Promise(requestAnimationFrame);
            for (const top of [3000, 2500]) {  // back up a little
                window.scrollTo({ top, behavior: "instant" });
                for (let wait = 0; wait < 3; wait++) await frame();
            }
        }"""
    )
    button = page.locator("#pst-back-to-top")
    if width == WIDE:  # where the contents are in view, the theme has none
        expect(button).to_be_hidden()
        return
    expect(button).to_be_visible()
    covered = button.evaluate(
        """button => {
            const box = button.getBoundingClientRect();
            const bar = document.querySelector(".bd-header-article").getBoundingClientRect();
            const meets = ({left, right, top, bottom}) => left < box.right && right > box.left
                && top < box.bottom && bottom > box.top;
            return [...document.querySelectorAll(".bd-header-article :is(button, a, label)")]
                .filter(each => meets(each.getBoundingClientRect()))
                .map(each => each.outerHTML)
                .concat(box.bottom <= bar.bottom && box.top >= bar.top ? [] : ["the text"]);
        }"""
    )
    assert covered == []
    button.click()
    page.wait_for_function("scrollY === 0")


def test_folded_code_is_reached_by_keyboard_once_it_is_unfolded(site: Site, tab: Tab) -> None:
    record = tab(NARROW)
    page = record.page
    page.goto(site.page(CHAPTERS[5]))
    code = page.locator("details.hide pre").first
    assert code.get_attribute("tabindex") is None  # it was not measured
    page.locator("details.hide summary").first.click()
    expect(code).to_have_attribute("tabindex", "0")
    assert code.evaluate("code => code.scrollWidth > code.clientWidth")
    assert record.complaints == []


@pytest.mark.parametrize("address", ["gone.html", "no/such/folder/gone.html", "book/gone/"])
def test_where_there_is_no_page_one_says_so(site: Site, tab: Tab, address: str) -> None:
    record = tab(WIDE)
    page = record.page
    answer = page.goto(f"{site.address}/{address}")
    assert answer is not None
    assert answer.status == 404
    page.wait_for_load_state("networkidle")
    page.get_by_role("link", name="Question 2").click()
    page.wait_for_url(site.page("notebooks/q2/parameters-and-memory"))


def test_under_a_folder_too(site: Site, browser: Browser) -> None:
    with served(site.html.parent) as address, recorded(browser, WIDE) as record:
        page = record.page
        page.route(
            "**/gone.html",
            lambda route: route.fulfill(path=site.html / "404.html", status=404),
        )
        page.goto(f"{address}/html/book/gone.html")
        page.wait_for_load_state("networkidle")
        page.get_by_role("link", name="The first page").click()
        page.wait_for_url(f"{address}/html/book/welcome.html")


@pytest.mark.parametrize(("chapter", "width"), IN_TURNS)
def test_an_option_opens_by_keyboard(site: Site, tab: Tab, chapter: str, width: int) -> None:
    record = tab(width)
    page = record.page
    page.goto(site.page(chapter))
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('article summary')"):
            break
    focused = page.locator("article summary:focus")
    expect(focused).to_have_css("outline-style", "solid")
    options = page.locator("article details[open]")
    assert options.count() == 0
    page.keyboard.press("Enter")
    assert options.count() == 1
    box = focused.bounding_box()
    assert box is not None
    assert box["height"] >= 44


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_the_download_button_gives_the_students_notebook(site: Site, chapter: str) -> None:
    page = site.html / f"{chapter}.html"
    links = parsed(page).select(".dropdown-download-buttons a[href$='.ipynb']")
    (given,) = (page.parent / str(link["href"]) for link in links)
    assert given.read_bytes() == (ROOT / f"{chapter}.ipynb").read_bytes()


def test_the_download_button_opens(site: Site, tab: Tab) -> None:
    record = tab(WIDE)
    page = record.page
    page.goto(site.page(CHAPTERS[1]))
    link = page.get_by_role("link", name=".ipynb")
    expect(link).to_be_hidden()
    page.get_by_role("button", name="Download this page").click()
    expect(link).to_be_visible()
