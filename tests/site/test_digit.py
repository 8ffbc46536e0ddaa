"""A digit you draw: the trained network in the reader's browser."""

import base64
import hashlib
import itertools
import json
import re
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

import keras
import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

from models import data, export_preview, export_web
from models.data import Floats, as_input
from models.network import load
from models.score import probabilities
from tests.site.accessibility import violations
from tests.site.browsing import (
    NARROW,
    ROOT,
    WIDE,
    Record,
    Site,
    look,
    recorded,
    skip_without_chromium,
)
from tests.site.test_pages import WAIT_FOR_FONTS

skip_without_chromium()

DOCUMENT = "book/digit"
SOURCES = ROOT / "book" / "digit"
BUILT = ROOT / "book" / "_static" / "digit"
REBUILD = "run `make digit`"

Stroke = Sequence[tuple[float, float]]
STEPS = 2  # moves from one point of a stroke to the next; between them the line is straight
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
    assert (BUILT / "digit.css").stat().st_size < 7000


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
    record.page.goto(site.page(DOCUMENT))
    return record.page


def open_running(record: Record, site: Site) -> Page:
    """Open the page and start the network."""
    page = open_waiting(record, site)
    page.get_by_role("button", name="Start the network").click()
    expect(says(page)).to_contain_text("The network says 3")
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
            page.mouse.move(*point, steps=STEPS)
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
            for part in np.linspace(before, point, STEPS + 1)[1:]:
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
        f"texts => texts.map({FLOATS}).map(i => [...engine.run(i).at(-1).values])",
        [in_page(image) for image in images[unsure]],
    )
    assert np.abs(np.array(found) - expected[unsure]).max() < 1e-4


def outputs_of(network: keras.Model, images: Floats, *names: str) -> list[Floats]:
    """What Keras's layers of these names make of images of shape (n, 28, 28, 1)."""
    outputs = {name: network.get_layer(name).output for name in names}
    found = keras.Model(network.input, outputs)(images)
    return [np.asarray(found[name]) for name in names]


def steps(engine: Page) -> list[dict[str, str]]:
    """The network's steps, each with what it does and the name of Keras's layer."""
    found: list[dict[str, str]] = engine.evaluate(
        "engine.steps.map(({ does, name }) => ({ does, name }))"
    )
    return found


def test_every_layer_is_that_of_keras(engine: Page, network: keras.Model) -> None:
    image = as_input(data.test_part().images[:1])
    *layers, _ = steps(engine)
    names = [step["name"].replace("conv", "relu") for step in layers]
    assert len(names) == 11
    found = engine.evaluate(
        f"text => engine.run(({FLOATS})(text)).map(({{values}}) => [...values])", in_page(image)
    )
    for (expected,), values in zip(outputs_of(network, image, *names), found, strict=False):
        np.testing.assert_allclose(np.reshape(values, expected.shape), expected, atol=1e-3)
        assert expected.max() > 0.1


def explained(engine: Page, image: Floats, places: Sequence[Sequence[int]]) -> list[Any]:
    """What the page finds about values: each place is a step, a row, a column and a map."""
    found: list[Any] = engine.evaluate(
        f"""([text, places]) => {{
            const picture = ({FLOATS})(text);
            const outputs = engine.run(picture);
            return places.map(([step, row, column, map]) => {{
                const input = outputs[step - 1] ?? {{ values: picture, side: 28, count: 1 }};
                const found = digit.explain(engine.steps[step], input, {{ row, column, map }});
                return {{ ...found, drawn: outputs[step].values[
                    (row * outputs[step].side + column) * outputs[step].count + map] }};
            }});
        }}""",
        [in_page(image), places],
    )
    return found


def test_the_sum_of_a_value_is_that_of_keras(engine: Page, network: keras.Model) -> None:
    image = as_input(data.test_part().images[:1])
    generator = np.random.default_rng(21)
    negative = 0
    for number, step in enumerate(steps(engine)):
        if step["does"] != "convolve":
            continue
        norm = step["name"].replace("conv", "norm")
        (sums,), (normalised,) = outputs_of(network, image, step["name"], norm)
        last = len(sums) - 1
        places = [(0, 0, 1), (last, last, 2), *generator.integers(0, sums.shape, (4, 3)).tolist()]
        found = explained(engine, image, [(number, *place) for place in places])
        for place, each in zip(places, found, strict=True):
            assert each["total"] == pytest.approx(sums[tuple(place)], abs=1e-4)
            assert each["normalised"] == pytest.approx(normalised[tuple(place)], abs=1e-3)
            assert each["value"] == max(0, each["normalised"])
            assert each["drawn"] == pytest.approx(each["value"], abs=1e-3)
            parts = [part["sum"] for part in each["parts"]]
            assert sum(parts) == pytest.approx(each["total"])
            assert parts == sorted(parts, key=abs, reverse=True)
            negative += each["normalised"] < 0
    assert negative > 3  # where ReLU has something to do


