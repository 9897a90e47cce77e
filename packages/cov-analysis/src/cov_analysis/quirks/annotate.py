"""Annotations are compiled into functions of their own, run only when somebody asks (PEP 649)."""

from __future__ import annotations

from types import CodeType

from .model import Quirk


def _is_annotate(code: CodeType) -> bool:
    return code.co_name == "__annotate__"


QUIRK = Quirk(
    name="annotate",
    since=(3, 14),
    until=None,
    sample="class A:\n    x: int\n",
    link="https://peps.python.org/pep-0649/",
    hides_code=_is_annotate,
)
