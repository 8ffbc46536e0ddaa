"""The test process: it runs the tests, confined as well, and holds no code of the student's.

It runs the lesson's cells, so that it has what the tests build on, and the test cells as
they are. The names that are the student's to define it asks the student's process for (`names`).
"""

import inspect
from pathlib import Path
from types import FunctionType
from typing import Any

from autograder.sandbox.caller import TestSide
from autograder.sandbox.child import Setting, read, say, shell_for
from autograder.sandbox.names import Borrowed, Names
from autograder.sandbox.peer import Peer
from autograder.sandbox.protocol import DONE, RUN
from autograder.sandbox.proxy import Proxy
from autograder.sandbox.shell import Done, Shell
from autograder.sandbox.wire import Disconnected, Link, WireError


def main(link: Link, setting: Setting) -> None:
    """Run cells for the coordinator, and ask for answers, until it closes the link."""
    names = Names()
    shell = shell_for(link, setting, names)
    lesson: dict[str, Any] = {}  # functions and classes that the student's process has, too
    caller = TestSide(Path(setting["scratch"], "work"))
    peer = Peer(link, shared=lambda: lesson, caller=caller)
    caller.names = borrowed = Borrowed(
        names, lambda wanted: peer.ask({"do": "names", "names": wanted})
    )
    _show_sources()
    while True:
        message = link.receive()
        if message.kind != RUN:
            raise WireError("not a cell")
        task = read(message)
        link.interrupts.reset()
        caller.common = task["common"]
        caller.testing = task["test"]
        done: Done | None = None
        if task["test"]:
            caller.lesson = [name for name, value in lesson.items() if isinstance(value, type)]
            caller.watched.note()
            caller.seeds.watch()
            wanted = borrowed.test(task["gives"], task["mentions"], task["answers"], task["common"])
            done = _fetch(borrowed, shell, wanted, link)
        else:
            borrowed.lesson(task["gives"], task["common"])
        done = done or shell.run(task["source"], task["test"])
        if task["test"]:
            borrowed.test_done(done["ok"])
            caller.testing = False
        else:
            lesson.update(_definitions(names))
            borrowed.lesson_done(done["ok"])
        say(link, DONE, done)


def _fetch(borrowed: Borrowed, shell: Shell, names: list[str], link: Link) -> Done | None:
    """Fetch the student's values of these names; return the error, if it fails."""
    try:
        link.interrupts.during(lambda: borrowed.take(names))
    except (Disconnected, WireError):
        raise
    except (
        BaseException
    ) as error:  # of the other process, where the student's objects may do anything
        return shell.failed(error)
    return None


def _show_sources() -> None:
    """Let `inspect.getsource` show the source of the student's functions, as they say it is."""
    module: Any = inspect
    own = module.getsource

    def getsource(target: Any) -> str:
        """Return the text of the source code of an object."""
        if not issubclass(type(target), Proxy):
            return str(own(target))
        told = target._ask({"do": "special", "on": target._number, "name": "source"})
        if type(told) is not str:
            raise OSError("could not get source code")
        return told

    module.getsource = getsource


def _definitions(names: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value
        for name, value in list(dict.items(names))
        if isinstance(value, FunctionType | type) and value.__module__ == "__main__"
    }
