"""The report tree."""

from __future__ import annotations

import pytest
from report.samples import file_report

from cov_report.model import printable

NESTED = '''\
import os

class A:
    x = 1
    def one(self):
        """Doc."""
        def two():
            return 2
        return two

    @property
    def three(self):
        return 3
'''


def test_regions_come_by_line_and_then_what_they_leave_over() -> None:
    """REG-01 to REG-05."""
    file = file_report(text=NESTED)
    found = [
        (region.name, region.start, sorted(region.lines)) for region in file.regions("function")
    ]
    assert found == [
        ("A.one", 5, [6, 7, 9]),
        ("A.one.two", 7, [8]),
        ("A.three", 12, [13]),
        ("", 1, [1, 2, 3, 4, 5, 10, 11, 12]),
    ]
    assert [region.name for region in file.regions("class")] == ["A", ""]


def test_regions_of_a_kind_and_the_rest_add_up_to_the_file() -> None:
    file = file_report(text=NESTED, lines=[1, 3, 4, 5, 11, 12, 13])
    for kind in ("function", "class"):
        results = [region.result for region in file.regions(kind)]
        assert frozenset().union(*(result.statements for result in results)) == (
            file.result.statements
        )
        assert sum(result.totals.statements for result in results) == file.totals.statements
        assert sum(result.totals.missing for result in results) == file.totals.missing


@pytest.mark.parametrize(
    ("text", "start"),
    [("", 1), ("# comment\nx = 1\n", 1), ("def f(): return 1\n", 1), ("def f(): return 1\n\n", 2)],
)
def test_what_is_left_over_starts_at_its_first_line(text: str, start: int) -> None:
    """JSN-09."""
    (rest,) = [region for region in file_report(text=text).regions("function") if not region.name]
    assert rest.start == start


def test_a_region_has_the_contexts_of_its_own_lines_only() -> None:
    """LIM-59: coverage.py gives every region those of the whole file."""
    contexts = {1: ("",), 8: ("b",), 13: ("a", "b")}
    regions = {r.name: r for r in file_report(text=NESTED, contexts=contexts).regions("function")}
    assert regions["A.one"].contexts == {}
    assert regions["A.one.two"].contexts == {8: ("b",)}
    assert regions["A.three"].contexts == {13: ("a", "b")}
    assert regions[""].contexts == {1: ("",)}


@pytest.mark.parametrize(
    ("name", "shown"),
    [("a b.py", "a b.py"), ("é日.py", "é日.py"), ("a\tb\n.py", "a?b?.py"), ("\u200b\udc80", "??")],
)
def test_characters_that_do_not_print_are_question_marks(name: str, shown: str) -> None:
    """GLB-13."""
    assert printable(name) == shown
