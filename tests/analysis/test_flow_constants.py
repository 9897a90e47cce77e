"""Tests that need no running."""

from __future__ import annotations

import ast

import pytest

from cov_analysis.flow.constants import constant_truth


@pytest.mark.parametrize(
    ("test", "truth"),
    [
        ("True", True),
        ("0", False),
        ("None", False),
        ("''", False),
        ("b'x'", True),
        ("...", True),
        ("__debug__", True),
        ("not True", False),
        ("not not 0", False),
        ("1 and 'x'", True),
        ("1 and 0", False),
        ("0 or (1 and not None)", True),
        ("not (1 and 0)", True),
        ("x", None),
        ("not x", None),
        ("True or x", None),
        ("x and False", None),
        ("1 < 2", None),
        ("()", None),
        ("-1", None),
        ("f''", None),
        ("1 if 1 else 0", None),
    ],
)
def test_only_literals_and_their_combinations_are_constant(test: str, truth: bool | None) -> None:
    # BRS-06
    assert constant_truth(ast.parse(test, mode="eval").body) is truth
