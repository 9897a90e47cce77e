"""Cuts a program down while it still disagrees."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import partial

from .tree import SCOPES, Node, Suite, adopt, suites


def shrink(tree: Node, disagrees: Callable[[Node], bool], patience: int = 3000) -> Node:
    """The smallest program found by leaving statements out, and clauses, and headers."""
    position = failures = tries = 0
    while tries < patience:
        candidates = list(_smaller(tree))
        if failures >= len(candidates):
            break
        position %= len(candidates)
        smaller = candidates[position]()
        tries += 1
        if smaller is not None and _ends(smaller) and disagrees(smaller):
            tree = smaller
            failures = 0
        else:
            position += 1
            failures += 1
    return tree


def _smaller(tree: Node) -> Iterator[Callable[[], Node | None]]:
    """What makes copies with one thing less, those with much less first."""
    places = list(suites(tree))
    for number, suite in enumerate(places):
        for index in range(len(suite.body)):
            if len(suite.body) > 1:
                yield partial(_changed, tree, number, partial(_less, index))
            elif suite.body[0].text != "pass":
                yield partial(_changed, tree, number, _nothing)
    for number, suite in enumerate(places):
        for index, child in enumerate(suite.body):
            for inner in range(len(child.suites)):
                yield partial(_changed, tree, number, partial(_spliced, index, inner))
    for number, suite in enumerate(places):
        if suite.owner is not None and len(suite.owner.suites) > 1:
            yield partial(_without, tree, number)
    for number, suite in enumerate(places):
        for index, child in enumerate(suite.body):
            if child.decorators:
                yield partial(_changed, tree, number, partial(_bare, index))


def _changed(tree: Node, number: int, change: Callable[[list[Node]], list[Node]]) -> Node:
    copy = deepcopy(tree)
    suite = list(suites(copy))[number]
    suite.body = change(suite.body)
    if any(child.suites for child in suite.body):
        suite.flat = False
    adopt(copy)
    return copy


def _less(at: int, body: list[Node]) -> list[Node]:
    return body[:at] + body[at + 1 :]


def _nothing(body: list[Node]) -> list[Node]:
    return [Node("simple", "pass")]


def _spliced(at: int, inner: int, body: list[Node]) -> list[Node]:
    return body[:at] + body[at].suites[inner].body + body[at + 1 :]


def _bare(at: int, body: list[Node]) -> list[Node]:
    body[at].decorators = []
    return body


def _without(tree: Node, number: int) -> Node | None:
    copy = deepcopy(tree)
    suite = list(suites(copy))[number]
    owner = suite.owner
    assert owner is not None
    owner.suites = [one for one in owner.suites if one is not suite]
    if suite.role == "body" or (owner.kind in ("try", "star") and len(owner.suites) < 2):
        return None
    adopt(copy)
    return copy


def _ends(tree: Node) -> bool:
    """Whether every loop still asks on its way (see `grammar`), and what is silent still is."""
    return all(
        _asks(child) and (child.kind != "silent" or _in_function(suite))
        for suite in suites(tree)
        for child in suite.body
    )


def _in_function(suite: Suite | None) -> bool:
    while suite is not None and suite.owner is not None:
        if suite.owner.kind in SCOPES:
            return suite.owner.kind.endswith("def")
        suite = suite.owner.owner
    return False


def _asks(node: Node) -> bool:
    if node.kind != "while" or "(" in node.text:
        return True
    leaving = [one for one in node.suites[0].body[:2] if one.kind == "if"][:1]
    return any(one.suites[0].body[-1].kind in ("break", "return") for one in leaving)
