"""Objects of the other process: their calls and special methods run at home.

A proxy has the special methods that its object's type has. What is asked, and of which other
value, decides whether the answer may be believed:

* What takes no value along (`len`, `str`, `bool`, `hash`, an item's key aside) is the object's
  word about itself, as the result of any call.
* Comparing two objects of the other process asks there: it is a test of their class.
* Comparing one with anything else is never asked. An object equal to everything would pass, and
  the value expected would have been told.
* Arithmetic with a value of this side tells that value. It is asked only of an object that the
  test itself made from a class the exercise is to define, and only an object may come back: a
  difference of 0 would be as good as equality.
"""

from collections.abc import Callable, Iterator
from typing import Any

from autograder.sandbox import data_classes
from autograder.sandbox.derived import Derived, stands_for
from autograder.sandbox.refusal import NotBridged

MAX_NAME = 80  # characters of a type's or function's name


# Questions after which an object may be another than before.
CHANGING = frozenset(
    {"call", "set", "delete", "set item", "delete item", "operator", "iterate", "exit", "derive"}
)


class Told:
    """An exception of the other process: of the same name and base, with the same text."""

    def __str__(self) -> str:
        return str(getattr(self, "_message", ""))


class Ask:
    """How a proxy asks the other side (`Peer.ask`); `turns` counts what may change objects."""

    def __init__(self, ask: Callable[[dict[str, Any]], Any]) -> None:
        self._ask = ask
        self.turns = 0
        self.derived: dict[int, type] = {}  # classes of a test's, by the number they have there
        self.bases: dict[int, type] = {}  # what stands for their classes among the bases of these

    def __call__(self, request: dict[str, Any]) -> Any:
        if request["do"] in CHANGING or request.get("name") in ("next", "enter"):
            self.turns += 1
        return self._ask(request)


# Attributes with two underscores that a test may read; NumPy, copy and others try many more,
# and must be told that they are not there.
_READABLE = frozenset(
    "__defaults__ __kwdefaults__ __annotations__ __code__ __wrapped__ __qualname__ __closure__ "
    "__abstractmethods__ __dict__ __self__ __func__ __bases__ __mro__ __members__ "
    "__dataclass_fields__ __match_args__".split()
)
_LOOKED_FOR = ("_repr_", "_ipython_", "_render_")  # by IPython, before it shows an object


class Proxy:
    """An object of the other process, known there by `number`."""

    __slots__ = ("__name__", "__weakref__", "_about", "_ask", "_made", "_number")

    def __init__(self, ask: Ask, number: int, name: str, about: dict[str, Any]) -> None:
        set_own = object.__setattr__
        set_own(self, "_ask", ask)
        set_own(self, "_number", number)
        set_own(self, "__name__", name)
        set_own(self, "_about", about)  # what else is known: see `References.describe`
        set_own(self, "_made", False)  # by a test, from a class that is an answer

    def __getattr__(self, name: str) -> Any:
        if (name.startswith("__") and name not in _READABLE) or name.startswith(_LOOKED_FOR):
            raise AttributeError(f"{type(self).__name__} has no attribute {name}")
        return self._ask({"do": "get", "on": self._number, "name": name})

    def __setattr__(self, name: str, value: Any) -> None:
        self._ask({"do": "set", "on": self._number, "name": name, "value": value})

    def __delattr__(self, name: str) -> None:
        self._ask({"do": "delete", "on": self._number, "name": name})

    def __eq__(self, other: object) -> Any:
        return _compared(self, other, "==", "__eq__")

    def __ne__(self, other: object) -> Any:
        return _compared(self, other, "!=", "__ne__")

    def __hash__(self) -> int:
        if "hash" in self._about["can"]:
            return int(_exactly("hash", int)(self))
        return hash((id(self._ask), self._number))

    def __dir__(self) -> list[str]:
        return list(self._ask({"do": "special", "on": self._number, "name": "dir"}))

    def __copy__(self) -> Any:
        return self._copied("copy")

    def __deepcopy__(self, _memo: Any) -> Any:
        return self._copied("deepcopy")

    def _copied(self, how: str) -> Any:
        """Return a copy, made there, of an object of the student's own class; else itself."""
        if type(self)._class_number is None:  # type: ignore[attr-defined]
            return self
        return self._ask({"do": "special", "on": self._number, "name": how})

    def __reduce_ex__(self, _protocol: Any) -> Any:
        raise TypeError("an object of another process cannot be pickled")


