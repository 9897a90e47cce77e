"""Runs that ended without having their data saved: what their settings say of them.

They were killed, ended by os._exit, or another program took their place. Their journals wait for
the next report or `combine`, which then does what is done at the end of a run.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cov_cli.lastwords import Facts, last_words
from cov_cli.measured.settings import Settings, unpack
from cov_cli.sealing import unexecuted
from cov_data import DataError, JournalReader, LedgerReader, Reader
from cov_data.merging import look_at_base
from cov_data.naming import LEDGER_SUFFIX
from cov_tracer import _bulk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from cov_data import CombineSummary


@dataclass(frozen=True)
class UnsealedRuns:
    """Those of which journals or ledgers lie beside the data file.

    `settings` and `sources`, the files of their sources once `never_executed` was asked, go by run.
    In `doubtful` are runs of which more may have run than their journals tell.
    """

    settings: dict[str, Settings]
    sources: dict[str, list[str]]
    doubtful: set[str]

    def never_executed(self, executed: Iterable[str]) -> list[str]:
        """The files of all their sources (UNX-01), given those of which something ran."""
        ran = tuple(executed)
        for run, settings in self.settings.items():
            self.sources[run] = list(unexecuted(settings, ran))
        return sorted({path for paths in self.sources.values() for path in paths})

    def last_words(self, summary: CombineSummary) -> Iterator[str]:
        """What `cov run` would have warned of, now that their journals are combined."""
        if summary.live or summary.superseded or summary.errored:
            return
        for run, settings in self.settings.items():
            if run in self.doubtful or not settings.warn or not settings.packages:
                continue
            with Reader(summary.target) as reader:
                executed = [path for path in reader.files() if reader.lines(path)]
            facts = Facts(
                settings,
                executed=executed,
                sources=self.sources[run],
                imported=(),
                measured=True,  # a report has an error of its own for that
                lost=bool(summary.problems),
            )
            yield from last_words(facts)


def find_unsealed(target: Path, inputs: Sequence[Path]) -> UnsealedRuns:
    """The runs whose journals and ledgers are among the inputs of a combine into `target`."""
    known = _runs_in(target)
    found = UnsealedRuns({}, {}, set())
    for path in inputs:
        try:
            source = _open(path)
        except (DataError, OSError):
            continue  # no journal: combine says what there is to say
        troubled = isinstance(source, LedgerReader) and source.is_troubled()
        if source.live or troubled or source.run in known:
            found.doubtful.add(source.run)
        if source.run in found.sources:
            continue
        told = source.info.get("settings", [])
        if told or isinstance(source, JournalReader):  # one journal without them has read enough
            found.sources[source.run] = []
        for text in told[:1]:
            _take(found, source.run, text)
    return found


def _open(path: Path) -> JournalReader | LedgerReader:
    if path.name.endswith(LEDGER_SUFFIX):
        return LedgerReader(path)
    return JournalReader(path, _bulk)


def _take(found: UnsealedRuns, run: str, text: str) -> None:
    try:
        found.settings[run] = unpack(text)
    except (OSError, ValueError):
        return


def _runs_in(target: Path) -> frozenset[str]:
    """The runs in a data file: some of their journals have been combined before."""
    try:
        return look_at_base(str(target))[0].runs
    except DataError:
        return frozenset()
