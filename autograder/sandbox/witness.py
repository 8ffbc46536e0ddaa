"""The student's process: it runs the student's code, confined, and holds no test.

It runs the cells it is given and answers the test process's questions about the names they define.
What it says is believed only as far as any answer of a student is.
"""

from typing import Any

from autograder.sandbox.child import Setting, read, say, shell_for
from autograder.sandbox.peer import Peer
from autograder.sandbox.protocol import ASK, DONE, RUN
from autograder.sandbox.wire import Link, WireError


def main(link: Link, setting: Setting) -> None:
    """Serve until the other end closes."""
    shell = shell_for(link, setting)

    def fetch(names: list[str]) -> dict[str, Any]:
        return {name: peer.portable(shell.names[name]) for name in names if name in shell.names}

    peer = Peer(link, trusting=True, shared=lambda: shell.names, fetch=fetch)
    while True:
        message = link.receive()
        link.missed = False
        if message.kind == RUN:
            say(link, DONE, shell.run(read(message)["source"]))
        elif message.kind == ASK:
            shell.running = True
            peer.serve(message.body)
            shell.running = False
            shell.flush()
        else:
            raise WireError("neither a cell nor a question")
