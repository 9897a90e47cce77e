"""The shape of a quirk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import CodeType

from ..source import Source


@dataclass(frozen=True, slots=True)
class Quirk:
    """One difference between what source says and what CPython's code objects say.

    A hook is None or False where the quirk does not concern it.
    """

    name: str
    since: tuple[int, int]  # first version that shows it
    until: tuple[int, int] | None  # last version that shows it; None: still does
    sample: str  # the shortest source that shows it
    link: str  # where the behaviour comes from
    # For a source: is a code object one whose lines are no statements? (Its children still are.)
    hides_code: Callable[[Source], Callable[[CodeType], bool]] | None = None
    # May a code object be there that nothing makes a function or a class of?
    keeps_dead_code: bool = False

    def applies(self, version: tuple[int, int]) -> bool:
        return self.since <= version and (self.until is None or version <= self.until)
