"""Ledgers: read whole, cut and damaged; merged into data files, kept and deleted."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from data.journals import JournalWriter, own_start
from data.ledgers import BEGIN, GONE, RUN, LedgerWriter, line
from data.reading_back import lines, write_lines
from hypothesis import given
from hypothesis import strategies as st

from cov_data import DataError, Reader, combine, find_data_files
from cov_data.errors import NotData
from cov_data.ledger import LedgerReader, parse_rows
from cov_data.naming import host_part
from cov_data.seal import seal

OLDER, NEWER = "00" * 16, "22" * 16


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / ".coverage"


def sample() -> LedgerWriter:
    log = LedgerWriter().began().armed(100, 0.1)
    log.start(100, 1, ["python", "a b.py", "tab\there", "back\\slash\\n", "line\nend", "\udc80"])
    return log.ended(100, 2)


def as_tuples(reader: LedgerReader) -> list[tuple[str, str]]:
    return [(record.kind, repr(record.values)) for record in reader.records()]


def read_bytes(data: bytes, name: str = f".coverage.box.{RUN}.cov-ledger-journal") -> LedgerReader:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(data)
        return LedgerReader(path)


# ---- one file --------------------------------------------------------------------------------


def test_a_ledger_says_what_was_written(target: Path) -> None:
    reader = LedgerReader(sample().save_beside(target))
    assert (reader.run, reader.created_ns, reader.mode) == (RUN, BEGIN, "fresh")
    assert reader.is_local()
    assert not reader.live
    assert reader.problems == []
    run, armed, start, ended = reader.records()
    assert [run.kind, armed.kind, start.kind, ended.kind] == ["run", "armed", "start", "ended"]
    assert {record.run for record in reader.records()} == {RUN}
    assert {record.host for record in reader.records()} == {host_part()}
    words = ["python", "a b.py", "tab\there", "back\\slash\\n", "line\nend", "\udc80"]
    assert start.values["argv"] == words
    assert (start.text("file"), start.number("line")) == ("/work/build.py", 41)
    assert (ended.number("pid"), ended.number("time")) == (100, BEGIN + 2 * 10**9)
    assert (ended.text("line"), ended.number("line"), run.number("host")) == ("", 0, 0)


def test_rows_are_text_that_any_database_holds_and_give_the_records_again(target: Path) -> None:
    reader = LedgerReader(sample().save_beside(target))
    rows = reader.rows()
    assert all(row.encode("utf-8") and "\n" not in row for row in rows)
    assert [r.values for r in parse_rows(rows)] == [r.values for r in reader.records()]


@given(st.lists(st.text(), min_size=1))
def test_any_text_comes_back(words: list[str]) -> None:
    words = [word.replace("\0", "") for word in words]
    reader = read_bytes(line("start", argv=words))
    assert reader.records()[0].values["argv"] == words
    assert parse_rows(reader.rows())[0].values["argv"] == words


@given(st.lists(st.characters(exclude_characters="\0"), min_size=1).map("".join))
def test_text_with_lone_surrogates_comes_back(word: str) -> None:
    assert read_bytes(line("start", argv=[word])).records()[0].values["argv"] == [word]


def test_text_that_is_no_utf8_is_shown_as_it_can_be() -> None:
    body = b"trouble\ttext=caf\xe9"
    reader = read_bytes(b"cov1\t%x\t%s\n" % (sum(body), body))
    assert reader.records()[0].text("text") == "caf\\xe9"


def test_checks_may_have_zeros_in_front() -> None:
    body = b"ended\tpid=1"
    reader = read_bytes(b"cov1\t%08x\t%s\n" % (sum(body), body))
    assert [record.kind for record in reader.records()] == ["ended"]


def test_unknown_kinds_and_keys_are_kept_for_readers_to_come(target: Path) -> None:
    log = sample()
    log.record("omen", 100, 3, colour="red")
    reader = LedgerReader(log.save_beside(target))
    assert reader.problems == []
    assert reader.records()[-1].values["colour"] == ["red"]


NAMES = (".coverage.box.0.cov-ledger-journal", "notes.txt", ".cov-ledger-journal")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("data", [b"", b"hello\n", b"cov1\t0\tended\n", b"cov1\tnothing"])
def test_a_file_without_records_and_of_another_name_is_no_ledger(name: str, data: bytes) -> None:
    with pytest.raises(NotData, match="is not a ledger"):
        read_bytes(data, name)


@pytest.mark.parametrize("data", [b"", b"hello\n", b"\0" * 4096])
def test_a_file_of_its_name_is_one_even_without_records(data: bytes) -> None:
    """The disk was full."""
    reader = read_bytes(data)
    assert (reader.run, reader.created_ns, reader.mode) == (RUN, 0, "parallel")
    assert (reader.records(), reader.live) == ([], False)


def test_a_ledger_is_known_by_its_records_under_any_name() -> None:
    assert read_bytes(sample().to_bytes(), "saved.txt").run == RUN


def test_a_file_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "missing"):
        with pytest.raises(DataError, match="cannot be read"):
            LedgerReader(path)


# ---- damage ----------------------------------------------------------------------------------


def test_cut_at_every_byte_it_has_the_records_before() -> None:
    whole = sample().to_bytes()
    all_of_it = as_tuples(read_bytes(whole))
    for size in range(len(whole) + 1):
        found = as_tuples(read_bytes(whole[:size]))
        # The last line feed is not needed to see that a record is whole.
        assert len(found) == (whole + b"\n")[: size + 1].count(b"\n") - (size == len(whole))
        assert found == all_of_it[: len(found)]


def test_what_is_written_behind_a_cut_line_is_read() -> None:
    cut = sample().to_bytes()[:-5]
    reader = read_bytes(cut + line("ended", pid=7, time=1))
    assert reader.records()[-1].number("pid") == 7
    assert reader.problems == ["1 damaged lines were passed over"]


@given(st.data())
def test_garbage_anywhere_makes_up_no_record(data: st.DataObject) -> None:
    whole = sample().to_bytes()
    position = data.draw(st.integers(0, len(whole)))
    garbage = data.draw(st.binary() | st.sampled_from([b"\0" * 9, b"\n", b"cov1\t", b"\t", b"0"]))
    removed = data.draw(st.integers(0, 40))
    expected = as_tuples(read_bytes(whole))
    found = as_tuples(read_bytes(whole[:position] + garbage + whole[position + removed :]))
    assert set(found) <= set(expected)
    assert len(found) <= len(expected)


@given(st.binary())
def test_any_bytes_are_read_without_complaint(data: bytes) -> None:
    reader = read_bytes(data)
    parse_rows(reader.rows())


@given(st.lists(st.text()))
def test_any_rows_are_read_without_complaint(rows: list[str]) -> None:
    parse_rows(rows)


# ---- who still runs --------------------------------------------------------------------------


def test_it_lives_while_an_armed_process_has_neither_ended_nor_died(target: Path) -> None:
    log = LedgerWriter().began(GONE).armed(GONE, 0)
    assert not LedgerReader(log.save_beside(target)).live
    log.armed(os.getpid(), 1, token=own_start())
    assert LedgerReader(log.save_beside(target)).live
    log.ended(os.getpid(), 2)
    assert not LedgerReader(log.save_beside(target)).live


def test_a_pid_used_again_is_another_process(target: Path) -> None:
    if not own_start():
        pytest.skip("start tokens: Linux")
    log = LedgerWriter().began().armed(os.getpid(), 0, token=own_start() - 1)
    assert not LedgerReader(log.save_beside(target)).live
    log.ended(os.getpid(), 1).armed(os.getpid(), 2, token=own_start())
    assert LedgerReader(log.save_beside(target)).live


def test_another_hosts_ledger_lives_for_some_time_after_the_last_word(target: Path) -> None:
    path = LedgerWriter(host="else.where").began().armed(GONE, 0).save_beside(target)
    assert LedgerReader(path).live
    assert not LedgerReader(path).is_local()
    os.utime(path, (1, 1))
    assert not LedgerReader(path).live


def test_what_is_written_while_its_process_dies_is_read(target: Path) -> None:
    program = "import sys, time; sys.stdin.read(); open(sys.argv[1], 'ab').write(%r)"
    last = line("trouble", pid=5, time=9, text="last words")
    path = LedgerWriter().began().save_beside(target)
    with subprocess.Popen(
        [sys.executable, "-c", program % last, str(path)], stdin=subprocess.PIPE
    ) as child:
        with open(path, "ab") as file:
            file.write(line("armed", pid=child.pid, time=1, how="hook", start=0))
        assert LedgerReader(path).live
    reader = LedgerReader(path)
    assert not reader.live
    assert reader.records()[-1].text("text") == "last words"


# ---- into the data file ----------------------------------------------------------------------


def leave(
    target: Path, run: str, created: int, *, mode: str = "fresh", live: bool = False, host: str = ""
) -> Path:
    """The ledger of a run with one process."""
    log = LedgerWriter(
        run=run,
        created_ns=created,
        mode=mode,
        host=host or None,
        data_file=str(target),
    ).began(GONE)
    log.armed(os.getpid() if live else GONE, 1, token=own_start() if live else 0)
    return log.save_beside(target)


def leave_journal(target: Path, run: str, created: int, name: str, mode: str = "fresh") -> Path:
    log = JournalWriter(run=run, created_ns=created, mode=mode, pid=GONE)
    log.info(data_file=str(target)).facts(f"{name}.py", [1])
    return log.save_beside(target, len(os.listdir(target.parent)) + 1, host=host_part())


def runs_told(path: Path) -> set[str]:
    """The runs of which the data file has a ledger's records."""
    with Reader(path) as reader:
        return {record.run for record in parse_rows(reader.ledger())}


