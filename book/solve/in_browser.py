"""An exercise, checked in the reader's browser as in the notebook: the same checks, the same hints.

The worker of the page (`book/_static/solve/worker.js`) calls `check` in Pyodide's Python, where the
files of the grader that it needs lie beside this one. Nothing here knows of the browser.
"""

import ast
import io
import json
import linecache
import re
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import asdict, dataclass, field
from functools import cache
from types import ModuleType
from typing import Any, Final

from oldest_python import parsed

from autograder.checks import MAX_SEEN, WrongAnswer
from autograder.notebook.relied_on import relied_on

YOURS: Final = "your answer"  # what the reader's code has for a file name
MOST_OUTPUT: Final = 10_000  # characters
MOST_LINES: Final = 3  # of those that an error came by
FROM_ABOVE: Final = (
    "This happened above: in the chapter, or in another answer that yours relies on."
)
# Lines that only a notebook runs, and what is said of them.
_NOTEBOOKS: Final = re.compile(r"\s*(%%?[a-z]|!|\?|[\w.]+\?+\s*$)")
_NOTEBOOKS_ONLY: Final = (
    "Lines that begin with % or !, or ask with ?, are for the notebook: leave them out here."
)
_AWAIT: Final = "'await' outside function"
_NO_AWAIT: Final = "`await` outside a function is for the notebook: leave it out here."


@dataclass(frozen=True)
class Verdict:
    """What became of an answer, in the notebook's words, and which lines of it an error came by."""

    kind: str  # right, wrong, stopped (with an error) or elsewhere (it needs a library)
    said: str = ""
    lines: list[str] = field(default_factory=list)


class Output(io.TextIOBase):
    """What the reader's code prints goes on to `write`, up to a limit."""

    def __init__(self, write: Callable[[str], object]) -> None:
        self._write = write
        self._left = MOST_OUTPUT

    def write(self, text: str) -> int:
        """Pass on what still fits; what is left out is said once."""
        if text and self._left >= 0:
            fits = len(text) <= self._left
            self._write(text if fits else f"{text[: self._left]}\n… and more.\n")
            self._left = self._left - len(text) if fits else -1
        return len(text)


def check(
    notebook: str, exercise: str, answers: Mapping[str, str], write: Callable[[str], object]
) -> str:
    """Run an answer and the visible checks of its exercise; return the `Verdict` as JSON.

    `notebook` is the text of a released notebook's file, `answers` has the reader's answers to its
    exercises, by name; `write` is given what they print.
    """
    with redirect_stdout(Output(write)) as output, redirect_stderr(output):
        verdict = _verdict(_cells(notebook), exercise, answers)
    return json.dumps(asdict(verdict))


def _no_input(_prompt: object = "") -> str:
    raise EOFError("input() cannot be answered here: take what you need as an argument")


def _display(*values: object) -> None:
    for value in values:
        print(repr(value))


@dataclass(frozen=True)
class _Cell:
    text: str
    exercise: str  # whose answer belongs here; empty for all other cells
    is_test: bool


@cache
def _cells(notebook: str) -> list[_Cell]:
    """Return the code cells of a notebook."""
    cells = []
    for cell in json.loads(notebook)["cells"]:
        if cell["cell_type"] == "code":
            mark = cell["metadata"].get("nbgrader", {})
            name = mark["grade_id"] if mark.get("solution") else ""
            is_test = bool(mark.get("grade")) and not name
            cells.append(_Cell("".join(cell["source"]), name, is_test))
    return cells


def _verdict(cells: list[_Cell], exercise: str, answers: Mapping[str, str]) -> Verdict:
    mine = next(place for place, cell in enumerate(cells) if cell.exercise == exercise)
    test = next(place for place, cell in enumerate(cells) if place > mine and cell.is_test)
    texts = [answers.get(cell.exercise, cell.text) for cell in cells[: test + 1]]
    linecache.cache[YOURS] = (0, None, texts[mine].split("\n"), YOURS)
    is_above = False
    try:
        with _main() as names:
            answer = parsed(texts[mine], YOURS)
            is_above = True
            for text in relied_on(texts, [mine, test]):
                exec(compile(text, "the chapter", "exec"), names)  # noqa: S102  (the course's own)
            is_above = False
            _run(answer, names)
            exec(compile(texts[test], "the check", "exec"), names)  # noqa: S102
    except WrongAnswer as wrong:
        cause = wrong.__cause__ or wrong.__context__
        if isinstance(cause, ModuleNotFoundError):  # imported in a function
            return Verdict("elsewhere", cause.name or str(cause))
        lines = _own_lines(wrong.__cause__) if wrong.__cause__ else []
        return Verdict("wrong", f"Not yet: {wrong}", lines)
    except ModuleNotFoundError as error:
        return Verdict("elsewhere", error.name or str(error))
    except BaseException as error:  # `exit()` too
        said = _said(error)
        if is_above:
            return Verdict("stopped", f"{said}\n{FROM_ABOVE}")
        if isinstance(error, SyntaxError) and error.filename == YOURS:
            return Verdict("stopped", said, _pointed_at(error))
        return Verdict("stopped", said, _own_lines(error))
    return Verdict("right")


@contextmanager
def _main() -> Iterator[dict[str, Any]]:
    """Give the names of an empty main module, as which code runs in a notebook."""
    before, main = sys.modules["__main__"], ModuleType("__main__")
    vars(main).update(input=_no_input, display=_display)
    sys.modules["__main__"] = main
    try:
        yield vars(main)
    finally:
        sys.modules["__main__"] = before


def _run(answer: ast.Module, names: dict[str, Any]) -> None:
    """Run the reader's code; an expression at its end is shown, as a notebook does."""
    shown = answer.body[-1:]
    if not shown or not isinstance(shown[0], ast.Expr):
        exec(compile(answer, YOURS, "exec"), names)  # noqa: S102  (the reader's own, at home)
        return
    before = ast.Module(answer.body[:-1], answer.type_ignores)
    exec(compile(before, YOURS, "exec"), names)  # noqa: S102
    value = eval(compile(ast.Expression(shown[0].value), YOURS, "eval"), names)  # noqa: S307
    if value is not None:
        print(repr(value))


def _own_lines(error: BaseException) -> list[str]:
    """Return the reader's own lines that an error came by, the one it happened in last."""
    frames = [each for each in traceback.extract_tb(error.__traceback__) if each.filename == YOURS]
    lines = dict.fromkeys(f"line {frame.lineno}: {frame.line}" for frame in frames)
    return list(lines)[-MOST_LINES:]


def _said(error: BaseException) -> str:
    """Return what is said of an error, shortened if it is long."""
    said = "".join(traceback.format_exception_only(error)).strip()
    if isinstance(error, SyntaxError):
        said = f"{type(error).__name__}: {error.msg}"
        if error.filename == YOURS and _NOTEBOOKS.match(error.text or ""):
            said = _NOTEBOOKS_ONLY
        elif error.msg == _AWAIT:
            said = _NO_AWAIT
    return said if len(said) <= MAX_SEEN else f"{said[:MAX_SEEN]} …"


def _pointed_at(error: SyntaxError) -> list[str]:
    """Return the line that is no Python, and below it a mark where."""
    if error.lineno is None:
        return []
    # What only the compiler finds (`return` outside a function) comes without its text.
    line = (error.text or linecache.getline(YOURS, error.lineno)).rstrip()
    start = f"line {error.lineno}: "
    indent = len(line) - len(line.lstrip())
    mark = " " * (len(start) + max(0, (error.offset or 1) - 1 - indent)) + "^"
    return [f"{start}{line.lstrip()}", mark]
