"""The data a command works on: which files, combining them, and what the user is told about it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from cov_cli.errors import ConfigError, NothingToDo, say, warn
from cov_data import DataError, JournalReader, PathMap, combine, find_data_files

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cov_cli.options import Options
    from cov_data import CombineSummary


def data_file(options: Options) -> Path:
    """The data file's absolute name."""
    return Path(os.path.abspath(options.data_file))


def path_map(options: Options) -> PathMap | None:
    """The rules of [paths], None if there are none. Raises ConfigError for a bad one (CER-10)."""
    if not options.paths and not options.relative_files:
        return None
    try:
        return PathMap(list(options.paths.values()), relative=options.relative_files)
    except ValueError as error:
        raise ConfigError(f"{options.config_file}: [paths] {error}") from None


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
            raise NothingToDo(f"{name}: there is no such file or directory to combine")
    return found


def combine_explicitly(options: Options, names: Sequence[str]) -> None:
    """``cov combine`` (CMB-01 to CMB-05). Raises NothingToDo, DataError or ConfigError."""
    target = data_file(options)
    inputs = inputs_named(target, names) if names else find_data_files(target)
    if not inputs:
        where = ", ".join(names) or os.path.dirname(options.data_file) or "."
        raise NothingToDo(f"no data to combine for {target.name} in {where}")
    summary = combine(
        target, inputs, append=options.append, keep=options.keep, path_map=path_map(options)
    )
    _tell(summary, options.quiet)
    if not summary.combined:
        raise NothingToDo(f"no usable data among the {len(inputs)} file(s) found")


def combine_implicitly(options: Options) -> None:
    """What every report does first: take in the siblings of the data file (REP-03)."""
    target = data_file(options)
    inputs = find_data_files(target)
    if inputs:
        summary = combine(
            target, inputs, append=True, keep=options.keep_combined, path_map=path_map(options)
        )
        _tell(summary, options.quiet)


def _tell(summary: CombineSummary, quiet: bool) -> None:
    """The notice of CMB-05, and a warning for each file that could not be used."""
    for path, reason in summary.errored:
        warn(f"{path}: {reason}")
    parts = []
    if summary.combined:
        parts.append(f"Combined {_files(summary.combined)}")
    if summary.skipped:
        parts.append(f"skipped {summary.skipped}")
    if summary.errored:
        parts.append(f"{_files(len(summary.errored))} errored")
    if summary.live:
        parts.append(f"{_files(len(summary.live))} of running processes kept")
    if parts and not quiet:
        say(", ".join(parts))


def _files(count: int) -> str:
    return f"{count} file{'' if count == 1 else 's'}"


def erase(options: Options) -> None:
    """Delete the data file and its journals; with parallel all siblings (ERA-01).

    Journals that are still written to stay, and files that are not there are no trouble.
    """
    target = data_file(options)
    target.unlink(missing_ok=True)
    for path in find_data_files(target):
        live = _journal_is_live(path)
        if live is False or (live is None and options.parallel):
            path.unlink(missing_ok=True)


def _journal_is_live(path: Path) -> bool | None:
    """Whether the process that writes a journal still runs; None for a file that is no journal."""
    try:
        return JournalReader(path).is_live()
    except (DataError, OSError):
        return None
