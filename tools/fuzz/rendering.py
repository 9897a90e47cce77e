"""A tree as text, twice: the program itself, and its twin with notes (see `logbook`)."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field

from .grammar import ANYTHING, CONSTANTS, JUMPS
from .tree import Node, Suite


@dataclass(slots=True)
class Rendering:
    """Both texts. Lines of the program are 1-based and kept in the tree's nodes and suites."""

    plain: list[str] = field(default_factory=list)
    twin: list[str] = field(default_factory=list)

    @property
    def next(self) -> int:
        return len(self.plain) + 1

    def both(self, pad: str, plain: str, twin: str) -> None:
        self.plain += (pad + plain).split("\n")
        self.twin += (pad + twin).split("\n")

    def note(self, pad: str, text: str) -> None:
        self.twin.append(pad + text)


def render(module: Node) -> tuple[str, str]:
    """The texts of a program and of its twin; fills in the lines of the tree."""
    out = Rendering()
    for child in module.suites[0].body:
        _statement(out, child, "")
    return "\n".join(out.plain) + "\n", "\n".join(out.twin) + "\n"


def is_constant(test: str) -> bool:
    return test in CONSTANTS or test in ("not False",)


def _statement(out: Rendering, node: Node, pad: str) -> None:
    node.line = out.next
    if node.kind in ("silent", "doc"):
        out.both(pad, node.text, node.text)
        return
    writer = _COMPOUND.get(node.kind)
    if writer is None:
        out.note(pad, f"L(_a, {node.line})")
        text = _simple(node)
        out.both(pad, text, text)
    else:
        writer(out, node, pad)


def _simple(node: Node) -> str:
    if node.kind in ("return", "raise"):
        return f"{node.kind} {node.text}".strip()
    return node.text


def _suite(
    out: Rendering, suite: Suite, pad: str, plain: str, twin: str, notes: tuple[str, ...] = ()
) -> None:
    """A header and what follows its colon. `notes` come first in the twin's suite."""
    header = out.next
    suite.line = header + plain.count("\n")
    if suite.flat:
        suite.line = header
        owner = suite.owner
        assert owner is not None
        for child in suite.body:
            child.line = header
        rest = "; ".join(_simple(child) for child in suite.body)
        out.both(pad, f"{plain}: {rest}", f"{twin}: {_flat_twin(suite, owner, header, notes)}")
        return
    suite.line = header
    out.both(pad, f"{plain}:", f"{twin}:")
    for note in notes:
        out.note(pad + " ", note)
    for child in suite.body:
        _statement(out, child, pad + " ")
    out.note(pad + " ", "pass")


def _flat_twin(suite: Suite, owner: Node, line: int, notes: tuple[str, ...]) -> str:
    parts = [*notes, f"L(_a, {line})"]
    last = suite.body[-1]
    parts += [_simple(child) for child in suite.body[:-1]]
    if owner.kind in DEFINITIONS:
        if last.kind == "return":
            parts.append(f"return Z({line}, {last.text or None})")
        elif last.kind == "raise":
            parts += [f"J({line})", _simple(last)]
        else:
            parts += [_simple(last), f"Z({line})"]
    elif last.kind in JUMPS:
        if last.kind == "return" and last.text:
            parts.append(f"return J({line}, {last.text})")
        else:
            parts += [f"J({line})", _simple(last)]
    else:
        parts += [_simple(last), f"Q(_a, {line})"]
    return "; ".join(parts)


DEFINITIONS = ("def", "async def", "class")


def _if(out: Rendering, node: Node, pad: str) -> None:
    out.note(pad, f"L(_a, {out.next})")
    for suite in node.suites:
        if suite.role == "else":
            _suite(out, suite, pad, "else", "else")
            continue
        word = "elif" if suite.role == "elif" else "if"
        line = out.next
        ask = f"P(_a, {line}) and W(_a, {line}, ({suite.head}))"
        _suite(out, suite, pad, f"{word} {suite.head}", f"{word} {ask}")


def _while(out: Rendering, node: Node, pad: str) -> None:
    line = out.next
    out.note(pad, f"L(_a, {line})")
    for suite in node.suites:
        if suite.role == "else":
            _suite(out, suite, pad, "else", "else")
        else:
            ask = f"P(_a, {line}) and W(_a, {line}, ({node.text}))"
            _suite(out, suite, pad, f"while {node.text}", f"while {ask}")


