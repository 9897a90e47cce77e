"""nox -s bench -- report [--python 3.14] [--rounds 3] [--write]

A text report of the sympy package: coverage.py's, cov's first, and cov's second, which finds the
facts of the first. All read the same data file.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from benchmarks.run import machine
from benchmarks.sampling import Spread
from tools.pythons import PEER, PYTHONS, Failed, Venv, environment, run
from tools.wheels import ROOT

INPUTS = ROOT / "benchmarks" / "report_inputs.py"
PAGE = ROOT / "docs" / "benchmarks.md"
KINDS = ("lines", "branches")
PACKAGE = "sympy"
SUBJECT = "sympy==1.14.0"
THEIRS = PEER.replace("==", " ")
FIRST, SECOND = "cov, first", "cov, second"
CACHE = ".cov_cache"
GLANCE = 0.02  # seconds between two looks at the memory in use


@dataclass(frozen=True)
class Cost:
    wall: float  # seconds
    cpu: float  # seconds of the command and its children, user and system
    peak: float  # MB of memory of all its processes together


def family(pid: int) -> Iterator[int]:
    yield pid
    with suppress(OSError, ValueError):
        for task in os.listdir(f"/proc/{pid}/task"):
            for child in Path(f"/proc/{pid}/task/{task}/children").read_text().split():
                yield from family(int(child))


def in_use(pid: int) -> int:
    """Kilobytes of a process; of what it shares with others, its part (PSS). 0 if unknown."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0


def cost(command: Sequence[str], cwd: Path) -> Cost:
    """Run a command once. Raises Failed."""
    peak = 0
    started = time.perf_counter()
    with subprocess.Popen(command, cwd=cwd, env=environment(), stdout=subprocess.DEVNULL) as child:
        while True:
            pid, status, used = os.wait4(child.pid, os.WNOHANG)
            if pid:
                break
            peak = max(peak, sum(map(in_use, family(child.pid))))
            time.sleep(GLANCE)
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        raise Failed(f"{' '.join(command)}: exit code {child.returncode}")
    wall = time.perf_counter() - started
    return Cost(wall, used.ru_utime + used.ru_stime, peak / 1024)


def measure(venv: Venv, folder: Path, rounds: int) -> dict[str, list[Cost]]:
    """Costs by way, as many as rounds; every way once a round."""
    found: dict[str, list[Cost]] = {THEIRS: [], FIRST: [], SECOND: []}
    python = [venv.python, "-W", "ignore", "-m"]
    for _ in range(rounds):
        shutil.rmtree(folder / CACHE, ignore_errors=True)
        found[THEIRS].append(cost([*python, "coverage", "report"], folder))
        found[FIRST].append(cost([*python, "cov_cli", "report"], folder))
        found[SECOND].append(cost([*python, "cov_cli", "report"], folder))
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
            ratio = f"{share.median:.2f} ({share.low:.2f} … {share.high:.2f})"
            cells.append(f"{value:.{digits}f} {unit}, {ratio}")
        rows.append(f"| {' | '.join(cells)} |")
    return rows


def write(page: Path, lines: list[str]) -> None:
    """Replace the results in a page, which stand between two marks."""
    before, start, rest = page.read_text("utf-8").partition("<!-- report -->\n")
    _, end, after = rest.partition("<!-- /report -->")
    page.write_text(before + start + "\n" + "\n".join(lines) + "\n\n" + end + after, "utf-8")


def arguments(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="nox -s bench -- report", description=__doc__)
    parser.add_argument("--python", default=PYTHONS[-2], choices=PYTHONS)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--write", action="store_true", help=f"put the table into {PAGE.name}")
    parser.add_argument("--work", type=Path, default=ROOT / ".nox" / "bench.work")
    return parser.parse_args(argv)


def main(argv: list[str]) -> int:
    options = arguments(argv)
    options.work.mkdir(parents=True, exist_ok=True)
    venv = Venv(options.work / f"report-{options.python}", options.python)
    venv.pip("install", PEER, SUBJECT)
    venv.install_ours()
    command = " ".join(["nox -s bench -- report", *argv])
    lines = [f"Made by `{command}` on {machine()}.", ""]
    lines += ["| facts | report by | wall time | CPU time | peak memory |", "|---|---|---|---|---|"]
    for kind in KINDS:
        folder = options.work / "report" / kind
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        data = str(folder / ".coverage")
        run([venv.python, "-W", "ignore", str(INPUTS), PACKAGE, data, kind], ROOT)
        lines += table(kind, measure(venv, folder, options.rounds))
        shutil.rmtree(folder)
    print("\n".join(lines))
    if options.write:
        write(PAGE, lines)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