def test_pooling_mean_and_scores_are_those_of_keras(engine: Page, network: keras.Model) -> None:
    image = as_input(data.test_part().images[:1])
    kinds = [step["does"] for step in steps(engine)]
    names = ("relu2_3", "pool2", "relu3_4", "average", "logits")
    before, pooled, last, average, scores = (
        output[0] for output in outputs_of(network, image, *names)
    )
    pool = len(kinds) - 1 - kinds[::-1].index("pool")
    for row, column, map_ in [(0, 0, 3), (3, 4, 5), (2, 5, 40)]:
        (found,) = explained(engine, image, [(pool, row, column, map_)])
        window = before[2 * row : 2 * row + 2, 2 * column : 2 * column + 2, map_].ravel()
        np.testing.assert_allclose(found["window"], window, atol=1e-3)
        assert found["value"] == pytest.approx(pooled[row, column, map_], abs=1e-3)
        assert found["window"][found["picked"]] == found["value"]
    (found,) = explained(engine, image, [(kinds.index("average"), 0, 0, 7)])
    assert len(found["window"]) == 49
    assert found["value"] == pytest.approx(average[7], abs=1e-4)
    assert average[7] == pytest.approx(last[..., 7].mean(), abs=1e-4)
    found = explained(engine, image, [(len(kinds) - 1, 0, 0, digit) for digit in range(10)])
    np.testing.assert_allclose([each["score"] for each in found], scores, atol=1e-3)
    says = probabilities(network, image)[0]
    np.testing.assert_allclose([each["value"] for each in found], says, atol=1e-4)


def test_a_value_depends_on_its_receptive_field_and_on_nothing_else(
    engine: Page, network: keras.Model
) -> None:
    generator = np.random.default_rng(22)
    plain, other = generator.uniform(size=(2, 28, 28, 1)).astype(np.float32)
    middles = {28: (14, 9), 14: (7, 4), 7: (3, 2)}  # by the maps' side
    for number, step in enumerate(steps(engine)[:-2]):
        side = network.get_layer(step["name"]).output.shape[1]
        row, column = middles[side]
        field = engine.evaluate(
            "([step, row, column]) => digit.fieldOf(engine.steps, step, { row, column })",
            [number, row, column],
        )
        rows = slice(field["top"], field["bottom"] + 1)
        columns = slice(field["left"], field["right"] + 1)
        outside = other.copy()
        outside[rows, columns] = plain[rows, columns]
        images = [plain, outside]
        for edge in ("top", "bottom", "left", "right"):
            images.append(plain.copy())
            at = field[edge] if edge in ("top", "bottom") else (rows, field[edge])
            images[-1][at] = 1 - plain[at].round()
        (found,) = outputs_of(network, np.stack(images), step["name"])
        change = abs(found[:, row, column] - found[0, row, column]).max(axis=-1)
        assert change[1] < 1e-4, step
        assert change[2:].min() > 1e-3, step  # each of the four sides counts


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
    expect(says(running)).to_have_text(re.compile(rf"^The network says {digit}, .*\d%\.$"))
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
        running.mouse.move(*point, steps=STEPS)
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
    shown = [text.split()[-1].rstrip("%") for text in numbers if "<" not in text]
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
        layers = page.get_by_role("radiogroup", name="Open the network").get_by_role("radio")
        expect(layers.first).to_be_focused()
        expect(layers.locator("xpath=..").first).to_have_css("outline-style", "solid")
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowRight")
        expect(layers.nth(2)).to_be_checked()
        page.keyboard.press("Tab")
        maps = page.get_by_role("slider", name="Maps of this layer")
        expect(maps).to_be_focused()
        page.keyboard.press("Home")
        expect(maps).to_have_attribute("aria-valuetext", "map 1 of 64")
        page.keyboard.press("ArrowRight")
        expect(maps).to_have_attribute("aria-valuetext", "map 2 of 64")
        page.keyboard.press("Tab")
        values = page.get_by_role("slider", name="Values of this map")
        expect(values).to_be_focused()
        expect(values).to_have_css("outline-style", "solid")
        page.keyboard.press("Home")
        page.keyboard.press("ArrowLeft")  # there is none
        page.keyboard.press("ArrowDown")
        expect(values).to_have_attribute("aria-valuetext", "row 2, column 1")
        expect(picked(page)).to_contain_text("conv 2, map 2, row 2, column 1: ")


def picked(page: Page) -> Locator:
    """The sentence that says what is picked in the opened network."""
    return frame_of(page).locator("[aria-live=polite]")


def test_what_is_picked_is_said_shown_and_summed_up(running: Page) -> None:
    running.get_by_role("button", name="Digit 3 of the test set").click()
    drawn, names = set(), []
    for layer in frame_of(running).get_by_role("radio").all():
        layer.check()
        names.append(layer.locator("xpath=..").inner_text())
        value = re.search(r": (\d\.\d{3})\.", picked(running).inner_text())
        assert value, picked(running).inner_text()
        table = frame_of(running).get_by_role("table")
        assert table.locator("strong").inner_text() == value[1]
        canvas = frame_of(running).locator(".digit-all")
        filled, picture = canvas.evaluate(
            """canvas => {
                const copy = new OffscreenCanvas(canvas.width, canvas.height)
                    .getContext("2d", { willReadFrequently: true });
                copy.drawImage(canvas, 0, 0);
                const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
                return [data.filter((v, i) => i % 4 === 3 && v > 0).length
                    / (data.length / 4), canvas.toDataURL()];
            }"""
        )
        assert filled > 0.5  # the maps fill the canvas, but for gaps between them
        drawn.add(picture)
    assert len(drawn) == len(names) == 12
    assert names[0] == "conv 1"
    assert names[-3:] == ["conv 8", "average", "digits"]
    expect(picked(running)).to_have_text("Digit 3: 0.972. It depends on 28 × 28 pixels.")


