"""Things to play with: what the three tools show is what Python, TensorFlow and Keras find."""

import itertools
import json
import math
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import keras
import numpy as np
import pytest
import tensorflow as tf
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from tests.site.browsing import NARROW, ROOT, WIDE, Site, recorded, skip_without_chromium
from tests.site.test_pages import AXE_OPTIONS

skip_without_chromium()

# Each tool's page, and the scripts that it needs.
SCRIPTS = {
    "book/play-convolution": ["play.js", "convolution.js"],
    "book/play-calculator": ["play.js", "stack.js", "account.js", "calculator.js"],
    "book/play-receptive-field": ["play.js", "stack.js", "receptive-field.js"],
}
CONVOLUTION, CALCULATOR, RECEPTIVE_FIELD = SCRIPTS
Q1, Q2, Q8 = (
    next(ROOT.glob(f"solutions/{name}/*.ipynb")).relative_to(ROOT) for name in ("q1", "q2", "q8")
)

Axis = tuple[int, int]


def tool_of(page: Page) -> Locator:
    """The part of the page that this is about."""
    return page.locator(".play")


def says(page: Page) -> Locator:
    """What the tool says in words."""
    return tool_of(page).get_by_role("status")


@pytest.fixture(scope="module")
def opened(site: Site, browser: Browser) -> Iterator[Callable[[str], Page]]:
    """Open a tool's page, fresh from its address; the browser's page is shared."""
    with recorded(browser, WIDE) as record:

        def at(document: str) -> Page:
            record.page.goto(site.page(document))
            return record.page

        yield at
        assert record.complaints == []
        assert record.failures == []


def cells(notebook: Any) -> list[dict[str, Any]]:
    """The cells of a notebook of the course."""
    found: list[dict[str, Any]] = json.loads((ROOT / notebook).read_text("utf-8"))["cells"]
    return found


def chapters_functions(notebook: Any) -> dict[str, Any]:
    """The functions that a chapter asks for, as its solutions define them."""
    names: dict[str, Any] = {"math": math, "itertools": itertools, "np": np}
    for cell in cells(notebook):
        source = "".join(cell["source"])
        if cell["metadata"].get("nbgrader", {}).get("solution") and "def " in source:
            exec(source, names)  # noqa: S102  (the course's own text)
    return names


def printed(notebook: Any) -> str:
    """All that a chapter's cells put out, tables as Markdown."""
    outputs = [output for cell in cells(notebook) for output in cell.get("outputs", [])]
    texts = [output.get("text") or output["data"].get("text/markdown", "") for output in outputs]
    return "\n".join("".join(text) for text in texts)


def put(part: Locator, settings: dict[str, Any]) -> None:
    """Put values into the lists and fields of a part of a tool, each under its label.

    At one go, as it is done often; that the fields are named and usable is tested by keyboard.
    """
    part.evaluate(
        """(part, settings) => {
            for (const [label, value] of settings) {
                const field = [...part.querySelectorAll("label")].find(({ firstChild }) =>
                    firstChild.textContent === label
                    || firstChild.textContent.startsWith(`${label}:`)).control;
                field.value = value;
                if (field.value !== value) throw Error(`${label} cannot be ${value}`);
                field.dispatchEvent(new Event(field.tagName === "SELECT" ? "change" : "input"));
            }
        }""",
        [[label, str(value)] for label, value in settings.items()],
    )


def choose(page: Page, **settings: Any) -> None:
    """Put values into a tool's fields; `kernel_rows` is the field "kernel rows"."""
    put(tool_of(page), {name.replace("_", " "): value for name, value in settings.items()})


# ---- A convolution ----


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


# ---- Parameters and memory ----


@pytest.fixture(scope="module")
def chapter() -> dict[str, Any]:
    """The functions of question 2."""
    return chapters_functions(Q2)


def lines(table: Locator) -> list[list[str]]:
    """The rows of a table's body."""
    found: list[list[str]] = table.evaluate(
        "table => [...table.tBodies[0].rows].map(row => [...row.cells].map(c => c.innerText))"
    )
    return found


def results(page: Page) -> list[list[str]]:
    """What stands in the table of layers: for the image, for each layer, and the totals."""
    found: list[list[str]] = tool_of(page).evaluate(
        """tool => [...tool.querySelector(".play-stack").rows].map(row => [...row.cells])
            .filter(row => row.every(cell => cell.tagName === "TD"))
            .map(row => row.map(cell => cell.textContent))"""
    )
    return found


