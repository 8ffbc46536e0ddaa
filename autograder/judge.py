"""The process that runs the tests: sealed, and without any of the student's code.

It runs the lesson's cells, so that it has what the tests build on, and the test cells as
they are. The names that are the student's to define it asks the witness for, each time.
"""

import ast
import builtins
import signal
from types import FunctionType
from typing import Any

from autograder.child import DONE, RUN, Setting, read, say, shell_for
from autograder.remote import End
from autograder.wire import Link, WireError


def main(link: Link, setting: Setting) -> None:
    """Serve until the other end closes."""
    shell = shell_for(link, setting)
    lesson: dict[str, Any] = {}  # functions and classes that the witness has, too
    asked: set[str] = set()
    end = End(link, trusting=False, shared=lambda: lesson)

    def interrupted(_number: int, _frame: object) -> None:
        if shell.running:
            raise KeyboardInterrupt

    signal.signal(signal.SIGINT, interrupted)
    while True:
        message = link.receive()
        if message.kind != RUN:
            raise WireError("not a cell")
        task = read(message)
        if task["test"]:
            asked |= set(task["answers"])
            wanted = mentioned(shell.transformed(task["source"]))
            names = [name for name in wanted if name in asked or name not in shell.names]
            asked |= set(names)
            for name in names:
                shell.names.pop(name, None)
            if names:
                found = end.ask({"do": "names", "names": names})
                shell.names.update({name: found[name] for name in names if name in found})
        say(link, DONE, shell.run(task["source"]))
        if not task["test"]:
            lesson.update(_definitions(shell.names))


def mentioned(source: str) -> list[str]:
    """Return the names that a piece of Python uses, in order, Python's own left out.

    Text that is no Python has none.
    """
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return []
    names = [
        node.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    ]
    return [name for name in dict.fromkeys(names) if not hasattr(builtins, name)]


def _definitions(names: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value
        for name, value in names.items()
        if isinstance(value, FunctionType | type) and value.__module__ == "__main__"
    }
