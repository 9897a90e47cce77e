"""Which journals still count, when those of several runs lie beside one data file. Pure decisions.

A run that is not told otherwise starts afresh: its data replaces what was there. If it was killed
before it could do so, its journals are found later, by a report or another run, and are given the
meaning they would have had: the newest such run wins over the data file and over older runs. What
came from another host, or is for another data file, was brought here on purpose: it is merged.
A run's ledger counts like a journal of it.
"""

from __future__ import annotations

import os

from .ledger import LedgerReader

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TypeAlias

    from .journal import JournalReader

    Source: TypeAlias = JournalReader | LedgerReader


class Base:
    """What is known of the existing data file, without its content.

    `there` tells whether it exists at all; an empty file does not count as one.
    `runs` are the ids of the runs merged into it; `started` is when the newest fresh run in it
    began and `written` when the file was last changed, both in ns since 1970 and 0 if unknown.
    `inputs` are the identities of files that are merged into it and should be deleted by now.
    """

    def __init__(
        self,
        path: str,
        *,
        there: bool = False,
        runs: frozenset[str] = frozenset(),
        started: int = 0,
        written: int = 0,
        inputs: frozenset[str] = frozenset(),
    ) -> None:
        self.path = path
        self.there = there
        self.runs = runs
        self.started = started
        self.written = written
        self.inputs = inputs

    def replaced_by(self, journal: Source) -> bool:
        """Whether the run of a fresh journal, had it ended well, would have replaced the file."""
        if journal.run in self.runs:
            return False
        if self.started:
            return journal.created_ns >= self.started
        # Another tool wrote it. After the run began? Then who knows: keep it and merge.
        return self.written <= journal.created_ns


class Decision:
    """`merge`, `ledgers`: what to read. `superseded`: journals and ledgers of runs that a newer one
    has replaced, dead as a whole. `waiting`: such ones of which a process still runs.
    `replace_base`: the data file's content is superseded too. `needs_base`: some of what is to be
    read belongs to a run that is already in it.
    """

    def __init__(self) -> None:
        self.merge: list[JournalReader] = []
        self.ledgers: list[LedgerReader] = []
        self.superseded: list[Source] = []
        self.waiting: list[Source] = []
        self.replace_base = False
        self.needs_base = False

    def add(self, source: Source) -> None:
        """Have it merged."""
        if isinstance(source, LedgerReader):
            self.ledgers.append(source)
        else:
            self.merge.append(source)


def decide(
    journals: Iterable[JournalReader], base: Base, ledgers: Iterable[LedgerReader] = ()
) -> Decision:
    """Which of the journals and ledgers found (by whatever way) count, for a data file `base`."""
    decision = Decision()
    groups: dict[tuple[str, str, int], list[Source]] = {}
    journals = list(journals)
    sources: list[Source] = [*journals, *_complete(ledgers, journals)]
    for journal in sources:
        if journal.mode == "parallel":
            decision.add(journal)
        else:
            groups.setdefault(_place(journal), []).append(journal)
    for group in groups.values():
        _decide_group(group, base if belongs(group[0], base.path) else None, decision)
    return decision


def _complete(
    ledgers: Iterable[LedgerReader], journals: Iterable[JournalReader]
) -> Iterator[LedgerReader]:
    """Ledgers whose first record is missing have the journals of their run tell what is in it."""
    by_run = {journal.run: journal for journal in journals}
    for ledger in ledgers:
        journal = by_run.get(ledger.run)
        if journal is not None:
            ledger.adopt(journal.created_ns, journal.mode)
        yield ledger


def _decide_group(group: list[Source], base: Base | None, decision: Decision) -> None:
    """One host's journals for one data file; `base` is that file if it is the one combined into."""
    threshold = max((j.created_ns for j in group if j.mode == "fresh"), default=0)
    if base is not None:
        newest = [j for j in group if j.mode == "fresh" and j.created_ns == threshold]
        if newest and base.replaced_by(newest[0]):
            decision.replace_base = True
        else:
            threshold = max(threshold, base.started)
    live = {journal.run for journal in group if journal.live}
    for journal in group:
        merged_before = base is not None and journal.run in base.runs
        if journal.created_ns >= threshold or (merged_before and not decision.replace_base):
            decision.add(journal)
            decision.needs_base |= merged_before
        elif journal.run in live:
            decision.waiting.append(journal)
        else:
            decision.superseded.append(journal)


def older_runs(journals: Iterable[Source], target: str, created_ns: int) -> list[Source]:
    """Journals and ledgers of fresh and append runs for `target` that began before and are dead.

    A run of which one process still runs will replace the file when it ends, so it is left alone.
    """
    older = [
        journal
        for journal in journals
        if journal.mode != "parallel"
        and journal.created_ns < created_ns
        and belongs(journal, target)
    ]
    live = {journal.run for journal in older if journal.live}
    return [journal for journal in older if journal.run not in live]


def belongs(journal: Source, target: str) -> bool:
    """Whether a process of this host wrote the journal for the data file `target`."""
    directory, name = os.path.split(os.path.abspath(target))
    where, what = os.path.split(os.path.abspath(journal.path))
    if where != directory or not what.startswith(name + ".") or not journal.is_local():
        return False
    # `.coverage.unit` is a data file of its own, though its journals match `.coverage.*`.
    told = journal.info.get("data_file")
    return not told or os.path.basename(told[0]) == name


def _place(journal: Source) -> tuple[str, str, int]:
    """Journals of one host for one data file have the same; see the form of their names."""
    directory, name = os.path.split(os.path.abspath(journal.path))
    if isinstance(journal, LedgerReader):
        return directory, journal.place, journal.host
    return directory, name.rpartition(".pid")[0] or name, journal.host
