"""Journals and data files → one data file."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from data.journals import JournalWriter
from data.reading_back import content, lines, write, write_arcs, write_lines
from hypothesis import given, settings
from hypothesis import strategies as st

from cov_data import (
    DataError,
    FileRecord,
    MixedKinds,
    NewerSchema,
    PathMap,
    Reader,
    combine,
    find_data_files,
)
from cov_data.locking import DirectoryLock


def names(folder: Path) -> list[str]:
    return sorted(os.listdir(folder))


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / ".coverage"


def journal(mode: str = "parallel", run: str = "11" * 16, branch: bool = False) -> JournalWriter:
    """A journal of a process that ended well."""
    return JournalWriter(mode=mode, run=run, branch=branch, closed=True)


# ---- what comes out --------------------------------------------------------------------------


def test_files_and_journals_are_united(target: Path) -> None:
    """COM-07, COM-08."""
    write_lines(Path(f"{target}.1"), a=[1, 2], b=[5])
    write_lines(Path(f"{target}.2"), "t", a=[2, 3])
    journal().facts("a.py", [9]).facts("a.py", [3], context="t").save_beside(target)
    summary = combine(target, find_data_files(target), append=False)
    assert len(summary.combined) == 3
    assert (summary.skipped, summary.errored, summary.live, summary.problems) == ((), (), (), ())
    assert summary.changed
    assert names(target.parent) == [".coverage"]
    with Reader(target) as reader:
        assert reader.contexts_by_line("a.py") == {1: [""], 2: ["", "t"], 3: ["t"], 9: [""]}
        assert reader.lines("b.py") == {5}


def test_a_jump_to_a_line_that_never_ran_anywhere_is_no_fact(target: Path) -> None:
    """One process died on the way; another had line 9 from its parent, who told of it."""
    one, two = journal(branch=True), journal(branch=True)
    one.facts("a.py", [1, 2, 9], [(1, 2), (2, 7)]).save_beside(target, 1)
    two.facts("a.py", [3], [(3, 9), (3, -1)]).save_beside(target, 2)
    combine(target, find_data_files(target), append=False)
    with Reader(target) as reader:
        assert reader.lines("a.py") == {1, 2, 3, 9}
        assert reader.arcs("a.py") == {(1, 2), (3, 9), (3, -1), (9, 9)}


def test_arcs_are_taken_just_as_they_are(target: Path) -> None:
    """(n, n) is added for journals only, which know lines apart from jumps, where it is needed."""
    write_arcs(Path(f"{target}.1"), a=[(-1, 1), (1, 2)])
    journal(branch=True).facts("b.py", [1, 2, 3], [(1, 2)]).save_beside(target)
    combine(target, find_data_files(target), append=False)
    with Reader(target) as reader:
        assert reader.arcs("a.py") == {(-1, 1), (1, 2)}
        assert reader.arcs("b.py") == {(1, 2), (3, 3)}


RECORDS = st.lists(
    st.builds(
        FileRecord,
        st.sampled_from(["a.py", "b.py"]),
        st.sampled_from(["", "x", "y"]),
        st.frozensets(st.integers(1, 40), max_size=6),
        st.frozensets(st.tuples(st.integers(1, 9), st.integers(-9, 9)), max_size=6),
    ),
    max_size=4,
)


@settings(max_examples=40)
@given(RECORDS, RECORDS, RECORDS, st.booleans())
def test_combining_is_commutative_associative_and_idempotent(
    tmp_path_factory: pytest.TempPathFactory,
    one: list[FileRecord],
    two: list[FileRecord],
    three: list[FileRecord],
    branch: bool,
) -> None:
    folder = tmp_path_factory.mktemp("laws")
    files = []
    for number, records in enumerate((one, two)):
        plain = [r if branch else FileRecord(r.path, r.context, r.lines, None) for r in records]
        files.append(write(folder / f"in{number}", plain))
    log = JournalWriter(mode="parallel", branch=branch, closed=True)
    for r in three:
        log.facts(r.path, r.lines, r.arcs or (), r.context)
    files.append(log.save(folder / "in2"))

    def merged(name: str, *inputs: Path, append: bool = False) -> Path:
        combine(folder / name, inputs, append=append, keep=True)
        return folder / name

    a, b, c = files
    whole = content(merged("abc", a, b, c))
    assert content(merged("cba", c, b, a)) == whole
    assert content(merged("a_bc", a, merged("bc", b, c))) == whole
    assert content(merged("ab_c", merged("ab", a, b), c)) == whole
    assert content(merged("twice", a, b, c, a, b, c)) == whole
    assert content(merged("abc", a, b, c, append=True)) == whole
    assert content(merged("a_then", a)) != {}
    assert content(merged("a_then", b, c, append=True)) == whole


def test_append_keeps_what_was_there_and_without_it_goes(target: Path) -> None:
    """CMB-03, REP-03."""
    write_lines(target, a=[1])
    combine(target, [write_lines(Path(f"{target}.1"), b=[1])], append=True)
    assert set(lines(target)) == {"a.py", "b.py"}
    combine(target, [write_lines(Path(f"{target}.1"), c=[1])], append=False)
    assert set(lines(target)) == {"c.py"}


def test_names_are_kept_although_nothing_ran(target: Path) -> None:
    """SCH-12."""
    write_lines(Path(f"{target}.1"), a=[1])
    combine(target, find_data_files(target), append=False, touch=["never.py"])
    assert lines(target) == {"a.py": {1}, "never.py": set()}


def test_names_alone_discard_nothing(target: Path) -> None:
    write_lines(target, a=[1])
    combine(target, [], append=False, touch=["never.py"])
    assert lines(target) == {"a.py": {1}, "never.py": set()}


def test_the_target_may_be_an_input_and_stays(target: Path) -> None:
    write_lines(target, a=[1])
    write_lines(Path(f"{target}.1"), b=[1])
    summary = combine(target, [target, Path(f"{target}.1")], append=False)
    assert set(lines(target)) == {"a.py", "b.py"}
    assert len(summary.combined) == 2


def test_a_folder_that_cannot_be_made_is_an_error(tmp_path: Path) -> None:
    tmp_path.joinpath("file").touch()
    with pytest.raises(DataError, match="cannot be made"):
        combine(tmp_path / "file" / "deep" / "d", [], append=False)


def test_a_target_of_no_bytes_is_no_obstacle(target: Path) -> None:
    """SCH-17."""
    target.touch()
    combine(target, [write_lines(Path(f"{target}.1"), a=[1])], append=True)
    assert lines(target) == {"a.py": {1}}


def test_paths_are_mapped_and_united(target: Path) -> None:
    """COM-06, COM-07."""
    write(Path(f"{target}.1"), [FileRecord("c:\\ci\\a.py", "", frozenset({1}), None)])
    journal().facts("/ci/a.py", [2]).save_beside(target)
    rules = PathMap([["/here", "/ci", "c:\\ci"]], exists=lambda path: path == "/here/a.py")
    combine(target, find_data_files(target), append=False, path_map=rules, touch=["/ci/b.py"])
    assert lines(target) == {"/here/a.py": {1, 2}, "/ci/b.py": set()}


def test_separators_of_another_system_need_no_rule(target: Path) -> None:
    """COM-06."""
    write(Path(f"{target}.1"), [FileRecord("src\\a.py", "", frozenset({1}), None)])
    combine(target, find_data_files(target), append=False)
    assert lines(target) == {"src/a.py": {1}}


def test_implicit_rules_do_not_depend_on_the_order(tmp_path: Path, target: Path) -> None:
    """LIM-48: the absolute name comes first here."""
    tmp_path.joinpath("pkg").mkdir()
    tmp_path.joinpath("pkg", "a.py").touch()
    write(Path(f"{target}.1"), [FileRecord("/ci/pkg/a.py", "", frozenset({1}), None)])
    write(Path(f"{target}.2"), [FileRecord("pkg/a.py", "", frozenset({2}), None)])
    rules = PathMap(relative=True, cwd=tmp_path)
    combine(target, find_data_files(target), append=False, path_map=rules)
    assert lines(target) == {"pkg/a.py": {1, 2}}


# ---- what is refused or left alone -----------------------------------------------------------


def test_nothing_to_combine_changes_nothing(target: Path) -> None:
    """CMB-03, REP-09."""
    assert not combine(target, [], append=True).changed
    assert names(target.parent) == []
    write_lines(target, a=[1])
    before = target.stat().st_mtime_ns
    assert not combine(target, [], append=False).changed
    assert target.stat().st_mtime_ns == before


@pytest.mark.parametrize("append", [True, False])
def test_rubbish_is_listed_and_left_and_no_error(target: Path, append: bool) -> None:
    """LIM-47, REP-05, SCH-17."""
    write_lines(target, a=[1])
    rubbish = [Path(f"{target}.{name}") for name in ("bak", "py", "zero")]
    rubbish[0].write_text("hello")
    rubbish[1].write_bytes(b"\0" * 3000)
    rubbish[2].touch()
    summary = combine(target, find_data_files(target), append=append)
    assert summary.ignored == tuple(rubbish)
    assert (summary.errored, summary.combined, summary.changed) == ((), (), False)
    assert all(path.exists() for path in rubbish)
    assert lines(target) == {"a.py": {1}}


def test_damaged_and_missing_inputs_are_listed_and_left(target: Path) -> None:
    """COM-03, REP-04."""
    good = write_lines(Path(f"{target}.good"), a=[1])
    bad = write_lines(Path(f"{target}.bad"), b=[1])
    bad.write_bytes(bad.read_bytes()[:3000])
    cut = Path(f"{target}.h.pid1.X00000001x.cov-journal")
    cut.write_bytes(journal().to_bytes()[:100])
    missing = Path(f"{target}.missing")
    summary = combine(target, [bad, good, cut, missing], append=False)
    assert [path for path, _ in summary.errored] == [bad, cut, missing]
    assert all(str(path) in reason for path, reason in summary.errored)
    assert summary.combined == (good,)
    assert names(target.parent) == sorted([".coverage", bad.name, cut.name])
    assert lines(target) == {"a.py": {1}}


def test_an_input_that_turns_out_damaged_half_way_leaves_no_trace(target: Path) -> None:
    """Its tables look well, but a row in the midst does not."""
    import sqlite3

    bad = write_arcs(Path(f"{target}.bad"), "bad", a=[(1, 2)], b=[(1, 2)], c=[(3, 4)])
    with sqlite3.connect(bad) as connection:
        connection.execute("update arc set file_id = 99 where fromno = 3")
    connection.close()
    good = write_arcs(Path(f"{target}.good"), a=[(1, 5)])
    summary = combine(target, [bad, good], append=False)
    assert [path for path, _ in summary.errored] == [bad]
    assert summary.combined == (good,)
    with Reader(target) as reader:
        assert (reader.files(), reader.contexts()) == (["a.py"], [""])
    assert names(target.parent) == [".coverage", ".coverage.bad"]


def test_a_newer_input_is_listed_with_the_advice_to_upgrade(target: Path) -> None:
    """SCH-16."""
    import sqlite3

    newer = write_lines(Path(f"{target}.1"), a=[1])
    with sqlite3.connect(newer) as connection:
        connection.execute("update coverage_schema set version = 8")
    connection.close()
    summary = combine(target, [newer], append=True)
    assert "upgrade cov-data" in summary.errored[0][1]
    assert not summary.changed
    newer.rename(target)
    write_lines(newer, a=[1])
    with pytest.raises(NewerSchema):
        combine(target, [newer], append=True)
    assert newer.exists()


def test_a_target_that_is_not_data_is_not_added_to(target: Path) -> None:
    target.write_text("something dear to somebody")
    more = write_lines(Path(f"{target}.1"), a=[1])
    with pytest.raises(DataError, match="is not a coverage data file"):
        combine(target, [more], append=True)
    assert target.read_text() == "something dear to somebody"
    assert more.exists()


def test_a_target_left_half_written_is_not_added_to(target: Path) -> None:
    """SCH-14."""
    write_lines(target, a=[1])
    Path(f"{target}-journal").write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7")
    more = write_lines(Path(f"{target}.1"), a=[2])
    with pytest.raises(DataError, match="left half-written by another tool"):
        combine(target, [more], append=True)
    assert more.exists()


@pytest.mark.parametrize("where", ["inputs", "target", "journals"])
def test_lines_and_branches_are_refused_before_anything_happens(target: Path, where: str) -> None:
    """COM-04, COM-05, REP-06, LIM-46."""
    one = write_lines(target if where == "target" else Path(f"{target}.1"), a=[1])
    if where == "journals":
        two = journal(branch=True).facts("a.py", [1]).save_beside(target)
    else:
        two = write_arcs(Path(f"{target}.2"), a=[(1, 2)])
    before = {path: path.read_bytes() for path in (one, two)}
    with pytest.raises(MixedKinds) as caught:
        combine(target, find_data_files(target), append=True)
    message = str(caught.value)
    assert f"{two} was measured with branches and {one} without" in message
    assert {path: path.read_bytes() for path in (one, two)} == before
    assert names(target.parent) == sorted([one.name, two.name])


def test_without_append_the_kind_of_the_old_content_is_no_matter(target: Path) -> None:
    write_lines(target, a=[1])
    combine(target, [write_arcs(Path(f"{target}.1"), a=[(1, 2)])], append=False)
    with Reader(target) as reader:
        assert reader.has_arcs


def test_a_file_without_facts_goes_with_either_kind(target: Path) -> None:
    write_arcs(target)
    combine(target, [write_lines(Path(f"{target}.1"), a=[1])], append=True)
    assert lines(target) == {"a.py": {1}}


def test_owners_that_disagree_are_refused_and_nothing_is_lost(target: Path) -> None:
    """COM-04, COM-08."""
    write(Path(f"{target}.1"), [FileRecord("t", "", frozenset({1}), None, "plug.A")])
    write(Path(f"{target}.2"), [FileRecord("t", "", frozenset({1}), None)])
    with pytest.raises(DataError, match=r"t is owned by plug\.A .* by no plugin"):
        combine(target, find_data_files(target), append=False)
    assert names(target.parent) == [".coverage.1", ".coverage.2"]


def test_a_touched_file_is_nobodys_until_it_has_data(target: Path) -> None:
    write(Path(f"{target}.1"), [FileRecord("t", "", frozenset({1}), None, "plug.A")])
    combine(target, find_data_files(target), append=False, touch=["t"])
    write(Path(f"{target}.1"), [FileRecord("t", "", frozenset({2}), None, "plug.A")])
    combine(target, find_data_files(target), append=True)
    assert lines(target) == {"t": {1, 2}}


# ---- what becomes of the inputs --------------------------------------------------------------


def test_a_new_file_of_an_old_name_is_not_the_one_combined_before(target: Path) -> None:
    """Combining notes its inputs, in case it is killed while it deletes them."""
    for lines_run in ([1], [2]):
        write_lines(Path(f"{target}.unit"), a=lines_run)
        combine(target, find_data_files(target), append=False)
    assert lines(target) == {"a.py": {2}}


def test_combining_kept_files_again_starts_from_nothing(target: Path) -> None:
    """CMB-03."""
    write_lines(Path(f"{target}.1"), a=[1])
    write_lines(Path(f"{target}.2"), b=[1])
    combine(target, find_data_files(target), append=False, keep=True)
    Path(f"{target}.2").unlink()
    combine(target, find_data_files(target), append=False, keep=True)
    assert lines(target) == {"a.py": {1}}


def test_keep_keeps_all_inputs(target: Path) -> None:
    write_lines(Path(f"{target}.1"), a=[1])
    journal().facts("a.py", [2]).save_beside(target)
    before = names(target.parent)
    combine(target, find_data_files(target), append=False, keep=True)
    assert names(target.parent) == sorted([".coverage", *before])


def test_copies_are_skipped_and_deleted(target: Path) -> None:
    """COM-02: by the hash in the name, else by the bytes."""
    write_lines(Path(f"{target}.h.pid1.XaaaaaaX.H0123456789h"), a=[1])
    write_lines(Path(f"{target}.h.pid2.XbbbbbbX.H0123456789h"), a=[1])
    write_lines(Path(f"{target}.x"), b=[1])
    shutil.copy(Path(f"{target}.x"), Path(f"{target}.y"))
    summary = combine(target, find_data_files(target), append=False)
    assert [path.name for path in summary.skipped] == [
        ".coverage.h.pid2.XbbbbbbX.H0123456789h",
        ".coverage.y",
    ]
    assert len(summary.combined) == 2
    assert names(target.parent) == [".coverage"]


def test_a_journal_of_a_running_process_is_read_and_stays(target: Path) -> None:
    live = JournalWriter(mode="parallel").facts("a.py", [1]).save_beside(target)
    summary = combine(target, find_data_files(target), append=True)
    assert summary.live == (live,) == summary.combined
    assert live.exists()
    JournalWriter(mode="parallel", closed=True).facts("a.py", [1, 2]).save_beside(target)
    summary = combine(target, find_data_files(target), append=True)
    assert summary.live == ()
    assert not live.exists()
    assert lines(target) == {"a.py": {1, 2}}


def test_what_a_journal_lost_is_said(target: Path) -> None:
    log = JournalWriter(mode="parallel", closed=True, lost=7).facts("a.py", [1])
    log.info(trouble="The disk was full.")
    log.records.append(b"\xff" * 16)
    path = log.save_beside(target)
    summary = combine(target, find_data_files(target), append=False)
    assert summary.problems == (
        f"{path}: 1 damaged or unknown records were passed over",
        f"{path}: The disk was full.",
        f"{path}: 7 facts found no room and are lost",
    )


def test_many_inputs_need_few_open_files(target: Path) -> None:
    """All are looked at before any is merged: that must not mean that all are open."""
    for number in range(120):
        write_lines(Path(f"{target}.{number:03}"), **{f"m{number}": [1]})
        journal().facts(f"j{number}.py", [1]).save_beside(target, number + 1)
    program = """
