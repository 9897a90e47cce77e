"""Made-up programs for properties: every kind of statement, in every layout, with pragmas."""

from __future__ import annotations

from dataclasses import dataclass, replace

from hypothesis import strategies as st

PRAGMAS = st.sampled_from(["", "", "", "", "  # pragma: no cover", "  # pragma: no branch"])
TESTS = [
    "x",
    "not x",
    "x and y",
    "True",
    "0",
    "not False",
    "__debug__",
    "x and False",
    "not (1 and None)",
    "(x or\n{pad}  y)",
    "f(\n{pad}  x,\n{pad})",
    "[z for z in y if z]",
    "lambda: (x,\n{pad} y)",
]
SIMPLE = [
    "x = 1",
    "pass",
    "...",
    '"text"',
    '"""text\n{pad}more\n{pad}"""',
    "x = (\n{pad}  1,\n{pad}  y,\n{pad})",
    "x = lambda: (\n{pad}  y)",
    "assert x",
    "x = [z\n{pad}for z in y\n{pad}if z]",
    "x: int",
    "x: int = 1",
    "del x; y = 2",
    "import os",
    "# only a comment\n{pad}y",
    "\n{pad}x = \\\n{pad}  1\n",
    "raise ValueError",
    "raise",
]
PATTERNS = ["1", "[a, b]", "_", "(1 |\n{pad} 2)", "_ if x", "other", "1 | _", "C(a=1) as b"]


@dataclass(frozen=True)
class Place:
    """Where a statement stands: which jumps are allowed there, and how deep it is."""

    depth: int = 0
    function: bool = False
    loop: bool = False
    star: bool = False  # in an except* clause, which no jump may leave

    @property
    def pad(self) -> str:
        return "    " * self.depth

    def inner(self, *, loop: bool = False, star: bool = False) -> Place:
        star = star or (self.star and not loop)
        return replace(self, depth=self.depth + 1, loop=self.loop or loop, star=star)


@st.composite
def simple(draw: st.DrawFn, place: Place) -> str:
    choices = list(SIMPLE)
    if place.loop and not place.star:
        choices += ["break", "continue"] * 3
    if place.function:
        choices += ["yield x", "x = yield"]
        if not place.star:
            choices += ["return", "return (\n{pad}  x)"] * 2
        if place.depth == 1:
            choices.append("global g")
    return draw(st.sampled_from(choices)).replace("{pad}", place.pad)


@st.composite
def suite(draw: st.DrawFn, place: Place, break_beside: bool = True) -> str:
    """What follows the colon of a header; `place` is the suite's, one deeper.

    Without `break_beside` there is no break on the header's own line.
    """
    pragma = draw(PRAGMAS)
    if draw(st.integers(0, 5)) == 0:
        body = draw(simple(place if break_beside else replace(place, loop=False)))
        if "\n" not in body and not body.startswith("#"):
            return f" {body}{pragma}\n"
    count = draw(st.integers(1, 3))
    body = "".join(draw(statement(place)) for _ in range(count))
    docstring = draw(st.sampled_from(["", "", f'{place.pad}"""text\n\n"""\n']))
    return f"{pragma}\n{docstring}{body}"


@st.composite
def statement(draw: st.DrawFn, place: Place) -> str:
    kinds = ["simple"] * 4
    if place.depth < 4:
        kinds += ["if", "if", "for", "while", "with", "try", "match", "def", "class"]
    kind = draw(st.sampled_from(kinds))
    if kind == "simple":
        return f"{place.pad}{draw(simple(place))}{draw(PRAGMAS)}\n"
    return draw(COMPOUND[kind](place))


def _test(draw: st.DrawFn, place: Place) -> str:
    return draw(st.sampled_from(TESTS)).replace("{pad}", place.pad)


