"""Percentages: rounded and compared, once for all formats.

A percentage is a float from 0 to 100. Shown, it is "100" only when everything was covered and "0"
only when nothing was (NBR-05, NBR-06).
"""

from __future__ import annotations

from decimal import Decimal

from .errors import ReportError


def display(percent: float, precision: int = 0) -> str:
    """The percentage with `precision` digits after the point, without a percent sign.

    Raises ReportError for a negative precision.
    """
    if precision < 0:
        raise ReportError(f"precision is {precision}: it must not be negative")
    least = 10.0**-precision
    if 0 < percent < least:
        percent = least
    elif 100 - least < percent < 100:
        percent = 100 - least
    else:
        percent = round(percent, precision)
    return f"{percent:.{precision}f}"


def below_threshold(percent: float, fail_under: float, precision: int = 0) -> bool:
    """Whether a total misses the threshold `fail_under` (FLU-01, FLU-02).

    The total is rounded to `precision` digits, or as many as the threshold has, if that is more:
    89.5 meets 90, but not 90 with precision 1. Only 100 meets 100.
    """
    if fail_under == 100:
        return percent != 100
    return round(percent, _digits(fail_under, precision)) < fail_under


def failure_message(percent: float, fail_under: float, precision: int = 0) -> str:
    """What to say when `below_threshold` (FLU-03): never that 100 is less than 100."""
    digits = _digits(fail_under, precision)
    total = (
        display(percent, digits) if fail_under == 100 else f"{round(percent, digits):.{digits}f}"
    )
    return f"Coverage failure: the total, {total}, is below fail_under, {fail_under:.{digits}f}"


def _digits(fail_under: float, precision: int) -> int:
    exponent = Decimal(repr(float(fail_under))).normalize().as_tuple().exponent
    # Infinity and NaN have a letter there; the command line refuses both (EXI-14).
    return max(precision, -exponent if isinstance(exponent, int) else 0)
