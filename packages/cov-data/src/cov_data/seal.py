"""The end of a `cov run`: its journals become the data file.

This runs in a short-lived interpreter of its own, so that sqlite3 is never imported in a measured
process, and while somebody waits: it imports as little as it can, no dataclasses, pathlib or re.
"""

from __future__ import annotations

import os
import time

from . import bulk as plain
from .errors import DataError
from .journal import JournalReader
from .ledger import find_ledgers
from .locking import DirectoryLock
from .merging import (
    DataContent,
    MergedRuns,
    copy_journal,
    copy_ledger,
    copy_ledgers,
    delete,
    look_at_base,
)
from .naming import data_file_name, digest_part, remove_unfinished, siblings
from .reading import Reader
from .runs import Base, decide, older_runs
from .sources import Sources
from .writing import Writer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from .bulk import Bulk
    from .ledger import LedgerReader
    from .naming import StrPath
    from .pathmap import PathMap
    from .runs import Decision, Source


class SealSummary:
    """What sealing did. Paths are strings.

    `target` is the data file written. `merged` are the journals in it; `live` those of them whose
    process still runs, which stay for the next report. `found` tells whether anything was left of
    the run: a journal, a ledger, or a data file that has it already. `measured` tells whether any
    process of the run has measured anything, as far as is known. `executed` are the files in the
    data file of which something ran. With `lost` more may have run than is known. `outdone` tells
    that a later run has put its data in the place of this one's, so that nothing was done.
    `superseded` are journals of older runs that were deleted. `problems` are sentences about what
    was lost or could not be done.
    """

    __slots__ = (
        "executed",
        "found",
        "live",
        "lost",
        "measured",
        "merged",
        "outdone",
        "problems",
        "superseded",
        "target",
    )

    def __init__(
        self,
        target: str,
        merged: tuple[str, ...],
        live: tuple[str, ...],
        found: bool,
        measured: bool,
        executed: tuple[str, ...],
        lost: bool,
        superseded: tuple[str, ...],
        problems: tuple[str, ...],
        outdone: bool,
    ) -> None:
        self.target = target
        self.merged = merged
        self.live = live
        self.found = found
        self.measured = measured
        self.executed = executed
        self.lost = lost
        self.superseded = superseded
        self.problems = problems
        self.outdone = outdone


def seal(
    data_file: StrPath,
    *,
    run: str,
    mode: str,
    touch: Sequence[str] = (),
    discover: Callable[[Iterable[str]], Iterable[str]] | None = None,
    path_map: PathMap | None = None,
    branch: bool | None = None,
    pid: int | None = None,
    created_ns: int = 0,
    bulk: Bulk = plain,
) -> SealSummary:
    """Turn the journals of a run, which lie beside `data_file`, into a data file.

    `run` is the run's id (hex) and `mode` its mode: "fresh" replaces the data file, even by
    nothing; "append" adds to it; "parallel" makes a new one beside it, named after `pid` (by
    default the first journal's). `created_ns` is when the run began, in ns since 1970, for one of
    which nothing is left to tell that. `touch` are files to know of even if nothing ran in them,
    and so are those that `discover` names when it is told where something ran. `branch` says what
    was to be measured, for a run that left no journal. `bulk` are faster forms of what is in
    bulk.py.

    Journals that are merged and those of older runs that a fresh run replaces are deleted at the
    very end, unless their process still runs. Raises DataError if the data file cannot be read
    (append) or written, and MixedKinds if it has the other kind of data (append): nothing has
    changed then, and the journals wait for the next report.
    """
    if mode not in ("fresh", "append", "parallel"):
        raise ValueError(f"{mode!r} is not a mode: use fresh, append or parallel")
    base = os.path.realpath(data_file)
    directory = os.path.dirname(base)
    try:
        os.makedirs(directory, exist_ok=True)
    except OSError as error:
        raise DataError(f"{directory} cannot be made: {error.strerror or error}") from error
    with DirectoryLock(directory):
        remove_unfinished(base)
        work = _Work(base, run, mode, pid, created_ns, bulk)
        if not work.outdone:
            work.write(tuple(touch), discover, path_map, branch)
            work.delete()
        return work.summary()


