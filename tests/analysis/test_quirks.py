"""The list of differences between source and compiler."""

from __future__ import annotations

import sys

import pytest

from cov_analysis import Source, analyze
from cov_analysis.quirks import QUIRKS, active
from cov_analysis.quirks.model import Quirk


def test_a_quirk_applies_from_its_first_to_its_last_version() -> None:
    quirk = Quirk("name", since=(3, 12), until=(3, 13), sample="x", link="")
    applies = [quirk.applies((3, minor)) for minor in (11, 12, 13, 14)]
    assert applies == [False, True, True, False]


def test_a_quirk_without_an_end_still_applies() -> None:
    quirk = Quirk("name", since=(3, 14), until=None, sample="x", link="")
    assert [quirk.applies((3, minor)) for minor in (13, 14, 99)] == [False, True, True]


def test_lazy_annotations_are_active_from_3_14() -> None:
    assert [quirk.name for quirk in active((3, 13))] == []
    assert "annotate" in [quirk.name for quirk in active((3, 14))]


@pytest.mark.parametrize("quirk", QUIRKS, ids=lambda quirk: quirk.name)
def test_the_sample_of_a_quirk_compiles(quirk: Quirk) -> None:
    assert analyze(Source(quirk.name, quirk.sample)).statements
    assert quirk.link.startswith("https://")


@pytest.mark.skipif(sys.version_info < (3, 14), reason="annotations run at once before 3.14")
def test_the_code_the_compiler_makes_of_annotations_is_no_statement() -> None:
    facts = analyze(Source("a.py", "class C:\n    x: int\n    y: str\n    z = 1\n"))
    assert sorted(facts.statements) == [1, 4]


def test_a_function_somebody_called_annotate_is_one_like_others() -> None:
    # coverage.py drops its lines although they run.
    text = "class C:\n    @x\n    def __annotate__(self):\n        y = 1\n        return y\n"
    assert sorted(analyze(Source("a.py", text)).statements) == [1, 2, 3, 4, 5]
