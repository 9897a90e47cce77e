"""The same facts and numbers as coverage.py 7.17.3, on real files and on made-up programs."""

from __future__ import annotations

import sysconfig
from pathlib import Path

import coverage
import pytest
from analysis import differential, differential_results
from analysis.programs import programs
from hypothesis import HealthCheck, given, settings

from cov_analysis import Exclusions

STDLIB = Path(sysconfig.get_path("stdlib"))
# Of every kind: old and new style, deep classes, decorators, async, match, long tables.
MODULES = [
    "argparse.py",
    "ast.py",
    "asyncio/tasks.py",
    "collections/__init__.py",
    "contextlib.py",
    "enum.py",
    "functools.py",
    "inspect.py",
    "json/decoder.py",
    "pathlib/__init__.py",
    "pathlib.py",
    "re/_parser.py",
    "shutil.py",
    "tarfile.py",
    "tomllib/_parser.py",
    "traceback.py",
    "zipfile/__init__.py",
]
FILES = [STDLIB / name for name in MODULES if (STDLIB / name).exists()]
ROOT = Path(__file__).resolve().parents[2]
OURS = sorted((ROOT / "packages").glob("*/src/**/*.py"))

PLENTY = settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


@pytest.fixture(scope="module")
def cov() -> coverage.Coverage:
    return coverage.Coverage(data_file=None, branch=True, config_file=False)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(STDLIB)))
def test_the_facts_of_a_module_of_the_standard_library(path: Path, cov: coverage.Coverage) -> None:
    assert differential.differences(path, cov, Exclusions()) == []


def test_the_facts_of_our_own_modules(cov: coverage.Coverage) -> None:
    assert OURS
    found = [differential.differences(path, cov, Exclusions()) for path in OURS]
    assert [line for lines in found for line in lines] == []


def test_other_patterns_exclude_the_same() -> None:
    theirs = coverage.Coverage(data_file=None, branch=True, config_file=False)
    patterns = ["raise", r"^\s*@", r"self$", r",$", "else:", r"(?s:\"\"\"[^\"]*\"\"\")"]
    theirs.set_option("report:exclude_lines", patterns)
    theirs.set_option("report:partial_branches", ["if .* and"])
    exclusions = Exclusions(exclude=patterns, partial=["if .* and"])
    found = [differential.differences(path, theirs, exclusions) for path in FILES[:6]]
    assert [line for lines in found for line in lines] == []


@pytest.mark.parametrize("path", FILES[:6], ids=lambda path: str(path.relative_to(STDLIB)))
def test_the_results_of_a_module_of_the_standard_library(path: Path, tmp_path: Path) -> None:
    # A copy, since coverage.py keeps no records of the library itself.
    copy = tmp_path / "module.py"
    copy.write_bytes(path.read_bytes())
    assert differential_results.differences(copy, seed=1) == []


@PLENTY
@given(text=programs())
def test_the_facts_of_made_up_programs(text: str, cov: coverage.Coverage, tmp_path: Path) -> None:
    path = tmp_path / "program.py"
    path.write_text(text)
    assert differential.differences(path, cov, Exclusions()) == []


@settings(PLENTY, max_examples=25)
@given(text=programs())
def test_the_results_of_made_up_programs(text: str, tmp_path: Path) -> None:
    path = tmp_path / "program.py"
    path.write_text(text)
    assert differential_results.differences(path, seed=len(text)) == []
