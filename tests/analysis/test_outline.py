"""Big files in pieces: the same facts as of the whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from cov_analysis import AnalysisError, NotPython, Source
from cov_analysis.outline import outline, piece_starts
from cov_analysis.scanning import logical_texts
from cov_analysis.statements import docstring_lines

ROOT = Path(__file__).resolve().parents[2]

MODULE = '''\
"""A module."""
from __future__ import annotations
import os
@decorator
@another(
    1)
def f(x: int) -> str:
    """A function."""
    return x
if os:
    y = 1

class A:
    z: int
    def g(self):
        raise ValueError
async def h():
    while True:
        pass
x = f(
    1)
'''


def starts(text: str, piece: int = 1) -> list[int] | None:
    source = Source("a.py", text)
    texts = logical_texts(source.text)
    assert texts is not None
    return piece_starts(source, texts, piece)


def test_a_module_is_cut_before_its_functions_and_classes() -> None:
    assert starts(MODULE) == [4, 13, 17]
    assert starts(MODULE, 150) == [13]
    assert starts(MODULE, 1000) == []


@pytest.mark.parametrize(
    "line",
    [
        "raise ValueError",
        "if x: raise ValueError",
        "if x:\n    raise ValueError",
        "while True:\n    pass",
        "assert False",
        "global y",
        "y: int = 1",
        "if x:\n    y: int",
        "match x:\n    case _:\n        raise ValueError",
    ],
)
def test_a_module_that_may_end_early_is_read_as_a_whole(line: str) -> None:
    assert starts(f"x = 1\n{line}\ndef f():\n    return 1\nx = 2\n") is None


def test_a_docstring_is_no_pieces_first_statement() -> None:
    source = Source("a.py", 'def f(): pass\n"no docstring"\ndef g():\n    "one"\n    return 1\n')
    assert docstring_lines(outline(source, 1).tree) == {4}


@pytest.mark.parametrize(
    "line", ["try:\n    x", "return 1", "def g(a, a): pass", "@f\ny = 1", "x = "]
)
def test_errors_are_those_of_the_whole(line: str) -> None:
    text = f"def f():\n    return 1\n\n{line}\ndef h():\n    return 1\n"
    said = []
    for piece in (1, 1000):
        with pytest.raises(NotPython) as caught:
            outline(Source("a.py", text), piece)
        said.append((caught.value.line, caught.value.reason))
    assert said[0] == said[1]


@pytest.mark.parametrize("folder", ["packages", "tests", "tools", "benchmarks"])
def test_pieces_say_what_the_whole_says(folder: str) -> None:
    cut = 0
    for path in (ROOT / folder).rglob("*.py"):
        source = Source.read(path)
        try:
            whole = outline(source, len(source.text) + 1)
        except AnalysisError:
            continue
        found = outline(Source.read(path), 1)
        assert found.code_lines == whole.code_lines, path
        assert docstring_lines(found.tree) == docstring_lines(whole.tree), path
        texts = logical_texts(source.text)
        cut += bool(texts and piece_starts(source, texts, 1))
    assert cut
