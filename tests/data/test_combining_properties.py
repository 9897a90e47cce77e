"""Combining is a union: of anything, in any order, by any number of machines, however often."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import cast

import pytest
from data.journals import JournalWriter
from data.ledgers import LedgerWriter
from data.reading_back import lines, write_lines
from hypothesis import given, settings
from hypothesis import strategies as st

from cov_data import FileRecord, Writer, combine, find_data_files

PATHS = ("a.py", "page.html")
OWNERS = {"page.html": "plugin.Of"}
RUNS = tuple(f"{digit}" * 32 for digit in "123")

some_lines = st.frozensets(st.integers(1, 12), min_size=1, max_size=6)
# Many lead to lines that ran nowhere, or elsewhere only.
some_jumps = st.frozensets(st.tuples(st.integers(-2, 12), st.integers(-3, 14)), max_size=6)
context = st.sampled_from(["", "one|two"])


@dataclass(frozen=True)
class Source:
    """What one file to combine is to have in it."""

    facts: tuple[tuple[str, str, frozenset[int], frozenset[tuple[int, int]]], ...]
    touched: frozenset[str]
    runs: frozenset[str]
    started: int
    pid: int


Arc = tuple[str, str, int, int]  # Path, context, from, to.

SOURCES = st.builds(
    Source,
    st.lists(st.tuples(st.sampled_from(PATHS), context, some_lines, some_jumps), max_size=3).map(
        tuple
    ),
    st.frozensets(st.sampled_from([*PATHS, "never.py"])),
    st.frozensets(st.sampled_from(RUNS), min_size=1),
    st.integers(0, 3),
    st.integers(1, 9),
)


def processes(source: Source) -> list[str]:
    """What its ledger says."""
    return [f"{run}\tbox\tarmed\tpid={source.pid}" for run in sorted(source.runs)]


def write_data(folder: Path, number: int, source: Source, branch: bool) -> Path:
    path = folder / f"data.{number}"
    with Writer(path) as writer:
        for name, label, ran, jumps in source.facts:
            arcs = jumps if branch else None
            writer.add(FileRecord(name, label, ran, arcs, OWNERS.get(name, "")))
            writer.add_jumps_astray(name, label, [(2, 13)] if branch else [])
        writer.touch(sorted(source.touched))
        # Without facts it goes with either kind, and may have been meant to be the other.
        writer.expect_kind(branch if source.facts else source.pid % 2 == 0)
        writer.add_ledger(processes(source))
        writer.set_meta("cov_runs", " ".join(sorted(source.runs)))
        if source.started:
            writer.set_meta("cov_started", str(source.started))
        writer.commit()
    return path


def write_journal(folder: Path, number: int, source: Source, branch: bool) -> Path:
    log = JournalWriter(mode="parallel", run=min(source.runs), branch=branch, closed=True)
    for name, label, ran, jumps in source.facts:
        if name not in OWNERS:  # no plugin measures in a journal
            log.facts(name, ran, jumps if branch else (), label)
    return log.save(folder / f"data.{number}.cov-journal")


def write_ledger(folder: Path, number: int, source: Source, branch: bool) -> Path:
    log = LedgerWriter(mode="parallel", run=min(source.runs), host="elsewhere").began(source.pid)
    path = folder / f"data.{number}.cov-ledger-journal"
    path.write_bytes(log.to_bytes())
    return path


WRITERS = {"data": write_data, "journal": write_journal, "ledger": write_ledger}


def everything(path: Path) -> dict[str, object]:
    """All that a data file says, but for the ids it gives and what it was made from."""
    connection = sqlite3.connect(path)

    def rows(query: str) -> list[tuple[object, ...]]:
        return sorted(connection.execute(query), key=repr)

    named = "join file on file.id = file_id join context on context.id = context_id"
    tables = {name for (name,) in rows("select name from sqlite_master where type = 'table'")}
    found: dict[str, object] = {
        "files": rows("select path from file"),
        "contexts": rows("select context from context"),
        "lines": rows(f"select path, context, numbits from line_bits {named}"),
        "arcs": rows(f"select path, context, fromno, tono from arc {named}"),
        "owners": rows("select path, tracer from tracer join file on file.id = file_id"),
        "meta": rows("select * from meta where key not in ('cov_inputs', 'version')"),
    }
    if "cov_astray" in tables:
        found["astray"] = rows(f"select path, context, fromno, tono from cov_astray {named}")
    if "cov_ledger" in tables:
        found["ledger"] = rows("select record from cov_ledger")
    connection.close()
    return found


def arcs_of(kind: str, source: Source) -> tuple[set[Arc], set[Arc]]:
    """The arcs of one source, and the jumps that lead to lines it does not have."""
    arcs, astray = set[Arc](), set[Arc]()
    groups: dict[tuple[str, str], tuple[set[int], set[tuple[int, int]]]] = {}
    for path, label, ran, jumps in source.facts:
        if kind == "data" or path not in OWNERS:
            # Records of a data file are on their own, those of a journal come together.
            place = label if kind == "journal" else f"{label}#{len(groups)}"
            group = groups.setdefault((path, place), (set(), set()))
            group[0].update(ran)
            group[1].update(jumps)
    for (path, key), (lines_run, taken) in groups.items():
        label = key.partition("#")[0]
        lost = {j for j in taken if kind == "journal" and j[1] > 0 and j[1] not in lines_run}
        mentioned = {n for jump in taken - lost for n in jump}
        arcs |= {(path, label, *jump) for jump in taken - lost}
        arcs |= {(path, label, n, n) for n in lines_run - mentioned}
        astray |= {(path, label, *jump) for jump in lost}
        astray |= {(path, label, 2, 13)} if kind == "data" else set()
    return arcs, astray


def expected_arcs(described: Sequence[tuple[str, Source]]) -> tuple[set[Arc], set[Arc]]:
    """What all sources have together: jumps arrive where some source has their line."""
    arcs, astray = set[Arc](), set[Arc]()
    for kind, source in described:
        if kind != "ledger":
            found = arcs_of(kind, source)
            arcs, astray = arcs | found[0], astray | found[1]
    while True:
        ran = {(arc[0], n) for arc in arcs for n in arc[2:]}
        arrived = {arc for arc in astray if (arc[0], arc[3]) in ran}
        if not arrived:
            return arcs, astray
        arcs, astray = arcs | arrived, astray - arrived


@pytest.mark.parametrize("branch", [False, True], ids=["lines", "branches"])
@settings(max_examples=40)
@given(
    described=st.lists(
        st.tuples(st.sampled_from(sorted(WRITERS)), SOURCES), min_size=3, max_size=5
    ),
    seed=st.integers(0, 2**32),
)
def test_any_tree_of_combines_gives_the_same_facts(
    tmp_path_factory: pytest.TempPathFactory,
    described: list[tuple[str, Source]],
    branch: bool,
    seed: int,
) -> None:
    dice = random.Random(seed)
    folder = tmp_path_factory.mktemp("tree")
    files = [
        WRITERS[kind](folder, number, source, branch)
        for number, (kind, source) in enumerate(described)
    ]
    numbers = count()

    def united(inputs: Sequence[Path], append: bool = False, into: Path | None = None) -> Path:
        target = into or folder / f"united{next(numbers)}"
        summary = combine(target, inputs, append=append, keep=True)
        assert (summary.errored, summary.ignored, summary.problems) == ((), (), ())
        return target

    flat = united(files)
    whole = everything(flat)
    told = {(row,) for kind, source in described if kind == "data" for row in processes(source)}
    assert told <= set(cast("list[tuple[str]]", whole.get("ledger", [])))
    if branch:
        arcs, astray = expected_arcs(described)
        assert set(cast("list[Arc]", whole["arcs"])) == arcs
        assert set(cast("list[Arc]", whole.get("astray", []))) == astray

    # In any order, in any grouping, and any part more than once.
    pool = [*files, *dice.choices(files, k=2)]
    while len(pool) > 1:
        dice.shuffle(pool)
        taken = dice.randint(2, len(pool))
        pool = [united(pool[:taken]), *pool[taken:]]
    assert everything(united(pool)) == whole

    # One after the other, each added to what is there.
    dice.shuffle(files)
    target = united(files[:1])
    for path in files[1:]:
        united([path], append=True, into=target)
    assert everything(target) == whole
    # And once more, which adds nothing.
    united([*files, flat], append=True, into=target)
    assert everything(target) == whole


def test_a_jump_that_arrives_lets_others_arrive(tmp_path: Path) -> None:
    """Line 21 is known only because a jump from there has arrived."""
    told = ({1: (1, 21)}, {2: (21, 22)}, {22: (22, -1)})
    for number, facts in enumerate(told):
        log = JournalWriter(mode="parallel", branch=True, closed=True)
        log.facts("a.py", facts, facts.values()).save_beside(tmp_path / "d", number)
    combine(tmp_path / "d", find_data_files(tmp_path / "d"), append=False)
    found = everything(tmp_path / "d")
    assert "astray" not in found
    arcs = {(1, 1), (1, 21), (2, 2), (21, 22), (22, -1)}
    assert found["arcs"] == sorted([("a.py", "", *arc) for arc in arcs], key=repr)


KILLED = """
import sys
from pathlib import Path
from cov_data import combine, find_data_files
target = Path(sys.argv[1])
print("go", flush=True)
combine(target, find_data_files(target), append=True)
"""


def test_a_combine_killed_at_random_moments_loses_nothing(tmp_path: Path) -> None:
    """However often in a row; the next one that is left alone finds all there ever was."""
    dice = random.Random(20)
    target = tmp_path / ".coverage"
    expected: dict[str, set[int]] = {}
    survived = killed = 0
    for round_number in range(12):
        for number in range(20):
            ran = {dice.randint(1, 999) for _ in range(40)}
            name = f"m{dice.randint(0, 30)}"
            expected.setdefault(f"{name}.py", set()).update(ran)
            if number % 2:
                write_lines(Path(f"{target}.{round_number}.{number}"), **{name: ran})
            else:
                log = JournalWriter(mode="parallel", closed=True)
                log.facts(f"{name}.py", ran).save_beside(target, 100 * round_number + number)
        command = [sys.executable, "-c", KILLED, str(target)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(dice.uniform(0, 0.03))
            process.send_signal(signal.SIGKILL)
        survived += process.returncode == 0
        killed += process.returncode == -signal.SIGKILL
    assert survived + killed == 12
    assert killed > 0
    combine(target, find_data_files(target), append=True)
    assert lines(target) == expected
    assert os.listdir(tmp_path) == [".coverage"]
