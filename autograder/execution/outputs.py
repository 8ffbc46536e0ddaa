"""What cells show, put into the notebook: within bounds, and nothing that a browser would run.

Whoever reads an executed notebook, in formgrader for example, has it shown as a web page.
So only text, pictures and harmless HTML are kept of what a student's code displays.
"""

import json
import re
import time
from typing import Any

import autograder.lean_imports  # noqa: F401

# isort: split
from nbformat import NotebookNode
from nbgrader.preprocessors import LimitOutput

from autograder.execution.quota import Quota
from autograder.notebook import markup, notebooks, pictures
from autograder.task import ERROR_TEXT

KEPT = 20_000  # characters of a cell's text, when it has written more than allowed
MAX_CONTENT = 9 << 20  # bytes of one message; a shell sends less
_SHOWS = ("stream", "display_data", "execute_result", "error")
_BASE64 = re.compile(r"[A-Za-z0-9+/=\s]*")
_SURROGATES = re.compile("[\ud800-\udfff]")  # half characters, which no file can hold


def content(body: bytes) -> Any:
    """Return the plain data in a message of an untrusted process; None if it is malformed."""
    if len(body) > MAX_CONTENT:  # as data it could be ten times as large
        return {"kind": "stream", "content": {"cut": len(body)}}
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def text(value: Any) -> str:
    """Return a string that can be written to a file; for anything else an empty one."""
    return _SURROGATES.sub("\ufffd", value) if type(value) is str else ""


def shortened(notebook: NotebookNode) -> NotebookNode:
    """Return an executed notebook with as many lines of output as nbgrader keeps."""
    limited: NotebookNode = LimitOutput().preprocess(notebook, {})[0]
    return limited


class Outputs:
    """Collects the outputs of one notebook's cells, from messages of untrusted processes."""

    def __init__(self) -> None:
        self.quota = Quota()
        self.full_since: float | None = None  # when the current cell had written too much
        self._cell: NotebookNode | None = None
        self._clear_next = False
        self._displays: dict[str, list[NotebookNode]] = {}
        self._pictures = pictures.Pictures()

    def start(self, cell: NotebookNode) -> None:
        """Begin with a cell: the outputs it has are removed, and new ones go there."""
        cell.outputs = []
        self._cell = cell
        self.quota.start_cell()
        self.full_since, self._clear_next = None, False

    def close(self) -> None:
        """Keep what cells have shown so far: no later message can update it."""
        self._displays = {}

    def add(
        self, message: Any, only: tuple[str, ...] = _SHOWS, always: tuple[str, ...] = ("error",)
    ) -> None:
        """Take one output message, `{"kind", "content"}`; anything else is left out.

        `only` names the kinds of output that count. Sets `full_since` when a cell has written
        more than allowed; from then on only the kinds in `always` are kept.
        """
        if self._cell is None or type(message) is not dict:
            return
        kind, content = message.get("kind"), message.get("content")
        if type(content) is not dict:
            return
        shown = self._displays.get(_display_id(content), [])
        length = size(content) * (len(shown) if kind == "update_display_data" else 1)
        if self.quota.count(length):
            if self.full_since is None:
                self.full_since = time.monotonic()
                self._shorten(self._cell)
            if kind not in always:
                return
        self.quota.keep(length)
        if kind == "clear_output":
            self._clear_next = True
            if not content.get("wait"):
                self._clear()
        elif kind == "update_display_data":
            for output in shown:
                output["data"], output["metadata"] = self._data(content), _metadata(content)
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

    def _append(self, cell: NotebookNode, kind: str, content: dict[str, Any]) -> None:
        if kind == "stream":
            name = "stderr" if content.get("name") == "stderr" else "stdout"
            said = text(content.get("text"))
            last = cell.outputs[-1] if cell.outputs else None
            if last is not None and last.output_type == "stream" and last.name == name:
                last["text"] += said
            else:
                cell.outputs.append(notebooks.output("stream", name=name, text=said))
        elif kind == "error":
            lines = content.get("traceback")
            cell.outputs.append(
                notebooks.output(
                    "error",
                    ename=text(content.get("ename"))[:100],
                    evalue=text(content.get("evalue"))[:ERROR_TEXT],
                    traceback=[
                        text(line)[:ERROR_TEXT]
                        for line in (lines if type(lines) is list else [])[:100]
                    ],
                )
            )
        else:
            parts = {"data": self._data(content), "metadata": _metadata(content)}
            if kind == "execute_result":
                parts["execution_count"] = cell.execution_count
            shown = notebooks.output(kind, **parts)
            cell.outputs.append(shown)
            if _display_id(content):
                self._displays.setdefault(_display_id(content), []).append(shown)

    def _data(self, content: dict[str, Any]) -> dict[str, str]:
        """Return a display's data: plain text, pictures, and HTML without scripts and styles."""
        data = content.get("data")
        if type(data) is not dict:
            data = {}
        kept = {"text/plain": text(data["text/plain"])} if "text/plain" in data else {}
        if type(data.get("text/html")) is str:
            given = text(data["text/html"])
            html = markup.harmless(given)
            if html is not None:
                kept["text/html"] = html
                self.quota.keep(max(0, len(html) - len(given)))  # what was added to close it
        for kind in pictures.FORMATS:
            if type(data.get(kind)) is str and _BASE64.fullmatch(data[kind]):
                why_not = self._pictures.why_not(kind, data[kind])
                if why_not is None:
                    kept[kind] = data[kind]
                else:
                    kept["text/plain"] = f"[{why_not} was left out]"
        return kept or {"text/plain": ""}


def _display_id(content: dict[str, Any]) -> str:
    transient = content.get("transient")
    return text(transient.get("display_id")) if type(transient) is dict else ""


def _metadata(content: dict[str, Any]) -> dict[str, Any]:
    """Return the sizes of pictures in pixels, the one part of a display's metadata that is kept."""
    metadata = content.get("metadata")
    found: dict[str, Any] = {}
    for kind in pictures.FORMATS:
        given = metadata.get(kind) if type(metadata) is dict else None
        if type(given) is dict:
            sizes = {name: given.get(name) for name in ("width", "height")}
            found[kind] = {
                name: size
                for name, size in sizes.items()
                if type(size) is int and 0 < size <= pictures.MAX_SIDE
            }
    return found


def size(content: dict[str, Any]) -> int:
    """Return about how many characters a message holds."""
    cut = content.get("cut")  # that many were left out by the shell
    length = max(cut, 0) if type(cut) is int else 0
    waiting: list[Any] = [content]
    while waiting:
        part = waiting.pop()
        if isinstance(part, str):
            length += len(part)
        elif isinstance(part, dict | list):
            length += 8
            waiting += part
            waiting += part.values() if isinstance(part, dict) else ()
        else:
            length += 8
    return length
