"""Functions and classes by line; ids are those of the reference, section 6.6."""

from __future__ import annotations

import pytest

from cov_analysis import Source, analyze

NESTED = '''\
class A:
    x = 1

    def m(self):
        """Doc."""
        def inner():
            return 1
        class B:
            y = 2
            def n(self): return 3
        return inner

    class C:
        def o(self):
            return 4
'''


def regions(text: str) -> list[tuple[str, str, int, list[int]]]:
    found = analyze(Source("a.py", text)).regions
    return [(one.kind, one.name, one.start, sorted(one.lines)) for one in found]


def test_regions_are_named_by_their_path_in_source_order() -> None:
    # REG-01, REG-02
    assert [(kind, name, start) for kind, name, start, _ in regions(NESTED)] == [
        ("class", "A", 1),
        ("function", "A.m", 4),
        ("function", "A.m.inner", 6),
        ("class", "A.m.B", 8),
        ("function", "A.m.B.n", 10),
        ("class", "A.C", 13),
        ("function", "A.C.o", 14),
    ]


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        pytest.param("A.m", [5, 6, 8, 9, 10, 11], id="without nested bodies, shared lines inner's"),
        pytest.param("A.m.inner", [7], id="nested function"),
        pytest.param("A.C.o", [15], id="method"),
    ],
)
def test_a_function_has_its_body_without_those_nested_in_it(name: str, lines: list[int]) -> None:
    # REG-03; line 10 is the def line and the body of n alike, and belongs to n
    (found,) = (one for kind, one_name, _, one in regions(NESTED) if one_name == name)
    assert found == [line for line in lines if (name, line) != ("A.m", 10)]


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        pytest.param("A", [5, 6, 7, 8, 9, 11], id="methods with what is nested"),
        pytest.param("A.m.B", [10], id="class in a method"),
        pytest.param("A.C", [15], id="class in a class"),
    ],
)
def test_a_class_has_the_bodies_of_its_methods(name: str, lines: list[int]) -> None:
    # REG-04
    (found,) = (one for _, one_name, _, one in regions(NESTED) if one_name == name)
    assert found == lines


def test_a_class_without_methods_has_no_lines() -> None:
    assert regions("class C:\n    x = 1\n") == [("class", "C", 1, [])]


def test_a_decorated_definition_starts_on_its_def_line() -> None:
    assert regions("@a\n@b\nasync def f():\n    x\n") == [("function", "f", 3, [4])]


def test_definitions_are_found_wherever_statements_stand() -> None:
    text = """\
if x:
    def a(): pass
else:
    def b(): pass
for i in x:
    def c(): pass
try:
    def d(): pass
except A:
    def e(): pass
else:
    def f(): pass
finally:
    def g(): pass
match x:
    case 1:
        def h(): pass
with x:
    def i(): pass
"""
    assert [name for _, name, _, _ in regions(text)] == list("abcdefghi")
