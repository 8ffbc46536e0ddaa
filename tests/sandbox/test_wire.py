"""Values and messages: what goes in comes out, and anything else is one named error."""

import contextlib
import json
import math
import socket
import struct
import threading
import time
import tracemalloc
from typing import Any

import ml_dtypes
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from autograder.sandbox import wire
from autograder.sandbox.wire import Disconnected, Link, Message, Timeout, WireError

QUICK = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
BFLOAT16 = np.dtype(ml_dtypes.bfloat16)
NUMBERS = [
    np.dtype(name)
    for name in (
        *("bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"),
        *("float16", "float32", "float64", "complex64", "complex128"),
    )
]


def refuse(value: Any) -> Any:
    """Stand for what cannot cross."""
    raise WireError(f"a {type(value).__name__} is not data")


def there_and_back(value: Any) -> Any:
    """Return what the other process would get."""
    return wire.decode(wire.encode(value, refuse), refuse)


def exactly(one: Any, other: Any) -> bool:
    """Return whether two values are the same by type and to the last bit."""
    if type(one) is not type(other):
        return False
    if isinstance(one, np.ndarray | np.generic):
        same = one.dtype == other.dtype and one.shape == other.shape
        return bool(same and one.tobytes() == other.tobytes())
    if isinstance(one, float):
        same_bits = struct.pack("d", one) == struct.pack("d", other)
        return same_bits or (math.isnan(one) and math.isnan(other))
    if isinstance(one, complex):
        return exactly(one.real, other.real) and exactly(one.imag, other.imag)
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(exactly, one, other))
    if isinstance(one, dict):
        return exactly(list(one.items()), list(other.items()))
    return bool(one == other)


def arrays() -> st.SearchStrategy[Any]:
    """Return arrays of all types that cross, of any layout, zero sizes included."""
    kinds = st.sampled_from([*NUMBERS, np.dtype("<U3"), np.dtype("S4"), np.dtype(">i4")])
    shapes = hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4)
    return hnp.arrays(kinds, shapes, elements=None)


plain = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(min_value=-(10**3_999), max_value=10**3_999)
    | st.floats()
    | st.complex_numbers()
    | st.text()
    | st.binary()
    | st.just(...)
    | st.builds(range, st.integers(-9, 9), st.integers(-9, 9), st.integers(1, 9))
    | st.builds(slice, st.none() | st.integers(), st.integers(), st.none() | st.integers())
)
hashable = st.recursive(
    st.integers() | st.text() | st.booleans() | st.none() | st.binary(),
    lambda inner: st.tuples(inner, inner) | st.frozensets(inner, max_size=3),
    max_leaves=5,
)
values = st.recursive(
    plain | arrays() | st.sampled_from(NUMBERS),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.tuples(inner, inner)
        | st.dictionaries(hashable, inner, max_size=4)
        | st.sets(hashable, max_size=4)
    ),
    max_leaves=12,
)


@QUICK
@given(values)
def test_values_come_out_as_they_went_in(value: Any) -> None:
    assert exactly(there_and_back(value), _native(value))


def _native(value: Any) -> Any:
    """Return a value with its arrays in this machine's byte order: that is how they arrive."""
    if isinstance(value, np.ndarray):
        return value.astype(value.dtype.newbyteorder("="))
    if isinstance(value, list | tuple):
        return type(value)(map(_native, value))
    if isinstance(value, dict):
        return {key: _native(each) for key, each in value.items()}
    return value


@pytest.mark.parametrize("dtype", [*NUMBERS, BFLOAT16], ids=str)
def test_every_bit_of_every_type(dtype: np.dtype[Any]) -> None:
    bits = np.arange(64, dtype="uint8").tobytes() + b"\xff" * 64  # NaNs of all kinds among them
    if dtype.kind == "b":
        bits = bytes([0, 1] * 64)
    array = np.frombuffer(bits, dtype)
    assert exactly(there_and_back(array), array)
    for layout in (array[::2], array.reshape(2, -1).T, array[:0], array.reshape(-1, 1)[:, ::-1]):
        assert exactly(there_and_back(layout), np.ascontiguousarray(layout))
    for number in array[:4]:
        assert exactly(there_and_back(number), number)
    assert there_and_back(array).flags.writeable


