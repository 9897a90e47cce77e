"""Reading journals: whole, cut short, damaged, or still growing.

docs/formats/journal.md is the format. The rule that shapes this module: a journal never fails to
be read because of something inside it. What cannot be believed is passed over, counted, and said in
`problems`; only a file that is no journal at all raises.
"""

from __future__ import annotations

import os
import struct
from zlib import adler32

from .errors import DataError, NewerSchema, NotData
from .liveness import host_token, process_runs, written_lately

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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

CONTEXT, SERIES, LINE, JUMP, INFO, PAD = 1, 2, 3, 4, 5, 255

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
_BY_KIND, _BY_A, _BY_B, _BY_C = 0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D, 0x27D4EB2F
_FNV32_BASIS, _FNV32_PRIME = 0x811C9DC5, 0x01000193


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


class JournalReader:
    """One process's journal. Opening reads the header; the facts are read when first asked for.

    Raises DataError if the file cannot be read or is no journal (NotData), NewerSchema if its
    format is newer than this reader. Never raises for damage behind the header.

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

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = os.fspath(path)
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
            with open(self.path, "rb") as file:
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

    def facts(self) -> Iterator[tuple[str, str, set[int], set[tuple[int, int]] | None]]:
        """Each file in each context once: path, context, lines, jumps (None: not measured).

        A jump may lead to a line that this journal does not have: the process died on the way, or
        its parent had told of the line before it forked.
        """
        merged: dict[tuple[str, str], tuple[set[int], set[tuple[int, int]]]] = {}
        for path, context, lines, jumps in self._parsed().series.values():
            known = merged.get((path, context))
            if known is None:
                merged[path, context] = (lines, jumps)
            else:
                merged[path, context] = (known[0] | lines, known[1] | jumps)
        for (path, context), (lines, jumps) in merged.items():
            yield path, context, lines, jumps if self.branch else None

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
            record = struct.Struct(self._order + _RECORD)
            whole = self.closed and self._sum != 0 and adler32(data[begin:]) == self._sum
            self._content.read(data, begin, self._tail_in(data), record, whole)
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
        # Series number -> path, context, lines, jumps.
        self.series: dict[int, tuple[str, str, set[int], set[tuple[int, int]]]] = {}
        # Series number -> what takes a fact.
        self._add_line: dict[int, Callable[[int], None]] = {}
        self._add_jump: dict[int, Callable[[tuple[int, int]], None]] = {}
        self._contexts: dict[int, str] = {0: ""}
        self._texts: dict[bytes, tuple[int, str]] = {}  # Paths stand once per context: hash once.
        self._damaged = 0

    def read(
        self, data: bytes, begin: int, tail: int, record: struct.Struct, whole: bool = False
    ) -> None:
        """Read the records from `begin` to `tail`, as far as `data` goes.

        `whole` says that not a bit of them is wrong, so that facts need no check.
        """
        read_facts = self._whole_facts if whole else self._facts
        if tail > len(data):
            self.problems.append(f"{tail - len(data)} bytes are missing at the end")
        end = min(tail, len(data))
        view = memoryview(data)
        position = begin
        while position + _RECORD_SIZE <= end:
            position = read_facts(view, position, end, record)
            if position + _RECORD_SIZE > end:
                break
            size = self._other(view, position, end, record)
            if size == 0:
                self.problems.append(f"the record at byte {position} is cut off")
                break
            position += size
        if self._damaged:
            self.problems.append(f"{self._damaged} damaged or unknown records were passed over")

    def _facts(self, view: memoryview, position: int, end: int, record: struct.Struct) -> int:
        """Read facts up to the first record that is none; its position.

        This loop is where the time goes, so the check is written out and the series kept at hand.
        """
        series, current, facts = self.series, -1, (LINE, JUMP)
        known, of_series = False, 0
        add_line = add_jump = None
        usable = position + (end - position) // _RECORD_SIZE * _RECORD_SIZE
        for kind, sub, check, a, b, c in record.iter_unpack(view[position:usable]):
            if kind in facts:
                if a != current:
                    current, known, of_series = a, a in series, a * _BY_A
                    if known:
                        add_line, add_jump = series[a][2].add, series[a][3].add
                value = ((kind + 256 * sub) * _BY_KIND + of_series + b * _BY_B + c * _BY_C) & _M32
                if sub or not known or (value >> 16) ^ (value & 0xFFFF) != check:
                    self._damaged += 1
                elif kind == JUMP:
                    add_jump((b, c))  # type: ignore[misc]  # set, since the series is known
                elif b >= 0 and c == 0:
                    add_line(b)  # type: ignore[misc]
                else:
                    self._damaged += 1
            elif kind:
                return position
            position += _RECORD_SIZE
        return position

    def _whole_facts(self, view: memoryview, position: int, end: int, record: struct.Struct) -> int:
        """The same as `_facts` for records that are known to be right."""
        add_line, add_jump = self._add_line, self._add_jump
        begin = position
        usable = position + (end - position) // _RECORD_SIZE * _RECORD_SIZE
        count = 0
        try:
            for count, (kind, _, _, a, b, c) in enumerate(record.iter_unpack(view[begin:usable])):
                if kind == LINE:
                    add_line[a](b)
                elif kind == JUMP:
                    add_jump[a]((b, c))
                elif kind:
                    return begin + count * _RECORD_SIZE
        except KeyError:  # a series that was never defined: the slow way knows what to do
            return self._facts(view, begin + count * _RECORD_SIZE, end, record)
        return usable

    def _other(self, view: memoryview, position: int, end: int, record: struct.Struct) -> int:
        """Read one record that is no fact. Its size, or 0 if it crosses the end of what is there.

        A check covers the text, so a record that crosses the end cannot be checked. Its fields must
        at least make sense, lest rubbish in the middle hide all that follows it.
        """
        fields: tuple[int, int, int, int, int, int] = record.unpack_from(view, position)
        kind, sub, check, a, b, c = fields
        text_begin = position + _RECORD_SIZE
        if kind == PAD:
            good = c >= _RECORD_SIZE and c % _RECORD_SIZE == 0
            if good and record_check(kind, sub, a, b, c) == check:
                return c if position + c <= end else 0
        elif self._makes_sense(kind, sub, a, b, c):
            if text_begin + c > end:
                return 0
            text_hash, text = self._text(bytes(view[text_begin : text_begin + c]))
            if record_check(kind, sub, a, b, c, text_hash) == check:
                self._define(kind, sub, a, b, text)
                return _RECORD_SIZE + (c + _RECORD_SIZE - 1) // _RECORD_SIZE * _RECORD_SIZE
        self._damaged += 1
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
            known = self.series.setdefault(a, (text, self._contexts[b], set(), set()))
            self._add_line[a], self._add_jump[a] = known[2].add, known[3].add
        elif sub in INFO_KEYS:
            self.info.setdefault(INFO_KEYS[sub], []).append(text)

    def _text(self, raw: bytes) -> tuple[int, str]:
        known = self._texts.get(raw)
        if known is None:
            try:
                text = raw.decode("utf-8", "surrogatepass")
            except UnicodeDecodeError:
                text = raw.decode("utf-8", "backslashreplace")
            known = self._texts[raw] = (fnv1a_32(raw), text)
        return known
