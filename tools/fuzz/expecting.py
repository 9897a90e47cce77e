"""What must be reported of a program, from its tree and its twin's notes alone."""

from __future__ import annotations

from dataclasses import dataclass

from .logbook import EXIT, Logbook
from .rendering import DEFINITIONS
from .tree import Node, Suite, suites

Arc = tuple[int, int]

CHOICES = ("if", "while", "for", "async for", "match")


@dataclass(frozen=True, slots=True)
class Truth:
    """Lines that ran, arcs that were taken, and arcs that may be told either way."""

    lines: frozenset[int]
    taken: frozenset[Arc]
    unsure: frozenset[Arc]
    silent: frozenset[int]  # lines without code, but that 3.11 has some in an empty finally
    loose: frozenset[Arc]  # out of a finally, which has a way on only if its try has (BRS-21)


@dataclass(frozen=True, slots=True)
class Goal:
    """Where a way leads. `crosses`: out of a finally, so only in case it was entered in order."""

    line: int
    crosses: bool = False
    caught: bool = False  # a raise in a `with`, which may suppress it


def expect(module: Node, book: Logbook) -> Truth:
    found = _Expecting(book)
    for suite in suites(module):
        found.suite(suite)
    silent = (
        child.line for suite in suites(module) for child in suite.body if not child.has_code()
    )
    return Truth(
        lines=frozenset(book.lines),
        taken=frozenset(found.taken),
        unsure=frozenset(found.unsure),
        silent=frozenset(silent),
        loose=frozenset(found.loose),
    )


class _Expecting:
    def __init__(self, book: Logbook) -> None:
        self.book = book
        self.taken: set[Arc] = set()
        self.unsure: set[Arc] = set()
        self.loose: set[Arc] = set()

    def suite(self, suite: Suite) -> None:
        owner = suite.owner
        assert owner is not None
        if owner.kind in DEFINITIONS:
            if suite.flat and "\n" in owner.text:
                # Not known by events: the line of the body is none of the outer code's.
                self.unsure |= {(suite.line, -owner.line), (suite.line, after(owner).line)}
            elif suite.flat and suite.body[0].text[:1] != '"':  # a docstring is no statement
                self.way(suite.line, "done", after(owner))
                self.way(suite.line, "exit", Goal(-owner.line))
                if owner.kind != "class":  # which a raise leaves by no way of its own (BRS-19)
                    self.way(suite.line, "jump", Goal(-owner.line))
        elif owner.kind in CHOICES and suite.role != "else":
            self.choice(suite, owner)

    def choice(self, suite: Suite, owner: Node) -> None:
        line = suite.line
        if suite.flat:
            self.flat(suite)
        else:
            self.way(line, "true", entry(suite))
        position = owner.suites.index(suite)
        following = owner.suites[position + 1 :]
        past = entry(following[0], header=True) if following else after(owner)
        self.way(line, "false", past)

    def flat(self, suite: Suite) -> None:
        line, last = suite.line, suite.body[-1]
        if (line, "jump") in self.book.ways:
            goal = jump_goal(last)
            if goal is not None:
                self.way(line, "jump", goal)
        self.way(line, "done", up(suite))
        assert suite.owner is not None
        if "\n" in (suite.head or suite.owner.text):
            # Events do not tell which lines are one statement's: see the jump to its last one.
            self.unsure |= {(line, goal.line) for goal in (jump_goal(last), up(suite)) if goal}
        if line in self.book.started:
            # The suite may have raised; whether that is a way taken is a matter of taste.
            self.unsure.add((line, up(suite).line))
            goal = jump_goal(last)
            if goal is not None and (goal.crosses or goal.caught):
                self.unsure.add((line, goal.line))

    def way(self, line: int, what: str, goal: Goal) -> None:
        if goal.line == line or (line, what) not in self.book.ways:
            return
        arc = (line, goal.line)
        if goal.crosses:
            self.loose.add(arc)
        if not goal.crosses or (line, what, max(goal.line, EXIT)) in self.book.arrivals:
            self.taken.add(arc)
        elif (line, what) in self.book.unsure:
            self.unsure.add(arc)


def entry(suite: Suite, header: bool = False) -> Goal:
    """The first line of a suite; with `header` that of the clause if it is a statement."""
    if header and suite.role in ("elif", "case"):
        return Goal(suite.line)
    for child in suite.body:
        if child.has_code():
            return Goal(child.line)
    return up(suite)


def after(node: Node) -> Goal:
    """What comes behind a statement that is done."""
    suite = node.owner
    assert suite is not None
    for child in suite.body[suite.body.index(node) + 1 :]:
        if child.has_code():
            return Goal(child.line)
    return up(suite)


def up(suite: Suite) -> Goal:
    """What comes behind a suite that is done."""
    owner = suite.owner
    assert owner is not None
    match owner.kind, suite.role:
        case "module", _:
            return Goal(-1)
        case (("def" | "async def" | "class"), _):
            return Goal(-owner.line)
        case (("while" | "for" | "async for"), "body"):
            return Goal(owner.line)
        case (("try" | "star"), "finally"):
            return Goal(after(owner).line, crosses=True)
        case (("try" | "star"), "body"):
            for other in owner.suites:
                if other.role in ("else", "finally"):
                    return entry(other)
        case (("try" | "star"), _):
            if owner.suites[-1].role == "finally":
                return entry(owner.suites[-1])
    return after(owner)


def jump_goal(node: Node) -> Goal | None:
    """Where a jump leads, None if nowhere; `crosses` here: through a finally."""
    crosses = caught = False
    suite = node.owner
    while suite is not None and suite.owner is not None:
        owner, role = suite.owner, suite.role
        match owner.kind:
            case "module":
                return Goal(-1, crosses) if node.kind != "raise" else None
            case "def" | "async def":
                return Goal(-owner.line, crosses, caught)
            case "class":
                return None
            case "with" | "async with" if node.kind == "raise":
                caught = True
            case "while" | "for" | "async for" if role == "body" and node.kind == "break":
                return Goal(after(owner).line, crosses or after(owner).crosses)
            case "while" | "for" | "async for" if role == "body" and node.kind == "continue":
                return Goal(owner.line, crosses)
            case "try" | "star" if role != "finally":
                handlers = [one for one in owner.suites if one.role == "except"]
                final = owner.suites[-1].role == "finally"
                if node.kind == "raise" and role == "body" and handlers:
                    return Goal(handlers[0].line, caught=caught)
                if node.kind == "raise" and final:
                    return None
                crosses = crosses or final
        suite = owner.owner
    return None
