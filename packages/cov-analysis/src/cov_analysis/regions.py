"""Functions and classes by line (REG-01 to REG-05)."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import Literal

from .tree import suites


@dataclass(frozen=True, slots=True)
class Region:
    """A function or class. `start` is its def or class line, lines are physical and 1-based.

    A function's lines are those of its body without the functions nested in it; a class's are
    the bodies of its methods and of all that is nested in them, without classes nested in it.
    """

    kind: Literal["function", "class"]
    name: str  # dotted, from the module down
    start: int
    lines: frozenset[int]


@dataclass(slots=True)
class _Open:
    """A definition met on the way down, with the lines it owns so far."""

    node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
    name: str
    lines: set[int]


def find_regions(tree: ast.Module) -> tuple[Region, ...]:
    """All regions, in source order."""
    found: list[_Open] = []
    owners: dict[str, dict[int, _Open]] = {"function": {}, "class": {}}
    # (node, innermost definition's name, innermost class); a stack, so that depth is no matter.
    pending: list[tuple[ast.AST, str, _Open | None]] = [(tree, "", None)]
    while pending:
        node, prefix, owner = pending.pop()
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            opened = _Open(node, f"{prefix}.{node.name}" if prefix else node.name, set())
            found.append(opened)
            prefix = opened.name
            if isinstance(node, ast.ClassDef):
                owner = opened
            else:
                # An inner definition comes later and takes its lines over.
                body = range(node.body[0].lineno, (node.body[-1].end_lineno or 0) + 1)
                owners["function"].update(dict.fromkeys(body, opened))
                if owner is not None:
                    owners["class"].update(dict.fromkeys(body, owner))
        below = [child for suite in suites(node) for child in suite]
        pending.extend((child, prefix, owner) for child in reversed(below))
    for lines in owners.values():
        for line, owned_by in lines.items():
            owned_by.lines.add(line)
    return tuple(
        Region(
            "class" if isinstance(one.node, ast.ClassDef) else "function",
            one.name,
            one.node.lineno,
            frozenset(one.lines),
        )
        for one in found
    )
