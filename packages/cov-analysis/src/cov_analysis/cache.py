"""Facts that are worked out already, kept in a folder between one report and the next.

One file for each Python and each cov-analysis, since their facts differ:

    magic, checksum of the index │ index: number, then for each entry its key (16 bytes),
                                 │ the day of its last use, where it is, how long, its checksum
    ─────────────────────────────┴─ entries one after another

Nothing is decoded before its checksum was compared. A file is written under another name and
renamed when it is complete. Whatever cannot be read is as good as not there, and what cannot be
written is not kept: a cache is never the reason why something fails.
"""

from __future__ import annotations

import os
import struct
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from hashlib import blake2b
from pathlib import Path

from ._version import __version__
from .exclusions import Exclusions

NAME = ".cov_cache"

# What an entry may look like; to be counted up when packing.py changes.
FORMAT = 1

_MAGIC = b"cov facts\n"
_CHECKSUM = 16
_COUNT = struct.Struct("<I")
_ENTRY = struct.Struct("<16sIQI16s")

_DAY = 24 * 3600
_UNUSED_DAYS = 30
_LARGEST = 512 * 1024 * 1024  # bytes of entries in one file

_TAG = """\
Signature: 8a477f597d28d172789f06886806bc55
# This folder is a cache of cov, safe to remove. See https://bford.info/cachedir/
"""


@cache
def fingerprint() -> str:
    """What facts depend on besides source and settings: this Python and this very package."""
    found = blake2b(digest_size=8)
    python = (sys.implementation.name, sys.hexversion, sys.flags.optimize, sys.version)
    found.update(repr((FORMAT, __version__, python)).encode())
    # A version stands for a released package; somebody may be working on this one.
    with suppress(OSError):
        for path in sorted(Path(__file__).parent.rglob("*.py")):
            found.update(path.read_bytes())
    return found.hexdigest()


@dataclass(frozen=True, slots=True)
class _Entry:
    day: int  # of its last use, since 1970
    packed: bytes | memoryview
    checksum: bytes

    @property
    def is_whole(self) -> bool:
        return _checksum(self.packed) == self.checksum


class FactCache:
    """Packed facts (`packing`) by the content of the source and the exclusions.

    Reads its file when first asked, writes it in `save`, and raises nothing. `today` is a number
    of days since 1970, for tests.
    """

    def __init__(
        self, folder: str | os.PathLike[str], exclusions: Exclusions, today: int | None = None
    ) -> None:
        self._folder = Path(folder)
        self._path = self._folder / f"facts-{sys.implementation.cache_tag}-{fingerprint()}"
        rules = (exclusions.exclude, exclusions.partial, exclusions.partial_always)
        self._rules = blake2b(repr(rules).encode("utf-8", "surrogatepass")).digest()
        self._today = int(time.time()) // _DAY if today is None else today
        self._entries: dict[bytes, _Entry] | None = None
        self._used: set[bytes] = set()
        self._added: dict[bytes, _Entry] = {}

    def key(self, data: bytes) -> bytes:
        """What the facts of a source with this content are kept under."""
        return blake2b(data, digest_size=16, key=self._rules).digest()

    def get(self, key: bytes) -> bytes | None:
        """Packed facts; None if there are none, or not whole ones."""
        if self._entries is None:
            self._entries = _read(self._path)
        entry = self._added.get(key) or self._entries.get(key)
        if entry is None:
            return None
        if not entry.is_whole:
            del self._entries[key]
            return None
        self._used.add(key)
        return bytes(entry.packed)

    def put(self, key: bytes, packed: bytes) -> None:
        """Keep packed facts; on disk only after `save`."""
        self._added[key] = _Entry(self._today, packed, _checksum(packed))

    def save(self) -> None:
        """Write what is new, and what others wrote meanwhile; forget what nobody uses."""
        known = self._entries or {}
        stale = any(known[key].day != self._today for key in self._used if key in known)
        if not self._added and not stale:
            return
        # Two reports may have begun with the same file; of what both add, nothing is lost but
        # what is written between these two lines.
        entries = _read(self._path)
        for key in self._used:
            if key in entries:
                entries[key] = replace(entries[key], day=self._today)
        entries |= self._added
        with suppress(OSError):
            _make_folder(self._folder)
            _write(self._path, dict(self._worth_keeping(entries)))
        with suppress(OSError):
            self._sweep()

    def _worth_keeping(self, entries: dict[bytes, _Entry]) -> Iterator[tuple[bytes, _Entry]]:
        room = _LARGEST
        for key, entry in sorted(entries.items(), key=lambda item: -item[1].day):
            room -= len(entry.packed)
            if room >= 0 and entry.day > self._today - _UNUSED_DAYS and entry.is_whole:
                yield key, entry

    def _sweep(self) -> None:
        """Remove the files of other versions that nobody has written to for long."""
        for path in self._folder.iterdir():
            limit = 1 if path.suffix == ".tmp" else _UNUSED_DAYS
            if path.name.startswith("facts-") and path != self._path:
                with suppress(OSError):
                    if self._today - path.stat().st_mtime // _DAY > limit:
                        path.unlink()


def _checksum(data: bytes | memoryview) -> bytes:
    return blake2b(data, digest_size=_CHECKSUM).digest()


def _read(path: Path) -> dict[bytes, _Entry]:
    """The entries of a file; none if there is something wrong with its index."""
    try:
        data = path.read_bytes()
    except OSError:
        return {}
    start = len(_MAGIC) + _CHECKSUM + _COUNT.size
    if not data.startswith(_MAGIC) or len(data) < start:
        return {}
    (count,) = _COUNT.unpack_from(data, start - _COUNT.size)
    end = start + count * _ENTRY.size
    if len(data) < end:
        return {}
    if _checksum(data[start - _COUNT.size : end]) != data[len(_MAGIC) : len(_MAGIC) + _CHECKSUM]:
        return {}
    whole = memoryview(data)
    return {
        key: _Entry(day, whole[at : at + length], checksum)
        for key, day, at, length, checksum in _ENTRY.iter_unpack(data[start:end])
    }


def _write(path: Path, entries: dict[bytes, _Entry]) -> None:
    index = [_COUNT.pack(len(entries))]
    at = len(_MAGIC) + _CHECKSUM + _COUNT.size + len(entries) * _ENTRY.size
    for key, entry in entries.items():
        index.append(_ENTRY.pack(key, entry.day, at, len(entry.packed), entry.checksum))
        at += len(entry.packed)
    head = b"".join(index)
    temporary = path.with_name(f"{path.name}.{os.urandom(6).hex()}.tmp")
    try:
        with temporary.open("xb") as file:
            file.write(_MAGIC + _checksum(head) + head)
            file.writelines(entry.packed for entry in entries.values())
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


def _make_folder(folder: Path) -> None:
    """Make the folder, and tell version control and backups to leave it alone."""
    if folder.is_dir():
        return
    folder.mkdir(exist_ok=True)  # another report may have just made it
    (folder / ".gitignore").write_text("# Made by cov.\n*\n", "utf-8")
    (folder / "CACHEDIR.TAG").write_text(_TAG, "utf-8")