def _for(out: Rendering, node: Node, pad: str) -> None:
    line = out.next
    out.note(pad, f"L(_a, {line})")
    target, _, items = node.text.partition(" in ")
    wrapper = "AF" if node.kind.startswith("async") else "F"
    for suite in node.suites:
        if suite.role == "else":
            _suite(out, suite, pad, "else", "else")
        else:
            twin = f"{node.kind} {target} in {wrapper}(_a, {line}, {items})"
            _suite(out, suite, pad, f"{node.kind} {node.text}", twin)


def _with(out: Rendering, node: Node, pad: str) -> None:
    out.note(pad, f"L(_a, {out.next})")
    items = node.text.removeprefix("\n").split("\0")
    plain = ", ".join(items)
    if node.text.startswith("\n"):
        plain = "(\n " + ",\n ".join(items) + ",\n)"
    wrapper = "XA" if node.kind.startswith("async") else "X"
    noted = []
    for item in items:
        manager, found, target = item.partition(" as ")
        noted.append(f"{wrapper}(_a, {manager}){found}{target}")
    _suite(out, node.suites[0], pad, f"{node.kind} {plain}", f"{node.kind} {', '.join(noted)}")


def _try(out: Rendering, node: Node, pad: str) -> None:
    out.note(pad, f"L(_a, {out.next})")
    word = "except*" if node.kind == "star" else "except"
    for suite in node.suites:
        line = out.next
        if suite.role != "except":
            word_here = "try" if suite.role == "body" else suite.role
            _suite(out, suite, pad, word_here, word_here)
        elif not suite.head:
            _suite(out, suite, pad, "except", "except", (f"L(_a, {line})",))
        else:
            error, found, name = suite.head.partition(" as ")
            later = node.kind == "star" and suite is not node.suites[1]
            twin = f"{word} {'HS' if later else 'H'}(_a, {line}, {error}){found}{name}"
            _suite(out, suite, pad, f"{word} {suite.head}", twin)


def _match(out: Rendering, node: Node, pad: str) -> None:
    out.note(pad, f"L(_a, {out.next})")
    out.both(pad, f"match {node.text}:", f"match {node.text}:")
    earlier: tuple[int, ...] = ()
    for suite in node.suites:
        line = out.next
        plain = twin = f"case {suite.head}"
        if suite.guard:
            plain += f" if {suite.guard}"
            twin += f" if G(_a, {line}, {earlier}) and W(_a, {line}, ({suite.guard}))"
        _suite(out, suite, pad + " ", plain, twin, (f"T(_a, {line}, {earlier})",))
        earlier = (*earlier, line)
    if not always_matches(node.suites[-1]):
        out.note(pad + " ", f"case _: T(_a, 0, {earlier})")


def always_matches(case: Suite) -> bool:
    return not case.guard and case.head in ANYTHING


def _definition(out: Rendering, node: Node, pad: str) -> None:
    start = out.next
    last = len(node.decorators) - 1
    line = start + sum(1 + text.count("\n") for text in node.decorators)
    if not node.decorators:
        out.note(pad, f"L(_a, {start})")
    for index, text in enumerate(node.decorators):
        then = line if index == last else 0
        out.both(pad, f"@{text}", f"@D(_a, L(_a, {out.next}), {text}, {then})")
    suite = node.suites[0]
    head = f"{node.kind} {node.text}"
    _suite(out, suite, pad, head, head, ("_a = A()",))
    suite.line = line
    if suite.flat:
        out.note(pad, f"Q(_a, {line})")


def parses(text: str) -> bool:
    """Whether this interpreter takes it: a grammar of one's own has its holes."""
    try:
        ast.parse(text)
    except SyntaxError:
        return False
    return True


_COMPOUND = {
    "if": _if,
    "while": _while,
    "for": _for,
    "async for": _for,
    "with": _with,
    "async with": _with,
    "try": _try,
    "star": _try,
    "match": _match,
    "def": _definition,
    "async def": _definition,
    "class": _definition,
}
