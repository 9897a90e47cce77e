"""Facts as one value."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys

from cov_analysis import Branch, Source, analyze


def test_branches_are_listed_with_the_ways_that_count() -> None:
    text = """\
def f(x):
    if x:
        return 1
    while x:  # pragma: no branch
        pass
    for i in x:
        y = 1  # pragma: no cover
"""
    assert analyze(Source("a.py", text)).branches == (
        Branch(2, (3, 4), forgiven=False),
        Branch(4, (5, 6), forgiven=True),
    )


def test_exits_come_after_lines() -> None:
    (branch,) = analyze(Source("a.py", "x\nif x:\n    y\n")).branches
    assert branch.targets == (3, -1)


def test_an_empty_file_has_no_statements_and_one_arc() -> None:
    facts = analyze(Source("a.py", ""))
    assert facts.statements == facts.excluded == facts.branch_lines == set()
    assert facts.arcs == {(1, -1)}


def test_facts_can_be_pickled() -> None:
    facts = analyze(Source("a.py", "def f(x):\n    if x:\n        with y:\n            z\n"))
    assert pickle.loads(pickle.dumps(facts)) == facts


def test_docstrings_are_listed() -> None:
    facts = analyze(Source("a.py", '"""a\nb"""\ndef f():\n    "c"\n    x\n'))
    assert facts.docstrings == {1, 2, 4}


def test_lines_that_continue_statements_are_mapped() -> None:
    facts = analyze(Source("a.py", "x = [\n    1,\n]\n"))
    assert facts.first_lines == {2: 1, 3: 1}


TWO_WAYS = """
def f(x, y):
    for i in x:
        with y:
            if x: y()
            x = i
    if x: y()
    return x
"""


def test_notes_come_in_the_same_order_in_every_run() -> None:
    """Ways are kept in sets, whose order depends on how strings are hashed."""
    program = (
        "from cov_analysis import Source, analyze\n"
        f"facts = analyze(Source('a.py', {TWO_WAYS!r}))\n"
        "print(sorted(facts.notes.items()), sorted(facts.withs.items()))"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": str(seed)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in range(1, 7)
    }
    assert len(said) == 1
    assert "), Note(" in said.pop()
