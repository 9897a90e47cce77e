"""nox -s differential -- [--python 3.13] [--project click] [--core ctrace] [--peer-only]"""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from tools.differential.compare import Comparison, compare, load, place
from tools.differential.projects import PROJECTS
from tools.differential.workspace import Workspace
from tools.pythons import PYTHONS, Failed, available, environment, run
from tools.wheels import ROOT

# What a suite starts is not followed: coverage.py would not, and both must measure alike.
RCFILE = "[run]\npatch =\n"
PYTEST = ("-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:randomly", "-W", "default")


@dataclass(frozen=True)
class Outcome:
    """One suite under one tool."""

    tool: str
    summary: str  # pytest's closing line, without the time it took
    seconds: float
    report: Path


def measure(space: Workspace, tool: str, core: str | None) -> Outcome:
    """Run a project's suite under `python -m <tool>` and write that tool's own JSON report."""
    name = tool.replace(".", "_") + (f"-{core}" if core else "")
    data, report, rcfile = (space.folder / f"{name}.{end}" for end in ("data", "json", "rc"))
    rcfile.write_text(RCFILE)
    data.unlink(missing_ok=True)
    env = environment(COVERAGE_CORE=core) if core else environment()
    common = [f"--rcfile={rcfile}", f"--data-file={data}"]
    source = f"--source={','.join(space.project.packages)}"
    command = [space.venv.python, "-m", tool, "run", "--branch", source, *common, *PYTEST]
    started = time.monotonic()
    try:
        output = run([*command, *space.project.arguments], space.tree, env)
    except Failed as failure:  # a failing test is a result too, as long as both tools see it
        output = str(failure)
    seconds = time.monotonic() - started
    (space.folder / f"{name}.log").write_text(output)
    run([space.venv.python, "-m", tool, "json", *common, "-o", str(report)], space.tree, env)
    return Outcome(tool, _closing(output), seconds, report)


def _closing(output: str) -> str:
    """pytest's counts (`3 failed, 80 passed`), or what came last when it never got there.

    Warnings are left out: among them are those of garbage that is collected sooner or later.
    """
    last = output.strip().splitlines()[-1].strip("= ").partition(" in ")[0]
    return ", ".join(word for word in last.split(", ") if "warning" not in word)


def cross_report(space: Workspace, ours: Path) -> Path:
    """coverage.py's JSON report on the data that cov wrote beside its own report."""
    report = space.folder / "crossed.json"
    data = [f"--rcfile={ours.with_suffix('.rc')}", f"--data-file={ours.with_suffix('.data')}"]
    run([space.venv.python, "-m", "coverage", "json", *data, "-o", str(report)], space.tree)
    return report


def peer_half(space: Workspace, core: str | None) -> bool:
    """Run coverage.py's half alone and print what it measured; whether the suite ran."""
    space.prepare(ours=False)
    peer = measure(space, "coverage", core)
    found = compare(load(peer.report), load(peer.report))
    print(
        f"{space.project.name:15} {space.version} {found.files:3} files {found.statements:6}"
        f" statements {found.branches:5} branches {peer.seconds:6.1f} s  {peer.summary}",
        flush=True,
    )
    return "passed" in peer.summary


