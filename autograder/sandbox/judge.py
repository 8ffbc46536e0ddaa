"""The test process: it runs the tests, confined as well, and holds no code of the student's.

It runs the lesson's cells, so that it has what the tests build on, and the test cells as
they are. The names that are the student's to define it asks the student's process for, each time.
"""

import ast
import builtins
import symtable
from types import FunctionType
from typing import Any

from autograder.sandbox.child import Setting, read, say, shell_for
from autograder.sandbox.peer import Peer
from autograder.sandbox.protocol import DONE, RUN
from autograder.sandbox.shell import Done, Shell
from autograder.sandbox.wire import Disconnected, Link, WireError


def main(link: Link, setting: Setting) -> None:
    """Serve until the other end closes."""
    shell = shell_for(link, setting)
    lesson: dict[str, Any] = {}  # functions and classes that the student's process has, too
    asked: set[str] = set()
    peer = Peer(link, trusting=False, shared=lambda: lesson)
    while True:
        message = link.receive()
        if message.kind != RUN:
            raise WireError("not a cell")
        task = read(message)
        link.missed = False
        source = shell.transformed(task["source"])
        own = bound(source) - set(task["answers"])  # the names it gives a value itself
        done: Done | None = None
        if task["test"]:
            asked |= set(task["answers"])
            names = [
                name
                for name in mentioned(source)
                if name in asked or (name not in shell.names and name not in own)
            ]
            asked |= set(names)
            done = _fetch(peer, shell, names)
        done = done or shell.run(task["source"])
        say(link, DONE, done)
        if done["ok"]:
            asked -= own
        if not task["test"]:
            lesson.update(_definitions(shell.names))


def _fetch(peer: Peer, shell: Shell, names: list[str]) -> Done | None:
    """Put the student's values of these names into the shell; return the error, if it fails."""
    for name in names:
        shell.names.pop(name, None)
    if not names:
        return None
    try:
        found = peer.ask({"do": "names", "names": names})
        shell.names.update({name: found[name] for name in names if name in found})
    except (Disconnected, WireError):
        raise
    except (
        BaseException
    ) as error:  # of the other process, where the student's objects may do anything
        return shell.failed(error)
    return None


def mentioned(source: str) -> list[str]:
    """Return the names that a piece of Python uses, in order, Python's own left out.

    Text with a syntax error has none.
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


def bound(source: str) -> set[str]:
    """Return the names that a piece of Python gives a value at its top level.

    Text with a syntax error has none.
    """
    try:
        symbols = symtable.symtable(source, "cell", "exec").get_symbols()
    except SyntaxError:
        return set()
    return {each.get_name() for each in symbols if each.is_assigned() or each.is_imported()}


def _definitions(names: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value
        for name, value in names.items()
        if isinstance(value, FunctionType | type) and value.__module__ == "__main__"
    }
