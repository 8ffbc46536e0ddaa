"""Small changes to a piece of Python, each of which a beginner could have made by mistake.

The usual operators of mutation testing (DeMillo, Lipton and Sayward, 1978), and those that code on
arrays invites: another axis, a slice without its end, a loop that ends after its first round.
"""

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_OPERATORS: Final[dict[type[ast.operator], tuple[type[ast.operator], ...]]] = {
    ast.Add: (ast.Sub, ast.Mult),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Add, ast.Div),
    ast.Div: (ast.Mult, ast.FloorDiv),
    ast.FloorDiv: (ast.Div, ast.Mult),
    ast.Mod: (ast.FloorDiv,),
    ast.Pow: (ast.Mult,),
}
_COMPARISONS: Final[dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]]] = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
_FUNCTIONS: Final = {
    "max": "min",
    "min": "max",
    "sum": "max",
    "maximum": "minimum",
    "minimum": "maximum",
    "argmax": "argmin",
    "argmin": "argmax",
    "mean": "sum",
    "var": "std",
    "floor": "ceil",
    "ceil": "floor",
    "any": "all",
    "all": "any",
    "zeros": "ones",
    "zeros_like": "ones_like",
}


@dataclass(frozen=True)
class Mutation:
    """A changed piece of Python, and what was changed, in a few words."""

    what: str
    source: str


def mutations(source: str) -> Iterator[Mutation]:
    """Yield `source` with each change by itself; texts that come out alike once.

    Raises SyntaxError if it is no Python.
    """
    tree = ast.parse(source)
    seen = {ast.unparse(tree)}
    count = len(list(ast.walk(tree)))
    for place in range(count):
        for number in range(_MOST):
            changed = copy.deepcopy(tree)
            node = list(ast.walk(changed))[place]
            changes = list(_changes(node))
            if number >= len(changes):
                break
            what, new = changes[number]
            line = getattr(node, "lineno", 0)
            text = ast.unparse(ast.fix_missing_locations(_Replace(node, new).visit(changed)))
            if text not in seen:
                seen.add(text)
                yield Mutation(f"{what} in line {line}", text)


_MOST = 12  # changes of one node


class _Replace(ast.NodeTransformer):
    """Puts one node in the place of another."""

    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self._old = old
        self._new = new

    def visit(self, node: ast.AST) -> ast.AST:
        """Return the new node for the old one, any other with its children looked at."""
        if node is self._old:
            return self._new
        visited: ast.AST = self.generic_visit(node)
        return visited


def _changes(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """Yield what can be put in the place of a node: (in words, the new node)."""
    match node:
        case ast.BinOp(left=left, op=op, right=right):
            for other in _OPERATORS.get(type(op), ()):
                yield f"{_name(op)} → {_name(other())}", ast.BinOp(left, other(), right)
            if type(op) in _OPERATORS:
                yield f"`{ast.unparse(right)}` dropped", left
                yield f"`{ast.unparse(left)}` dropped", right
            if isinstance(op, ast.Sub | ast.Div | ast.FloorDiv | ast.Pow):
                yield "sides exchanged", ast.BinOp(right, op, left)
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            for instead in _COMPARISONS.get(type(op), ()):
                new = ast.Compare(left, [instead()], [right])
                yield f"{_name(op)} → {_name(instead())}", new
        case ast.Constant(value=bool(value)):
            yield f"{value} → {not value}", ast.Constant(not value)
        case ast.Constant(value=int(number)):
            yield f"{number} → {number + 1}", ast.Constant(number + 1)
            yield f"{number} → {number - 1}", ast.Constant(number - 1)
        case ast.Constant(value=float(number)):
            yield f"{number} → {2 * number}", ast.Constant(2 * number)
        case ast.UnaryOp(op=ast.USub() | ast.Not(), operand=operand):
            yield "sign or `not` dropped", operand
        case ast.BoolOp(op=op, values=values):
            new_op = ast.Or() if isinstance(op, ast.And) else ast.And()
            yield "`and` and `or` exchanged", ast.BoolOp(new_op, values)
            for each in values:
                yield f"only `{ast.unparse(each)}`", each
        case ast.IfExp(body=body, orelse=orelse):
            yield f"always `{ast.unparse(body)}`", body
            yield f"always `{ast.unparse(orelse)}`", orelse
        case ast.Slice(lower=lower, upper=upper, step=step):
            if lower is not None:
                yield "a slice without its beginning", ast.Slice(None, upper, step)
            if upper is not None:
                yield "a slice without its end", ast.Slice(lower, None, step)
            if step is not None:
                yield "a slice without its step", ast.Slice(lower, upper, None)
        case ast.Call(func=func, args=args, keywords=keywords):
            yield from _of_call(func, args, keywords)
        case ast.Tuple(elts=[first, second, *rest], ctx=ast.Load()):
            yield "two entries exchanged", ast.Tuple([second, first, *rest], ast.Load())
        case ast.For():
            yield "a loop skipped", ast.Pass()
            once = copy.copy(node)
            once.body = [*node.body, ast.Break()]
            yield "a loop's first round only", once
        case ast.If():
            inverted = copy.copy(node)
            inverted.test = ast.UnaryOp(ast.Not(), node.test)
            yield "a condition turned round", inverted
        case ast.AugAssign():
            yield f"`{ast.unparse(node)}` left out", ast.Pass()
        case ast.Return(value=ast.expr()):
            yield "nothing returned", ast.Return(None)


def _of_call(
    func: ast.expr, args: list[ast.expr], keywords: list[ast.keyword]
) -> Iterator[tuple[str, ast.AST]]:
    if len(args) >= 2 and not any(isinstance(arg, ast.Starred) for arg in args[:2]):
        swapped = [args[1], args[0], *args[2:]]
        yield "two arguments exchanged", ast.Call(func, swapped, keywords)
    for keyword in keywords:
        others = [each for each in keywords if each is not keyword]
        yield f"`{keyword.arg}=` left out", ast.Call(func, args, others)
    name = func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "")
    if name in _FUNCTIONS:
        other = _FUNCTIONS[name]
        new: ast.expr = ast.Name(other, ast.Load())
        if isinstance(func, ast.Attribute):
            new = ast.Attribute(func.value, other, ast.Load())
        yield f"{name} → {other}", ast.Call(new, args, keywords)


_SYMBOLS: Final = {
    "Add": "+", "Sub": "-", "Mult": "*", "Div": "/", "FloorDiv": "//", "Mod": "%", "Pow": "**",
    "Lt": "<", "LtE": "<=", "Gt": ">", "GtE": ">=", "Eq": "==", "NotEq": "!=",
}  # fmt: skip


def _name(op: ast.AST) -> str:
    name = type(op).__name__
    return f"`{_SYMBOLS.get(name, name)}`"
