"""Which lines can run: what the compiled code objects mention, less the docstrings."""

from __future__ import annotations

import ast
from types import CodeType

from .quirks import active
from .source import Source
from .tree import statements


def code_lines(source: Source) -> set[int]:
    """Physical lines (1-based) that compiled code stands on. Raises NotPython."""
    hidden = [quirk.hides_code(source) for quirk in active() if quirk.hides_code]
    lines: set[int | None] = set()
    pending = [source.code]
    while pending:
        code = pending.pop()
        pending.extend(const for const in code.co_consts if isinstance(const, CodeType))
        if not any(hides(code) for hides in hidden):
            lines.update([line for _, _, line in code.co_lines()])
    # None: no line at all. 0: the start of a module, before its first line.
    return {line for line in lines if line}


def docstring_lines(source: Source) -> set[int]:
    """Physical lines of the docstrings of module, classes and functions. Raises NotPython."""
    lines: set[int] = set()
    owners: list[ast.Module | ast.stmt] = [source.tree, *statements(source.tree)]
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