def names(folder: Path) -> list[str]:
    return sorted(os.listdir(folder))


def test_sealing_takes_the_ledger_in_and_deletes_it(target: Path) -> None:
    leave(target, RUN, BEGIN)
    leave_journal(target, RUN, BEGIN, "main")
    seal(target, run=RUN, mode="fresh")
    assert lines(target) == {"main.py": {1}}
    assert runs_told(target) == {RUN}
    assert names(target.parent) == [".coverage"]


def test_sealing_keeps_the_ledger_of_a_run_that_still_has_processes(target: Path) -> None:
    path = leave(target, RUN, BEGIN, live=True)
    seal(target, run=RUN, mode="fresh")
    assert runs_told(target) == {RUN}
    assert path.exists()
    log = LedgerWriter(run=RUN, created_ns=BEGIN).began().armed(8, 0).ended(8, 1)
    log.save_beside(target)
    combine(target, find_data_files(target), append=True)
    assert names(target.parent) == [".coverage"]
    with Reader(target) as reader:
        assert any(record.number("pid") == 8 for record in parse_rows(reader.ledger()))


def test_sealing_drops_ledgers_of_older_runs_and_leaves_others(target: Path) -> None:
    leave(target, OLDER, BEGIN - 1)
    newer = leave(target, NEWER, BEGIN + 1)
    other = leave(target, "33" * 16, BEGIN - 1, mode="parallel")
    leave(target, RUN, BEGIN)
    seal(target, run=RUN, mode="fresh")
    assert runs_told(target) == {RUN}
    assert names(target.parent) == sorted([".coverage", newer.name, other.name])


