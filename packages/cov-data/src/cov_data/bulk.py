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
from zlib import adler32

from .packing import bitmap_to_bits, pack_lines, unpack_lines

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Protocol, TypeAlias

    # A text's bytes -> fnv1a_32 of them, and the text.
    Texts: TypeAlias = dict[bytes, tuple[int, str]]
    # Path of a source file, and two numbers: see sources.stamp.
    Stamps: TypeAlias = set[tuple[str, tuple[int, int]]]
    # What `decode` returns, and says what it is.
    Decoded: TypeAlias = tuple[
        dict[int, tuple[str, str, bytes, bytes]],
        Stamps,
        list[tuple[int, str]],
        int,
        int,
    ]

    class Bulk(Protocol):
        """The functions of this module that somebody may have a faster form of."""

        def decode(
            self,
            data: bytes | bytearray | memoryview,
            begin: int,
            end: int,
            swapped: bool,
            total: int,
            texts: Texts,
            /,
        ) -> Decoded: ...

        def read_arcs(
            self, data: bytes | memoryview, root: int, /
        ) -> dict[tuple[int, int], bytes] | None: ...

        def settle(self, lines: bytes, jumps: bytes, /) -> tuple[bytes, bytes]: ...

        def unite(self, one: bytes, other: bytes, /) -> bytes: ...

        def write_arcs(
            self,
            arcs: list[tuple[int, int, bytes]],
            page_size: int,
            pages: int,
            write: Callable[[bytes], object],
            /,
        ) -> tuple[bytes, bytes, int] | None: ...


# Kinds of records in a journal: docs/formats/journal.md.
CONTEXT, SERIES, LINE, JUMP, INFO, STAMP, PAD = 1, 2, 3, 4, 5, 6, 255
LAST_LINE = 2**27 - 1  # of a journal: no compiler gets there, and a bitmap of it is 16 MB

_RECORD_SIZE = 16
_M32 = 0xFFFFFFFF
_BY_KIND, _BY_A, _BY_B, _BY_C = 0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D, 0x27D4EB2F
_FNV32_BASIS, _FNV32_PRIME = 0x811C9DC5, 0x01000193
_HALF = 2**31


def fnv1a_32(data: bytes) -> int:
    """FNV-1a, 32 bit: what stands for a record's text in its check."""
    value = _FNV32_BASIS
    for byte in data:
        value = ((value ^ byte) * _FNV32_PRIME) & _M32
    return value


def record_check(kind: int, sub: int, a: int, b: int, c: int, text_hash: int = 0) -> int:
    """The 16 bits that guard a record; `text_hash` is fnv1a_32 of its text, if its kind has one."""
    value = (kind + 256 * sub) * _BY_KIND + a * _BY_A + b * _BY_B + c * _BY_C
    value = (value & _M32) ^ text_hash
    return (value >> 16) ^ (value & 0xFFFF)


def decode(
    data: bytes | bytearray | memoryview,
    begin: int,
    end: int,
    swapped: bool,
    total: int,
    texts: Texts,
) -> Decoded:
    """What the records of a journal say, which lie from byte `begin` to `end` of `data`.

    Returns the series by number: path, context, bitmap of lines, packed jumps. Then the stamps of
    source files; the INFO records, key and text, in their order; how many records were damaged or
    unknown; and the position of one that is cut off, where reading stopped, or -1.

    `swapped` says that the records have the other byte order. If `total`, unless it is 0, is
    the Adler-32 of them all, not a bit of them is wrong, and facts need no check of their own.
    `texts` remembers paths and contexts from call to call.
    """
    records = _Records(memoryview(data)[:end], swapped, texts)
    records.read(begin, total != 0 and adler32(records.view[begin:]) == total)
    series = {
        number: (*name, *_packed(*records.facts[number])) for number, name in records.series.items()
    }
    return series, records.stamps, records.infos, records.damaged, records.cut


