"""nox -s bench -- idle [--python 3.14] [--rounds 200] [--write]

What the startup hook costs a Python that nobody measures: `python -c pass` in an empty venv, with
and without the hook's files, in turns, so that a busy machine slows them alike.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.page import PAGE, made_by, put
from tools.pythons import PYTHONS, available, environment, run
from tools.wheels import ROOT

SOURCES = ROOT / "packages" / "cov-cli" / "src"
LINE, ENTRY, MODULE = "cov_startup.pth", "cov_startup_entry.start", "cov_startup.py"

_OTHER = {"other.pth": "import os\n"}
_HOOK = {name: (SOURCES / name).read_text("utf-8") for name in (LINE, ENTRY, MODULE)}

# What lies in site-packages; the first .pth file of any kind makes newer Pythons load a codec.
VARIANTS: dict[str, dict[str, str]] = {
    "nothing": {},
    "another .pth file": _OTHER,
    "the hook": _HOOK,
    "the hook and another .pth file": {**_OTHER, **_HOOK},
    "its .start file alone": {name: _HOOK[name] for name in (ENTRY, MODULE)},
}


def cpu_milliseconds(command: list[str], env: dict[str, str]) -> float:
    """CPU time of a process, user and system."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, env=env, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1000 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def measure(version: str, rounds: int, folder: Path) -> dict[str, float]:
    """The median of each variant, in milliseconds; a first round fills the caches."""
    env = environment()
    commands = {}
    for number, (name, files) in enumerate(VARIANTS.items()):
        venv = folder / str(number)
        run([f"python{version}", "-m", "venv", "--without-pip", str(venv)], folder)
        (site,) = venv.glob("lib/python3*/site-packages")
        for file, text in files.items():
            (site / file).write_text(text, "utf-8")
        commands[name] = [str(venv / "bin" / "python"), "-c", "pass"]
    found: dict[str, list[float]] = {name: [] for name in commands}
    for number in range(rounds + 1):
        for name, command in commands.items():
            taken = cpu_milliseconds(command, env)
            if number:
                found[name].append(taken)
    return {name: statistics.median(values) for name, values in found.items()}


def row(version: str, rounds: int) -> str:
    """A row of Markdown: the plain start, and what each variant adds to it."""
    with tempfile.TemporaryDirectory() as folder:
        medians = measure(version, rounds, Path(os.path.realpath(folder)))
    plain = medians.pop("nothing")
    cells = [f"{plain:.2f} ms", *(f"{value - plain:+.2f} ms" for value in medians.values())]
    return f"| {version} | {' | '.join(cells)} |"


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="nox -s bench -- idle", description=__doc__)
    parser.add_argument("--python", action="append", choices=PYTHONS, help="default: all")
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--write", action="store_true", help=f"put the table into {PAGE.name}")
    options = parser.parse_args(argv)
    lines = [made_by(["nox -s bench -- idle", *argv]), ""]
    lines += ["| Python | " + " | ".join(VARIANTS) + " |", "|---" * (len(VARIANTS) + 1) + "|"]
    lines += [
        row(version, options.rounds) for version in filter(available, options.python or PYTHONS)
    ]
    print("\n".join(lines))
    if options.write:
        put("idle", lines)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
