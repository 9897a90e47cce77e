"""What must be reported of a program, from its tree and its twin's notes alone."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .grammar import JUMPS
from .logbook import EXIT, Logbook
from .rendering import DEFINITIONS
from .tree import Node, Suite, suites

Arc = tuple[int, int]

CHOICES = ("if", "while", "for", "async for", "match")
LOOPS = ("while", "for", "async for")

# Statements that are there in the line table only.
EMPTY = ("pass", "1", "()", '"text"')

# On these versions the end of some suites has the line of the last statement in it.
BORROWS_LINES = sys.version_info < (3, 12)

# On these, the end of a `case` has it too (https://github.com/python/cpython/issues/103971).
BORROWS_IN_CASES = sys.version_info < (3, 11, 4)

# On these, who goes round the end of a `case _` comes by there, if it is the end of more and no
# other case gets that far.
MERGES_CASES = sys.version_info >= (3, 13)


@dataclass(frozen=True, slots=True)
class Truth:
    """Lines that ran, arcs that were taken, and arcs that may be told either way."""

    lines: frozenset[int]
    taken: frozenset[Arc]
    unsure: frozenset[Arc]
    silent: frozenset[int]  # lines without code, but that 3.11 has some in an empty finally
    vague: frozenset[int]  # an `elif` that is never true: 3.11 may have code for it, or not
    loose: frozenset[Arc]  # out of a finally, which has a way on only if its try has (BRS-21)
    crossing: frozenset[Arc]  # the same, taken or not
    blurred: tuple[Blurred, ...]

    def is_unsure(self, arc: Arc) -> bool:
        return arc in self.unsure or any(one.hides(arc) for one in self.blurred)


@dataclass(frozen=True, slots=True)
class Blurred:
    """A suite from `first` to `end` that seems to end on the line of its last statement.

    That one is a `pass` or the like, so whether it ran or was gone round is not to be known.
    `last` has its line, or all lines of what the compiler rules out at the end of the suite; and
    `vague` that of an `elif` or `case` among these.
    """

    first: int
    end: int
    last: frozenset[int]
    vague: frozenset[int]

    def hides(self, arc: Arc) -> bool:
        line, target = arc
        inside = self.first <= target <= self.end
        return self.first <= line <= self.end and (target in self.last or not inside)


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
    silent = {
        child.line for suite in suites(module) for child in suite.body if not child.has_code()
    }
    blurred = tuple(_blurred(module))
    return Truth(
        lines=frozenset(book.lines),
        taken=frozenset(found.taken),
        unsure=frozenset(found.unsure),
        silent=frozenset(silent).union(*(one.last for one in blurred)),
        vague=frozenset().union(*(one.vague for one in blurred)),
        loose=frozenset(found.loose),
        crossing=frozenset(found.crossing),
        blurred=blurred,
    )


def _blurred(module: Node) -> Iterator[Blurred]:
    for suite in suites(module):
        blurs = suite
        if MERGES_CASES and _goes_on(suite) and _has_one_end(suite.body[-1]):
            blurs = suite.body[-1].suites[-1]
        elif not BORROWS_LINES or not _borrows(suite):
            continue
        last = frozenset(_last_lines(blurs))
        headers = {one.line for node in blurs.body for one in _headers(node)}
        vague = last & headers if BORROWS_LINES else frozenset()
        if last:
            # Before a case without code, its head has none to lead to.
            bare = BORROWS_IN_CASES and not any(node.has_code() for node in blurs.body)
            first = blurs.line if bare else blurs.body[0].line
            yield Blurred(first, max(_lines(blurs.body)), last, vague)


def _borrows(suite: Suite) -> bool:
    assert suite.owner is not None
    blurs_case = BORROWS_IN_CASES and suite.role == "case"
    return blurs_case or suite.role == "finally" or suite.owner.kind == "async with"


def _goes_on(suite: Suite) -> bool:
    """Whether the compiler adds something of its own behind it, to be done in any case."""
    owner = suite.owner
    assert owner is not None
    if owner.kind in ("try", "star"):
        return suite is owner.suites[0] and owner.suites[-1].role in ("else", "finally")
    return owner.kind == "with"


def _has_one_end(node: Node) -> bool:
    """Whether it is a `match` that is left through its last case or not at all."""
    if node.kind != "match":
        return False
    *others, last = node.suites
    return _kept_of(last) == {"this"} and all(any(map(_leaves, case.body)) for case in others)


def _lines(nodes: Iterable[Node]) -> Iterator[int]:
    for node in nodes:
        yield node.line
        for suite in node.suites:
            yield suite.line
            yield from _lines(suite.body)


def _headers(node: Node) -> Iterator[Suite]:
    """The clauses in it that are statements of their own."""
    return (suite for suite in suites(node) if suite.role in ("elif", "case"))


def _last_lines(suite: Suite) -> Iterator[int]:
    """Where the compiler comes to last, if it makes no code there."""
    node = suite.body[-1]
    while not _cut_off(node):
        if not node.suites:
            alone = node.owner is suite and node.has_code()  # nothing leads past it
            if not alone and (not node.has_code() or node.text in EMPTY):
                yield node.line
            return
        last = node.suites[-1]
        if _never_entered(node):
            yield from _lines(last.body)
            if last.role in ("elif", "case"):
                yield last.line
            return
        loops = node.kind in LOOPS and last.role == "body"
        tries = node.kind == "try" and last.role != "finally"
        if node.kind in DEFINITIONS or "with" in node.kind or loops or tries:
            return
        node = last.body[-1]
    yield from _lines([node])


def _cut_off(node: Node) -> bool:
    """Whether something before it leaves the suite."""
    assert node.owner is not None
    return any(map(_leaves, node.owner.body[: node.owner.body.index(node)]))


def _leaves(node: Node) -> bool:
    """Whether nothing gets past it."""
    ends = [any(map(_leaves, suite.body)) for suite in node.suites]
    match node.kind, node.suites[-1].role if node.suites else "":
        case (("if" | "match"), _):
            return _all_leave(node, ends)
        case (("try" | "star"), last):
            final = last == "finally"
            return all(ends[:-1] if final else ends) or (final and ends[-1])
        case "while", _:
            return "other" not in _kept(node.text) and not any(_breaks(node.suites[0]))
    return node.kind in JUMPS


def _breaks(suite: Suite) -> Iterator[Node]:
    """Those that leave the loop that this is in."""
    for node in suite.body:
        if node.kind == "break":
            yield node
        elif node.kind not in DEFINITIONS:
            for inner in node.suites:
                if node.kind not in LOOPS or inner.role == "else":
                    yield from _breaks(inner)


def _all_leave(node: Node, ends: list[bool]) -> bool:
    """Whether each clause that there is code for does, and one of them is taken."""
    for suite, end in zip(node.suites, ends, strict=True):
        kept = _kept_of(suite)
        if "this" in kept and not end:
            return False
        if "other" not in kept:
            return True
    return False


def _kept_of(suite: Suite) -> set[str]:
    """Whether there is code for this clause, and for others below it."""
    if suite.role == "else":
        return {"this"}
    if suite.role != "case":
        return _kept(suite.head)
    kept = _kept(suite.guard) if suite.guard else {"this"}
    return kept if _always_matches(suite.head) else kept | {"other"}


def _always_matches(pattern: str) -> bool:
    """Whether nothing may stand below it."""
    try:
        compile(f"match 0:\n case {pattern}:\n  0\n case 0:\n  0", "", "exec")
    except SyntaxError:
        return True
    return False


def _never_entered(node: Node) -> bool:
    """Whether the compiler rules its last clause out."""
    tests = [suite.guard or suite.head or node.text for suite in node.suites]
    if node.kind == "star" and node.suites[-1].role == "else":
        return any(map(_leaves, node.suites[0].body))
    if node.kind not in ("if", "while", "match"):
        return False
    if node.kind == "match":
        return node.suites[-1].guard != "" and "this" not in _kept(tests[-1])
    if any("other" not in _kept(test) for test in tests[:-1]):
        return True
    return node.suites[-1].role != "else" and "this" not in _kept(tests[-1])


def _kept(test: str) -> set[str]:
    """Which of two clauses there is code for."""
    text = f"async def f():\n if {test}:\n  this\n else:\n  other\n"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        code = compile(text, "", "exec").co_consts[0]
    lines = {line for _, _, line in code.co_lines()}
    last = text.count("\n")
    return {name for name, line in (("this", last - 2), ("other", last)) if line in lines}


class _Expecting:
    def __init__(self, book: Logbook) -> None:
        self.book = book
        self.taken: set[Arc] = set()
        self.unsure: set[Arc] = set()
        self.loose: set[Arc] = set()
        self.crossing: set[Arc] = set()

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
        if past.crosses and suite.flat:
            self.on_with_another(suite)

    def on_with_another(self, suite: Suite) -> None:
        """Out of a finally to where a jump before it led: may be the goal of the line's own."""
        goal = jump_goal(suite.body[-1])
        if goal is None:
            return
        arc = (suite.line, goal.line)
        if (suite.line, "false", max(goal.line, EXIT)) in self.book.arrivals:
            self.taken.add(arc)
            self.loose.add(arc)
        elif (suite.line, "false") in self.book.unsure:
            self.unsure.add(arc)

    def flat(self, suite: Suite) -> None:
        line, last = suite.line, suite.body[-1]
        if (line, "jump") in self.book.ways:
            goal = jump_goal(last)
            if goal is not None:
                self.way(line, "jump", goal)
                if goal.crosses or goal.caught:
                    # The twin does not tell whether the finally, or the with, was got through.
                    self.unsure.add((line, goal.line))
        self.way(line, "done", up(suite))
        assert suite.owner is not None
        left_undone = (line, "done") not in self.book.ways
        if left_undone and suite.owner.kind in ("if", "match") and "other" not in _kept_of(suite):
            # The compiler left one way, which is told at once, even if what it leads to raises.
            self.unsure.add((line, up(suite).line))
        if "\n" in (suite.head or suite.owner.text) + suite.guard:
            # Events do not tell which lines are one statement's: see the jump to its last one.
            goals = (jump_goal(last), next_finally(last), up(suite))
            self.unsure |= {(line, goal.line) for goal in goals if goal}

    def way(self, line: int, what: str, goal: Goal) -> None:
        if goal.crosses:
            self.crossing.add((line, goal.line))
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


def next_finally(node: Node) -> Goal | None:
    """The first `finally` that a jump passes through, None if none."""
    suite = node.owner
    while suite is not None and suite.owner is not None:
        owner, role = suite.owner, suite.role
        in_loop = owner.kind in LOOPS and role == "body"
        if owner.kind in DEFINITIONS or (in_loop and node.kind in ("break", "continue")):
            return None
        if owner.kind in ("try", "star") and role != "finally":
            final = owner.suites[-1]
            if final.role == "finally":
                return entry(final)
        suite = owner.owner
    return None


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
