"""Which conditions need no running to know (BRS-06)."""

from __future__ import annotations

import ast


def constant_truth(test: ast.expr) -> bool | None:
    """Whether `test` is always true or always false, or None when it has to be tried.

    Constant are literals, `__debug__`, `not` of such and `and`/`or` of only such.
    """
    found = _value(test)
    return None if found is None else bool(found[0])


def _value(test: ast.expr) -> tuple[object] | None:
    """The constant's value in a tuple, since None is one too."""
    negate = False
    while isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        negate = not negate
        test = test.operand
    value: object
    match test:
        case ast.Constant(value=value):
            pass
        case ast.Name(id="__debug__"):
            value = __debug__
        case ast.BoolOp(op=op, values=parts):
            values = [_value(part) for part in parts]
            known = [bool(part[0]) for part in values if part is not None]
            if len(known) < len(values):
                return None
            value = all(known) if isinstance(op, ast.And) else any(known)
        case _:
            return None
    return (not value if negate else value,)
