"""The text report, and the bare total. Rules: TXT-01 to TXT-12."""

from __future__ import annotations

from collections.abc import Iterator

from .. import percent
from ..model import Report, ReportOptions
from ..output import Output
from ..table import Row, Table, make_table


def write_text(report: Report, output: Output, name: str, options: ReportOptions) -> None:
    """Write the table. Raises ReportError as `make_table` and `Output.write` do."""
    lines = _lines(make_table(report, options), options.show_missing)
    output.write(name, [f"{line}\n" for line in lines])


def write_total(report: Report, output: Output, name: str, options: ReportOptions) -> None:
    """Write the total percentage alone, without a percent sign (TXT-10); "?" if it is not known."""
    total = percent.display(report.totals.percent, options.precision)
    output.write(name, ["?" if report.unknown else total, "\n"])


def _lines(table: Table, show_missing: bool) -> Iterator[str]:
    names = [len(row.name) for row in table.rows]
    name_width = max([5, *names]) + 1
    covers = [len(row.cover) + 2 for row in table.rows]
    cover_width = max([7, len(table.total.cover) + 3, *covers])

    def line(row: Row, sign: str = "%") -> str:
        counts = "".join(f"{count:>7}" for count in row.counts)
        cover = f"{row.cover + sign:>{cover_width}}"
        return f"{row.name:<{name_width}}{counts}{cover}   {row.missing}".rstrip()

    head = line(Row("Name", table.count_heads, "Cover", "Missing" if show_missing else ""), sign="")
    rule = "-" * len(head)
    yield head
    yield rule
    if table.rows:
        yield from map(line, table.rows)
        yield rule
    yield line(table.total)
    for note in table.notes:
        yield ""
        yield note
