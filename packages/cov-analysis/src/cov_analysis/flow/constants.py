"""Which conditions need no running to know: those the compiler decides (BRS-06, LIM-35).

What it can decide differs from version to version, so it is asked: a condition made of constants
and of what only a run can tell is compiled by itself, to see which side of it is kept.
"""

from __future__ import annotations

import ast
import warnings

# What may be worked out beforehand; the compiler knows whether it is.
_FOLDABLE = (
    ast.Constant, ast.Tuple, ast.List, ast.Set, ast.Dict, ast.UnaryOp, ast.BinOp, ast.Compare,
    ast.Subscript, ast.Slice, ast.JoinedStr, ast.FormattedValue, ast.expr_context,
    ast.unaryop, ast.operator, ast.cmpop,
)  # fmt: skip


def constant_truth(test: ast.expr) -> bool | None:
    """Whether `test` always takes the same way, true or false, or None when it has to be tried.

    `x or True` is always true, though `x` is evaluated.
    """
    if isinstance(test, ast.Constant):
        return bool(test.value)
    if not _may_be_known(test):
        return None
    return _ask_compiler(_outline(test), test.end_lineno or test.lineno)


def _may_be_known(test: ast.expr) -> bool:
    """Whether some part of the condition is made of constants only."""
    pending = [test]
    while pending:
        node = pending.pop()
        parts = _parts(node)
        if parts:
            pending.extend(parts)
        elif _is_foldable(node):
            return True
    return False


def _parts(node: ast.expr) -> list[ast.expr]:
    """The conditions a condition is made of; none for one that is tested as a whole."""
    match node:
        case ast.BoolOp(values=values):
            return values
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return [operand]
        case ast.IfExp(test=test, body=body, orelse=orelse):
            return [test, body, orelse]
        case ast.NamedExpr(value=value):
            return [value]
    return []


def _is_foldable(node: ast.expr) -> bool:
    return all(isinstance(part, _FOLDABLE) or _is_debug(part) for part in ast.walk(node))


def _is_debug(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and node.id == "__debug__"


def _outline(node: ast.expr) -> ast.expr:
    """The condition with a name in place of all that only a run can tell."""
    match node:
        case ast.BoolOp(op=op, values=values):
            return ast.BoolOp(op=op, values=[_outline(value) for value in values])
        case ast.UnaryOp(op=ast.Not() as negation, operand=operand):
            return ast.UnaryOp(op=negation, operand=_outline(operand))
        case ast.IfExp(test=test, body=body, orelse=orelse):
            return ast.IfExp(test=_outline(test), body=_outline(body), orelse=_outline(orelse))
        case ast.NamedExpr(value=value):
            return ast.NamedExpr(target=ast.Name("x", ast.Store()), value=_outline(value))
    return node if _is_foldable(node) else ast.Name("x", ast.Load())


def _ask_compiler(test: ast.expr, last: int) -> bool | None:
    """Which side is kept; `last` is the last line that parts of `test` stand on."""
    body, orelse = last + 1, last + 2
    question = ast.Module([ast.If(test, [_pass_on(body)], [_pass_on(orelse)])], [])
    ast.fix_missing_locations(question)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # `1 is 1` and the like
        code = compile(question, "<condition>", "exec", dont_inherit=True)
    kept = {line for _, _, line in code.co_lines()}
    return None if {body, orelse} <= kept else body in kept


def _pass_on(line: int) -> ast.Pass:
    return ast.Pass(lineno=line, end_lineno=line, col_offset=0, end_col_offset=0)
