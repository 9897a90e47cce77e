"""The programs' own syntax tree: what is made up, rendered, and cut down when it disagrees."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(slots=True, eq=False)
class Node:
    """One statement. `line` is where it begins (decorators included), known once rendered."""

    kind: str
    text: str = ""  # of a simple statement; of a compound one: what stands behind its keyword
    suites: list[Suite] = field(default_factory=list)
    decorators: list[str] = field(default_factory=list)
    owner: Suite | None = None
    line: int = 0

    def has_code(self) -> bool:
        return self.kind not in ("silent", "doc")


@dataclass(slots=True, eq=False)
class Suite:
    """A clause of a compound statement. `line` is its header's, 0 when that is no statement."""

    role: str  # "body", "elif", "else", "except", "finally", "case"
    body: list[Node]
    head: str = ""  # a condition, an exception, a pattern
    guard: str = ""
    flat: bool = False  # on the line of the header
    owner: Node | None = None
    line: int = 0


SCOPES = ("def", "async def", "class", "module")


def adopt(node: Node) -> None:
    """Let everything below `node` know what it belongs to."""
    for suite in node.suites:
        suite.owner = node
        for child in suite.body:
            child.owner = suite
            adopt(child)


def suites(node: Node) -> Iterator[Suite]:
    """All suites below `node`, outer ones first."""
    for suite in node.suites:
        yield suite
        for child in suite.body:
            yield from suites(child)
