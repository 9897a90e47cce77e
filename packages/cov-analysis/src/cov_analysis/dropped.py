"""Statements that the compiler made no code for, and what in the source is to blame. Pure.

Which lines have code is known from the code objects: here is only looked for the cause. So a wrong
guess can give a poor explanation, never a wrong number.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection, Iterator

from .flow.constants import constant_truth
from .flow.walk import always_matches
from .tree import start_line, suites

# What nothing gets past, and the words for it.
_LEAVES: dict[type[ast.stmt], str] = {
    ast.Return: "returns",
    ast.Raise: "raises an exception",
    ast.Break: "leaves the loop",
    ast.Continue: "goes back to the head of the loop",
    ast.Assert: "fails",
    ast.While: "loops for ever",
}

_NO_COMMENT = "the compiler made no code for it"


class Dropped:
    """Why statements without code have none. `has_code` holds first lines, `first` makes them."""

    def __init__(
        self, tree: ast.Module, first: Callable[[int], int], has_code: Collection[int]
    ) -> None:
        self._first = first
        self._has_code = has_code
        # Each statement's suite, its place there, and the statement that the suite belongs to.
        self._suite: dict[ast.stmt, tuple[list[ast.stmt], int, ast.stmt | None]] = {}
        self._at: dict[int, ast.stmt] = {}
        pending: list[ast.stmt | ast.Module] = [tree]
        while pending:
            owner = pending.pop()
            for suite in suites(owner):
                for index, node in enumerate(suite):
                    parent = None if isinstance(owner, ast.Module) else owner
                    self._suite[node] = suite, index, parent
                    for line in _own_lines(node):
                        self._at.setdefault(first(line), node)
                pending.extend(suite)

    def statement(self, line: int) -> ast.stmt | None:
        """The statement that a first line belongs to: with clauses and decorators, their owner."""
        return self._at.get(line)

    def why(self, line: int) -> str:
        """Why there is no code for the statement of a first line."""
        node = self._at.get(line)
        while node is not None:
            suite, index, owner = self._suite[node]
            live = [one for one in suite[:index] if self._is_live(one)]
            if live and not passes(live[-1]):
                return self._nothing_gets_past(live[-1])
            if live:
                break
            if owner is None or self._is_live(owner):
                return _NO_COMMENT if owner is None else self._not_entered(owner, suite)
            node = owner
        return _NO_COMMENT

    def _is_live(self, node: ast.stmt) -> bool:
        return self._start(node) in self._has_code

    def _start(self, node: ast.stmt) -> int:
        return self._first(start_line(node))

    def _nothing_gets_past(self, node: ast.stmt) -> str:
        line = self._start(node)
        words = _LEAVES.get(type(node))
        if words is None:
            last = node.end_lineno or line
            return f"the compiler left it out: every way through lines {line} to {last} leaves"
        return f"the compiler left it out: line {line} always {words}"

    def _not_entered(self, owner: ast.stmt, suite: list[ast.stmt]) -> str:
        """Why a suite is without code although what it belongs to has some."""
        line = self._start(owner)
        match owner:
            case ast.If() | ast.While():
                truth = "false" if suite is owner.body else "true"
                return f"the compiler left it out: the condition on line {line} is always {truth}"
            case ast.Try(body=body, orelse=orelse) | ast.TryStar(body=body, orelse=orelse):
                stop = next((one for one in body if self._is_live(one) and not passes(one)), None)
                if suite is orelse and stop is not None:
                    return self._nothing_gets_past(stop)
                if suite not in (body, orelse, owner.finalbody):
                    return f"the compiler left it out: nothing in the try of line {line} can raise"
            case ast.Match(cases=cases):
                case = next((one for one in cases if one.body is suite), None)
                if case is not None and case.guard is not None:
                    line = self._first(case.pattern.lineno)
                    return f"the compiler left it out: the guard on line {line} is always false"
        return _NO_COMMENT


def _own_lines(node: ast.stmt) -> Iterator[int]:
    """The lines that a statement begins on and those of its clauses that can have code."""
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            yield start_line(node)
            yield from (one.lineno for one in node.decorator_list)
        case ast.Try() | ast.TryStar():
            yield from (one.lineno for one in node.handlers)
        case ast.Match():
            yield from (one.pattern.lineno for one in node.cases)
    yield node.lineno


def passes(node: ast.stmt) -> bool:
    """Whether a statement can be left for the one that follows it, as far as the source tells."""
    match node:
        case ast.Return() | ast.Raise() | ast.Break() | ast.Continue():
            return False
        case ast.Assert(test=test):
            return constant_truth(test) is not False
        case ast.If():
            return _if_passes(node)
        case ast.While(test=test, body=body, orelse=orelse):
            if _has_break(body):
                return True
            return constant_truth(test) is not True and _suite_passes(orelse)
        case ast.For(body=body, orelse=orelse) | ast.AsyncFor(body=body, orelse=orelse):
            return _suite_passes(orelse) or _has_break(body)
        case ast.Try() | ast.TryStar():
            ends = [[*node.body, *node.orelse], *(handler.body for handler in node.handlers)]
            return any(map(_suite_passes, ends)) and _suite_passes(node.finalbody)
        case ast.Match(cases=cases):
            ends = [case.body for case in cases]
            return not always_matches(cases[-1]) or any(map(_suite_passes, ends))
    return True


def _suite_passes(suite: list[ast.stmt]) -> bool:
    return all(map(passes, suite))


def _if_passes(node: ast.If) -> bool:
    while True:
        truth = constant_truth(node.test)
        if truth is not False and _suite_passes(node.body):
            return True
        if truth is True:
            return False
        # A chain of elifs is a loop here: it may be longer than the stack is deep.
        if len(node.orelse) == 1 and isinstance(node.orelse[0], ast.If):
            node = node.orelse[0]
        else:
            return _suite_passes(node.orelse)


def _has_break(body: list[ast.stmt]) -> bool:
    """Whether a loop with this body can be left by a break of its own."""
    pending = list(body)
    while pending:
        node = pending.pop()
        if isinstance(node, ast.Break):
            return True
        if isinstance(node, (ast.For, ast.AsyncFor, ast.While)):
            pending.extend(node.orelse)
        elif not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            pending.extend(child for suite in suites(node) for child in suite)
    return False
