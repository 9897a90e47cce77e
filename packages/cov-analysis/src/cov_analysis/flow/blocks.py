"""The values control flow is worked out with: ways, arcs, and the blocks around a statement."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple, TypeAlias

Arc: TypeAlias = tuple[int, int]


class Reason(Enum):
    """Why a way may not have been taken; "{line}" is the line it starts from."""

    NONE = ""
    NEVER_TRUE = "the condition on line {line} was never true"
    ALWAYS_TRUE = "the condition on line {line} was always true"
    NEVER_STARTED = "the loop on line {line} was never entered"
    NEVER_ENDED = "the loop on line {line} never ran to its end"
    NEVER_MATCHED = "the pattern on line {line} never matched"
    ALWAYS_MATCHED = "the pattern on line {line} always matched"
    NOT_RAISED = "nothing that line {line} catches was raised"
    NO_BREAK = "the break on line {line} was not reached"
    NO_CONTINUE = "the continue on line {line} was not reached"
    NO_RETURN = "the return on line {line} was not reached"
    NO_RAISE = "the raise on line {line} was not reached"


class Goal(Enum):
    """What taking an arc amounts to; "{name}" is the scope's, "{target}" the line's."""

    LINE = "jump to line {target}"
    RETURN = "return from function '{name}'"
    RAISE = "raise out of function '{name}'"
    MODULE = "leave the module"
    CLASS = "leave class '{name}'"
    EXIT = "jump to the exit of the function"


class Note(NamedTuple):
    """One way in which an arc comes about."""

    reason: Reason
    goal: Goal
    name: str  # of the function or class left, else ""


class Way(NamedTuple):
    """A way out of a statement that does not yet know where it leads."""

    line: int
    reason: Reason = Reason.NONE
    # Lines of the `with` statements it leaves, innermost first.
    withs: tuple[int, ...] = ()


_PLACES = {reason: place for place, reason in enumerate(Reason)}


def in_order(ways: Collection[Way]) -> Collection[Way]:
    """The same order in every run: that of a set depends on how strings are hashed."""
    return ways if len(ways) < 2 else sorted(ways, key=_place)


def _place(way: Way) -> tuple[int, int, tuple[int, ...]]:
    return way.line, _PLACES[way.reason], way.withs


@dataclass(slots=True)
class Loop:
    start: int
    breaks: set[Way] = field(default_factory=set)


@dataclass(slots=True)
class Try:
    handler: int | None  # line of the first except clause while it can catch, else None
    has_final: bool


@dataclass(slots=True)
class With:
    start: int


@dataclass(slots=True)
class Scope:
    """A function, class or module: what returning or raising leaves."""

    start: int  # first line, decorators included
    goal: Goal
    name: str

    @property
    def is_function(self) -> bool:
        return self.goal is Goal.RETURN


Block: TypeAlias = Loop | Try | With | Scope
