"""Which lines can run: what the compiled code objects mention, less the docstrings."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from types import CodeType

from .quirks import active
from .source import Source
from .tree import statements


def code_lines(source: Source, codes: Iterable[CodeType]) -> set[int]:
    """Physical lines (1-based) that the compiled code of `source` stands on. Raises NotPython."""
    hidden = [quirk.hides_code(source) for quirk in active() if quirk.hides_code]
    lines: set[int | None] = set()
    pending = [*codes]
    while pending:
        code = pending.pop()
        pending.extend(const for const in code.co_consts if isinstance(const, CodeType))
        if not any(hides(code) for hides in hidden):
            lines.update([line for _, _, line in code.co_lines()])
    # None: no line at all. 0: the start of a module, before its first line.
    return {line for line in lines if line}


def docstring_lines(tree: ast.Module) -> set[int]:
    """Physical lines of the docstrings of module, classes and functions."""
    lines: set[int] = set()
    owners: list[ast.Module | ast.stmt] = [tree, *statements(tree)]
    for owner in owners:
        match owner:
            case (
                ast.Module(body=[ast.Expr(value=ast.Constant(value=str())) as doc, *_])
                | ast.ClassDef(body=[ast.Expr(value=ast.Constant(value=str())) as doc, *_])
                | ast.FunctionDef(body=[ast.Expr(value=ast.Constant(value=str())) as doc, *_])
                | ast.AsyncFunctionDef(body=[ast.Expr(value=ast.Constant(value=str())) as doc, *_])
            ):
                lines.update(range(doc.lineno, (doc.end_lineno or doc.lineno) + 1))
    return lines
