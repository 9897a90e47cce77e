"""The JSON report. More in test_golden.py."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from report.samples import file_report, report, statements, written

import cov_report
from cov_report import ReportOptions


def parsed(*args: Any, **kwargs: Any) -> Any:
    return json.loads(written(*args, **kwargs))


def test_meta_says_what_made_the_file_and_how() -> None:
    """JSN-01."""
    meta = parsed(report(file_report(arcs=[]), has_contexts=True), "json")["meta"]
    made = datetime.fromisoformat(meta.pop("timestamp"))
    assert made.tzinfo is None
    assert abs((datetime.now() - made).total_seconds()) < 3600
    assert meta == {
        "format": 3,
        "version": cov_report.__version__,
        "branch_coverage": True,
        "show_contexts": True,
    }


def test_a_file_holds_lines_branches_and_numbers_in_order() -> None:
    """JSN-02, JSN-03, JSN-05, JSN-06: names, order and kinds of values."""
    text = 'def f(x):\n    """Doc."""\n    if x:\n        return 1\n\nf(0)\n'
    file = file_report("a.py", text, [1, 2, 3, 6], [(3, -1)])
    node = parsed(report(file), "json")["files"]["a.py"]
    del node["functions"], node["classes"]
    assert list(node.items()) == [
        ("executed_lines", [1, 3, 6]),
        (
            "summary",
            {
                "covered_lines": 3,
                "num_statements": 4,
                "percent_covered": 100.0 * 4 / 6,
                "percent_covered_display": "67",
                "missing_lines": 1,
                "excluded_lines": 0,
                "percent_statements_covered": 75.0,
                "percent_statements_covered_display": "75",
                "num_branches": 2,
                "num_partial_branches": 1,
                "covered_branches": 1,
                "missing_branches": 1,
                "percent_branches_covered": 50.0,
                "percent_branches_covered_display": "50",
            },
        ),
        ("missing_lines", [4]),
        ("excluded_lines", []),
        ("executed_branches", [[3, -1]]),
        ("missing_branches", [[3, 4]]),
    ]


def test_without_branches_there_is_nothing_about_them() -> None:
    tree = parsed(report(statements("a.py", 3, missing=1)), "json", ReportOptions(precision=2))
    assert "branch" not in json.dumps(tree["files"])
    assert tree["totals"] == {
        "covered_lines": 2,
        "num_statements": 3,
        "percent_covered": 100.0 * 2 / 3,
        "percent_covered_display": "66.67",
        "missing_lines": 1,
        "excluded_lines": 0,
        "percent_statements_covered": 100.0 * 2 / 3,
        "percent_statements_covered_display": "66.67",
    }


REPEATED = """\
def f():  # pragma: no cover
    return 1
def f():
    return 2
def f():
    return 3
def g():  # pragma: no cover
    return 1
def g():  # pragma: no cover
    return 2
"""


def test_of_regions_with_one_name_the_first_that_has_statements_keeps_it() -> None:
    """JSN-07 to JSN-09."""
    functions = parsed(report(file_report(text=REPEATED)), "json")["files"]["a.py"]["functions"]
    starts = [(name, region["start_line"]) for name, region in functions.items()]
    assert starts == [("f@1", 1), ("f", 3), ("f@5", 5), ("g", 7), ("g@9", 9), ("", 1)]


def test_contexts_are_sorted_by_line_and_narrowed_to_regions() -> None:
    """JSN-10, LIM-59."""
    contexts = {3: ("",), 4: ("a", "b"), 10: ("c",)}
    file = file_report(text=REPEATED, contexts=contexts)
    node = parsed(report(file, has_contexts=True), "json")["files"]["a.py"]
    assert list(node["contexts"].items()) == [("3", [""]), ("4", ["a", "b"]), ("10", ["c"])]
    assert node["functions"]["f"]["contexts"] == {"4": ["a", "b"]}
    assert node["functions"]["g"]["contexts"] == {}
    assert "contexts" not in parsed(report(file), "json")["files"]["a.py"]


def test_it_is_one_line_or_indented() -> None:
    """JSN-11."""
    tree = report(statements("é.py", 1))
    assert "\n" not in written(tree, "json")
    pretty = written(tree, "json", ReportOptions(pretty_print=True))
    assert pretty.startswith('{\n    "meta": {\n        "format": 3,\n')
    assert pretty.isascii()


def test_files_are_never_skipped() -> None:
    """JSN-12."""
    tree = report(statements("full.py", 1), statements("empty.py", 0))
    options = ReportOptions(skip_covered=True, skip_empty=True)
    assert list(parsed(tree, "json", options)["files"]) == ["full.py", "empty.py"]


def test_a_project_without_statements_is_complete() -> None:
    """LIM-50: one total for every format."""
    tree = report(statements("empty.py", 0))
    assert parsed(tree, "json")["totals"]["percent_covered"] == 100.0
    assert written(tree, "total") == "100\n"
