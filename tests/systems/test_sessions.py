"""nox and tox: sessions that run tests, in this environment and in environments of their own.

package    3.11   3.12   3.13   3.14   3.15
nox        yes    yes    yes    yes    yes
tox        yes    yes    yes    yes    yes
"""

from __future__ import annotations

import re
import sys

from support.program import Program
from systems.service import MEASURE, check

SHOP = """
def price(amount, each=3):
    if amount < 0:
        raise ValueError(amount)
    return amount * each

def unused():
    return 1  # not run
"""

TESTS = """
import pytest, shop

def test_price():
    assert shop.price(2) == 6

def test_error():
    with pytest.raises(ValueError):
        shop.price(-1)

def test_fails():
    assert shop.price(1) == 4
    shop.price(2)  # not run
"""

NOXFILE = """
import sys
import nox

@nox.session(python=False)
def tests(session):
    session.run(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *session.posargs)

@nox.session(python=False, default=False)
def unused(session):
    session.run("never")  # not run
"""

# tox passes on next to nothing of its environment.
TOX = """
[tox]
no_package = true
[testenv]
allowlist_externals = {python}
commands_pre = {before}
commands = python work.py {{posargs}}
"""

WORK = """
import sys
import shop

print("price", shop.price(int(sys.argv[1])), sys.prefix == sys.base_prefix)
if len(sys.argv) > 2:
    print("never")  # not run
sys.exit(3)
"""


def test_tests_that_nox_runs_in_this_environment_are_measured(program: Program) -> None:
    program.write("shop.py", SHOP)
    program.write("noxfile.py", NOXFILE)
    program.write("test_shop.py", TESTS)
    words = ["-m", "nox", "--", "-rA"]
    plain, measured = program.plain(*words), program.plain(*MEASURE, *words)
    assert measured.code == plain.code == 1
    for outcome in (plain, measured):
        assert "1 failed, 2 passed" in outcome.out
    check(program, ["noxfile.py", "shop.py", "test_shop.py"])


def run_tox(program: Program, before: str = "") -> None:
    """Run a script with tox in an environment of its own, plain and measured."""
    program.write("tox.ini", TOX.format(python=sys.executable, before=before))
    program.write("work.py", WORK)
    program.write("shop.py", SHOP)
    # What virtualenv knows of an interpreter, it shares with all others of this user, who may
    # renew it in between: tox would then start that interpreter to ask it, once more than here.
    env = {"VIRTUALENV_OVERRIDE_APP_DATA": str(program.root / "virtualenv")}
    # On a CI box tox starts a pip of the environment, too, to list what is installed.
    words = ["-m", "tox", "-e", "py", "--no-list-dependencies", "--", "2"]
    for outcome in (program.plain(*words, env=env), program.plain(*MEASURE, *words, env=env)):
        assert outcome.code == 3, outcome
        assert "price 6 False" in outcome.out


def test_an_environment_of_tox_with_the_hook_is_measured(program: Program) -> None:
    run_tox(program, f"{sys.executable} -m cov_cli hook install --python {{envpython}}")
    program.write(
        "shop.py", SHOP.replace("raise ValueError(amount)", "raise ValueError(amount)  # not run")
    )
    check(program, ["shop.py", "work.py"])


def test_of_an_environment_of_tox_without_the_hook_the_report_tells(program: Program) -> None:
    run_tox(program)
    for path in (program.root / "shop.py", program.root / "work.py"):
        path.write_text(re.sub(r"(\S)$", r"\1  # not run", path.read_text(), flags=re.MULTILINE))
    silent = r"\S*python work.py 2, from \S+: its Python has no cov hook.*"
    check(program, ["shop.py", "work.py"], silent)