@st.composite
def if_(draw: st.DrawFn, place: Place) -> str:
    inner, pad = place.inner(), place.pad
    text = f"{pad}if {_test(draw, place)}:{draw(suite(inner))}"
    for _ in range(draw(st.integers(0, 2))):
        text += f"{pad}elif {_test(draw, place)}:{draw(suite(inner))}"
    if draw(st.booleans()):
        text += f"{pad}else:{draw(suite(inner))}"
    return text


@st.composite
def loop(draw: st.DrawFn, place: Place, head: str) -> str:
    text = f"{place.pad}{head}:{draw(suite(place.inner(loop=True)))}"
    if draw(st.integers(0, 2)) == 0:
        text += f"{place.pad}else:{draw(suite(place.inner()))}"
    return text


@st.composite
def for_(draw: st.DrawFn, place: Place) -> str:
    return draw(loop(place, "for x in y"))


@st.composite
def while_(draw: st.DrawFn, place: Place) -> str:
    return draw(loop(place, f"while {_test(draw, place)}"))


@st.composite
def with_(draw: st.DrawFn, place: Place) -> str:
    head = draw(st.sampled_from(["x", "x as y, z", "(\n{pad}  x,\n{pad}  y\n{pad})"]))
    head = head.replace("{pad}", place.pad)
    # Of `with x: break` coverage.py loses the arc; with a single way out, nobody can tell.
    return f"{place.pad}with {head}:{draw(suite(place.inner(), break_beside=False))}"


@st.composite
def try_(draw: st.DrawFn, place: Place) -> str:
    inner, pad = place.inner(), place.pad
    star = draw(st.integers(0, 3)) == 0
    text = f"{pad}try:{draw(suite(inner))}"
    handlers = draw(st.integers(0, 2))
    for number in range(handlers):
        clause = f"except{'*' if star else ''} E{number}"
        text += f"{pad}{clause}:{draw(suite(place.inner(star=star)))}"
    if handlers and draw(st.booleans()):
        text += f"{pad}else:{draw(suite(inner))}"
    if not handlers or draw(st.booleans()):
        # 3.14 warns of jumps out of finally; they are legal.
        text += f"{pad}finally:{draw(suite(inner))}"
    return text


@st.composite
def match_(draw: st.DrawFn, place: Place) -> str:
    inner = place.inner()
    text = f"{place.pad}match {_test(draw, place)}:\n"
    patterns = draw(st.lists(st.sampled_from(PATTERNS), min_size=1, max_size=3))
    for number, pattern in enumerate(patterns):
        if number < len(patterns) - 1 and pattern in ("_", "other", "1 | _"):
            pattern = "2"  # nothing may follow what always matches
        text += f"{inner.pad}case {pattern.replace('{pad}', inner.pad)}:"
        text += draw(suite(inner.inner()))
    return text


@st.composite
def definition(draw: st.DrawFn, place: Place, head: str, inner: Place) -> str:
    decorators = draw(st.sampled_from(["", "", "@x\n", "@x\n{pad}@y(\n{pad}  1,\n{pad})\n"]))
    text = "".join(f"{place.pad}{line}" for line in [decorators] if line)
    return f"{text.replace('{pad}', place.pad)}{place.pad}{head}:{draw(suite(inner))}"


@st.composite
def def_(draw: st.DrawFn, place: Place) -> str:
    signature = draw(
        st.sampled_from(["()", "(a, b: int)", "(\n{pad}  a,\n{pad}  b=1,\n{pad}) -> x"])
    )
    head = f"def f{signature.replace('{pad}', place.pad)}"
    return draw(definition(place, head, Place(depth=place.depth + 1, function=True)))


@st.composite
def class_(draw: st.DrawFn, place: Place) -> str:
    return draw(definition(place, "class C", Place(depth=place.depth + 1)))


COMPOUND = {
    "if": if_,
    "for": for_,
    "while": while_,
    "with": with_,
    "try": try_,
    "match": match_,
    "def": def_,
    "class": class_,
}


@st.composite
def programs(draw: st.DrawFn) -> str:
    count = draw(st.integers(1, 5))
    return "".join(draw(statement(Place())) for _ in range(count))
