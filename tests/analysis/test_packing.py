"""Facts to bytes and back."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.cases import CASES

from cov_analysis import AnalysisError, Source, analyze
from cov_analysis.packing import (
    length,
    pack,
    pack_arcs,
    pack_lines,
    unpack,
    unpack_arcs,
    unpack_lines,
)

LINES = st.sets(st.integers(-(2**30), 2**30))


@pytest.mark.parametrize("folder", sorted(CASES.iterdir()), ids=lambda path: path.name)
def test_all_facts_come_back(folder: Path) -> None:
    for path in folder.glob("*.py"):
        try:
            facts = analyze(Source.read(path))
        except AnalysisError:  # newer syntax than this Python has
            continue
        packed = pack(facts)
        again = unpack(str(path), packed)
        assert again == facts
        assert again.regions == facts.regions
        assert again.notes == facts.notes
        assert length(packed) == facts.length
        assert pack(again) == packed


def test_a_file_without_anything_has_facts_too() -> None:
    facts = analyze(Source("a.py", ""))
    assert unpack("a.py", pack(facts)) == facts


def test_the_path_is_not_among_the_bytes() -> None:
    text = "def f():\n    return 1\n"
    assert pack(analyze(Source("a.py", text))) == pack(analyze(Source("b.py", text)))


@given(LINES)
def test_lines_come_back(lines: set[int]) -> None:
    assert set(unpack_lines(pack_lines(lines))) == lines


@given(st.sets(st.tuples(st.integers(-(2**29), 2**29), st.integers(-(2**29), 2**29))))
def test_arcs_come_back(arcs: set[tuple[int, int]]) -> None:
    assert set(unpack_arcs(pack_arcs(arcs))) == arcs
