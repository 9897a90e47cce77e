"""Why a statement did not run: back along the possible arcs to what did. Pure."""

from __future__ import annotations

import ast
from collections import deque
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import pairwise

from .explain import explain
from .facts import SourceFacts
from .flow.blocks import Arc, Reason
from .source import Source
from .tree import FunctionNode, start_line, statements, suites

# Reasons that say of a line with one way only that it was not reached: here it was.
_NOT_REACHED = {Reason.NO_BREAK, Reason.NO_CONTINUE, Reason.NO_RETURN, Reason.NO_RAISE, Reason.NONE}

_CAUSES = 3  # so many are told


@dataclass(frozen=True, slots=True)
class Unreached:
    """Why a line did not run. `behind` are the missing lines whose causes are told in its place.

    `causes` is empty if none of the file's lines ran.
    """

    behind: tuple[int, ...]
    causes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Scope:
    """A function, and whether a statement of its body ran, those of inner functions not counted."""

    node: FunctionNode
    start: int
    was_called: bool


class Finder:
    """Answers for one file. `ran` are recorded lines of any kind.

    `taken` are the arcs that were taken, None if branches were not measured.
    """

    def __init__(
        self,
        source: Source,
        facts: SourceFacts,
        ran: Collection[int],
        taken: Collection[Arc] | None,
    ) -> None:
        self._facts = facts
        first = facts.first_lines
        self._ran = {first.get(line, line) for line in ran}
        self._taken = taken
        self._before: dict[int, list[int]] = {}
        self._ways: dict[int, list[int]] = {}
        for line, target in sorted(facts.arcs):
            self._before.setdefault(target, []).append(line)
            self._ways.setdefault(line, []).append(target)
        self._scopes: dict[int, _Scope] = {}
        self._tries: dict[int, int] = {}  # except line -> line of its try
        self._outer: dict[int, int] = {}
        # Whoever asks for all lines asks in order: each one need only look at those before it.
        self._known: dict[int, Unreached] = {}
        self._read(source.tree)

    def why(self, line: int) -> Unreached:
        """Why a missing statement (first line) is missing."""
        if not self._ran:
            return Unreached((), ())
        behind: list[int] = []
        causes: dict[str, None] = {}
        seen = {line}
        waiting = deque([line])
        while waiting and len(causes) < _CAUSES:
            at = waiting.popleft()
            known = self._known.get(at)
            found = known.causes if known is not None else tuple(self._causes(at))
            if found:
                behind += [at] if known is None else known.behind or [at]
                causes.update(dict.fromkeys(found))
                continue
            for before in self._earlier(at):
                if before not in seen:
                    seen.add(before)
                    waiting.append(before)
        if not causes:
            causes[f"nothing that could lead to line {line} ran"] = None
        self._known[line] = Unreached(tuple(sorted({*behind} - {line})), tuple(causes))
        return self._known[line]

    # What stopped right before a line

    def _causes(self, line: int) -> Iterator[str]:
        scope = self._scopes.get(line)
        if scope is not None and not scope.was_called:
            if scope.start in self._ran or scope.node.lineno in self._ran:
                yield _never_called(scope)
            return
        if line in self._tries and self._tries[line] in self._ran:
            yield self._not_needed(line)
            return
        for before in self._before.get(line, ()):
            if before in self._ran:
                yield self._did_not_go_on(before, line)
        outer = self._outer.get(line)
        if outer in self._ran and not self._before.get(line):
            yield f"line {outer} ran, but was not left in a way that leads to line {line}"

    def _earlier(self, line: int) -> list[int]:
        """Where to look on, nearest first, when nothing right before a line ran."""
        scope = self._scopes.get(line)
        if scope is not None and not scope.was_called:
            return [scope.start]
        before = [one for one in self._before.get(line, ()) if one != line]
        if line in self._tries:
            before = [self._tries[line]]
        elif not before and line in self._outer:
            before = [self._outer[line]]
        return sorted(before, key=lambda one: (one > line, abs(line - one)))

    def _not_needed(self, handler: int) -> str:
        start = self._tries[handler]
        above = [line for line, other in self._tries.items() if other == start and line < handler]
        if not self._ran.isdisjoint(above):
            return f"what was raised in the try on line {start} was caught before line {handler}"
        return f"no exception came to line {handler} out of the try on line {start}"

    def _did_not_go_on(self, line: int, target: int) -> str:
        arc = (line, target)
        notes = self._facts.notes.get(arc, ())
        ways = self._ways[line]
        if len(ways) > 1 or any(note.reason not in _NOT_REACHED for note in notes):
            return explain(self._facts, arc, self._taken_from(line, ways))
        scope = self._scopes.get(line)
        others = "or the program ended"
        if scope is not None and _suspends(scope.node):
            others = f"nobody resumed it, {others}"
        return (
            f"line {line} ran and never went on to line {target}: "
            f"an exception was raised there, {others}"
        )

    def _taken_from(self, line: int, ways: list[int]) -> list[int] | None:
        """The targets taken from a line; None where that is not known, or there is no choice."""
        if len(ways) < 2:
            return None
        if self._taken is not None:
            return [target for target in ways if (line, target) in self._taken]
        # Lines tell only if no way is out of the function: who was there came from here, perhaps.
        return None if min(ways) < 0 else [target for target in ways if target in self._ran]

    # Where lines stand

    def _read(self, tree: ast.Module) -> None:
        self._place(None, tree.body)
        functions = []
        for node in statements(tree):
            is_function = isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
            for suite in suites(node):
                self._place(None if is_function else node, suite)
            if isinstance(node, (ast.Try, ast.TryStar)):
                for handler in node.handlers:
                    self._tries[self._first(handler.lineno)] = self._first(node.lineno)
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                functions.append(node)
        self._read_scopes(functions)

    def _place(self, owner: ast.stmt | None, suite: list[ast.stmt]) -> None:
        """Note which line each one of a suite follows when nothing is in its way."""
        lines = [self._first(start_line(node)) for node in suite]
        if owner is not None:
            lines.insert(0, self._first(start_line(owner)))
        for before, line in pairwise(lines):
            if before != line:
                self._outer.setdefault(line, before)

    def _read_scopes(self, functions: list[FunctionNode]) -> None:
        owners: dict[int, FunctionNode] = {}
        # An inner definition begins later, and takes its lines over.
        for node in sorted(functions, key=lambda node: (node.lineno, node.col_offset)):
            header = self._first(node.lineno)
            for line in range(start_line(node.body[0]), (node.end_lineno or 0) + 1):
                if line in self._facts.statements and line != header:
                    owners[line] = node
        bodies: dict[FunctionNode, set[int]] = {}
        for line, node in owners.items():
            bodies.setdefault(node, set()).add(line)
        for node, body in bodies.items():
            start = self._first(start_line(node))
            scope = _Scope(node, start, not self._ran.isdisjoint(body))
            self._scopes.update(dict.fromkeys(body, scope))

    def _first(self, line: int) -> int:
        return self._facts.first_lines.get(line, line)


def _never_called(scope: _Scope) -> str:
    name = f"the function '{scope.node.name}', which begins on line {scope.start},"
    if isinstance(scope.node, ast.AsyncFunctionDef):
        return f"{name} was never called, or what it returned was never awaited"
    if _is_generator(scope.node):
        return f"{name} was never called, or nothing was taken from the generator it returned"
    return f"{name} was never called"


def _suspends(function: FunctionNode) -> bool:
    return isinstance(function, ast.AsyncFunctionDef) or _is_generator(function)


def _is_generator(function: FunctionNode) -> bool:
    pending: list[ast.AST] = list(function.body)
    while pending:
        node = pending.pop()
        if isinstance(node, (ast.Yield, ast.YieldFrom)):
            return True
        inner = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
        if not isinstance(node, inner):
            pending.extend(ast.iter_child_nodes(node))
    return False
