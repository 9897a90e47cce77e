"""Arcs put into a data file as whole pages: SQLite inserts row by row, which took half of a save.

The format: https://www.sqlite.org/fileformat2.html. What makes the pages is a `Bulk` (bulk.py).
"""

from __future__ import annotations

import os
import struct

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping
    from typing import BinaryIO

    from .bulk import Bulk

_PACKED_ARC = 8  # bytes, in memory
_WRITTEN_ARC = 64  # bytes, in a file, with its share of all that is around it: less than that
_LOCKED = 2**30  # SQLite locks these bytes of a file, so that no page may lie there
_COUNT_AT = 28  # position in the header of how many pages there are

# The size of a page; bytes that each has reserved; the count of pages; whether pages move.
_HEADER = struct.Struct(">16xH2xB7xI20xI44x")


def put_arcs(
    connection: sqlite3.Connection, path: str, arcs: Mapping[tuple[int, int], bytes], bulk: Bulk
) -> bool:
    """Add packed arcs, by file id and context id, to the empty table `arc` of a data file.

    `connection` is to the file at `path`, with nothing left to commit, and is of no use for
    anything but to be closed afterwards. False if it cannot be done: nothing has happened then.
    Raises OSError.
    """
    query = "select rootpage from sqlite_master where tbl_name = 'arc' order by type desc"
    table, index = (root for (root,) in connection.execute(query))
    with open(path, "r+b") as file:
        size, reserved, count, moving = _HEADER.unpack(file.read(_HEADER.size))
        size = 65536 if size == 1 else size
        end = file.seek(0, os.SEEK_END)
        room = sum(map(len, arcs.values())) // _PACKED_ARC * _WRITTEN_ARC
        if reserved or moving or end != size * count or end + room > _LOCKED:
            return False
        groups = [(*key, packed) for key, packed in sorted(arcs.items())]
        written = bulk.write_arcs(groups, size, count, file.write)
        if written is None:
            return False
        *roots, count = written
        for number, page in zip((table, index), roots, strict=True):
            _overwrite(file, (number - 1) * size, page)
        _overwrite(file, _COUNT_AT, struct.pack(">I", count))
    return True


def _overwrite(file: BinaryIO, position: int, data: bytes) -> None:
    file.seek(position)
    file.write(data)
