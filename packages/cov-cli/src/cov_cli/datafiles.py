"""The data a command works on: which files, combining them, and what the user is told about it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from cov_cli.errors import ConfigError, NothingToDo, say, shown, warn
from cov_cli.progress import Progress
from cov_cli.unsealed import find_unsealed
from cov_data import (
    DataError,
    JournalReader,
    LedgerReader,
    PathMap,
    combine,
    find_data_files,
)
from cov_data.naming import LEDGER_SUFFIX
from cov_tracer import _bulk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cov_cli.options import Options
    from cov_data import CombineSummary


def data_file(options: Options) -> Path:
    """The data file's absolute name."""
    return Path(os.path.abspath(options.data_file))


def path_map(options: Options) -> PathMap | None:
    """The rules of [paths], None if there are none. Raises ConfigError for a bad one (CER-10)."""
    rules = {label: items for label, items in options.paths.items() if items}
    if not rules and not options.relative_files:
        return None
    for label, items in rules.items():
        try:
            PathMap([items])
        except DataError as error:
            raise ConfigError(f"{options.origin(f'paths:{label}')}: {error}") from None
    return PathMap(rules.values(), relative=options.relative_files)


def inputs_named(base: Path, names: Sequence[str]) -> list[Path]:
    """The files that arguments stand for; a directory for those named like `base` (CMB-02).

    Raises NothingToDo for a path that does not exist.
    """
    found: list[Path] = []
    for name in names:
        path = Path(os.path.abspath(name))
        if path.is_dir():
            found.extend(find_data_files(path / base.name))
        elif path.exists():
            found.append(path)
        else:
            raise NothingToDo(f"{shown(name)}: there is no such file or directory to combine")
    return found


def combine_explicitly(options: Options, names: Sequence[str]) -> None:
    """``cov combine`` (CMB-01 to CMB-05). Raises NothingToDo, DataError or ConfigError."""
    target = data_file(options)
    inputs = inputs_named(target, names) if names else find_data_files(target)
    summary = _combine(options, inputs, append=options.append, keep=options.keep)
    _tell(summary, options.quiet)
    if summary.combined or summary.ledgers:
        return
    # Files named on purpose are worth a word; others just happen to be called like data (LIM-47).
    rejected = [shown(path.name) for path in summary.ignored] if names else []
    place = shown(str(target))
    if rejected or summary.errored:
        what = f": not coverage data: {', '.join(rejected)}" if rejected else ""
        raise NothingToDo(f"no usable data to combine for {place}{what}")
    where = ", ".join(map(shown, names)) or shown(str(target.parent))
    raise NothingToDo(f"no data to combine for {place} in {where}")


def combine_implicitly(options: Options) -> None:
    """What every report does first: take in the siblings of the data file (REP-03)."""
    target = data_file(options)
    inputs = find_data_files(target)
    if inputs:
        summary = _combine(options, inputs, append=True, keep=options.keep_combined)
        _tell(summary, options.quiet)


def _combine(
    options: Options, inputs: Sequence[Path], *, append: bool, keep: bool
) -> CombineSummary:
    unsealed = find_unsealed(data_file(options), inputs)
    with Progress(options.quiet) as progress:
        summary = combine(
            data_file(options),
            inputs,
            append=append,
            keep=keep,
            path_map=path_map(options),
            discover=unsealed.never_executed,
            progress=progress,
            bulk=_bulk,
        )
    if not options.paths:  # else files may have other names now
        for text in dict.fromkeys(unsealed.last_words(summary)):
            warn(text, options.disable_warnings)
    return summary


def _tell(summary: CombineSummary, quiet: bool) -> None:
    """The notice of CMB-05, and a warning for whatever could not be used."""
    for path, reason in summary.errored:
        warn(reason if str(path) in reason else f"{shown(str(path))}: {reason}")
    for problem in summary.problems:
        warn(problem)
    parts = []
    if summary.combined:
        parts.append(f"Combined {_files(summary.combined)}")
    if summary.skipped:
        parts.append(f"skipped {len(summary.skipped)}")
    if summary.superseded:
        parts.append(f"dropped {_files(summary.superseded)} of runs replaced by a later one")
    if summary.errored:
        parts.append(f"{_files(summary.errored)} errored")
    if summary.live:
        parts.append(f"left {_files(summary.live)} of running processes")
    if parts and not quiet:
        say(", ".join(parts))


def _files(paths: Sequence[object]) -> str:
    return f"{len(paths)} file{'' if len(paths) == 1 else 's'}"


def erase(options: Options) -> None:
    """Delete the data file, its journals and ledgers; with parallel all siblings (ERA-01).

    What is still written to stays, and files that are not there are no trouble. Raises NothingToDo
    for what is no file.
    """
    target = data_file(options)
    if target.exists() and not target.is_file() and not target.is_dir():
        raise NothingToDo(f"{shown(options.data_file)} is no file: it is left alone")
    if os.path.lexists(target):  # on a read-only disk, deleting what is not there fails, too
        target.unlink(missing_ok=True)
    for path in find_data_files(target):
        live = _is_live(path)
        if live is False or (live is None and options.parallel):
            path.unlink(missing_ok=True)


def _is_live(path: Path) -> bool | None:
    """Whether a process that writes a journal or ledger still runs; None for any other file."""
    try:
        if path.name.endswith(LEDGER_SUFFIX):
            return LedgerReader(path).live
        return JournalReader(path).is_live()
    except (DataError, OSError):
        return None