@pytest.mark.parametrize(
    "bits", [0x7FF0000000000001, 0xFFF8000000000000, 0x8000000000000000, 1, 0x7FEFFFFFFFFFFFFF]
)
def test_bits_of_a_float(bits: int) -> None:
    (number,) = struct.unpack("d", struct.pack("Q", bits))
    scalar = np.uint64(bits).view("float64")
    assert exactly(there_and_back(scalar), scalar)
    found = there_and_back(number)
    assert (
        math.isnan(found)
        if math.isnan(number)
        else struct.pack("d", found) == struct.pack("d", number)
    )


class Number(int):
    """Not an exact type."""


def _cycle() -> list[Any]:
    cycle: list[Any] = []
    cycle.append(cycle)
    return cycle


def _deep(depth: int) -> list[Any]:
    value: list[Any] = []
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize(
    "value",
    [
        *(Number(1), object(), int, len, np.array([object()]), np.ma.array([1]), iter([])),
        *(np.zeros(2, "datetime64[s]"), np.zeros(1, "i4,f4"), 10**4_001, _cycle(), _deep(100)),
        *([0] * 1_000_001, np.zeros((6_000, 6_000)), bytes(129 << 20), "x" * (17 << 20)),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_cannot_cross_is_one_error(value: Any) -> None:
    started = time.monotonic()
    with pytest.raises(WireError):
        wire.encode(value, refuse)
    assert time.monotonic() - started < 10


def test_what_is_no_data_is_described() -> None:
    data = wire.encode([Number(3)], lambda value: {"a": type(value).__name__})
    assert wire.decode(data, lambda described: ("got", described)) == [("got", {"a": "Number"})]


# --- anything in: a value or WireError, in bounded memory and time ---

json_trees = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=9,
)
names = st.sampled_from([*wire._Reader._READ, "no-such-thing"])
trees = st.recursive(
    json_trees | st.sampled_from(["int64", "<U3", "|S2", "<U99999", "bfloat16", "object", "O"]),
    lambda inner: st.tuples(names, st.lists(inner, max_size=4)).map(
        lambda pair: [pair[0], *pair[1]]
    ),
    max_leaves=12,
)


def decoded(data: bytes) -> None:
    """Decode bytes of which nothing is known: nothing but WireError may come of it."""
    with contextlib.suppress(WireError):
        wire.decode(data, lambda described: described)


@QUICK
@given(st.binary(max_size=400))
def test_any_bytes(data: bytes) -> None:
    decoded(data)
    decoded(struct.pack(">I", len(data)) + data)


@QUICK
@given(trees, st.binary(max_size=40))
def test_any_tree(tree: Any, blobs: bytes) -> None:
    text = json.dumps(tree).encode()
    decoded(struct.pack(">I", len(text)) + text + blobs)


@QUICK
@given(values, st.data())
def test_any_damage(value: Any, data: st.DataObject) -> None:
    encoded = bytearray(wire.encode(value, refuse))
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(encoded) - 1))
        encoded[place] = data.draw(st.integers(0, 255))
    decoded(bytes(encoded))
    decoded(bytes(encoded[: data.draw(st.integers(0, len(encoded)))]))


def _encoded(tree: str, blobs: bytes = b"") -> bytes:
    return struct.pack(">I", len(tree)) + tree.encode() + blobs


