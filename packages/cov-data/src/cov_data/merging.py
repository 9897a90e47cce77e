"""The steps that `combine` and `seal` share: copying data into a writer, noting its runs."""

from __future__ import annotations

import os

from . import bulk as plain
from .bulk import unpack_pairs
from .errors import DataError
from .packing import bitmap_to_bits
from .reading import Reader
from .runs import Base
from .schema import META_INPUTS, META_RUNS, META_STARTED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from .bulk import Bulk
    from .journal import JournalReader
    from .ledger import LedgerReader
    from .sources import Sources
    from .writing import Writer


class MergedRuns:
    """The runs whose data went into a file, as its `meta` keeps them."""

    def __init__(self) -> None:
        self._runs: set[str] = set()
        self._started = 0

    def add_meta(self, meta: Mapping[str, str]) -> None:
        """Take over those of a data file."""
        self._runs.update(meta.get(META_RUNS, "").split())
        self._started = max(self._started, _started(meta))

    def add_journal(self, journal: JournalReader | LedgerReader) -> None:
        """Note a journal's run, or a ledger's."""
        self.add_run(journal.run, journal.created_ns if journal.mode == "fresh" else 0)

    def add_run(self, run: str, started: int) -> None:
        """Note a run; `started` is when it began, in ns since 1970, or 0 if it is no fresh one."""
        self._runs.add(run)
        self._started = max(self._started, started)

    def put_into(self, writer: Writer) -> None:
        """Write them into the meta table."""
        if self._runs:
            writer.set_meta(META_RUNS, " ".join(sorted(self._runs)))
        if self._started:
            writer.set_meta(META_STARTED, str(self._started))


def _started(meta: Mapping[str, str]) -> int:
    text = meta.get(META_STARTED, "")
    return int(text) if text.isascii() and text.isdigit() else 0


def look_at_base(path: str) -> tuple[Base, bool | None]:
    """An existing data file and its kind (branches or not; None: no facts), without its content.

    A missing or zero-byte file is legal and has nothing. Raises DataError for one that cannot be
    read, or one that another program left half-written.
    """
    try:
        found = os.stat(path)
    except FileNotFoundError:
        return Base(path), None
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror or error}") from error
    if found.st_size == 0:
        return Base(path), None
    with Reader(path) as reader:
        meta, kind = reader.meta(), reader.kind()
    if os.path.exists(f"{path}-journal") and os.path.getsize(f"{path}-journal"):
        raise DataError(
            f"{path} was left half-written by another tool, as {path}-journal tells: "
            "remove both files, or only the second to keep what there is"
        )
    base = Base(
        path,
        there=True,
        runs=frozenset(meta.get(META_RUNS, "").split()),
        started=_started(meta),
        written=found.st_mtime_ns,
        inputs=frozenset(meta.get(META_INPUTS, "").split()),
    )
    return base, kind


def identity(path: str) -> str:
    """What tells this very file from any other that had or will have its name.

    A combine writes down the files it is going to delete. If it is killed before it could, and
    the user combines anew, starting from nothing, the ones deleted already would be lost: finding
    one of the others tells that the existing data has to be kept. "" if the file is gone.
    """
    try:
        found = os.stat(path)
    except OSError:
        return ""
    return f"{found.st_ino:x}.{found.st_mtime_ns:x}.{found.st_size:x}"


