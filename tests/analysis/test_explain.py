"""Sentences about branches; ids are those of the reference, section 6.5."""

from __future__ import annotations

import pytest

from cov_analysis import Source, SourceFacts, analyze, describe, explain


def facts(text: str) -> SourceFacts:
    return analyze(Source("a.py", text))


@pytest.mark.parametrize(
    ("text", "arc", "sentence"),
    [
        pytest.param(
            "if x:\n    a\nb\n",
            (1, 2),
            "line 1 didn't jump to line 2 because the condition on line 1 was never true",
            id="never true",
        ),
        pytest.param(
            "if x:\n    a\nb\n",
            (1, 3),
            "line 1 didn't jump to line 3 because the condition on line 1 was always true",
            id="always true",
        ),
        pytest.param(
            "for i in x:\n    a\nb\n",
            (1, 2),
            "line 1 didn't jump to line 2 because the loop on line 1 was never entered",
            id="loop never started",
        ),
        pytest.param(
            "for i in x:\n    a\n",
            (1, -1),
            "line 1 didn't leave the module because the loop on line 1 never ran to its end",
            id="loop never ended",
        ),
        pytest.param(
            "match x:\n    case 1:\n        a\nb\n",
            (2, 3),
            "line 2 didn't jump to line 3 because the pattern on line 2 never matched",
            id="never matched",
        ),
        pytest.param(
            "def f():\n    match x:\n        case 1:\n            a\n",
            (3, -1),
            "line 3 didn't return from function 'f' because the pattern on line 3 always matched",
            id="always matched",
        ),
        pytest.param(
            "try:\n    a\nexcept E:\n    b\n",
            (3, 4),
            "line 3 didn't jump to line 4 because nothing that line 3 catches was raised",
            id="not raised",
        ),
        pytest.param(
            "def f(x):\n    if x: return\n    a\n",
            (2, -1),
            "line 2 didn't return from function 'f' because the return on line 2 was not reached",
            id="return",
        ),
        pytest.param(
            "def f(x):\n    if x: raise E\n    a\n",
            (2, -1),
            "line 2 didn't raise out of function 'f' because the raise on line 2 was not reached",
            id="raise",
        ),
        pytest.param(
            "class C:\n    if x:\n        a\n",
            (2, -1),
            "line 2 didn't leave class 'C' because the condition on line 2 was always true",
            id="class",
        ),
        pytest.param(
            "a\nb\n", (1, 2), "line 1 didn't jump to line 2", id="MSG-04, no dangling word"
        ),
        pytest.param(
            "with w:\n    if x:\n        a\nb\n",
            (2, 4),
            "line 2 didn't jump to line 4 because the condition on line 2 was always true",
            id="MSG-06, out of a with",
        ),
        pytest.param(
            "def f(x):\n    with w:\n        for i in x:\n            a\n",
            (3, -1),
            "line 3 didn't return from function 'f' because the loop on line 3 never ran to its "
            "end",
            id="MSG-06, out of a function",
        ),
        pytest.param(
            "for i in x:\n    with w:\n        if i: break\n    a\nb\n",
            (3, 5),
            "line 3 didn't jump to line 5 because the break on line 3 was not reached",
            id="break",
        ),
        pytest.param(
            "for i in x:\n    if i: continue\n    a\n",
            (2, 1),
            "line 2 didn't jump to line 1 because the continue on line 2 was not reached",
            id="continue",
        ),
        pytest.param(
            "async def f(x):\n    async for i in x:\n        a\n",
            (2, -1),
            "line 2 didn't return from function 'f' because the loop on line 2 never ran to its "
            "end",
            id="async loop",
        ),
        pytest.param(
            "@a\n@b\ndef f(x):\n    if x:\n        a\n",
            (4, -1),
            "line 4 didn't return from function 'f' because the condition on line 4 was always "
            "true",
            id="out of a decorated function",
        ),
        pytest.param(
            "while x:\n    a\nelse:\n    b\nc\n",
            (1, 4),
            "line 1 didn't jump to line 4 because the condition on line 1 was always true",
            id="while's else",
        ),
        pytest.param(
            "a\n", (7, -3), "line 7 didn't jump to the exit of the function", id="unknown"
        ),
    ],
)
def test_a_missing_arc_is_explained(text: str, arc: tuple[int, int], sentence: str) -> None:
    # MSG-01 to MSG-03
    assert explain(facts(text), arc) == sentence


def test_several_reasons_are_joined() -> None:
    # MSG-05
    text = "for i in x:\n    if i: continue\n"
    assert explain(facts(text), (2, 1)) == (
        "line 2 didn't jump to line 1 because the continue on line 2 was not reached"
        " or line 2 didn't jump to line 1 because the condition on line 2 was always true"
    )


def test_a_line_that_went_nowhere_always_raised() -> None:
    # MSG-07
    found = facts("if x:\n    a\n")
    assert "always raised" in explain(found, (1, 2), taken=[])
    assert "never true" in explain(found, (1, 2), taken=[-1])


def test_taking_an_arc_is_described() -> None:
    # MSG-08
    found = facts("def f(x):\n    if x:\n        a\n")
    assert describe(found, (2, 3)) == "jump to line 3"
    assert describe(found, (2, -1)) == "return from function 'f'"
