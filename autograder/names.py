"""The names in a piece of Python: which ones it gives a value, which ones it uses.

Everything is read off the syntax tree, and nothing is run. The text may be that of a notebook's
cell, with IPython's magics in it.
"""

import ast
import builtins
import symtable
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_CACHED = 10_000  # texts; a class has most cells in common
_RUN_IN_PLACE = ("time", "capture", "prun")  # magics that run their body as a cell
_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


@dataclass(frozen=True)
class Statement:
    """One statement at the top level of a cell, or several that share a line."""

    text: str  # with the comments before it
    names: frozenset[str]  # that it gives a value
    tree: str  # the same for two statements that differ in white space and comments only


@lru_cache(_CACHED)
def bound(source: str) -> frozenset[str]:
    """Return the names that a cell gives a value at its top level, under `if`, `for` and so on too.

    A cell with a syntax error has none.
    """
    tree = _parsed(source)
    return frozenset() if tree is None else frozenset(_bound_by(tree))


@lru_cache(_CACHED)
def mentioned(source: str) -> tuple[str, ...]:
    """Return the names that a cell looks up anywhere in it, in order.

    A cell with a syntax error has none.
    """
    tree = _parsed(source)
    names = [
        node.id
        for node in (() if tree is None else ast.walk(tree))
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Store)
    ]
    return tuple(dict.fromkeys(names))


@lru_cache(_CACHED)
def used(source: str) -> frozenset[str]:
    """Return the names that a cell, or a function in it, looks up outside; Python's own left out.

    Among them are names that it may have given a value itself. A cell with a syntax error has
    none.
    """
    table, tree = _table(source), _parsed(source)
    if table is None or tree is None:
        return frozenset()
    # From Python 3.12 on (PEP 709), the names that a comprehension binds for itself are listed
    # with those of the cell.
    comprehended = _only_in_comprehensions(tree)
    found = {
        symbol.get_name()
        for symbol in table.get_symbols()
        if (symbol.is_referenced() or symbol.is_declared_global())
        and symbol.get_name() not in comprehended
    }
    found |= used_by_functions(source) | changed(source)
    return frozenset(name for name in found if not hasattr(builtins, name))


@lru_cache(_CACHED)
def used_by_functions(source: str) -> frozenset[str]:
    """Return those names of `used` that a function of the cell, or a class, looks up outside.

    A function does so when it is called: by then, a later cell may have given the name a value.
    """
    table = _table(source)
    found: set[str] = set()
    waiting = [] if table is None else table.get_children()
    while waiting:
        inner = waiting.pop()
        waiting += inner.get_children()
        found |= {
            symbol.get_name()
            for symbol in inner.get_symbols()
            if symbol.is_declared_global() or (symbol.is_referenced() and symbol.is_global())
        }
    return frozenset(name for name in found if not hasattr(builtins, name))


@lru_cache(_CACHED)
def changed(source: str) -> frozenset[str]:
    """Return the names whose objects a cell may change in place at its top level.

    These are `x` in `x += 1`, `x[0] = 1`, `x.y = 1`, `del x[0]`, and in a call of a method
    such as `x.append(1)`.
    """
    tree = _parsed(source)
    if tree is None:
        return frozenset()
    found = set()
    for node in _outside_of_functions(tree):
        if isinstance(node, ast.AugAssign):
            found.add(root(node.target, past_calls=True))
        elif isinstance(node, ast.Attribute | ast.Subscript) and not isinstance(node.ctx, ast.Load):
            found.add(root(node, past_calls=True))
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            found.add(root(node.func, past_calls=True))
    return frozenset(found - {""})


@lru_cache(_CACHED)
def statements(source: str) -> tuple[Statement, ...] | None:
    """Return the top-level statements of a cell in order, or None if it has a syntax error.

    A cell that is one magic, such as `%%time`, is one statement.
    """
    tree = _parsed(source)
    if tree is None:
        return None
    if _as_python(source) != source:  # lines may have moved
        return (Statement(source, bound(source), ast.dump(tree)),) if tree.body else ()
    lines = source.split("\n")
    found: list[Statement] = []
    begin = 0
    groups: list[list[ast.stmt]] = []
    for node in tree.body:
        first = min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", []))])
        if groups and first <= (groups[-1][-1].end_lineno or 0):
            groups[-1].append(node)
        else:
            groups.append([node])
    for group in groups:
        end = group[-1].end_lineno or group[-1].lineno
        found.append(
            Statement(
                text="\n".join(lines[begin:end]).strip("\n"),
                names=frozenset(name for node in group for name in _bound_by(node)),
                tree=" ".join(ast.dump(node) for node in group),
            )
        )
        begin = end
    return tuple(found)


def root(node: ast.AST, past_calls: bool = False) -> str:
    """Return the name that an expression such as `x.y[0].z` begins with, or an empty string.

    `f(x).y` begins with `f` if `past_calls`, else with no name.
    """
    while True:
        match node:
            case ast.Attribute(value=inner) | ast.Subscript(value=inner):
                node = inner
            case ast.Call(func=inner) if past_calls:
                node = inner
            case ast.Name(id=name):
                return name
            case _:
                return ""


def _table(source: str) -> symtable.SymbolTable | None:
    python = _as_python(source)
    return None if python is None else symtable.symtable(python, "cell", "exec")


def _parsed(source: str) -> ast.Module | None:
    python = _as_python(source)
    return None if python is None else _tree(python)


