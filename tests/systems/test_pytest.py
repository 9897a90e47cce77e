"""pytest that spreads tests over workers, or runs each in a fork; some of them end the process.

package          3.11   3.12   3.13   3.14   3.15
pytest           yes    yes    yes    yes    yes
pytest-xdist     yes    yes    yes    yes    yes
pytest-forked    yes    yes    yes    yes    yes
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Sequence

import pytest
from support.program import Outcome, Program
from systems.service import MEASURE, check

pytestmark = pytest.mark.skipif(os.name == "nt", reason="fork and signals")

SHOP = """
def price(amount, each=3):
    if amount < 0:
        raise ValueError(amount)
    if amount > 99:
        return amount * (each - 1)  # not run
    return amount * each

def only_before_the_end():
    return 1

import ctypes, os
"""

LAST_WORDS = {
    "exit": "os._exit(5)",
    "kill": "os.kill(os.getpid(), 9)",
    "crash": "ctypes.string_at(0)",
}

PASSES = """
import pytest, shop

@pytest.fixture
def basket():
    yield [1, 2]
    shop.price(0)

@pytest.mark.parametrize("amount", range(8))
def test_price(amount, basket):
    assert shop.price(amount) == 3 * amount

def test_error():
    with pytest.raises(ValueError):
        shop.price(-1)

def test_fails():
    assert shop.price(1) == 4
    shop.price(2)  # not run
"""

ENDS = """
import pytest, shop

def test_that_passes_first():
    assert shop.only_before_the_end() == 1

@pytest.mark.parametrize("end", {ends})
def test_that_ends_the_process(end):
    getattr(shop, end)()
    print("never")  # not run
"""


def write(program: Program, ends: Sequence[str]) -> list[str]:
    ways = [f"def {end}():\n    {LAST_WORDS[end]}\n    return 0  # not run\n" for end in ends]
    program.write("shop.py", SHOP + "\n".join(ways))
    program.write("test_passes.py", PASSES)
    program.write("test_ends.py", ENDS.format(ends=list(ends)))
    return ["shop.py", "test_ends.py", "test_passes.py"]


def run(program: Program, *words: str) -> Outcome:
    """Run `python words`; once more if it hangs: a hang that is of our making comes again."""
    try:
        return program.plain(*words)
    except subprocess.TimeoutExpired:
        program.cov("erase")
        return program.plain(*words)


def said(outcome: Outcome) -> tuple[int, list[str], list[str]]:
    """Exit status, result of each test, and the counts, without times and in an order."""
    results = re.findall(r"^(?:PASSED|FAILED|ERROR) \S+", outcome.out, re.MULTILINE)
    counts = re.findall(r"\d+ (?:passed|failed|error)", outcome.out.splitlines()[-1])
    return outcome.code, sorted(results), counts


FLAGS = ["-rA", "-p", "no:cacheprovider", "-p", "no:faulthandler"]


# A worker that ends is replaced. One in a run: where three ended, pytest-xdist was seen to wait for
# ever, twice, without us. In a fork of its own each test may end as it likes.
WAYS = [("-n 2", [end]) for end in LAST_WORDS]
WAYS += [(how, [*LAST_WORDS]) for how in ("--forked", "-n 2 --forked")]


@pytest.mark.parametrize(("how", "ends"), WAYS, ids=lambda words: "".join(words).replace(" ", ""))
def test_lines_of_all_tests_count_although_some_end_their_process(
    how: str, ends: list[str], program: Program
) -> None:
    files = write(program, ends)
    words = ["-m", "pytest", *FLAGS, *how.split()]
    plain = said(run(program, *words))
    assert plain[0] == 1
    assert said(run(program, *MEASURE, *words)) == plain
    check(program, files)
