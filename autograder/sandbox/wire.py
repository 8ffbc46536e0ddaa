"""Values and messages as bytes, between processes of which one does not trust the other.

A message is a kind (one byte), a length and that many bytes. A value is a JSON tree, then
the bytes of its arrays. Only exact types cross: an `int` subclass, or an array with methods
of its own, is not data; it is handed to `other`, which decides what to make of it. Nothing
is unpickled, no name is looked up, no code of the sender runs in the receiver.
"""

import json
import math
import socket
import struct
import threading
import time
from collections.abc import Callable
from typing import Any, ClassVar, NamedTuple

import numpy as np

from autograder.sandbox.interrupts import Interrupts

MAX_MESSAGE = 128 << 20  # bytes
AHEAD = 1 << 16  # bytes of what follows that are read along with a message
MAX_TREE = 16 << 20  # bytes of a value's JSON
MAX_PARTS = 1_000_000  # values inside one value
MAX_DEPTH = 60
MAX_DIGITS = 4_000  # of a whole number; Python itself refuses to read longer ones
MAX_AXES = 64  # NumPy itself has no more

_HEAD = struct.Struct(">cI")
_LENGTH = struct.Struct(">I")
_NUMBERS = frozenset(
    "bool int8 int16 int32 int64 uint8 uint16 uint32 uint64 float16 float32 float64 "
    "complex64 complex128 bfloat16".split()
)

Other = Callable[[Any], Any]


class WireError(Exception):
    """Bytes that are no message or value, or a value that cannot cross; the text says why."""


class Disconnected(Exception):
    """The process at the other end is not there any more."""


class Timeout(Exception):
    """Nothing came until the deadline."""


class Message(NamedTuple):
    """What one process tells another."""

    kind: bytes  # one byte
    body: bytes


class Link:
    """One end of a connected stream socket, over which whole messages go."""

    def __init__(self, connection: socket.socket) -> None:
        self._socket = connection
        self._read = bytearray()  # what has come of a message so far: kept when it is late
        self._kind: tuple[bytes, int] | None = None  # its kind and length, once they are there
        self._sending = threading.RLock()  # threads of a cell may print while it answers
        self.interrupts = Interrupts()  # of the process at this end

    def fileno(self) -> int:
        """Return the socket's file descriptor, to wait on."""
        return self._socket.fileno()

    def close(self) -> None:
        """Close this end."""
        self._socket.close()

    def send(self, kind: bytes, body: bytes, deadline: float | None = None) -> None:
        """Send a message.

        `deadline` is a time of time.monotonic, None for no limit. Raises WireError if the message
        is too long, and Disconnected or Timeout as `receive` does.
        """
        if len(body) > MAX_MESSAGE:
            raise WireError(f"a message of {len(body) >> 20} MB is too large")
        with self.interrupts.held(), self._sending:
            try:
                self._wait_at_most(deadline)
                self._socket.sendall(_HEAD.pack(kind, len(body)) + body)
            except TimeoutError:
                raise Timeout from None
            except OSError:
                raise Disconnected from None

    def receive(self, deadline: float | None = None) -> Message:
        """Return the next message.

        Raises Timeout if it is not there at `deadline` (by time.monotonic; the next call goes on
        reading it), Disconnected if the other end is closed, WireError if it is too long.
        """
        if self._kind is None:
            self._kind = _HEAD.unpack(self._exactly(_HEAD.size, deadline))
        kind, length = self._kind
        if length > MAX_MESSAGE:
            raise WireError(f"a message of {length >> 20} MB is too large")
        body = self._exactly(length, deadline)
        self._kind = None
        return Message(kind, body)

    def _exactly(self, count: int, deadline: float | None) -> bytes:
        while len(self._read) < count:
            try:
                self._wait_at_most(deadline)
                # A little more than is wanted: most messages come whole, the head with the body.
                part = self._socket.recv(min(count - len(self._read) + AHEAD, 1 << 20))
            except TimeoutError:
                raise Timeout from None
            except OSError:
                raise Disconnected from None
            if not part:
                raise Disconnected
            self._read += part
        found = bytes(self._read[:count])
        del self._read[:count]
        return found

    def _wait_at_most(self, deadline: float | None) -> None:
        if deadline is None:
            self._socket.settimeout(None)
        else:
            self._socket.settimeout(max(deadline - time.monotonic(), 1e-3))