def test_it_opens_with_the_network_of_question_2(
    opened: Callable[[str], Page], chapter: dict[str, Any]
) -> None:
    page = opened(CALCULATOR)
    expect(says(page)).to_have_text(
        "903,400 parameters. A prediction takes at least 12.61 MB.", use_inner_text=True
    )
    network = [{"filters": filters, "kernel": 3} for filters in (100, 200, 400)]
    assert results(page)[-1][1] == f"{chapter['network_parameters'](3, network):,}"
    # Every accounting is a line of the chapter's own tables: its words, bytes, MB and MiB.
    told = printed(Q2)
    prediction, training = (
        lines(page.get_by_role("region", name=name).locator("table"))
        for name in ("Prediction", "Training")
    )
    *rows, mixed = prediction + training
    assert len(rows) == 10
    for name, count, mb, mib in rows:
        found = re.search(rf"\| {re.escape(name)} \| ([\d,]+) \| {mb} \| {mib} \|", told)
        assert found, name
        # An optimizer of the chapter may count its two scalars, too.
        assert 0 <= int(found[1].replace(",", "")) - int(count.replace(",", "")) <= 8
    name, count, mb, mib = mixed
    assert f"{name}: {count} bytes = {mb} MB = {mib} MiB" in told


Layer = dict[str, Any]


def layer_of(plan: Layer) -> keras.Layer:
    """The Keras layer that a layer of the calculator stands for."""
    layers = keras.layers
    if plan["kind"] == "flatten":
        return layers.Flatten()
    if plan["kind"] == "dense":
        return layers.Dense(plan["units"], use_bias=plan["bias"])
    rest = {"strides": plan["stride"], "padding": plan["padding"]}
    if plan["kind"] == "pool":
        return layers.MaxPooling2D(plan["kernel"], **rest)
    return layers.Conv2D(plan["filters"], plan["kernel"], use_bias=plan["bias"], **rest)


def model_of(image: Sequence[int], plans: list[Layer]) -> keras.Model:
    """The Keras model that a stack stands for."""
    return keras.Sequential([keras.Input(tuple(image)), *map(layer_of, plans)])


def conv(filters: int, kernel: int, stride: int = 1, padding: str = "same") -> Layer:
    rest = {"stride": stride, "padding": padding, "bias": True}
    return {"kind": "conv", "filters": filters, "kernel": kernel, **rest}


def pool(kernel: int, stride: int, padding: str = "valid") -> Layer:
    return {"kind": "pool", "kernel": kernel, "stride": stride, "padding": padding}


def dense(units: int, bias: bool = True) -> Layer:
    return {"kind": "dense", "units": units, "bias": bias}


FLATTEN: Layer = {"kind": "flatten"}
VGG_16 = [
    layer
    for block in [(64, 64), (128, 128), (256,) * 3, (512,) * 3, (512,) * 3]
    for layer in [*(conv(filters, 3) for filters in block), pool(2, 2)]
] + [FLATTEN, dense(4096), dense(4096), dense(1000)]
STACKS = [
    ([200, 300, 3], [conv(f, 3, 2) for f in (100, 200, 400)]),
    ([31, 64, 2], [conv(5, 4, 3), conv(7, 2, 1, "valid"), conv(4, 5, 2)]),
    ([28, 20, 1], [conv(8, 5, 1, "valid"), pool(2, 2), FLATTEN, dense(10)]),
    ([17, 40, 4], [conv(6, 6, 3) | {"bias": False}, pool(3, 2, "same"), dense(9, bias=False)]),
    ([9, 7, 5], [FLATTEN, dense(11), dense(3)]),
    ([23, 10, 6], [pool(4, 3, "same"), pool(2, 1), conv(3, 1)]),
]
ACCOUNT = """([image, layers]) => {
    const entries = play.account.layersOf(image, layers);
    const values = entries.map(entry => entry.activations).filter(count => count > 0);
    const parameters = play.sum(entries.map(entry => entry.parameters));
    const memory = play.account.memory([play.account.product(image), ...values], parameters, 7);
    return [entries, Object.fromEntries([...memory.prediction, ...memory.training])];
}"""


@pytest.fixture(scope="module")
def calculator(site: Site, browser: Browser) -> Iterator[Page]:
    """A page with the calculator."""
    with recorded(browser, WIDE) as record:
        record.page.goto(site.page(CALCULATOR))
        yield record.page


