"""A digit you draw: the trained network in the reader's browser."""

import base64
import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

import keras
import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from models import data, export_web
from models.data import Floats, as_input
from models.network import load
from models.score import probabilities
from tests.site.browsing import (
    NARROW,
    ROOT,
    WIDE,
    Record,
    Site,
    recorded,
    skip_without_chromium,
)
from tests.site.test_pages import AXE_OPTIONS, WAIT_FOR_FONTS

skip_without_chromium()

DOCUMENT = "book/digit"
SOURCES = ROOT / "book" / "digit"
BUILT = ROOT / "book" / "_static" / "digit"
REBUILD = "run `make digit`"

# How a page looks to a reader who saves data: nothing starts of itself.
SAVE_DATA = "Object.defineProperty(navigator, 'connection', {value: {saveData: true}})"

Stroke = Sequence[tuple[float, float]]
# Strokes in parts of the pad's side, from the left and from above.
DRAWINGS: dict[int, list[Stroke]] = {
    0: [[(0.5, 0.2), (0.33, 0.35), (0.3, 0.6), (0.45, 0.8), (0.62, 0.7), (0.67, 0.4), (0.5, 0.2)]],
    2: [[(0.3, 0.35), (0.42, 0.2), (0.62, 0.25), (0.62, 0.45), (0.3, 0.8), (0.72, 0.8)]],
    4: [[(0.35, 0.15), (0.25, 0.55), (0.75, 0.55)], [(0.6, 0.3), (0.58, 0.9)]],
    7: [[(0.25, 0.2), (0.75, 0.22), (0.6, 0.5), (0.45, 0.85)]],
}
SMALL_IN_A_CORNER = [[(0.5 * x, 0.5 + 0.5 * y) for x, y in s] for s in DRAWINGS[4]]


# ---- What is committed was built from what is committed ----


def fingerprint() -> str:
    """What build.cjs writes into everything that it builds."""
    names = [f"src/{path.name}" for path in SOURCES.glob("src/*")]
    digest = hashlib.sha256()
    for name in sorted([*names, "build.cjs", "package-lock.json"]):
        digest.update(f"{name}\0".encode() + (SOURCES / name).read_bytes() + b"\0")
    return digest.hexdigest()


@pytest.mark.parametrize("name", ["loader.js", "digit.js", "digit.css"])
def test_it_was_built_from_these_sources(name: str) -> None:
    first_line = (BUILT / name).read_text(encoding="utf-8").partition("\n")[0]
    assert fingerprint() in first_line, f"{name} is not what its sources say: {REBUILD}"


def test_the_lock_is_exact() -> None:
    package = json.loads((SOURCES / "package.json").read_text())
    lock = json.loads((SOURCES / "package-lock.json").read_text())
    for kind in ("dependencies", "devDependencies"):
        for name, version in package[kind].items():
            assert lock["packages"][f"node_modules/{name}"]["version"] == version
    assert all("integrity" in entry for path, entry in lock["packages"].items() if path)


def test_the_weights_are_the_trained_ones(network: keras.Model) -> None:
    same = export_web.as_script(network) == export_web.OUT.read_bytes()
    assert same, f"weights.js is not what models/weights says: {REBUILD}"


def test_it_is_as_large_as_it_says() -> None:
    size = sum((BUILT / name).stat().st_size for name in ("digit.js", "weights.js"))
    loader = (BUILT / "loader.js").read_text(encoding="utf-8")
    assert f"({size / 1e6:.1f}&nbsp;MB)" in loader
    assert len(loader) < 3000
    assert (BUILT / "digit.css").stat().st_size < 5000


# ---- A page, with the network waiting or running ----


@pytest.fixture(scope="module")
def network() -> keras.Model:
    """The network whose weights the page has."""
    return load(export_web.SEED)


def frame_of(page: Page) -> Locator:
    """The part of the page that this is about."""
    return page.locator(".digit-frame")


def says(page: Page) -> Locator:
    """The network's answer."""
    return frame_of(page).get_by_role("status")


def open_waiting(record: Record, site: Site) -> Page:
    """Open the page, where the network waits for its button."""
    record.page.add_init_script(SAVE_DATA)
    record.page.goto(site.page(DOCUMENT))
    return record.page


