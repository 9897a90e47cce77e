"""nox -s fuzz -- [--programs 20000] [--first 0] [--jobs 2] [--only SEED]; --hostile 10000"""

from __future__ import annotations

import argparse
import json
import platform
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

from tools.fuzz import hostile
from tools.fuzz.checking import Program, Runner
from tools.fuzz.grammar import Author
from tools.fuzz.rendering import render
from tools.fuzz.shrinking import shrink
from tools.fuzz.tree import Node
from tools.wheels import ROOT

BATCH = 500  # programs a process
PATIENCE = 900  # seconds until a batch counts as hung


def main() -> int:
    options = _options().parse_args()
    if options.batch:
        return _batch(*options.batch)
    if options.only is not None:
        return _only(options.only, shrinks=True)
    if options.hostile:
        return hostile.search(options.hostile, options.first)
    return _search(options.first, options.programs, options.jobs)


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="tools.fuzz", description=__doc__)
    parser.add_argument("--programs", type=int, default=20_000)
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--only", type=int, help="one seed: its program, cut down")
    parser.add_argument("--hostile", type=int, metavar="FILES", help="mutated files instead")
    parser.add_argument("--batch", type=int, nargs=2, help=argparse.SUPPRESS)
    return parser


def _search(first: int, count: int, jobs: int) -> int:
    """Batches in processes of their own: one that dies is a finding, too."""
    started = time.monotonic()
    batches = [(at, min(BATCH, first + count - at)) for at in range(first, first + count, BATCH)]
    with ThreadPoolExecutor(jobs) as pool:
        found = [line for lines in pool.map(_run_batch, batches) for line in lines]
    for line in found:
        print(line)
    seconds = time.monotonic() - started
    print(
        f"Python {platform.python_version()}: {count} programs from seed {first}, "
        f"{len(found)} disagree, {seconds:.0f} s"
    )
    return 1 if found else 0


def _run_batch(batch: tuple[int, int]) -> list[str]:
    command = [sys.executable, "-m", "tools.fuzz", "--batch", *map(str, batch)]
    try:
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE, check=False
        )
    except subprocess.TimeoutExpired:
        return [f"seeds {batch[0]} to {sum(batch) - 1}: no end"]
    if done.returncode != 0:
        return [f"seeds {batch[0]} to {sum(batch) - 1}: ended by {done.returncode}: {done.stderr}"]
    return [f"seed {seed}: {'; '.join(what)}" for seed, what in json.loads(done.stdout)]


def _batch(first: int, count: int) -> int:
    with TemporaryDirectory() as folder:
        runner = Runner(Path(folder))
        trees = ((seed, Author(seed).program()) for seed in range(first, first + count))
        found = [(program.seed, what) for program, what in runner.check(trees) if what]
    json.dump(found, sys.stdout)
    return 0


def _only(seed: int, *, shrinks: bool) -> int:
    """Show what disagrees about one program, cut down to what still disagrees in the same way."""
    with TemporaryDirectory() as folder:
        runner = Runner(Path(folder))
        tree = Author(seed).program()
        program, problems = next(runner.check([(seed, tree)]))
        if problems and shrinks:
            sources = {problem.partition(":")[0] for problem in problems}

            def disagrees(smaller: Node) -> bool:
                if not _compiles(smaller):
                    return False
                _, found = next(runner.check([(seed, smaller)]))
                return sources <= {problem.partition(":")[0] for problem in found}

            program, problems = next(runner.check([(seed, shrink(tree, disagrees))]))
    _show(program, problems)
    return 1 if problems else 0


def _compiles(tree: Node) -> bool:
    try:
        for text in render(tree):
            compile(text, "made_up.py", "exec", dont_inherit=True)
    except (SyntaxError, AssertionError):
        return False
    return True


def _show(program: Program, problems: list[str]) -> None:
    print(f"seed {program.seed}, Python {platform.python_version()}")
    for number, line in enumerate(program.text.splitlines(), 1):
        print(f"{number:4} {line}")
    for problem in problems:
        print(problem)
    if not problems:
        print("nothing disagrees")


if __name__ == "__main__":
    sys.exit(main())
