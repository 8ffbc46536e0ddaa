"""What attacks on the grader's own processes aim at, found in the student's process.

The names come from the grader, so that an attack does not miss in silence when something
is called differently: test_targets.py asserts that all of it is there.
"""

from autograder.sandbox import wire
from autograder.sandbox.peer import Peer
from autograder.sandbox.wire import Link

WIRE = wire.__name__
LINK, PEER = Link.__name__, Peer.__name__

# On a grader without these all three are None, and `frame` does nothing.
FIND = f"""\
import gc, json, struct, sys, threading, time
wire = sys.modules.get("{WIRE}")
link = next((each for each in gc.get_objects() if type(each).__name__ == "{LINK}"), None)
peer = next((each for each in gc.get_objects() if type(each).__name__ == "{PEER}"), None)

def frame(kind, body):
    if link is not None:
        link._socket.sendall(struct.pack(">cI", kind, len(body)) + body)

done = json.dumps({{"ok": True, "ename": "", "evalue": "", "line": None, "seconds": 0}}).encode()
"""

# What the attacks replace, call or write to, once they have these.
AIMED_AT = (
    "link._socket.sendall",
    "link.send",
    "peer.ask",
    "peer.serve",
    "peer._answer",
    "peer._references.describe",
    "wire.encode",
    f"wire.{LINK}.receive",
)
