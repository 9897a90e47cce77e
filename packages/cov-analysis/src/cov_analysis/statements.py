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
    has_leftovers = any(quirk.keeps_dead_code for quirk in active())
    lines: set[int | None] = set()
    pending = [*codes]
    while pending:
        code = pending.pop()
        here = [line for _, _, line in code.co_lines()]
        inside = [const for const in code.co_consts if isinstance(const, CodeType)]
        if has_leftovers and inside:
            # What makes use of a code object stands where that begins.
            known = set(here)
            inside = [one for one in inside if one.co_firstlineno in known]
        pending.extend(inside)
        if not any(hides(code) for hides in hidden):
            lines.update(here)
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
