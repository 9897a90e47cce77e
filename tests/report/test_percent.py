"""Percentages as they are shown and compared: NBR-05, NBR-06, FLU-01 to FLU-04."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cov_report import ReportError, percent

RATIOS = st.integers(1, 10_000).flatmap(
    lambda whole: st.tuples(st.integers(0, whole), st.just(whole))
)


@pytest.mark.parametrize(
    ("value", "precision", "shown"),
    [
        (0.0, 0, "0"),
        (0.3, 0, "1"),
        (0.04, 1, "0.1"),
        (0.3, 2, "0.30"),
        (62.5, 0, "62"),
        (63.5, 0, "64"),
        (99.4, 0, "99"),
        (99.7, 0, "99"),
        (99.99, 1, "99.9"),
        (99.995, 3, "99.995"),
        (100.0, 0, "100"),
        (100.0, 2, "100.00"),
        (42.857142857142854, 10, "42.8571428571"),
    ],
)
def test_a_percentage_is_rounded_but_never_to_all_or_nothing(
    value: float, precision: int, shown: str
) -> None:
    assert percent.display(value, precision) == shown


@given(RATIOS, st.integers(0, 5))
def test_it_reads_0_or_100_only_when_that_is_exact(ratio: tuple[int, int], precision: int) -> None:
    part, whole = ratio
    shown = float(percent.display(100.0 * part / whole, precision))
    assert (shown == 0) == (part == 0)
    assert (shown == 100) == (part == whole)
    assert abs(shown - 100.0 * part / whole) <= 10.0**-precision


def test_a_negative_precision_is_refused() -> None:
    with pytest.raises(ReportError, match="precision is -1"):
        percent.display(50.0, -1)


# What coverage.py 7.17.3 says of a file with these statements run, out of so many.
@pytest.mark.parametrize(
    ("part", "whole", "fail_under", "precision", "below"),
    [
        (179, 200, 90, 0, False),  # 89.5, rounded half to even
        (179, 200, 90, 1, True),
        (179, 200, 89.5, 0, False),
        (3, 7, 42.86, 0, False),  # 42.857
        (3, 7, 42.8571, 0, False),
        (3, 7, 42.8572, 0, True),
        (3, 7, 43, 0, False),
        (3, 7, 43, 2, True),
        (4, 1000, 0.5, 0, True),
        (4, 1000, 0.4, 0, False),
        (4, 1000, 1, 0, True),  # shown as 1, but rounded it is 0
        (4, 1000, 1e-05, 0, False),
        (0, 1, 0, 0, False),
        (0, 1, 1e-22, 0, True),
        (19999, 20000, 99.999, 0, True),
        (19999, 20000, 99.9, 1, False),
        (19999, 20000, 100, 0, True),
        (20000, 20000, 100, 0, False),
        (20000, 20000, 100.0, 9, False),
    ],
)
def test_a_total_is_compared_in_the_finer_of_both_precisions(
    part: int, whole: int, fail_under: float, precision: int, below: bool
) -> None:
    assert percent.below_threshold(100.0 * part / whole, fail_under, precision) is below


@pytest.mark.parametrize(
    ("total", "fail_under", "precision", "shown"),
    [
        (42.857142857142854, 43, 2, "the total, 42.86, is below fail_under, 43.00"),
        (0.4, 1, 0, "the total, 0, is below fail_under, 1"),
        (99.995, 100, 0, "the total, 99, is below fail_under, 100"),
        (99.995, 99.999, 0, "the total, 99.995, is below fail_under, 99.999"),
        (0.0, 1e-05, 0, "the total, 0.00000, is below fail_under, 0.00001"),
    ],
)
def test_the_message_shows_both_numbers_in_that_precision(
    total: float, fail_under: float, precision: int, shown: str
) -> None:
    """FLU-03."""
    message = percent.failure_message(total, fail_under, precision)
    assert message == f"Coverage failure: {shown}"


@given(RATIOS, st.integers(0, 10_000).map(lambda n: n / 100), st.integers(0, 4))
def test_the_message_never_contradicts_itself(
    ratio: tuple[int, int], fail_under: float, precision: int
) -> None:
    total = 100.0 * ratio[0] / ratio[1]
    if percent.below_threshold(total, fail_under, precision):
        _, shown, _, threshold = percent.failure_message(total, fail_under, precision).split(", ")
        assert float(shown) < float(threshold)
