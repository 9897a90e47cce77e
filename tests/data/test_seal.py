"""The end of a run: its journals become the data file."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from data.journals import JournalWriter
from data.reading_back import lines, write_arcs, write_lines

from cov_data import DataError, MixedKinds, Reader, combine, find_data_files
from cov_data.seal import seal

RUN, OLDER, NEWER = "bb" * 16, "aa" * 16, "cc" * 16
CREATED = {OLDER: 10**18, RUN: 2 * 10**18, NEWER: 3 * 10**18}
GONE = 2**22 + 1  # No process has this pid.


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / ".coverage"


def leave(
    target: Path,
    name: str,
    run: str = RUN,
    *,
    mode: str = "fresh",
    live: bool = False,
    branch: bool = False,
    host: str | None = None,
) -> Path:
    """A journal that says that line 1 of `<name>.py` ran."""
    log = JournalWriter(
        run=run,
        created_ns=CREATED[run],
        mode=mode,
        pid=None if live else GONE,
        branch=branch,
        host=host,
    )
    log.info(data_file=str(target), argv=["prog.py", name]).facts(f"{name}.py", [1])
    return log.save_beside(target, len(os.listdir(target.parent)) + 1)


def names(folder: Path) -> list[str]:
    return sorted(os.listdir(folder))


# ---- fresh -----------------------------------------------------------------------------------


def test_a_fresh_run_replaces_the_data_file(target: Path) -> None:
    write_arcs(target, old=[(1, 2)])
    merged = (str(leave(target, "main")), str(leave(target, "child")))
    summary = seal(target, run=RUN, mode="fresh", touch=["never.py"])
    assert (summary.target, summary.merged) == (str(target), merged)
    assert (summary.live, summary.superseded, summary.problems) == ((), (), ())
    assert lines(target) == {"main.py": {1}, "child.py": {1}, "never.py": set()}
    assert names(target.parent) == [".coverage"]
    with Reader(target) as reader:
        assert reader.meta()["cov_runs"] == RUN


@pytest.mark.parametrize("branch", [None, False, True])
def test_a_fresh_run_replaces_it_even_by_nothing(target: Path, branch: bool | None) -> None:
    write_lines(target, old=[1])
    seal(target, run=RUN, mode="fresh", touch=["never.py"], branch=branch)
    assert lines(target) == {"never.py": set()}
    with Reader(target) as reader:
        assert reader.meta().get("has_arcs") == {None: None, False: "0", True: "1"}[branch]


def test_the_old_file_may_be_rubbish_if_it_is_replaced(target: Path) -> None:
    target.write_bytes(b"SQLite format 3\0 no more")
    leave(target, "main")
    seal(target, run=RUN, mode="fresh")
    assert lines(target) == {"main.py": {1}}


def test_journals_of_older_runs_are_superseded_and_newer_ones_left(target: Path) -> None:
    old = (str(leave(target, "old", OLDER)), str(leave(target, "app", OLDER, mode="append")))
    new = leave(target, "new", NEWER)
    leave(target, "main")
    summary = seal(target, run=RUN, mode="fresh")
    assert summary.superseded == old
    assert lines(target) == {"main.py": {1}}
    assert names(target.parent) == [".coverage", new.name]


def test_a_run_without_journals_supersedes_those_before_it(target: Path) -> None:
    leave(target, "old", OLDER)
    seal(target, run=RUN, mode="fresh")
    assert lines(target) == {}
    assert names(target.parent) == [".coverage"]


def test_a_run_that_a_later_one_replaced_meanwhile_leaves_that_alone(target: Path) -> None:
    leave(target, "run")
    leave(target, "newer", NEWER)
    seal(target, run=NEWER, mode="fresh")
    before = target.read_bytes()
    summary = seal(target, run=RUN, mode="fresh", created_ns=CREATED[RUN], branch=False)
    assert (summary.outdone, summary.found, summary.merged) == (True, False, ())
    assert target.read_bytes() == before
    assert lines(target) == {"newer.py": {1}}


def test_a_run_of_which_nothing_is_left_replaces_what_was_there_before(target: Path) -> None:
    leave(target, "older", OLDER)
    seal(target, run=OLDER, mode="fresh")
    summary = seal(target, run=RUN, mode="fresh", created_ns=CREATED[RUN])
    assert not summary.outdone
    assert lines(target) == {}


def test_an_older_run_of_which_a_process_still_runs_keeps_all_its_journals(target: Path) -> None:
    child, main = leave(target, "child", OLDER), leave(target, "main", OLDER, live=True)
    leave(target, "new")
    assert seal(target, run=RUN, mode="fresh").superseded == ()
    assert child.exists()
    assert main.exists()


def test_what_is_not_of_this_data_file_is_left_alone(target: Path) -> None:
    others = [
        leave(target, "parallel", OLDER, mode="parallel"),
        leave(target, "host", OLDER, host="elsewhere"),
        leave(Path(f"{target}.unit"), "unit", OLDER),
        write_lines(Path(f"{target}.data"), a=[1]),
    ]
    Path(f"{target}.txt").write_text("hello")
    leave(target, "main")
    seal(target, run=RUN, mode="fresh")
    assert lines(target) == {"main.py": {1}}
    assert all(path.exists() for path in others)
    assert Path(f"{target}.txt").exists()


def test_a_process_that_outlives_its_run_is_merged_so_far_and_later(target: Path) -> None:
    leave(target, "main")
    live = leave(target, "daemon", live=True)
    summary = seal(target, run=RUN, mode="fresh")
    assert summary.live == (str(live),)
    assert set(lines(target)) == {"main.py", "daemon.py"}
    assert names(target.parent) == sorted([".coverage", live.name])
    log = JournalWriter(run=RUN, created_ns=CREATED[RUN], closed=True)
    log.facts("daemon.py", [1, 2]).save(live)
    combine(target, find_data_files(target), append=True)
    assert lines(target) == {"main.py": {1}, "daemon.py": {1, 2}}
    assert names(target.parent) == [".coverage"]


def test_a_report_in_the_midst_of_the_run_takes_nothing_away(target: Path) -> None:
    write_lines(target, old=[1])
    os.utime(target, (1, 1))
    leave(target, "ended")
    leave(target, "main", live=True)
    combine(target, find_data_files(target), append=True)
    assert set(lines(target)) == {"ended.py", "main.py"}
    seal(target, run=RUN, mode="fresh")
    assert set(lines(target)) == {"ended.py", "main.py"}


def test_what_is_wrong_with_a_journal_is_said(target: Path) -> None:
    log = JournalWriter(run=RUN, closed=True, lost=2).facts("lone\udc80.py", [1])
    path = log.save_beside(target)
    assert seal(target, run=RUN, mode="fresh").problems == (
        f"{path}: 2 facts found no room and are lost",
        "'lone\\udc80.py' is no name that can be stored",
    )


def test_a_missing_folder_is_made(tmp_path: Path) -> None:
    """RUN-03."""
    seal(tmp_path / "new" / "d", run=RUN, mode="fresh")
    assert names(tmp_path / "new") == ["d"]


def test_a_data_file_that_cannot_be_written_keeps_the_journals(target: Path) -> None:
    target.mkdir()
    journal = leave(target, "main")
    with pytest.raises(DataError, match="cannot be written"):
        seal(target, run=RUN, mode="fresh")
    assert names(target.parent) == sorted([".coverage", journal.name])


def test_a_mode_that_does_not_exist_is_refused(target: Path) -> None:
    with pytest.raises(ValueError, match="'afresh' is not a mode"):
        seal(target, run=RUN, mode="afresh")


# ---- append ----------------------------------------------------------------------------------


def test_an_append_run_adds_to_the_data_file(target: Path) -> None:
    write_lines(target, old=[1])
    leave(target, "main", mode="append")
    seal(target, run=RUN, mode="append", touch=["never.py"])
    assert lines(target) == {"old.py": {1}, "main.py": {1}, "never.py": set()}
    assert names(target.parent) == [".coverage"]


def test_an_append_run_without_a_data_file_makes_one(target: Path) -> None:
    """RUN-05."""
    leave(target, "main", mode="append")
    seal(target, run=RUN, mode="append")
    assert lines(target) == {"main.py": {1}}


def test_an_append_run_adds_to_a_killed_run_that_came_before(target: Path) -> None:
    write_lines(target, old=[1])
    os.utime(target, (1, 1))
    leave(target, "killed", OLDER)
    leave(target, "main", mode="append")
    seal(target, run=RUN, mode="append")
    assert set(lines(target)) == {"killed.py", "main.py"}
    assert names(target.parent) == [".coverage"]


def test_an_append_run_leaves_newer_runs_alone(target: Path) -> None:
    write_lines(target, old=[1])
    newer = leave(target, "newer", NEWER)
    leave(target, "main", mode="append")
    seal(target, run=RUN, mode="append")
    assert set(lines(target)) == {"old.py", "main.py"}
    assert newer.exists()


@pytest.mark.parametrize("branch", [True, False])
def test_the_other_kind_is_refused_and_everything_kept(target: Path, branch: bool) -> None:
    """RUN-06, COM-05: nothing is lost."""
    if branch:
        write_lines(target, old=[1])
    else:
        write_arcs(target, old=[(1, 2)])
    before = target.read_bytes()
    journal = leave(target, "main", mode="append", branch=branch)
    with pytest.raises(MixedKinds) as caught:
        seal(target, run=RUN, mode="append")
    assert str(journal) in str(caught.value)
    assert str(target) in str(caught.value)
    assert target.read_bytes() == before
    assert names(target.parent) == sorted([".coverage", journal.name])


def test_a_data_file_that_cannot_be_read_is_not_added_to(target: Path) -> None:
    target.write_text("no data")
    journal = leave(target, "main", mode="append")
    with pytest.raises(DataError, match="is not a coverage data file"):
        seal(target, run=RUN, mode="append")
    assert target.read_text() == "no data"
    assert journal.exists()


# ---- parallel --------------------------------------------------------------------------------


def test_a_parallel_run_makes_one_new_file_named_after_its_content(target: Path) -> None:
    """NAM-01, NAM-02, SCH-08."""
    write_lines(target, old=[1])
    found = []
    for run in (OLDER, NEWER):
        leave(target, "main", run, mode="parallel")
        leave(target, "child", run, mode="parallel")
        summary = seal(target, run=run, mode="parallel", pid=77)
        found.append(Path(summary.target))
    host = re.escape(os.uname().nodename.replace(".", "_"))
    pattern = rf"\.coverage\.{host}\.pid77\.X\w{{6}}x\.H(\w{{10}})h"
    hashes = [re.fullmatch(pattern, path.name) for path in found]
    assert hashes[0] is not None
    assert hashes[1] is not None
    assert hashes[0][1] == hashes[1][1]
    assert names(target.parent) == sorted([".coverage", *(path.name for path in found)])
    assert lines(target) == {"old.py": {1}}
    for path in found:
        assert lines(path) == {"main.py": {1}, "child.py": {1}}
        with Reader(path) as reader:
            meta = reader.meta()
        assert meta["sys_argv"] == "['prog.py', 'main']"
        assert re.fullmatch("[0-9a-f]{32}", meta["hash"])
        when = time.mktime(time.strptime(meta["when"], "%Y-%m-%d %H:%M:%S"))
        assert abs(time.time() - when) < 100


def test_a_parallel_run_leaves_all_other_journals_alone(target: Path) -> None:
    others = [leave(target, "a", OLDER), leave(target, "b", NEWER, mode="parallel")]
    leave(target, "main", mode="parallel")
    seal(target, run=RUN, mode="parallel")
    assert all(path.exists() for path in others)
    assert not target.exists()


# ---- cost ------------------------------------------------------------------------------------

SEAL = """
import sys
sys.path.insert(0, sys.argv[1])
from cov_data.seal import seal
seal(sys.argv[2], run=sys.argv[3], mode="fresh")
"""


def package_folder() -> str:
    import cov_data

    return str(Path(cov_data.__file__).parents[1])


def test_sealing_loads_little(target: Path) -> None:
    """It runs while somebody waits: nothing dear but sqlite3 may be loaded."""
    leave(target, "main")
    program = f"{SEAL}\nprint(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", program, package_folder(), str(target), RUN],
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(done.stdout.split())
    dear = {"argparse", "asyncio", "contextlib", "dataclasses", "enum", "hashlib"}
    dear |= {"inspect", "json", "logging", "pathlib", "random", "re", "socket", "typing"}
    assert loaded & dear == set()
    assert lines(target) == {"main.py": {1}}