@pytest.mark.parametrize(("image", "stack"), STACKS)
def test_it_counts_as_the_chapter_and_keras_do(
    calculator: Page, chapter: dict[str, Any], image: list[int], stack: list[Layer]
) -> None:
    entries, memory = calculator.evaluate(ACCOUNT, [image, stack])
    model = model_of(image, stack)
    assert [tuple(entry["shape"]) for entry in entries] == [
        layer.output.shape[1:] for layer in model.layers
    ]
    assert [entry["parameters"] for entry in entries] == [
        layer.count_params() for layer in model.layers
    ]
    # A layer with weights uses each of them once at each of its positions.
    assert [entry["work"] for entry in entries] == [
        math.prod(layer.output.shape[1:-1]) * math.prod(layer.kernel.shape)
        if hasattr(layer, "kernel")
        else 0
        for layer in model.layers
    ]
    parameters = model.count_params()
    channels = image[2]
    if all(plan["kind"] == "conv" and plan["bias"] for plan in stack):
        assert parameters == chapter["network_parameters"](channels, stack)
    if stack[0]["kind"] == "conv":
        first = stack[0]
        size = first["kernel"], channels, first["filters"], first["bias"]
        assert entries[0]["parameters"] == chapter["conv_parameters"](*size)
        where = (first["kernel"], first["stride"], first["padding"], first["filters"])
        assert tuple(entries[0]["shape"]) == chapter["output_shape"](*image[:2], *where)

    # Flatten makes no new tensor; every other layer does.
    outputs = [
        math.prod(layer.output.shape[1:])
        for layer in model.layers
        if not isinstance(layer, keras.layers.Flatten)
    ]
    values = [math.prod(image), *outputs]
    at_least = chapter["prediction_bytes"](values, parameters)
    training = [chapter["training_bytes"](values, parameters, 7, slots) for slots in range(3)]
    # While a layer works, the image is there beside what it reads and writes.
    kept = max(
        sum({0: values[0], below: values[below], below + 1: values[below + 1]}.values())
        for below in range(len(outputs))
    )
    assert memory == {
        "at least: the largest pair + parameters": at_least,
        "the same, and the image is kept": 4 * (kept + parameters),
        "nothing freed: all outputs + parameters": 4 * (sum(outputs) + parameters),
        "nothing freed, and the image": 4 * (sum(values) + parameters),
        "at least, with 16-bit floats throughout": at_least // 2,
        "forward: images, activations, parameters": training[0] - 4 * parameters,
        "+ gradients + slots of SGD": training[0],
        "+ gradients + slots of SGD with momentum": training[1],
        "+ gradients + slots of Adam": training[2],
        "Adam, and a gradient kept for every activation too": training[2] + 4 * 7 * sum(outputs),
        "forward pass in mixed precision": 2 * 7 * sum(values) + 6 * parameters,
    }


def test_it_counts_vgg_16_as_question_1_does(calculator: Page) -> None:
    entries, _ = calculator.evaluate(ACCOUNT, [[224, 224, 3], VGG_16])
    parameters, work = (sum(entry[name] for entry in entries) for name in ("parameters", "work"))
    told = f"VGG-16: {parameters:,} parameters, {work:,} multiplications an image"
    assert told in printed(Q1)


def group(page: Page, name: str) -> Locator:
    """The fields of the image or of one layer."""
    return tool_of(page).get_by_role("group", name=name, exact=True)


def test_layers_are_changed_added_and_removed(opened: Callable[[str], Page]) -> None:
    page = opened(CALCULATOR)
    put(group(page, "image"), {"height": 30, "width": 43, "channels": 2})
    put(group(page, "layer 1"), {"filters": 6, "kernel": 4, "stride": 3, "padding": "valid"})
    put(group(page, "layer 1"), {"bias": "no"})
    put(group(page, "layer 2"), {"layer": "pool"})
    put(group(page, "layer 2"), {"window": 3, "padding": "same"})
    page.get_by_role("button", name="Remove layer 3").focus()
    page.keyboard.press("Enter")
    expect(group(page, "layer 2").get_by_role("combobox", name="layer")).to_be_focused()
    page.get_by_role("button", name="Add layer after layer 2").focus()
    page.keyboard.press("Enter")
    expect(group(page, "layer 3").get_by_role("combobox", name="layer")).to_be_focused()
    put(group(page, "layer 3"), {"layer": "flatten"})
    expect(group(page, "layer 3").get_by_role("combobox", name="layer")).to_be_focused()
    page.get_by_role("button", name="Add layer after layer 3").click()
    put(group(page, "layer 4"), {"layer": "dense"})
    put(group(page, "layer 4"), {"units": 12})

    first = conv(6, 4, 3, "valid") | {"bias": False}
    model = model_of((30, 43, 2), [first, pool(3, 2, "same"), FLATTEN, dense(12)])
    image, *layers, total = results(page)
    assert image[0] == "30 × 43 × 2"
    shapes = [" × ".join(map(str, layer.output.shape[1:])) for layer in model.layers]
    assert [row[0] for row in layers] == shapes
    assert [row[1] for row in layers] == [f"{layer.count_params():,}" for layer in model.layers]
    assert total[:2] == ["total", f"{model.count_params():,}"]

    page.get_by_role("spinbutton", name="images in a training step").fill("1")
    table = page.get_by_role("region", name="Training").locator("table")
    expect(table.locator("caption")).to_have_text("Memory for a training step on 1 image")


