"""nox -s bench -- combine [--python 3.14] [--processes 1000] [--rounds 3] [--write]

Combining what the processes of a big run left, with coverage.py and with cov, on the same facts.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.run import machine
from benchmarks.sampling import Spread
from tools.pythons import PEER, PYTHONS, Failed, Venv, environment, run
from tools.wheels import ROOT

INPUTS = ROOT / "benchmarks" / "combine_inputs.py"
PAGE = ROOT / "docs" / "benchmarks.md"
KINDS = ("lines", "branches")


@dataclass(frozen=True)
class Way:
    """A program that combines, and which of the inputs it is given."""

    name: str
    module: str
    inputs: str


PEERS = Way(PEER.replace("==", " "), "coverage", "files")
WAYS = (
    PEERS,
    Way("cov, data files", "cov_cli", "files"),
    Way("cov, journals", "cov_cli", "journals"),
)


@dataclass(frozen=True)
class Cost:
    cpu: float  # seconds, user and system
    wall: float  # seconds
    peak: float  # MB of memory


def cost(command: Sequence[str], cwd: Path) -> Cost:
    """Run a command once. Raises Failed."""
    started = time.perf_counter()
    with subprocess.Popen(command, cwd=cwd, env=environment(), stdout=subprocess.DEVNULL) as child:
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        raise Failed(f"{' '.join(command)}: exit code {child.returncode}")
    wall = time.perf_counter() - started
    return Cost(used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024)


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
        share = f"{ratio.median:.2f} ({ratio.low:.2f} … {ratio.high:.2f})"
        rows.append(f"| {kind} | {name} | {cpu.median:.2f} s | {share} | {peak.high:.0f} MB |")
    return rows


def write(page: Path, lines: list[str]) -> None:
    """Replace the results in a page, which stand between two marks."""
    before, start, rest = page.read_text("utf-8").partition("<!-- combine -->\n")
    _, end, after = rest.partition("<!-- /combine -->")
    page.write_text(before + start + "\n" + "\n".join(lines) + "\n\n" + end + after, "utf-8")


def arguments(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="nox -s bench -- combine", description=__doc__)
    parser.add_argument("--python", default=PYTHONS[-2], choices=PYTHONS)
    parser.add_argument("--processes", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--write", action="store_true", help=f"put the table into {PAGE.name}")
    parser.add_argument("--work", type=Path, default=ROOT / ".nox" / "bench.work")
    return parser.parse_args(argv)


def main(argv: list[str]) -> int:
    options = arguments(argv)
    options.work.mkdir(parents=True, exist_ok=True)
    venv = Venv(options.work / f"combine-{options.python}", options.python)
    venv.pip("install", PEER)
    venv.install_ours()
    command = " ".join(["nox -s bench -- combine", *argv])
    lines = [f"Made by `{command}` on {machine()}.", ""]
    lines += ["| facts | combined by | CPU time | ratio | peak memory |", "|---|---|---|---|---|"]
    for kind in KINDS:
        folder = options.work / "combine" / kind
        shutil.rmtree(folder, ignore_errors=True)
        run([venv.python, str(INPUTS), str(folder), str(options.processes), kind], ROOT)
        lines += table(kind, measure(venv, folder, options.rounds))
        shutil.rmtree(folder)
    print("\n".join(lines))
    if options.write:
        write(PAGE, lines)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
