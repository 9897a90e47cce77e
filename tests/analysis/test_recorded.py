"""What recorders of jumps, and recorders of pairs of lines, mean by what they write."""

from __future__ import annotations

import pytest

from cov_analysis import Source, SourceFacts, analyze
from cov_analysis.recorded import taken_arcs

ONE_WITH = """\
def f(x):
    with a:
        if x:
            b
    c
"""

TWO_WITHS = """\
def f(x):
    with a:
        with b:
            if x:
                c
    d
"""

TWO_WAYS = """\
for i in x:
    with a:
        if b: break
    c
"""


def taken_from(text: str, line: int, *arcs: tuple[int, int]) -> list[int]:
    """Where the possible arcs out of a branch line that were taken lead."""
    facts = analyze(Source("a.py", text))
    return sorted(target for start, target in taken_arcs(facts, arcs) if start == line)


def test_a_jump_out_of_a_with_is_recorded_as_it_is() -> None:
    assert taken_from(ONE_WITH, 3, (3, 5)) == [5]


def test_a_visit_to_the_line_of_the_with_is_the_way_out_of_it() -> None:
    # BRS-23
    assert taken_from(ONE_WITH, 3, (-1, 2), (2, 3), (3, 2), (2, 5), (5, -1)) == [5]


def test_a_visit_that_leads_nowhere_was_an_exception() -> None:
    assert taken_from(ONE_WITH, 3, (-1, 2), (2, 3), (3, 2)) == []


def test_a_visit_by_somebody_else_is_not_this_lines_way_out() -> None:
    assert taken_from(ONE_WITH, 3, (2, 3), (3, 4), (4, 2), (2, 5)) == [4]


def test_a_recorder_of_jumps_alone_need_not_tell_how_it_goes_on() -> None:
    assert taken_from(ONE_WITH, 3, (3, 3), (3, 2)) == [5]


def test_a_recorder_of_jumps_that_tells_of_the_body_marks_the_lines_that_ran() -> None:
    # BRS-23
    marks = [(2, 2), (3, 3)]
    assert taken_from(ONE_WITH, 3, (-1, 2), (2, 3), (3, 2), *marks) == [5]
    assert taken_from(ONE_WITH, 3, (-1, 2), (2, 3), (3, 2), marks[0]) == []
    assert taken_from(ONE_WITH, 3, (-1, 2), (2, 3), (3, 4), *marks) == [4]


@pytest.mark.parametrize(
    ("arcs", "taken"),
    [
        pytest.param([(2, 3), (3, 4), (4, 3), (3, 2), (2, 6)], [6], id="all the way"),
        pytest.param([(2, 3), (3, 4), (4, 3), (2, 6)], [], id="stopped at the outer with"),
        pytest.param([(2, 3), (3, 4), (4, 3), (3, 2)], [], id="stopped behind the outer with"),
        pytest.param([(4, 3)], [6], id="jumps alone"),
    ],
)
def test_nested_withs_are_left_one_after_the_other(
    arcs: list[tuple[int, int]], taken: list[int]
) -> None:
    assert taken_from(TWO_WITHS, 4, *arcs) == taken


def test_of_several_ways_out_of_a_with_the_next_step_tells_which() -> None:
    assert taken_from(TWO_WAYS, 3, (2, 3), (3, 2), (2, 4)) == [4]
    assert taken_from(TWO_WAYS, 3, (2, 3), (3, 2), (2, -1)) == [-1]
    assert taken_from(TWO_WAYS, 3, (3, 2)) == []


def test_withs_on_lines_of_their_own_are_one_stop() -> None:
    text = "with (\n  a,\n  b,\n):\n    if x:\n        c\nd\n"
    recorded = [(1, 2), (2, 3), (3, 5), (5, 3), (3, 2), (2, 7)]
    assert taken_from(text, 5, *recorded) == [7]


def test_every_possible_arc_stands_for_itself() -> None:
    facts: SourceFacts = analyze(Source("a.py", TWO_WITHS + TWO_WAYS))
    assert taken_arcs(facts, facts.arcs) == facts.arcs
