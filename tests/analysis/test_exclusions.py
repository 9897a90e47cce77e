"""Pragmas and patterns; ids are those of the reference, section 6.2."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cov_analysis import AnalysisError, Exclusions, Source, SourceFacts, analyze
from cov_analysis.exclusions import (
    DEFAULT_EXCLUDE,
    DEFAULT_PARTIAL,
    DEFAULT_PARTIAL_ALWAYS,
    WORDS,
)

PRAGMA = "# pragma: no cover"


def facts(text: str, exclusions: Exclusions | None = None) -> SourceFacts:
    return analyze(Source("a.py", text), exclusions)


@pytest.mark.parametrize(
    "comment",
    [
        "# pragma: no cover",
        "#pragma:no cover",
        "# PRAGMA: NO COVER",
        "# pragma no cover",
        "# pragma: nocover",
        "# pragma: NO cover",
        "# pragma: no cover because it is Tuesday",
        "# noqa # pragma: no cover",
        "# pragma: no covering",  # EXC-07
    ],
)
def test_spellings_that_are_the_pragma(comment: str) -> None:
    # EXC-06
    assert facts(f"x\ny  {comment}\n").excluded == {2}


@pytest.mark.parametrize(
    "comment",
    ["# Pragma: no cover", "# pragma : no cover", "# pragma:no-cover", "# see pragma: no cover"],
)
def test_spellings_that_are_not(comment: str) -> None:
    assert facts(f"x\ny  {comment}\n").excluded == set()


def test_the_pragma_works_inside_strings() -> None:
    # EXC-07
    assert facts("x = '# pragma: no cover'\ny\n").excluded == {1}


@pytest.mark.parametrize(
    ("text", "statements", "excluded"),
    [
        pytest.param(f"if x:  {PRAGMA}\n    a\nb\n", {3}, {1, 2}, id="suite"),
        pytest.param(
            f"if x:  {PRAGMA}\n    a\nelse:\n    b\n", {4}, {1, 2}, id="EXC-10 else stays"
        ),
        pytest.param(
            f"try:\n    a\nexcept A:  {PRAGMA}\n    b\nexcept B:\n    c\n",
            {1, 2, 5, 6},
            {3, 4},
            id="EXC-10 one handler",
        ),
        pytest.param(
            f"for i in x:\n    a\nelse:  {PRAGMA}\n    b\n", {1, 2}, {3, 4}, id="loop else"
        ),
        pytest.param(
            f"if (x and  {PRAGMA}\n  y):\n    a\nb\n", {4}, {1, 3}, id="EXC-11 first header line"
        ),
        pytest.param(
            f"if (x and\n  y):  {PRAGMA}\n    a\nb\n", {4}, {1, 3}, id="EXC-11 last header line"
        ),
        pytest.param(
            f"if x: a = [\n    1,  {PRAGMA}\n]\nelse:\n    b\n", {5}, {1}, id="beyond the colon"
        ),
        pytest.param(
            f"def f(\n    a,  {PRAGMA}\n):\n    # why\n\n    b\nc\n",
            {7},
            {1, 2, 3, 4, 5, 6},
            id="EXC-12 signature",
        ),
        pytest.param(
            f"@a\n@b  {PRAGMA}\nclass C:\n    x\n\n    y\nc\n",
            {7},
            {1, 2, 3, 4, 5, 6},
            id="EXC-12 decorator",
        ),
        pytest.param(f"x = [\n    1,  {PRAGMA}\n]\ny\n", {4}, {1}, id="EXC-13 inside"),
        pytest.param(f"{PRAGMA}\nx\n", {2}, {1}, id="EXC-13 alone"),
        pytest.param(
            f"if x:  {PRAGMA}\n    a\n\n    # why\n    b\n\nc\n", {7}, {1, 2, 5}, id="EXC-17 suite"
        ),
        pytest.param(
            f"x: int = 1  {PRAGMA}\ny\nf = lambda: [  {PRAGMA}\n    1]\nz\n",
            {2, 5},
            {1, 3},
            id="colons that open no suite",
        ),
    ],
)
def test_what_a_pragma_takes_with_it(text: str, statements: set[int], excluded: set[int]) -> None:
    found = facts(text)
    assert found.statements == statements
    assert found.excluded == excluded


@pytest.mark.parametrize(
    ("case", "excluded"),
    [
        pytest.param(f"_:\n        a  {PRAGMA}\n", {4, 5}, id="all of the body"),
        pytest.param(f"_: a  {PRAGMA}\n", {4}, id="one line"),
        pytest.param(f"x:\n        a  {PRAGMA}\n        # why\n", {4, 5}, id="a comment besides"),
        pytest.param(f"_:\n        a  {PRAGMA}\n        b\n", {5}, id="some of the body"),
        pytest.param(f"3:\n        a  {PRAGMA}\n", {5}, id="may not match"),
        pytest.param(f"_ if x:\n        a  {PRAGMA}\n", {5}, id="guarded"),
    ],
)
def test_a_case_that_always_matches_goes_with_its_body(case: str, excluded: set[int]) -> None:
    # EXC-14
    assert facts(f"match x:\n    case 1:\n        y\n    case {case}").excluded == excluded


@pytest.mark.parametrize(
    ("text", "excluded"),
    [
        pytest.param("...\n", {1}, id="alone"),
        pytest.param("def f(): ...\n", {1}, id="def"),
        pytest.param("async def f(a) -> int: ...  # why\n", {1}, id="async def"),
        pytest.param("def f(\n    a\n) -> T: ...\nx\n", {1, 2, 3}, id="wrapped signature"),
        pytest.param("class C: ...\n", set(), id="class"),
        pytest.param("if x: ...\n", set(), id="if"),
        pytest.param("x = ...\n", set(), id="value"),
        pytest.param("... ; a = 1\n", set(), id="more on the line"),
        pytest.param("def f(a,\n    b): ...\n", set(), id="closing line with a parameter"),
    ],
)
def test_the_ellipsis_rule(text: str, excluded: set[int]) -> None:
    # EXC-15
    # Blank lines behind, and the end of the file, would be matched as well.
    assert facts(f"{text}pass\n").excluded == excluded


@pytest.mark.parametrize("test", ["TYPE_CHECKING", "typing.TYPE_CHECKING"])
def test_imports_for_type_checkers_are_excluded_but_not_their_else(test: str) -> None:
    # EXC-16
    found = facts(f"if {test}:\n    import a\nelse:\n    a = 1\n")
    assert found.excluded == {1, 2}
    assert found.statements == {4}


@pytest.mark.parametrize(
    "test", ["not TYPE_CHECKING", "TYPE_CHECKING and x", "(TYPE_CHECKING)", "t.TYPE_CHECKING"]
)
def test_other_uses_of_type_checking_count(test: str) -> None:
    assert facts(f"if {test}:\n    import a\n").excluded == set()


def test_own_patterns_replace_the_defaults() -> None:
    # EXC-18
    text = f"x  {PRAGMA}\nraise y\n...\n"
    assert facts(text, Exclusions(exclude=["raise"])).excluded == {2}
    assert facts(text, Exclusions(exclude=[])).excluded == set()


def test_a_match_may_span_lines() -> None:
    # EXC-08
    found = facts("a\nb\nc\nd\n", Exclusions(exclude=["b\nc"]))
    assert found.excluded == {2, 3}


def test_a_match_of_the_whole_text_leaves_nothing() -> None:
    # EXC-20
    found = facts("a\nif b:\n    c\n", Exclusions(exclude=[r"\A(?s:.*)\Z"]))
    assert found.statements == set()
    assert found.branch_lines == set()


def test_a_forgiven_line_is_one_whose_statement_matches() -> None:
    # EXC-04
    text = "while (x and  # pragma: no branch\n  y):\n    a\nif x:\n    b\n"
    assert facts(text).no_branch == {1}
    assert facts(text, Exclusions(partial=["if x"])).no_branch == {4}
    assert facts(text, Exclusions(partial=[])).no_branch == set()


def test_tests_that_are_constant_by_their_looks_are_forgiven() -> None:
    # EXC-05
    text = "while True:\n    x\n    if 0:\n        y\n"
    assert facts(text).no_branch == {1, 3}
    assert facts(text, Exclusions(partial_always=["nothing"])).no_branch == set()


def test_a_branch_one_side_of_which_is_excluded_is_none() -> None:
    # BRA-05
    found = facts(f"if x:\n    a  {PRAGMA}\nb\n")
    assert found.branch_lines == set()
    assert found.exit_counts[1] == 1


def test_a_bad_regex_is_named() -> None:
    with pytest.raises(AnalysisError, match=r"'b\[': unterminated character set"):
        Exclusions(exclude=["a", "b["])


def test_a_global_flag_works_alone_only() -> None:
    assert facts("x\nY\n", Exclusions(exclude=["(?i)y"])).excluded == {2}
    with pytest.raises(AnalysisError, match=r"\(\?i\)y"):
        Exclusions(exclude=["x", "(?i)y"])


def test_an_empty_regex_matches_nothing_by_itself() -> None:
    assert facts("x\n", Exclusions(exclude=[""])).excluded == set()


@pytest.mark.parametrize("text", ["", "def f():\n", '"""'], ids=["file", "function", "docstring"])
def test_very_many_blank_lines_take_no_time(text: str) -> None:
    """Searched for the default patterns, this would take an hour."""
    end = "    return 1\n" if text.startswith("def") else text
    source = Source("a.py", text + "\n" * 200_000 + end)
    assert analyze(source).excluded == frozenset()


ALL_DEFAULTS = (*DEFAULT_EXCLUDE, *DEFAULT_PARTIAL, *DEFAULT_PARTIAL_ALWAYS)


@pytest.mark.parametrize("regex", ALL_DEFAULTS)
@given(st.data())
def test_a_pattern_is_left_out_only_where_it_does_not_match(
    regex: str, data: st.DataObject
) -> None:
    text = data.draw(st.from_regex(re.compile(regex, re.MULTILINE)))
    assert any(word in text for word in WORDS[regex])