def open_running(record: Record, site: Site) -> Page:
    """Open the page and start the network."""
    page = open_waiting(record, site)
    page.get_by_role("button", name="Start the network").click()
    expect(says(page)).to_have_text("Draw a digit or choose one.")
    return page


def points(page: Page, stroke: Stroke) -> list[tuple[float, float]]:
    """A stroke in pixels of the window; the pad is scrolled into it."""
    pad = page.locator(".digit-pad canvas")
    pad.evaluate("pad => pad.scrollIntoView({block: 'center', behavior: 'instant'})")
    box = pad.bounding_box()
    assert box is not None
    return [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in stroke]


def draw(page: Page, strokes: Sequence[Stroke]) -> None:
    """Draw with the mouse."""
    for stroke in strokes:
        start, *rest = points(page, stroke)
        page.mouse.move(*start)
        page.mouse.down()
        for point in rest:
            page.mouse.move(*point, steps=6)
        page.mouse.up()


def draw_with_a_finger(page: Page, strokes: Sequence[Stroke]) -> None:
    """Draw with a finger."""
    session = page.context.new_cdp_session(page)

    def touch(kind: str, *at: tuple[float, float]) -> None:
        session.send(
            "Input.dispatchTouchEvent",
            {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in at]},
        )

    for stroke in strokes:
        start, *rest = points(page, stroke)
        touch("touchStart", start)
        before = start
        for point in rest:
            for part in np.linspace(before, point, 7)[1:]:
                touch("touchMove", (float(part[0]), float(part[1])))
            before = point
        touch("touchEnd")


def own_requests(record: Record) -> set[str]:
    """The names of the files of this folder that the page asked for."""
    paths = [urlsplit(url).path for url in record.requests]
    return {path.rpartition("/")[2] for path in paths if "/_static/digit/" in path}


# ---- It computes what Keras computes ----


@pytest.fixture(scope="module")
def engine(site: Site, browser: Browser) -> Iterator[Page]:
    """A page with the network in `engine`, and nothing of it shown."""
    with recorded(browser, WIDE) as record:
        page = open_waiting(record, site)
        for name in ("digit.js", "weights.js"):
            page.add_script_tag(url=f"{site.address}/_static/digit/{name}")
        page.evaluate("async () => { window.engine = await digit.createNetwork(digitData) }")
        yield page


def in_page(values: Floats) -> str:
    """Numbers as text that a page makes the same 32-bit numbers of."""
    return base64.b64encode(np.ascontiguousarray(values, "<f4").tobytes()).decode()


FLOATS = "text => new Float32Array(Uint8Array.from(atob(text), c => c.charCodeAt(0)).buffer)"


def test_its_probabilities_are_those_of_keras(engine: Page, network: keras.Model) -> None:
    images = as_input(data.test_part().images[:1000])
    expected = probabilities(network, images)
    unsure = np.argsort(expected.max(axis=1))[:100]  # where a difference would show
    found = engine.evaluate(
        f"texts => texts.map({FLOATS}).map(i => [...engine.run(i, null).probabilities])",
        [in_page(image) for image in images[unsure]],
    )
    assert np.abs(np.array(found) - expected[unsure]).max() < 1e-4


@pytest.mark.parametrize("layer", ["1_1", "2_2", "3_4"])
def test_its_feature_maps_are_those_of_keras(
    engine: Page, network: keras.Model, layer: str
) -> None:
    image = as_input(data.test_part().images[:1])
    expected = keras.Model(network.input, network.get_layer(f"relu{layer}").output)(image)[0]
    found = engine.evaluate(
        f"""([text, layer]) => {{
            const {{ values, side, count }} = engine.run(({FLOATS})(text), layer).maps;
            return {{ values: [...values], shape: [side, side, count] }};
        }}""",
        [in_page(image), f"conv{layer}"],
    )
    maps = np.array(found["values"]).reshape(found["shape"])
    np.testing.assert_allclose(maps, expected, atol=1e-3)
    assert maps.max() > 0.1


# ---- It prepares a drawing as MNIST was prepared ----


def as_mnist(page: Page, ink: Floats) -> Floats:
    """What the page makes of ink on a pad."""
    height, width = ink.shape
    found = page.evaluate(
        f"([text, w, h]) => [...digit.asMnist(({FLOATS})(text), w, h)]",
        [in_page(ink), width, height],
    )
    return np.array(found, np.float32).reshape(28, 28)


