"""What a notebook's cells rely on: the statements above them that their names come from.

All is read off the text, and nothing is run. So of a chapter with large libraries an exercise runs
where there are none, as long as it needs none of them itself.
"""

import ast
import sys
from collections.abc import Collection, Iterator, Sequence

from autograder.names import Statement, changed, root, statements, used, used_by_functions


def relied_on(cells: Sequence[str], chosen: Collection[int]) -> list[str]:
    """Return, in order, the statements of other cells that the `chosen` ones need to run.

    `cells` are the texts of a notebook's code cells, `chosen` the places of some of them. A cell
    that is no Python gives nothing.
    """
    lines: list[Statement] = []
    found: set[int] = set()
    for place, cell in enumerate(cells):
        own = statements(cell) or ()
        if place in chosen:
            found |= set(range(len(lines), len(lines) + len(own)))
        lines += own
    given = set(found)
    # A statement, and when its functions may be called: the chosen ones' at the end.
    waiting = [(line, len(lines)) for line in sorted(found)]
    seen = set(waiting)
    while waiting:
        line, called = waiting.pop()
        text = lines[line].text
        for name in used(text) - _own(text):
            # A function looks it up when it is called; the rest of a statement, comprehensions
            # too, at once.
            ends = {line, called} if name in used_by_functions(text) else {line}
            new = {(giver, end) for end in ends for giver in _givers(lines[:end], name)} - seen
            seen |= new
            waiting += new
    found = {line for line, _ in seen}
    return [lines[line].text for line in sorted(found - given)]


def libraries(texts: Collection[str]) -> list[str]:
    """Return the libraries that Python texts import, by name: neither Python's own nor this one."""
    roots = set()
    for node in (node for text in texts for node in ast.walk(ast.parse(text))):
        if isinstance(node, ast.Import):
            roots |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            roots.add((node.module or "").split(".")[0])
    return sorted(roots - sys.stdlib_module_names - {"autograder"})


def _own(text: str) -> set[str]:
    """Return the names that a statement gives a value before it uses them: it needs no other's."""
    is_own: dict[str, bool] = {}
    for node in _in_order(ast.parse(text)):
        if isinstance(node, ast.Name):
            is_own.setdefault(node.id, isinstance(node.ctx, ast.Store))
        elif isinstance(node, ast.Import | ast.ImportFrom):
            for alias in node.names:
                is_own.setdefault(alias.asname or alias.name.split(".")[0], True)
        elif isinstance(
            node, ast.FunctionDef | ast.ClassDef | ast.ExceptHandler | ast.MatchAs | ast.MatchStar
        ):
            is_own.setdefault(node.name or "", True)
    return {name for name, own in is_own.items() if own}


def _in_order(node: ast.AST) -> Iterator[ast.AST]:
    """Yield nodes as they are evaluated: values before their targets. Functions are not opened."""
    yield node
    match node:
        case ast.FunctionDef() | ast.Lambda():
            return
        case ast.Assign(targets=targets, value=value):
            parts: list[ast.AST] = [value, *targets]
        case ast.NamedExpr(target=target, value=value):
            parts = [value, target]
        case ast.AugAssign(target=target, value=value):
            parts = [ast.Name(root(target), ast.Load()), value]
        case ast.For(target=target, iter=iterated, body=body, orelse=otherwise):
            parts = [iterated, target, *body, *otherwise]
        case _:
            parts = list(ast.iter_child_nodes(node))
    for part in parts:
        yield from _in_order(part)


def _givers(lines: Sequence[Statement], name: str) -> set[int]:
    """Return the last statement that gives a name its value, and those that change it later."""
    later: set[int] = set()
    for line in reversed(range(len(lines))):
        if name in lines[line].names:
            is_import = lines[line].tree.startswith("Import")  # what is called on it changes it not
            return {line} | (set() if is_import else later)
        if name in changed(lines[line].text):
            later.add(line)
    return set()
