"""What the benchmarks of single commands share: the same work for cov and for coverage.py."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.page import PAGE, made_by, put
from tools.pythons import PEER, PYTHONS, Failed, Venv, environment
from tools.wheels import ROOT

KINDS = ("lines", "branches")
THEIRS = PEER.replace("==", " ")

_GLANCE = 0.02  # seconds between two looks at the memory in use


@dataclass(frozen=True)
class Cost:
    wall: float  # seconds
    cpu: float  # seconds of the command and its children, user and system
    peak: float  # MB of memory


def cost(command: Sequence[str], cwd: Path, in_use: Callable[[int], float] | None = None) -> Cost:
    """Run a command once. Raises Failed.

    `in_use` tells the MB that a process uses at the moment, and all it has started; without it the
    peak is that of the largest process.
    """
    peak = 0.0
    started = time.perf_counter()
    with subprocess.Popen(command, cwd=cwd, env=environment(), stdout=subprocess.DEVNULL) as child:
        pid = 0
        while not pid:
            pid, status, used = os.wait4(child.pid, os.WNOHANG if in_use else 0)
            if in_use and not pid:
                peak = max(peak, in_use(child.pid))
                time.sleep(_GLANCE)
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        raise Failed(f"{' '.join(command)}: exit code {child.returncode}")
    wall = time.perf_counter() - started
    return Cost(wall, used.ru_utime + used.ru_stime, peak if in_use else used.ru_maxrss / 1024)


def parser(name: str, about: str | None) -> argparse.ArgumentParser:
    """The options that all of them have; `name` is among them."""
    made = argparse.ArgumentParser(prog=f"nox -s bench -- {name}", description=about)
    made.set_defaults(name=name)
    made.add_argument("--python", default=PYTHONS[-2], choices=PYTHONS)
    made.add_argument("--rounds", type=int, default=3)
    made.add_argument("--write", action="store_true", help=f"put the table into {PAGE.name}")
    made.add_argument("--work", type=Path, default=ROOT / ".nox" / "bench.work")
    return made


def run_benchmark(
    options: argparse.Namespace,
    argv: list[str],
    columns: Sequence[str],
    rows: Callable[[Venv, str, Path], list[str]],
    requirements: Sequence[str] = (),
) -> None:
    """Print the table, and write it if so asked; `rows` has those of one kind, made in a folder."""
    name = options.name
    options.work.mkdir(parents=True, exist_ok=True)
    venv = Venv(options.work / f"{name}-{options.python}", options.python)
    venv.pip("install", PEER, *requirements)
    venv.install_ours()
    lines = [made_by([f"nox -s bench -- {name}", *argv]), ""]
    lines += [f"| {' | '.join(columns)} |", "|---" * len(columns) + "|"]
    for kind in KINDS:
        folder = options.work / name / kind
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        lines += rows(venv, kind, folder)
        shutil.rmtree(folder)
    print("\n".join(lines))
    if options.write:
        put(name, lines)
