# With annotations kept as text, those without a value are statements.
# python: >=3.11
from __future__ import annotations


class C:
    a: int
    b: undefined
