"""What recorded arcs stand for: some recorders report jumps, some every pair of lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from itertools import pairwise

from .facts import SourceFacts
from .flow.blocks import Arc


def taken_arcs(facts: SourceFacts, arcs: Iterable[Arc]) -> set[Arc]:
    """The possible arcs that were taken, given what any recorder wrote down.

    Arcs leaving a `with` need care. On the way out the interpreter runs `__exit__` on the with's
    line w, so a recorder of consecutive lines sees (a, w), (w, b) instead of (a, b), and one pair
    more for each further with that is left. A recorder of jumps sees (a, w) and no more.
    """
    first = facts.first_lines
    pairs = tuple(arcs)
    recorded = {(first.get(a, a), first.get(b, b)) for a, b in pairs}
    taken = recorded & facts.arcs
    # Lines that are known to be followed by another. After a with's line a recorder of consecutive
    # lines tells of the way into the body. So do those recorders of jumps that look where a jump
    # comes through, but they mark each line that ran by an arc to itself.
    followed = {line for line, _ in taken}
    marked = {first.get(a, a) for a, b in pairs if a == b} if facts.withs else set()
    exits = Counter((line, withs[0]) for (line, _), withs in facts.withs.items())
    for arc, withs in facts.withs.items():
        way_out = (arc[0], withs[0])
        if arc not in taken and way_out in recorded:
            by_jumps = withs[0] not in followed or marked.issuperset(way_out)
            alone = exits[way_out] == 1 and by_jumps
            if alone or _passes(recorded, (arc[0], *withs, arc[1])):
                taken.add(arc)
    return taken


def _passes(recorded: Collection[Arc], stops: tuple[int, ...]) -> bool:
    """Whether every step is recorded; withs on one line are a single stop."""
    return all(a == b or (a, b) in recorded for a, b in pairwise(stops))
