"""Compare our results with coverage.py's on made-up records. A script, not a test:

    PYTHONPATH=tests python tests/analysis/differential_results.py FOLDER...

Records are a random half of each file's possible arcs, their lines, and noise. Prints what differs
in the JSON report, regions included, and a summary; exit code 1 when anything differs.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
import warnings
from pathlib import Path
from typing import Any

import coverage
from analysis.explained import explained_lines
from coverage.exceptions import CoverageException

from cov_analysis import AnalysisError, FileResult, Source, SourceFacts, analyze, measure

Arcs = set[tuple[int, int]]

FILE_KEYS = (
    "executed_lines",
    "missing_lines",
    "excluded_lines",
    "executed_branches",
    "missing_branches",
    "summary",
)
SUMMARY_KEYS = (
    "covered_lines",
    "num_statements",
    "missing_lines",
    "excluded_lines",
    "num_branches",
    "num_partial_branches",
    "covered_branches",
    "missing_branches",
    "percent_covered",
)


def made_up_arcs(facts: SourceFacts, chance: random.Random) -> Arcs:
    """A half of the possible arcs, here and there on continuation lines, and impossible ones."""
    inner: dict[int, list[int]] = {}
    for line, first in facts.first_lines.items():
        inner.setdefault(first, [first]).append(line)
    arcs = {
        (chance.choice(inner.get(a, [a])), chance.choice(inner.get(b, [b])))
        for a, b in sorted(facts.arcs)
        if chance.random() < 0.5
    }
    lines = sorted({line for arc in facts.arcs for line in arc if line > 0})
    noise = {(chance.choice(lines), chance.choice(lines)) for _ in range(len(lines) // 4)}
    # Lines that are forgiven run, since those that do not are counted in another way (LIM-33).
    arcs |= {(line, line) for line in facts.no_branch}
    # Arcs made up in a file with withs might read as ways through them.
    return arcs if facts.withs else arcs | (noise - facts.arcs)


def as_json(result: FileResult) -> dict[str, Any]:
    """A result in the shape of coverage.py's JSON report."""
    totals = result.totals
    return {
        "executed_lines": sorted(result.executed),
        "missing_lines": sorted(result.missing),
        "excluded_lines": sorted(result.excluded),
        "executed_branches": _pairs(result.executed_branches),
        "missing_branches": _pairs(result.missing_branches),
        "summary": {
            "covered_lines": totals.executed,
            "num_statements": totals.statements,
            "missing_lines": totals.missing,
            "excluded_lines": totals.excluded,
            "num_branches": totals.branches,
            "num_partial_branches": totals.partial_branches,
            "covered_branches": totals.covered_branches,
            "missing_branches": totals.missing_branches,
            "percent_covered": totals.percent,
        },
    }


def _pairs(branches: dict[int, list[int]]) -> list[list[int]]:
    return sorted([line, target] for line, targets in branches.items() for target in targets)


def expected(table: dict[str, Any]) -> dict[str, Any]:
    kept = {key: table[key] for key in FILE_KEYS}
    for key in ("executed_branches", "missing_branches"):
        kept[key] = sorted(kept[key])
    kept["summary"] = {key: kept["summary"][key] for key in SUMMARY_KEYS}
    return kept


def their_report(path: Path, arcs: Arcs) -> dict[str, Any]:
    cov = coverage.Coverage(data_file=None, branch=True, config_file=False)
    cov.get_data().add_arcs({str(path): arcs})
    cov.get_data().touch_file(str(path))
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder, "report.json")
        try:
            cov.json_report(outfile=str(target))
        finally:
            cov.get_data().close(force=True)
        (table,) = json.loads(target.read_text())["files"].values()
    assert isinstance(table, dict)
    return table


def differences(path: Path, seed: int) -> list[str]:
    try:
        source = Source.read(path)
        facts = analyze(source)
    except AnalysisError:
        return []
    if explained_lines(source) & {line for line, _ in facts.arcs}:
        return []  # those have other ways, or none
    arcs = made_up_arcs(facts, random.Random(seed))
    lines = {line for arc in arcs for line in arc if line > 0}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the compiler's, of code that is nobody's here
            table = their_report(path, arcs)
    except AssertionError:
        return []  # its own, on a with whose body leaves no code
    except (CoverageException, RecursionError) as error:
        return [f"{path}: {error}"]
    result = measure(facts, lines, arcs)
    found = [("file", expected(table), as_json(result))]
    for region in facts.regions:
        # Of several regions with one name the report keeps the last.
        want = table["functions" if region.kind == "function" else "classes"][region.name]
        if want.get("start_line", region.start) == region.start:
            found.append((region.name, expected(want), as_json(result.narrow(region.lines))))
    return [f"{path} {name}:\n  {want}\n  {got}" for name, want, got in found if want != got]


def main(roots: list[str]) -> int:
    files = [path for root in map(Path, roots) for path in sorted(root.rglob("*.py"))]
    differing = 0
    for seed, path in enumerate(files):
        found = differences(path, seed)
        differing += bool(found)
        print(*found[:3], sep="\n", end="\n" if found else "")
    version = ".".join(map(str, sys.version_info[:3]))
    print(f"{version}: {len(files)} files compared, {differing} differ")
    return int(differing > 0)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
