"""What is done with every single fact of a journal or data file, and takes most of the time. Pure.

Whoever has the same functions in a faster form (cov_tracer._bulk, in C) hands them in as `Bulk`;
tests hold the two against each other. Between these functions the lines of a file are a bitmap
(packing.py), and its pairs of lines are *packed*: a sorted array of 64-bit integers of this
machine's byte order, each from * 2**32 + to + 2**31, so that they sort as the pairs do.
"""

from __future__ import annotations

import struct
import sys
from array import array

from .packing import bitmap_to_bits, pack_lines, unpack_lines

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Protocol

    class Bulk(Protocol):
        """The functions of this module that somebody may have a faster form of."""

        def decode(
            self,
            data: bytes | memoryview,
            begin: int,
            end: int,
            swapped: bool,
            whole: bool,
            other: Callable[[int], tuple[int, int]],
            /,
        ) -> tuple[dict[int, tuple[bytes, bytes]], int]: ...

        def read_arcs(
            self, data: bytes | memoryview, root: int, /
        ) -> dict[tuple[int, int], bytes] | None: ...

        def settle(self, lines: bytes, jumps: bytes, /) -> tuple[bytes, bytes]: ...

        def unite(self, one: bytes, other: bytes, /) -> bytes: ...


LINE, JUMP = 3, 4
LAST_LINE = 2**27 - 1  # of a journal: no compiler gets there, and a bitmap of it is 16 MB

_RECORD_SIZE = 16
_M32 = 0xFFFFFFFF
_BY_KIND, _BY_A, _BY_B, _BY_C = 0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D, 0x27D4EB2F
_HALF = 2**31


def record_check(kind: int, sub: int, a: int, b: int, c: int, text_hash: int = 0) -> int:
    """The 16 bits that guard a record; `text_hash` is fnv1a_32 of its text, if its kind has one."""
    value = (kind + 256 * sub) * _BY_KIND + a * _BY_A + b * _BY_B + c * _BY_C
    value = (value & _M32) ^ text_hash
    return (value >> 16) ^ (value & 0xFFFF)


def decode(
    data: bytes | memoryview,
    begin: int,
    end: int,
    swapped: bool,
    whole: bool,
    other: Callable[[int], tuple[int, int]],
) -> tuple[dict[int, tuple[bytes, bytes]], int]:
    """The facts of a journal's records, which lie from byte `begin` to `end` of `data`.

    Returns the lines and jumps of each series by its number, and how many facts were damaged.
    `other` is called for every record that is no fact, with its position: it tells the record's
    size, 0 to stop there, and which series it defines, if any (else 0). `swapped` says that the
    records have the other byte order, `whole` that their checks need no look.
    """
    record = struct.Struct(("<" if swapped == (sys.byteorder == "big") else ">") + "BBHIii")
    found: dict[int, tuple[set[int], set[tuple[int, int]]]] = {}
    view, damaged, position = memoryview(data), 0, begin
    while position + _RECORD_SIZE <= end:
        usable = position + (end - position) // _RECORD_SIZE * _RECORD_SIZE
        for kind, sub, check, a, b, c in record.iter_unpack(view[position:usable]):
            if kind in (LINE, JUMP):
                facts = found.get(a)
                # record_check, written out: here is where the time goes.
                value = ((kind + 256 * sub) * _BY_KIND + a * _BY_A + b * _BY_B + c * _BY_C) & _M32
                good = whole or (value >> 16) ^ (value & 0xFFFF) == check
                if facts is None or sub or not good:
                    damaged += 1
                elif kind == JUMP:
                    facts[1].add((b, c))
                elif 0 <= b <= LAST_LINE and c == 0:
                    facts[0].add(b)
                else:
                    damaged += 1
            elif kind:
                break
            position += _RECORD_SIZE
        if position >= usable:
            break
        size, series = other(position)
        if series:
            found.setdefault(series, (set(), set()))
        if size == 0:
            break
        position += size
    packed = {n: (pack_lines(lines), pack_pairs(jumps)) for n, (lines, jumps) in found.items()}
    return packed, damaged


def read_arcs(data: bytes | memoryview, root: int) -> dict[tuple[int, int], bytes] | None:
    """The packed arcs by file id and context id, from the bytes of a data file.

    `root` is the first page of its table `arc`. None says that it has to be read with SQL: always
    here, and elsewhere whenever something about it is out of the ordinary.
    """
    return None


def settle(lines: bytes, jumps: bytes) -> tuple[bytes, bytes]:
    """Lines and jumps of a journal as the arcs of a data file, and apart the jumps astray.

    Astray are jumps to lines that did not run. A line that no arc mentions gets the arc (n, n);
    line 0 is no line in a data file of arcs.
    """
    ran = unpack_lines(lines)
    pairs = unpack_pairs(jumps)
    astray = [pair for pair in pairs if pair[1] > 0 and pair[1] not in ran]
    arcs = set(pairs).difference(astray)
    mentioned = {0, *(line for pair in arcs for line in pair)}
    arcs.update((line, line) for line in ran if line not in mentioned)
    return pack_pairs(arcs), pack_pairs(astray)


def unite(one: bytes, other: bytes) -> bytes:
    """The union of two packed sets of pairs."""
    if one == other:
        return one
    return array("q", sorted({*_keys(one), *_keys(other)})).tobytes()


def unite_lines(one: bytes, other: bytes) -> bytes:
    """The union of two bitmaps."""
    if not other or one == other:
        return one
    bits = bitmap_to_bits(one) | bitmap_to_bits(other)
    return bits.to_bytes(max(len(one), len(other)), "little")


def pack_pairs(pairs: Iterable[tuple[int, int]]) -> bytes:
    """Pack pairs of line numbers. Raises ValueError for numbers that 32 bits cannot hold."""
    keys = set()
    for start, end in pairs:
        if not (-_HALF <= start < _HALF and -_HALF <= end < _HALF):
            raise ValueError(f"{start} or {end} is not a line number: it is too big")
        keys.add((start << 32) + end + _HALF)
    return array("q", sorted(keys)).tobytes()


def unpack_pairs(packed: bytes) -> list[tuple[int, int]]:
    """The pairs, sorted."""
    return [(key >> 32, (key & _M32) - _HALF) for key in _keys(packed)]


def rows_of_arcs(file: int, context: int, packed: bytes) -> list[int]:
    """The numbers of the rows that packed arcs have in a data file: file, context, from, to, …"""
    keys = _keys(packed)
    numbers = [file, context, 0, 0] * len(keys)
    numbers[2::4] = [key >> 32 for key in keys]
    numbers[3::4] = [(key & _M32) - _HALF for key in keys]
    return numbers


def _keys(packed: bytes) -> memoryview[int]:
    return memoryview(packed).cast("q")
