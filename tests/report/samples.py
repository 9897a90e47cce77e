"""Small reports and data files for the tests of cov-report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from cov_analysis import Source, Totals, analyze
from cov_analysis.packing import pack
from cov_data import FileRecord, Writer
from cov_report import FileReport, MemoryOutput, Report, ReportOptions, write_report

Arcs = Iterable[tuple[int, int]]

# Lines 2 to 4 are one `if` with an else, so a file has 5 statements and 2 branches.
BRANCHY = "a = 1\nif a:\n    b = 2\nelse:\n    b = 3\nc = 4\n"


def file_report(
    name: str = "a.py",
    text: str = BRANCHY,
    lines: Iterable[int] = (),
    arcs: Arcs | None = None,
    contexts: Mapping[int, tuple[str, ...]] | None = None,
) -> FileReport:
    """What `gather` makes of a file with that text and these records."""
    facts = pack(analyze(Source.from_bytes(name, text.encode())))
    ran = None if arcs is None else set(arcs)
    return FileReport.of(f"/there/{name}", name, facts, set(lines), ran, contexts)


def statements(name: str, count: int, missing: int = 0) -> FileReport:
    """A file of `count` statements, the last `missing` of which did not run."""
    text = "".join(f"x = {n}\n" for n in range(count))
    return file_report(name, text, range(1, count - missing + 1))


def report(*files: FileReport, has_contexts: bool = False) -> Report:
    has_branches = any(file.result.has_branches for file in files)
    totals = sum((file.totals for file in files), Totals())
    return Report(files, totals, has_branches, has_contexts)


def written(tree: Report, format: str, options: ReportOptions | None = None) -> str:
    """The text that a format makes of a report."""
    output = MemoryOutput()
    return output.files[write_report(tree, format, output, options)]


def data_file(
    path: Path,
    lines: Mapping[str, Mapping[str, Iterable[int]]] | None = None,
    arcs: Mapping[str, Mapping[str, Arcs]] | None = None,
    touch: Iterable[str | Path] = (),
    tracer: str = "",
) -> Path:
    """Write a data file: for each context, for each file, its lines (or its arcs)."""
    with Writer(path) as writer:
        for context, line_sets in (lines or {}).items():
            for name, found in line_sets.items():
                writer.add(FileRecord(name, context, frozenset(found), None, tracer))
        for context, arc_sets in (arcs or {}).items():
            for name, pairs in arc_sets.items():
                writer.add(FileRecord(name, context, frozenset(), frozenset(pairs), tracer))
        writer.touch(map(str, touch))
        writer.commit()
    return path
