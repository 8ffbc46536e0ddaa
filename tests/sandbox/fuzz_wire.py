"""Damaged frames by the million, read as the test process reads them.

    python -m tests.sandbox.fuzz_wire [FRAMES] [SEED]

A frame may give a value or be refused; whatever else it does is printed with the frame, and ends
the run with an error. `make fuzz` reads a million, the suite a few thousand.
"""

import copy
import json
import random
import struct
import sys
from collections.abc import Iterator
from typing import Any, Final

import numpy as np

from autograder.sandbox import wire
from autograder.sandbox.interrupts import Interrupts
from autograder.sandbox.peer import Peer
from autograder.sandbox.references import RemoteError
from autograder.sandbox.wire import WireError

LENGTH: Final = struct.Struct(">I")
WORDS: Final = (
    *("0", "1", "-1", "99999999999999999999", "nan", "1e999", "", "a", "\0", "\ud800", "é" * 99),
    *(
        "__class__",
        "__init__",
        "__main__",
        "builtins",
        "Vector",
        "value",
        "object",
        "yours",
        "shared",
    ),
)
NUMBERS: Final = (0, 1, -1, 2**31, 2**63, -(2**63), 10**40, 1e308, float("nan"), 0.5)


class Deaf:
    """A link that nobody listens at."""

    def __init__(self) -> None:
        self.interrupts = Interrupts()

    def send(self, kind: bytes, body: bytes) -> None:
        """Take a message."""

    def receive(self) -> wire.Message:
        """Never return a message."""
        raise wire.Disconnected


def values() -> list[Any]:
    """Return values of every kind that a student's process may send."""
    told = {"type": "ValueError", "base": "ValueError", "message": "x", "where": "", "number": 0}
    thing = {"is": "object", "number": 7, "type": "Vector", "name": "", "can": ["len", "eq"]}
    thing |= {"class": 3, "exact": False, "callable": True, "of": ["re", "Match"]}
    return [
        {"value": [1, 2.5, "text", None, True, b"bytes", (1, 2), {3, 4}, 1j]},
        {"value": {"a": {"b": [{"c": ()}]}}, "changed": ((), {})},
        {"value": np.arange(12, dtype="float32").reshape(3, 4)},
        {"value": np.float64(1.5), "along": {"printed": ["x"], "files": {"a.txt": b"x"}}},
        {"error": told | {"place": ["E", 3, 4], "parts": {"code": 3}, "args": ("x", 2)}},
        {"do": "call", "on": 1, "args": (1, "x"), "kwargs": {"key": [1]}},
        {"do": "get", "on": 1, "name": "curve"},
        {"do": "special", "on": 2, "name": "next"},
        {"value": {"is": "type", "name": "int64"}},
        {"value": {"is": "yours", "number": 1}},
        {"value": {"is": "data", "value": [1, 2]}},
        {"value": {"is": "named tuple", "class": 3, "type": "P", "fields": ["x"], "value": (1,)}},
        {"value": {"is": "error class", "line": [[3, "E"]], "base": ["builtins", "ValueError"]}},
        {"value": {"is": "model", "config": {"class_name": "Dense"}, "weights": None}},
        {"value": thing},
    ]


def frames(seed: int) -> Iterator[bytes]:
    """Yield damaged frames without end, the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311
    whole = [_frame(value) for value in values()]
    while True:
        frame = chance.choice(whole)
        for _ in range(chance.choice((1, 1, 1, 2, 5))):
            frame = chance.choice((_other_tree, _other_tree, _other_bytes))(frame, chance)
        yield frame


def _frame(value: Any) -> bytes:
    """Return a value as bytes; a description stands for an object that only the other side has."""
    described: list[Any] = []

    class Described:
        pass

    def hide(part: Any) -> Any:
        if isinstance(part, dict) and "is" in part:
            described.append(part)
            return Described()
        return {key: hide(each) for key, each in part.items()} if type(part) is dict else part

    hidden = hide(value)
    return wire.encode(hidden, lambda _: described.pop(0))


def _other_bytes(frame: bytes, chance: random.Random) -> bytes:
    data = bytearray(frame)
    if not data:
        return b"\0"
    place = chance.randrange(len(data))
    match chance.randrange(4):
        case 0:
            data[place] = chance.randrange(256)
        case 1:
            del data[place:]
        case 2:
            del data[place : place + chance.randrange(1, 9)]
        case 3:
            data[place:place] = data[chance.randrange(len(data)) :][:20]
    return bytes(data)


def _other_tree(frame: bytes, chance: random.Random) -> bytes:
    """Return a frame in whose JSON tree one part is another, or one word."""
    try:
        (length,) = LENGTH.unpack_from(frame)
        tree = json.loads(frame[LENGTH.size : LENGTH.size + length])
    except (struct.error, ValueError):
        return _other_bytes(frame, chance)
    places = list(_places(tree))
    words = [(part, key) for part, key in places if key and isinstance(part[key], str)]
    if not places:
        return _other_bytes(frame, chance)
    if words and chance.random() < 0.6:
        container, key = chance.choice(words)
        donor, place = chance.choice(words)
        container[key] = chance.choice((donor[place], chance.choice(WORDS)))
    else:
        container, key = chance.choice(places)
        donor, place = chance.choice(places)
        other: Any = chance.choice(
            (donor[place], donor[place], chance.choice(NUMBERS), None, [], {})
        )
        container[key] = copy.deepcopy(other)
    body = json.dumps(tree).encode()
    return LENGTH.pack(len(body)) + body + frame[LENGTH.size + length :]


def _places(tree: Any) -> Iterator[tuple[Any, Any]]:
    if not isinstance(tree, dict | list):
        return
    for key in list(tree) if isinstance(tree, dict) else range(len(tree)):
        yield tree, key
        yield from _places(tree[key])


def read(count: int, seed: int) -> tuple[int, int]:
    """Read so many frames; return how many gave a value and how many were refused.

    Raises what a frame raised that should have been refused, with the frame in a note.
    """
    peer = Peer(Deaf(), shared=dict)  # type: ignore[arg-type]
    taken = refused = 0
    for number, frame in enumerate(frames(seed)):
        if number == count:
            break
        if number % 1_000 == 0:
            peer = Peer(Deaf(), shared=dict)  # type: ignore[arg-type]
        try:
            wire.decode(frame, peer.references.restore)
            taken += 1
        except (WireError, RemoteError):
            refused += 1
        except BaseException as error:
            error.add_note(f"frame {number} of seed {seed}: {frame!r}")
            raise
        if number % 10 == 0:
            peer.serve(frame)  # as a question: any answer will do, and no exception
    return taken, refused


if __name__ == "__main__":
    wanted, *seeds = [*map(int, sys.argv[1:])] or [1_000_000]
    seed = seeds[0] if seeds else random.SystemRandom().randrange(1 << 32)
    print(f"{wanted:,} frames, seed {seed}")
    print("{:,} gave a value, {:,} were refused".format(*read(wanted, seed)))
