"""Reading journals: whole, cut short, damaged, or still growing.

docs/formats/journal.md is the format. The rule that shapes this module: a journal never fails to
be read because of something inside it. What cannot be believed is passed over, counted, and said in
`problems`; only a file that is no journal at all raises.
"""

from __future__ import annotations

import os
import struct
import sys

from . import bulk as plain
from .bulk import unite_lines, unpack_pairs
from .errors import DataError, NewerSchema, NotData
from .heads import head
from .liveness import host_token, process_runs, written_lately
from .packing import unpack_lines

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .bulk import Bulk, Decoded, Stamps, Texts
    from .records import FileRecord

MAGIC = b"COVJRNL\n"
VERSION = 1
HEADER_SIZE = 128

_MARK = 0x01020304
_HEADER = "8sIHHQIIQQ16sQIII"
_MODES = ("fresh", "append", "parallel")
_STATE_CLOSED = 1
_FLAG_BRANCH = 1

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

# Paths stand once per context, and in the journals of all processes: what decode remembers of them.
_texts: Texts = {}
_MOST_TEXTS = 16 * 1024

# What journals are read into, one after the other: fresh memory costs more than reading into it.
_buffers: list[bytearray] = []
_BIGGEST_BUFFER = 4 * 1024 * 1024


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
        header = head(self.path, HEADER_SIZE)
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
    def stamps(self) -> Stamps:
        """Each source file, and what it was like when its code was first seen: sources.stamp."""
        return self._parsed().stamps

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
        merged: dict[tuple[str, str], tuple[bytes, bytes]] = {}
        for path, context, lines, jumps in self.packed_series():
            known = merged.get((path, context))
            if known is not None:
                lines = unite_lines(known[0], lines)
                jumps = self._bulk.unite(known[1], jumps)
            merged[path, context] = (lines, jumps)
        for (path, context), (lines, jumps) in merged.items():
            yield path, context, lines, jumps

    def packed_series(self) -> Iterable[tuple[str, str, bytes, bytes]]:
        """The same as it stands there: the same file in the same context may come twice."""
        return self._parsed().series.values()

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
            content = self._content = _Content()
            buffer = _buffers.pop() if _buffers else bytearray()
            try:
                buffer, used, tail = self._read_into(buffer)
            except OSError as error:
                content.problems.append(f"{self.path} cannot be read: {error.strerror or error}")
                return content
            if tail > used:
                content.problems.append(f"{tail - used} bytes are missing at the end")
            if len(_texts) > _MOST_TEXTS:
                _texts.clear()
            begin = max(HEADER_SIZE, self._start_of_records)
            swapped = (self._order == "<") != (sys.byteorder == "little")
            total = self._sum if self.closed else 0
            content.take(self._bulk.decode(buffer, begin, used, swapped, total, _texts))
            if len(buffer) <= _BIGGEST_BUFFER:
                _buffers.append(buffer)
        return self._content

    def _read_into(self, buffer: bytearray) -> tuple[bytearray, int, int]:
        """Read all that is in use as of now, into `buffer` or a bigger one.

        Returns the buffer, how many bytes were read, and how many there should be.
        """
        with open(self.path, "rb", buffering=0) as file:
            header = file.read(HEADER_SIZE)
            tail = self._tail_in(header)
            # Not the reserved blocks behind it; and not what a damaged tail dreams of.
            used = max(len(header), min(tail, os.fstat(file.fileno()).st_size))
            if len(buffer) < used:
                buffer = bytearray(used)
            buffer[: len(header)] = header
            with memoryview(buffer)[len(header) : used] as rest:
                return buffer, len(header) + (file.readinto(rest) or 0), tail


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
        # Number -> path, context, lines, jumps; see bulk.py.
        self.series: dict[int, tuple[str, str, bytes, bytes]] = {}
        self.stamps: Stamps = set()

    def take(self, decoded: Decoded) -> None:
        """Take over what bulk.decode returned."""
        self.series, self.stamps, infos, damaged, cut = decoded
        for key, text in infos:
            if key in INFO_KEYS:
                self.info.setdefault(INFO_KEYS[key], []).append(text)
        if cut >= 0:
            self.problems.append(f"the record at byte {cut} is cut off")
        if damaged:
            self.problems.append(f"{damaged} damaged or unknown records were passed over")
