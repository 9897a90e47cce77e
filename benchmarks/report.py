"""nox -s bench -- report [--python 3.14] [--rounds 3] [--write]

A text report of the sympy package: coverage.py's, cov's first, and cov's second, which finds the
facts of the first. All read the same data file.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from benchmarks.commands import THEIRS, Cost, cost, parser, run_benchmark
from benchmarks.sampling import Spread
from tools.pythons import Venv, run
from tools.wheels import ROOT

INPUTS = ROOT / "benchmarks" / "report_inputs.py"
PACKAGE = "sympy"
SUBJECT = "sympy==1.14.0"
FIRST, SECOND = "cov, first", "cov, second"
CACHE = ".cov_cache"


def family(pid: int) -> Iterator[int]:
    yield pid
    with suppress(OSError, ValueError):
        for task in os.listdir(f"/proc/{pid}/task"):
            for child in Path(f"/proc/{pid}/task/{task}/children").read_text().split():
                yield from family(int(child))


def in_use(pid: int) -> float:
    """MB of a process and of all it started; of what is shared, each one's part (PSS)."""
    kilobytes = 0
    for one in family(pid):
        with suppress(OSError):
            for line in Path(f"/proc/{one}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    kilobytes += int(line.split()[1])
    return kilobytes / 1024


def measure(venv: Venv, folder: Path, rounds: int) -> dict[str, list[Cost]]:
    """Costs by way, as many as rounds; every way once a round."""
    found: dict[str, list[Cost]] = {THEIRS: [], FIRST: [], SECOND: []}
    python = [venv.python, "-W", "ignore", "-m"]
    for _ in range(rounds):
        shutil.rmtree(folder / CACHE, ignore_errors=True)
        found[THEIRS].append(cost([*python, "coverage", "report"], folder, in_use))
        found[FIRST].append(cost([*python, "cov_cli", "report"], folder, in_use))
        found[SECOND].append(cost([*python, "cov_cli", "report"], folder, in_use))
    return found


def table(kind: str, found: dict[str, list[Cost]]) -> list[str]:
    """Rows of Markdown: medians, and ratios to coverage.py's of the same round."""
    rows = []
    for name, costs in found.items():
        pairs = list(zip(costs, found[THEIRS], strict=True))
        cells = [kind, name]
        for of, unit in (("wall", "s"), ("cpu", "s"), ("peak", "MB")):
            value = Spread.of([getattr(one, of) for one in costs]).median
            share = Spread.of([getattr(one, of) / getattr(peer, of) for one, peer in pairs])
            digits = 0 if unit == "MB" else 2
            cells.append(f"{value:.{digits}f} {unit}, {share}")
        rows.append(f"| {' | '.join(cells)} |")
    return rows


def main(argv: list[str]) -> int:
    options = parser("report", __doc__).parse_args(argv)

    def rows(venv: Venv, kind: str, folder: Path) -> list[str]:
        data = str(folder / ".coverage")
        run([venv.python, "-W", "ignore", str(INPUTS), PACKAGE, data, kind], ROOT)
        return table(kind, measure(venv, folder, options.rounds))

    columns = ("facts", "report by", "wall time", "CPU time", "peak memory")
    run_benchmark(options, argv, columns, rows, [SUBJECT])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
