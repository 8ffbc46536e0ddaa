"""The receptive field shown is the one of the chapter, and of a gradient."""

import re
from collections.abc import Callable, Iterator

import keras
import numpy as np
import pytest
import tensorflow as tf
from playwright.sync_api import Browser, Page, expect

from tests.site.browsing import WIDE, Site, recorded, skip_without_chromium
from tests.site.playing import (
    Q8,
    RECEPTIVE_FIELD,
    Axis,
    chapters_functions,
    choose,
    group,
    put,
    results,
    says,
    tool_of,
)

skip_without_chromium()


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