def is_theirs(value: object, ask: Ask) -> bool:
    """Return whether a value is a proxy of an object at the other end of `ask`."""
    return issubclass(type(value), Proxy) and value._ask is ask  # type: ignore[attr-defined]


def _compared(self: Proxy, other: object, sign: str, method: str) -> Any:
    if is_theirs(other, self._ask):
        if self._number == other._number:  # type: ignore[attr-defined]
            return sign in ("==", "<=", ">=")
        asked = method.strip("_")
        if asked in self._about["can"]:
            return self._ask({"do": "operator", "on": self._number, "name": asked, "with": other})
        return NotImplemented if sign not in ("==", "!=") else sign == "!="
    kind = self._about.get("kind")
    if isinstance(other, type) and getattr(other, "_class_number", None) == self._number:
        return sign == "=="  # `type(x) == Student`
    if other is None and sign in ("==", "!="):
        return sign == "!="
    if kind is not None and type(other) is kind:  # a class of the lesson: this side's decides
        return NotImplemented
    if sign in ("==", "!=") and not {"eq", "ne"} & set(self._about["can"]):
        return sign == "!="  # as Python does, by identity
    raise NotBridged(
        f"`{sign}` of a {type(self).__name__}, which the answer made, and a "
        f"{type(other).__name__} is not believed"
    )


def _ordering(sign: str, method: str) -> Callable[[Proxy, object], Any]:
    def compare(self: Proxy, other: object) -> Any:
        return _compared(self, other, sign, method)

    return compare


def _binary(name: str) -> Callable[[Proxy, object], Any]:
    def calculate(self: Proxy, other: object) -> Any:
        request = {"do": "operator", "on": self._number, "name": name, "with": other}
        if is_theirs(other, self._ask):
            return self._ask(request)
        if not self._made:
            raise NotBridged(
                f"arithmetic of a {type(self).__name__}, which the answer made, with a "
                f"{type(other).__name__} is not believed"
            )
        answer = self._ask(request)
        object.__setattr__(self, "_made", True)  # it may have come back, and so lost that
        if is_theirs(answer, self._ask):
            object.__setattr__(answer, "_made", True)
        elif answer is not NotImplemented:
            raise NotBridged(f"a {type(answer).__name__} that an operator gives is not believed")
        return answer

    return calculate


def _unary(name: str) -> Callable[[Proxy], Any]:
    def calculate(self: Proxy) -> Any:
        return self._ask({"do": "special", "on": self._number, "name": name})

    return calculate


def _exactly(name: str, kind: type) -> Callable[[Proxy], Any]:
    """Return a method that asks for a value of exactly this type, and keeps it until the next call.

    If every use asked again, an object could answer differently each time, and
    `float(x) * float(x) == 2` would be true.
    """

    def convert(self: Proxy) -> Any:
        said = self._about.setdefault("said", {})
        if said.get(name, (None, None))[0] != self._ask.turns:
            value = self._ask({"do": "special", "on": self._number, "name": name})
            if type(value) is not kind:
                raise TypeError(f"{name} gave a {type(value).__name__}")
            said[name] = (self._ask.turns, value)
        return said[name][1]

    return convert


def _call(self: Proxy, /, *args: Any, **kwargs: Any) -> Any:
    answer = self._ask({"do": "call", "on": self._number, "args": args, "kwargs": kwargs})
    if is_theirs(answer, self._ask) and self._about.get("answer") is True:
        object.__setattr__(answer, "_made", True)
    return answer


def _item(self: Proxy, key: Any) -> Any:
    return self._ask({"do": "item", "on": self._number, "key": key})


def _set_item(self: Proxy, key: Any, value: Any) -> None:
    self._ask({"do": "set item", "on": self._number, "key": key, "value": value})


def _delete_item(self: Proxy, key: Any) -> None:
    self._ask({"do": "delete item", "on": self._number, "key": key})