def test_a_value_is_picked_with_the_mouse(running: Page) -> None:
    running.get_by_role("button", name="Digit 3 of the test set").click()
    frame_of(running).get_by_role("radio", name="conv 8").check()
    for name, columns, at, words in [
        ("Maps of this layer", None, (0.001, 0.01), "map 1 of 128"),
        ("Values of this map", 7, (2.5 / 7, 4.5 / 7), "row 5, column 3"),
    ]:
        canvas = running.get_by_role("slider", name=name)
        canvas.scroll_into_view_if_needed()
        box = canvas.bounding_box()
        assert box is not None
        canvas.click(position={"x": at[0] * box["width"], "y": at[1] * box["height"]})
        expect(canvas).to_have_attribute("aria-valuetext", words)
        assert columns is None or box["width"] / columns >= 24
    expect(picked(running)).to_contain_text("conv 8, map 1, row 5, column 3: ")


# ---- It comes when it is asked for, and from here ----


WAITING = {"loader.js", "digit.css", "preview.png"}


def test_the_preview_is_what_the_network_makes(network: keras.Model) -> None:
    with Image.open(export_preview.OUT) as image:
        drawn = np.asarray(image).astype(int)
    # Another processor may round a grey level the other way.
    assert abs(drawn - export_preview.picture(network)).max() <= 1, REBUILD
    assert (
        f'width="{drawn.shape[1]}" height="{drawn.shape[0]}"' in (BUILT / "loader.js").read_text()
    )
    assert export_preview.OUT.stat().st_size < 30_000


def test_nothing_is_loaded_before_it_is_asked_for(site: Site, browser: Browser) -> None:
    with recorded(browser, WIDE) as record:
        page = open_waiting(record, site)
        frame_of(page).scroll_into_view_if_needed()  # nor when it comes in view
        page.mouse.wheel(0, 200)
        page.wait_for_load_state("networkidle")
        assert own_requests(record) == WAITING
        page.get_by_role("button", name="Start the network").click()
        expect(page.get_by_role("button", name="Clear")).to_be_visible()
        assert own_requests(record) == WAITING | {"digit.js", "weights.js"}
        others = [u for u in record.requests if not u.startswith((site.address, "data:"))]
        assert others == []
        assert record.complaints == []
        assert record.failures == []


@pytest.mark.parametrize("document", [DOCUMENT, "notebooks/q9/mnist"])
def test_it_runs_from_a_folder(site: Site, browser: Browser, document: str) -> None:
    with recorded(browser, WIDE) as record:
        page = record.page
        page.goto((site.html / f"{document}.html").as_uri())
        page.get_by_role("button", name="Start the network").click()
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
        tops = "frame => [frame, ...document.querySelectorAll('h1')].map(e => e.offsetTop)"
        before = frame_of(page).evaluate(tops)
        page.get_by_role("button", name="Start the network").dispatch_event("click")
        expect(page.get_by_role("button", name="Clear")).to_be_visible()
        assert frame_of(page).evaluate(tops) == before
        place = frame_of(page).bounding_box()
        # Whatever is chosen, all stays in its place; a real click would scroll to it first.
        page.get_by_role("button", name="Digit 8 of the test set").dispatch_event("click")
        expect(says(page)).to_contain_text("The network says 8")
        assert frame_of(page).bounding_box() == place
        for layer in frame_of(page).get_by_role("radio").all():
            layer.evaluate("layer => layer.click()")
            assert frame_of(page).bounding_box() == place, picked(page).inner_text()
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_accessible(site: Site, browser: Browser) -> None:
    """In four looks, before it is started, then, and in use; test_pages looks at what is around."""
    with recorded(browser, WIDE) as record:
        page = open_waiting(record, site)

        def look_at_it() -> None:
            for width, mode in itertools.product([WIDE, NARROW], ["light", "dark"]):
                look(page, width, mode)
                assert violations(page, ".digit-frame") == [], (width, mode)

        look_at_it()
        page.get_by_role("button", name="Start the network").click()
        expect(page.get_by_role("button", name="Clear")).to_be_visible()
        look_at_it()
        draw(page, DRAWINGS[2])
        page.get_by_role("button", name="Digit 6 of the test set").click()
        expect(says(page)).to_contain_text("The network says 6")
        look_at_it()


def test_buttons_are_large_enough_for_a_finger(site: Site, browser: Browser) -> None:
    with recorded(browser, NARROW) as record:
        page = open_running(record, site)
        buttons = frame_of(page).get_by_role("button").all()
        assert len(buttons) == 11
        buttons += frame_of(page).get_by_role("radio").all()
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
