"""A writer of journals in plain Python, after docs/formats/journal.md and nothing else.

It shares no code with the reader, so that the two check each other.
"""

from __future__ import annotations

import os
import struct
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path

CONTEXT, SERIES, LINE, JUMP, INFO, STAMP, PAD = 1, 2, 3, 4, 5, 6, 255
MODES = {"fresh": 0, "append": 1, "parallel": 2}
KEYS = ("argv", "path", "python", "executable", "host", "cwd", "data_file", "core", "trouble")


def fnv1a(data: bytes, bits: int) -> int:
    basis, prime = {32: (0x811C9DC5, 0x01000193), 64: (0xCBF29CE484222325, 0x100000001B3)}[bits]
    for byte in data:
        basis = ((basis ^ byte) * prime) % 2**bits
    return basis


def own_start() -> int:
    """Field 22 of /proc/self/stat, 0 where there is none."""
    try:
        return int(Path("/proc/self/stat").read_text().rpartition(")")[2].split()[19])
    except OSError:
        return 0


class JournalWriter:
    """Builds the bytes of one journal; the defaults are those of this very process, alive."""

    def __init__(
        self,
        *,
        order: str = "<",
        run: str = "11" * 16,
        created_ns: int = 1_700_000_000_000_000_000,
        mode: str = "fresh",
        branch: bool = False,
        closed: bool = False,
        pid: int | None = None,
        start: int | None = None,
        host: str | None = None,
        lost: int = 0,
    ) -> None:
        self.order = order
        self.header = {
            "pid": os.getpid() if pid is None else pid,
            "state": int(closed),
            "start": own_start() if start is None else start,
            "host": fnv1a((os.uname().nodename if host is None else host).encode(), 64),
            "run": bytes.fromhex(run),
            "created": created_ns,
            "flags": int(branch) | MODES[mode] << 1,
            "lost": lost,
        }
        self.records: list[bytes] = []
        self._series: dict[tuple[str, str], int] = {}
        self._contexts: dict[str, int] = {}

    def record(
        self, kind: int, sub: int = 0, a: int = 0, b: int = 0, c: int = 0, text: bytes | None = None
    ) -> None:
        if text is not None:
            c = len(text)
        h = (kind + 256 * sub) * 0x9E3779B1 + a * 0x85EBCA77 + b * 0xC2B2AE3D + c * 0x27D4EB2F
        h %= 2**32
        if text is not None:
            h ^= fnv1a(text, 32)
        check = (h >> 16) ^ (h & 0xFFFF)
        data = struct.pack(self.order + "BBHIii", kind, sub, check, a, b, c) + (text or b"")
        self.records.append(data + bytes(-len(data) % 16))

    def series(self, path: str, context: str = "") -> int:
        if (path, context) in self._series:
            return self._series[path, context]
        if context and context not in self._contexts:
            self._contexts[context] = len(self._contexts) + 1
            text = context.encode("utf-8", "surrogatepass")
            self.record(CONTEXT, a=self._contexts[context], text=text)
        number = self._series[path, context] = len(self._series) + 1
        text = path.encode("utf-8", "surrogatepass")
        self.record(SERIES, a=number, b=self._contexts.get(context, 0), text=text)
        return number

    def facts(
        self,
        path: str,
        lines: Iterable[int] = (),
        jumps: Iterable[tuple[int, int]] = (),
        context: str = "",
    ) -> JournalWriter:
        number = self.series(path, context)
        for line in lines:
            self.record(LINE, a=number, b=line)
        for start, end in jumps:
            self.record(JUMP, a=number, b=start, c=end)
        return self

    def stamp(self, path: str, size: int, written: int, context: str = "") -> JournalWriter:
        """What the source was like; `written` in ns since 1970."""
        token = (written ^ written >> 32) % 2**32
        fields = struct.unpack("ii", struct.pack("II", size % 2**32, token))
        self.record(STAMP, a=self.series(path, context), b=fields[0], c=fields[1])
        return self

    def info(self, **values: str | list[str]) -> JournalWriter:
        for key, value in values.items():
            for item in [value] if isinstance(value, str) else value:
                text = item.encode("utf-8", "surrogatepass")
                self.record(INFO, sub=KEYS.index(key) + 1, text=text)
        return self

    def pad(self, size: int) -> None:
        """A gap of `size` bytes, filled with rubbish that nobody should look at."""
        self.record(PAD, c=size)
        self.records.append(b"\xa5" * (size - 16))

    def to_bytes(self, tail: int | None = None, *, summed: bool = False) -> bytes:
        body = b"".join(self.records)
        used = 128 + len(body) if tail is None else tail
        fields: Mapping[str, object] = self.header
        header = struct.pack(
            self.order + "8sIHHQIIQQ16sQIII",
            b"COVJRNL\n",
            0x01020304,
            1,
            128,
            used,
            *fields.values(),
            zlib.adler32(body) if summed else 0,
        )
        return header.ljust(128, b"\0") + body

    def save(self, path: Path, reserve: int = 0) -> Path:
        """Write it to `path`, with zeros behind it as in a file that may yet grow."""
        path.write_bytes(self.to_bytes() + bytes(reserve))
        return path

    def save_beside(self, data_file: Path, number: int = 1, host: str = "box") -> Path:
        """Write it under the name it has beside a data file."""
        name = f"{data_file.name}.{host}.pid{number}.X{number:08x}x.cov-journal"
        return self.save(data_file.with_name(name))
