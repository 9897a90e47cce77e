"""Facts ↔ bytes: what a cache keeps, and what one process hands another.

Bytes are for the same version of this package on the same Python (`cache.fingerprint` tells), and
for nobody to read who has not checked that they are whole.
"""

from __future__ import annotations

import marshal
import zlib
from array import array
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate, chain
from operator import add, sub
from typing import Any

from .facts import Details, SourceFacts
from .flow.blocks import Arc, Goal, Note, Reason
from .regions import Region

_PLAIN = 2  # the version of marshal's format in which equal values are equal bytes

# By id: an enumeration's own hash takes longer than all the rest.
_REASONS = {id(reason): number for number, reason in enumerate(Reason)}
_GOALS = {id(goal): number for number, goal in enumerate(Goal)}


def pack(facts: SourceFacts) -> bytes:
    """All facts but the path: the same for every file with this content."""
    parts = (facts.length, _squeeze(_core(facts)), _squeeze(_details(facts)))
    return marshal.dumps(parts, _PLAIN)


def unpack(path: str, packed: bytes) -> SourceFacts:
    """The facts that `pack` was given, of the file at `path`; details wait until they are asked."""
    length, core, details = marshal.loads(packed)
    values = marshal.loads(zlib.decompress(core))
    return _to_facts(path, length, values, lambda: _to_details(details))


def length(packed: bytes) -> int:
    """The number of physical lines, at less cost than all the facts."""
    found: int = marshal.loads(packed)[0]
    return found


def pack_lines(lines: Iterable[int]) -> bytes:
    """A set of numbers. As distances they are small, and become smaller when squeezed."""
    return _steps(sorted(lines)).tobytes()


def unpack_lines(packed: bytes) -> Iterator[int]:
    return accumulate(_numbers(packed))


def pack_arcs(arcs: Iterable[Arc]) -> bytes:
    """A set of pairs of numbers."""
    pairs = sorted(arcs)
    starts = [start for start, _ in pairs]
    ways = array("i", [end - start for start, end in pairs])
    return (_steps(starts) + ways).tobytes()


def unpack_arcs(packed: bytes) -> Iterator[Arc]:
    numbers = _numbers(packed)
    half = len(numbers) // 2
    starts = list(accumulate(numbers[:half]))
    return zip(starts, map(add, starts, numbers[half:]), strict=True)


def _core(facts: SourceFacts) -> tuple[Any, ...]:
    return (
        pack_lines(facts.statements),
        pack_lines(facts.excluded),
        pack_lines(facts.docstrings),
        pack_arcs(facts.arcs),
        pack_arcs(facts.exit_counts.items()),
        pack_lines(facts.branch_lines),
        pack_lines(facts.no_branch),
        pack_arcs(facts.first_lines.items()),
        tuple(facts.withs.items()),
    )


def _to_facts(
    path: str, length: int, core: tuple[Any, ...], details: Callable[[], Details]
) -> SourceFacts:
    statements, excluded, docstrings, arcs, exits, branches, no_branch, firsts, withs = core
    return SourceFacts(
        path=path,
        length=length,
        statements=frozenset(unpack_lines(statements)),
        excluded=frozenset(unpack_lines(excluded)),
        docstrings=frozenset(unpack_lines(docstrings)),
        arcs=frozenset(unpack_arcs(arcs)),
        exit_counts=dict(unpack_arcs(exits)),
        branch_lines=frozenset(unpack_lines(branches)),
        no_branch=frozenset(unpack_lines(no_branch)),
        first_lines=dict(unpack_arcs(firsts)),
        withs=dict(withs),
        details=details,
    )


def _details(facts: SourceFacts) -> tuple[Any, ...]:
    kinds: dict[tuple[tuple[int, int, str], ...], int] = {}
    arcs = sorted(facts.notes)
    which = [kinds.setdefault(_plain_notes(facts.notes[arc]), len(kinds)) for arc in arcs]
    return (
        pack_arcs(arcs),
        array("i", which).tobytes(),
        list(kinds),
        [(r.kind, r.name, r.start, pack_arcs(_runs(r.lines))) for r in facts.regions],
    )


def _plain_notes(notes: tuple[Note, ...]) -> tuple[tuple[int, int, str], ...]:
    return tuple([(_REASONS[id(reason)], _GOALS[id(goal)], name) for reason, goal, name in notes])


def _to_details(packed: bytes) -> Details:
    arcs, which, kinds, regions = marshal.loads(zlib.decompress(packed))
    reasons, goals = list(Reason), list(Goal)
    known = [
        tuple(Note(reasons[reason], goals[goal], name) for reason, goal, name in notes)
        for notes in kinds
    ]
    notes = {arc: known[n] for arc, n in zip(unpack_arcs(arcs), _numbers(which), strict=True)}
    return Details(
        tuple(
            Region(kind, name, start, frozenset(_of_runs(unpack_arcs(runs))))
            for kind, name, start, runs in regions
        ),
        notes,
    )


def _runs(lines: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The first and the last of each run of consecutive numbers."""
    run: list[int] = []
    for line in sorted(lines):
        if run and line == run[1] + 1:
            run[1] = line
            continue
        if run:
            yield run[0], run[1]
        run = [line, line]
    if run:
        yield run[0], run[1]


def _of_runs(runs: Iterable[tuple[int, int]]) -> Iterator[int]:
    return chain.from_iterable(range(first, last + 1) for first, last in runs)


def _squeeze(values: tuple[Any, ...]) -> bytes:
    return zlib.compress(marshal.dumps(values, _PLAIN), 1)


def _steps(numbers: list[int]) -> array[int]:
    return array("i", map(sub, numbers, [0, *numbers]))


def _numbers(packed: bytes) -> memoryview[int]:
    return memoryview(packed).cast("i")
