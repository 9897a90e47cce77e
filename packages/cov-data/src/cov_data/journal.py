"""Reading journals: whole, cut short, damaged, or still growing.

docs/formats/journal.md is the format. The rule that shapes this module: a journal never fails to
be read because of something inside it. What cannot be believed is passed over, counted, and said in
`problems`; only a file that is no journal at all raises.
"""

from __future__ import annotations

import os
import struct
import sys
from functools import lru_cache
from zlib import adler32

from . import bulk as plain
from .bulk import record_check, unite_lines, unpack_pairs
from .errors import DataError, NewerSchema, NotData
from .liveness import host_token, process_runs, written_lately
from .packing import unpack_lines

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from .bulk import Bulk
    from .records import FileRecord

MAGIC = b"COVJRNL\n"
VERSION = 1
HEADER_SIZE = 128

_MARK = 0x01020304
_HEADER = "8sIHHQIIQQ16sQIII"
_RECORD = "BBHIii"
_RECORD_SIZE = 16
_MODES = ("fresh", "append", "parallel")
_STATE_CLOSED = 1
_FLAG_BRANCH = 1

CONTEXT, SERIES, INFO, STAMP, PAD = 1, 2, 5, 6, 255

INFO_KEYS = {
    1: "argv",
    2: "path",
    3: "python",
    4: "executable",
    5: "host",
    6: "cwd",
    7: "data_file",
    8: "core",
    9: "trouble",
    10: "settings",
}

_M32 = 0xFFFFFFFF
_FNV32_BASIS, _FNV32_PRIME = 0x811C9DC5, 0x01000193


def fnv1a_32(data: bytes) -> int:
    """FNV-1a, 32 bit: what stands for a record's text in its check."""
    value = _FNV32_BASIS
    for byte in data:
        value = ((value ^ byte) * _FNV32_PRIME) & _M32
    return value


