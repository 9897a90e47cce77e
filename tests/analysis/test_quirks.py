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
    assert "annotate" not in [quirk.name for quirk in active((3, 13))]
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


def test_a_dropped_function_is_dropped_whatever_follows() -> None:
    # 3.11 keeps its code if a constant is needed after it.
    dropped = "if 0:\n    def f():\n        return 1\n"
    for following in ("x = y\n", "x = 2\n", "if x:\n    y = 'text'\n"):
        facts = analyze(Source("a.py", dropped + following))
        assert facts.statements & {2, 3} == set()
        assert 4 in facts.statements


def test_a_dropped_function_is_dropped_if_it_is_the_first_constant() -> None:
    text = "def f(x):\n    return x\n    def g():\n        return 1\n"
    assert sorted(analyze(Source("a.py", text)).statements) == [1, 2]


def test_what_is_used_is_kept() -> None:
    text = "@a\n@b\ndef f(x=lambda: 1):\n    return [\n        y for y in\n        x]\n"
    text += "class C(\n    d):\n    e = {\n        k: 1 for k in\n        x}\n"
    assert sorted(analyze(Source("a.py", text)).statements) == [1, 2, 3, 4, 7, 9]


@pytest.mark.skipif(sys.version_info < (3, 12), reason="syntax of 3.12")
def test_what_makes_type_parameters_is_kept() -> None:
    text = "@a\n@b\ndef f[\n    T: (x, y)\n]():\n    return 1\n"
    text += "@a(\n    b)\nclass C[\n    T: (lambda: 1)\n]:\n    def g[T](self):\n        return 2\n"
    text += "type X[T] = (\n    T)\n"
    assert sorted(analyze(Source("a.py", text)).statements) == [1, 2, 3, 6, 7, 9, 12, 13, 14]