@pytest.mark.parametrize(
    "data",
    [
        _encoded('["array", "float64", [1000000000000], 0]'),
        _encoded('["array", "float64", [0, 1000000000000, 1000000000000], 0]'),
        _encoded(f'["array", "int8", [{",".join(["0"] + ["9" * 4_000] * 30)}], 0]'),
        _encoded(f'["array", "int8", [{",".join(["1"] * 65)}], 1]', b"x"),
        _encoded('["array", "int8", [-1, -1], 1]', b"x"),
        _encoded('["bytes", 4000000000]'),
        _encoded('["range", ["int", "0"], ["int", "1"], ["int", "0"]]'),
        _encoded(f'["int", "{"9" * 100_000}"]'),
        _encoded('["float", "0x1p999999999999"]'),
        _encoded("[" * 1_000_000),
        _encoded('["list",' * 5_000 + "]" * 5_000),
        _encoded('["list"' + ',["none"]' * 1_500_000 + "]"),
        _encoded('["dict", ["list"], ["none"]]'),
        _encoded('["set", ["list"]]'),
        _encoded('["array", "<U9999999999", [0], 0]'),
        _encoded('["scalar", "int64", 16]', bytes(16)),
        _encoded('["other"]'),
        struct.pack(">I", 0xFFFFFFFF) + b"[]",
    ],
    ids=range(18),
)
def test_hostile_bytes_cost_little(data: bytes) -> None:
    tracemalloc.start()
    started = time.monotonic()
    with pytest.raises(WireError):
        wire.decode(data, refuse)
    seconds, (_, peak) = time.monotonic() - started, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert seconds < 30
    assert peak < 40 * len(data) + (10 << 20)


# --- messages ---


@QUICK
@given(
    st.lists(st.tuples(st.binary(min_size=1, max_size=1), st.binary(max_size=300)), max_size=6),
    st.lists(st.integers(1, 40), min_size=1, max_size=20),
)
def test_any_split_gives_the_same_messages(
    messages: list[tuple[bytes, bytes]], cuts: list[int]
) -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        link = Link(theirs)
        data = b"".join(struct.pack(">cI", kind, len(body)) + body for kind, body in messages)
        found: list[Message] = []
        for number in range(len(data)):
            size = cuts[number % len(cuts)]
            piece, data = data[:size], data[size:]
            if not piece:
                break
            ours.sendall(piece)
            try:
                while True:
                    found.append(link.receive(time.monotonic()))
            except Timeout:
                continue
        assert found == messages
        ours.close()
        with pytest.raises(Disconnected):
            link.receive()


def test_sent_is_received() -> None:
    ours, theirs = map(Link, socket.socketpair())
    body = bytes(5 << 20)
    sender = threading.Thread(target=ours.send, args=(b"B", body))
    sender.start()
    assert theirs.receive(time.monotonic() + 30) == Message(b"B", body)
    sender.join()
    ours.close()
    with pytest.raises(Disconnected):
        theirs.send(b"x", body)
    theirs.close()


def test_messages_of_two_threads_are_not_mixed() -> None:
    ours, theirs = map(Link, socket.socketpair())
    bodies = [letter * (1 << 20) for letter in (b"a", b"b")]

    def send(body: bytes) -> None:
        for _ in range(5):
            ours.send(b"B", body)

    senders = [threading.Thread(target=send, args=(body,)) for body in bodies]
    for sender in senders:
        sender.start()
    received = [theirs.receive(time.monotonic() + 30).body for _ in range(10)]
    assert sorted(received) == sorted(5 * bodies)
    for sender in senders:
        sender.join()
    ours.close()
    theirs.close()


def test_too_long_is_refused_unread() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        ours.sendall(b"O" + struct.pack(">I", wire.MAX_MESSAGE + 1))
        with pytest.raises(WireError):
            Link(theirs).receive(time.monotonic() + 5)
        with pytest.raises(WireError):
            Link(ours).send(b"O", bytes(wire.MAX_MESSAGE + 1))


def test_nobody_takes_what_is_sent() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs, pytest.raises(Timeout):
        Link(ours).send(b"O", bytes(8 << 20), time.monotonic() + 0.1)