def encode(value: Any, other: Other) -> bytes:
    """Return `value` as bytes.

    What is not plain data is given to `other`, which returns plain data that describes it.
    Raises WireError for what is too large or too deep, or contains itself.
    """
    writer = _Writer(other)
    tree = json.dumps(writer.tree(value, 0)).encode()
    data = _LENGTH.pack(len(tree)) + tree + b"".join(writer.blobs)
    if len(tree) > MAX_TREE or len(data) > MAX_MESSAGE:
        raise WireError(f"a value of {len(data) >> 20} MB is too large")
    return data


def decode(data: bytes, other: Other) -> Any:
    """Return the value that `encode` made bytes of; descriptions are given to `other`.

    Raises WireError for other bytes, and whatever `other` raises.
    """
    try:
        (length,) = _LENGTH.unpack_from(data)
        if length > min(len(data) - _LENGTH.size, MAX_TREE):
            raise WireError("a value is cut off")
        tree = json.loads(data[_LENGTH.size : _LENGTH.size + length])
    except (struct.error, ValueError, RecursionError) as problem:
        raise WireError("a value is not readable") from problem
    return _Reader(memoryview(data)[_LENGTH.size + length :], other).value(tree, 0)


class _Writer:
    def __init__(self, other: Other) -> None:
        self._other = other
        self._parts = 0
        self._size = 0
        self.blobs: list[bytes] = []

    def tree(self, value: Any, depth: int) -> list[Any]:
        """Return a value as lists of JSON, each headed by what it is."""
        self._parts += 1
        if self._parts > MAX_PARTS:
            raise WireError(f"a value of more than {MAX_PARTS:,} parts is too large")
        if depth > MAX_DEPTH:
            raise WireError(f"a value nested more than {MAX_DEPTH} deep, or containing itself")
        kind = type(value)
        if value is None or value is Ellipsis:
            return ["none" if value is None else "ellipsis"]
        if kind is bool:
            return ["bool", value]
        if kind is int:
            return self._whole(value)
        if kind is float:
            return ["float", value.hex()]
        if kind is complex:
            return ["complex", value.real.hex(), value.imag.hex()]
        if kind is str:
            return ["str", value]
        if kind is bytes:
            return ["bytes", self._blob(value)]
        if kind in (list, tuple, set, frozenset, dict) and self._parts + len(value) > MAX_PARTS:
            raise WireError(f"a value of more than {MAX_PARTS:,} parts is too large")
        if kind in (list, tuple, set, frozenset):
            return [kind.__name__, *(self.tree(each, depth + 1) for each in value)]
        if kind is dict:
            pairs = [self.tree(each, depth + 1) for pair in value.items() for each in pair]
            return ["dict", *pairs]
        if kind is slice or kind is range:
            ends = (value.start, value.stop, value.step)
            return [kind.__name__, *(self.tree(end, depth + 1) for end in ends)]
        if kind is np.ndarray and _is_data(value.dtype):
            self._size_up(value.nbytes)  # before it is copied
            contents = self._blob(value.astype(value.dtype.newbyteorder("=")).tobytes())
            return ["array", _name(value.dtype), list(value.shape), contents]
        if isinstance(value, np.generic) and _is_data(value.dtype) and kind is value.dtype.type:
            return ["scalar", _name(value.dtype), self._blob(value.tobytes())]
        if isinstance(value, np.dtype) and _is_data(value):
            return ["dtype", _name(value)]
        return ["other", self.tree(self._other(value), depth + 1)]

    def _whole(self, value: int) -> list[Any]:
        if value.bit_length() > MAX_DIGITS * math.log2(10):
            raise WireError(f"a whole number of more than {MAX_DIGITS:,} digits is too large")
        return ["int", str(value)]

    def _size_up(self, more: int) -> None:
        if self._size + more > MAX_MESSAGE:
            raise WireError(f"a value of more than {MAX_MESSAGE >> 20} MB is too large")

    def _blob(self, data: bytes) -> int:
        self._size_up(len(data))
        self._size += len(data)
        self.blobs.append(data)
        return len(data)