def test_an_older_run_whose_ledger_lives_keeps_its_journals(target: Path) -> None:
    leave(target, OLDER, BEGIN - 1, live=True)
    journal = leave_journal(target, OLDER, BEGIN - 1, "old")
    leave(target, RUN, BEGIN)
    assert seal(target, run=RUN, mode="fresh").superseded == ()
    assert journal.exists()


def test_an_append_run_adds_its_ledger_to_those_there(target: Path) -> None:
    leave(target, OLDER, BEGIN - 1)
    seal(target, run=OLDER, mode="fresh")
    leave(target, RUN, BEGIN, mode="append")
    seal(target, run=RUN, mode="append")
    assert runs_told(target) == {OLDER, RUN}
    leave(target, NEWER, BEGIN + 1)
    seal(target, run=NEWER, mode="fresh")
    assert runs_told(target) == {NEWER}


def test_parallel_runs_with_the_same_data_keep_their_ledgers(target: Path) -> None:
    for run in (OLDER, RUN):
        leave(target, run, BEGIN, mode="parallel")
        leave_journal(target, run, BEGIN, "main", mode="parallel")
        seal(target, run=run, mode="parallel")
    summary = combine(target, find_data_files(target), append=False)
    assert (len(summary.combined), len(summary.skipped)) == (1, 1)
    assert runs_told(target) == {OLDER, RUN}


def test_a_killed_run_is_found_with_its_ledger(target: Path) -> None:
    write_lines(target, old=[1])
    os.utime(target, (1, 1))
    ledger = leave(target, RUN, BEGIN)
    leave_journal(target, RUN, BEGIN, "main")
    summary = combine(target, find_data_files(target), append=True)
    assert summary.ledgers == (ledger,)
    assert len(summary.combined) == 1
    assert lines(target) == {"main.py": {1}}
    assert names(target.parent) == [".coverage"]


