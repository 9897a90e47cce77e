"""Which source a measurement was of: digests, by which a report sees that a file has changed since.

A measured process notes no more than a stamp of each file, since reading it would take time. The
digest is made afterwards, by whoever turns journals into a data file, as long as the stamp still
fits what is there.
"""

from __future__ import annotations

import os

try:
    from _blake2 import blake2b  # hashlib would load OpenSSL, which takes longer than all the rest.
except ImportError:
    from hashlib import blake2b

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .bulk import Stamps

# In place of a digest: the file was changed before anybody could make one.
CHANGED = ""

_M32 = 0xFFFFFFFF


def digest(data: bytes) -> str:
    """BLAKE2b (16 bytes, hex) of a source file, without comments: docs/formats/data-file.md."""
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if b"#" in data:
        first, *others = data.split(b"#")
        ends = [(piece, piece.find(b"\n")) for piece in others]
        *before, last = first, *[piece[end:] if end >= 0 else b"" for piece, end in ends]
        data = b"".join([piece.rstrip(b" \t") for piece in before]) + last
    return blake2b(data, digest_size=16).hexdigest()


def stamp(found: os.stat_result) -> tuple[int, int]:
    """What a journal notes of a file: its size, and when it was written, in 32 bits each."""
    written = found.st_mtime_ns
    return found.st_size & _M32, (written ^ written >> 32) & _M32


class Sources:
    """The source files of this machine as they are now; each is looked at once."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[tuple[int, int], str] | None] = {}
        self._met: Stamps = set()

    def new(self, stamps: Stamps) -> Stamps:
        """Those of a journal's stamps that no journal before had: nearly all have the same."""
        found = stamps - self._met
        self._met |= found
        return found

    def digest_of(self, path: str, noted: tuple[int, int]) -> str | None:
        """The digest of the source that had the stamp `noted`, as `stamp` gives it.

        CHANGED if the file is of another size now. None if nobody can tell: the file is gone, or of
        the same size and written to, as a fresh copy would be.
        """
        if path not in self._known:
            self._known[path] = _look_at(path)
        found = self._known[path]
        if found is None:
            return None
        now, content = found
        if now == noted:
            return content
        return CHANGED if now[0] != noted[0] else None


def _look_at(path: str) -> tuple[tuple[int, int], str] | None:
    if not os.path.isfile(path):  # a pipe would keep us waiting
        return None
    try:
        with open(path, "rb", buffering=0) as file:
            now = stamp(os.fstat(file.fileno()))
            return now, digest(file.read())
    except (OSError, ValueError):
        return None
