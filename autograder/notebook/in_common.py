"""What a teacher's own solution says of the names, files and random numbers it shares with tests.

A test that sets a global name, or reads one that a call has changed, works on the student's code
only as far as the teacher's solution has the same names in common with it: what it reads is told
to the student's process, what it changes is asked back, and nothing else. So a test's own
variables, its expected values among them, stay where they are.
"""

import ast
import re
import symtable
from collections.abc import Iterator
from typing import Any

from nbformat import NotebookNode

from autograder.names import root
from autograder.notebook.cells import is_solution

_MARK = "autograder"  # in a template's metadata
_CHANGERS = frozenset(
    "append extend insert add update pop remove clear setdefault sort reverse discard popitem "
    "appendleft popleft".split()
)
MAX_TEXT = 200  # characters of a text that may be a file's name
_FILE = re.compile(r"[\w./-]+\.\w{1,8}")


def note(template: NotebookNode, source: NotebookNode) -> None:
    """Write into a template's metadata what the solutions of its source say."""
    template.metadata[_MARK] = found(
        [cell.source for cell in source.cells if cell.cell_type == "code" and is_solution(cell)]
    )


def of(notebook: NotebookNode) -> dict[str, Any]:
    """Return what `note` wrote, of a template or a notebook rebuilt from one."""
    return dict(notebook.metadata.get(_MARK, {}))


def found(sources: list[str]) -> dict[str, Any]:
    """Return what solutions have in common with tests, see `sandbox.names.Common`.

    A solution that is not Python, for its magics for example, says nothing.
    """
    reads: set[str] = set()
    changes: set[str] = set()
    classes: set[str] = set()
    imports: dict[str, list[str]] = {}
    files: set[str] = set()
    draws = False
    for source in sources:
        try:
            tree = ast.parse(source)
            table = symtable.symtable(source, "solution", "exec")
        except (SyntaxError, ValueError):
            continue
        for scope in _functions(table):
            for symbol in scope.get_symbols():
                if symbol.is_global():
                    reads |= {symbol.get_name()} if symbol.is_referenced() else set()
                    changes |= {symbol.get_name()} if symbol.is_assigned() else set()
        changed = _changed_inside(tree)
        changes |= {name for name in reads if name in changed}
        classes |= {node.name for node in tree.body if isinstance(node, ast.ClassDef)}
        imports |= _imports(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                files |= {node.value} if 0 < len(node.value) <= MAX_TEXT else set()
            name = getattr(node, "id", getattr(node, "attr", getattr(node, "module", "")))
            draws = draws or "random" in str(name or "")
        draws = draws or any("random" in part for parts in imports.values() for part in parts)
    return {
        "reads": sorted(reads),
        "changes": sorted(changes),
        "classes": sorted(classes),
        "imports": imports,
        "files": sorted(text for text in files if _FILE.fullmatch(text)),
        "random": draws,
    }


def _functions(table: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
    for child in table.get_children():
        if child.get_type() in ("function", "class"):
            yield child
        yield from _functions(child)


def _changed_inside(tree: ast.AST) -> set[str]:
    """Return the names whose value is changed in place: `cache[n] = …`, `results.append(…)`."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript | ast.Attribute) and not isinstance(node.ctx, ast.Load):
            names.add(root(node))
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            names |= {root(node.func)} if node.func.attr in _CHANGERS else set()
    return names - {""}


def _imports(tree: ast.Module) -> dict[str, list[str]]:
    names: dict[str, list[str]] = {}
    for node in tree.body:
        if isinstance(node, ast.Import):
            for each in node.names:
                whole = each.asname is not None
                name = each.asname or each.name.split(".")[0]
                names[name] = [each.name if whole else each.name.split(".")[0]]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for each in node.names:
                if each.name != "*":
                    names[each.asname or each.name] = [node.module, each.name]
    return names
