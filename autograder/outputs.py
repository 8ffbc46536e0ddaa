"""What cells show, put into the notebook, and kept within bounds."""

import time
from typing import Any

from nbformat import NotebookNode

from autograder import notebooks
from autograder.execute import CELL_MESSAGES, CELL_OUTPUT, ERROR_TEXT

KEPT = 20_000  # characters of a cell's text, when it has written more than allowed
_SHOWS = ("stream", "display_data", "execute_result", "error")


class Outputs:
    """Collects the outputs of one notebook's cells, from messages nobody has to trust."""

    def __init__(self) -> None:
        self.written = 0  # characters kept of all cells together
        self.full_since: float | None = None  # when the current cell had written too much
        self._cell: NotebookNode | None = None
        self._cell_written = 0
        self._cell_messages = 0
        self._clear_next = False
        self._displays: dict[str, list[NotebookNode]] = {}

    def start(self, cell: NotebookNode) -> None:
        """Begin with a cell."""
        cell.outputs = []
        self._cell, self._cell_written, self._cell_messages = cell, 0, 0
        self.full_since, self._clear_next = None, False

    def add(self, message: Any, only: tuple[str, ...] = _SHOWS) -> None:
        """Take one output message, `{"kind", "content"}`; what is none is left out.

        `only` names the kinds of output that count. Sets `full_since` when a cell has written
        more than allowed; from then on only its error is kept.
        """
        if self._cell is None or type(message) is not dict:
            return
        kind, content = message.get("kind"), message.get("content")
        if type(content) is not dict:
            return
        size = _size(content) + (content["cut"] if type(content.get("cut")) is int else 0)
        self._cell_written += size
        self._cell_messages += 1
        if self._cell_written > CELL_OUTPUT or self._cell_messages > CELL_MESSAGES:
            if self.full_since is None:
                self.full_since = time.monotonic()
                self._shorten(self._cell)
            if kind != "error":
                return
        self.written += size
        if kind == "clear_output":
            self._clear_next = True
            if not content.get("wait"):
                self._clear()
        elif kind == "update_display_data":
            self._update(content)
        elif kind in only:
            self._clear()
            self._append(self._cell, kind, content)

    def _shorten(self, cell: NotebookNode) -> None:
        """Keep the beginning of what a cell wrote; nobody reads a flood."""
        for output in cell.outputs:
            if output.output_type == "stream" and len(output.text) > KEPT:
                output["text"] = output.text[:KEPT] + "\n[the rest was left out]\n"

    def _clear(self) -> None:
        if self._clear_next and self._cell is not None:
            self._cell.outputs = []
            self._clear_next = False

    def _update(self, content: dict[str, Any]) -> None:
        for output in self._displays.get(_display_id(content), []):
            output["data"], output["metadata"] = _data(content), _plain(content.get("metadata"))

    def _append(self, cell: NotebookNode, kind: str, content: dict[str, Any]) -> None:
        if kind == "stream":
            name = "stderr" if content.get("name") == "stderr" else "stdout"
            text = _text(content.get("text"))
            last = cell.outputs[-1] if cell.outputs else None
            if last is not None and last.output_type == "stream" and last.name == name:
                last["text"] += text
            else:
                cell.outputs.append(notebooks.output("stream", name=name, text=text))
        elif kind == "error":
            lines = content.get("traceback")
            cell.outputs.append(
                notebooks.output(
                    "error",
                    ename=_text(content.get("ename"))[:100],
                    evalue=_text(content.get("evalue"))[:ERROR_TEXT],
                    traceback=[
                        _text(line)[:ERROR_TEXT]
                        for line in (lines if type(lines) is list else [])[:100]
                    ],
                )
            )
        else:
            parts = {"data": _data(content), "metadata": _plain(content.get("metadata"))}
            if kind == "execute_result":
                parts["execution_count"] = cell.execution_count
            shown = notebooks.output(kind, **parts)
            cell.outputs.append(shown)
            if _display_id(content):
                self._displays.setdefault(_display_id(content), []).append(shown)


def _display_id(content: dict[str, Any]) -> str:
    transient = content.get("transient")
    return _text(transient.get("display_id")) if type(transient) is dict else ""


def _data(content: dict[str, Any]) -> dict[str, Any]:
    """Return a display's data: media types with text, or with JSON where the type says so."""
    data = content.get("data")
    return {
        kind: value
        for kind, value in (data.items() if type(data) is dict else [])
        if type(value) is str or kind.endswith("json")
    }


def _plain(value: Any) -> dict[str, Any]:
    return value if type(value) is dict else {}


def _text(value: Any) -> str:
    return value if type(value) is str else ""


def _size(content: Any) -> int:
    """Return about how many characters a message holds."""
    if isinstance(content, str):
        return len(content)
    if isinstance(content, dict):
        return sum(len(key) + _size(value) for key, value in content.items())
    if isinstance(content, list):
        return sum(_size(value) for value in content)
    return 8
