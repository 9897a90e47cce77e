"""Possible arcs, construct by construct; ids are those of the reference, section 6.4."""

from __future__ import annotations

import pytest

from cov_analysis import Source, analyze


def arcs(text: str) -> set[tuple[int, int]]:
    return set(analyze(Source("a.py", text)).arcs)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", {(1, -1)}, id="BRS-31 empty"),
        pytest.param("x\ny\n", {(1, 2), (2, -1)}, id="BRS-01"),
        pytest.param("if x:\n    a\nb\n", {(1, 2), (1, 3), (2, 3), (3, -1)}, id="BRS-03"),
        pytest.param(
            "if x:\n    a\nelif y:\n    b\nelse:\n    c\n",
            {(1, 2), (1, 3), (2, -1), (3, 4), (3, 6), (4, -1), (6, -1)},
            id="BRS-04",
        ),
        pytest.param("if 1:\n    a\nb\n", {(1, 2), (2, 3), (3, -1)}, id="BRS-05"),
        pytest.param("if x: a\nb\n", {(1, 2), (2, -1)}, id="BRS-07"),
        pytest.param(
            "for i in y:\n    if i: break\n    a\nb\n",
            {(1, 2), (1, 4), (2, 3), (2, 4), (3, 1), (4, -1)},
            id="BRS-08",
        ),
        pytest.param("if x: a\nelse:\n    b\nc\n", {(1, 3), (1, 4), (3, 4), (4, -1)}, id="BRS-09"),
        pytest.param("while x:\n    a\nb\n", {(1, 2), (1, 3), (2, 1), (3, -1)}, id="BRS-10"),
        pytest.param("while 1:\n    a\nb\n", {(1, 2), (2, 1)}, id="BRS-11"),
        pytest.param(
            "while 1:\n    break\nelse:\n    a\nb\n",
            {(1, 2), (2, 5), (5, -1)},
            id="BRS-11 else",
        ),
        pytest.param("while 0:\n    a\nb\n", {(1, 3), (3, -1)}, id="BRS-12"),
        pytest.param(
            "while x or True:\n    if a:\n        break\nelse:\n    a\nb\n",
            {(1, 2), (2, 1), (2, 3), (3, 6), (6, -1)},
            id="LIM-35",
        ),
        pytest.param("for i in x:\n    a\nb\n", {(1, 2), (1, 3), (2, 1), (3, -1)}, id="BRS-13"),
        pytest.param("for i in x: a\nb\n", {(1, 2), (2, -1)}, id="BRS-14"),
        pytest.param(
            "for i in x:\n    break\nelse:\n    a\nb\n",
            {(1, 2), (1, 4), (2, 5), (4, 5), (5, -1)},
            id="BRS-15",
        ),
        pytest.param(
            "for i in x:\n    try:\n        continue\n    finally:\n        a\nb\n",
            {(1, 2), (1, 6), (2, 3), (3, 1), (6, -1)},
            id="BRS-17",
        ),
        pytest.param(
            "def f():\n    try:\n        return 1\n    finally:\n        a\n",
            {(1, -1), (2, 3), (3, -1)},
            id="BRS-18",
        ),
        pytest.param(
            "def f():\n    try:\n        raise A\n    except A:\n        raise B\n",
            {(1, -1), (2, 3), (3, 4), (4, 5), (5, -1)},
            id="BRS-19",
        ),
        pytest.param(
            "def f():\n    try:\n        raise A\n    finally:\n        a\n",
            {(1, -1), (2, 3)},
            id="BRS-19 finally",
        ),
        pytest.param("raise A\n", set(), id="BRS-19 module"),
        pytest.param(
            "try:\n    a\nexcept A:\n    b\nexcept B:\n    c\nelse:\n    d\nfinally:\n    e\nf\n",
            {(1, 2), (2, 8), (3, 4), (4, 10), (5, 6), (6, 10), (8, 10), (10, 11), (11, -1)},
            id="BRS-20",
        ),
        pytest.param(
            "with x:\n    with y, z:\n        if a:\n            b\nc\n",
            {(1, 2), (2, 3), (3, 4), (3, 5), (4, 5), (5, -1)},
            id="BRS-23",
        ),
        pytest.param(
            "match x:\n    case 1:\n        a\n    case 2:\n        b\nc\n",
            {(1, 2), (2, 3), (2, 4), (3, 6), (4, 5), (4, 6), (5, 6), (6, -1)},
            id="BRS-24",
        ),
        pytest.param(
            "match x:\n    case 1:\n        a\n    case 2 | _:\n        b\nc\n",
            {(1, 2), (2, 3), (2, 4), (3, 6), (4, 5), (5, 6), (6, -1)},
            id="BRS-25",
        ),
        pytest.param(
            "@a\n@b\nclass C:\n    x\ny\n",
            {(1, 2), (2, 3), (3, 5), (4, -1), (5, -1)},
            id="BRS-26",
        ),
        pytest.param("def f(): a\nb\n", {(1, 2), (1, -1), (2, -1)}, id="BRS-27"),
        pytest.param("x\ndef f(): 'doc'\ny\n", {(1, 2), (2, 3), (3, -1)}, id="BRS-28"),
        pytest.param("def f():\n    yield 1\n    x\n", {(1, -1), (2, 3), (3, -1)}, id="BRS-32"),
        pytest.param("def f():\n    return 1\n    x\n", {(1, -1), (2, -1)}, id="BRS-33"),
    ],
)
def test_possible_arcs(text: str, expected: set[tuple[int, int]]) -> None:
    assert arcs(text) == expected


def test_a_chain_of_elifs_may_be_longer_than_the_stack_is_deep() -> None:
    # Even where the compiler takes no more, the answer is an error of ours: test_source.py.
    count = 400
    text = "if x == 0:\n    a\n" + "".join(f"elif x == {n}:\n    a\n" for n in range(1, count))
    assert len(arcs(text)) == 3 * count


def test_a_finally_that_never_goes_on_ends_at_its_with() -> None:
    # The with is left by the exception alone: its line is as far as the if's way can be followed.
    text = "try:\n    raise A\nfinally:\n    with x:\n        if y:\n            z\n"
    assert arcs(text) == {(1, 2), (4, 5), (5, 6), (5, 4), (6, 4)}


def test_arcs_of_deep_nesting_grow_with_the_source() -> None:
    depth = 90
    text = "".join(f"{' ' * n}if x:\n" for n in range(depth)) + " " * depth + "y\n"
    assert len(arcs(text)) == 2 * depth + 1