def test_a_stack_that_cannot_work_says_why(opened: Callable[[str], Page]) -> None:
    page = opened(CALCULATOR)
    put(group(page, "layer 1"), {"layer": "flatten"})
    expect(says(page)).to_contain_text("Layer 2 cannot work: reads height × width × channels")
    expect(page.get_by_role("region", name="Prediction").locator("table")).to_be_hidden()
    put(group(page, "layer 1"), {"layer": "conv"})
    put(group(page, "image"), {"width": 2})
    put(group(page, "layer 1"), {"padding": "valid"})
    expect(says(page)).to_contain_text("Layer 1 cannot work: its window does not fit")
    put(group(page, "image"), {"width": 3})
    expect(says(page)).to_contain_text("parameters. A prediction takes at least")
    width = group(page, "image").get_by_role("spinbutton", name="width")
    width.fill("0")
    width.blur()
    expect(width).to_have_value("3")


# ---- The receptive field ----

IMAGE = (32, 48)
Triple = tuple[int, int, int]


def acting(stack: list[Triple], padding: str, unit: Axis) -> np.ndarray:
    """Where the gradient of a unit of the last layer is not zero, by TensorFlow."""
    x = tf.ones((1, *IMAGE, 1))
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = x
        for kernel, stride, dilation in stack:
            weights = tf.ones((kernel, kernel, 1, 1)) / kernel**2
            if stride > 1 and dilation > 1:
                y = tf.nn.conv2d(y, weights, stride, padding.upper(), dilations=dilation)
            else:
                y = keras.ops.conv(y, weights, stride, padding, dilation_rate=dilation)
        value = y[0, unit[0], unit[1], 0]
    mask: np.ndarray = tape.gradient(value, x).numpy()[0, ..., 0] != 0
    return mask


def map_sizes(stack: list[Triple], padding: str) -> list[str]:
    """The sizes of the maps, by Keras where it takes the layer."""
    x = tf.zeros((1, *IMAGE, 1))
    found = []
    for kernel, stride, dilation in stack:
        weights = tf.zeros((kernel, kernel, 1, 1))
        x = tf.nn.conv2d(x, weights, stride, padding.upper(), dilations=dilation)
        found.append(f"{x.shape[1]} × {x.shape[2]}")
    return found


def set_stack(page: Page, stack: list[Triple], padding: str) -> None:
    """Make the tool's layers those of `stack`."""
    count = tool_of(page).get_by_role("group", name="layer").count()
    for _ in range(count, len(stack)):
        page.get_by_role("button", name="Add layer after image").click()
    for _ in range(len(stack), count):
        page.get_by_role("button", name="Remove layer 1").click()
    for index, (kernel, stride, dilation) in enumerate(stack):
        settings = {"kernel": kernel, "stride": stride, "dilation": dilation}
        put(group(page, f"layer {index + 1}"), settings)
    choose(page, padding_of_all_layers=padding)


def coloured(page: Page) -> np.ndarray:
    """The pixels in colour."""
    path = page.locator(".play-pixels").get_attribute("d") or ""
    mask = np.zeros(IMAGE, bool)
    for column, row in re.findall(r"M(\d+) (\d+)h1v1h-1z", path):
        mask[int(row), int(column)] = True
    return mask


@pytest.fixture(scope="module")
def looker(site: Site, browser: Browser) -> Iterator[Page]:
    """A page with the receptive field."""
    with recorded(browser, WIDE) as record:
        record.page.goto(site.page(RECEPTIVE_FIELD))
        yield record.page
        assert record.complaints == []


