"""nox -s bench -- combine [--python 3.14] [--processes 1000] [--rounds 3] [--write]

Combining what the processes of a big run left, with coverage.py and with cov, on the same facts.
"""

from __future__ import annotations

import hashlib
import sqlite3
import sys
from dataclasses import dataclass
from pathlib import Path

from benchmarks.commands import THEIRS, Cost, cost, parser, run_benchmark
from benchmarks.sampling import Spread
from tools.pythons import Failed, Venv, run
from tools.wheels import ROOT

INPUTS = ROOT / "benchmarks" / "combine_inputs.py"


@dataclass(frozen=True)
class Way:
    """A program that combines, and which of the inputs it is given."""

    name: str
    module: str
    inputs: str


PEERS = Way(THEIRS, "coverage", "files")
WAYS = (
    PEERS,
    Way("cov, data files", "cov_cli", "files"),
    Way("cov, journals", "cov_cli", "journals"),
)


def combine(venv: Venv, way: Way, folder: Path) -> Cost:
    """Combine once into FOLDER/<inputs>/.coverage, keeping the inputs for the next round."""
    place = folder / way.inputs
    (place / ".coverage").unlink(missing_ok=True)
    return cost([venv.python, "-m", way.module, "combine", "-q", "--keep"], place)


def content(path: Path) -> str:
    """A digest of the facts in a data file, whoever wrote it."""
    # Row by row: what this process has in memory counts as the peak of the next one it starts.
    found = hashlib.sha256()
    connection = sqlite3.connect(path)
    try:
        for table, columns in (("arc", "fromno, tono"), ("line_bits", "numbits")):
            for row in connection.execute(
                f"select path, {columns} from {table} join file on file.id = file_id "
                f"order by path, {columns}"
            ):
                found.update(repr(row).encode())
    finally:
        connection.close()
    return found.hexdigest()


def measure(venv: Venv, folder: Path, rounds: int) -> dict[str, list[Cost]]:
    """Costs by way, as many as rounds; every way once a round. Raises Failed if results differ."""
    found: dict[str, list[Cost]] = {way.name: [] for way in WAYS}
    for number in range(rounds):
        expected = None
        for way in WAYS:
            found[way.name].append(combine(venv, way, folder))
            if number == 0:
                facts = content(folder / way.inputs / ".coverage")
                expected = facts if expected is None else expected
                if facts != expected:
                    raise Failed(f"{way.name} has other facts than {PEERS.name}")
    return found


def table(kind: str, found: dict[str, list[Cost]]) -> list[str]:
    """Rows of Markdown: medians, and the CPU time against coverage.py's of the same round."""
    rows = []
    for name, costs in found.items():
        ratio = Spread.of([a.cpu / b.cpu for a, b in zip(costs, found[PEERS.name], strict=True)])
        cpu, peak = Spread.of([c.cpu for c in costs]), Spread.of([c.peak for c in costs])
        rows.append(f"| {kind} | {name} | {cpu.median:.2f} s | {ratio} | {peak.high:.0f} MB |")
    return rows


def main(argv: list[str]) -> int:
    known = parser("combine", __doc__)
    known.add_argument("--processes", type=int, default=1000)
    options = known.parse_args(argv)

    def rows(venv: Venv, kind: str, folder: Path) -> list[str]:
        run([venv.python, str(INPUTS), str(folder), str(options.processes), kind], ROOT)
        return table(kind, measure(venv, folder, options.rounds))

    columns = ("facts", "combined by", "CPU time", "ratio", "peak memory")
    run_benchmark(options, argv, columns, rows)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
