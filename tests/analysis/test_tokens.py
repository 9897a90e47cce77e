"""Logical lines."""

from __future__ import annotations

import pytest

from cov_analysis import Source
from cov_analysis.tokens import LogicalLine, layout


@pytest.mark.parametrize(
    ("text", "firsts"),
    [
        pytest.param("x = 1\ny = 2\n", {}, id="one line each"),
        pytest.param("x = [\n    1,\n]\ny\n", {2: 1, 3: 1}, id="brackets"),
        pytest.param("x = 1 + \\\n    2\n", {2: 1}, id="backslash"),
        pytest.param('x = """\ntext\n"""\n', {2: 1, 3: 1}, id="triple quotes"),
        pytest.param('x = f"""\n{\n y}\n"""\n', {2: 1, 3: 1, 4: 1}, id="f-string"),
        pytest.param("x = [  # why\n\n    # this\n    1]\n", {2: 1, 3: 1, 4: 1}, id="comments"),
        pytest.param("# comment\n\nx = (\n)\n", {4: 3}, id="comments before"),
    ],
)
def test_continuation_lines_belong_to_the_first(text: str, firsts: dict[int, int]) -> None:
    # STM-02
    assert layout(Source("a.py", text)).firsts == firsts


def test_a_line_that_continues_nothing_is_its_own_first() -> None:
    found = layout(Source("a.py", "x = [\n]\ny\n"))
    assert [found.first(line) for line in (1, 2, 3, 99)] == [1, 1, 3, 99]
    assert found.first_all([1, 2, 3]) == {1, 3}


def test_a_logical_line_knows_its_depth_and_its_colon() -> None:
    text = "if (\n  x\n):\n    y = z[1:2]\nlambda: 0\n"
    assert layout(Source("a.py", text)).logical == (
        LogicalLine(first=1, last=3, depth=0, colon=3),
        LogicalLine(first=4, last=4, depth=1, colon=0),
        LogicalLine(first=5, last=5, depth=0, colon=5),
    )
