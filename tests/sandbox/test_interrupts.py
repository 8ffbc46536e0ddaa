"""An interrupt may come at any moment of a conversation, and it goes on.

Python looks for signals between instructions. Here one comes before each of them in turn, which is
more often than Python would look.
"""

import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from autograder.sandbox import caller, wire
from autograder.sandbox.called import StudentSide
from autograder.sandbox.interrupts import Interrupts
from autograder.sandbox.names import Borrowed, Names
from autograder.sandbox.peer import Peer
from autograder.sandbox.protocol import ANSWER, ASK, OUTPUT
from autograder.sandbox.wire import Link

SANDBOX = str(Path(wire.__file__).parent)
OF_VALUES = ("_Writer.", "_Reader.")  # many instructions, all between the same two of `serve`


@contextmanager
def interrupted_at(place: int, interrupts: Interrupts) -> Iterator[Callable[[], bool]]:
    """Interrupt before the sandbox's own instruction of this number; yield whether there is one."""
    seen = 0

    def trace(frame: FrameType, event: str, _: object) -> Any:
        nonlocal seen
        code = frame.f_code
        if not code.co_filename.startswith(SANDBOX) or code.co_qualname.startswith(OF_VALUES):
            return None
        frame.f_trace_opcodes = True
        if event == "opcode":
            seen += 1
            if seen == place:
                sys.settrace(None)
                interrupts.handle(2, frame)
        return trace

    before = sys.gettrace()
    sys._getframe().f_trace_opcodes = True  # else 3.12 tells of no instruction the first time
    sys.settrace(trace)
    try:
        yield lambda: seen >= place
    finally:
        sys.settrace(before)


def at_each_instruction(once: Callable[[int], bool]) -> None:
    """Call `once` with the places 1, 2, 3, … until it says that there was none so far on."""
    place = 1
    while once(place):
        place += 1
    assert place > 300  # it was not interrupted nowhere


@pytest.fixture
def ends() -> Iterator[tuple[Link, Link]]:
    ours, theirs = socket.socketpair()
    ours.settimeout(30)
    theirs.settimeout(30)
    yield Link(ours), Link(theirs)
    ours.close()
    theirs.close()


def asked(what: dict[str, Any]) -> bytes:
    return wire.encode(what, lambda value: value)


def told(body: bytes) -> dict[str, Any]:
    found: dict[str, Any] = wire.decode(body, lambda value: value)
    return found


def test_each_question_has_one_answer(ends: tuple[Link, Link], tmp_path: Path) -> None:
    """Streams are as before, and what was printed until then is there."""
    link, other = ends
    names: dict[str, Any] = {}
    called = StudentSide(names, tmp_path)
    peer = Peer(link, shared=lambda: names, called=called)
    called.references, called.ask, called.portable = peer.references, peer.ask, peer.portable
    names["double"] = lambda number: print("doubles") or 2 * number
    other.send(ASK, asked({"do": "names", "names": ["double"]}))
    peer.serve(link.receive().body)
    number = told(other.receive().body)["value"]["double"]["number"]
    stdout = sys.stdout

    ends_seen = set()

    def once(place: int) -> bool:
        call = {"do": "call", "on": number, "args": [place], "kwargs": {}}
        body = asked(call | {"around": {"streams": ["stdout"]}})
        with interrupted_at(place, link.interrupts) as was_there:
            peer.serve(body)
        assert sys.stdout is stdout
        link.interrupts.reset()
        message = other.receive()
        assert message.kind == ANSWER
        answer = told(message.body)
        ends_seen.add("error" in answer)
        if "error" in answer:
            assert answer["error"]["base"] == "KeyboardInterrupt"
        else:
            assert answer["value"] == 2 * place
            assert answer["along"]["printed"] == [["stdout", "doubles\n"]]
        return was_there()

    at_each_instruction(once)
    assert ends_seen == {True, False}


def test_each_answer_is_that_to_the_last_question(ends: tuple[Link, Link], tmp_path: Path) -> None:
    """Left between the two, a test would take the answer for the one to its next question."""
    link, other = ends
    side = caller.TestSide(tmp_path)
    peer = Peer(link, shared=dict, caller=side)
    side.names = Borrowed(Names(), lambda _: {})
    side.testing = True

    def echo() -> None:
        """Answer with the argument, until the other end closes."""
        while True:
            try:
                question = told(other.receive().body)
            except wire.Disconnected:
                return
            other.send(ANSWER, asked({"value": question["args"][0]}))

    answering = threading.Thread(target=echo)
    answering.start()

    def ask(number: int) -> Any:
        return peer.ask({"do": "call", "on": 1, "args": [number], "kwargs": {}})

    def once(place: int) -> bool:
        raised = False
        with interrupted_at(place, link.interrupts) as was_there:
            try:
                assert link.interrupts.during(lambda: ask(place)) == place
            except KeyboardInterrupt:
                raised = True
        link.interrupts.reset()
        assert ask(-place) == -place
        return was_there() or raised

    try:
        at_each_instruction(once)
    finally:
        link.close()
        answering.join(30)


def test_an_output_is_sent_whole(ends: tuple[Link, Link]) -> None:
    """It is larger than what the system keeps: the sender waits, and is interrupted meanwhile."""
    link, other = ends
    body = bytes(8 << 20)
    received = []
    sender = threading.get_ident()

    def interrupt_and_read() -> None:
        time.sleep(0.1)
        signal.pthread_kill(sender, signal.SIGINT)
        time.sleep(0.1)
        received.append(other.receive())

    reading = threading.Thread(target=interrupt_and_read)
    before = signal.signal(signal.SIGINT, link.interrupts.handle)
    try:
        reading.start()
        with pytest.raises(KeyboardInterrupt):
            link.interrupts.during(lambda: link.send(OUTPUT, body))
    finally:
        signal.signal(signal.SIGINT, before)
    reading.join(30)
    assert received == [(OUTPUT, body)]
