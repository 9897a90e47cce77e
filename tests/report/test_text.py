"""The text report and the bare total. More in test_golden.py."""

from __future__ import annotations

from report.samples import file_report, report, statements, written

from cov_report import ReportOptions


def test_columns_are_as_wide_as_they_must_be() -> None:
    """TXT-02 to TXT-04."""
    file = statements("a.py", 20_000, missing=1)
    options = ReportOptions(precision=4, show_missing=True)
    assert written(report(file), "text", options) == (
        "Name    Stmts   Miss     Cover   Missing\n"
        "----------------------------------------\n"
        "a.py    20000      1  99.9950%   20000\n"
        "----------------------------------------\n"
        "TOTAL   20000      1  99.9950%\n"
    )


def test_a_value_can_be_wider_than_the_total() -> None:
    tree = report(statements("a.py", 1, missing=1), statements("e.py", 0))
    assert written(tree, "text", ReportOptions(precision=2)) == (
        "Name    Stmts   Miss   Cover\n"
        "----------------------------\n"
        "a.py        1      1   0.00%\n"
        "e.py        0      0 100.00%\n"
        "----------------------------\n"
        "TOTAL       1      1   0.00%\n"
    )


def test_the_columns_of_branches_are_there_when_they_were_measured() -> None:
    """TXT-01."""
    tree = report(file_report("x.py", lines=[1, 2, 3, 6], arcs=[(2, 3)]))
    assert written(tree, "text", ReportOptions(show_missing=True)) == (
        "Name    Stmts   Miss Branch BrPart  Cover   Missing\n"
        "---------------------------------------------------\n"
        "x.py        5      1      2      1    71%   5\n"
        "---------------------------------------------------\n"
        "TOTAL       5      1      2      1    71%\n"
    )


def test_with_everything_skipped_heading_and_total_are_left() -> None:
    """TXT-05, TXT-12. Names of skipped files do not widen the column."""
    tree = report(statements("a_long_name.py", 1), statements("another.py", 0))
    assert written(tree, "text", ReportOptions(skip_covered=True)) == (
        "Name    Stmts   Miss  Cover\n"
        "---------------------------\n"
        "TOTAL       1      0   100%\n"
        "\n"
        "2 files skipped due to complete coverage.\n"
    )


def test_names_are_made_printable_before_they_are_measured() -> None:
    """GLB-13."""
    text = written(report(statements("a\u200bb\n.py", 1)), "text")
    assert text.splitlines()[2] == "a?b?.py       1      0   100%"


def test_the_total_alone_has_no_percent_sign() -> None:
    """TXT-10."""
    tree = report(statements("a.py", 3, missing=1))
    assert written(tree, "total") == "67\n"
    assert written(tree, "total", ReportOptions(precision=2)) == "66.67\n"