def _iterate(self: Proxy) -> Iterator[Any]:
    iterator = self._ask({"do": "iterate", "on": self._number})
    while found := iterator("next"):
        yield found[0]


def _next(self: Proxy) -> Any:
    return self._ask({"do": "special", "on": self._number, "name": "next"})


def _itself(self: Proxy) -> Proxy:
    return self


def _contains(self: Proxy, value: Any) -> bool:
    if is_theirs(value, self._ask) or self._made:
        return bool(
            self._ask({"do": "operator", "on": self._number, "name": "contains", "with": value})
        )
    if not {"iterate", "item"} & set(self._about["can"]):
        raise NotBridged(f"`in` a {type(self).__name__}, which the answer made, is not believed")
    return any(each is value or each == value for each in self)  # type: ignore[attr-defined]


def _format(self: Proxy, how: str) -> str:
    return str(self._ask({"do": "operator", "on": self._number, "name": "format", "with": how}))


def _enter(self: Proxy) -> Any:
    return self._ask({"do": "special", "on": self._number, "name": "enter"})


def _exit(self: Proxy, kind: Any, error: Any, _trace: Any) -> bool:
    """Leave the object's `with` block; return whether it swallows the error.

    It may swallow errors of its own process only: an assertion of the test that it swallowed would
    have passed. Raises NotBridged if it tries to.
    """
    told = None if kind is None else getattr(kind, "__name__", "Exception")
    swallows = self._ask({"do": "exit", "on": self._number, "error": told})
    if error is not None and swallows and not isinstance(error, Told):
        raise NotBridged(f"a {type(self).__name__} may not swallow an error of the test")
    return bool(swallows)


def _is_instance(self: Proxy, value: Any) -> bool:
    if is_theirs(value, self._ask):
        return self._ask({"do": "isinstance", "on": self._number, "what": value}) is True
    is_named: bool = getattr(type(value), "_class_number", None) == self._number
    return is_named  # a named tuple of it


def _is_subclass(self: Proxy, kind: Any) -> bool:
    if isinstance(kind, Derived):
        kind = kind._ask({"do": "special", "on": kind._their_number, "name": "itself"})
    if not is_theirs(kind, self._ask):
        return False
    return self._ask({"do": "issubclass", "on": self._number, "what": kind}) is True


# What a proxy can do if its object can: what that is called on the wire, the special method
# that the object's type has, and the methods of the proxy.
_ABILITIES: dict[str, tuple[str, dict[str, Callable[..., Any]]]] = {
    "call": ("__call__", {"__call__": _call}),
    "len": ("__len__", {"__len__": _exactly("len", int)}),
    "item": ("__getitem__", {"__getitem__": _item}),
    "set item": ("__setitem__", {"__setitem__": _set_item}),
    "delete item": ("__delitem__", {"__delitem__": _delete_item}),
    "iterate": ("__iter__", {"__iter__": _iterate}),
    "next": ("__next__", {"__next__": _next, "__iter__": _itself}),
    "contains": ("__contains__", {"__contains__": _contains}),
    "bool": ("__bool__", {"__bool__": _exactly("bool", bool)}),
    "str": ("__str__", {"__str__": _exactly("str", str)}),
    "repr": ("__repr__", {"__repr__": _exactly("repr", str)}),
    "format": ("__format__", {"__format__": _format}),
    "hash": ("__hash__", {}),
    "eq": ("__eq__", {}),
    "ne": ("__ne__", {}),
    "lt": ("__lt__", {"__lt__": _ordering("<", "__lt__")}),
    "le": ("__le__", {"__le__": _ordering("<=", "__le__")}),
    "gt": ("__gt__", {"__gt__": _ordering(">", "__gt__")}),
    "ge": ("__ge__", {"__ge__": _ordering(">=", "__ge__")}),
    "enter": ("__enter__", {"__enter__": _enter, "__exit__": _exit}),
    "int": ("__int__", {"__int__": _exactly("int", int)}),
    "float": ("__float__", {"__float__": _exactly("float", float)}),
    "complex": ("__complex__", {"__complex__": _exactly("complex", complex)}),
    "index": ("__index__", {"__index__": _exactly("index", int)}),
    "reversed": ("__reversed__", {"__reversed__": _unary("reversed")}),
    **{
        name: (f"__{name}__", {f"__{name}__": _unary(name)})
        for name in ("abs", "neg", "pos", "invert")
    },
    **{
        name: (f"__{name}__", {f"__{name}__": _binary(name)})
        for stem in "add sub mul matmul truediv floordiv mod pow and or xor lshift rshift".split()
        for name in (stem, f"r{stem}", f"i{stem}")
    },
    "class": ("", {"__instancecheck__": _is_instance, "__subclasscheck__": _is_subclass}),
}
# Of these every type has one; an ability is one of the type's own.
_INHERITED = frozenset({"eq", "ne", "lt", "le", "gt", "ge", "hash", "str", "repr", "format"})
_PLAIN_CLASSES = (object, type)


