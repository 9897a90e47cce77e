"""Facts joined with what was executed. Set arithmetic only."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields
from typing import TypeVar

from .facts import SourceFacts, by_line
from .flow.blocks import Arc
from .recorded import taken_arcs

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Totals:
    """Counts that can be added up: of a region, a file, a project."""

    statements: int = 0
    missing: int = 0
    excluded: int = 0
    branches: int = 0
    partial_branches: int = 0  # missing ones on lines that were executed (NBR-02)
    missing_branches: int = 0

    def __add__(self, other: Totals) -> Totals:
        if not isinstance(other, Totals):
            return NotImplemented
        return Totals(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(Totals)))

    def __radd__(self, other: int) -> Totals:
        # sum() starts from 0.
        return self if other == 0 else NotImplemented

    @property
    def executed(self) -> int:
        return self.statements - self.missing

    @property
    def covered_branches(self) -> int:
        return self.branches - self.missing_branches

    @property
    def ratio_covered(self) -> tuple[int, int]:
        """Covered statements and branches, and all of them (NBR-03)."""
        return self.executed + self.covered_branches, self.statements + self.branches

    @property
    def percent(self) -> float:
        """0.0 to 100.0; 100.0 when there is nothing to cover."""
        return _percent(*self.ratio_covered)

    @property
    def percent_statements(self) -> float:
        return _percent(self.executed, self.statements)

    @property
    def percent_branches(self) -> float:
        return _percent(self.covered_branches, self.branches)


@dataclass(frozen=True, slots=True)
class FileResult:
    """What was executed of a file, or of a region of it. Lines are first lines, 1-based.

    `executed_branches` and `missing_branches` map a branch line to the targets taken and not
    taken, exits negative and last. Neither has the untaken targets of a forgiven line, nor does
    anything count a forgiven line that did not run.
    """

    statements: frozenset[int]
    executed: frozenset[int]
    missing: frozenset[int]
    excluded: frozenset[int]
    has_branches: bool  # whether branches were measured
    executed_branches: dict[int, list[int]]
    missing_branches: dict[int, list[int]]
    branch_counts: Mapping[int, int]  # branch line -> number of ways that count

    @property
    def totals(self) -> Totals:
        missing = self.missing_branches
        return Totals(
            statements=len(self.statements),
            missing=len(self.missing),
            excluded=len(self.excluded),
            branches=sum(self.branch_counts.values()),
            partial_branches=sum(len(missing[n]) for n in missing if n not in self.missing),
            missing_branches=sum(map(len, missing.values())),
        )

    def narrow(self, lines: Collection[int]) -> FileResult:
        """The part of the result that lies on `lines`, a region's say (REG-06)."""
        inside = frozenset(lines)
        # A file of many regions is narrowed as often: look at each one's lines, not at all.
        in_order = sorted(inside)
        return FileResult(
            statements=self.statements & inside,
            executed=self.executed & inside,
            missing=self.missing & inside,
            excluded=self.excluded & inside,
            has_branches=self.has_branches,
            executed_branches=_narrow(self.executed_branches, in_order),
            missing_branches=_narrow(self.missing_branches, in_order),
            branch_counts=_narrow(self.branch_counts, in_order),
        )


def measure(
    facts: SourceFacts, lines: Iterable[int], arcs: Iterable[Arc] | None = None
) -> FileResult:
    """Join facts with records; `arcs` is None when branches were not measured.

    Any line of a statement counts for the statement. Arcs may be true jumps alone, or every pair
    of consecutive lines with entries and exits: those that are not possible are ignored.
    """
    first = facts.first_lines
    executed = facts.statements.intersection(first.get(line, line) for line in lines)
    taken: dict[int, list[int]] = {}
    missing: dict[int, list[int]] = {}
    counting: set[int] = set()
    if arcs is not None:
        # Forgiving is for what ran: a forgiven line that did not has no ways to count (LIM-33).
        counting = {n for n in facts.branch_lines if n in executed or n not in facts.no_branch}
        done = taken_arcs(facts, arcs)
        for arc in facts.arcs:
            line, target = arc
            if line in counting:
                if arc in done:
                    taken.setdefault(line, []).append(target)
                elif line not in facts.no_branch and target not in facts.excluded:
                    missing.setdefault(line, []).append(target)
    return FileResult(
        statements=facts.statements,
        executed=executed,
        missing=facts.statements - executed,
        excluded=facts.excluded,
        has_branches=arcs is not None,
        executed_branches=_in_order(taken),
        missing_branches=_in_order(missing),
        branch_counts={line: facts.exit_counts[line] for line in sorted(counting)},
    )


def _percent(part: int, whole: int) -> float:
    return 100.0 * part / whole if whole else 100.0


def _in_order(targets: dict[int, list[int]]) -> dict[int, list[int]]:
    return {line: sorted(targets[line], key=by_line) for line in sorted(targets)}


def _narrow(known: Mapping[int, _Value], lines: Iterable[int]) -> dict[int, _Value]:
    return {line: known[line] for line in lines if line in known}
