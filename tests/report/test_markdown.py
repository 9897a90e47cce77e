"""The Markdown report. More in test_golden.py."""

from __future__ import annotations

import string

from report.samples import file_report, report, statements, written

from cov_report import ReportOptions


def test_punctuation_that_could_mean_something_is_escaped() -> None:
    """TXT-11."""
    text = written(report(statements(string.punctuation, 1)), "markdown")
    name = text.splitlines()[2].split(" ")[1]
    assert name == r"\!\"\#\$\%\&\'\(\)\*\+,-./\:\;\<\=\>\?\@\[\\\]\^\_\`\{\|\}\~"


def test_branch_arrows_are_escaped_too() -> None:
    tree = report(file_report("x.py", "if a:\n    b = 1\nc = 2\n", [1, 2, 3], [(1, 2)]))
    assert written(tree, "markdown", ReportOptions(show_missing=True)) == (
        "| Name      |    Stmts |     Miss |   Branch |   BrPart |   Cover |   Missing |\n"
        "|---------- | -------: | -------: | -------: | -------: | ------: | --------: |\n"
        "| x.py      |        3 |        0 |        2 |        1 |     80% |     1-\\>3 |\n"
        "| **TOTAL** |    **3** |    **0** |    **2** |    **1** | **80%** |           |\n"
    )


def test_long_values_push_their_cell_open() -> None:
    tree = report(statements("a.py", 20_000, missing=1), file_report("b.py", "x = 1\n\n" * 9))
    assert written(tree, "markdown", ReportOptions(show_missing=True, precision=2)) == (
        "| Name      |    Stmts |     Miss |      Cover |   Missing |\n"
        "|---------- | -------: | -------: | ---------: | --------: |\n"
        "| a.py      |    20000 |        1 |     99.99% |     20000 |\n"
        "| b.py      |        9 |        9 |      0.00% |      1-17 |\n"
        "| **TOTAL** | **20009** |   **10** | **99.95%** |           |\n"
    )


def test_skipped_files_are_counted_below_the_table() -> None:
    tree = report(statements("a.py", 0), statements("b.py", 2, missing=2))
    assert written(tree, "markdown", ReportOptions(skip_empty=True)) == (
        "| Name      |    Stmts |     Miss |  Cover |\n"
        "|---------- | -------: | -------: | -----: |\n"
        "| b.py      |        2 |        2 |     0% |\n"
        "| **TOTAL** |    **2** |    **2** | **0%** |\n"
        "\n"
        "1 empty file skipped.\n"
    )
