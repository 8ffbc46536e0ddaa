"""What is kept of what cells show, and what is kept always."""

from typing import Any

from nbformat import NotebookNode

from autograder.execution import outputs
from autograder.execution.outputs import Outputs
from autograder.notebook import notebooks
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
            data={"image/png": "aGk=", "image/jpeg": "x' onerror='attack()"},
            metadata={"image/png": {"width": 3, "height": "1 onerror=attack()"}},
        )
    )
    assert [(shown.data, shown.metadata) for shown in cell.outputs] == [
        ({"image/png": "aGk="}, {"image/png": {"width": 3}})
    ]
