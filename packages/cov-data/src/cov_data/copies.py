"""Telling copies among data files, without reading all of every file."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from .errors import DataError
from .naming import digest_in_name

# What is compared first, at both ends of two files of one size: the last page of a data file
# belongs to its biggest table.
_SAMPLE = 4096


class Copies:
    """Knows the data files that were added, and recognises others with the same content.

    Files that say a digest of their content in their names are believed.
    """

    def __init__(self) -> None:
        self._named: set[str] = set()
        # Size and both ends -> files, and their digests as soon as there are two to compare.
        self._alike: dict[tuple[int, bytes], dict[Path, str]] = {}

    def add(self, path: Path) -> None:
        """Remember a file. Raises DataError if it cannot be read."""
        named = digest_in_name(path.name)
        if named:
            self._named.add(named)
        else:
            self._alike.setdefault(_sample(path), {})[path] = ""

    def has(self, path: Path) -> bool:
        """Whether a file with this one's content was added. Raises DataError as `add` does."""
        named = digest_in_name(path.name)
        if named:
            return named in self._named
        alike = self._alike.get(_sample(path), {})
        for other in [other for other, digest in alike.items() if not digest]:
            alike[other] = _digest(other)
        return bool(alike) and _digest(path) in alike.values()


def _sample(path: Path) -> tuple[int, bytes]:
    try:
        with open(path, "rb") as file:
            size = os.fstat(file.fileno()).st_size
            ends = file.read(_SAMPLE)
            file.seek(max(0, size - _SAMPLE))
            ends += file.read(_SAMPLE)
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror or error}") from error
    return size, hashlib.sha256(ends).digest()


def _digest(path: Path) -> str:
    try:
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror or error}") from error
