"""Why a statement did not run, told from what did."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from cov_analysis import Source, analyze
from cov_analysis.recorded import taken_arcs
from cov_analysis.unreached import Finder, Unreached


def why(
    text: str, line: int, ran: Iterable[int], arcs: Iterable[tuple[int, int]] | None = None
) -> Unreached:
    source = Source("a.py", text)
    facts = analyze(source)
    taken = None if arcs is None else taken_arcs(facts, arcs)
    return Finder(source, facts, set(ran), taken).why(line)


@pytest.mark.parametrize(
    ("text", "line", "ran", "cause"),
    [
        pytest.param(
            "def f():\n  a\n  b\n",
            3,
            {1},
            "the function 'f', which begins on line 1, was never called",
            id="never called",
        ),
        pytest.param(
            "@a\ndef f(\n  x):\n  if x:\n    b\n",
            5,
            {1, 2},
            "the function 'f', which begins on line 1, was never called",
            id="decorated",
        ),
        pytest.param(
            "def f():\n  a\n  def g():\n    b\n",
            4,
            {1, 2, 3},
            "the function 'g', which begins on line 3, was never called",
            id="inner function",
        ),
        pytest.param(
            "def f():\n  a\n  def g():\n    b\n",
            4,
            {1},
            "the function 'f', which begins on line 1, was never called",
            id="function of a function",
        ),
        pytest.param(
            "class C:\n  a = 1\n  def f(self):\n    yield b\n",
            4,
            {1, 2, 3},
            "the function 'f', which begins on line 3, was never called, or nothing was taken from "
            "the generator it returned",
            id="generator",
        ),
        pytest.param(
            "async def f():\n  a\n",
            2,
            {1},
            "the function 'f', which begins on line 1, was never called, or what it returned was "
            "never awaited",
            id="coroutine",
        ),
        pytest.param(
            "if a:\n  b\nc\n",
            2,
            {1, 3},
            "line 1 didn't jump to line 2 because the condition on line 1 was never true",
            id="condition",
        ),
        pytest.param(
            "for i in a:\n  b\nc\n",
            2,
            {1, 3},
            "line 1 didn't jump to line 2 because the loop on line 1 was never entered",
            id="loop",
        ),
        pytest.param(
            "match a:\n  case 1:\n    b\nc\n",
            3,
            {1, 2, 4},
            "line 2 didn't jump to line 3 because the pattern on line 2 never matched",
            id="case",
        ),
        pytest.param(
            "try:\n  a\nexcept b:\n  c\n",
            4,
            {1, 2, 3},
            "line 3 didn't jump to line 4 because nothing that line 3 catches was raised",
            id="another exception",
        ),
        pytest.param(
            "try:\n  a\nexcept b:\n  c\n",
            3,
            {1, 2},
            "no exception came to line 3 out of the try on line 1",
            id="no exception",
        ),
        pytest.param(
            "try:\n  a\nexcept b:\n  c\nexcept d:\n  e\n",
            5,
            {1, 2, 3, 4},
            "what was raised in the try on line 1 was caught before line 5",
            id="caught before",
        ),
        pytest.param(
            "def f():\n  yield 1\n  yield 2\n",
            3,
            {1, 2},
            "line 2 ran and never went on to line 3: an exception was raised there, nobody resumed "
            "it, or the program ended",
            id="generator that nobody resumed",
        ),
        pytest.param(
            "a\nb\n",
            2,
            {1},
            "line 1 ran and never went on to line 2: an exception was raised there, or the program "
            "ended",
            id="exception",
        ),
        pytest.param(
            "def f():\n  with a:\n    return b\n  c\n",
            4,
            {1, 2, 3},
            "line 2 ran, but was not left in a way that leads to line 4",
            id="behind a with that is left",
        ),
        pytest.param(
            "def f():\n  try:\n    return b\n  finally:\n    c\n",
            5,
            {1, 2, 3},
            "line 2 ran, but was not left in a way that leads to line 5",
            id="finally of a program that ended",
        ),
        pytest.param(
            "class C(a):\n  b = 1\n",
            2,
            {1},
            "line 1 ran, but was not left in a way that leads to line 2",
            id="class body",
        ),
    ],
)
def test_what_stopped_right_before_a_line_is_its_cause(
    text: str, line: int, ran: set[int], cause: str
) -> None:
    assert why(text, line, ran).causes == (cause,)


def test_what_follows_a_missing_line_is_missing_for_the_same_reason() -> None:
    text = "if a:\n  b\n  c\n  with d:\n    e\nf\n"
    causes = ("line 1 didn't jump to line 2 because the condition on line 1 was never true",)
    assert why(text, 2, {1, 6}) == Unreached((), causes)
    for line in (3, 4, 5):
        assert why(text, line, {1, 6}) == Unreached((2,), causes)


def test_several_ways_to_a_line_have_a_cause_each() -> None:
    text = "try:\n  a\n  b\nexcept c:\n  d\ne\n"
    found = why(text, 6, {1, 2, 4})
    assert found.behind == (3, 5)
    assert [cause[:20] for cause in found.causes] == [
        "line 4 didn't jump t",
        "line 2 ran and never",
    ]


def test_a_condition_that_always_raised_is_told_apart() -> None:
    # MSG-07
    text = "def f():\n  if a:\n    b\n  c\n"
    raised = "line 2 didn't jump anywhere: it always raised an exception"
    assert why(text, 3, {1, 2}, {(2, 2)}).causes == (raised,)
    assert "never true" in why(text, 3, {1, 2, 4}, {(2, 4)}).causes[0]
    # Without branches the lines tell.
    assert why(text, 3, {1, 2}).causes == (raised,)
    assert "never true" in why(text, 3, {1, 2, 4}).causes[0]
    assert "never true" in why("def f():\n  if a:\n    b\n", 3, {1, 2}).causes[0]


def test_a_loop_whose_body_never_ended_is_not_its_own_cause() -> None:
    text = "while a:\n  b\n  c\nd\n"
    found = why(text, 3, {1, 2})
    assert found.causes[0].startswith("line 2 ran and never went on to line 3")


def test_of_a_file_that_never_ran_nothing_more_is_said() -> None:
    assert why("a\nb\n", 2, ()) == Unreached((), ())


def test_long_programs_are_walked_without_recursion_and_only_once() -> None:
    length = 20_000
    source = Source("a.py", "if a:\n" + "  b\n" * length)
    finder = Finder(source, analyze(source), {1}, None)
    last = finder.why(length + 1)
    assert last.behind == (2,)
    for line in range(3, length + 1):
        assert finder.why(line) == last
