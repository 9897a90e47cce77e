"""What source says about itself: statements, exclusions, branches and regions in one value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .errors import AnalysisError
from .exclusions import Exclusions
from .flow.blocks import Arc, Note
from .flow.walk import Flow, find_flow
from .regions import Region, find_regions
from .source import Source
from .statements import code_lines, docstring_lines
from .tokens import layout


@dataclass(frozen=True, slots=True)
class Branch:
    """A line with two or more ways to go on; a negative target leaves a scope."""

    line: int
    targets: tuple[int, ...]  # sorted by distance from 0, exits last
    forgiven: bool  # by a "no branch" pragma or by syntax


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """The facts of one file. Lines are 1-based; all but `regions`' are first lines of statements.

    An arc is a pair of lines; one whose target is -n leaves the scope that begins on line n.
    """

    path: str
    statements: frozenset[int]
    excluded: frozenset[int]  # also blank lines and comments of excluded definitions
    docstrings: frozenset[int]
    arcs: frozenset[Arc]  # the possible ones, excluded lines' among them
    exit_counts: Mapping[int, int]  # line -> number of arcs between lines that count
    branch_lines: frozenset[int]  # exit count of two or more
    no_branch: frozenset[int]  # forgiven lines
    first_lines: Mapping[int, int]  # continuation line -> first line of its statement
    regions: tuple[Region, ...]
    notes: Mapping[Arc, tuple[Note, ...]]  # how each arc comes about, for explain()
    withs: Mapping[Arc, tuple[int, ...]]  # lines of the withs an arc leaves, innermost first

    @property
    def branches(self) -> tuple[Branch, ...]:
        """The branch lines, in order, with the ways that count."""
        targets: dict[int, list[int]] = {line: [] for line in sorted(self.branch_lines)}
        for line, target in self.arcs:
            if line in targets and target not in self.excluded:
                targets[line].append(target)
        return tuple(
            Branch(line, tuple(sorted(found, key=by_line)), line in self.no_branch)
            for line, found in targets.items()
        )


def by_line(target: int) -> tuple[bool, int]:
    """Sort key for arc targets: lines in order, exits after them."""
    return target < 0, abs(target)


def analyze(source: Source, exclusions: Exclusions | None = None) -> SourceFacts:
    """State the facts of a file as this interpreter sees it. Raises NotPython, AnalysisError."""
    exclusions = Exclusions() if exclusions is None else exclusions
    try:
        return _analyze(source, exclusions)
    except RecursionError as error:
        raise AnalysisError(f"{source.path} is nested too deeply to be analysed") from error


def _analyze(source: Source, exclusions: Exclusions) -> SourceFacts:
    physical = code_lines(source)
    shape = layout(source)
    docstrings = docstring_lines(source)

    excluded = exclusions.excluded(source, shape, physical)
    has_code = shape.first_all(physical)
    flow = find_flow(source.tree, shape.first, has_code)
    exit_counts = _exit_counts(flow, excluded)
    return SourceFacts(
        path=source.path,
        statements=frozenset(has_code - docstrings - excluded),
        excluded=frozenset(excluded),
        docstrings=frozenset(docstrings),
        arcs=frozenset(flow.arcs),
        exit_counts=exit_counts,
        branch_lines=frozenset(line for line, count in exit_counts.items() if count > 1),
        no_branch=frozenset(exclusions.forgiven(source, shape)),
        first_lines=shape.firsts,
        regions=find_regions(source.tree),
        notes={arc: tuple(dict.fromkeys(notes)) for arc, notes in flow.notes.items()},
        withs=flow.withs,
    )


def _exit_counts(flow: Flow, excluded: set[int]) -> dict[int, int]:
    counts: dict[int, int] = {}
    for line, target in flow.arcs:
        if line not in excluded and target not in excluded:
            counts[line] = counts.get(line, 0) + 1
    return counts