class JournalReader:
    """One process's journal. Opening reads the header; the facts are read when first asked for.

    Raises DataError if the file cannot be read or is no journal (NotData), NewerSchema if its
    format is newer than this reader. Never raises for damage behind the header. `bulk` are faster
    forms of the functions in bulk.py.

    Attributes, from the header: `pid`, `run` (hex), `created_ns` (when the run began, in ns since
    1970), `mode` ("fresh", "append" or "parallel"), `branch` (branches were measured), `closed`
    (the process ended in an orderly way), `lost` (facts that found no room); and `live`, which is
    `is_live()` as of opening.
    """

    pid: int
    start: int
    host: int
    run: str
    created_ns: int
    mode: str
    branch: bool
    closed: bool
    lost: int
    live: bool

    def __init__(self, path: str | os.PathLike[str], bulk: Bulk = plain) -> None:
        self.path = os.fspath(path)
        self._bulk = bulk
        header = self._read(believe_tail=False)
        if header[: len(MAGIC)] != MAGIC:
            raise NotData(f"{self.path} is not a journal")
        self._order = _byte_order(header, self.path)
        fields = struct.unpack_from(self._order + _HEADER, header)
        _, _, version, self._start_of_records, _, self.pid, state = fields[:7]
        if version > VERSION:
            raise NewerSchema(
                f"{self.path} is a journal of version {version}; "
                f"this cov-data reads {VERSION}: upgrade cov-data"
            )
        self.start, self.host, run, self.created_ns, flags, self.lost, self._sum = fields[7:]
        self.run = run.hex()
        self.branch = bool(flags & _FLAG_BRANCH)
        mode = flags >> 1 & 3
        self.mode = _MODES[mode] if mode < len(_MODES) else "parallel"
        self.closed = bool(state & _STATE_CLOSED)
        # Asked before any fact is read: of a process that had ended by then, nothing is missing.
        self.live = self.is_live()
        self._content: _Content | None = None

    def _read(self, believe_tail: bool) -> bytes:
        """The header, and with `believe_tail` all that is in use behind it, as of now."""
        try:
            with open(self.path, "rb", buffering=0) as file:  # a buffer is bigger than a header
                data = file.read(HEADER_SIZE)
                if believe_tail:
                    # Not the reserved blocks behind it; and not what a damaged tail dreams of.
                    tail = min(self._tail_in(data), os.fstat(file.fileno()).st_size)
                    data += file.read(max(0, tail - HEADER_SIZE))
        except OSError as error:
            raise DataError(f"{self.path} cannot be read: {error.strerror or error}") from error
        return data

    def _tail_in(self, header: bytes) -> int:
        """Bytes in use; the journal may have grown, or been cut, since it was opened."""
        tail: int = struct.unpack_from(self._order + "Q", header.ljust(HEADER_SIZE, b"\0"), 16)[0]
        return tail

    @property
    def info(self) -> dict[str, list[str]]:
        """What the process told of itself, by key name (`argv`, `python`, `trouble`, …)."""
        return self._parsed().info

    @property
    def problems(self) -> list[str]:
        """What was passed over, and why: a sentence each."""
        return self._parsed().problems

    @property
    def stamps(self) -> dict[str, set[tuple[int, int]]]:
        """What each source file looked like when its code was first seen: see sources.stamp."""
        content = self._parsed()
        found: dict[str, set[tuple[int, int]]] = {}
        for number, stamp in content.stamps.items():
            found.setdefault(content.series[number][0], set()).add(stamp)
        return found

    def facts(self) -> Iterator[tuple[str, str, set[int], set[tuple[int, int]] | None]]:
        """Each file in each context once: path, context, lines, jumps (None: not measured).

        A jump may lead to a line that this journal does not have: the process died on the way, or
        its parent had told of the line before it forked.
        """
        for path, context, lines, jumps in self.packed_facts():
            pairs = set(unpack_pairs(jumps)) if self.branch else None
            yield path, context, unpack_lines(lines), pairs

    def packed_facts(self) -> Iterator[tuple[str, str, bytes, bytes]]:
        """`facts` as a bitmap of lines and packed jumps: see bulk.py."""
        content = self._parsed()
        merged: dict[tuple[str, str], tuple[bytes, bytes]] = {}
        for number, name in content.series.items():
            lines, jumps = content.facts.get(number, (b"", b""))
            known = merged.get(name)
            if known is not None:
                lines = unite_lines(known[0], lines)
                jumps = self._bulk.unite(known[1], jumps)
            merged[name] = (lines, jumps)
        for (path, context), (lines, jumps) in merged.items():
            yield path, context, lines, jumps

    def records(self) -> list[FileRecord]:
        """The facts as values. A file that was entered but ran no line yet has empty sets."""
        from .records import FileRecord  # Not above: dataclasses are dear, and seal does without.

        return [
            FileRecord(path, context, frozenset(lines), None if jumps is None else frozenset(jumps))
            for path, context, lines, jumps in self.facts()
        ]

    def is_live(self) -> bool:
        """Whether the process may still write: False once it closed the journal or has ended.

        Where that cannot be known (another host's journal, or Windows), a journal that was not
        closed counts as live if it was written to within the last minute. Never raises.
        """
        if self.closed:
            return False
        running = process_runs(self.pid, self.start) if self.is_local() else None
        return written_lately(self.path) if running is None else running

    def is_local(self) -> bool:
        """Whether a process of this host wrote it."""
        return self.host == host_token()

    def forget(self) -> None:
        """Give back the memory of the facts; asking again reads the file again."""
        self._content = None

    def _parsed(self) -> _Content:
        if self._content is None:
            self._content = _Content()
            try:
                data = self._read(believe_tail=True)
            except DataError as error:
                self._content.problems.append(str(error))
                return self._content
            begin = max(HEADER_SIZE, self._start_of_records)
            view = memoryview(data)
            whole = self.closed and self._sum != 0 and adler32(view[begin:]) == self._sum
            self._content.read(view, begin, self._tail_in(data), self._order, whole, self._bulk)
        return self._content


