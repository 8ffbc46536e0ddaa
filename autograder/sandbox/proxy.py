"""Objects of the other process: a proxy is equal to itself only, and its calls run at home."""

from collections.abc import Callable, Iterator
from typing import Any

MAX_NAME = 80  # characters of a type's or function's name

Ask = Callable[[dict[str, Any]], Any]  # see `Peer.ask`


class Proxy:
    """An object of the other process, known there by `number`."""

    def __init__(self, ask: Ask, number: int, name: str) -> None:
        self._ask = ask
        self._number = number
        self.__name__ = name

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):  # NumPy, copy and others look for methods that are not there
            raise AttributeError(f"{type(self).__name__} has no attribute {name}")
        return self._ask({"do": "get", "on": self._number, "name": name})

    def __copy__(self) -> "Proxy":
        return self

    def __deepcopy__(self, _memo: Any) -> "Proxy":
        return self

    def __reduce__(self) -> Any:
        raise TypeError("an object of another process cannot be pickled")


def _call(self: Proxy, /, *args: Any, **kwargs: Any) -> Any:
    return self._ask({"do": "call", "on": self._number, "args": args, "kwargs": kwargs})


def _len(self: Proxy) -> Any:
    return self._ask({"do": "len", "on": self._number})


def _item(self: Proxy, key: Any) -> Any:
    return self._ask({"do": "item", "on": self._number, "key": key})


def _iterate(self: Proxy) -> Iterator[Any]:
    iterator = self._ask({"do": "iterate", "on": self._number})
    while found := iterator("next"):
        yield found[0]


# What a proxy can do if its object can: what that is called on the wire, its special method,
# and the question it asks.
_ABILITIES: dict[str, tuple[str, Callable[..., Any]]] = {
    "call": ("__call__", _call),
    "len": ("__len__", _len),
    "item": ("__getitem__", _item),
    "iterate": ("__iter__", _iterate),
}


def abilities(value: object) -> list[str]:
    """Return which of the things that a proxy can do an object can."""
    return [able for able, (method, _) in _ABILITIES.items() if hasattr(type(value), method)]


def proxy(ask: Ask, number: int, type_name: str, name: str, able: list[str]) -> Proxy:
    """Return a proxy of a type of its own, whose `type(x).__name__` and abilities are the object's.

    Raises KeyError for an ability there is not, TypeError for a number that is none.
    """
    if type(number) is not int:
        raise TypeError("an object has no number")
    methods = dict(_ABILITIES[each] for each in able)
    kind = type(identifier(type_name), (Proxy,), methods)
    made: Proxy = kind(ask, number, identifier(name))
    return made


class Iteration:
    """An iterator, as something to call: the next item in a tuple, at the end an empty one."""

    def __init__(self, iterator: Any) -> None:
        self._iterator = iterator

    def __call__(self, _next: str) -> tuple[Any, ...]:
        for item in self._iterator:
            return (item,)
        return ()


def identifier(name: Any) -> str:
    """Return a name as harmless text: letters, digits and a few signs, not too long."""
    text = name if type(name) is str else ""
    return "".join(letter for letter in text if letter.isalnum() or letter in "_.<>")[:MAX_NAME]
