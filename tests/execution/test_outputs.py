"""What is kept of what cells show, and what is kept always."""

import base64
import struct
import zlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbformat import NotebookNode

from autograder.execution import outputs
from autograder.execution.outputs import Outputs
from autograder.notebook import notebooks, pictures
from autograder.task import CELL_OUTPUT


def started() -> tuple[Outputs, NotebookNode]:
    """Return a collector at the beginning of a cell."""
    collector, cell = Outputs(), notebooks.code_cell("1", {})
    collector.start(cell)
    return collector, cell


def message(kind: str, **content: Any) -> dict[str, Any]:
    """Return an output message."""
    return {"kind": kind, "content": content}


def test_a_flood_does_not_wash_away_the_result_of_a_test() -> None:
    """Partial credit is the last value of a test: without it the test would have full marks."""
    collector, cell = started()
    collector.add(message("stream", name="stdout", text="x" * (CELL_OUTPUT + 1)))
    assert collector.full_since is not None
    result = message("execute_result", data={"text/plain": "0.5"})
    collector.add(result)
    assert cell.outputs == []
    collector.add(result, always=("error", "execute_result"))
    assert [output.data["text/plain"] for output in cell.outputs] == ["0.5"]


def test_a_result_that_cannot_be_shown_is_still_there() -> None:
    collector, cell = started()
    collector.add(message("execute_result", data={"text/javascript": "1"}))
    collector.add(message("execute_result"))
    assert [output.data for output in cell.outputs] == [{"text/plain": ""}] * 2


def test_one_update_of_many_displays_counts_for_each() -> None:
    collector, _ = started()
    for _ in range(100):
        collector.add(message("display_data", data={}, transient={"display_id": "a"}))
    collector.add(
        message(
            "update_display_data",
            data={"text/plain": "x" * (CELL_OUTPUT // 50)},
            transient={"display_id": "a"},
        )
    )
    assert collector.full_since is not None


def test_sizes_are_never_negative() -> None:
    collector, _ = started()
    collector.add(message("stream", text="x", cut=-(10**9)))
    assert collector.quota._kept > 0


def test_a_huge_message_is_not_read() -> None:
    body = b"[" + b"[]," * (outputs.MAX_CONTENT // 3) + b"[]]"
    collector, cell = started()
    collector.add(outputs.content(body))
    assert collector.full_since is not None
    assert cell.outputs == []
    assert outputs.content(b"[" * 100_000) is None
    assert outputs.content(b"\xff") is None


def test_pictures_are_pictures() -> None:
    collector, cell = started()
    collector.add(
        message(
            "display_data",
            data={"image/png": PNG, "image/jpeg": "x' onerror='attack()"},
            metadata={"image/png": {"width": 3, "height": "1 onerror=attack()"}},
        )
    )
    assert [(shown.data, shown.metadata) for shown in cell.outputs] == [
        ({"image/png": PNG}, {"image/png": {"width": 3}})
    ]


def png(width: int, height: int) -> str:
    """Return the beginning of a picture that says it has so many pixels, in base64."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", b""))
    chunks = [
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts
    ]
    return base64.b64encode(b"\x89PNG\r\n\x1a\n" + b"".join(chunks)).decode()


PNG = png(640, 480)


@pytest.mark.parametrize(
    ("picture", "said"),
    [
        (png(30_000, 30_000), "[a picture of too many pixels was left out]"),
        (png(10_001, 1), "[a picture of 10,001 × 1 pixels was left out]"),
        (png(9_000, 9_000), "[a picture of 9,000 × 9,000 pixels was left out]"),
        (png(0, 0), "[a picture that cannot be read was left out]"),
        ("aGk=", "[a picture that cannot be read was left out]"),
        ("", "[a picture that cannot be read was left out]"),
        ("A", "[a picture that cannot be read was left out]"),
    ],
)
def test_a_picture_no_browser_should_unpack_is_left_out(picture: str, said: str) -> None:
    collector, cell = started()
    collector.add(message("display_data", data={"text/plain": "<Figure>", "image/png": picture}))
    (shown,) = cell.outputs
    assert shown.data == {"text/plain": said}


def test_pictures_are_left_out_when_they_are_too_many() -> None:
    collector, cell = started()
    whole = pictures.MAX_IN_ALL // pictures.MAX_PIXELS
    for _ in range(whole + 1):
        collector.add(message("display_data", data={"image/png": png(5_000, 5_000)}))
    collector.add(message("display_data", data={"image/png": png(1, 1)}))
    shown = ["image/png" in each.data for each in cell.outputs]
    assert shown == [True] * whole + [False, False]
    said = "[a picture beyond 250,000,000 pixels in all was left out]"
    assert cell.outputs[-1].data == {"text/plain": said}


@given(st.binary(max_size=200))
def test_a_broken_picture_raises_nothing(rest: bytes) -> None:
    for kind, beginning in (
        ("image/png", base64.b64decode(PNG)),
        ("image/jpeg", b"\xff\xd8\xff"),
        ("image/gif", b"GIF89a"),
    ):
        pictures.Pictures().why_not(kind, base64.b64encode(beginning + rest).decode())
