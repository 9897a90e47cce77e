"""The report: a tree of frozen values, report → files → regions, that every format lays out.

    Report ─┬─ totals                      sums over all files
            ├─ unknown                     files that nothing can be said of, and why
            └─ files ─┬─ result            statements, branches and totals of one file
                      ├─ contexts          line → who ran it
                      └─ regions(kind) ─── result of one function or class, or of what is left

A format is one function over this tree, with a smaller one for each kind of node it shows. What the
tree does not hold (the text of a source file, the reason a branch is missing) a format fetches file
by file, with `cov_analysis.Source.read(file.path)`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from cov_analysis import FileResult, Totals, measure
from cov_analysis.packing import length as length_of
from cov_analysis.packing import pack_arcs, pack_lines, unpack, unpack_arcs, unpack_lines

Kind = Literal["function", "class"]


@dataclass(frozen=True, slots=True)
class RegionReport:
    """A function or class; or, with the name "", what no region of that kind claims (REG-05).

    `start` is the 1-based line of its `def` or `class`. `lines` are physical lines, not only
    statements. `contexts` is as in FileReport, for these lines alone.
    """

    kind: Kind
    name: str
    start: int
    lines: frozenset[int]
    result: FileResult
    contexts: Mapping[int, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class FileReport:
    """One source file. `path` opens it; `name` is what readers see, usually relative.

    `facts` are packed and so are the records, the executed `lines` and `arcs` (None if branches
    were not measured): a report holds many files, and a format looks at one at a time.
    `contexts` maps 1-based lines to the sorted contexts that ran them ("" is none); it is empty
    unless contexts were asked for.
    """

    path: str
    name: str
    totals: Totals
    facts: bytes = field(repr=False)
    lines: bytes = field(repr=False)
    arcs: bytes | None = field(repr=False)
    contexts: Mapping[int, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        path: str,
        name: str,
        facts: bytes,
        lines: Collection[int],
        arcs: Collection[tuple[int, int]] | None,
        contexts: Mapping[int, tuple[str, ...]] | None = None,
    ) -> FileReport:
        """Join packed facts with what was recorded."""
        return cls(
            path=path,
            name=name,
            totals=measure(unpack(path, facts), lines, arcs).totals,
            facts=facts,
            lines=pack_lines(lines),
            arcs=None if arcs is None else pack_arcs(arcs),
            contexts=contexts or {},
        )

    @property
    def length(self) -> int:
        """Number of physical lines."""
        return length_of(self.facts)

    @property
    def result(self) -> FileResult:
        """What was executed. Worked out anew each time it is asked for."""
        arcs = None if self.arcs is None else unpack_arcs(self.arcs)
        return measure(unpack(self.path, self.facts), unpack_lines(self.lines), arcs)

    def regions(self, kind: Kind) -> Iterator[RegionReport]:
        """The regions of one kind by start line, and last what they leave over, named ""."""
        facts, result = unpack(self.path, self.facts), self.result
        left_over = set(range(1, facts.length + 1))
        named = [region for region in facts.regions if region.kind == kind]
        for region in sorted(named, key=lambda region: region.start):
            left_over -= region.lines
            yield self._region(result, kind, region.name, region.start, region.lines)
        yield self._region(result, kind, "", min(left_over, default=1), frozenset(left_over))

    def _region(
        self, whole: FileResult, kind: Kind, name: str, start: int, lines: frozenset[int]
    ) -> RegionReport:
        # Not the whole file's contexts, as coverage.py has it (LIM-59).
        contexts = {line: self.contexts[line] for line in sorted(lines & self.contexts.keys())}
        return RegionReport(kind, name, start, lines, whole.narrow(lines), contexts)


@dataclass(frozen=True, slots=True)
class UnknownFile:
    """A source file that was measured, and of which nothing can be said: `reason` goes after its
    name ("has changed since it was measured"). `path` and `name` are as in FileReport."""

    path: str
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """Everything there is to lay out. `files` are in the order of their absolute names.

    `totals` know nothing of the files in `unknown`, so as long as there is one they prove nothing.
    `notes` are sentences about files that were left out, for the reader of the report (they belong
    on standard error). `has_contexts` says that contexts were asked for.
    """

    files: tuple[FileReport, ...]
    totals: Totals
    has_branches: bool
    has_contexts: bool = False
    notes: tuple[str, ...] = ()
    unknown: tuple[UnknownFile, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """How to lay a report out. Each format looks at what concerns it.

    `output` is where to: a file, "-" for standard output, None for the format's default.
    `precision` is digits after the point. `sort` is a column of the text report, with an optional
    "-" (descending) or "+" before it.
    """

    output: str | None = None
    precision: int = 0
    show_missing: bool = False
    skip_covered: bool = False
    skip_empty: bool = False
    sort: str = "name"
    pretty_print: bool = False


def printable(name: str) -> str:
    """The name with "?" for every character that would not print (GLB-13)."""
    return "".join(char if char.isprintable() else "?" for char in name)
