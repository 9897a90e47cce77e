"""`Writer`: records → a new data file, which appears under its name whole or not at all."""

from __future__ import annotations

import os
import sqlite3
from itertools import chain

from . import bulk as plain
from ._version import __version__
from .bulk import pack_pairs, rows_of_arcs, unpack_pairs
from .errors import DataError, MixedKinds
from .naming import temporary_name
from .packing import bits_to_bitmap, lines_to_bits
from .pages import put_arcs
from .schema import ASTRAY_DDL, DDL, LEDGER_DDL, SCHEMA_VERSION, SOURCE_DDL

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from types import TracebackType

    from .bulk import Bulk
    from .naming import StrPath
    from .records import FileRecord


# Numbers to insert at once: a statement for many rows is three times as fast as one for each.
_CHUNK = 4 * 500


class Writer:
    """Builds a data file under a temporary name beside `target`; `commit` puts it in place.

    As a context manager it throws the unfinished file away unless it was committed. Missing parent
    directories of `target` are made. A `target` that is a symbolic link is written through. `bulk`
    are faster forms of the functions in bulk.py.

    All methods raise DataError when the file system or SQLite refuses; `target` is untouched then.
    """

    def __init__(self, target: StrPath, bulk: Bulk = plain) -> None:
        self.target = os.path.realpath(target)
        self._bulk = bulk
        self.has_arcs: bool | None = None
        self._expected: bool | None = None
        self.left_out: list[str] = []  # Paths that no file can hold, repr'ed.
        self._meta = {"version": __version__}
        self._files: dict[str, int] = {}
        self._contexts: dict[str, int] = {}
        self._owners: dict[str, str] = {}  # Path -> plugin; only of files that have data.
        self._bits: dict[tuple[int, int], int] = {}  # (file id, context id) -> lines.
        self._arcs: dict[tuple[int, int], bytes] = {}  # The same key -> packed: see bulk.py.
        # Arcs to lines that their source does not have, under the same keys.
        self._astray: dict[tuple[int, int], set[tuple[int, int]]] = {}
        self._sources: set[tuple[int, str]] = set()  # File id, digest.
        self._ledger: set[str] = set()
        self._temporary = temporary_name(self.target)
        self._connection: sqlite3.Connection | None = None
        if os.path.exists(self.target) and not os.path.isfile(self.target):
            raise DataError(f"{self.target} cannot be written: it is no file; nothing was changed")
        try:
            os.makedirs(os.path.dirname(self.target), exist_ok=True)
            self._connection = _new_database(self._temporary)
        except (OSError, sqlite3.Error) as error:
            self.abort()
            raise self._cannot_write(error) from error
        except BaseException:
            self.abort()
            raise

    def __enter__(self) -> Writer:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.abort()

    def _cannot_write(self, error: Exception) -> DataError:
        return DataError(f"{self.target} cannot be written: {error}; nothing was changed")

    def _open_connection(self) -> sqlite3.Connection:
        if self._connection is None:
            raise DataError(f"{self.target} is finished: use a new Writer")
        return self._connection

    def _many(self, statement: str, rows: Iterable[Sequence[object]]) -> None:
        try:
            self._open_connection().executemany(statement, rows)
        except sqlite3.Error as error:
            raise self._cannot_write(error) from error

    # ---- what goes in ------------------------------------------------------------------------

    def add(self, record: FileRecord) -> None:
        """Add what a source has of one file in one context; adding again is a union.

        Raises MixedKinds if `record` has arcs and earlier ones had not, or the other way round.
        Raises DataError if another plugin owns the file.
        """
        self.add_facts(record.path, record.context, record.lines, record.arcs, record.tracer)

    def add_facts(
        self,
        path: str,
        context: str,
        lines: Iterable[int],
        arcs: Iterable[tuple[int, int]] | None,
        tracer: str = "",
    ) -> None:
        """`add` for those who have no FileRecord at hand."""
        self.set_kind(arcs is not None, path)
        if not self.claim(path, tracer):
            return
        if arcs is None:
            self.add_bits(path, context, lines_to_bits(lines))
            return
        # (n, n) keeps line n where no jump mentions it. Line 0 is no line in a file of arcs.
        mentioned = {0, *chain.from_iterable(arcs)}
        pairs = [*arcs, *[(line, line) for line in lines if line not in mentioned]]
        self.add_pairs(path, context, pairs)

    def set_kind(self, has_arcs: bool, source: str) -> None:
        """Say whether branches were measured. Raises MixedKinds if the opposite was said before.

        `source` is the culprit to name.
        """
        if self.has_arcs is None:
            self.has_arcs = has_arcs
        elif self.has_arcs is not has_arcs:
            kinds = ("lines only", "branches")
            raise MixedKinds(
                f"{source} was measured with {kinds[has_arcs]}, but what is already in "
                f"{self.target} has {kinds[self.has_arcs]}: they cannot be combined"
            )

    def expect_kind(self, has_arcs: bool) -> None:
        """Say what was meant to be measured, in case not one fact is added; branches prevail."""
        self._expected = has_arcs or bool(self._expected)

    def claim(self, path: str, tracer: str = "") -> bool:
        """Say which plugin owns a file with data ("" none); False if its path cannot be stored.

        Raises DataError on disagreement.
        """
        if path in self._owners and self._owners[path] == tracer:
            return True
        if not _storable(path):
            self.left_out.append(repr(path))
            return False
        known = self._owners.setdefault(path, tracer)
        if known != tracer:
            raise DataError(
                f"{path} is owned by {known or 'no plugin'} in one source of data and by "
                f"{tracer or 'no plugin'} in another: they cannot be combined"
            )
        self._file_id(path)
        return True

    def add_bits(self, path: str, context: str, bits: int) -> None:
        """Add lines as an integer with bit n set for line n."""
        self.add_many_bits([(path, context, bits)])

    def add_many_bits(self, rows: Iterable[tuple[str, str, int]]) -> None:
        """The same for many files and contexts."""
        files, contexts, known = self._files, self._contexts, self._bits
        for path, context, bits in rows:
            file, label = files.get(path), contexts.get(context)
            if file is None or label is None:
                file, label = self._file_id(path), self._context_id(context)
            key = (file, label)
            known[key] = known[key] | bits if key in known else bits

    def add_pairs(self, path: str, context: str, pairs: Iterable[tuple[int, int]]) -> None:
        """Add arcs just as they are."""
        try:
            self.add_packed(path, context, pack_pairs(pairs))
        except ValueError as error:
            raise DataError(f"{path}: {error}") from None

    def add_packed(self, path: str, context: str, packed: bytes) -> None:
        """Add packed arcs just as they are."""
        self._open_connection()
        key = (self._file_id(path), self._context_id(context))
        known = self._arcs.get(key)
        self._arcs[key] = packed if known is None else self._bulk.unite(known, packed)

    def add_jumps_astray(self, path: str, context: str, jumps: Iterable[tuple[int, int]]) -> None:
        """Add jumps to lines that their source does not have; they count when another one has.

        Whoever died on the way, or left a `with` whose exit raised, never got there, and readers
        take both ends of an arc for lines that ran.
        """
        found = set(jumps)
        if found and _storable(path):
            key = (self._file_id(path), self._context_id(context))
            self._astray.setdefault(key, set()).update(found)

    def _welcome_strays(self) -> None:
        """Make arcs of those astray whose line ran elsewhere: in a parent, say."""
        for file in {file for file, _ in self._astray}:
            keys = [key for key in self._arcs if key[0] == file]
            ran = {n for key in keys for pair in unpack_pairs(self._arcs[key]) for n in pair}
            arrived = True
            while arrived:  # what arrives makes a line known, where others may have been heading
                arrived = False
                for key in [key for key in self._astray if key[0] == file]:
                    found = {jump for jump in self._astray[key] if jump[1] in ran}
                    if found:
                        arrived = True
                        ran.update(chain.from_iterable(found))
                        self._arcs[key] = self._bulk.unite(
                            self._arcs.get(key, b""), pack_pairs(found)
                        )
                        self._astray[key] -= found

    def _put_arcs(self, connection: sqlite3.Connection) -> None:
        if self._arcs and not put_arcs(connection, self._temporary, self._arcs, self._bulk):
            connection.execute("begin")
            self._insert_arcs()
            connection.execute("commit")

    def _insert_arcs(self) -> None:
        waiting: list[int] = []  # File id, context id, from, to; file id, …
        for key, packed in sorted(self._arcs.items()):
            waiting += rows_of_arcs(*key, packed)
            full = len(waiting) // _CHUNK * _CHUNK
            for begin in range(0, full, _CHUNK):
                self._insert_rows(waiting[begin : begin + _CHUNK])
            del waiting[:full]
        if waiting:
            self._insert_rows(waiting)

    def _insert_rows(self, numbers: list[int]) -> None:
        """Insert arcs, four numbers to a row."""
        rows = ", ".join(["(?, ?, ?, ?)"] * (len(numbers) // 4))
        self._many(f"insert into arc values {rows}", [numbers])

    def add_context(self, context: str) -> None:
        """Make a context known, with or without data."""
        self._context_id(context)

    def add_sources(self, digests: Iterable[tuple[str, str]]) -> None:
        """Say which source files were measured: path and digest (sources.py); again is a union."""
        self._sources.update(
            (self._file_id(path), digest) for path, digest in digests if _storable(path)
        )

    def add_ledger(self, rows: Iterable[str]) -> None:
        """Add what ledgers say (LedgerReader.rows); adding again is a union."""
        self._ledger.update(filter(_storable, rows))

    def touch(self, paths: Iterable[str]) -> None:
        """Make files known without data, so that reports show them as never executed."""
        for path in paths:
            if path in self._files:
                continue
            if _storable(path):
                self._file_id(path)
            else:
                self.left_out.append(repr(path))

    def set_meta(self, key: str, value: str) -> None:
        """Set a fact about the whole file. `version` and `has_arcs` are set by themselves."""
        self._meta[key] = value

    def _file_id(self, path: str) -> int:
        number = self._files.get(path)
        if number is None:
            number = self._files[path] = len(self._files) + 1
        return number

    def _context_id(self, context: str) -> int:
        known = self._contexts.get(context)
        if known is not None:
            return known
        if not _storable(context):
            context = context.encode("utf-8", "backslashreplace").decode("utf-8")
        return self._contexts.setdefault(context, len(self._contexts) + 1)

    # ---- what comes out ----------------------------------------------------------------------

    def executed(self) -> Iterable[str]:
        """The files of which something ran."""
        return self._owners.keys()

    def digest(self) -> str:
        """A hash (SHA3-256, hex) of the content, not of time or place."""
        import hashlib  # Only files of their own process need it.

        self._welcome_strays()
        files = {number: path for path, number in self._files.items()}
        contexts = {number: context for context, number in self._contexts.items()}
        rows: list[object] = [("context", *sorted(self._contexts))]
        rows += sorted(("file", path, self._owners.get(path, "")) for path in self._files)
        rows += sorted((files[f], contexts[c], bits) for (f, c), bits in self._bits.items())
        rows += sorted((files[f], contexts[c], arcs) for (f, c), arcs in self._arcs.items() if arcs)
        rows += sorted(("source", files[f], source) for f, source in self._sources)
        return hashlib.sha3_256(repr(rows).encode("utf-8")).hexdigest()

    def commit(self, name: StrPath | None = None) -> None:
        """Finish the file, bring it to the disk and put it in place of `target`, atomically.

        With `name` it goes there instead: another name in the same directory.
        """
        final = self.target if name is None else os.fspath(name)
        self._fill_tables()
        assert self._connection is not None
        try:
            self._connection.execute("commit")
            self._put_arcs(self._connection)
            self._connection.close()
            self._connection = None
            _settle(self._temporary, final)
        except (OSError, sqlite3.Error) as error:
            self.abort()
            raise self._cannot_write(error) from error

    def _fill_tables(self) -> None:
        self._welcome_strays()
        kind = self._expected if self.has_arcs is None else self.has_arcs
        if kind is not None:
            self._meta["has_arcs"] = str(int(kind))
        self._many("insert into coverage_schema values (?)", [(SCHEMA_VERSION,)])
        self._many("insert into meta values (?, ?)", sorted(self._meta.items()))
        self._many("insert into file (path, id) values (?, ?)", self._files.items())
        self._many("insert into context (context, id) values (?, ?)", self._contexts.items())
        self._many(
            "insert into line_bits values (?, ?, ?)",
            ((*key, bits_to_bitmap(bits)) for key, bits in sorted(self._bits.items())),
        )
        astray = [(*key, *jump) for key, jumps in self._astray.items() for jump in jumps]
        if astray:
            self._open_connection().execute(ASTRAY_DDL)
            self._many("insert into cov_astray values (?, ?, ?, ?)", sorted(astray))
        if self._sources:
            self._open_connection().execute(SOURCE_DDL)
            self._many("insert into cov_source values (?, ?)", sorted(self._sources))
        if self._ledger:
            self._open_connection().execute(LEDGER_DDL)
            self._many(
                "insert into cov_ledger values (?)", ((row,) for row in sorted(self._ledger))
            )
        owned = ((self._files[path], tracer) for path, tracer in self._owners.items() if tracer)
        self._many("insert into tracer values (?, ?)", owned)

    def abort(self) -> None:
        """Throw the unfinished file away. Does nothing after `commit`."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        try:
            os.unlink(self._temporary)
        except OSError:
            pass  # Renamed by commit, or never made.


def _storable(text: str) -> bool:
    """Whether a database can hold it: not if it has lone surrogates, as undecodable names do."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _new_database(path: str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        # Nobody sees the file before it is whole, so nothing needs protection but the last step.
        connection.execute("pragma journal_mode = off")
        connection.execute("pragma synchronous = off")
        connection.execute("begin")
        for statement in DDL.split(";\n"):
            connection.execute(statement)
    except BaseException:
        connection.close()
        raise
    return connection


def _settle(temporary: str, final: str) -> None:
    """Rename a finished file to its name, with its content on the disk before."""
    try:
        os.chmod(temporary, os.stat(final).st_mode & 0o777)
    except OSError:
        pass  # There is none yet, or the file system has no modes.
    descriptor = os.open(temporary, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    os.replace(temporary, final)
