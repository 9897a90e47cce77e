"""Sets of lines as bitmaps."""

from __future__ import annotations

import coverage.numbits
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cov_data.packing import (
    bitmap_to_bits,
    bits_to_bitmap,
    lines_to_bits,
    pack_lines,
    unpack_lines,
)

LINES = st.sets(st.integers(0, 3000))


@given(LINES)
def test_what_is_packed_is_unpacked(lines: set[int]) -> None:
    assert unpack_lines(pack_lines(lines)) == lines


@given(LINES)
def test_a_bitmap_is_that_of_coverage(lines: set[int]) -> None:
    """NUM-01, both ways."""
    assert pack_lines(lines) == coverage.numbits.nums_to_numbits(lines)
    assert unpack_lines(coverage.numbits.nums_to_numbits(lines)) == lines


@given(LINES, LINES)
def test_the_union_of_sets_is_the_or_of_their_bits(one: set[int], two: set[int]) -> None:
    """NUM-04."""
    bits = bitmap_to_bits(pack_lines(one)) | lines_to_bits(two)
    assert unpack_lines(bits_to_bitmap(bits)) == one | two


@given(LINES)
def test_equal_sets_have_equal_bytes(lines: set[int]) -> None:
    padded = pack_lines(lines) + b"\0\0"
    assert bits_to_bitmap(bitmap_to_bits(padded)) == pack_lines(lines)


def test_the_example_of_the_format_page_holds() -> None:
    """NUM-02."""
    assert pack_lines({1, 2, 3, 5, 6}) == b"\x6e"


def test_no_lines_are_no_bytes() -> None:
    assert pack_lines(()) == b""
    assert bits_to_bitmap(0) == b""


def test_line_zero_is_kept() -> None:
    """NUM-03."""
    assert unpack_lines(pack_lines({0})) == {0}


def test_a_negative_line_is_refused() -> None:
    with pytest.raises(ValueError, match="-4 is not a line number"):
        pack_lines({3, -4})
