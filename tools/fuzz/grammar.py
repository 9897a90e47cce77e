"""Makes up programs: every kind of statement in every place, from a seed.

Whatever decides something calls a name of `logbook.Logbook`: `c` is true or false, `s` gives a
value, `r` an iterable, `cm` a context manager, all by their number, and any of them may raise. A
function is called with one less than its own `d`, and none with less than 0, so recursion ends.
Each loop asks `c` or `r` on its way, which give up when too much was asked, so loops end, too.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

from .tree import Node, Suite, adopt

CONSTANTS = ("True", "0", "1", "None", "not 0", "not 1", "__debug__", "'x'", "()", "not ()", "...")
ERRORS = ("E1", "E2", "E3", "Exception", "BaseException", "(E1, E3)")
GROUPED = ("E1", "E2", "E3", "(E1, E2)", "Exception")
PATTERNS = (
    *("0", "1", "2", "-1", "None", "True", '"k"', "1 | 2", "0 | None", "(a, b)", "[a, *_]"),
    *("str()", "int(real=a)", '{"k": a}', "(1 |\n 2)", "[0,\n 1]", "(1 | 3) as a"),
)
ANYTHING = ("_", "other", "_ as other", "0 | _")


@dataclass(frozen=True)
class Place:
    """Where a statement stands, and so what is allowed there."""

    kind: str = "module"  # "f", "g", "a", "ag" (functions by what they are), "class"
    depth: int = 0
    loop: bool = False
    star: bool = False  # in an except* clause, which no jump may leave: `loop` is one inside it

    @property
    def function(self) -> bool:
        return self.kind not in ("module", "class")

    @property
    def waits(self) -> bool:
        return self.kind in ("a", "ag")

    def inner(self, loop: bool = False, star: bool = False) -> Place:
        loop = loop or (self.loop and not star)
        return replace(self, depth=self.depth + 1, loop=loop, star=self.star or star)


class Author:
    """Writes one program."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.last = 0
        kinds = self.random.choices(
            ("f", "g", "a", "ag"), (8, 4, 3, 1), k=self.random.randint(1, 4)
        )
        self.functions = {f"{kind}{number}": kind for number, kind in enumerate(kinds)}
        self.left = self.random.choice((8, 15, 30, 50))  # compound statements still to come

    def program(self) -> Node:
        module = Place()
        body = [Node("doc", '"""Made up."""')] if self.chance(0.1) else []
        for name, kind in self.functions.items():
            body.append(self.definition(module, name, kind))
            if len(body) == 1:
                # 3.14 sets a module's __annotate__ on the line of the first `def`, and before it.
                body[0].decorators = []
            if self.chance(0.3):
                body.append(self.statement(module))
        for _ in range(self.random.randint(1, 4)):
            body.append(self.use() if self.chance(0.8) else self.statement(module))
        body.append(self.use())
        root = Node("module", suites=[Suite("body", body)])
        adopt(root)
        return root

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def number(self) -> int:
        self.last += 1
        return self.last

    # Expressions

    def use(self) -> Node:
        name = self.random.choice(list(self.functions))
        kind = self.functions[name]
        alike = self.random.choice([one for one in self.functions if self.functions[one] == kind])
        verbs = {
            "f": (f"go({name})", f"go({name}, 3)", f"threads({name}, {alike})"),
            "g": (f"spin({self.number()}, {name})", f"weave({self.number()}, {name}, {alike})"),
            "a": (f"drive({self.number()}, {name})", f"both({self.number()}, {name}, {alike})"),
            "ag": (f"spin_async({self.number()}, {name})",),
        }[kind]
        weights = {"f": (6, 4, 0.3), "g": (3, 2), "a": (3, 2), "ag": (1,)}[kind]
        return Node("simple", self.random.choices(verbs, weights)[0])

    def call(self, kind: str, place: Place) -> str | None:
        """A call of a function of the program, for an expression; None if there is none."""
        names = [name for name, one in self.functions.items() if one == kind]
        return f"{self.random.choice(names)}(d - 1)" if names and place.kind != "class" else None

    def condition(self, place: Place, deep: bool = True) -> str:
        one, two, three = (f"c({self.number()})" for _ in range(3))
        forms = [
            *(one,) * 6,
            *(f"not {one}", f"{one} and {two}", f"{one} or {two}", f"not ({one} and {two})"),
            *(f"({one} and\n {two})", f"({one} or\n not {two})", f"{one} if {two} else {three}"),
            *(f"({one}\n and ({two} or\n {three}))", f"{one} == {two}", f"{one} < {two} < {three}"),
            *(f"any({one} for _ in r({self.number()}))", f"(lambda: {one})()"),
            *(f"[i for i in r({self.number()}) if {one}]", f"({one},\n {two})[0]"),
            *(f"{one} and 0", f"{one} or 1", f"0 or {one}", f"1 and {one}", f"{one} is None"),
            f"[i for i in r({self.number()})\n if {one}]",
        ]
        if place.kind != "class":
            forms += [f"(w := {one})", f"(w := {one}) and {two}"]
        if place.kind in ("g", "ag"):
            forms += [f"(yield {one})"] * 2
        if place.waits:
            forms += [f"await w({self.number()})"] * 2
            forms += [f"[i async for i in ar({self.number()}) if {one}]"]
        if deep and (called := self.call("f", place)):
            forms += [f"d > 0 and {called}", f"(d > 0 and\n {called})"] * 2
        return self.random.choice(forms)

    def value(self, place: Place) -> str:
        one, two = (f"s({self.number()})" for _ in range(2))
        test = f"c({self.number()})"
        forms = [
            *(one,) * 6,
            *(f"({one},\n {two})", f"{one} + {two}", f"{test} and {one}", f"{test} or {one}"),
            *(
                f"{one} if {test} else {two}",
                f"({one}\n if {test}\n else {two})",
                f"(lambda: {one})()",
            ),
            *(f"[{one} for _ in r({self.number()}) if {test}]", f"f'{{{one}}}{{{two}}}'"),
            *(f"[{one}\n for _ in r({self.number()})\n if {test}]", f"[*r({self.number()})]"),
            *(f"{{i: {one} for i in r({self.number()})}}", f"sum(1 for _ in r({self.number()}))"),
            *(
                f"'''{{\n}}'''.format({one})",
                f"{one} \\\n + {two}",
                f"(lambda:\n {one})()",
                "d",
                "1",
            ),
        ]
        if called := self.call("f", place):
            forms += [f"{called} if d > 0 else {one}"] * 3
        if called := self.call("g", place):
            forms += [f"list({called}) if d > 0 else {one}"]
            forms += [f"next({called}, 0) if d > 0 else {one}"] * 2
        if place.kind in ("g", "ag"):
            forms += [f"(yield {one})", "(yield)", f"(yield\n {one})"]
        if place.waits:
            forms += [f"await w({self.number()})"] * 2
            if called := self.call("a", place):
                forms += [f"await {called} if d > 0 else {one}"] * 3
        return self.random.choice(forms)

    def iterable(self, place: Place) -> str:
        forms = [f"r({self.number()})"] * 5
        forms += [f"(i for i in r({self.number()}))", f"[i for i in r({self.number()})]"]
        forms += [
            f"r(\n {self.number()})",
            f"(i for i in r({self.number()}) if c({self.number()}))",
        ]
        if called := self.call("g", place):
            forms += [f"({called} if d > 0 else ())"] * 3
        return self.random.choice(forms)

    def manager(self) -> str:
        number = self.number()
        return self.random.choice(
            (f"cm({number})", f"cm({number}) as y", f"cm({number}) as (y, _)")
        )

    # Statements

    def statement(self, place: Place) -> Node:
        if place.depth < 5 and self.left > 0 and self.chance(0.55):
            self.left -= 1
            kinds = ["if"] * 5 + ["for", "while", "try"] * 3 + ["with"] * 2 + ["match", "star"]
            kinds += ["def"] if place.depth < 3 else []
            kinds += ["class"] if place.depth < 3 and self.chance(0.5) else []
            kind = self.random.choice(kinds)
            made: Node = getattr(self, f"{kind}_")(place)
            return made
        return self.simple(place)

    def simple(self, place: Place, flat: bool = False) -> Node:  # noqa: C901 - a list
        choices = ["s"] * 5 + ["assign"] * 2 + ["pass", "assert", "raise", "several", "other"]
        if place.loop:
            choices += ["break", "continue"] * 3
        if place.function and not place.star:
            choices += ["return"] * 3
        if place.kind in ("g", "ag"):
            choices += ["yield"] * 4
        if not flat and place.function:
            choices.append("silent")
        kind = self.random.choice(choices)
        match kind:
            case "pass" | "break" | "continue":
                return Node("simple" if kind == "pass" else kind, kind)
            case "assign":
                target = self.random.choice(("x = ", "x += ", "x: int = ", "x = y = "))
                return Node("simple", target + self.value(place))
            case "assert":
                return Node("simple", f"assert {self.condition(place)}")
            case "raise":
                error = self.random.choice(("E1()", "E2()", "E3", "E1() from None", ""))
                return Node("raise", error)
            case "return":
                value = self.random.choice(("", "", self.value(place), self.condition(place)))
                if place.kind == "ag":
                    value = ""
                return Node("return", value)
            case "yield":
                value = "yield " + self.value(place)
                if place.kind == "g" and self.chance(0.4):
                    value = f"yield from {self.iterable(place)}"
                return Node("simple", self.random.choice((value, f"x = {value}")))
            case "several":
                return Node("simple", f"s({self.number()}); {self.value(place)}")
            case "silent":
                return Node("silent", self.random.choice(("global z", "z1: int")))
            case "other":
                forms = ('"text"', "1", "x", "()", "import os", f"v = lambda: s({self.number()})")
                return Node("simple", self.random.choice(forms))
        return Node("simple", self.value(place))

    def suite(self, place: Place, role: str = "body", head: str = "", guard: str = "") -> Suite:
        if self.chance(0.15):
            count = 2 if self.chance(0.2) else 1
            body = [self.simple(place, flat=True) for _ in range(count)]
            if not any("\n" in node.text for node in body):
                return Suite(role, body[:1] if body[0].kind in JUMPS else body, head, guard, True)
        body = []
        for _ in range(self.random.choice((1, 1, 2, 2, 3))):
            body.append(self.statement(place))
            if body[-1].kind in JUMPS and self.chance(0.9):
                break  # what follows never runs
        if role == "finally" and body[0].kind == "silent":
            body[0] = Node("simple", "pass")  # an empty finally is not the same on all versions
        return Suite(role, body, head, guard)

    def test(self, place: Place, constant: float = 0.08) -> str:
        return self.random.choice(CONSTANTS) if self.chance(constant) else self.condition(place)

    def if_(self, place: Place) -> Node:
        inner = place.inner()
        suites = [self.suite(inner, head=self.test(place))]
        while self.chance(0.25):
            suites.append(self.suite(inner, "elif", self.test(place)))
        if self.chance(0.4):
            suites.append(self.suite(inner, "else"))
        return Node("if", suites=suites)

    def for_(self, place: Place) -> Node:
        kind, text = "for", f"_ in {self.iterable(place)}"
        if place.waits and self.chance(0.6):
            kind, text = "async for", f"_ in ar({self.number()})"
        return Node(kind, text, self.loop(place))

    def loop(self, place: Place) -> list[Suite]:
        suites = [self.suite(place.inner(loop=True))]
        if self.chance(0.3):
            suites.append(self.suite(place.inner(), "else"))
        return suites

    def while_(self, place: Place) -> Node:
        if self.chance(0.15):
            test = self.random.choice(("True", "1", "not False", "not 0", "'x'"))
            body = self.suite(place.inner(loop=True))
            body.flat = False
            returns = place.function and not place.star and self.chance(0.2)
            way_out = Node("return") if returns else Node("break", "break")
            leave = Suite("body", [way_out], f"c({self.number()})", flat=self.chance(0.5))
            # Outside of any try, and before anything may go back: this is what ends the loop.
            body.body.insert(0, Node("if", suites=[leave]))
            if self.chance(0.5):
                body.body.insert(0, Node("simple", f"s({self.number()})"))
            suites = [body]
            if self.chance(0.15):
                suites.append(self.suite(place.inner(), "else"))
            return Node("while", test, suites)
        return Node("while", self.condition(place, deep=False), self.loop(place))

    def with_(self, place: Place) -> Node:
        waits = place.waits and self.chance(0.6)
        items = [self.manager() for _ in range(self.random.choice((1, 1, 1, 2, 3)))]
        if waits:
            items = [item.replace("cm(", "acm(") for item in items]
        text = "\0".join(items)
        if len(items) > 1 and self.chance(0.5):
            text = "\n" + text
        return Node("async with" if waits else "with", text, [self.suite(place.inner())])

    def try_(self, place: Place) -> Node:
        inner = place.inner()
        suites = [self.suite(inner)]
        for _ in range(self.random.choice((0, 1, 1, 2))):
            error = self.random.choice(ERRORS) + (" as e" if self.chance(0.3) else "")
            suites.append(self.suite(inner, "except", error))
        handlers = len(suites) > 1
        if handlers and self.chance(0.15):
            suites.append(self.suite(inner, "except"))
        if handlers and self.chance(0.35):
            suites.append(self.suite(inner, "else"))
        if not handlers or self.chance(0.35):
            suites.append(self.suite(inner, "finally"))
        return Node("try", suites=suites)

    def star_(self, place: Place) -> Node:
        inner, starred = place.inner(), place.inner(star=True)
        suites = [self.suite(inner)]
        for _ in range(self.random.choice((1, 1, 2))):
            suites.append(self.suite(starred, "except", self.random.choice(GROUPED)))
        if self.chance(0.3):
            suites.append(self.suite(inner, "else"))
        if self.chance(0.3):
            suites.append(self.suite(inner, "finally"))
        return Node("star", suites=suites)

    def match_(self, place: Place) -> Node:
        inner = place.inner()
        suites = []
        for _ in range(self.random.choice((1, 2, 2, 3))):
            guard = self.condition(place) if self.chance(0.25) else ""
            pattern = self.random.choice(PATTERNS + (ANYTHING if guard else ()))
            suites.append(self.suite(inner, "case", pattern, guard))
        if self.chance(0.4):
            suites.append(self.suite(inner, "case", self.random.choice(ANYTHING)))
        subject = f"v({self.number()})"
        return Node("match", subject, suites)

    def definition(self, place: Place, name: str, kind: str) -> Node:
        within = Place(kind, place.depth + 1)
        suite = self.suite(within)
        if self.chance(0.08):
            suite.body[:0] = [Node("doc", '"""Text,\n text."""')] if not suite.flat else []
        if not suite.flat and kind in ("g", "ag"):
            suite.body.append(Node("simple", f"yield s({self.number()})"))
        elif suite.flat and kind in ("g", "ag"):
            suite.body = [Node("simple", f"yield s({self.number()})")]
        word = "async def" if kind in ("a", "ag") else "def"
        text = f"{name}(d)" if self.chance(0.9) else f"{name}(\n d,\n)"
        return Node(word, text, [suite], self.decorators())

    def decorators(self) -> list[str]:
        count = self.random.choices((0, 1, 2), (8, 1, 1))[0]
        forms = [f"deco({self.number()})", f"deco(\n {self.number()})"]
        return [self.random.choice(forms) for _ in range(count)]

    def def_(self, place: Place) -> Node:
        kind = self.random.choices(("f", "g", "a"), (6, 2, 1))[0]
        return self.definition(place, f"{kind}{self.random.randint(0, 9)}", kind)

    def class_(self, place: Place) -> Node:
        suite = self.suite(Place("class", place.depth + 1))
        return Node("class", f"C{self.number()}", [suite], self.decorators())


JUMPS = ("return", "raise", "break", "continue")
