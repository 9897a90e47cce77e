"""pytest that spreads tests over workers, or runs each in a fork; some of them end the process.

package          3.11   3.12   3.13   3.14   3.15
pytest           yes    yes    yes    yes    yes
pytest-xdist     yes    yes    yes    yes    yes
pytest-forked    yes    yes    yes    yes    yes
"""

from __future__ import annotations

import os
import re

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

def last_words(how):
    if how == "exit":
        os._exit(5)
        return 5  # not run
    if how == "kill":
        os.kill(os.getpid(), 9)
        return 9  # not run
    ctypes.string_at(0)
    return 11  # not run

def only_before_the_end():
    return 1

import ctypes, os
"""

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

@pytest.mark.parametrize("how", ["exit", "kill", "crash"])
def test_that_ends_the_process(how):
    shop.last_words(how)
    print("never")  # not run
"""


def write(program: Program) -> list[str]:
    program.write("shop.py", SHOP)
    program.write("test_passes.py", PASSES)
    program.write("test_ends.py", ENDS)
    return ["shop.py", "test_ends.py", "test_passes.py"]


def said(outcome: Outcome) -> tuple[int, list[str], list[str]]:
    """Exit status, result of each test, and the counts, without times and in an order."""
    results = re.findall(r"^(?:PASSED|FAILED|ERROR) \S+", outcome.out, re.MULTILINE)
    counts = re.findall(r"\d+ (?:passed|failed|error)", outcome.out.splitlines()[-1])
    return outcome.code, sorted(results), counts


FLAGS = ["-rA", "-p", "no:cacheprovider", "-p", "no:faulthandler"]


@pytest.mark.parametrize("how", ["-n 2", "--forked", "-n 2 --forked"])
def test_lines_of_all_tests_count_although_some_end_their_process(
    how: str, program: Program
) -> None:
    files = write(program)
    words = ["-m", "pytest", *FLAGS, *how.split()]
    plain = said(program.plain(*words))
    assert plain[0] == 1
    assert said(program.plain(*MEASURE, *words)) == plain
    check(program, files)
