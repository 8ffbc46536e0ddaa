"""The student's process: it runs the student's code, confined, and holds no test.

It runs the cells it is given and answers the test process's questions about the names they define.
What it says is believed only as far as any answer of a student is.
"""

from pathlib import Path

from autograder.sandbox.called import StudentSide
from autograder.sandbox.child import Setting, read, say, shell_for
from autograder.sandbox.peer import Peer
from autograder.sandbox.protocol import ASK, DONE, RUN
from autograder.sandbox.wire import Link, WireError


def main(link: Link, setting: Setting) -> None:
    """Run cells and answer questions for the coordinator until it closes the link."""
    shell = shell_for(link, setting)
    called = StudentSide(shell.names, Path(setting["scratch"], "work"))
    peer = Peer(link, shared=lambda: shell.names, called=called)
    called.references, called.ask, called.portable = peer.references, peer.ask, peer.portable
    while True:
        message = link.receive()
        link.interrupts.reset()
        if message.kind == RUN:
            say(link, DONE, shell.run(read(message)["source"]))
        elif message.kind == ASK:
            peer.serve(message.body)
            shell.flush()
        else:
            raise WireError("neither a cell nor a question")
