"""Print which scenarios pass with coverage.py at its best configuration, and with cov and none.

    python tests/processes/against_coverage.py [part of a name ...]

Whatever passes there has to pass here; a scenario for which that is not so is named at the end, and
makes the exit status 1. It takes some minutes, so it is no part of the suite.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from support.scenario import (
    Files,
    Scenario,
    files_of,
    marked_of,
    missing_of,
    read_scenarios,
    run_scenario,
    start,
)
from support.signals import usual_signals

_BEST = """
[run]
source = .
parallel = true
sigterm = true
patch = subprocess, fork, execv, _exit
concurrency = {}
"""
# The best for one program is not the best for another.
_CONCURRENCIES = ("thread, multiprocessing", "thread, greenlet", "thread, gevent", "thread")


def passes_with_coverage(scenario: Scenario, root: Path) -> tuple[bool, bool]:
    """Whether output and files are as plain, and whether the lines are right; with one setting."""
    best = (False, False)
    try:
        for concurrency in _CONCURRENCIES:
            best = max(best, _try_coverage(scenario, root, concurrency), key=sum)
            if all(best):
                break
    except subprocess.TimeoutExpired:  # it hangs
        pass
    return best


def _try_coverage(scenario: Scenario, root: Path, concurrency: str) -> tuple[bool, bool]:
    flags, words = scenario.words("flags"), scenario.words("command", scenario.main)
    scenario.copy_to(root)
    plain = start(scenario, [*flags, *words], root)
    plain_files = files_of(root)
    scenario.copy_to(root)
    root.joinpath(".coveragerc").write_text(_BEST.format(concurrency), encoding="utf-8")
    measured = start(scenario, [*flags, "-m", "coverage", "run", *words], root)
    _coverage(root, "combine")
    files: Files = json.loads(_coverage(root, "json", "-q", "-i", "-o", "-") or "{}").get(
        "files", {}
    )
    behaves = measured == plain and files_of(root) == plain_files
    return behaves, missing_of(root, files) == marked_of(root, files)


def _coverage(root: Path, *words: str) -> str:
    command = [sys.executable, "-m", "coverage", *words]
    done = subprocess.run(command, cwd=root, capture_output=True, encoding="utf-8")
    return done.stdout if done.returncode == 0 else ""


def passes_with_cov(scenario: Scenario, root: Path) -> tuple[bool, bool]:
    """The same of `cov run --source=.`, without any configuration."""
    trial = run_scenario(scenario, ["--source=."], root)["--source=."]
    behaves = trial.measured == trial.plain and trial.measured_files == trial.plain_files
    return behaves, trial.missing == trial.marked


def _row(scenario: Scenario, folder: Path) -> tuple[str, bool, bool]:
    root = folder / scenario.name.replace("/", "-")
    theirs, ours = passes_with_coverage(scenario, root), passes_with_cov(scenario, root)
    cells = ["yes" if good else "no" for good in (*theirs, *ours)]
    print(f"{scenario.name:36}" + "".join(f"{cell:>12}" for cell in cells), flush=True)
    return scenario.name, all(theirs), all(ours)


def main(parts: list[str]) -> int:
    wanted = [
        scenario
        for scenario in read_scenarios()
        if scenario.runs_here() and (not parts or any(part in scenario.name for part in parts))
    ]
    print(f"{'':36}{'coverage.py at its best':>24}{'cov':>24}")
    print(f"{'':36}" + "".join(f"{title:>12}" for title in ("behaves", "lines") * 2))
    with (
        usual_signals(),
        tempfile.TemporaryDirectory() as folder,
        ThreadPoolExecutor(os.cpu_count()) as pool,
    ):
        rows = list(pool.map(lambda scenario: _row(scenario, Path(folder).resolve()), wanted))
    worse = [name for name, theirs, ours in rows if theirs and not ours]
    print(f"{len(rows)} scenarios: {sum(row[1] for row in rows)} pass with coverage.py,", end=" ")
    print(f"{sum(row[2] for row in rows)} with cov; worse with cov: {', '.join(worse) or 'none'}")
    return 1 if worse else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
