"""The convolution to step through shows what Keras and TensorFlow compute."""

import base64
import io
from collections.abc import Callable, Iterator

import keras
import numpy as np
import pytest
import tensorflow as tf
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

from tests.site.browsing import ROOT, WIDE, Site, recorded, skip_without_chromium
from tests.site.playing import CONVOLUTION, Axis, choose, put, says, tool_of

skip_without_chromium()


def convolve(
    images: np.ndarray, kernel: np.ndarray, stride: int, padding: str, dilation: int
) -> np.ndarray:
    """What Keras makes of images of one channel, or TensorFlow where Keras refuses."""
    x, weights = images[..., None].astype("float32"), kernel[..., None, None].astype("float32")
    if stride > 1 and dilation > 1:
        found = tf.nn.conv2d(x, weights, stride, padding.upper(), dilations=dilation)
    else:
        found = keras.ops.conv(x, weights, stride, padding, dilation_rate=dilation)
    maps: np.ndarray = np.rint(np.asarray(found)[..., 0]).astype(int)
    return maps


def numbers(table: Locator, where: str = "[role=gridcell]") -> np.ndarray:
    """The numbers in a grid; the weights that are marked there left out."""
    rows = table.evaluate(
        """(table, where) => [...table.rows].map(row => [...row.querySelectorAll(where)]
            .map(cell => cell.firstChild.data.replace("−", "-")))""",
        where,
    )
    return np.array([[int(cell) for cell in row] for row in rows if row])


def marks(table: Locator) -> dict[Axis, int]:
    """The cells that are marked in a grid, with their weights."""
    found = table.evaluate(
        """table => [...table.querySelectorAll("[role=gridcell].play-read")].map(cell =>
            [cell.dataset.row, cell.dataset.column,
             cell.querySelector("small").textContent.replace("×", "").replace("−", "-")])"""
    )
    return {(int(row), int(column)): int(weight) for row, column, weight in found}


def look(grid: Locator, row: int, column: int) -> None:
    """Click on a cell of a grid."""
    grid.locator(f"[data-row='{row}'][data-column='{column}']").dispatch_event("click")


def type_weights(page: Page, kernel: np.ndarray) -> None:
    """Type a kernel's weights."""
    put(
        tool_of(page),
        {f"weight, row {r + 1}, column {c + 1}": value for (r, c), value in np.ndenumerate(kernel)},
    )


@pytest.fixture(scope="module")
def stepper(site: Site, browser: Browser) -> Iterator[Page]:
    """A page with the convolution."""
    with recorded(browser, WIDE) as record:
        record.page.goto(site.page(CONVOLUTION))
        yield record.page
        assert record.complaints == []