class DataContent:
    """All that a data file knows, read before any of it goes anywhere.

    Raises Unreadable if the file is damaged. `kind` tells whether it has branches (None: no facts).
    """

    def __init__(self, reader: Reader, bulk: Bulk = plain) -> None:
        self._path = reader.path
        self._paths, self._contexts = list(reader.paths()), reader.contexts()
        self.meta, self.kind = reader.meta(), reader.kind()
        self._bits = [] if reader.has_arcs else reader.all_bits()
        self._arcs = list(reader.all_packed(bulk)) if reader.has_arcs else []
        self._astray = list(reader.all_jumps_astray())
        self._digests = reader.all_digests()
        # Whatever has data is nobody's unless it is told who owns it.
        self._owners = {path: "" for path, *_ in (*self._bits, *self._arcs)}
        self._owners.update(reader.owner_of_each())

    def put_into(self, writer: Writer, rename: Callable[[str], str]) -> None:
        """Add all of it, under new names. Raises DataError if that cannot be united."""
        names = {path: rename(path) for path in self._paths}
        if self.kind is not None:
            writer.set_kind(self.kind, self._path)
        elif writer.has_arcs is None and "has_arcs" in self.meta:
            writer.expect_kind(self.meta["has_arcs"] == "1")
        writer.touch(names.values())
        for context in self._contexts:
            writer.add_context(context)
        for path, tracer in self._owners.items():
            writer.claim(names[path], tracer)
        writer.add_many_bits((names[path], context, lines) for path, context, lines in self._bits)
        for path, context, packed in self._arcs:
            writer.add_packed(names[path], context, packed)
        for path, context, jump in self._astray:
            writer.add_jumps_astray(names[path], context, [jump])
        writer.add_sources((names[path], digest) for path, digest in self._digests)


def copy_journal(
    journal: JournalReader,
    writer: Writer,
    rename: Callable[[str], str],
    sources: Sources,
    bulk: Bulk = plain,
) -> list[str]:
    """Add all that a journal knows, under new names. Sentences about what it had lost."""
    writer.set_kind(journal.branch, journal.path)
    if journal.is_local():
        writer.add_sources(_digests(journal, rename, sources))
    if journal.branch:
        _copy_arcs(journal, writer, rename, bulk)
    else:
        writer.add_many_bits(
            (name, context, bitmap_to_bits(lines))
            for path, context, lines, _ in journal.packed_series()
            if writer.claim(name := rename(path))
        )
    problems = [f"{journal.path}: {problem}" for problem in journal.problems]
    problems += [f"{journal.path}: {trouble}" for trouble in journal.info.get("trouble", ())]
    if journal.lost:
        problems.append(f"{journal.path}: {journal.lost} facts found no room and are lost")
    journal.forget()
    return problems


def _copy_arcs(
    journal: JournalReader, writer: Writer, rename: Callable[[str], str], bulk: Bulk
) -> None:
    for path, context, lines, jumps in journal.packed_facts():
        name = rename(path)
        if writer.claim(name):
            arcs, astray = bulk.settle(lines, jumps)
            writer.add_packed(name, context, arcs)
            if astray:
                writer.add_jumps_astray(name, context, unpack_pairs(astray))


def _digests(
    journal: JournalReader, rename: Callable[[str], str], sources: Sources
) -> Iterator[tuple[str, str]]:
    """New names and digests of the sources that a journal tells of, as far as they can be known.

    Not of those that another journal has told of before.
    """
    for path, stamp in sources.new(journal.stamps):
        digest = sources.digest_of(path, stamp)
        if digest is not None:
            yield rename(path), digest


def copy_ledger(reader: Reader, writer: Writer) -> list[str]:
    """Add what a data file knows of processes. A sentence if that cannot be read: it is no reason
    to fail.
    """
    try:
        writer.add_ledger(reader.ledger())
    except DataError as error:
        return [f"what is known of processes is lost: {error}"]
    return []


def copy_ledgers(ledgers: Iterable[LedgerReader], writer: Writer, runs: MergedRuns) -> list[str]:
    """Add ledgers, and note their runs. Sentences about what was wrong with them."""
    problems = []
    for ledger in ledgers:
        writer.add_ledger(ledger.rows())
        runs.add_journal(ledger)
        problems += [f"{ledger.path}: {problem}" for problem in ledger.problems]
    return problems


def delete(paths: Iterable[str]) -> list[str]:
    """Delete files that are merged. Sentences about those that stayed."""
    problems = []
    for path in paths:
        try:
            os.unlink(path)
        except FileNotFoundError:
            pass
        except OSError as error:
            problems.append(f"{path} was merged but cannot be deleted: {error.strerror or error}")
    return problems
