"""The page of figures, docs/benchmarks.md, and what stands beside them."""

from __future__ import annotations

import os
import platform
from pathlib import Path

from tools.wheels import ROOT

PAGE = ROOT / "docs" / "benchmarks.md"


def made_by(command: list[str]) -> str:
    """A sentence: the command, and what figures depend on and a reader cannot see."""
    return f"Made by `{' '.join(command)}` on {machine()}."


def machine() -> str:
    model = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        names = [line for line in cpuinfo.read_text().splitlines() if line.startswith("model name")]
        model = names[0].partition(":")[2].strip() if names else model
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    return f"{os.cpu_count()} × {model}, {platform.system()}, load {load}"


def put(mark: str, lines: list[str], page: Path = PAGE) -> None:
    """Replace what stands in the page between `<!-- mark -->` and `<!-- /mark -->`."""
    begin, end = f"<!-- {mark} -->\n", f"<!-- /{mark} -->"
    before, start, rest = page.read_text("utf-8").partition(begin)
    _, stop, after = rest.partition(end)
    if not start or not stop:
        raise ValueError(f"{page} has no place for {mark}: {begin.strip()} … {end}")
    page.write_text(before + start + "\n" + "\n".join(lines) + "\n\n" + stop + after, "utf-8")