class _Reader:
    def __init__(self, blobs: memoryview, other: Other) -> None:
        self._blobs = blobs
        self._other = other
        self._parts = 0

    def value(self, tree: Any, depth: int) -> Any:
        """Return the value of a tree; raises WireError for one that no encoder writes."""
        self._parts += 1
        if self._parts > MAX_PARTS or depth > MAX_DEPTH + 1:
            raise WireError("a value is too large or too deep")
        try:
            name, *rest = tree
            return self._READ[name](self, rest, depth)
        except (TypeError, ValueError, LookupError, OverflowError, MemoryError) as problem:
            raise WireError(f"a value is not readable: {type(problem).__name__}") from problem

    def _each(self, trees: list[Any], depth: int) -> list[Any]:
        if self._parts + len(trees) > MAX_PARTS:
            raise WireError("a value is too large")
        return [self.value(tree, depth + 1) for tree in trees]

    def _dict(self, trees: list[Any], depth: int) -> dict[Any, Any]:
        each = iter(self._each(trees, depth))
        return dict(zip(each, each, strict=True))

    def _blob(self, length: Any) -> memoryview:
        if type(length) is not int or not 0 <= length <= len(self._blobs):
            raise WireError("a value is cut off")
        data, self._blobs = self._blobs[:length], self._blobs[length:]
        return data

    def _array(self, rest: list[Any]) -> np.ndarray[Any, Any]:
        name, shape, length = rest
        dtype = _dtype(name)
        data = self._blob(length)
        if len(shape) > MAX_AXES or any(type(n) is not int or n < 0 for n in shape):
            raise WireError("an array has no such shape")
        if math.prod(shape) * dtype.itemsize != len(data):
            raise WireError("an array is cut off")
        return np.frombuffer(data, dtype).reshape(shape).copy()

    def _scalar(self, rest: list[Any]) -> np.generic:
        name, length = rest
        found = np.frombuffer(self._blob(length), _dtype(name))
        if found.shape != (1,):
            raise WireError("a number is cut off")
        number: np.generic = found[0]
        return number

    def _ends(self, trees: list[Any], depth: int) -> list[Any]:
        start, stop, step = self._each(trees, depth)
        return [start, stop, step]

    _READ: ClassVar[dict[str, Callable[["_Reader", list[Any], int], Any]]] = {
        "none": lambda _self, _rest, _depth: None,
        "ellipsis": lambda _self, _rest, _depth: Ellipsis,
        "bool": lambda _self, rest, _depth: _exactly(bool, *rest),
        "int": lambda _self, rest, _depth: int(_short(*rest)),
        "float": lambda _self, rest, _depth: float.fromhex(_short(*rest)),
        "complex": lambda _self, rest, _depth: complex(*map(float.fromhex, rest)),
        "str": lambda _self, rest, _depth: _exactly(str, *rest),
        "bytes": lambda self, rest, _depth: bytes(self._blob(*rest)),
        "list": lambda self, rest, depth: self._each(rest, depth),
        "tuple": lambda self, rest, depth: tuple(self._each(rest, depth)),
        "set": lambda self, rest, depth: set(self._each(rest, depth)),
        "frozenset": lambda self, rest, depth: frozenset(self._each(rest, depth)),
        "dict": lambda self, rest, depth: self._dict(rest, depth),
        "slice": lambda self, rest, depth: slice(*self._ends(rest, depth)),
        "range": lambda self, rest, depth: range(*self._ends(rest, depth)),
        "array": lambda self, rest, _depth: self._array(rest),
        "scalar": lambda self, rest, _depth: self._scalar(rest),
        "dtype": lambda _self, rest, _depth: _dtype(*rest),
        "other": lambda self, rest, depth: self._other(self.value(rest[0], depth + 1)),
    }


def _is_data(dtype: np.dtype[Any]) -> bool:
    """Return whether entries of this type are numbers or fixed-size text."""
    return dtype.name in _NUMBERS if dtype.kind not in "US" else dtype.itemsize > 0


def _name(dtype: np.dtype[Any]) -> str:
    return dtype.newbyteorder("=").str if dtype.kind in "US" else dtype.name


def _dtype(name: Any) -> np.dtype[Any]:
    found: np.dtype[Any]
    if name in _NUMBERS:
        found = np.dtype(name)
        return found
    is_text = isinstance(name, str) and name[:2] in ("<U", "|S") and name[2:].isdecimal()
    if is_text and 0 < int(_short(name[2:])) < 10_000:
        found = np.dtype(name)
        return found
    raise WireError("an array has no such type")


def _exactly(kind: type, value: Any) -> Any:
    if type(value) is not kind:
        raise WireError("a value is not what it says")
    return value


def _short(text: Any) -> str:
    if not isinstance(text, str) or len(text) > MAX_DIGITS + 1:
        raise WireError("a number is too long")
    return text