class _Records:
    """The records of one journal, as far as they are read."""

    def __init__(self, view: memoryview, swapped: bool, texts: Texts) -> None:
        self.view = view
        self.series: dict[int, tuple[str, str]] = {}  # Number -> path, context.
        self.facts: dict[int, tuple[set[int], set[tuple[int, int]]]] = {}
        self.stamps: Stamps = set()
        self.infos: list[tuple[int, str]] = []
        self.damaged = 0
        self.cut = -1
        order = "<" if swapped == (sys.byteorder == "big") else ">"
        self._record = struct.Struct(order + "BBHIii")
        self._contexts: dict[int, str] = {0: ""}
        self._texts = texts

    def read(self, position: int, whole: bool) -> None:
        """Read them all; `whole` says that facts need no check."""
        end = len(self.view)
        while self.cut < 0 and position + _RECORD_SIZE <= end:
            position = self._read_facts(position, whole)
            if position + _RECORD_SIZE <= end:
                position += self._read_other(position)

    def _read_facts(self, position: int, whole: bool) -> int:
        """Read facts as long as there are any; the position of what is none."""
        end = position + (len(self.view) - position) // _RECORD_SIZE * _RECORD_SIZE
        for kind, sub, check, a, b, c in self._record.iter_unpack(self.view[position:end]):
            if kind in (LINE, JUMP):
                facts = self.facts.get(a)
                # record_check, written out: here is where the time goes.
                value = ((kind + 256 * sub) * _BY_KIND + a * _BY_A + b * _BY_B + c * _BY_C) & _M32
                good = whole or (value >> 16) ^ (value & 0xFFFF) == check
                if facts is None or sub or not good:
                    self.damaged += 1
                elif kind == JUMP:
                    facts[1].add((b, c))
                elif 0 <= b <= LAST_LINE and c == 0:
                    facts[0].add(b)
                else:
                    self.damaged += 1
            elif kind:
                break
            position += _RECORD_SIZE
        return position

    def _read_other(self, position: int) -> int:
        """Read one record that is no fact; its size. Sets `cut` if it crosses the end.

        A check covers the text, so a record that crosses the end cannot be checked. Its fields must
        at least make sense, lest rubbish in the middle hide all that follows it.
        """
        fields: tuple[int, int, int, int, int, int]
        fields = self._record.unpack_from(self.view, position)
        kind, sub, check, a, b, c = fields
        rest = len(self.view) - position - _RECORD_SIZE
        if kind == PAD:
            good = c >= _RECORD_SIZE and c % _RECORD_SIZE == 0
            if good and record_check(kind, sub, a, b, c) == check:
                self.cut = position if c - _RECORD_SIZE > rest else -1
                return c
        elif kind == STAMP:
            if sub == 0 and a in self.series and record_check(kind, sub, a, b, c) == check:
                self.stamps.add((self.series[a][0], (b & _M32, c & _M32)))
                return _RECORD_SIZE
        elif self._makes_sense(kind, sub, a, b, c):
            if c > rest:
                self.cut = position
                return 0
            raw = bytes(self.view[position + _RECORD_SIZE : position + _RECORD_SIZE + c])
            text_hash, text = self._texts.get(raw) or (fnv1a_32(raw), _decoded(raw))
            if record_check(kind, sub, a, b, c, text_hash) == check:
                self._define(kind, sub, a, b, text)
                if kind != INFO:
                    self._texts[raw] = (text_hash, text)
                return _RECORD_SIZE + (c + _RECORD_SIZE - 1) // _RECORD_SIZE * _RECORD_SIZE
        self.damaged += 1
        return _RECORD_SIZE

    def _makes_sense(self, kind: int, sub: int, a: int, b: int, c: int) -> bool:
        if c < 0:
            return False
        if kind == CONTEXT:
            return sub == 0 and a > 0 and b == 0
        if kind == SERIES:
            return sub == 0 and a > 0 and b in self._contexts
        return kind == INFO and a == 0 and b == 0

    def _define(self, kind: int, sub: int, a: int, b: int, text: str) -> None:
        if kind == CONTEXT:
            self._contexts.setdefault(a, text)
        elif kind == SERIES:
            self.series.setdefault(a, (text, self._contexts[b]))
            self.facts.setdefault(a, (set(), set()))
        else:
            self.infos.append((sub, text))


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return raw.decode("utf-8", "backslashreplace")


def _packed(lines: set[int], jumps: set[tuple[int, int]]) -> tuple[bytes, bytes]:
    return pack_lines(lines), pack_pairs(jumps)


def read_arcs(data: bytes | memoryview, root: int) -> dict[tuple[int, int], bytes] | None:
    """The packed arcs by file id and context id, from the bytes of a data file.

    `root` is the first page of its table `arc`. None says that it has to be read with SQL: always
    here, and elsewhere whenever something about it is out of the ordinary.
    """
    return None


def write_arcs(
    arcs: list[tuple[int, int, bytes]],
    page_size: int,
    pages: int,
    write: Callable[[bytes], object],
) -> tuple[bytes, bytes, int] | None:
    """Write all pages, but for two, of the table `arc` and its index, behind those there are.

    `arcs` are file id, context id and packed arcs, sorted; `page_size` is in bytes; `pages` is how
    many there are; `write` takes the bytes of more of them. Returns the first pages of the table
    and of the index, and how many pages there are then. None says that it has to be done with
    SQL, and nothing was written: always here.
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
