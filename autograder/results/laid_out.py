"""A long call in what a check says, laid out as one writes it: each argument on its own line."""

import ast
from collections.abc import Iterator

_FITS = 60  # characters: a call of no more stays on its line


def laid_out(words: str) -> str:
    """Return what a check says with the call that it begins with laid out, if that is long.

    What does not begin with a call is returned as it is.
    """
    call = _call_at_the_beginning(words)
    if call is None:
        return words
    source = words[: call.end_col_offset]
    if len(source) <= _FITS:
        return words
    name = ast.get_source_segment(source, call.func)
    lines = [f"{name}(", *_arguments(source, call), ")"]
    return "\n".join(lines) + words[len(source) :]


def _call_at_the_beginning(words: str) -> ast.Call | None:
    for end, sign in enumerate(words, start=1):
        if not sign.isascii() or sign == "\n":
            return None  # offsets in what is parsed count bytes of a line
        if sign != ")":
            continue
        try:
            parsed = ast.parse(words[:end], mode="eval").body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        return parsed if isinstance(parsed, ast.Call) else None
    return None


def _arguments(source: str, call: ast.Call) -> Iterator[str]:
    for each in call.args:
        yield from _value(source, each, "")
    for keyword in call.keywords:
        yield from _value(source, keyword.value, f"{keyword.arg}=" if keyword.arg else "**")


def _value(source: str, value: ast.expr, name: str) -> Iterator[str]:
    text = ast.get_source_segment(source, value) or ""
    if isinstance(value, ast.List) and len(text) > _FITS:
        yield f"  {name}["
        for each in value.elts:
            yield f"    {ast.get_source_segment(source, each)},"
        yield "  ],"
    else:
        yield f"  {name}{text},"
