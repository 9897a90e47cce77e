"""`Reader`: a data file, read-only, file by file."""

from __future__ import annotations

import os
import sqlite3

from . import bulk as plain
from .bulk import pack_pairs
from .errors import DataError, NotData, Unreadable
from .heads import head
from .packing import bitmap_to_bits, unpack_lines
from .schema import SQLITE_MAGIC, check_version

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from types import TracebackType
    from typing import Any

    from .bulk import Bulk
    from .naming import StrPath
    from .pathmap import PathMap


_ARC_COLUMNS = ["file_id", "context_id", "fromno", "tono"]

# A data file bigger than this is not read into memory as a whole.
_WHOLE = 256 * 1024 * 1024


class Reader:
    """A data file of ours or coverage.py's. Never creates, changes or repairs anything on disk.

    With a `path_map`, files have their mapped names, and those that map to one name are one file.
    Rollback journals and locks beside the file are ignored, as it is never changed in place.

    Raises DataError if there is no such file or it cannot be read, NotData if it is something
    else, NewerSchema if it is newer than this reader. The methods raise DataError for damage.
    """

    def __init__(self, path: StrPath, path_map: PathMap | None = None) -> None:
        self.path = os.fspath(path)
        _check_magic(self.path)
        try:
            self._connection = sqlite3.connect(
                f"file:{_uri_path(self.path)}?mode=ro&immutable=1", uri=True
            )
        except sqlite3.Error as error:
            raise Unreadable(f"{self.path} cannot be read: {error}", self.path) from error
        try:
            check_version(self._connection, self.path)
            tables = self._rows("select name from sqlite_master where type = 'table'")
            self._tables: set[str] = {name for (name,) in tables}
            self._meta: dict[str, str] = dict(self._rows("select key, value from meta"))
            self._contexts: dict[int, str] = dict(self._rows("select id, context from context"))
            self._paths: dict[int, str] = dict(self._rows("select id, path from file"))
            self._tracers: dict[int, str] = dict(self._rows("select file_id, tracer from tracer"))
        except sqlite3.Error as error:
            self.close()
            raise self._damaged(error) from error
        except BaseException:
            self.close()
            raise
        if path_map is not None:
            names = path_map.renames(self._paths.values())
            self._paths = {number: names[path] for number, path in self._paths.items()}
        self._numbers: dict[str, list[int]] = {}
        self.has_arcs = self._meta.get("has_arcs") == "1"

    def __enter__(self) -> Reader:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def _damaged(self, reason: object) -> Unreadable:
        message = f"{self.path} is damaged: {reason}; measure again, or remove it"
        return Unreadable(message, self.path)

    def _numbers_of(self, path: str) -> Sequence[int]:
        if not self._numbers:
            for number, name in self._paths.items():
                self._numbers.setdefault(name, []).append(number)
        return self._numbers.get(path, ())

    def _rows(self, query: str, values: tuple[object, ...] = ()) -> list[tuple[Any, ...]]:
        try:
            return self._connection.execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise self._damaged(error) from error

    # ---- the whole file ----------------------------------------------------------------------

    def files(self) -> list[str]:
        """The names of all files known, with or without data, sorted."""
        return sorted({*self._paths.values()})

    def contexts(self) -> list[str]:
        """The labels of all contexts, sorted."""
        return sorted(self._contexts.values())

    def meta(self) -> dict[str, str]:
        """Facts about the whole file; docs/formats/data-file.md lists the keys."""
        return dict(self._meta)

    def kind(self) -> bool | None:
        """Whether branches were measured; None if there is not one fact in the file."""
        for table in ("line_bits", "arc"):
            if self._rows(f"select 1 from {table} limit 1"):
                return self.has_arcs
        return None

    # ---- one file ----------------------------------------------------------------------------

    def tracer(self, path: str) -> str:
        """The plugin that owns the file, "" for none or an unknown file."""
        for number in self._numbers_of(path):
            if number in self._tracers:
                return self._tracers[number]
        return ""

    def lines(self, path: str, contexts: Sequence[str] | None = None) -> set[int]:
        """Executed lines (1-based), in all contexts or those that a regex is found in.

        The set is empty for a file without data and for one that is unknown.
        Raises DataError for a regex that is none.
        """
        found: set[int] = set()
        for _, lines in self._lines_by_context(path, contexts):
            found |= lines
        return found

    def arcs(self, path: str, contexts: Sequence[str] | None = None) -> set[tuple[int, int]]:
        """Executed pairs of lines as they were recorded; empty if branches were not measured."""
        return {(start, end) for _, start, end in self._arc_rows(path, contexts)}

    def contexts_by_line(
        self, path: str, contexts: Sequence[str] | None = None
    ) -> dict[int, list[str]]:
        """The contexts in which each executed line ran, sorted."""
        found: dict[int, set[str]] = {}
        for context, lines in self._lines_by_context(path, contexts):
            for line in lines:
                found.setdefault(line, set()).add(context)
        return {line: sorted(found[line]) for line in sorted(found)}

    def _lines_by_context(
        self, path: str, contexts: Sequence[str] | None
    ) -> Iterator[tuple[str, set[int]]]:
        if self.has_arcs:
            by_context: dict[str, set[int]] = {}
            for context, start, end in self._arc_rows(path, contexts):
                by_context.setdefault(context, set()).update((start, end))
            for context, lines in by_context.items():
                yield context, {line for line in lines if line > 0}
            return
        wanted = self._wanted(contexts)
        for number in self._numbers_of(path):
            query = "select context_id, numbits from line_bits where file_id = ?"
            for context_id, bitmap in self._rows(query, (number,)):
                if context_id in wanted and isinstance(bitmap, bytes):
                    yield wanted[context_id], unpack_lines(bitmap)

    def _arc_rows(
        self, path: str, contexts: Sequence[str] | None
    ) -> Iterator[tuple[str, int, int]]:
        wanted = self._wanted(contexts)
        for number in self._numbers_of(path):
            query = "select context_id, fromno, tono from arc where file_id = ?"
            for context_id, start, end in self._rows(query, (number,)):
                if context_id in wanted and isinstance(start, int) and isinstance(end, int):
                    yield wanted[context_id], start, end

    def _wanted(self, contexts: Sequence[str] | None) -> dict[int, str]:
        if contexts is None:
            return self._contexts
        import re  # Dear, and most readers want all contexts.

        try:
            patterns = [re.compile(pattern) for pattern in contexts]
        except re.error as error:
            raise DataError(
                f"context {error.pattern!r} is not a regular expression: {error}"
            ) from None
        return {
            number: context
            for number, context in self._contexts.items()
            if any(pattern.search(context) for pattern in patterns)
        }

    def digests(self, path: str) -> set[str]:
        """Digests of the sources that were measured under this name (sources.digest).

        Empty if nobody noted them; sources.CHANGED among them stands for one that is not known,
        since the file had changed already. A report can be right only if its source has the one.
        """
        if "cov_source" not in self._tables:
            return set()
        query = "select digest from cov_source where file_id = ?"
        rows = (row for number in self._numbers_of(path) for row in self._rows(query, (number,)))
        return {digest for (digest,) in rows if isinstance(digest, str)}

    # ---- wholesale, for combining ------------------------------------------------------------

    def paths(self) -> Iterable[str]:
        """The names of all files known, in no order."""
        return self._paths.values()

    def owner_of_each(self) -> list[tuple[str, str]]:
        """Path and plugin of each file that a plugin owns."""
        return [(self._path(number), tracer) for number, tracer in self._tracers.items()]

    def all_bits(self) -> list[tuple[str, str, int]]:
        """Path, context and lines, as an integer with bit n set for line n, of every row."""
        rows = self._rows("select file_id, context_id, numbits from line_bits")
        if any(type(bitmap) is not bytes for _, _, bitmap in rows):
            raise self._damaged("a bitmap is none")
        paths = {number: self._path(number) for number, _, _ in rows}
        contexts = {number: self._context(number) for _, number, _ in rows}
        return [
            (paths[number], contexts[context], bitmap_to_bits(bitmap))
            for number, context, bitmap in rows
        ]

    def all_packed(self, bulk: Bulk = plain) -> Iterator[tuple[str, str, bytes]]:
        """Path, context and packed arcs (see bulk.py) of each file in each context."""
        for (number, context), packed in self._packed(bulk).items():
            yield self._path(number), self._context(context), packed

    def _packed(self, bulk: Bulk) -> dict[tuple[int, int], bytes]:
        columns = [name for (name,) in self._rows("select name from pragma_table_info('arc')")]
        if columns == _ARC_COLUMNS:
            query = "select rootpage from sqlite_master where type = 'table' and name = 'arc'"
            ((root,),) = self._rows(query)
            found = bulk.read_arcs(_whole_file(self.path), root)
            if found is not None:
                return found
        pairs: dict[tuple[int, int], list[tuple[int, int]]] = {}
        for number, context, *pair in self._rows(f"select {', '.join(_ARC_COLUMNS)} from arc"):
            pairs.setdefault((number, context), []).append((pair[0], pair[1]))
        try:
            return {key: pack_pairs(found) for key, found in pairs.items()}
        except (TypeError, ValueError):
            raise self._damaged("a line number is none") from None

    def all_jumps_astray(self) -> Iterator[tuple[str, str, tuple[int, int]]]:
        """Path, context and jump, of those to lines that nobody had when the file was written."""
        if "cov_astray" in self._tables:
            for number, context, *jump in self._rows("select * from cov_astray"):
                yield self._path(number), self._context(context), (jump[0], jump[1])

    def all_digests(self) -> list[tuple[str, str]]:
        """Path and digest of every measured source; see `digests`."""
        if "cov_source" not in self._tables:
            return []
        rows = self._rows("select file_id, digest from cov_source")
        return [(self._path(number), digest) for number, digest in rows if isinstance(digest, str)]

    def ledger(self) -> list[str]:
        """What the runs' ledgers said, as `ledger.parse_rows` takes it; [] if none was kept."""
        if "cov_ledger" not in self._tables:
            return []
        rows = self._rows("select record from cov_ledger")
        return [row for (row,) in rows if isinstance(row, str)]

    def _path(self, number: int) -> str:
        try:
            return self._paths[number]
        except KeyError:
            raise self._damaged("a file has no name") from None

    def _context(self, number: int) -> str:
        try:
            return self._contexts[number]
        except KeyError:
            raise self._damaged("a context has no label") from None


def _check_magic(path: str) -> None:
    missing = "does not exist: measure something first"
    if head(path, len(SQLITE_MAGIC), missing) != SQLITE_MAGIC:
        raise NotData(f"{path} is not a coverage data file: delete it, or name another")


def _whole_file(path: str) -> bytes:
    """The bytes of a file; b"" if it is too big or cannot be read."""
    try:
        with open(path, "rb") as file:
            return file.read() if os.fstat(file.fileno()).st_size <= _WHOLE else b""
    except OSError:
        return b""


def _uri_path(path: str) -> str:
    absolute = os.path.abspath(path)
    if os.sep == "\\":
        absolute = "/" + absolute.replace("\\", "/")
    return absolute.replace("%", "%25").replace("?", "%3f").replace("#", "%23")