def both_halves(space: Workspace, options: argparse.Namespace) -> bool:
    """Compare one project on one Python, print its row and its differences; whether all agree.

    Suites with threads do not repeat themselves to the last branch. Where something differs both
    tools run once more, and what is not seen again is printed but does not count. Of what is left,
    the witnesses are asked.
    """
    space.prepare(ours=True)
    peer, ours, found = _once(space, options)
    passing: set[str] = set()
    if found.differences:
        peer, ours, again = _once(space, options)
        passing = found.differences ^ again.differences
        found.keep(again.differences)
    crossed = compare(load(cross_report(space, ours.report)), load(ours.report))
    words = testimony(space, found.differences, ours, options)
    print(
        f"| {space.project.name} | {space.version} | {found.files} | {found.statements}"
        f" | {len(found.line_differences)} | {found.branches} | {len(found.branch_differences)}"
        f" | {sum(map(bool, words.values()))} | {len(crossed.differences)}"
        f" | {peer.summary} | {peer.seconds:.1f} s, {ours.seconds:.1f} s |",
        flush=True,
    )
    remarks = [
        one + "".join(f"; so does {name}" for name in words[one])
        for one in sorted(found.differences)
    ]
    remarks += [f"seen once in two runs: {one}" for one in sorted(passing)]
    remarks += [f"of cov's data: {one}" for one in sorted(crossed.differences)]
    if ours.summary != peer.summary:
        remarks.append(f"the suite says {ours.summary!r} under cov")
    for remark in remarks:
        print(f"  {space.project.name} {space.version}: {remark}", file=sys.stderr)
    alike = ours.summary == peer.summary and "passed" in peer.summary
    return alike and all(words.values()) and not crossed.differences


def testimony(
    space: Workspace, differences: set[str], ours: Outcome, options: argparse.Namespace
) -> dict[str, list[str]]:
    """For each difference the witnesses that say what cov says.

    They are coverage.py's trace function, where the branches it reports came from events, and
    cov's plain trace function, which shares no code with the event source that was compared.
    """
    words: dict[str, list[str]] = {one: [] for one in differences}
    witnesses = []  # but for those that were compared
    from_events = PYTHONS.index(space.version) >= PYTHONS.index("3.14")
    if from_events and options.core in (None, "sysmon"):
        witnesses.append(("coverage", "ctrace", "coverage.py's ctrace core"))
    if options.our_core != "pytrace":
        witnesses.append(("cov_cli", "pytrace", "cov's pytrace core"))
    for tool, core, name in witnesses if differences else []:
        apart = compare(load(measure(space, tool, core).report), load(ours.report)).differences
        places = {place(one) for one in apart}
        for one in differences:
            if place(one) not in places:
                words[one].append(name)
    return words


def _once(space: Workspace, options: argparse.Namespace) -> tuple[Outcome, Outcome, Comparison]:
    peer = measure(space, "coverage", options.core)
    ours = measure(space, "cov_cli", options.our_core)
    return peer, ours, compare(load(peer.report), load(ours.report))


def arguments(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="nox -s differential --", description=__doc__)
    parser.add_argument("--python", action="append", choices=PYTHONS, help="default: all")
    parser.add_argument("--project", action="append", choices=[p.name for p in PROJECTS])
    parser.add_argument(
        "--core", choices=("ctrace", "pytrace", "sysmon"), help="coverage.py's core"
    )
    parser.add_argument("--our-core", choices=("ctrace", "pytrace", "sysmon"), help="cov's core")
    parser.add_argument("--peer-only", action="store_true", help="only run coverage.py's half")
    parser.add_argument("--work", type=Path, default=ROOT / ".nox" / "differential.work")
    return parser.parse_args(argv)


def main(argv: list[str]) -> int:
    """0 when nothing differs without a witness, 1 when something does or a step failed."""
    options = arguments(argv)
    if not options.peer_only:
        print("| project | Python | files | statements | line differences | branches |", end="")
        print(" branch differences | witnessed | read by coverage.py | suite | seconds |")
        print("|" + "---|" * 11, flush=True)
    agree = True
    for version in filter(available, options.python or PYTHONS):
        for project in PROJECTS:
            if options.project and project.name not in options.project:
                continue
            space = Workspace(options.work / f"{project.name}-{version}", project, version)
            try:
                if options.peer_only:
                    agree &= peer_half(space, options.core)
                else:
                    agree &= both_halves(space, options)
            except Failed as failure:
                print(f"  {project.name} {version}: {failure}", file=sys.stderr)
                agree = False
    return 0 if agree else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
