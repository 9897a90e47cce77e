"""Which arcs are possible: one handler a statement type, and a stack of the blocks around it."""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

from ..tree import DefinitionNode, start_line, statements
from .blocks import Arc, Block, Goal, Loop, Note, Reason, Scope, Try, Way, With, in_order
from .constants import constant_truth

Ways: TypeAlias = set[Way]


@dataclass(slots=True)
class Flow:
    """Possible arcs between first lines (1-based); a negative target leaves a scope."""

    arcs: set[Arc] = field(default_factory=set)
    notes: dict[Arc, list[Note]] = field(default_factory=dict)
    # Arc -> the lines of the `with` statements it leaves, innermost first.
    withs: dict[Arc, tuple[int, ...]] = field(default_factory=dict)


def find_flow(tree: ast.Module, first: Callable[[int], int], has_code: Collection[int]) -> Flow:
    """Work out the arcs of a module and of every definition in it.

    `first` maps a line to the first one of its logical line; `has_code` holds first lines of
    logical lines with bytecode: statements elsewhere are skipped as if they were not there.
    """
    walker = _Walker(first, has_code)
    walker.module(tree)
    for node in statements(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            walker.definition(node)
    return walker.flow


class _Walker:
    def __init__(self, first: Callable[[int], int], has_code: Collection[int]) -> None:
        self.flow = Flow()
        self.first = first
        self.has_code = has_code
        self.blocks: list[Block] = []

    # Scopes

    def module(self, tree: ast.Module) -> None:
        scope = Scope(1, Goal.MODULE, "")
        self.blocks = [scope]
        # A module without statements still runs its (empty) first line.
        ways = self.suite(tree.body) if tree.body else {Way(1)}
        self.leave(ways, scope)

    def definition(self, node: DefinitionNode) -> None:
        goal = Goal.CLASS if isinstance(node, ast.ClassDef) else Goal.RETURN
        scope = Scope(self.first(start_line(node)), goal, node.name)
        self.blocks = [scope]
        if self.is_left(node):
            self.leave(self.suite(node.body), scope)

    def is_left(self, node: DefinitionNode) -> bool:
        """Whether leaving the body counts. Not so for some on the logical line of their header.

        `def f(): "doc"` is no statement (STM-06), so no branch either (BRS-28). And if the header
        goes over several lines, nothing tells that the body was left (decision 0008).
        """
        body = node.body[0].lineno
        if self.first(body) != self.first(node.lineno):
            return True
        return body == node.lineno and ast.get_docstring(node, clean=False) is None

    # Building blocks

    def suite(self, body: Iterable[ast.stmt], ways: Ways | None = None) -> Ways:
        """Join `ways` to the first statement, statements to one another; give the last's ways."""
        ways = set() if ways is None else ways
        for node in body:
            line = self.start(node)
            if line not in self.has_code:
                continue
            self.connect(ways, line)
            ways = self.statement(node)
        return ways

    def statement(self, node: ast.stmt) -> Ways:
        handler = _HANDLERS.get(type(node))
        return {Way(self.first(node.lineno))} if handler is None else handler(self, node)

    def start(self, node: ast.stmt) -> int:
        return self.first(start_line(node))

    def connect(self, ways: Collection[Way], target: int) -> None:
        for way in in_order(ways):
            self.arc(way, target, Note(way.reason, Goal.LINE, ""))

    def leave(self, ways: Collection[Way], scope: Scope, goal: Goal | None = None) -> None:
        for way in in_order(ways):
            self.arc(way, -scope.start, Note(way.reason, goal or scope.goal, scope.name))

    def arc(self, way: Way, target: int, note: Note) -> None:
        if way.line == target:
            return
        arc = (way.line, target)
        self.flow.arcs.add(arc)
        self.flow.notes.setdefault(arc, []).append(note)
        if way.withs:
            self.flow.withs[arc] = way.withs

    # Simple statements that jump

    def break_(self, node: ast.Break) -> Ways:
        withs: tuple[int, ...] = ()
        for block in reversed(self.blocks):
            if isinstance(block, Loop):
                block.breaks.add(Way(self.first(node.lineno), Reason.NO_BREAK, withs))
                break
            withs = _through(withs, block)
        return set()

    def continue_(self, node: ast.Continue) -> Ways:
        withs: tuple[int, ...] = ()
        for block in reversed(self.blocks):
            if isinstance(block, Loop):
                way = Way(self.first(node.lineno), Reason.NO_CONTINUE, withs)
                self.connect({way}, block.start)
                break
            withs = _through(withs, block)
        return set()

    def return_(self, node: ast.Return) -> Ways:
        withs: tuple[int, ...] = ()
        for block in reversed(self.blocks):
            if isinstance(block, Scope):
                self.leave({Way(self.first(node.lineno), Reason.NO_RETURN, withs)}, block)
                break
            withs = _through(withs, block)
        return set()

    def raise_(self, node: ast.Raise) -> Ways:
        way = Way(self.first(node.lineno), Reason.NO_RAISE)
        for block in reversed(self.blocks):
            if isinstance(block, Try):
                if block.handler is not None:
                    self.connect({way}, block.handler)
                if block.handler is not None or block.has_final:
                    break
            elif isinstance(block, Scope) and block.is_function:
                self.leave({way}, block, Goal.RAISE)
        return set()

    # Compound statements

    def definition_statement(self, node: DefinitionNode) -> Ways:
        line = self.start(node)
        for part in [*(one.lineno for one in node.decorator_list[1:]), node.lineno]:
            following = self.first(part)
            self.connect({Way(line)}, following)
            line = following
        return {Way(line)}

    def if_(self, node: ast.If) -> Ways:
        done: Ways = set()
        while True:
            line = self.first(node.lineno)
            truth = constant_truth(node.test)
            if truth is not False:
                done |= self.suite(node.body, {Way(line, Reason.NEVER_TRUE)})
            past = {Way(line, Reason.ALWAYS_TRUE)}
            if truth is True:
                return done
            # A chain of elifs is a loop here: it may be longer than the stack is deep.
            if len(node.orelse) == 1 and isinstance(node.orelse[0], ast.If):
                following = self.first(node.orelse[0].lineno)
                if following in self.has_code:
                    self.connect(past, following)
                    node = node.orelse[0]
                    continue
            return done | self.suite(node.orelse, past)

    def while_(self, node: ast.While) -> Ways:
        line = self.first(node.lineno)
        truth = constant_truth(node.test)
        ways = self.loop(line, () if truth is False else node.body, Reason.NEVER_TRUE)
        if truth is True:
            return ways
        return ways | self.suite(node.orelse, {Way(line, Reason.ALWAYS_TRUE)})

    def for_(self, node: ast.For | ast.AsyncFor) -> Ways:
        line = self.first(node.lineno)
        ways = self.loop(line, node.body, Reason.NEVER_STARTED)
        return ways | self.suite(node.orelse, {Way(line, Reason.NEVER_ENDED)})

    def loop(self, line: int, body: Iterable[ast.stmt], reason: Reason) -> Ways:
        """The body of a loop, joined to its head; gives the ways its breaks take."""
        block = Loop(line)
        self.blocks.append(block)
        self.connect(self.suite(body, {Way(line, reason)}), line)
        self.blocks.pop()
        return block.breaks

    def with_(self, node: ast.With | ast.AsyncWith) -> Ways:
        line = self.first(node.lineno)
        block = With(line)
        self.blocks.append(block)
        ways = self.suite(node.body, {Way(line)})
        self.blocks.pop()
        return {way._replace(withs=_through(way.withs, block)) for way in ways}

    def try_(self, node: ast.Try | ast.TryStar) -> Ways:
        handlers = [self.first(handler.lineno) for handler in node.handlers]
        block = Try(handlers[0] if handlers else None, bool(node.finalbody))
        self.blocks.append(block)
        ways = self.suite(node.body, {Way(self.first(node.lineno))})
        block.handler = None
        ways = self.suite(node.orelse, ways)
        for line, handler in zip(handlers, node.handlers, strict=True):
            ways |= self.suite(handler.body, {Way(line, Reason.NOT_RAISED)})
        self.blocks.pop()
        if node.finalbody:
            final = self.suite(node.finalbody, ways)
            if ways:
                return final
            self.dead_end(final)
            return set()
        return ways

    def dead_end(self, ways: Ways) -> None:
        """After a finally that always goes on raising: ways out of withs end at the outermost."""
        for way in ways:
            if way.withs:
                self.connect({way._replace(withs=way.withs[:-1])}, way.withs[-1])

    def match_(self, node: ast.Match) -> Ways:
        ways = {Way(self.first(node.lineno))}
        done: Ways = set()
        for case in node.cases:
            line = self.first(case.pattern.lineno)
            self.connect(ways, line)
            if not _never_matches(case):
                done |= self.suite(case.body, {Way(line, Reason.NEVER_MATCHED)})
            ways = {Way(line, Reason.ALWAYS_MATCHED)}
        return done if always_matches(node.cases[-1]) else done | ways


def always_matches(case: ast.match_case) -> bool:
    """Whether nothing gets past this case (BRS-25)."""
    guarded = case.guard is not None and constant_truth(case.guard) is not True
    return not guarded and _matches_anything(case.pattern)


def _never_matches(case: ast.match_case) -> bool:
    return case.guard is not None and constant_truth(case.guard) is False


def _matches_anything(pattern: ast.pattern | None) -> bool:
    match pattern:
        case ast.MatchOr(patterns=[*_, last]):
            return _matches_anything(last)
        case ast.MatchAs(pattern=inner):
            return inner is None or _matches_anything(inner)
    return False


def _through(withs: tuple[int, ...], block: Block) -> tuple[int, ...]:
    return (*withs, block.start) if isinstance(block, With) else withs


_HANDLERS: dict[type[ast.stmt], Callable[..., Ways]] = {
    ast.Break: _Walker.break_,
    ast.Continue: _Walker.continue_,
    ast.Return: _Walker.return_,
    ast.Raise: _Walker.raise_,
    ast.FunctionDef: _Walker.definition_statement,
    ast.AsyncFunctionDef: _Walker.definition_statement,
    ast.ClassDef: _Walker.definition_statement,
    ast.If: _Walker.if_,
    ast.While: _Walker.while_,
    ast.For: _Walker.for_,
    ast.AsyncFor: _Walker.for_,
    ast.With: _Walker.with_,
    ast.AsyncWith: _Walker.with_,
    ast.Try: _Walker.try_,
    ast.TryStar: _Walker.try_,
    ast.Match: _Walker.match_,
}
