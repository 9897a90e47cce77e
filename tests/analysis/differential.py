"""Compare our facts with coverage.py's, file by file. A script, not a test:

    PYTHONPATH=tests python tests/analysis/differential.py FOLDER_OR_FILE...

Prints each differing fact and a summary; exit code 1 when anything differs. What explained.py says
docs/differences.md is about is printed, too, but does not count. `--exclude REGEX` and `--partial
REGEX`, any number of times, replace the default patterns in both tools; `--jobs N` compares in so
many processes.
"""

from __future__ import annotations

import argparse
import sys
import warnings
from collections.abc import Iterator, Set
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import coverage
from analysis.explained import explained_lines, hidden_lines
from coverage.exceptions import CoverageException
from coverage.python import PythonFileReporter

from cov_analysis import AnalysisError, Exclusions, Source, SourceFacts, analyze

Table = dict[str, Any]

EXPLAINED = "explained: "
PORTION = 20  # files that a process compares at a time


def theirs(path: Path, cov: coverage.Coverage) -> Table | str | None:
    """The facts as coverage.py's file reporter states them, or why it states none, or None."""
    try:
        reporter = PythonFileReporter(str(path), cov)
        return {
            "statements": set(reporter.lines()),
            "excluded": set(reporter.excluded_lines()),
            "arcs": set(reporter.arcs()),
            "exit_counts": dict(reporter.exit_counts()),
            "no_branch": set(reporter.no_branch_lines()),
            "regions": sorted(
                (one.kind, one.name, one.start, sorted(one.lines))
                for one in reporter.code_regions()
            ),
        }
    except AssertionError:
        return None  # its own, on a with whose body leaves no code
    except (CoverageException, SyntaxError, LookupError, RecursionError, ValueError) as error:
        return f"{type(error).__name__}: {error}"


def facts_table(facts: SourceFacts) -> Table:
    return {
        "statements": set(facts.statements),
        "excluded": set(facts.excluded),
        "arcs": set(facts.arcs),
        "exit_counts": dict(facts.exit_counts),
        "no_branch": set(facts.no_branch),
        "regions": sorted(
            (one.kind, one.name, one.start, sorted(one.lines)) for one in facts.regions
        ),
    }


def ours(path: Path, exclusions: Exclusions) -> Table | str:
    try:
        return facts_table(analyze(Source.read(path), exclusions))
    except AnalysisError as error:
        return f"{type(error).__name__}: {error}"


def differences(path: Path, cov: coverage.Coverage, exclusions: Exclusions) -> list[str]:
    """One line for each fact that differs and is not explained; empty when both agree."""
    return [one for one in all_differences(path, cov, exclusions) if not one.startswith(EXPLAINED)]


def all_differences(path: Path, cov: coverage.Coverage, exclusions: Exclusions) -> list[str]:
    """The same, and with EXPLAINED in front what docs/differences.md explains."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the compiler's, of code that is nobody's here
        return _differences(path, cov, exclusions)


def _differences(path: Path, cov: coverage.Coverage, exclusions: Exclusions) -> list[str]:
    want, got = theirs(path, cov), ours(path, exclusions)
    if want is None:
        return []
    if isinstance(want, str) or isinstance(got, str):
        return [] if type(want) is type(got) else [f"{path}: want {want!s:.200} got {got!s:.200}"]
    source = Source.read(path)
    hidden = hidden_lines(source)
    ways = explained_lines(source) | hidden
    explained = _apart(path, _only(want, ways, hidden), _only(got, ways, hidden))
    for table in (want, got):
        lines = {*table["statements"], *table["exit_counts"], *dict(table["arcs"])}
        table |= _only(table, lines - ways, lines - hidden)
    return [*_apart(path, want, got), *(EXPLAINED + one for one in explained)]


def _only(table: Table, ways: Set[int], lines: Set[int]) -> Table:
    """What the facts say of the ways that begin on some lines, and of which lines there are."""
    counts = table["exit_counts"]
    return {
        "statements": table["statements"] & lines,
        "arcs": {arc for arc in table["arcs"] if arc[0] in ways},
        "exit_counts": {line: counts[line] for line in counts if line in ways},
    }


def _apart(path: Path, want: Table, got: Table) -> list[str]:
    return [
        f"{path}: {name}: {_difference(want[name], got[name])}"
        for name in want
        if want[name] != got[name]
    ]


def _difference(want: Any, got: Any) -> str:
    if isinstance(want, set):
        return f"only theirs {sorted(want - got)[:8]}, only ours {sorted(got - want)[:8]}"
    if isinstance(want, dict):
        want, got = list(want.items()), list(got.items())
    only_theirs = [one for one in want if one not in got]
    return f"only theirs {only_theirs[:4]}, only ours {[one for one in got if one not in want][:4]}"


def python_files(roots: list[str]) -> Iterator[Path]:
    for root in map(Path, roots):
        yield from sorted(root.rglob("*.py")) if root.is_dir() else [root]


def comparer(
    exclude: list[str] | None, partial_branches: list[str] | None
) -> tuple[coverage.Coverage, Exclusions]:
    """Both tools with these patterns; None is for the default ones."""
    cov = coverage.Coverage(data_file=None, branch=True, config_file=False)
    for name, value in (("exclude_lines", exclude), ("partial_branches", partial_branches)):
        if value is not None:
            cov.set_option(f"report:{name}", value)
    return cov, Exclusions(exclude=exclude, partial=partial_branches)


def compare_all(
    paths: list[Path], exclude: list[str] | None, partial_branches: list[str] | None
) -> list[list[str]]:
    """The differences of each file."""
    cov, exclusions = comparer(exclude, partial_branches)
    return [all_differences(path, cov, exclusions) for path in paths]


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--exclude", action="append")
    parser.add_argument("--partial", action="append")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("roots", nargs="+")
    options = parser.parse_args(arguments)
    paths = list(python_files(options.roots))
    portions = [paths[start : start + PORTION] for start in range(0, len(paths), PORTION)]
    work = partial(compare_all, exclude=options.exclude, partial_branches=options.partial)
    differing = explained = 0
    with ProcessPoolExecutor(options.jobs) as pool:
        for found in (each for portion in pool.map(work, portions) for each in portion):
            known = sum(one.startswith(EXPLAINED) for one in found)
            differing += len(found) > known
            explained += known > 0
            print(*found, sep="\n", end="\n" if found else "")
    version = ".".join(map(str, sys.version_info[:3]))
    print(f"{version}: {len(paths)} files compared, {differing} differ, {explained} as explained")
    return int(differing > 0)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
