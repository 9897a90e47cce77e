"""Logical lines by scanning: as the tokenizer has them, or None where it has to be asked."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cov_analysis import AnalysisError, Source
from cov_analysis.scanning import logical_texts
from cov_analysis.tokens import layout, tokenized

ROOT = Path(__file__).resolve().parents[2]

TOLD = {
    "a bracket over lines": "f(1,\n  2)\nx = 1\n",
    "brackets in brackets": "f([1,\n  {2: (3,\n 4)}], g(5))\nx = 1\n",
    "a bracket closed behind a comment": "f(1, # )\n  2)\n",
    "a string over lines": 'x = """a\n"b" \'\'\' \\"""\n"""\ny = 2\n',
    "quotes around a line's end in a string": 'x = """a "b\nc" d"""\ny = (\n)\n',
    "a string with another's quotes": "x = \"it's\"; y = '\"'\nz = 3\n",
    "a hash in a string": "x = '#'; y = (\n'#')\n",
    "a backslash in a string": "x = 'a\\\nb'\ny = 'a\\\\'\nz = (\n)\n",
    "a raw string": "x = r'\\d'; y = (\n)\n",
    "a backslash at a line's end": "x = 1 + \\\n    2\ny = x \\\n    .real\n",
    "an empty string": "x = ''; y = \"\"; z = (\n)\n",
    "a colon over lines": "if f(\n  1): x = 1\nif (a\n  ): x = {1: 2,\n 3: 4}\n",
    "a walrus": "if x := f(\n1): pass\nwhile x := 0: pass\n",
    "a lambda": "f = lambda x: (x,\n1)\n",
    "indentation": "if x:\n  if y:\n      z = 1\n  w = 1\nelif (\nx):\n\tz = 1\nelse: y = 1\n",
    "tabs and blanks": "if x:\n        if y:\n\t    z = (\n1)\n\tw = 1\nv = 1\n",
    "blank lines": "\n# a\nif x:  # b\n\n    # c\n  y = 1\n  # d\n\nz = (\n\n# e\n1)\n",
    "keywords before quotes": "x = 1 if'a'in'b'else\"{\"\ny = (\n)\n",
    "an f-string": "x = f'{a} {{}} {b!r:>{w}}'; y = (\n)\n",
    "quotes in a field": 'x = f\'{d["a"]}{", ".join(y)}\'; y = (\n)\n',
    "an f-string over lines": 'x = f"""{a[\'b\']} {\na}\n{{\n"""\ny = 1\n',
    "an f-string with a name in it": "x = f'\\N{DIGIT ONE}{a}'\ny = (\n)\n",
}

HARD = {
    "the same quotes in a field": "x = f'{d['a']}'\ny = (\n)\n",
    "a bracket in quotes in a field": "x = f'{\"{\"}'\ny = 1\n",
    "fields over lines": "x = f'{\na}'\ny = 1\n",
    "a comment in a field": "x = f'''{\na # '''\n}'''\ny = 1\n",
    "braces and quotes": "x = f'{'}' + d['a']}'\ny = 1\n",
    "a backslash before nothing": "x = 1 \\\n\ny = 2\n",
    "a backslash after nothing": "\\\nx = 1\nif x:\n    \\\n    y = 2\n",
}


def assert_as_tokenized(text: str) -> None:
    source = Source("a.py", text)
    try:
        expected = tokenized(source)
    except AnalysisError:
        return
    found = layout(source)
    assert found.firsts == expected.firsts
    assert found.logical == expected.logical


@pytest.mark.parametrize("text", TOLD.values(), ids=TOLD)
def test_lines_are_told_without_tokens(text: str) -> None:
    assert logical_texts(text) is not None
    assert_as_tokenized(text)


@pytest.mark.parametrize("text", HARD.values(), ids=HARD)
def test_where_it_is_hard_the_tokenizer_is_asked(text: str) -> None:
    # Before 3.12 an f-string ends at the next quotes of its kind, like any other.
    if sys.version_info >= (3, 12) or "f'" not in text:
        assert logical_texts(text) is None
    assert_as_tokenized(text)


@pytest.mark.parametrize("folder", ["packages", "tests", "tools", "benchmarks"])
def test_our_own_files_have_the_lines_that_the_tokenizer_sees(folder: str) -> None:
    paths = [path for path in (ROOT / folder).rglob("*.py") if compiles(path)]
    scanned = [path for path in paths if logical_texts(Source.read(path).text) is not None]
    assert len(scanned) > 0.9 * len(paths)
    for path in scanned:
        assert_as_tokenized(Source.read(path).text)


def compiles(path: Path) -> bool:
    try:
        _ = Source.read(path).code
    except AnalysisError:
        return False
    return True


PIECES = st.sampled_from(
    ["'", '"', "'''", '"""', "f", "rb", "\\", "\n", "\n    ", " ", "#", "{", "}", "{{", "}}", "(",
     ")", "[", "]", ":", ":=", "x", "if x", "1", ",", "=", "!r", "N"]
)  # fmt: skip


@settings(max_examples=2000)
@given(st.lists(PIECES, max_size=14).map("".join))
def test_whatever_compiles_has_the_lines_that_the_tokenizer_sees(text: str) -> None:
    source = Source("a.py", f"x = 1\n{text}\ny = (\nx)\n")
    try:
        _ = source.code
    except AnalysisError:
        return
    assert_as_tokenized(source.text)
