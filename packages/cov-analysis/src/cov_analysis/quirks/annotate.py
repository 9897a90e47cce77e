"""Annotations are compiled into functions of their own, run only when somebody asks (PEP 649)."""

from __future__ import annotations

import ast
from collections.abc import Callable
from types import CodeType

from ..source import Source
from ..tree import start_line, statements
from .model import Quirk

_NAME = "__annotate__"


def _hides_code(source: Source) -> Callable[[CodeType], bool]:
    # Somebody may write a function of that name; the compiler's begin where their owners do.
    written = {
        start_line(node)
        for node in (statements(source.tree) if f"def {_NAME}" in source.text else ())
        if isinstance(node, ast.FunctionDef) and node.name == _NAME
    }
    return lambda code: code.co_name == _NAME and code.co_firstlineno not in written


QUIRK = Quirk(
    name="annotate",
    since=(3, 14),
    until=None,
    sample="class A:\n    x: int\n",
    link="https://peps.python.org/pep-0649/",
    hides_code=_hides_code,
)
