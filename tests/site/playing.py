"""The things to play with, as tests use them: their pages, fields and what they say."""

import itertools
import json
import math
from typing import Any

import numpy as np
from playwright.sync_api import Locator, Page

from tests.site.browsing import ROOT

# Each tool's page, and the scripts that it needs.
SCRIPTS = {
    "book/play-convolution": ["play.js", "hopper.js", "photo.js", "convolution.js"],
    "book/play-calculator": [
        "play.js",
        "stack.js",
        "account.js",
        "drawing.js",
        "bars.js",
        "calculator.js",
    ],
    "book/play-receptive-field": ["play.js", "stack.js", "receptive-field.js"],
    "book/play-block": ["play.js", "blocks.js", "block.js"],
}
CONVOLUTION, CALCULATOR, RECEPTIVE_FIELD, BLOCK = SCRIPTS
# The chapters with a tool where its thought arises, and what it says there at first.
IN_CHAPTERS = {
    "notebooks/q1/why-convolution": {
        CONVOLUTION: "Output, row 1, column 1",
        RECEPTIVE_FIELD: "spans 7 × 7 pixels",
    },
    "notebooks/q2/parameters-and-memory": {CALCULATOR: "903,400"},
    "notebooks/q3/out-of-memory": {CALCULATOR: "903,400"},
    "notebooks/q4/pooling-or-stride": {RECEPTIVE_FIELD: "spans 18 × 18 pixels"},
    "notebooks/q6/alexnet-to-xception": {BLOCK: "1,180,160 parameters"},
    "notebooks/q7/fully-convolutional": {CONVOLUTION: "Output, row 1, column 1"},
    "notebooks/q8/semantic-segmentation": {RECEPTIVE_FIELD: "225 of the 841 act on this unit"},
}
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


def group(page: Page, name: str) -> Locator:
    """The fields of the image or of one layer."""
    return tool_of(page).get_by_role("group", name=name, exact=True)


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