def abilities(value: object) -> list[str]:
    """Return which abilities an object has, by their names on the wire."""
    kind = type(value)
    return [
        able for able, (method, _) in _ABILITIES.items() if method and _has(kind, method, able)
    ] + (["class"] if isinstance(value, type) else [])


def _has(kind: type, method: str, able: str) -> bool:
    found = getattr(kind, method, None)
    if able not in _INHERITED:
        return found is not None
    if able == "hash" and found is None:
        return True  # it has none, and says so when it is asked
    return not any(found is getattr(plain, method) for plain in _PLAIN_CLASSES)


def proxy(ask: Ask, description: dict[str, Any], base: type | None = None) -> Proxy:
    """Return a proxy of a type of its own, whose `type(x).__name__` and abilities are the object's.

    `base` is the class of this side that the object says it is one of. Raises KeyError for an
    ability there is not, TypeError for a number that is none.
    """
    number, kind = description["number"], identifier(description["type"]) or "object"
    if type(number) is not int:
        raise TypeError("an object has no number")
    body: dict[str, Any] = {"__slots__": ()}
    for each in description["can"]:
        body |= _ABILITIES[each][1]
    if description["class"] is not None:
        body["__module__"] = "__main__"
    body["__doc__"] = property(lambda self: self._ask(_get(self, "__doc__")))
    body["_class_number"] = description["class"]
    if "fields" in description:
        body["__dataclass_fields__"] = data_classes.fields(description["fields"])
    if "class" in description["can"]:
        body["__mro_entries__"] = lambda self, _bases: (stands_for(self),)
    about: dict[str, Any] = {"can": list(description["can"])}
    if base is not None and description["exact"] is True:
        body["__class__"] = property(lambda _self: base)
        about["kind"] = base
    elif base is not None:
        stand_in = _stand_in(kind, base)
        body["__class__"] = property(lambda _self: stand_in)
    if description.get("callable") is True:
        body["__signature__"] = property(lambda self: _signature(self))
    made: Proxy = type(kind, (Proxy,), body)(ask, number, identifier(description["name"]), about)
    return made


def _get(self: Proxy, name: str) -> dict[str, Any]:
    return {"do": "get", "on": self._number, "name": name}


def _stand_in(name: str, base: type) -> type:
    """Return a class that is derived from a class of the lesson, for `isinstance` to see.

    Where deriving does something of the lesson's own, it is that class itself.
    """
    if base.__init_subclass__.__qualname__ != "object.__init_subclass__":
        return base
    try:
        return type(base)(name or base.__name__, (base,), {})
    except Exception:  # a metaclass that wants more
        return base


def _signature(self: Proxy) -> Any:
    import inspect

    told = self._ask({"do": "special", "on": self._number, "name": "signature"})
    if told is None:
        raise AttributeError("there is no signature")
    missing = inspect.Parameter.empty
    return inspect.Signature(
        [
            inspect.Parameter(
                str(name),
                inspect._ParameterKind(kind),
                default=default[0] if default else missing,
                annotation=annotation[0] if annotation else missing,
            )
            for name, kind, default, annotation in told[0]
        ],
        return_annotation=told[1][0] if told[1] else missing,
    )


class Iteration:
    """A callable that returns an iterator's next item in a tuple, and an empty tuple at its end."""

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