import resource, sys
from pathlib import Path
from cov_data import combine, find_data_files
resource.setrlimit(resource.RLIMIT_NOFILE, (40, 40))
print(len(combine(Path(sys.argv[1]), find_data_files(Path(sys.argv[1])), append=False).combined))
"""
    done = subprocess.run([sys.executable, "-c", program, str(target)], stdout=-1, check=True)
    assert int(done.stdout) == 240
    assert len(lines(target)) == 240


# ---- killed runs, found later ----------------------------------------------------------------

OLD, NEW, NEWER = ("aa" * 16, 10**18), ("bb" * 16, 2 * 10**18), ("cc" * 16, 3 * 10**18)


def of_run(
    run: tuple[str, int], target: Path, name: str, *, mode: str = "fresh", live: bool = False
) -> Path:
    """A journal that says that line 1 of `<name>.py` ran, of a process that was killed or runs."""
    pid = None if live else 2**22 + 1
    log = JournalWriter(run=run[0], created_ns=run[1], mode=mode, pid=pid)
    log.info(data_file=str(target)).facts(f"{name}.py", [1])
    number = len(os.listdir(target.parent)) + 1
    return log.save_beside(target, number, host="box")


def set_time(path: Path, ns: int) -> None:
    os.utime(path, ns=(ns, ns))


def test_a_killed_fresh_run_replaces_older_data(target: Path) -> None:
    write_lines(target, old=[1])
    set_time(target, OLD[1])
    of_run(NEW, target, "new")
    combine(target, find_data_files(target), append=True)
    assert set(lines(target)) == {"new.py"}
    with Reader(target) as reader:
        assert reader.meta()["cov_runs"] == NEW[0]
        assert reader.meta()["cov_started"] == str(NEW[1])


def test_the_newest_of_several_killed_fresh_runs_wins(target: Path) -> None:
    old, new, append = (
        of_run(OLD, target, "old"),
        of_run(NEWER, target, "new"),
        of_run(NEW, target, "append", mode="append"),
    )
    summary = combine(target, find_data_files(target), append=True)
    assert set(lines(target)) == {"new.py"}
    assert summary.combined == (new,)
    assert set(summary.superseded) == {old, append}
    assert names(target.parent) == [".coverage"]


def test_a_killed_append_run_adds_to_the_fresh_run_before_it(target: Path) -> None:
    write_lines(target, base=[1])
    set_time(target, OLD[1])
    of_run(NEW, target, "fresh")
    of_run(NEWER, target, "append", mode="append")
    combine(target, find_data_files(target), append=True)
    assert set(lines(target)) == {"fresh.py", "append.py"}


@pytest.mark.parametrize("append", [True, False])
def test_a_child_that_outlived_its_run_adds_to_it(target: Path, append: bool) -> None:
    """Also in an explicit combine, which would otherwise throw the rest of the run away."""
    of_run(NEW, target, "main")
    combine(target, find_data_files(target), append=True)
    of_run(NEW, target, "child")
    combine(target, find_data_files(target), append=append)
    assert set(lines(target)) == {"main.py", "child.py"}


@pytest.mark.parametrize("append", [True, False])
def test_leftovers_of_an_older_run_do_not_touch_newer_data(target: Path, append: bool) -> None:
    of_run(NEW, target, "new")
    combine(target, find_data_files(target), append=True)
    dead = of_run(OLD, target, "old")
    summary = combine(target, find_data_files(target), append=append)
    assert set(lines(target)) == {"new.py"}
    assert summary.superseded == (dead,)
    assert not dead.exists()


def test_an_older_run_that_still_runs_is_left_to_end(target: Path) -> None:
    child, main = of_run(OLD, target, "child"), of_run(OLD, target, "main", live=True)
    of_run(NEW, target, "new")
    summary = combine(target, find_data_files(target), append=True)
    assert set(lines(target)) == {"new.py"}
    assert summary.live == (main,)
    assert child.exists()
    assert main.exists()


def test_a_killed_run_is_merged_with_a_file_that_another_tool_wrote_later(target: Path) -> None:
    """Which of the two the user wants, nobody knows; nothing is lost."""
    of_run(OLD, target, "cov")
    write_lines(target, other=[1])
    combine(target, find_data_files(target), append=True)
    assert set(lines(target)) == {"cov.py", "other.py"}


def test_fresh_runs_of_other_hosts_or_folders_are_all_merged(tmp_path: Path) -> None:
    """Collected from several machines: each is the whole of what its machine has."""
    target = tmp_path / "here" / ".coverage"
    target.parent.mkdir()
    for number, run in enumerate((OLD, NEW, NEWER)):
        folder = tmp_path / f"job{number}"
        folder.mkdir()
        of_run(run, folder / ".coverage", f"job{number}")
    for number, run in enumerate((OLD, NEW)):
        log = JournalWriter(run=run[0], created_ns=run[1], host=f"host{number}", closed=True)
        log.facts(f"host{number}.py", [1]).save_beside(target, host=f"host{number}")
    write_lines(target, base=[1])
    inputs = [path for folder in tmp_path.glob("job*") for path in folder.iterdir()]
    combine(target, [*inputs, *find_data_files(target)], append=True)
    assert set(lines(target)) == {
        *("job0.py", "job1.py", "job2.py", "host0.py", "host1.py", "base.py")
    }


def test_journals_of_a_data_file_with_a_longer_name_replace_nothing(target: Path) -> None:
    """`.coverage.unit` matches `.coverage.*`, as ever, but is a data file of its own."""
    write_lines(target, base=[1])
    set_time(target, OLD[1])
    of_run(NEW, Path(f"{target}.unit"), "unit")
    combine(target, find_data_files(target), append=True)
    assert set(lines(target)) == {"base.py", "unit.py"}


# ---- crashes and crowds ----------------------------------------------------------------------

CRASH = """
import os, shutil, signal, sys
from pathlib import Path
from cov_data import Reader, combine, find_data_files

