"""Where our facts differ from coverage.py's, and docs/differences.md says why."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from types import CodeType

from cov_analysis import Source
from cov_analysis.tokens import layout


def explained_lines(source: Source) -> set[int]:
    """First lines of statements whose ways are not to be compared.

    Conditions in which the compiler may know something (LIM-35), patterns that nothing gets past
    (BRS-25), definitions on one line that begin with a docstring (BRS-28) or on a
    further line of their header. A `finally` is only left if some part of its `try` can end
    (BRS-21): so its lines too, if one of those is inside.
    """
    first = layout(source).first
    lines: set[int] = set()
    tries: list[ast.Try | ast.TryStar] = []
    for node in ast.walk(source.tree):
        match node:
            case ast.If(test=test) | ast.While(test=test) if _has_constant(test):
                lines.update(range(node.lineno, (node.end_lineno or 0) + 1))
            case ast.match_case(pattern=pattern, guard=guard):
                if _names_alternatives(pattern) or (guard is not None and _has_constant(guard)):
                    lines.add(pattern.lineno)
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                body = node.body[0].lineno
                if ast.get_docstring(node) is not None or body != node.lineno == first(body):
                    lines.add(body)
            case ast.Try(finalbody=[_, *_]) | ast.TryStar(finalbody=[_, *_]):
                tries.append(node)
    for block in tries:
        if any(line in lines for line in range(block.lineno, (block.end_lineno or 0) + 1)):
            final = block.finalbody
            lines.update(range(final[0].lineno, (final[-1].end_lineno or 0) + 1))
    return set(map(first, lines))


def hidden_lines(source: Source) -> set[int]:
    """Lines that are statements for one of the two only.

    Those of functions that the user names as the compiler names its own (COR-10), and those of
    definitions in dead code whose code objects are left behind (STM-13).
    """
    lines = layout(source).first_all(set(_left_behind(source.code)))
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef) and node.name == "__annotate__":
            lines.update(range(node.lineno, (node.end_lineno or 0) + 1))
    return lines


def _left_behind(code: CodeType, used: bool = True) -> Iterator[int]:
    """Lines of code objects that nothing on the line where they begin makes use of."""
    lines = {line for _, _, line in code.co_lines() if line}
    if not used:
        yield from lines
    for inside in code.co_consts:
        if isinstance(inside, CodeType):
            yield from _left_behind(inside, used and inside.co_firstlineno in lines)


def _has_constant(test: ast.expr) -> bool:
    """Whether something in the condition is a constant, but not all of it (BRS-06)."""
    if isinstance(test, (ast.Constant, ast.Call, ast.Attribute, ast.Compare)):
        return isinstance(test, ast.Constant)
    return any(
        isinstance(node, (ast.Constant, ast.Tuple, ast.JoinedStr))
        or (isinstance(node, ast.Name) and node.id == "__debug__")
        for node in ast.walk(test)
    )


def _names_alternatives(pattern: ast.pattern) -> bool:
    return any(
        isinstance(node, ast.MatchAs) and isinstance(node.pattern, (ast.MatchOr, ast.MatchAs))
        for node in ast.walk(pattern)
    )
