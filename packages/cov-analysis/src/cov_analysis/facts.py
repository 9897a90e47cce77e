"""What source says about itself: statements, exclusions, branches and regions in one value."""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import NamedTuple

from .errors import AnalysisError
from .exclusions import Exclusions
from .flow.blocks import Arc, Note
from .flow.walk import Flow, find_flow
from .outline import outline
from .regions import Region, find_regions
from .source import Source
from .statements import docstring_lines
from .tokens import layout


@dataclass(frozen=True, slots=True)
class Branch:
    """A line with two or more ways to go on; a negative target leaves a scope."""

    line: int
    targets: tuple[int, ...]  # sorted by distance from 0, exits last
    forgiven: bool  # by a "no branch" pragma or by syntax


class Details(NamedTuple):
    """What not everybody asks for."""

    regions: tuple[Region, ...]
    notes: Mapping[Arc, tuple[Note, ...]]


@dataclass(frozen=True)
class SourceFacts:
    """The facts of one file. Lines are 1-based; all but `regions`' are first lines of statements.

    An arc is a pair of lines; one whose target is -n leaves the scope that begins on line n.
    """

    path: str
    length: int  # number of physical lines
    statements: frozenset[int]
    excluded: frozenset[int]  # also blank lines and comments of excluded definitions
    docstrings: frozenset[int]
    arcs: frozenset[Arc]  # the possible ones, excluded lines' among them
    exit_counts: Mapping[int, int]  # line -> number of arcs between lines that count
    branch_lines: frozenset[int]  # exit count of two or more
    no_branch: frozenset[int]  # forgiven lines
    first_lines: Mapping[int, int]  # continuation line -> first line of its statement
    withs: Mapping[Arc, tuple[int, ...]]  # lines of the withs an arc leaves, innermost first
    details: Callable[[], Details] = field(repr=False, compare=False)

    def __getstate__(self) -> dict[str, object]:
        return {**self.__dict__, "details": partial(_itself, self._details)}

    @cached_property
    def _details(self) -> Details:
        return self.details()

    @property
    def regions(self) -> tuple[Region, ...]:
        """Functions and classes, in source order."""
        return self._details.regions

    @property
    def notes(self) -> Mapping[Arc, tuple[Note, ...]]:
        """How each arc comes about, for explain()."""
        return self._details.notes

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


def _itself(details: Details) -> Details:
    return details


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
    tree, physical = outline(source)
    shape = layout(source)
    docstrings = docstring_lines(tree)

    excluded = exclusions.causes(source, shape, tree, physical).keys()
    has_code = shape.first_all(physical)
    flow = find_flow(tree, shape.first, has_code)
    exit_counts = _exit_counts(flow, excluded)
    return SourceFacts(
        path=source.path,
        length=len(source.lines),
        statements=frozenset(has_code - docstrings - excluded),
        excluded=frozenset(excluded),
        docstrings=frozenset(docstrings),
        arcs=frozenset(flow.arcs),
        exit_counts=exit_counts,
        branch_lines=frozenset(line for line, count in exit_counts.items() if count > 1),
        no_branch=frozenset(exclusions.forgiven(source, shape)),
        first_lines=shape.firsts,
        withs=flow.withs,
        details=lambda: _details(tree, flow),
    )


def _details(tree: ast.Module, flow: Flow) -> Details:
    notes = {
        arc: tuple(found if len(found) == 1 else dict.fromkeys(found))
        for arc, found in flow.notes.items()
    }
    return Details(find_regions(tree), notes)


def _exit_counts(flow: Flow, excluded: Collection[int]) -> dict[int, int]:
    counts: dict[int, int] = {}
    for line, target in flow.arcs:
        if line not in excluded and target not in excluded:
            counts[line] = counts.get(line, 0) + 1
    return counts
