"""Facts joined with records; ids are those of the reference, section 6.7."""

from __future__ import annotations

import pytest
from analysis.programs import programs
from hypothesis import given, settings

from cov_analysis import FileResult, NotPython, Source, SourceFacts, Totals, analyze, measure

BRANCHY = """\
def f(x):
    if x:
        return 1
    return 2
def g(x):
    if x:
        a = [
            1,
        ]
f(1)
"""


def facts(text: str) -> SourceFacts:
    return analyze(Source("a.py", text))


def test_lines_inside_a_statement_count_for_it() -> None:
    result = measure(facts("x = [\n    1,\n]\ny\n"), {2})
    assert result.executed == {1}
    assert result.missing == {4}


def test_lines_that_are_no_statements_are_ignored() -> None:
    # NBR-09
    result = measure(facts("x\n\n# comment\ny  # pragma: no cover\n"), {1, 2, 3, 4, 99})
    assert result.executed == result.statements == {1}
    assert result.excluded == {4}


def test_missing_branches_of_executed_and_of_missing_lines() -> None:
    result = measure(facts(BRANCHY), {1, 2, 3, 5, 10}, {(2, 3), (3, -1)})
    assert result.executed_branches == {2: [3]}
    assert result.missing_branches == {2: [4], 6: [7, -5]}
    assert result.totals == Totals(
        statements=8, missing=3, excluded=0, branches=4, partial_branches=1, missing_branches=3
    )


def test_without_recorded_branches_none_are_counted() -> None:
    result = measure(facts(BRANCHY), {1, 5, 10}, None)
    assert not result.has_branches
    assert result.executed_branches == result.missing_branches == {}
    assert result.totals == Totals(statements=8, missing=5)


def test_a_file_measured_with_branches_that_never_ran_misses_them_all() -> None:
    result = measure(facts(BRANCHY), set(), set())
    assert result.has_branches
    assert result.missing_branches == {2: [3, 4], 6: [7, -5]}
    assert result.totals.partial_branches == 0


def test_recorded_arcs_between_continuation_lines_count() -> None:
    result = measure(facts(BRANCHY), {6, 8}, {(6, 8)})
    assert result.executed_branches == {6: [7]}


def test_impossible_arcs_are_ignored() -> None:
    # BRA-07; the entry, the pair of one line, and a jump that cannot be
    result = measure(facts(BRANCHY), {2}, {(-1, 2), (2, 2), (2, 10)})
    assert result.executed_branches == {}


def test_both_ways_missing_on_an_executed_line_are_two_partial_branches() -> None:
    # NBR-02
    assert measure(facts(BRANCHY), {1, 2}, set()).totals.partial_branches == 2


FORGIVEN = "while x:  # pragma: no branch\n    y\n"


def test_a_forgiven_line_that_ran_misses_nothing_and_counts_in_full() -> None:
    # BRA-08
    result = measure(facts(FORGIVEN), {1}, set())
    assert result.missing_branches == {}
    assert result.totals.branches == result.totals.covered_branches == 2


def test_a_forgiven_line_that_did_not_run_counts_for_nothing() -> None:
    # LIM-33
    result = measure(facts(FORGIVEN), set(), set())
    assert result.missing_branches == {}
    assert result.branch_counts == {}


def test_a_region_has_its_own_lines_and_branches() -> None:
    # REG-06
    found = facts(BRANCHY)
    result = measure(found, {1, 2, 3, 5, 10}, {(2, 3), (3, -1)})
    f, g = (result.narrow(region.lines) for region in found.regions)
    assert f.totals == Totals(
        statements=3, missing=1, branches=2, partial_branches=1, missing_branches=1
    )
    assert g.statements == g.missing == {6, 7}
    assert g.missing_branches == {6: [7, -5]}


@pytest.mark.parametrize(
    ("totals", "percent"),
    [
        pytest.param(Totals(), 100.0, id="nothing to count"),
        pytest.param(Totals(statements=4, missing=1), 75.0, id="statements"),
        pytest.param(
            Totals(statements=4, missing=1, branches=4, missing_branches=3), 50.0, id="both"
        ),
    ],
)
def test_percent_is_of_statements_and_branches_together(totals: Totals, percent: float) -> None:
    # NBR-03
    assert totals.percent == percent


def test_percentages_of_statements_and_of_branches() -> None:
    # NBR-04
    totals = Totals(statements=4, missing=1, branches=4, missing_branches=3)
    assert (totals.percent_statements, totals.percent_branches) == (75.0, 25.0)
    assert Totals(statements=4, missing=4).percent_branches == 100.0
    assert totals.ratio_covered == (4, 8)


def test_totals_add_up() -> None:
    one = Totals(statements=4, missing=1, excluded=2)
    two = Totals(statements=1, branches=2, partial_branches=1, missing_branches=1)
    assert one + two == sum([one, two]) == Totals(5, 1, 2, 2, 1, 1)
    with pytest.raises(TypeError):
        one + 1  # type: ignore[operator]


@settings(max_examples=40)
@given(programs())
def test_numbers_of_made_up_programs_obey_the_laws(text: str) -> None:
    try:
        found = facts(text)
    except NotPython:
        return
    result = measure(found, *_some(found))
    _parts_make_the_whole(found, result)
    _a_region_and_the_rest_make_the_whole(found, result, range(1, text.count("\n") + 2))
    _recording_more_never_covers_less(found, result)


def _parts_make_the_whole(found: SourceFacts, result: FileResult) -> None:
    assert result.executed | result.missing == result.statements
    assert not result.executed & result.missing
    assert not result.statements & result.excluded
    for branch in found.branches:
        ways = {
            *result.executed_branches.get(branch.line, []),
            *result.missing_branches.get(branch.line, []),
        }
        assert ways <= {target for line, target in found.arcs if line == branch.line}
        if not branch.forgiven:
            assert ways >= set(branch.targets)


def _a_region_and_the_rest_make_the_whole(
    found: SourceFacts, result: FileResult, everything: range
) -> None:
    for region in found.regions:
        rest = set(everything) - region.lines
        assert result.narrow(region.lines).totals + result.narrow(rest).totals == result.totals


def _recording_more_never_covers_less(found: SourceFacts, less: FileResult) -> None:
    more = measure(found, found.statements, found.arcs)
    assert less.executed <= more.executed == found.statements
    assert _pairs(less) <= _pairs(more)
    assert more.missing_branches == {}


def _some(found: SourceFacts) -> tuple[set[int], set[tuple[int, int]]]:
    """Every other line and arc."""
    arcs = sorted(found.arcs)[::2]
    return {line for arc in arcs for line in arc if line > 0}, set(arcs)


def _pairs(result: FileResult) -> set[tuple[int, int]]:
    return {(line, to) for line, targets in result.executed_branches.items() for to in targets}
