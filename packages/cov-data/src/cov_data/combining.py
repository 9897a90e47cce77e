"""Journals and data files → one data file.

Nothing is deleted before the result is whole, on the disk and in its place. What cannot be merged
is refused before anything is written; what cannot be read is left where it is and listed.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from . import bulk as plain
from .copies import Copies
from .errors import DataError, MixedKinds, NotData
from .heads import head
from .journal import MAGIC, JournalReader
from .ledger import MAGIC as LEDGER_MAGIC
from .ledger import LedgerReader
from .locking import DirectoryLock
from .merging import (
    DataContent,
    MergedRuns,
    copy_journal,
    copy_ledger,
    copy_ledgers,
    delete,
    identity,
    look_at_base,
)
from .naming import LEDGER_SUFFIX, remove_unfinished
from .pathmap import PathMap, local_separators
from .reading import Reader
from .runs import Base, Decision, decide
from .schema import META_INPUTS, SQLITE_MAGIC
from .sources import Sources
from .writing import Writer

if TYPE_CHECKING:
    from .bulk import Bulk


@dataclass(frozen=True)
class CombineSummary:
    """What a combine did with each of its inputs.

    `combined` were merged; `skipped` are copies of others. Both are deleted afterwards unless they
    are to be kept or stand in `live`, too: journals of running processes. `errored` could not be
    read, with the reason, and `ignored` are no coverage data; both are left alone. `superseded`
    are journals of runs that a newer run has replaced (deleted). `ledgers` went in with the
    journals, and go as they do; they are not in the other lists. `problems` are sentences about
    what was lost inside an input. `changed` tells whether the target was written.
    """

    target: Path
    combined: tuple[Path, ...] = ()
    skipped: tuple[Path, ...] = ()
    errored: tuple[tuple[Path, str], ...] = ()
    live: tuple[Path, ...] = ()
    ignored: tuple[Path, ...] = ()
    superseded: tuple[Path, ...] = ()
    ledgers: tuple[Path, ...] = ()
    problems: tuple[str, ...] = ()
    changed: bool = False


def combine(
    target: Path,
    inputs: Sequence[Path],
    *,
    append: bool,
    keep: bool = False,
    path_map: PathMap | None = None,
    touch: Iterable[str] = (),
    discover: Callable[[Iterable[str]], Iterable[str]] | None = None,
    progress: Callable[[int, int], None] | None = None,
    bulk: Bulk = plain,
) -> CombineSummary:
    """Merge `inputs` (data files, journals and ledgers, in any order) into the data file `target`.

    With `append` the content of an existing target is kept, unless the journals are those of a run
    that would have replaced it. Without, it is replaced, but only if there is something to replace
    it with; journals of a run that is already in the target are added to it all the same. `touch`
    are files to know of even if nothing ran in them, and so are those that `discover` names when it
    is told where something ran. `keep` deletes no input.

    One input is in memory at a time, and what is in the result. `progress` is called with how many
    inputs are done and how many there are. `bulk` are faster forms of the functions in bulk.py.

    Raises MixedKinds for lines and branches together, and DataError if the target cannot be read
    (with `append`) or written, or plugins disagree; nothing has changed then, nothing is deleted.
    """
    real = os.path.realpath(target)
    directory = os.path.dirname(real)
    try:
        os.makedirs(directory, exist_ok=True)
    except OSError as error:
        raise DataError(f"{directory} cannot be made: {error.strerror or error}") from error
    with DirectoryLock(directory):
        remove_unfinished(real)
        work = _Work(Path(target), path_map, bulk, progress, discover)
        work.sort_out(inputs)
        work.merge(append, keep, tuple(touch))
        if not keep:
            work.delete_inputs()
        return work.summary()


@dataclass
class _Work:
    """One combine on its way."""

    target: Path
    path_map: PathMap | None
    bulk: Bulk
    progress: Callable[[int, int], None] | None
    discover: Callable[[Iterable[str]], Iterable[str]] | None
    files: list[Path] = field(default_factory=list)
    journals: list[JournalReader] = field(default_factory=list)
    ledgers: list[LedgerReader] = field(default_factory=list)
    skipped: list[Path] = field(default_factory=list)
    errored: list[tuple[Path, str]] = field(default_factory=list)
    ignored: list[Path] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    decision: Decision = field(default_factory=Decision)
    kinds: dict[bool, str] = field(default_factory=dict)  # With branches or not -> the first such.
    order: dict[Path, int] = field(default_factory=dict)
    with_target: bool = False  # The target itself is an input.
    changed: bool = False
    sources: Sources = field(default_factory=Sources)

    # ---- looking at the inputs -----------------------------------------------------------

    def sort_out(self, inputs: Sequence[Path]) -> None:
        """Tell data files, journals and rubbish apart."""
        seen: set[str] = set()
        target = os.path.realpath(self.target)
        self.order = {Path(path): number for number, path in enumerate(inputs)}
        for path in inputs:
            real = os.path.realpath(path)
            if real in seen:
                continue
            seen.add(real)
            try:
                self._sort_out_one(Path(path), real == target)
            except DataError as error:
                self._reject(Path(path), error)

    def _sort_out_one(self, path: Path, is_target: bool) -> None:
        start = head(path, len(SQLITE_MAGIC), "does not exist (any more)")
        if start.startswith(MAGIC):
            self.journals.append(JournalReader(path, self.bulk))
        elif start.startswith(LEDGER_MAGIC) or path.name.endswith(LEDGER_SUFFIX):
            self.ledgers.append(LedgerReader(path))
        elif start != SQLITE_MAGIC:
            raise NotData(f"{path} is not coverage data")
        elif is_target:
            with Reader(path):
                self.with_target = True
        else:
            self.files.append(path)

    def _reject(self, path: Path, error: DataError) -> None:
        if isinstance(error, NotData):
            self.ignored.append(path)
        else:
            self.errored.append((path, str(error)))

    # ---- merging ---------------------------------------------------------------------------

    def merge(self, append: bool, keep: bool, touch: tuple[str, ...]) -> None:
        """Write the target, unless there turns out to be nothing to write."""
        base, kind = self._base(append)
        self.decision = decide(self.journals, base, self.ledgers)
        keep_base = (append and not self.decision.replace_base) or self.decision.needs_base
        # An earlier combine was killed while it deleted its inputs: go on where it stopped.
        keep_base |= self.with_target or self._is_unfinished(base)
        for journal in self.decision.merge:
            self._note_kind(journal.path, journal.branch)
        if base.there and keep_base:
            self._note_kind(os.fspath(self.target), kind)
        if not (self._has_data() or touch):
            return
        with Writer(self.target, self.bulk) as writer:
            rename, runs = self._rename(), MergedRuns()
            self._merge_inputs(writer, rename, runs)
            # Names alone are no reason to discard anything.
            if base.there and (keep_base or not self._has_data()):
                self._put(*self._read(self.target), writer, rename, runs)
            elif not (self._has_data() or touch):
                return
            self._finish(writer, rename, runs, touch, keep)
        self.changed = True

    def _is_unfinished(self, base: Base) -> bool:
        """Whether an input is in the target already, and should have been deleted."""
        return bool(base.inputs) and any(identity(p) in base.inputs for p in self._to_delete())

    def _has_data(self) -> bool:
        """Whether there is anything to merge. A ledger tells of a run in which nothing ran."""
        decision = self.decision
        return bool(self.files or self.with_target or decision.merge or decision.ledgers)

    def _base(self, append: bool) -> tuple[Base, bool | None]:
        """What is known of the existing target; nothing if it is not there or not to be read."""
        try:
            return look_at_base(os.fspath(self.target))
        except DataError:
            if append:
                raise
            return Base(os.fspath(self.target)), None

    def _note_kind(self, name: str, kind: bool | None) -> None:
        """Raises MixedKinds for the second kind; None has no facts and goes with either."""
        if kind is not None:
            self.kinds.setdefault(kind, name)
        if len(self.kinds) == 2:
            raise MixedKinds(
                f"{self.kinds[True]} was measured with branches and {self.kinds[False]} without: "
                "they cannot be combined; measure both alike, or remove one"
            )

    def _merge_inputs(self, writer: Writer, rename: Callable[[str], str], runs: MergedRuns) -> None:
        """Merge what there is, one at a time, and set aside what is a copy or cannot be read."""
        candidates, self.files, copies = self.files, [], Copies()
        total = len(candidates) + len(self.decision.merge)
        for done, path in enumerate(candidates):
            self._tell(done, total)
            try:
                if copies.has(path):
                    self.skipped.append(path)
                    continue
                content, ledger = self._read(path)
                copies.add(path)
            except DataError as error:
                self._reject(path, error)
                continue
            self._note_kind(str(path), content.kind)
            self._put(content, ledger, writer, rename, runs)
            self.files.append(path)
        for done, journal in enumerate(self.decision.merge, start=len(candidates)):
            self._tell(done, total)
            self.problems += copy_journal(journal, writer, rename, self.sources, self.bulk)
            runs.add_journal(journal)
        self._tell(total, total)

    def _tell(self, done: int, total: int) -> None:
        if self.progress is not None:
            self.progress(done, total)

    def _read(self, path: Path) -> tuple[DataContent, list[str]]:
        """What is in a data file, and what it knows of processes: no reason to fail."""
        with Reader(path) as reader:
            content = DataContent(reader, self.bulk)
            try:
                return content, reader.ledger()
            except DataError as error:
                self.problems.append(f"what is known of processes is lost: {error}")
                return content, []

    def _put(
        self,
        content: DataContent,
        ledger: list[str],
        writer: Writer,
        rename: Callable[[str], str],
        runs: MergedRuns,
    ) -> None:
        content.put_into(writer, rename)
        writer.add_ledger(ledger)
        runs.add_meta(content.meta)

    def _finish(
        self,
        writer: Writer,
        rename: Callable[[str], str],
        runs: MergedRuns,
        touch: tuple[str, ...],
        keep: bool,
    ) -> None:
        self.problems += copy_ledgers(self.decision.ledgers, writer, runs)
        self._copy_ledgers_of_copies(writer)
        further = self.discover(tuple(writer.executed())) if self.discover is not None else ()
        writer.touch(rename(path) for path in (*touch, *further))
        self.problems += [f"{path} is no name that can be stored" for path in writer.left_out]
        runs.put_into(writer)
        if not keep:
            writer.set_meta(META_INPUTS, " ".join(map(identity, self._to_delete())))
        writer.commit()

    def _copy_ledgers_of_copies(self, writer: Writer) -> None:
        """Two runs may have the same data, and yet processes of their own."""
        for path in self.skipped:
            try:
                with Reader(path) as reader:
                    self.problems += copy_ledger(reader, writer)
            except DataError:
                pass  # it was read a moment ago, and its data is in

    def _rename(self) -> Callable[[str], str]:
        """How to rename. A path map sees all names first, so that their order does not matter."""
        if self.path_map is None:
            return cache(local_separators)
        names: set[str] = set()
        for path in (*self.files, self.target):
            try:
                with Reader(path) as reader:
                    names.update(reader.files())
            except DataError:
                pass  # Merging it will tell, if it is to be merged.
        for journal in self.decision.merge:
            names.update(path for path, *_ in journal.packed_facts())
            journal.forget()
        table = self.path_map.renames(names)
        fallback = self.path_map.map  # For what a running process has added meanwhile.
        return cache(lambda path: local_separators(table.get(path) or fallback(path)))

    # ---- afterwards ------------------------------------------------------------------------

    def _to_delete(self) -> list[str]:
        """What is not needed afterwards: not the target, nor journals of running processes."""
        decision = self.decision
        sources = (*decision.merge, *decision.ledgers, *decision.superseded)
        dead = [source.path for source in sources if not source.live]
        return [*map(os.fspath, (*self.files, *self.skipped)), *dead]

    def delete_inputs(self) -> None:
        """Delete what is not needed any more."""
        self.problems += delete(self._to_delete())

    def summary(self) -> CombineSummary:
        """The work as a value."""
        merged = self.decision.merge if self.changed else []
        target = [self.target] if self.with_target else []
        waiting = _journals_of(self.decision.waiting)
        live = [journal for journal in (*merged, *waiting) if journal.live]
        superseded = _journals_of(self.decision.superseded)
        return CombineSummary(
            target=self.target,
            combined=(*target, *self.files, *(Path(journal.path) for journal in merged)),
            skipped=tuple(self.skipped),
            errored=tuple(sorted(self.errored, key=lambda pair: self.order[pair[0]])),
            live=tuple(Path(journal.path) for journal in live),
            ignored=tuple(sorted(self.ignored, key=self.order.__getitem__)),
            superseded=tuple(Path(journal.path) for journal in superseded),
            ledgers=tuple(Path(ledger.path) for ledger in self.decision.ledgers),
            problems=tuple(self.problems),
            changed=self.changed,
        )


def _journals_of(sources: Iterable[JournalReader | LedgerReader]) -> list[JournalReader]:
    return [source for source in sources if isinstance(source, JournalReader)]
