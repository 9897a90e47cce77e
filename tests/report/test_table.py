"""Rows, their order, what is skipped, and the text about missing lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report.samples import file_report, report, statements

from cov_report import FileReport, ReportError, ReportOptions
from cov_report.table import make_table, missing_text


def order(files: list[FileReport], sort: str) -> list[str]:
    return [row.name for row in make_table(report(*files), ReportOptions(sort=sort)).rows]


def test_names_are_sorted_with_numbers_as_numbers() -> None:
    """TXT-07."""
    names = [
        "a10.py",
        "a9.py",
        "B.py",
        "10.py",
        "9.py",
        "a/b.py",
        "a1/b.py",
        "a.py",
        "a1.10.py",
        "a1.9.py",
    ]
    assert order([statements(name, 1) for name in names], "name") == [
        "9.py",
        "10.py",
        "B.py",
        "a1.9.py",
        "a1.10.py",
        "a1/b.py",
        "a9.py",
        "a10.py",
        "a.py",
        "a/b.py",
    ]


def test_names_that_differ_in_leading_zeros_stay_as_they_were() -> None:
    files = [statements(name, 1) for name in ("a001.py", "a01.py", "a1.py")]
    assert order(files, "name") == ["a001.py", "a01.py", "a1.py"]
    assert order(files, "-name") == ["a1.py", "a01.py", "a001.py"]


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("name", ["few.py", "half.py", "many.py", "none.py"]),
        ("", ["few.py", "half.py", "many.py", "none.py"]),
        ("+Name", ["few.py", "half.py", "many.py", "none.py"]),
        ("stmts", ["none.py", "few.py", "half.py", "many.py"]),
        ("-STMTS", ["many.py", "half.py", "few.py", "none.py"]),
        ("miss", ["many.py", "none.py", "few.py", "half.py"]),
        ("cover", ["few.py", "half.py", "many.py", "none.py"]),
        ("-cover", ["none.py", "many.py", "half.py", "few.py"]),
    ],
)
def test_rows_are_sorted_by_a_column_and_then_by_name(sort: str, names: list[str]) -> None:
    files = [
        statements("none.py", 0),
        statements("few.py", 2, missing=2),
        statements("many.py", 9),
        statements("half.py", 4, missing=2),
    ]
    assert order(files, sort) == names


@pytest.mark.parametrize("sort", ["--name", "+-name", " name", "size"])
def test_a_column_that_is_none_is_refused_with_those_there_are(sort: str) -> None:
    with pytest.raises(ReportError, match="name, stmts, miss, branch, brpart, cover"):
        order([statements("a.py", 1)], sort)


@pytest.mark.parametrize("sort", ["branch", "-BrPart"])
def test_branch_columns_sort_only_where_branches_were_measured(sort: str) -> None:
    with pytest.raises(ReportError, match="branches were not measured"):
        order([file_report()], sort)
    assert order([file_report(arcs=[])], sort) == ["a.py"]


FULL = statements("full.py", 2)
PART = statements("part.py", 2, missing=1)
EMPTY = statements("empty.py", 0)
# All statements ran, but not all branches.
HALF = file_report("half.py", "if a:\n    b = 1\nc = 2\n", [1, 2, 3], [(1, 2), (2, 3)])


@pytest.mark.parametrize(
    ("covered", "empty", "shown", "notes"),
    [
        (False, False, ["empty.py", "full.py", "half.py", "part.py"], []),
        (True, False, ["half.py", "part.py"], ["2 files skipped due to complete coverage."]),
        (False, True, ["full.py", "half.py", "part.py"], ["1 empty file skipped."]),
        # An empty file is complete, and that is looked at first (TXT-06).
        (True, True, ["half.py", "part.py"], ["2 files skipped due to complete coverage."]),
    ],
)
def test_complete_and_empty_files_can_be_skipped(
    covered: bool, empty: bool, shown: list[str], notes: list[str]
) -> None:
    """NBR-08, TXT-06."""
    options = ReportOptions(skip_covered=covered, skip_empty=empty)
    table = make_table(report(FULL, PART, EMPTY, HALF), options)
    assert [row.name for row in table.rows] == shown
    assert list(table.notes) == notes


def test_skipped_files_count_in_the_total() -> None:
    """NBR-07."""
    table = make_table(report(FULL, PART), ReportOptions(skip_covered=True))
    assert (table.total.counts, table.total.cover) == (("4", "1"), "75")


@pytest.mark.parametrize(
    ("text", "lines", "shown"),
    [
        ("x = 1\n" * 5, [1, 2, 3, 4, 5], ""),
        ("x = 1\n" * 5, [], "1-5"),
        ("x = 1\n" * 5, [1, 3, 5], "2, 4"),
        ("x = 1\n" * 5, [3], "1-2, 4-5"),
        # What is no statement does not interrupt a range (TXT-08).
        ("x = 1\n\n# comment\n\nx = 2\nx = 3\n", [6], "1-5"),
    ],
)
def test_missing_statements_join_into_ranges(text: str, lines: list[int], shown: str) -> None:
    assert missing_text(file_report(text=text, lines=lines).result) == shown


@given(st.lists(st.booleans(), max_size=30))
def test_the_ranges_name_all_missing_statements_and_no_other(ran: list[bool]) -> None:
    lines = {at for at, did in enumerate(ran, 1) if did}
    text = missing_text(file_report(text="x = 1\n" * len(ran), lines=lines).result)
    named: set[int] = set()
    for part in filter(None, text.split(", ")):
        first, _, last = part.partition("-")
        named.update(range(int(first), int(last or first) + 1))
    assert named == set(range(1, len(ran) + 1)) - lines


FLOW = """\
def f(x):
    if x:
        y = 1
    elif z:
        y = 2
for i in x:
    pass
else:
    if x:
        a = 1
"""


def test_missing_branches_stand_among_the_lines() -> None:
    """TXT-09. Both ways out of a line are in the order of their text, as in coverage.py."""
    result = file_report(text=FLOW, lines=range(1, 11), arcs=[]).result
    assert missing_text(result) == "2->3, 2->4, 4->5, 4->exit, 6->7, 6->9, 9->10, 9->exit"


def test_a_branch_to_or_from_a_missing_line_is_left_out() -> None:
    result = file_report(text=FLOW, lines=[1, 2, 4, 6, 9, 10], arcs=[]).result
    assert missing_text(result) == "2->4, 3, 4->exit, 5, 6->9, 7, 9->10, 9->exit"
