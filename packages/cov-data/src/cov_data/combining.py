"""Journals and data files → one data file.

Nothing is deleted before the result is whole, on the disk and in its place. What cannot be merged
is refused before anything is written; what cannot be read is left where it is and listed.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from .errors import DataError, MixedKinds, NotData, Unreadable
from .journal import MAGIC, JournalReader
from .ledger import MAGIC as LEDGER_MAGIC
from .ledger import LedgerReader
from .locking import DirectoryLock
from .merging import (
    MergedRuns,
    copy_data,
    copy_journal,
    copy_ledger,
    copy_ledgers,
    delete,
    identity,
    look_at_base,
)
from .naming import LEDGER_SUFFIX, digest_in_name, remove_unfinished
from .pathmap import PathMap, local_separators
from .reading import Reader
from .runs import Base, Decision, decide
from .schema import META_INPUTS, SQLITE_MAGIC
from .writing import Writer


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
) -> CombineSummary:
    """Merge `inputs` (data files, journals and ledgers, in any order) into the data file `target`.

    With `append` the content of an existing target is kept, unless the journals are those of a run
    that would have replaced it. Without, it is replaced, but only if there is something to replace
    it with; journals of a run that is already in the target are added to it all the same. `touch`
    are files to know of even if nothing ran in them. `keep` deletes no input.

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
        work = _Work(Path(target), path_map)
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
    files: list[Path] = field(default_factory=list)
    journals: list[JournalReader] = field(default_factory=list)
    ledgers: list[LedgerReader] = field(default_factory=list)
    skipped: list[Path] = field(default_factory=list)
    errored: list[tuple[Path, str]] = field(default_factory=list)
    ignored: list[Path] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    decision: Decision = field(default_factory=Decision)
    kinds: dict[str, bool] = field(default_factory=dict)
    changed: bool = False

    # ---- looking at the inputs -----------------------------------------------------------

    def sort_out(self, inputs: Sequence[Path]) -> None:
        """Tell data files, journals, copies and rubbish apart."""
        digests: set[str] = set()
        seen: set[str] = set()
        for path in inputs:
            real = os.path.realpath(path)
            if real in seen:
                continue
            seen.add(real)
            try:
                self._sort_out_one(Path(path), digests)
            except NotData:
                self.ignored.append(Path(path))
            except DataError as error:
                self.errored.append((Path(path), str(error)))

    def _sort_out_one(self, path: Path, digests: set[str]) -> None:
        head = _head(path)
        if head.startswith(MAGIC):
            self.journals.append(JournalReader(path))
        elif head.startswith(LEDGER_MAGIC) or path.name.endswith(LEDGER_SUFFIX):
            self.ledgers.append(LedgerReader(path))
        elif head != SQLITE_MAGIC:
            raise NotData(f"{path} is not coverage data")
        else:
            with Reader(path) as reader:
                kind = reader.kind()
            digest = digest_in_name(path.name) or _digest(path)
            if digest in digests:
                self.skipped.append(path)
                return
            digests.add(digest)
            self.files.append(path)
            if kind is not None:
                self.kinds[str(path)] = kind

    # ---- merging ---------------------------------------------------------------------------

    def merge(self, append: bool, keep: bool, touch: tuple[str, ...]) -> None:
        """Write the target, again without it whenever an input turns out to be unreadable."""
        base = self._base(append)
        self.decision = decide(self.journals, base, self.ledgers)
        keep_base = (append and not self.decision.replace_base) or self.decision.needs_base
        # An earlier combine was killed while it deleted its inputs: go on where it stopped.
        keep_base |= any(identity(path) in base.inputs for path in self._to_delete())
        self._check_kinds(base.there and keep_base)
        while not self.changed and (self._has_data() or touch):
            # Names alone are no reason to discard anything.
            nothing = not self._has_data()
            try:
                self._write(base.there and (keep_base or nothing), keep, touch)
                self.changed = True
            except Unreadable as error:
                self._give_up(error)

    def _has_data(self) -> bool:
        """Whether there is anything to merge. A ledger tells of a run in which nothing ran."""
        return bool(self.files or self.decision.merge or self.decision.ledgers)

    def _base(self, append: bool) -> Base:
        """What is known of the existing target; nothing if it is not there or not to be read."""
        try:
            base, kind = look_at_base(os.fspath(self.target))
        except DataError:
            if append:
                raise
            return Base(os.fspath(self.target))
        if kind is not None:
            self.kinds.setdefault(str(self.target), kind)
        return base

    def _check_kinds(self, keep_base: bool) -> None:
        kinds = dict(self.kinds)
        if not keep_base and not any(self._is_target(path) for path in self.files):
            kinds.pop(str(self.target), None)
        kinds.update((journal.path, journal.branch) for journal in self.decision.merge)
        with_branches = next((name for name, kind in kinds.items() if kind), None)
        with_lines = next((name for name, kind in kinds.items() if not kind), None)
        if with_branches is not None and with_lines is not None:
            raise MixedKinds(
                f"{with_branches} was measured with branches and {with_lines} without: "
                "they cannot be combined; measure both alike, or remove one"
            )

    def _write(self, keep_base: bool, keep: bool, touch: tuple[str, ...]) -> None:
        self.problems.clear()
        files = [path for path in self.files if not self._is_target(path)]
        if keep_base or len(files) < len(self.files):
            files.insert(0, self.target)
        rename = self._rename(files)
        runs = MergedRuns()
        with Writer(self.target) as writer:
            for path in files:
                with Reader(path) as reader:
                    copy_data(reader, writer, rename)
                    self.problems += copy_ledger(reader, writer)
                    runs.add_meta(reader.meta())
            for journal in self.decision.merge:
                self.problems += copy_journal(journal, writer, rename)
                runs.add_journal(journal)
            self.problems += copy_ledgers(self.decision.ledgers, writer, runs)
            self._copy_ledgers_of_copies(writer)
            writer.touch(rename(path) for path in touch)
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

    def _rename(self, files: Sequence[Path]) -> Callable[[str], str]:
        """How to rename. A path map sees all names first, so that their order does not matter."""
        if self.path_map is None:
            return local_separators
        names: set[str] = set()
        for path in files:
            with Reader(path) as reader:
                names.update(reader.files())
        for journal in self.decision.merge:
            names.update(path for path, *_ in journal.facts())
            journal.forget()
        table = self.path_map.renames(names)
        fallback = self.path_map.map  # For what a running process has added meanwhile.
        return lambda path: local_separators(table.get(path) or fallback(path))

    def _give_up(self, error: Unreadable) -> None:
        culprit = next((path for path in self.files if str(path) == error.path), None)
        if culprit is None or self._is_target(culprit):
            raise error
        self.files.remove(culprit)
        self.errored.append((culprit, str(error)))

    def _is_target(self, path: Path) -> bool:
        return os.path.realpath(path) == os.path.realpath(self.target)

    # ---- afterwards ------------------------------------------------------------------------

    def _to_delete(self) -> list[str]:
        """What is not needed afterwards: not the target, nor journals of running processes."""
        files = [path for path in (*self.files, *self.skipped) if not self._is_target(path)]
        decision = self.decision
        sources = (*decision.merge, *decision.ledgers, *decision.superseded)
        dead = [source.path for source in sources if not source.live]
        return [*map(os.fspath, files), *dead]

    def delete_inputs(self) -> None:
        """Delete what is not needed any more."""
        self.problems += delete(self._to_delete())

    def summary(self) -> CombineSummary:
        """The work as a value."""
        merged = self.decision.merge if self.changed else []
        waiting = _journals_of(self.decision.waiting)
        live = [journal for journal in (*merged, *waiting) if journal.live]
        superseded = _journals_of(self.decision.superseded)
        return CombineSummary(
            target=self.target,
            combined=(*self.files, *(Path(journal.path) for journal in merged)),
            skipped=tuple(self.skipped),
            errored=tuple(self.errored),
            live=tuple(Path(journal.path) for journal in live),
            ignored=tuple(self.ignored),
            superseded=tuple(Path(journal.path) for journal in superseded),
            ledgers=tuple(Path(ledger.path) for ledger in self.decision.ledgers),
            problems=tuple(self.problems),
            changed=self.changed,
        )


def _journals_of(sources: Iterable[JournalReader | LedgerReader]) -> list[JournalReader]:
    return [source for source in sources if isinstance(source, JournalReader)]


def _head(path: Path) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read(len(SQLITE_MAGIC))
    except FileNotFoundError:
        raise DataError(f"{path} does not exist (any more)") from None
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror or error}") from error


def _digest(path: Path) -> str:
    try:
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha3_256").hexdigest()
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror or error}") from error
