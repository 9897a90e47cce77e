"""nox -s bench -- [--python 3.14] [--workload sudoku] [--tool cov] [--rounds 5] [--write [PLACE]]

Each round runs every tool once, in a fresh process, so that a busy machine slows them alike.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks import wide
from benchmarks.page import PAGE, made_by, put
from benchmarks.sampling import Broken, Sample, Spread, extra_milliseconds, ratios, sample
from benchmarks.tools import PLAIN, RCFILE, TOOLS, Tool
from tools.pythons import PEER, PYTHONS, Failed, Venv, available, environment, run
from tools.wheels import ROOT

WORKLOADS = ROOT / "benchmarks" / "workloads"
SLIPCOVER = "slipcover==1.1.0"


@dataclass(frozen=True)
class Workload:
    name: str
    about: str
    startup: bool = False  # compared in milliseconds above plain, not as a ratio
    children: bool = False  # it is about them: peers are told to follow them


ALL = (
    Workload("sudoku", "hot loops with branches"),
    Workload("nbody", "hot arithmetic"),
    Workload("fannkuch", "hot loops over a list"),
    Workload("generators", "calls and generators"),
    Workload(
        "wide", f"{wide.MODULES} modules of {wide.FUNCTIONS} functions, each run {wide.CALLS} times"
    ),
    Workload("empty", "an empty program, start to end", startup=True),
    Workload("children", "one measured child, `python -c pass`", startup=True, children=True),
    Workload("family", "500 children that run a little, one after the other", children=True),
)


def prepare(folder: Path, version: str, *, ours: bool) -> Venv:
    """A venv with every tool that can be had for this Python, and the workloads beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    venv = Venv(folder / "venv", version)
    venv.pip("install", PEER)
    try:
        venv.pip("install", SLIPCOVER)
    except Failed:
        print(f"{SLIPCOVER} cannot be installed on {version}: left out", file=sys.stderr)
    if ours:
        venv.install_ours()
    programs = folder / "programs"
    shutil.rmtree(programs, ignore_errors=True)
    for workload in ALL:  # a folder each: tools look at every file below --source
        place = programs / workload.name
        place.mkdir(parents=True)
        if workload.name == "wide":
            wide.write(place)
        else:
            shutil.copy(WORKLOADS / f"{workload.name}.py", place)
        (place / "peer.rc").write_text(RCFILE if workload.children else "")
    return venv


def chosen(version: str, names: list[str] | None) -> list[Tool]:
    """Plain, and the tools that are asked for and made for this Python."""
    fitting = [tool for tool in TOOLS if PYTHONS.index(tool.since) <= PYTHONS.index(version)]
    return [tool for tool in fitting if not names or tool.name in names or tool == PLAIN]


def measure(
    venv: Venv, workload: Workload, tools: list[Tool], rounds: int
) -> dict[str, list[Sample]]:
    """Samples by tool, as many as rounds; a tool that fails is named on stderr and left out."""
    place = venv.folder.parent / "programs" / workload.name
    found: dict[str, list[Sample]] = {tool.name: [] for tool in tools}
    for number in range(rounds + 1):  # the first warms caches and bytecode, and is not counted
        for tool in tools.copy():
            for old in place.glob("*.data*"):
                old.unlink()
            command = tool.command(venv.python, f"{workload.name}.py")
            try:
                taken = sample(command, place, environment(**tool.environment))
            except Broken as broken:
                print(f"{tool.name}: {broken}", file=sys.stderr)
                tools.remove(tool)
                del found[tool.name]
                continue
            if number:
                found[tool.name].append(taken)
    return found


def cell(workload: Workload, tool: Tool, found: dict[str, list[Sample]]) -> str:
    """What the table says of a tool: its median, and in brackets the lowest and the highest."""
    if tool.name not in found:
        return "–"
    plain = found[PLAIN.name]
    if tool == PLAIN:
        middle = Spread.of([one.wall if workload.startup else one.cpu for one in plain])
        return f"{1000 * middle.median:.0f} ms"
    if workload.startup:
        spread = extra_milliseconds(found[tool.name], plain)
        return f"{spread.median:+.1f} ms ({spread.low:.1f} … {spread.high:.1f})"
    return str(ratios(found[tool.name], plain))


def table(version: str, rows: list[tuple[Workload, dict[str, list[Sample]]]]) -> str:
    """The Markdown table of one Python."""
    lines = ["| workload | " + " | ".join(tool.name for tool in TOOLS) + " |"]
    lines.append("|---" * (len(TOOLS) + 1) + "|")
    for workload, found in rows:
        cells = [cell(workload, tool, found) for tool in TOOLS]
        lines.append(f"| {workload.name}: {workload.about} | " + " | ".join(cells) + " |")
    return f"### Python {version}\n\n" + "\n".join(lines) + "\n"


def arguments(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="nox -s bench --", description=__doc__)
    parser.add_argument("--python", action="append", choices=PYTHONS, help="default: all")
    parser.add_argument("--workload", action="append", choices=[w.name for w in ALL])
    parser.add_argument("--tool", action="append", choices=[tool.name for tool in TOOLS])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument(
        "--write",
        nargs="?",
        const="results",
        choices=("results", "family"),
        help=f"put the tables into {PAGE.name}, at the place of that name (results)",
    )
    parser.add_argument("--work", type=Path, default=ROOT / ".nox" / "bench.work")
    return parser.parse_args(argv)


def main(argv: list[str]) -> int:
    options = arguments(argv)
    tables = []
    for version in filter(available, options.python or PYTHONS):
        tools = chosen(version, options.tool)
        venv = prepare(options.work / version, version, ours="cov" in [t.name for t in tools])
        full = run([venv.python, "-c", "import platform; print(platform.python_version())"], ROOT)
        rows = []
        for workload in ALL:
            if options.workload and workload.name not in options.workload:
                continue
            rows.append((workload, measure(venv, workload, list(tools), options.rounds)))
            print(table(full.strip(), rows[-1:]), flush=True)
        tables.append(table(full.strip(), rows))
        raw = {
            workload.name: {t: [asdict(s) for s in found[t]] for t in found}
            for workload, found in rows
        }
        (options.work / f"{version}.json").write_text(json.dumps(raw, indent=1))
    print("\n".join(tables))
    if options.write:
        put(
            options.write,
            [made_by(["nox -s bench --", *argv]), "", *"\n".join(tables).splitlines()],
        )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
