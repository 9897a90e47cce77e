"""The formats by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol

from .errors import ReportError
from .formats.jsonfile import write_json
from .formats.markdown import write_markdown
from .formats.text import write_text, write_total
from .model import Report, ReportOptions
from .output import STDOUT, Output


class Write(Protocol):
    """Lays a report out and hands the text to `output` under `name`: a file, a folder or "-"."""

    def __call__(
        self, report: Report, output: Output, name: str, options: ReportOptions, /
    ) -> None: ...


@dataclass(frozen=True, slots=True)
class Reporter:
    """A format: where it goes when nothing else is said, what it is, and the function."""

    default_output: str
    help: str
    write: Write


FORMATS: Mapping[str, Reporter] = MappingProxyType(
    {
        "text": Reporter(STDOUT, "a table for people", write_text),
        "markdown": Reporter(STDOUT, "the table in Markdown", write_markdown),
        "total": Reporter(STDOUT, "the total percentage alone", write_total),
        "json": Reporter("coverage.json", "everything, for programs", write_json),
    }
)


def write_report(
    report: Report,
    format: str,
    output: Output | None = None,
    options: ReportOptions | None = None,
) -> str:
    """Write `report` in a format of FORMATS; return the name it was written under ("-": stdout).

    Raises ReportError: unknown format, options that do not fit the report, or nowhere to write.
    """
    reporter = FORMATS.get(format)
    if reporter is None:
        raise ReportError(f"there is no report format {format!r}: choose from {', '.join(FORMATS)}")
    options = options or ReportOptions()
    name = options.output or reporter.default_output
    reporter.write(report, output or Output(), name, options)
    return name
