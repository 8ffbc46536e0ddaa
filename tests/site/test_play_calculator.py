"""The calculator counts parameters and memory as the chapters and Keras do."""

import math
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import keras
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.site.browsing import NARROW, WIDE, Site, recorded, skip_without_chromium
from tests.site.playing import (
    CALCULATOR,
    Q1,
    Q2,
    chapters_functions,
    group,
    lines,
    printed,
    put,
    results,
    says,
    tool_of,
)

skip_without_chromium()


@pytest.fixture(scope="module")
def chapter() -> dict[str, Any]:
    """The functions of question 2."""
    return chapters_functions(Q2)


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


def test_bars_and_boxes_follow_the_numbers(opened: Callable[[str], Page]) -> None:
    page = opened(CALCULATOR)
    put(tool_of(page), {"images in a training step": 7})
    said = tool_of(page).locator(".play-amount").all_inner_texts()
    amounts = [float(text.split(" MB")[0]) for text in said]
    rows = lines(tool_of(page).get_by_role("table").last)
    training = {name: float(megabytes) for name, _, megabytes, _ in rows}
    assert len(amounts) == 5
    assert sum(amounts) == pytest.approx(training["+ gradients + slots of Adam"], abs=0.3)
    boxes = page.locator(".play-drawing rect")
    expect(boxes).to_have_count(4)
    heights = [float(str(box.get_attribute("height"))) for box in boxes.all()]
    assert heights == sorted(heights, reverse=True)
    depths = [float(str(box.get_attribute("width"))) for box in boxes.all()]
    assert depths == sorted(depths)
    tool_of(page).get_by_role("button", name="Remove layer 3").click()
    expect(boxes).to_have_count(3)
    expect(page.get_by_role("img", name="The image and 2 layers")).to_be_visible()
