"""The figures have one palette, `solutions/palette.toml`, which every reader can tell apart."""

import ast
import base64
import io
import re
import tomllib
from itertools import combinations

import numpy as np
import pytest
from nbformat import NotebookNode
from numpy.typing import NDArray
from PIL import Image

from tests.support.tiny_course import REPOSITORY

Array = NDArray[np.float64]

PALETTE = tomllib.loads((REPOSITORY / "solutions/palette.toml").read_text(encoding="utf-8"))
INK: dict[str, str] = PALETTE["ink"]
ALL: dict[str, str] = INK | PALETTE["fill"]
HEX = re.compile(r"#[0-9a-fA-F]{3,8}")
STYLE = (REPOSITORY / "book/_static/custom.css").read_text(encoding="utf-8")

# What is left of the three primary colours, in linear light, for eyes that lack one kind of cones:
# Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color Vision
# Deficiency", 2009, severity 1.
ALL_CONES = "1 0 0  0 1 0  0 0 1"
NO_RED = "0.152286 1.052583 -0.204868  0.114503 0.786281 0.099216  -0.003882 -0.048116 1.051998"
NO_GREEN = "0.367322 0.860646 -0.227968  0.280085 0.672501 0.047413  -0.01182 0.04294 0.968881"
NO_BLUE = "1.255528 -0.076749 -0.178779  -0.078411 0.930809 0.147602  0.004733 0.691367 0.3039"
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


def rgb(colour: str) -> Array:
    """A colour's red, green and blue, from 0 to 1."""
    return np.array([int(colour[place : place + 2], 16) for place in (1, 3, 5)]) / 255


def linear(colour: Array) -> Array:
    """The amounts of light of an sRGB colour."""
    return np.where(colour <= 0.04045, colour / 12.92, ((colour + 0.055) / 1.055) ** 2.4)


def lab(light: Array) -> Array:
    """Light as CIELAB, in which equal distances look about equal."""
    xyz = TO_XYZ @ light.clip(0, 1) / TO_XYZ.sum(axis=1)
    x, y, z = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def contrast(one: Array, other: Array) -> float:
    """The contrast of two sRGB colours, from 1 to 21, as WCAG has it."""
    dark, light = sorted(float(TO_XYZ[1] @ linear(each)) for each in (one, other))
    return (light + 0.05) / (dark + 0.05)


def in_dark_mode(colour: Array) -> Array:
    """What the site's filter makes of a colour: CSS's `invert` and `hue-rotate(180deg)`."""
    found = re.search(r"--course-on-dark: invert\(([\d.]+)\) hue-rotate\(180deg\);", STYLE)
    assert found, "custom.css turns figures round in another way: say here in which"
    inverted = colour * (1 - 2 * float(found[1])) + float(found[1])
    grey = np.array([0.213, 0.715, 0.072])
    return np.clip(2 * (grey @ inverted) - inverted, 0, 1)


def colours(notebook: NotebookNode) -> tuple[dict[str, str], list[str]]:
    """The colours to which a notebook's code gives names, and those that have none."""
    named: dict[str, str] = {}
    written: list[str] = []
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        for node in ast.walk(ast.parse(cell.source)):
            if isinstance(node, ast.Constant) and HEX.fullmatch(str(node.value)):
                written.append(str(node.value))
            if isinstance(node, ast.Assign):
                target, pairs = node.targets[0], [(node.targets[0], node.value)]
                if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                    pairs = list(zip(target.elts, node.value.elts, strict=True))
                for name, value in pairs:
                    if isinstance(value, ast.Constant) and HEX.fullmatch(str(value.value)):
                        named[ast.unparse(name)] = str(value.value)
    return named, sorted({*written} - {*named.values()})


def test_a_notebook_draws_with_the_palette(source: NotebookNode) -> None:
    named, others = colours(source)
    assert named.items() <= ALL.items()
    assert named, "a chapter without a figure"
    assert others == []


def hues(colour: Image.Image) -> NDArray[np.uint8]:
    """The hues of a picture's pixels that have one, in 256ths of the circle."""
    hue, saturation, value = np.asarray(colour.convert("HSV")).reshape(-1, 3).T
    return hue[(saturation > 64) & (value > 64)]


def foreign(drawn: Image.Image) -> float:
    """The share of a picture's pixels whose hue is of no colour in the palette."""
    own = [hues(Image.new("RGB", (1, 1), colour)) for colour in INK.values()]
    near = np.concatenate(own).astype(int)
    apart = np.abs(hues(drawn).astype(int)[:, None] - near[None, :])
    far = np.minimum(apart, 256 - apart).min(axis=1, initial=256) > 10  # 14 degrees
    return float(far.sum() / (drawn.width * drawn.height))


def test_no_picture_has_another_hue(source: NotebookNode) -> None:
    """However a colour came into it: by its own name, a map of colours or a library's habit."""
    pictures = [
        Image.open(io.BytesIO(base64.b64decode(output.data["image/png"]))).convert("RGB")
        for cell in source.cells
        for output in cell.get("outputs", [])
        if "image/png" in output.get("data", {})
    ]
    assert pictures
    assert max(map(foreign, pictures)) < 0.0005


def test_another_hue_would_be_seen() -> None:
    picture = Image.new("RGB", (100, 100), "white")
    picture.paste(INK["OCHRE"], (0, 0, 50, 50))
    assert foreign(picture) == 0
    picture.paste("#7d3c98", (0, 0, 3, 3))
    assert foreign(picture) == pytest.approx(0.0009)


@pytest.mark.parametrize("name", INK)
def test_words_can_be_read_on_both_grounds(name: str) -> None:
    white, colour = rgb("#ffffff"), rgb(INK[name])
    assert contrast(colour, white) >= 4.5
    assert contrast(in_dark_mode(colour), in_dark_mode(white)) >= 4.5


@pytest.mark.parametrize("eye", [ALL_CONES, NO_RED, NO_GREEN, NO_BLUE])
def test_colours_are_told_apart(eye: str) -> None:
    cones = np.reshape([*map(float, eye.split())], (3, 3))
    seen = {name: lab(cones @ linear(rgb(colour))) for name, colour in INK.items()}
    distances = {
        (one, other): float(np.linalg.norm(seen[one] - seen[other]))
        for one, other in combinations(INK, 2)
    }
    assert min(distances.values()) >= 20, distances