@lru_cache(_CACHED)
def _as_python(source: str) -> str | None:
    """Return a cell's text as Python without magics, or None if it cannot be read as that."""
    if _tree(source) is not None:
        return source
    # Only now: most cells are plain Python, and the import takes a quarter of a second.
    try:
        from IPython.core.inputtransformer2 import TransformerManager
    except ModuleNotFoundError:  # in a reader's browser, where there are no magics
        return None

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of a line that ends as for Python none does
            python = TransformerManager().transform_cell(source)
    except (SyntaxError, ValueError, RecursionError):
        return None
    tree = _tree(python)
    if tree is None:
        return None
    body = _body_of_magic(tree)
    return python if body is None else _as_python(body)


def _tree(python: str) -> ast.Module | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of an invalid escape, for example
            tree = ast.parse(python)
            symtable.symtable(python, "cell", "exec")  # refuses what `parse` does not look at
            return tree
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _body_of_magic(tree: ast.Module) -> str | None:
    """Return the body of a cell magic that runs it in place; of anything else None."""
    match tree.body:
        case [
            ast.Expr(
                value=ast.Call(
                    func=ast.Attribute(attr="run_cell_magic"),
                    args=[ast.Constant(value=str(name)), _, ast.Constant(value=str(body))],
                )
            )
        ] if name in _RUN_IN_PLACE:
            return body
    return None


def _bound_by(tree: ast.AST) -> Iterator[str]:
    """Yield the names that a statement, or a module, gives a value in its own scope."""
    for node in _outside_of_functions(tree):
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield name
            case ast.ClassDef(name=name):
                yield name
            case ast.Import(names=aliases) | ast.ImportFrom(names=aliases):
                for alias in aliases:
                    yield alias.asname or alias.name.split(".")[0]
            case ast.Name(id=name, ctx=ast.Store()) | ast.ExceptHandler(name=str(name)):
                yield name
            case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
                yield name
            case ast.MatchMapping(rest=str(name)):
                yield name
            case ast.Subscript(
                value=ast.Call(func=ast.Name(id="globals" | "locals" | "vars"), args=[]),
                slice=ast.Constant(value=str(name)),
                ctx=ast.Store(),
            ):
                yield name
            case ast.Call(func=ast.Name(id="exec"), args=[ast.Constant(value=str(text)), *_]):
                yield from bound(text)
            case ast.Call(
                func=ast.Attribute(attr="run_line_magic"),
                args=[ast.Constant(value=str(magic)), ast.Constant(value=str(text))],
            ) if magic in _RUN_IN_PLACE:
                yield from bound(text)
    yield from _set_by_functions(tree)


def _set_by_functions(tree: ast.AST) -> Iterator[str]:
    """Yield the names of the module that functions give a value, as they say with `global`."""
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        own = [each for part in function.body for each in _outside_of_functions(part)]
        said = {name for each in own if isinstance(each, ast.Global) for name in each.names}
        for each in own:
            if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store) and each.id in said:
                yield each.id


def _only_in_comprehensions(tree: ast.Module) -> set[str]:
    """Return the names that comprehensions bind for themselves and nothing else of a cell reads.

    The bodies of functions and classes, which have scopes of their own, are not looked into.
    """
    theirs: set[str] = set()
    read: set[str] = set()
    waiting: list[tuple[ast.AST, frozenset[str]]] = [(tree, frozenset())]
    while waiting:
        node, own = waiting.pop()
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id not in own:
            read.add(node.id)
        elif isinstance(node, _COMPREHENSIONS):
            first, *others = [each.iter for each in node.generators]
            waiting.append((first, own))  # is evaluated outside
            targets = [part for each in node.generators for part in ast.walk(each.target)]
            names = {part.id for part in targets if isinstance(part, ast.Name)}
            theirs |= names
            conditions = [part for each in node.generators for part in each.ifs]
            results = [getattr(node, name, None) for name in ("elt", "key", "value")]
            waiting += [(part, own | names) for part in (*others, *conditions, *results) if part]
        elif isinstance(node, _SCOPES):
            waiting += [(part, own) for part in _outer_parts(node)]
        else:
            waiting += [(part, own) for part in ast.iter_child_nodes(node)]
    return theirs - read


def _outer_parts(node: ast.AST) -> list[ast.AST]:
    """Return the parts of a function or class that are evaluated where it is defined."""
    parts = [*getattr(node, "decorator_list", []), *getattr(node, "bases", [])]
    arguments = getattr(node, "args", None)
    parts += [] if arguments is None else [*arguments.defaults, *arguments.kw_defaults]
    return [each for each in parts if each is not None]


def _outside_of_functions(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield the nodes that belong to the scope of `tree` itself.

    Left out are the targets of `x += 1` and of `x: int`, which give no value to a new name,
    and what is inside of functions, classes and comprehensions; of these a walrus counts.
    """
    waiting: list[tuple[ast.AST, bool]] = [(tree, False)]
    while waiting:
        node, inside = waiting.pop()
        if not inside or isinstance(node, ast.NamedExpr):
            yield node
        if isinstance(node, ast.NamedExpr):
            yield node.target
            waiting.append((node.value, inside))
        elif isinstance(node, _SCOPES):
            waiting += [(each, inside) for each in _outer_parts(node)]
        elif isinstance(node, _COMPREHENSIONS):
            waiting += [(each, True) for each in ast.iter_child_nodes(node)]
        elif isinstance(node, ast.AugAssign):
            waiting.append((node.value, inside))
        elif isinstance(node, ast.AnnAssign) and node.value is None:
            continue
        else:
            waiting += [(each, inside) for each in reversed(list(ast.iter_child_nodes(node)))]
