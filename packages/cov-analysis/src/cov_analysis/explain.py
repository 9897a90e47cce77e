"""Sentences about branches, for people."""

from __future__ import annotations

from collections.abc import Collection

from .facts import SourceFacts
from .flow.blocks import Arc, Goal, Note, Reason


def explain(facts: SourceFacts, arc: Arc, taken: Collection[int] | None = None) -> str:
    """Why a missing arc counts as missing.

    `taken` are the targets taken from the arc's line; an empty collection says that the line was
    executed and never left in any of its ways, which needs another explanation (MSG-07).
    """
    line, target = arc
    if taken is not None and not taken:
        return f"line {line} didn't jump anywhere: it always raised an exception"
    parts = []
    for note in _notes(facts, arc):
        reason = note.reason.value.format(line=line)
        sentence = f"line {line} didn't {_goal(note, target)}"
        parts.append(f"{sentence} because {reason}" if reason else sentence)
    return " or ".join(dict.fromkeys(parts))


def describe(facts: SourceFacts, arc: Arc) -> str:
    """What taking an arc amounts to, e.g. "jump to line 7" (MSG-08)."""
    return " or ".join(dict.fromkeys(_goal(note, arc[1]) for note in _notes(facts, arc)))


def _notes(facts: SourceFacts, arc: Arc) -> tuple[Note, ...]:
    fallback = Note(Reason.NONE, Goal.LINE if arc[1] > 0 else Goal.EXIT, "")
    return facts.notes.get(arc) or (fallback,)


def _goal(note: Note, target: int) -> str:
    return note.goal.value.format(name=note.name, target=target)