def test_a_digit_of_mnist_blown_up_and_moved_comes_back(engine: Page) -> None:
    for number, image in enumerate(data.test_part().images[:20]):
        original = image.astype(np.float32) / 255
        rows, columns = np.nonzero(original)
        digit = original[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
        assert max(digit.shape) == 20  # as MNIST's authors say
        pad = np.zeros((300, 320), np.float32)
        large = np.kron(digit, np.ones((10, 10), np.float32))
        pad[number : number + large.shape[0], 90 - number :][:, : large.shape[1]] = large
        np.testing.assert_allclose(as_mnist(engine, pad), original, atol=1e-5)


@pytest.mark.parametrize("scale", [1, 6])
def test_any_drawing_fills_the_box_and_is_centred(engine: Page, scale: int) -> None:
    generator = np.random.default_rng(9)
    pad = np.zeros((420, 420), np.float32)
    pad[10 : 10 + 59 * scale, 400 - 31 * scale : 400] = 1  # high, at the right
    pad[10 : 10 + 9 * scale, 400 - 50 * scale : 400] = generator.uniform(0.1, 1, 50 * scale)
    picture = as_mnist(engine, pad)
    rows, columns = np.nonzero(picture > 1e-6)
    assert rows.max() + 1 - rows.min() == 20
    assert columns.max() + 1 - columns.min() == 17  # 50 of 59 parts of 20, and a grey edge
    assert picture.sum() == pytest.approx(pad.sum() * (20 / (59 * scale)) ** 2, rel=1e-4)
    for axis in (0, 1):
        middle = (picture.sum(axis=1 - axis) * np.arange(28)).sum() / picture.sum()
        assert abs(middle - 14) <= 0.5


def test_no_ink_is_no_picture(engine: Page) -> None:
    assert engine.evaluate("digit.asMnist(new Float32Array(100), 10, 10)") is None


# ---- It reads what is drawn ----


@pytest.fixture(scope="module")
def shared(site: Site, browser: Browser) -> Iterator[Record]:
    """A page with the network running, opened once: to open it costs more than to use it."""
    with recorded(browser, WIDE) as record:
        open_running(record, site)
        yield record
        assert record.complaints == []


@pytest.fixture
def running(shared: Record) -> Page:
    """That page, cleared."""
    shared.page.get_by_role("button", name="Clear").click()
    expect(says(shared.page)).to_have_text("Draw a digit or choose one.")
    return shared.page


@pytest.mark.parametrize("digit", DRAWINGS)
def test_a_digit_drawn_with_the_mouse_is_read(running: Page, digit: int) -> None:
    draw(running, DRAWINGS[digit])
    expect(says(running)).to_have_text(re.compile(rf"^The network says {digit}, .*\d %\.$"))
    expect(frame_of(running).locator(".digit-best")).to_have_text(re.compile(rf"^{digit}"))


def test_a_small_digit_in_a_corner_is_read(running: Page) -> None:
    draw(running, SMALL_IN_A_CORNER)
    expect(says(running)).to_contain_text("The network says 4")


def test_a_digit_drawn_with_a_finger_is_read(site: Site, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": NARROW, "height": 844}, has_touch=True)
    page = open_running(Record(context.new_page()), site)
    points(page, DRAWINGS[4][0])
    before = page.evaluate("scrollY")
    draw_with_a_finger(page, DRAWINGS[4])
    expect(says(page)).to_contain_text("The network says 4")
    assert page.evaluate("scrollY") == before  # the finger drew, it did not scroll
    context.close()


def test_bars_move_while_drawing_and_the_answer_is_said_once(running: Page) -> None:
    frame_of(running).evaluate(
        """frame => {
            window.said = 0;
            new MutationObserver(() => said++)
                .observe(frame.querySelector("[role=status]"), {childList: true});
        }"""
    )
    start, *rest = points(running, DRAWINGS[7][0])
    running.mouse.move(*start)
    running.mouse.down()
    for point in rest:
        running.mouse.move(*point, steps=6)
    expect(frame_of(running).locator(".digit-best")).to_have_text(re.compile("^7"))
    assert running.evaluate("said") == 0
    running.mouse.up()
    expect(says(running)).to_contain_text("The network says 7")
    assert running.evaluate("said") == 1


def test_clear_clears(running: Page) -> None:
    draw(running, DRAWINGS[7])
    running.get_by_role("button", name="Clear").click()
    expect(says(running)).to_have_text("Draw a digit or choose one.")
    expect(frame_of(running).locator(".digit-best")).to_have_count(0)
    draw(running, DRAWINGS[4])  # a 7 below would make it something else
    expect(says(running)).to_contain_text("The network says 4")


def test_numbers_beside_the_bars_add_up(running: Page) -> None:
    draw(running, [[(0.5, 0.2), (0.5, 0.5)]])  # a short line, of which it is less sure
    numbers = frame_of(running).get_by_role("listitem").all_inner_texts()
    assert [text.split()[0] for text in numbers] == list("0123456789")
    shown = [text.split()[-2] for text in numbers if "<" not in text]
    assert sum(map(float, shown)) == pytest.approx(100, abs=1)


# ---- By keyboard ----


def test_everything_is_reached_by_keyboard(site: Site, browser: Browser) -> None:
    with recorded(browser, WIDE) as record:
        page = open_waiting(record, site)
        page.get_by_role("button", name="Start the network").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("group", name="A digit you draw")).to_be_focused()
        page.keyboard.press("Tab")
        expect(page.get_by_role("button", name="Clear")).to_be_focused()
        page.keyboard.press("Tab")
        for digit in range(10):
            sample = page.get_by_role("button", name=f"Digit {digit} of the test set")
            expect(sample).to_be_focused()
            expect(sample).to_have_css("outline-style", "solid")
            page.keyboard.press("Space")
            expect(sample).to_have_attribute("aria-pressed", "true")
            expect(says(page)).to_contain_text(f"The network says {digit}")
            page.keyboard.press("Tab")
        expect(frame_of(page).locator("[aria-pressed=true]")).to_have_count(1)
        layers = page.get_by_role("combobox", name="Feature maps of")
        expect(layers).to_be_focused()
        expect(layers).to_have_css("outline-style", "solid")
        page.keyboard.press("ArrowDown")
        maps = frame_of(page).get_by_role("img", name="feature maps")
        expect(maps).to_have_accessible_name(
            re.compile(r"^64 feature maps of 14 × 14; \d+ respond to this digit\.$")
        )


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_the_maps_are_drawn_for_every_layer(site: Site, browser: Browser, width: int) -> None:
    with recorded(browser, width) as record:
        page = open_running(record, site)
        page.get_by_role("button", name="Digit 3 of the test set").click()
        layers = page.get_by_role("combobox", name="Feature maps of")
        pictures = set()
        for option in layers.locator("option").all_inner_texts():
            layers.select_option(option)
            drawn = page.locator(".digit-maps canvas").evaluate(
                """canvas => {
                    const { data } = canvas.getContext("2d")
                        .getImageData(0, 0, canvas.width, canvas.height);
                    return [data.filter((v, i) => i % 4 === 3 && v > 0).length
                        / (data.length / 4), canvas.toDataURL()];
                }"""
            )
            assert drawn[0] > 0.6  # the maps fill the canvas, but for gaps between them
            pictures.add(drawn[1])
        assert len(pictures) == 8


# ---- It comes when it is asked for, and from here ----


def test_nothing_is_loaded_before_it_is_asked_for(site: Site, browser: Browser) -> None:
    with recorded(browser, WIDE) as record:
        page = open_waiting(record, site)
        page.wait_for_load_state("networkidle")
        assert own_requests(record) == {"loader.js", "digit.css"}
        page.get_by_role("button", name="Start the network").click()
        expect(page.get_by_role("button", name="Clear")).to_be_visible()
        assert own_requests(record) == {"loader.js", "digit.css", "digit.js", "weights.js"}
        others = [u for u in record.requests if not u.startswith((site.address, "data:"))]
        assert others == []
        assert record.complaints == []
        assert record.failures == []


def test_scrolling_to_it_starts_it(site: Site, browser: Browser) -> None:
    with recorded(browser, WIDE) as record:
        page = record.page
        page.set_viewport_size({"width": WIDE, "height": 200})
        page.goto(site.page(DOCUMENT))
        page.wait_for_load_state("networkidle")
        assert own_requests(record) == {"loader.js", "digit.css"}
        frame_of(page).evaluate("frame => frame.scrollIntoView()")
        expect(page.get_by_role("button", name="Clear")).to_be_visible()
        expect(page.locator("body")).to_be_focused()  # the focus stays where it was


@pytest.mark.parametrize("document", [DOCUMENT, "notebooks/q9/mnist"])
def test_it_runs_from_a_folder(site: Site, browser: Browser, document: str) -> None:
    with recorded(browser, WIDE) as record:
        page = record.page
        page.goto((site.html / f"{document}.html").as_uri())
        page.mouse.move(5, 5)  # somebody is there
        frame_of(page).evaluate("frame => frame.scrollIntoView()")
        page.get_by_role("button", name="Digit 5 of the test set").click()
        expect(says(page)).to_contain_text("The network says 5")
        assert record.complaints == []


def test_what_fails_says_so_and_can_be_tried_again(site: Site, browser: Browser) -> None:
    with recorded(browser, WIDE) as record:
        page = open_waiting(record, site)
        page.route("**/weights.js", lambda route: route.abort())
        start = page.get_by_role("button", name="Start the network")
        start.click()
        expect(says(page)).to_contain_text("weights.js could not be loaded. Try again?")
        page.unroute("**/weights.js")
        start.click()
        expect(page.get_by_role("button", name="Clear")).to_be_visible()


def test_without_javascript_a_sentence_says_what_would_be_here(
    site: Site, browser: Browser
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site.page(DOCUMENT))
    assert "there is an area here to draw" in frame_of(page).evaluate("frame => frame.innerText")
    box = frame_of(page).bounding_box()
    assert box is not None
    assert box["height"] < 150
    context.close()


# ---- It is pleasant for everybody ----


@pytest.mark.parametrize("width", [WIDE, 600, NARROW, 320])
def test_nothing_moves_when_it_comes(site: Site, browser: Browser, width: int) -> None:
    with recorded(browser, width) as record:
        page = open_waiting(record, site)
        page.evaluate(WAIT_FOR_FONTS)
        start = page.get_by_role("button", name="Start the network")
        start.evaluate("start => start.scrollIntoView({block: 'center', behavior: 'instant'})")
        places = [page.locator("article"), frame_of(page)]
        before = [place.bounding_box() for place in places]
        start.click()
        expect(page.get_by_role("button", name="Clear")).to_be_visible()
        assert [place.bounding_box() for place in places] == before
        digit = page.get_by_role("button", name="Digit 8 of the test set")
        digit.dispatch_event("click")  # a real one would scroll to it first
        expect(says(page)).to_contain_text("The network says 8")
        assert [place.bounding_box() for place in places] == before
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_accessible(site: Site, browser: Browser, mode: str, width: int) -> None:
    with recorded(browser, width, mode) as record:
        page = open_waiting(record, site)
        assert violations(page) == []
        page.get_by_role("button", name="Start the network").click()
        expect(page.get_by_role("button", name="Clear")).to_be_visible()
        assert violations(page) == []
        draw(page, DRAWINGS[2])
        page.get_by_role("button", name="Digit 6 of the test set").click()
        expect(says(page)).to_contain_text("The network says 6")
        assert violations(page) == []


def violations(page: Page) -> list[str]:
    """What axe finds in the frame; test_pages looks at the rest of the page."""
    found = Axe().run(page, context=".digit-frame", options=AXE_OPTIONS)
    rules: list[dict[str, Any]] = found.response["violations"]
    return [f"{rule['id']}: {node['target']}" for rule in rules for node in rule["nodes"]]


def test_buttons_are_large_enough_for_a_finger(site: Site, browser: Browser) -> None:
    with recorded(browser, NARROW) as record:
        page = open_running(record, site)
        buttons = frame_of(page).get_by_role("button").all()
        assert len(buttons) == 11
        for button in buttons:
            box = button.bounding_box()
            assert box is not None
            assert min(box["width"], box["height"]) >= 44


def test_bars_do_not_glide_for_those_who_want_no_motion(site: Site, browser: Browser) -> None:
    context = browser.new_context(reduced_motion="reduce")
    page = open_running(Record(context.new_page()), site)
    bar = page.locator(".digit-bar > span").first
    expect(bar).to_have_css("transition-duration", "0s")
    context.close()