@pytest.mark.parametrize(
    ("stack", "padding"),
    [
        ([(3, 1, 1), (3, 1, 2), (3, 1, 4)], "same"),
        ([(3, 1, 2), (3, 1, 2), (3, 1, 2)], "same"),  # leaves every second pixel out
        ([(4, 1, 1), (2, 2, 1), (3, 1, 2)], "same"),
        ([(5, 3, 1), (4, 2, 1)], "valid"),
        ([(2, 3, 1), (3, 1, 2), (2, 2, 1)], "same"),  # a stride wider than its kernel
        ([(4, 2, 2), (3, 3, 2), (2, 1, 1)], "same"),
        ([(7, 1, 8)], "same"),
        ([(6, 1, 3), (1, 2, 1), (3, 1, 1), (2, 1, 5)], "valid"),
    ],
)
def test_the_field_is_that_of_the_chapter_and_of_a_gradient(
    looker: Page, stack: list[Triple], padding: str
) -> None:
    set_stack(looker, stack, padding)
    receptive_field = chapters_functions(Q8)["receptive_field"]
    _, *layers = results(looker)
    fields = [receptive_field(stack[: depth + 1]) for depth in range(len(stack))]
    strides = np.cumprod([stride for _, stride, _ in stack])
    assert [row[1] for row in layers] == [f"{field} × {field}" for field in fields]
    assert [int(row[2]) for row in layers] == strides.tolist()
    sizes = map_sizes(stack, padding)
    assert [row[0] for row in layers] == sizes

    rows, columns = map(int, sizes[-1].split(" × "))
    begins = []
    for unit in [(0, 0), (rows - 1, columns - 1), (rows // 2, columns // 3)]:
        choose(looker, row_of_the_unit=unit[0] + 1, column_of_the_unit=unit[1] + 1)
        mask = coloured(looker)
        assert np.array_equal(mask, acting(stack, padding, unit))
        frame = looker.locator(".play-field-frame")
        x, y, width = (int(frame.get_attribute(name) or "") for name in ("x", "y", "width"))
        begins.append((y, x))
        assert width == fields[-1]
        outside = min(x, y) < 0 or y + width > IMAGE[0] or x + width > IMAGE[1]
        expect(says(looker)).to_contain_text(
            "is cut off by" if outside else "lies inside the image"
        )
        assert outside <= (padding == "same")
        seen = "All" if mask.sum() == width**2 else f"{mask.sum():,} of the"
        expect(says(looker)).to_contain_text(f"{seen} {width**2:,} act on this unit")
        # All coloured pixels lie in the frame, and at its edge wherever it is not cut.
        used = np.argwhere(mask)
        assert used[:, 0].min() >= y
        assert used[:, 1].max() < x + width
        if not outside:
            assert used.min(axis=0).tolist() == [y, x]
            assert used.max(axis=0).tolist() == [y + width - 1, x + width - 1]
    assert begins[1][0] - begins[0][0] == (rows - 1) * strides[-1]


def test_a_click_chooses_the_unit_that_looks_there(opened: Callable[[str], Page]) -> None:
    page = opened(RECEPTIVE_FIELD)
    set_stack(page, [(5, 2, 1), (3, 2, 1)], "same")
    border = page.locator(".play-border")
    border.scroll_into_view_if_needed()
    box = border.bounding_box()
    assert box is not None
    pixel = box["width"] / IMAGE[1]
    for y, x in [(16, 24), (9, 37)]:
        page.mouse.click(box["x"] + (x + 0.5) * pixel, box["y"] + (y + 0.5) * pixel)
        frame = page.locator(".play-field-frame")
        left, top, side = (int(frame.get_attribute(n) or "") for n in ("x", "y", "width"))
        assert abs(left + side / 2 - x - 0.5) <= 2  # the effective stride is 4
        assert abs(top + side / 2 - y - 0.5) <= 2
    page.mouse.click(box["x"] + 1, box["y"] + 1)  # nearer to the corner than any field's middle
    expect(page.get_by_role("slider", name="row of the unit: 1 of 8")).to_be_visible()
    expect(page.get_by_role("slider", name="column of the unit: 1 of 12")).to_be_visible()


def test_a_unit_is_chosen_by_keyboard(opened: Callable[[str], Page]) -> None:
    page = opened(RECEPTIVE_FIELD)
    page.get_by_role("slider", name="row of the unit").focus()
    expect(page.locator("input:focus")).to_have_css("outline-style", "solid")
    page.keyboard.press("Home")
    page.keyboard.press("Tab")
    page.keyboard.press("End")
    expect(says(page)).to_contain_text("cut off by the border of the image (top, right)")
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("slider", name="column of the unit: 47 of 48")).to_be_focused()


def test_a_map_without_units_says_so(opened: Callable[[str], Page]) -> None:
    page = opened(RECEPTIVE_FIELD)
    set_stack(page, [(7, 4, 1), (7, 1, 1), (7, 1, 1)], "valid")
    expect(says(page)).to_contain_text("the last map is empty")
    assert not coloured(page).any()
    expect(page.get_by_role("slider")).to_have_count(0)


def test_keras_refuses_what_the_pages_say_it_refuses() -> None:
    with pytest.raises(ValueError, match="not supported in conjunction"):
        keras.layers.Conv2D(1, 3, strides=2, dilation_rate=2)


# ---- All three ----


@pytest.mark.parametrize("document", SCRIPTS)
def test_a_page_loads_its_own_scripts_and_works_from_a_folder(
    site: Site, browser: Browser, document: str
) -> None:
    with recorded(browser, WIDE) as record:
        record.page.goto((site.html / f"{document}.html").as_uri())
        expect(says(record.page)).not_to_be_empty()
        own = [Path(urlsplit(url).path).name for url in record.requests if "/_static/play/" in url]
        assert sorted(own) == sorted(["play.css", *SCRIPTS[document]])
        assert record.complaints == []


def test_no_other_page_loads_them(site: Site) -> None:
    loading = {
        file.relative_to(site.html).with_suffix("").as_posix()
        for folder in ("book", "notebooks")
        for file in (site.html / folder).rglob("*.html")
        if "_static/play/" in file.read_text("utf-8")
    }
    assert loading == set(SCRIPTS)


def test_without_javascript_a_sentence_says_what_would_be_here(
    site: Site, browser: Browser
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for document in SCRIPTS:
        page.goto(site.page(document))
        assert "On the website, with JavaScript, there is" in tool_of(page).inner_text()
    context.close()


def use(page: Page, document: str) -> None:
    """Bring a tool into a state in which it shows all that it can show."""
    if document == CONVOLUTION:
        choose(page, columns=8, kernel_columns=4, padding="same", dilation=2)
        page.get_by_role("grid", name="input").locator("[role=gridcell]").nth(9).click()
        page.get_by_role("button", name="Next output").click()
    elif document == CALCULATOR:
        page.get_by_role("button", name="Add layer after layer 3").click()
        put(group(page, "layer 4"), {"layer": "dense"})
        put(group(page, "image"), {"height": 1024})
    else:
        page.get_by_role("button", name="Add layer after image").click()
        put(group(page, "layer 1"), {"kernel": 7, "dilation": 8})
        page.get_by_role("slider", name="row of the unit").fill("2")


@pytest.mark.parametrize(("width", "mode"), [(WIDE, "dark"), (NARROW, "light")])
@pytest.mark.parametrize("document", SCRIPTS)
def test_in_use_it_is_accessible_and_fits(
    site: Site, browser: Browser, document: str, width: int, mode: str
) -> None:
    with recorded(browser, width, mode) as record:
        page = record.page
        page.goto(site.page(document))
        use(page, document)
        assert record.complaints == []
        found = Axe().run(page, context=".play", options=AXE_OPTIONS).response["violations"]
        assert [f"{r['id']}: {n['target']}" for r in found for n in r["nodes"]] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        hidden = tool_of(page).evaluate(
            """tool => [...tool.querySelectorAll(".play-scroll")]
                .filter(part => part.scrollWidth > part.clientWidth).map(part => part.ariaLabel)"""
        )
        assert hidden == []  # nobody has to scroll sideways
        low = tool_of(page).evaluate(
            """tool => [...tool.querySelectorAll("button, select, input, [role=gridcell]")]
                .filter(target => target.offsetHeight < 44).map(target => target.outerHTML)"""
        )
        assert low == []


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_the_layers_are_a_table_in_either_width(site: Site, browser: Browser, width: int) -> None:
    with recorded(browser, width) as record:
        record.page.goto(site.page(CALCULATOR))
        table = record.page.get_by_role("table", name="From the image upwards, for one image")
        expect(table.get_by_role("columnheader")).to_have_text(
            ["writes", "parameters", "activations", "multiply-adds"]
        )
        expect(table.get_by_role("row").nth(4).get_by_role("cell")).to_have_text(
            ["100 × 150 × 100", "2,800", "1,500,000", "40,500,000"]
        )
