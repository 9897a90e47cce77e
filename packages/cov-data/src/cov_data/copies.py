"""Telling copies among data files, without reading all of every file."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from .errors import DataError
from .naming import digest_in_name

# What is compared first, of files of one size: so many pieces of so many bytes.
_PIECES, _PIECE = 3, 1024


class Copies:
    """Knows the data files that were added, and recognises others with the same content.

    Files that say a digest of their content in their names are believed.
    """

    def __init__(self) -> None:
        self._named: set[str] = set()
        # Sample -> files, and their digests as soon as there are two to compare.
        self._alike: dict[bytes, dict[Path, str]] = {}
        self._samples: dict[Path, bytes] = {}  # Of those that were looked at and not yet added.

    def add(self, path: Path) -> None:
        """Remember a file that `has` was asked about."""
        named = digest_in_name(path.name)
        if named:
            self._named.add(named)
        else:
            self._alike.setdefault(self._samples.pop(path), {})[path] = ""

    def has(self, path: Path) -> bool:
        """Whether a file with this content was added. Raises DataError if it cannot be read."""
        named = digest_in_name(path.name)
        if named:
            return named in self._named
        self._samples[path] = _sample(path)
        alike = self._alike.get(self._samples[path], {})
        for other in [other for other, digest in alike.items() if not digest]:
            alike[other] = _digest(other)
        return bool(alike) and _digest(path) in alike.values()


def _sample(path: Path) -> bytes:
    """A digest of a file's size and of pieces from all over it."""
    try:
        with open(path, "rb", buffering=0) as file:
            size = os.fstat(file.fileno()).st_size
            found = hashlib.sha256(b"%d" % size)
            for number in range(1, _PIECES + 1):
                file.seek(max(0, size * number // _PIECES - _PIECE))
                found.update(file.read(_PIECE))
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror or error}") from error
    return found.digest()


def _digest(path: Path) -> str:
    try:
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror or error}") from error
