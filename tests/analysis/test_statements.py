"""Which lines can run; ids are those of the reference, section 6.1."""

from __future__ import annotations

import sys

import pytest

from cov_analysis import Source, analyze


def statements(text: str) -> list[int]:
    return sorted(analyze(Source("a.py", text)).statements)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", [], id="empty file"),
        pytest.param("# comment\n\n", [], id="comments only"),
        pytest.param("x = [\n    1,\n    2,\n]\ny\n", [1, 5], id="STM-02"),
        pytest.param("f = lambda: (\n    never)\n", [1], id="STM-03"),
        pytest.param("x = 1; y = 2\nif x: y\n", [1, 2], id="STM-04"),
        pytest.param('"""doc"""\nx\n', [2], id="STM-05 module"),
        pytest.param('def f():\n    """doc"""\n    x\n', [1, 3], id="STM-05 function"),
        pytest.param('class C:\n    ("a"\n     "b")\n    x\n', [1, 4], id="STM-05 joined"),
        pytest.param('def f():\n    f"doc"\n    x\n', [1, 2, 3], id="STM-05 f-string"),
        pytest.param('class C:\n    b"doc"\n    x\n', [1, 2, 3], id="STM-05 bytes"),
        pytest.param('x = 1\n"""later"""\n', [1, 2], id="STM-05 later"),
        pytest.param('def f(): "doc"\n', [], id="STM-06"),
        pytest.param("1\nNone\nx\n(1, 2)\n", [1, 2, 3, 4], id="STM-07"),
        pytest.param("x\n...\n", [1], id="STM-07 ellipsis"),
        pytest.param("@a\n@b(\n    1)\ndef f():\n    x\n", [1, 2, 4, 5], id="STM-08"),
        pytest.param(
            "try:\n    a\nexcept B:\n    c\nelse:\n    d\nfinally:\n    e\n",
            [1, 2, 3, 4, 6, 8],
            id="STM-09",
        ),
        pytest.param("if x: a\nelse: b\n", [1, 2], id="STM-09 one line"),
        pytest.param("def f():\n    global x\n    y\n", [1, 3], id="STM-10"),
        pytest.param("def f():\n    x: int\n    y.z: int\n", [1, 3], id="STM-11 function"),
        pytest.param("x: int\ny: int = 1\n", [1, 2], id="STM-11 module"),
        pytest.param("if 0:\n    a\nelse:\n    b\n", [1, 4], id="STM-13"),
        pytest.param("def f():\n    return 1\n    x\n", [1, 2], id="STM-13 return"),
        pytest.param("while True:\n    x\ny\n", [1, 2], id="STM-13 endless"),
        pytest.param("if x and False:\n    y\nz\n", [1, 3], id="STM-16"),
    ],
)
def test_statements_are_what_the_compiler_kept(text: str, expected: list[int]) -> None:
    assert statements(text) == expected


def test_an_annotation_in_a_class_is_a_statement_until_it_is_lazy() -> None:
    # STM-11
    lazy = sys.version_info >= (3, 14)
    assert statements("class C:\n    x: int\n    y = 1\n") == ([1, 3] if lazy else [1, 2, 3])
    eager = "from __future__ import annotations\nclass C:\n    x: int\n"
    assert statements(eager) == [1, 2, 3]


def test_the_body_of_an_empty_tuple_test_is_dropped_up_to_3_13() -> None:
    # STM-15
    kept = sys.version_info >= (3, 14)
    assert statements("if ():\n    x\ny\n") == ([1, 2, 3] if kept else [1, 3])


@pytest.mark.skipif(sys.version_info < (3, 12), reason="syntax of 3.12")
def test_type_parameters_add_no_statements() -> None:
    # STM-12
    text = (
        "type X[T] = (\n    list[T])\ndef f[T](a: T) -> T:\n    return a\nclass C[T]:\n    a = 1\n"
    )
    assert statements(text) == [1, 3, 4, 5, 6]
