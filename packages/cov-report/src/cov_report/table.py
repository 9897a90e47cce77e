"""The rows of a report made of columns: which files, in which order, and what their cells say."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from cov_analysis import FileResult, Totals

from . import percent
from .errors import ReportError
from .model import FileReport, Report, ReportOptions, UnknownFile, printable

_DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table, as text. `counts` are the integer columns; `cover` has no "%"."""

    name: str
    counts: tuple[str, ...]
    cover: str
    missing: str


@dataclass(frozen=True, slots=True)
class Table:
    """What a text-like format prints. `notes` follow the total, one paragraph each (TXT-06)."""

    count_heads: tuple[str, ...]
    rows: tuple[Row, ...]
    total: Row
    notes: tuple[str, ...]


def make_table(report: Report, options: ReportOptions) -> Table:
    """Lay a report out in columns.

    Raises ReportError for a sort column that is unknown or not in this report (TXT-07).
    """
    shown, notes = _shown(report.files, options)
    _check_sort(options.sort, report.has_branches)
    heads = ("Stmts", "Miss", "Branch", "BrPart") if report.has_branches else ("Stmts", "Miss")
    return Table(
        count_heads=heads,
        rows=tuple(
            _unknown_row(file, len(heads))
            if isinstance(file, UnknownFile)
            else _row(file, report.has_branches, options)
            for file in _sorted(shown, report.unknown, options.sort)
        ),
        total=_total_row(report, options),
        notes=notes,
    )


def missing_text(result: FileResult) -> str:
    """The missing lines and branches of a file in one line: "3-5, 7->9, 12" (TXT-08, TXT-09).

    A branch is left out where one of its ends is a missing line.
    """
    parts = list(_missing_ranges(result.statements, result.missing))
    for source, targets in result.missing_branches.items():
        if source not in result.missing:
            parts += [
                (source, f"{source}->{target if target > 0 else 'exit'}")
                for target in targets
                if target not in result.missing
            ]
    return ", ".join(text for _, text in sorted(parts))


def _shown(
    files: Iterable[FileReport], options: ReportOptions
) -> tuple[list[FileReport], tuple[str, ...]]:
    """The files not skipped, and the sentences about the others."""
    shown: list[FileReport] = []
    covered = empty = 0
    for file in files:
        totals = file.totals
        if options.skip_covered and not totals.missing and not totals.partial_branches:
            covered += 1
        elif options.skip_empty and not totals.statements:
            empty += 1
        else:
            shown.append(file)
    notes = []
    if covered:
        notes.append(f"{covered} file{'s'[: covered > 1]} skipped due to complete coverage.")
    if empty:
        notes.append(f"{empty} empty file{'s'[: empty > 1]} skipped.")
    return shown, tuple(notes)


_SORT_KEYS: dict[str, Callable[[Totals], float]] = {
    "stmts": lambda totals: totals.statements,
    "miss": lambda totals: totals.missing,
    "branch": lambda totals: totals.branches,
    "brpart": lambda totals: totals.partial_branches,
    "cover": lambda totals: totals.percent,
}
SORT_COLUMNS = ("name", *_SORT_KEYS)


def _check_sort(sort: str, has_branches: bool) -> None:
    column = _column(sort)
    if column not in SORT_COLUMNS:
        raise ReportError(f"cannot sort by {sort!r}: choose one of {', '.join(SORT_COLUMNS)}")
    if column in ("branch", "brpart") and not has_branches:
        raise ReportError(f"cannot sort by {sort!r}: branches were not measured")


def _column(sort: str) -> str:
    return (sort[1:] if sort[:1] in ("-", "+") else sort).lower() or "name"


def _sorted(
    files: Iterable[FileReport], unknown: Iterable[UnknownFile], sort: str
) -> list[FileReport | UnknownFile]:
    """All files in order; by anything but their names, those without figures come last."""
    step = -1 if sort.startswith("-") else 1
    if _column(sort) == "name":
        everything: list[FileReport | UnknownFile] = [*files, *unknown]
        return sorted(everything, key=lambda file: _natural(file.name))[::step]
    value = _SORT_KEYS[_column(sort)]
    known = sorted(files, key=lambda file: (value(file.totals), file.name))[::step]
    return [*known, *sorted(unknown, key=lambda file: _natural(file.name))]


def _natural(name: str) -> list[str | int]:
    """A sort key that puts a9 before a10: pieces of text and numbers take turns."""
    return [int(piece) if at % 2 else piece for at, piece in enumerate(_DIGITS.split(name))]


def _row(file: FileReport, has_branches: bool, options: ReportOptions) -> Row:
    row = _totals_row(printable(file.name), file.totals, has_branches, options.precision)
    if not options.show_missing:
        return row
    return Row(row.name, row.counts, row.cover, missing_text(file.result))


def _unknown_row(file: UnknownFile, counts: int) -> Row:
    return Row(printable(file.name), ("?",) * counts, "?", file.reason)


def _total_row(report: Report, options: ReportOptions) -> Row:
    row = _totals_row("TOTAL", report.totals, report.has_branches, options.precision)
    # The percentage of a part is not that of the whole.
    return replace(row, cover="?") if report.unknown else row


def _totals_row(name: str, totals: Totals, has_branches: bool, precision: int) -> Row:
    counts = [totals.statements, totals.missing]
    if has_branches:
        counts += [totals.branches, totals.partial_branches]
    return Row(name, tuple(map(str, counts)), percent.display(totals.percent, precision), "")


def _missing_ranges(statements: Iterable[int], missing: Iterable[int]) -> Iterator[tuple[int, str]]:
    """Runs of missing statements with no executed one between them: (first line, text)."""
    missing = frozenset(missing)
    run: list[int] = []
    for line in sorted(statements):
        if line in missing:
            run.append(line)
        elif run:
            yield _range(run)
            run = []
    if run:
        yield _range(run)


def _range(run: list[int]) -> tuple[int, str]:
    return run[0], str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}"
