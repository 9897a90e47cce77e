"""The report as a Markdown table. Rules: TXT-11."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator

from ..model import Report, ReportOptions
from ..output import Output
from ..table import Row, Table, make_table

# All ASCII punctuation that could mean something to a Markdown reader.
_SPECIAL = re.compile(f"[{re.escape(string.punctuation.translate(str.maketrans('', '', './,-')))}]")
_COUNT_WIDTH = 8
_MISSING_WIDTH = 10


def write_markdown(report: Report, output: Output, name: str, options: ReportOptions) -> None:
    """Write the table. Raises ReportError as `make_table` and `Output.write` do."""
    lines = _lines(make_table(report, options), options.show_missing)
    output.write(name, [f"{line}\n" for line in lines])


def _lines(table: Table, show_missing: bool) -> Iterator[str]:
    total = Row(
        f"**{table.total.name}**",
        tuple(f"**{count}**" for count in table.total.counts),
        f"**{table.total.cover}%**",
        "",
    )
    rows = [
        Row(_escaped(row.name), row.counts, f"{row.cover}%", _escaped(row.missing))
        for row in table.rows
    ]
    name_width = max(len(row.name) for row in [*rows, total])
    cover_width = len(total.cover)

    def line(row: Row) -> str:
        cells = [f"| {row.name:<{name_width}} |"]
        cells += [f" {count:>{_COUNT_WIDTH}} |" for count in row.counts]
        cells.append(f" {row.cover:>{cover_width}} |")
        if show_missing:
            # No blank in front: the width of this column has room for one.
            cells.append(f"{row.missing:>{_MISSING_WIDTH}} |")
        return "".join(cells)

    yield line(Row("Name", table.count_heads, "Cover", "Missing"))
    widths = [_COUNT_WIDTH] * len(table.count_heads) + [cover_width]
    widths += [_MISSING_WIDTH - 1] * show_missing
    rules = "".join(f" {'-' * (width - 1)}: |" for width in widths)
    yield f"|{'-' * (name_width + 1)} |{rules}"
    yield from map(line, rows)
    yield line(total)
    for note in table.notes:
        yield ""
        yield note


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text)