template, work, append = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3] == "append"
deadly = ("open", "os.", "sqlite3.", "fcntl.", "shutil.")

def run(steps):
    # Combine, but die at the given number of dealings with the system.
    seen = 0
    def count(event, arguments):
        nonlocal seen
        if event.startswith(deadly):
            seen += 1
            if seen == steps:
                os.kill(os.getpid(), signal.SIGKILL)
    sys.addaudithook(count)
    combine(work / ".coverage", find_data_files(work / ".coverage"), append=append)
    os._exit(0)

def content():
    with Reader(work / ".coverage") as reader:
        return {name: sorted(reader.lines(name)) for name in reader.files()}

steps = again = 0
while True:
    steps += 1 - again % 2
    again += 1
    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(template, work)
    pid = os.fork()
    if not pid:
        run(steps)
    survived = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    before = content() if (work / ".coverage").exists() else None
    assert survived or before in (OLD, ALL, None), (steps, before)
    # A person types the same command again, or a report appends what it finds.
    way = append if again % 2 else True
    combine(work / ".coverage", find_data_files(work / ".coverage"), append=way)
    after = content()
    assert after == ALL, (steps, way, after)
    assert os.listdir(work) == [".coverage"], (steps, way, os.listdir(work))
    if survived:
        break
print(steps)
"""


@pytest.mark.parametrize("append", ["append", "replace"])
def test_a_kill_at_any_moment_loses_nothing(tmp_path: Path, append: str) -> None:
    """LIM-46. Every dealing with the system is an audit event; the process dies at each in turn."""
    template = tmp_path / "template"
    template.mkdir()
    target = template / ".coverage"
    new = {"a.py": [1, 2], "b.py": [1], "j.py": [7]}
    write_lines(Path(f"{target}.1"), a=[1])
    write_lines(Path(f"{target}.2"), a=[2], b=[1])
    journal().facts("j.py", [7]).save_beside(target)
    old = {"old.py": [1]}
    if append == "append":
        write_lines(target, old=[1])
        new = new | old
    program = f"OLD = {old}\nALL = {new}\n{CRASH}"
    done = subprocess.run(
        [sys.executable, "-c", program, str(template), str(tmp_path / "work"), append],
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert int(done.stdout) > 20


def test_a_full_disk_loses_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(folder)], capture_output=True
    )
    if mounted.returncode:
        pytest.skip("mounting a small file system takes root")
    try:
        target = write_lines(folder / ".coverage", a=[1])
        big = tmp_path / ".coverage.big"
        arcs = {f"m{number}": [(n, n + 1) for n in range(1, 400)] for number in range(40)}
        write_arcs(big, **arcs)
        target.unlink()
        write_arcs(target, a=[(1, 2)])
        before = target.read_bytes()
        with pytest.raises(DataError, match=r"cannot be written: .*nothing was changed"):
            combine(target, [big], append=True)
        assert names(folder) == [".coverage"]
        assert target.read_bytes() == before
        assert big.exists()
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def test_combines_at_the_same_time_lose_nothing(target: Path) -> None:
    for number in range(24):
        write_lines(Path(f"{target}.{number}"), **{f"m{number}": [1]})
    program = """
import sys
from pathlib import Path
from cov_data import combine
combine(Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]], append=True)
"""
    found = [str(path) for path in find_data_files(target)]
    running = [
        subprocess.Popen([sys.executable, "-c", program, str(target), *found[start::6]])
        for start in range(6)
    ]
    assert [process.wait() for process in running] == [0] * 6
    assert len(lines(target)) == 24


def test_a_lock_that_is_never_released_is_an_error_after_a_while(tmp_path: Path) -> None:
    with (
        DirectoryLock(str(tmp_path)),
        pytest.raises(DataError, match="nothing was changed, try again"),
        DirectoryLock(str(tmp_path), patience=0.05),
    ):
        pass
    with DirectoryLock(str(tmp_path), patience=0.05):
        pass


def test_a_lock_waits_for_the_one_before(tmp_path: Path) -> None:
    order: list[str] = []

    def second() -> None:
        with DirectoryLock(str(tmp_path)):
            order.append("second")

    thread = threading.Thread(target=second)
    with DirectoryLock(str(tmp_path)):
        thread.start()
        thread.join(0.1)
        order.append("first")
    thread.join()
    assert order == ["first", "second"]
