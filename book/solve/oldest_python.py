"""An answer, read as the oldest Python of the course reads it.

The page's Python is newer. What only a newer one takes would be right on the page, and then stop
the notebook.
"""

import ast
import io
import tokenize
from collections.abc import Iterator
from typing import Final

OLDEST: Final = (3, 11)  # as pyproject.toml says

_NEW_F_STRING: Final = (
    f"f-strings like this one need a newer Python than {'.'.join(map(str, OLDEST))}: inside the "
    "braces use the other quotation marks, and no backslash, comment or new line"
)


def parsed(text: str, name: str) -> ast.Module:
    """Return the tree of a Python text, `name` is what its file is called.

    Its annotations are evaluated where they stand, as up to Python 3.13. Raises SyntaxError for
    what the oldest Python cannot read.
    """
    tree = ast.parse(text, name, feature_version=OLDEST)
    for token in _new_in_f_strings(text):
        line, column = token.start
        raise SyntaxError(_NEW_F_STRING, (name, line, column + 1, token.line))
    futures = (node for node in tree.body if isinstance(node, ast.ImportFrom))
    if any(node.module == "__future__" for node in futures):
        return tree
    _AtOnce().visit(tree)
    return tree


def _new_in_f_strings(text: str) -> Iterator[tokenize.TokenInfo]:
    """Yield what up to Python 3.11 may not stand inside the braces of an f-string."""
    quotes: list[str] = []  # of the f-strings around a token
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        kind = tokenize.tok_name[token.type]
        if kind == "FSTRING_END":
            quotes.pop()
        around = quotes[:-1] if kind == "FSTRING_MIDDLE" else quotes
        if around and (
            kind == "COMMENT"
            or (kind == "NL" and len(around[0]) == 1)
            or any(sign in token.string for sign in (*around, "\\"))
        ):
            yield token
        if kind == "FSTRING_START":
            quotes.append(token.string.lstrip("fFrR"))


class _AtOnce(ast.NodeTransformer):
    """Puts the annotations of a statement before it, as statements that are run."""

    def __init__(self) -> None:
        self._in_function = False  # whose variables have annotations that nothing evaluates

    def visit_FunctionDef(self, node: ast.FunctionDef) -> list[ast.stmt]:
        return [*_annotations(node.args, node.returns), self._within(node, True)]

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> list[ast.stmt]:
        return [*_annotations(node.args, node.returns), self._within(node, True)]

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.stmt:
        return self._within(node, False)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> list[ast.stmt]:
        return [node] if self._in_function else [_run(node.annotation), node]

    def _within(self, node: ast.stmt, is_function: bool) -> ast.stmt:
        before, self._in_function = self._in_function, is_function
        self.generic_visit(node)
        self._in_function = before
        return node


def _annotations(given: ast.arguments, returned: ast.expr | None) -> list[ast.stmt]:
    every = (*given.posonlyargs, *given.args, given.vararg, *given.kwonlyargs, given.kwarg)
    found = [*(each.annotation for each in every if each), returned]
    return [_run(annotation) for annotation in found if annotation]


def _run(annotation: ast.expr) -> ast.stmt:
    return ast.copy_location(ast.Expr(annotation), annotation)