def test_a_run_that_touched_no_measured_code_counts_as_one(target: Path) -> None:
    write_lines(target, old=[1])
    os.utime(target, (1, 1))
    leave(target, RUN, BEGIN)
    assert combine(target, find_data_files(target), append=True).changed
    assert lines(target) == {}
    assert runs_told(target) == {RUN}


def test_without_a_first_record_the_journals_tell_what_run_it_is(target: Path) -> None:
    leave(target, NEWER, BEGIN + 1)
    log = LedgerWriter(run=RUN).armed(GONE, 1)
    path = log.save_beside(target)
    leave_journal(target, RUN, BEGIN, "main")
    summary = combine(target, find_data_files(target), append=True)
    assert runs_told(target) == {NEWER}
    assert (summary.superseded != (), path.exists()) == (True, False)


def test_a_latecomers_ledger_replaces_nothing(target: Path) -> None:
    """A process armed itself when the ledger was sealed and gone."""
    leave_journal(target, RUN, BEGIN, "main")
    seal(target, run=RUN, mode="fresh")
    LedgerWriter(run=RUN).armed(GONE, 1).save_beside(target)
    combine(target, find_data_files(target), append=True)
    assert lines(target) == {"main.py": {1}}
    assert runs_told(target) == {RUN}


def test_a_foreign_hosts_ledger_is_merged(target: Path) -> None:
    leave(target, RUN, BEGIN)
    path = leave(target, OLDER, BEGIN - 1, host="else.where")
    os.utime(path, (1, 1))
    combine(target, find_data_files(target), append=True)
    assert runs_told(target) == {OLDER, RUN}


def test_combining_is_a_union_whatever_the_order_and_however_often(tmp_path: Path) -> None:
    for number, run in enumerate((OLDER, RUN, NEWER)):
        leave(tmp_path / f"d{number}", run, BEGIN, mode="append")
        seal(tmp_path / f"d{number}", run=run, mode="append")
    found = []
    for order in ("012", "210", "102"):
        result = tmp_path / f"all{order}"
        for digit in order * 2:
            combine(result, [tmp_path / f"d{digit}"], append=True, keep=True)
        with Reader(result) as reader:
            found.append(sorted(reader.ledger()))
    assert found[0] == found[1] == found[2]
    assert len(found[0]) == len(set(found[0])) == 6


OTHER_TABLE = "drop table cov_ledger; create table cov_ledger (other)"
OTHER_ROWS = """
drop table cov_ledger;
create table cov_ledger (record);
insert into cov_ledger values (x'ff00'), (7), (null), ('rubbish'), ('a\tb\tc\td=e')
"""


@pytest.mark.parametrize("damage", [OTHER_TABLE, OTHER_ROWS])
def test_a_damaged_table_is_no_reason_to_fail(target: Path, damage: str) -> None:
    import sqlite3

    one = target.with_name(".coverage.one")
    leave(one, RUN, BEGIN)
    leave_journal(one, RUN, BEGIN, "main")
    seal(one, run=RUN, mode="fresh")
    connection = sqlite3.connect(one)
    connection.executescript(damage)
    connection.close()
    combine(target, find_data_files(target), append=False)
    assert lines(target) == {"main.py": {1}}
    with Reader(target) as reader:
        assert len(parse_rows(reader.ledger())) <= 1


def test_a_data_file_without_a_ledger_has_no_table_for_it(target: Path) -> None:
    import sqlite3

    write_lines(target, a=[1])
    connection = sqlite3.connect(target)
    query = "select name from sqlite_master where name like 'cov_%' and name != 'coverage_schema'"
    assert connection.execute(query).fetchall() == []
    connection.close()
    with Reader(target) as reader:
        assert reader.ledger() == []


def test_coverage_py_reads_the_data_as_ever(target: Path) -> None:
    import coverage

    leave(target, RUN, BEGIN)
    leave_journal(target, RUN, BEGIN, "main")
    seal(target, run=RUN, mode="fresh")
    data = coverage.CoverageData(str(target))
    data.read()
    assert {name: data.lines(name) for name in data.measured_files()} == {"main.py": [1]}
