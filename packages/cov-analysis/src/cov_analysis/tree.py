"""Walking the statements of a syntax tree; expressions hold no statements and are skipped."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TypeAlias

FunctionNode: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef
DefinitionNode: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef

# Most statements hold no others: tested first, since this is the hottest question here.
_SIMPLE = (
    ast.Expr, ast.Assign, ast.Return, ast.Import, ast.ImportFrom, ast.Raise, ast.Pass,
    ast.AugAssign, ast.Assert, ast.AnnAssign, ast.Delete, ast.Global, ast.Nonlocal, ast.Break,
    ast.Continue,
)  # fmt: skip


def suites(node: ast.AST) -> Iterator[list[ast.stmt]]:
    """The statement lists directly below `node`, in source order."""
    if isinstance(node, _SIMPLE):
        return
    match node:
        case ast.Try() | ast.TryStar():
            yield node.body
            for handler in node.handlers:
                yield handler.body
            yield node.orelse
            yield node.finalbody
        case ast.Match():
            for case in node.cases:
                yield case.body
        case ast.If() | ast.For() | ast.AsyncFor() | ast.While():
            yield node.body
            yield node.orelse
        case (
            ast.Module()
            | ast.FunctionDef()
            | ast.AsyncFunctionDef()
            | ast.ClassDef()
            | ast.With()
            | ast.AsyncWith()
        ):
            yield node.body


def statements(module: ast.Module) -> Iterator[ast.stmt]:
    """Every statement of the module, in no particular order; no recursion, whatever the depth."""
    pending: list[ast.stmt] = list(module.body)
    while pending:
        node = pending.pop()
        yield node
        for suite in suites(node):
            pending.extend(suite)


def start_line(node: ast.stmt) -> int:
    """The line (1-based) a statement begins on: a definition on its first decorator's, if any."""
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef() if node.decorator_list:
            return node.decorator_list[0].lineno
    return node.lineno
