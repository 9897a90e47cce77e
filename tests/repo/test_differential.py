"""The comparison behind `nox -s differential` sees every kind of difference, once."""

from __future__ import annotations

from typing import Any

from tools.differential.compare import compare, place

FILE: dict[str, Any] = {
    "executed_lines": [1, 2, 3],
    "missing_lines": [4],
    "excluded_lines": [9],
    "executed_branches": [[2, 3]],
    "missing_branches": [[2, -1]],
    "summary": {"num_statements": 4, "num_branches": 2},
}


def test_equal_reports_have_no_differences_and_are_counted() -> None:
    found = compare({"a.py": FILE, "b.py": FILE}, {"a.py": FILE, "b.py": FILE})
    assert (found.files, found.statements, found.branches) == (2, 8, 4)
    assert found.line_differences == found.branch_differences == []


def test_a_line_that_only_one_tool_saw_is_one_difference() -> None:
    other = FILE | {"executed_lines": [1, 2], "missing_lines": [3, 4]}
    found = compare({"a.py": FILE}, {"a.py": other})
    assert found.line_differences == ["a.py:3: coverage.py says executed, cov says missing"]
    assert found.branch_differences == []


def test_a_line_that_only_one_tool_excludes_is_a_difference() -> None:
    found = compare({"a.py": FILE}, {"a.py": FILE | {"excluded_lines": []}})
    assert found.line_differences == ["a.py:9: coverage.py says excluded, cov says nothing"]


def test_a_branch_that_only_one_tool_saw_taken_is_one_difference() -> None:
    other = FILE | {"executed_branches": [[2, 3], [2, -1]], "missing_branches": []}
    found = compare({"a.py": FILE}, {"a.py": other})
    assert found.branch_differences == ["a.py:2 -> -1: coverage.py says missing, cov says executed"]


def test_a_file_that_only_one_tool_reports_is_a_difference() -> None:
    found = compare({"a.py": FILE}, {"a.py": FILE, "b.py": FILE})
    assert found.line_differences == ["b.py: only cov reports this file"]


def test_a_difference_begins_with_its_place() -> None:
    other = FILE | {"executed_lines": [1, 2], "missing_lines": [3, 4]}
    (difference,) = compare({"a.py": FILE}, {"a.py": other}).differences
    assert place(difference) == "a.py:3"