def _byte_order(header: bytes, path: str) -> str:
    if len(header) < HEADER_SIZE:
        raise DataError(f"{path} is a journal cut off inside its header: nothing is in it")
    for order in "<>":
        if struct.unpack_from(order + "I", header, 8)[0] == _MARK:
            return order
    raise DataError(f"{path} is a journal with a damaged header: it cannot be read")


class _Content:
    """What the records of one journal say."""

    def __init__(self) -> None:
        self.info: dict[str, list[str]] = {}
        self.problems: list[str] = []
        self.series: dict[int, tuple[str, str]] = {}  # Number -> path, context.
        self.facts: dict[int, tuple[bytes, bytes]] = {}  # Number -> lines, jumps; see bulk.py.
        self.stamps: dict[int, tuple[int, int]] = {}  # Number -> as sources.stamp gives it.
        self._contexts: dict[int, str] = {0: ""}
        self._damaged = 0

    def read(
        self, view: memoryview, begin: int, tail: int, order: str, whole: bool, bulk: Bulk
    ) -> None:
        """Read the records from `begin` to `tail`, as far as `view` goes.

        `whole` says that not a bit of them is wrong, so that facts need no check.
        """
        if tail > len(view):
            self.problems.append(f"{tail - len(view)} bytes are missing at the end")
        end = min(tail, len(view))
        record = struct.Struct(order + _RECORD)
        swapped = (order == "<") != (sys.byteorder == "little")
        self.facts, damaged = bulk.decode(
            view, begin, end, swapped, whole, lambda at: self._other(view, at, end, record)
        )
        self._damaged += damaged
        if self._damaged:
            self.problems.append(f"{self._damaged} damaged or unknown records were passed over")

    def _other(
        self, view: memoryview, position: int, end: int, record: struct.Struct
    ) -> tuple[int, int]:
        """Read one record that is no fact. Its size, or 0 if it crosses the end of what is there;
        and the series that it defines, or 0.

        A check covers the text, so a record that crosses the end cannot be checked. Its fields must
        at least make sense, lest rubbish in the middle hide all that follows it.
        """
        fields: tuple[int, int, int, int, int, int] = record.unpack_from(view, position)
        kind, sub, check, a, b, c = fields
        text_begin = position + _RECORD_SIZE
        if kind == PAD:
            good = c >= _RECORD_SIZE and c % _RECORD_SIZE == 0
            if good and record_check(kind, sub, a, b, c) == check:
                return (c, 0) if position + c <= end else self._cut_off(position)
        elif kind == STAMP:
            if sub == 0 and a in self.series and record_check(kind, sub, a, b, c) == check:
                self.stamps.setdefault(a, (b & _M32, c & _M32))
                return _RECORD_SIZE, 0
        elif self._makes_sense(kind, sub, a, b, c):
            if text_begin + c > end:
                return self._cut_off(position)
            text_hash, text = _text(bytes(view[text_begin : text_begin + c]))
            if record_check(kind, sub, a, b, c, text_hash) == check:
                self._define(kind, sub, a, b, text)
                size = _RECORD_SIZE + (c + _RECORD_SIZE - 1) // _RECORD_SIZE * _RECORD_SIZE
                return size, a if kind == SERIES else 0
        self._damaged += 1
        return _RECORD_SIZE, 0

    def _cut_off(self, position: int) -> tuple[int, int]:
        self.problems.append(f"the record at byte {position} is cut off")
        return 0, 0

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
        elif sub in INFO_KEYS:
            self.info.setdefault(INFO_KEYS[sub], []).append(text)


@lru_cache(maxsize=16 * 1024)  # Paths stand once per context, and in the journals of all processes.
def _text(raw: bytes) -> tuple[int, str]:
    """A text and the hash of its bytes."""
    try:
        text = raw.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        text = raw.decode("utf-8", "backslashreplace")
    return fnv1a_32(raw), text