class _Work:
    """One sealing on its way."""

    def __init__(
        self, base: str, run: str, mode: str, pid: int | None, created_ns: int, bulk: Bulk
    ) -> None:
        self.base = self.target = base
        self.run = run
        self.mode = mode
        self.bulk = bulk
        self.problems: list[str] = []
        journals, ledgers = self._journals(), find_ledgers(siblings(base))
        known = self._known()
        mine = [journal for journal in journals if journal.run == run]
        self.ledgers = [ledger for ledger in ledgers if ledger.run == run]
        self.measured = bool(mine) or run in known.runs
        self.found = self.measured or bool(self.ledgers)
        self.executed: tuple[str, ...] = ()
        self.pid = pid or (mine[0].pid if mine else os.getpid())
        sources: list[Source] = [*journals, *ledgers]
        told = [s.created_ns for s in sources if s.run == run and s.created_ns]
        self.created = told[0] if told else created_ns or time.time_ns()
        # A later run, which ended while this one waited for it, has deleted what was left of this.
        self.outdone = mode == "fresh" and not self.found and known.started > self.created
        self.keep_base = False
        self.merge = mine
        self.superseded: list[Source] = []
        if mode == "fresh":
            # A report in the midst of the run has merged part of it already.
            self.keep_base = run in known.runs
            others = [source for source in sources if source.run != run]
            self.superseded = older_runs(others, base, self.created)
        elif mode == "append":
            self._append(journals, ledgers)

    def _journals(self) -> list[JournalReader]:
        found = []
        for path in siblings(self.base):
            try:
                found.append(JournalReader(path, self.bulk))
            except DataError:
                pass  # A data file, or somebody else's: reports will look at it.
        return found

    def _known(self) -> Base:
        try:
            return look_at_base(self.base)[0]
        except DataError:
            return Base(self.base)  # It is about to be replaced anyway, or refused.

    def _append(self, journals: list[JournalReader], ledgers: list[LedgerReader]) -> None:
        """What to append to: the data file, or what a killed run would have left in its place."""
        base, _ = look_at_base(self.base)

        def counts(source: Source) -> bool:
            earlier = source.mode != "parallel" and source.created_ns <= self.created
            return earlier or source.run == self.run

        decision: Decision = decide(filter(counts, journals), base, filter(counts, ledgers))
        self.keep_base = base.there and not decision.replace_base
        self.merge, self.ledgers = decision.merge, decision.ledgers
        self.superseded = decision.superseded

    def write(
        self,
        touch: tuple[str, ...],
        discover: Callable[[Iterable[str]], Iterable[str]] | None,
        path_map: PathMap | None,
        branch: bool | None,
    ) -> None:
        """Write the data file and put it in place."""
        rename = str if path_map is None else path_map.map
        runs, sources = MergedRuns(), Sources()
        runs.add_run(self.run, self.created if self.mode == "fresh" else 0)
        with Writer(self.base, self.bulk) as writer:
            if self.keep_base:
                with Reader(self.base) as reader:
                    DataContent(reader, self.bulk).put_into(writer, rename)
                    self.problems += copy_ledger(reader, writer)
                    runs.add_meta(reader.meta())
            for journal in self.merge:
                self._note_argv(journal, writer)
                self.problems += copy_journal(journal, writer, rename, sources, self.bulk)
                runs.add_journal(journal)
            self.problems += copy_ledgers(self.ledgers, writer, runs)
            if branch is not None:
                writer.expect_kind(branch)
            self.executed = tuple(writer.executed())
            further = discover(self.executed) if discover is not None else ()
            writer.touch(rename(path) for path in (*touch, *further))
            self.problems += [f"{path} is no name that can be stored" for path in writer.left_out]
            runs.put_into(writer)
            if self.mode == "parallel":
                self._name_after_content(writer)
            writer.commit(self.target)

    def _note_argv(self, journal: JournalReader, writer: Writer) -> None:
        """A file of one process says what was run: the first process's command, or `pid`'s."""
        if self.mode == "parallel" and (journal is self.merge[0] or journal.pid == self.pid):
            writer.set_meta("sys_argv", repr(journal.info.get("argv", [])))

    def _name_after_content(self, writer: Writer) -> None:
        digest = writer.digest()
        writer.set_meta("when", time.strftime("%Y-%m-%d %H:%M:%S"))
        writer.set_meta("hash", digest[:32])
        self.target = data_file_name(self.base, pid=self.pid, digest=digest_part(digest))

    def delete(self) -> None:
        """Delete the journals that are not needed any more."""
        done = (*self.merge, *self.ledgers, *self.superseded)
        self.problems += delete(source.path for source in done if not source.live)

    def summary(self) -> SealSummary:
        """The work as a value."""
        return SealSummary(
            target=self.target,
            merged=tuple(journal.path for journal in self.merge),
            live=tuple(journal.path for journal in self.merge if journal.live),
            found=self.found,
            measured=self.measured,
            executed=self.executed,
            lost=bool(self.problems) or any(ledger.is_troubled() for ledger in self.ledgers),
            superseded=tuple(source.path for source in self.superseded),
            problems=tuple(self.problems),
            outdone=self.outdone,
        )
