"""Which statements can be left for the one behind them, and what is said where none can."""

from __future__ import annotations

import ast
import dis
from types import CodeType

import pytest

from cov_analysis import Source
from cov_analysis.dropped import passes

LEAVES = [
    "return",
    "raise x",
    "break",
    "continue",
    "assert False",
    "while True:\n    a",
    "while 1:\n    for i in x:\n        break",
    "if x:\n    return\nelse:\n    return",
    "if x:\n    return\nelif y:\n    return\nelse:\n    raise z",
    "if True:\n    return",
    "if False:\n    a\nelse:\n    return",
    "for i in x:\n    a\nelse:\n    return",
    "while x:\n    a\nelse:\n    return",
    "try:\n    return\nexcept x:\n    raise",
    "try:\n    a\nexcept x:\n    raise\nelse:\n    return",
    "try:\n    a\nfinally:\n    return",
    "match x:\n    case 1:\n        return\n    case _:\n        return",
]
PASSES = [
    "a",
    "assert x",
    "if x:\n    return",
    "if x:\n    return\nelif y:\n    a\nelse:\n    return",
    "if x:\n    a\nelse:\n    return",
    "if False:\n    return",
    "for i in x:\n    return",
    "for i in x:\n    break\nelse:\n    return",
    "while True:\n    if x:\n        break",
    "while True:\n    for i in x:\n        a\n    else:\n        break",
    "while x:\n    return",
    "with x:\n    return",  # whose __exit__ may swallow an exception
    "try:\n    return\nexcept x:\n    a",
    "try:\n    a\nexcept x:\n    return",
    "match x:\n    case 1:\n        return",
    "match x:\n    case 1:\n        return\n    case _:\n        a",
    "def f():\n    return",
    "class C:\n    a",
]


def statement(text: str) -> ast.stmt:
    """The statement, as it would be in a loop in a function."""
    (node,) = ast.parse(text).body
    return node


@pytest.mark.parametrize("text", LEAVES)
def test_nothing_gets_past_what_always_leaves(text: str) -> None:
    assert not passes(statement(text))


@pytest.mark.parametrize("text", PASSES)
def test_what_can_end_can_be_left(text: str) -> None:
    assert passes(statement(text))


def test_a_long_chain_of_elifs_is_no_trouble() -> None:
    chain = "if x:\n    return\n" + "elif x:\n    return\n" * 2_000
    assert passes(statement(chain))
    assert not passes(statement(chain + "else:\n    return\n"))


def is_kept_behind(text: str) -> bool:
    """Whether the compiler keeps what follows this statement, in a loop in a function."""
    inner = "".join(f"        {line}\n" for line in text.splitlines())
    source = Source("a.py", f"def f(x, y, z):\n    for q in x:\n{inner}        behind()\n")
    (function,) = (one for one in source.code.co_consts if isinstance(one, CodeType))
    return any(one.argval == "behind" for one in dis.get_instructions(function))


@pytest.mark.parametrize("text", [*LEAVES, *PASSES])
def test_the_compiler_sees_it_the_same_way(text: str) -> None:
    assert is_kept_behind(text) == passes(statement(text))