@pytest.mark.parametrize(
    ("size", "kernel", "stride", "padding", "dilation"),
    [
        ((6, 7), (3, 3), 1, "valid", 1),
        ((5, 8), (2, 3), 1, "same", 1),
        ((8, 5), (4, 2), 2, "same", 1),
        ((7, 8), (3, 4), 3, "same", 1),
        ((8, 7), (2, 5), 3, "valid", 1),
        ((7, 8), (3, 2), 1, "same", 2),
        ((8, 6), (4, 1), 1, "valid", 2),
        ((8, 7), (2, 3), 3, "same", 2),
        ((7, 8), (3, 2), 2, "valid", 3),
        ((3, 4), (5, 4), 2, "same", 3),
    ],
)
def test_a_convolution_is_that_of_keras(
    stepper: Page, size: Axis, kernel: Axis, stride: int, padding: str, dilation: int
) -> None:
    choose(stepper, input="numbers", rows=size[0], columns=size[1])
    choose(stepper, kernel_rows=kernel[0], kernel_columns=kernel[1])
    choose(stepper, stride=stride, padding=padding, dilation=dilation)
    weights = np.random.default_rng(sum(kernel)).integers(-9, 10, kernel)
    type_weights(stepper, weights)
    read, write = (stepper.get_by_role("grid", name=name) for name in ("input", "output"))
    image = numbers(read)
    assert image.shape == size

    rest = (stride, padding, dilation)
    expected = convolve(image[None], weights, *rest)[0]
    assert numbers(write).tolist() == expected.tolist()

    # Which input cells an output reads is where its gradient is not zero, whatever the weights.
    everywhere = np.arange(1, weights.size + 1).reshape(weights.shape)
    spots = np.eye(image.size, dtype=int).reshape(-1, *size)
    influence = convolve(spots, everywhere, *rest)
    rows, columns = expected.shape
    for row, column in {(0, 0), (rows - 1, columns - 1), (rows // 2, columns // 2)}:
        look(write, row, column)
        assert read.locator(".play-read").count() == weights.size  # zeros of the padding as well
        told = marks(read)
        reach = influence[:, row, column].reshape(size)
        assert set(told) == {(int(r), int(c)) for r, c in np.argwhere(reach)}
        for place, weight in told.items():
            assert weight == weights.flat[reach[place] - 1]
        said = says(stepper).inner_text()
        assert f"row {row + 1}, column {column + 1}" in said
        left, right = said.splitlines()[-1].replace("−", "-").replace("·", "*").split(" = ")
        assert len(left.split(" + ")) == weights.size
        assert eval(left) == int(right) == expected[row, column]  # noqa: S307  (a sum of products)

    for row, column in [(0, 0), (size[0] - 1, size[1] - 1), (size[0] // 2, size[1] // 2)]:
        look(read, row, column)
        told = marks(write)
        reach = influence[row * size[1] + column]
        assert set(told) == {(int(r), int(c)) for r, c in np.argwhere(reach)}
        for place, weight in told.items():
            assert weight == weights.flat[reach[place] - 1]
        wanted = f"read by {len(told)} of {expected.size} outputs" if told else "read by no output"
        expect(says(stepper)).to_contain_text(wanted)


def test_the_presets_do_what_they_are_called(opened: Callable[[str], Page]) -> None:
    page = opened(CONVOLUTION)
    read, write = (page.get_by_role("grid", name=name) for name in ("input", "output"))
    choose(page, padding="same")
    for size in ((3, 3), (2, 4)):
        choose(page, kernel="identity", kernel_rows=size[0], kernel_columns=size[1])
        assert np.array_equal(numbers(write), numbers(read))
    choose(page, padding="valid", input="an edge", kernel="horizontal edge")
    assert not numbers(write).any()
    choose(page, kernel="vertical edge")
    assert numbers(write).any()
    choose(page, kernel="blur")
    image = numbers(read)
    assert numbers(write)[0, 0] == image[:2, :4].sum()


def test_a_bright_pixel_leaves_the_kernel_turned_round(opened: Callable[[str], Page]) -> None:
    page = opened(CONVOLUTION)
    choose(page, input="one bright pixel", rows=5, columns=5, padding="same")
    kernel = np.arange(1, 10).reshape(3, 3)
    type_weights(page, kernel)
    expect(page.get_by_role("combobox", name="kernel", exact=True)).to_have_value("your own")
    output = numbers(page.get_by_role("grid", name="output"))
    assert np.array_equal(output[1:4, 1:4], kernel[::-1, ::-1])


def test_a_window_that_does_not_fit_says_so(opened: Callable[[str], Page]) -> None:
    page = opened(CONVOLUTION)
    choose(page, rows=3, kernel_rows=4)
    expect(says(page)).to_contain_text("does not fit")
    assert page.locator(".play-grid [role=gridcell]").count() == 3 * 7
    choose(page, padding="same")
    expect(says(page)).to_contain_text("Output, row 1, column 1")


def test_a_weight_that_is_none_is_put_back(opened: Callable[[str], Page]) -> None:
    page = opened(CONVOLUTION)
    weight = page.get_by_role("spinbutton", name="weight, row 2, column 3")
    output = page.get_by_role("grid", name="output")
    for nonsense in ("", "10", "1.5"):
        before = numbers(output)
        weight.fill(nonsense)
        assert np.array_equal(numbers(output), before)
        weight.blur()
        expect(weight).to_have_value("-1")


def test_stepping_by_keyboard(opened: Callable[[str], Page]) -> None:
    page = opened(CONVOLUTION)

    def at() -> str:
        return says(page).inner_text().split(":")[0]

    page.get_by_role("combobox", name="dilation").focus()
    page.keyboard.press("Tab")  # the input grid: one stop
    expect(page.locator("[role=gridcell]:focus")).to_have_css("outline-style", "solid")
    assert at() == "Output, row 1, column 1"
    page.keyboard.press("Enter")
    assert at() == "Input, row 1, column 1"
    page.keyboard.press("ArrowUp")  # there is nothing above
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    assert at() == "Input, row 2, column 2"
    page.keyboard.press("Tab")  # the output grid
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowLeft")
    assert at() == "Output, row 2, column 1"
    expect(page.locator("[role=gridcell]:focus")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Previous")).to_be_focused()
    page.keyboard.press("Enter")
    assert at() == "Output, row 1, column 5"
    page.keyboard.press("Tab")
    for _ in range(16):
        page.keyboard.press("Space")
    assert at() == "Output, row 1, column 1"  # past the last cell comes the first


def test_the_kernel_is_on_the_photograph_too(opened: Callable[[str], Page]) -> None:
    page = opened(CONVOLUTION)
    script = (ROOT / "book/_static/play/hopper.js").read_text(encoding="utf-8")
    encoded = script.partition("base64,")[2].partition('"')[0]
    photo = np.asarray(Image.open(io.BytesIO(base64.b64decode(encoded))).convert("L"), np.float64)
    edge = np.repeat([[1.0, 0.0, -1.0]], 3, axis=0)
    for name, kernel in (("vertical edge", edge), ("blur", np.ones((3, 3)))):
        choose(page, kernel=name)
        windows = np.lib.stride_tricks.sliding_window_view(photo, (3, 3))
        sums = (windows * kernel).sum(axis=(2, 3))
        share = sums / abs(sums).max()
        expected = 127.5 * (1 + share) if name == "vertical edge" else 255 * share
        drawn = (
            page.locator(".play-photo canvas")
            .nth(1)
            .evaluate(
                """canvas => {
                const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d");
                copy.drawImage(canvas, 0, 0);
                const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
                return Array.from({ length: data.length / 4 }, (_, i) => data[4 * i]);
            }"""
            )
        )
        assert abs(np.reshape(drawn, sums.shape) - expected).max() <= 1, name
    assert "public domain" in page.locator(".play-photo figcaption").inner_text()
