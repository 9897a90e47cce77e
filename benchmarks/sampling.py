"""One sample: a fresh process run to its end, and what it and its children cost."""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Sample:
    cpu: float  # seconds, user and system, of the process and the children it waited for
    wall: float  # seconds


class Broken(Exception):
    """A tool could not run a program; the message has what it printed."""


def sample(command: Sequence[str], cwd: Path, env: dict[str, str]) -> Sample:
    """Run a command once. Raises Broken when it fails.

    A program that prints "seconds each: wall W cpu C" says itself what it wants to be known for.
    """
    log = cwd / "output.txt"
    with log.open("wb") as output:
        started = time.perf_counter()
        process = subprocess.Popen(command, cwd=cwd, env=env, stdout=output, stderr=output)
        # os.wait4, not communicate: it alone tells the cost of this one process tree.
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    printed = log.read_text(errors="replace")
    if process.returncode != 0:
        raise Broken(f"{' '.join(command)}: exit code {process.returncode}\n{printed[-2000:]}")
    told = re.search(r"seconds each: wall ([\d.]+) cpu ([\d.]+)", printed)
    if told:
        return Sample(cpu=float(told[2]), wall=float(told[1]))
    return Sample(cpu=used.ru_utime + used.ru_stime, wall=wall)


@dataclass(frozen=True)
class Spread:
    """The middle and the ends of several figures."""

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, figures: Sequence[float]) -> Spread:
        return cls(statistics.median(figures), min(figures), max(figures))

    def __str__(self) -> str:
        """As ratios are shown."""
        return f"{self.median:.2f} ({self.low:.2f} … {self.high:.2f})"


def ratios(tool: Sequence[Sample], plain: Sequence[Sample]) -> Spread:
    """CPU time against plain's of the same round, so that what slows both cancels out."""
    return Spread.of([one.cpu / other.cpu for one, other in zip(tool, plain, strict=True)])


def extra_milliseconds(tool: Sequence[Sample], plain: Sequence[Sample]) -> Spread:
    """Wall time above plain's of the same round, in milliseconds."""
    return Spread.of(
        [1000 * (one.wall - other.wall) for one, other in zip(tool, plain, strict=True)]
    )
