"""The block explorer counts as Keras does, and draws what it counts."""

from collections.abc import Iterator

import keras
import pytest
from keras import layers
from playwright.sync_api import Browser, Page, expect

from tests.site.browsing import WIDE, Site, recorded, skip_without_chromium
from tests.site.playing import BLOCK, says

skip_without_chromium()


def conv(maps: keras.KerasTensor, kernel: int, filters: int) -> keras.KerasTensor:
    """Return the maps after a convolution that keeps their size."""
    return layers.Conv2D(filters, kernel, padding="same")(maps)


def plain(maps: keras.KerasTensor, c: int) -> keras.KerasTensor:
    return conv(conv(maps, 3, c), 3, c)


def inception(maps: keras.KerasTensor, c: int) -> keras.KerasTensor:
    branches = [
        conv(maps, 1, c // 4),
        conv(conv(maps, 1, 3 * c // 8), 3, c // 2),
        conv(conv(maps, 1, c // 16), 5, c // 8),
        conv(layers.MaxPooling2D(3, 1, padding="same")(maps), 1, c // 8),
    ]
    return layers.Concatenate()(branches)


def residual(maps: keras.KerasTensor, c: int) -> keras.KerasTensor:
    return layers.Add()([maps, plain(maps, c)])


def bottleneck(maps: keras.KerasTensor, c: int) -> keras.KerasTensor:
    return layers.Add()([maps, conv(conv(conv(maps, 1, c // 4), 3, c // 4), 1, c)])


def squeeze_and_excitation(maps: keras.KerasTensor, c: int) -> keras.KerasTensor:
    maps = plain(maps, c)
    gate = layers.GlobalAveragePooling2D(keepdims=True)(maps)
    gate = layers.Dense(c, activation="sigmoid")(layers.Dense(c // 16, activation="relu")(gate))
    return layers.Multiply()([maps, gate])


def depthwise_separable(maps: keras.KerasTensor, c: int) -> keras.KerasTensor:
    for _ in range(2):
        maps = layers.SeparableConv2D(c, 3, padding="same")(maps)
    return maps


BLOCKS = {
    "plain": plain,
    "Inception": inception,
    "residual": residual,
    "bottleneck": bottleneck,
    "squeeze-and-excitation": squeeze_and_excitation,
    "depthwise separable": depthwise_separable,
}


def work(layer: keras.Layer) -> int:
    """Return the multiply-adds of a layer, from the shapes that Keras gives it."""
    height, width = layer.output.shape[1:3] if layer.output.ndim == 4 else (1, 1)
    if isinstance(layer, layers.SeparableConv2D):
        weights = layer.depthwise_kernel.shape.num_elements() + (
            layer.pointwise_kernel.shape.num_elements()
        )
    elif isinstance(layer, layers.Conv2D | layers.Dense):
        weights = layer.kernel.shape.num_elements()
    else:
        return 0
    return int(weights * height * width)


@pytest.fixture(scope="module")
def page(site: Site, browser: Browser) -> Iterator[Page]:
    """The explorer's page."""
    with recorded(browser, WIDE) as record:
        record.page.goto(site.page(BLOCK))
        yield record.page
        assert record.complaints == []


def chosen(page: Page, block: str, channels: int, side: int) -> list[list[str]]:
    """Choose a block; return the table's rows, the last of which sums up."""
    page.get_by_label("block").select_option(block)
    page.get_by_label("channels").select_option(str(channels))
    page.get_by_label("height and width").select_option(str(side))
    rows = page.locator(".play table tbody tr, .play table tfoot tr").all()
    return [row.locator("th, td").all_inner_texts() for row in rows]


@pytest.mark.parametrize(("channels", "side"), [(16, 7), (256, 28), (512, 14)])
@pytest.mark.parametrize("block", BLOCKS)
def test_it_counts_as_keras_does(page: Page, block: str, channels: int, side: int) -> None:
    image = keras.Input((side, side, channels))
    model = keras.Model(image, BLOCKS[block](image, channels))
    assert model.output.shape[1:] == (side, side, channels)
    *rows, together = chosen(page, block, channels, side)
    assert together == [
        "together",
        "",
        f"{model.count_params():,}",
        f"{sum(map(work, model.layers)):,}",
    ]
    for column in (2, 3):
        numbers = [int(row[column].replace(",", "")) for row in rows]
        assert f"{sum(numbers):,}" == together[column]


def test_it_is_compared_with_two_plain_convolutions(page: Page) -> None:
    numbers = {}
    for block in BLOCKS:
        *_, together = chosen(page, block, 128, 14)
        numbers[block] = [int(number.replace(",", "")) for number in together[2:]]
        if block != "plain":
            parameters, own_work = (
                f"{100 * own / plain_one:.1f}%"
                for own, plain_one in zip(numbers[block], numbers["plain"], strict=True)
            )
            expect(says(page)).to_contain_text(f"{parameters} of two plain")
            expect(says(page)).to_contain_text(f"{own_work} of their work")


def test_it_draws_what_it_counts(page: Page) -> None:
    for block in BLOCKS:
        *rows, _ = chosen(page, block, 64, 28)
        drawing = page.locator(".play-block-picture")
        expect(drawing.locator("rect.play-layer")).to_have_count(len(rows))
        told = drawing.get_attribute("aria-label")
        assert told
        for row in rows:
            assert row[0] in told
