"""Tests that need no running."""

from __future__ import annotations

import ast
from itertools import product
from types import CodeType

import pytest

from cov_analysis.flow.constants import constant_truth

PARTS = [
    *("True", "0", "None", "''", "b'x'", "...", "1.5", "0j", "__debug__"),
    *("()", "(1,)", "(x,)", "[]", "{}", "f''", "f'{1}'"),
    *("-1", "~0", "1 - 1", "(1, 2)[0]", "'%s' % 1", "1 < 2", "1 is 1", "1 in (1,)"),
    *("x", "x()", "(y := 1)", "(y := x)", "(lambda: 1)"),
]
FORMS = [
    *("{0}", "not {0}", "not not {0}", "{0} and {1}", "{0} or {1}", "not ({0} and {1})"),
    *("{0} if {1} else x", "x if {0} else {1}", "({0} or {1}) and x", "x or ({0} and {1})"),
    *("not ({0} or x) and {1}", "x and ({0} if {1} else 0)"),
]


def truth_to_the_compiler(test: str, keyword: str) -> bool | None:
    """By what is left of the two sides of the test in a function."""
    text = f"def f(x):\n {keyword} {test}:\n  a()\n else:\n  b()\n c()\n"
    (function,) = (
        const for const in compile(text, "text", "exec").co_consts if isinstance(const, CodeType)
    )
    kept = {line for _, _, line in function.co_lines()}
    return None if {3, 5} <= kept else 3 in kept


@pytest.mark.filterwarnings("ignore::SyntaxWarning")
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("keyword", ["if", "while"])
def test_a_condition_is_constant_when_the_compiler_keeps_one_side(form: str, keyword: str) -> None:
    """LIM-35"""
    for parts in product(PARTS, PARTS):
        test = form.format(*parts)
        found = constant_truth(ast.parse(test, mode="eval").body)
        assert found is truth_to_the_compiler(test, keyword), test


@pytest.mark.parametrize(
    ("test", "truth"),
    [
        ("True", True),
        ("None", False),
        ("__debug__", True),
        ("not not 0", False),
        ("1 and 'x'", True),
        ("0 or (1 and not None)", True),
        ("x", None),
        ("not x", None),
        ("True or x", True),
        ("x or True", True),
        ("x and False", False),
        ("x and True", None),
        ("1 < 2", None),
        ("f(1)", None),
        ("1 if 1 else 0", True),
        ("0 if x else 0", False),
    ],
)
def test_what_every_version_knows(test: str, truth: bool | None) -> None:
    assert constant_truth(ast.parse(test, mode="eval").body) is truth


def test_a_condition_may_stand_on_any_line() -> None:
    tree = ast.parse("if (\n\n    True\n    or x\n): pass")
    assert isinstance(tree.body[0], ast.If)
    assert constant_truth(tree.body[0].test) is True
