"""Reading journals: whole, cut short, damaged, or still growing."""

from __future__ import annotations

import random
import sys
from pathlib import Path
from types import FrameType

import pytest
from data.journals import INFO, JUMP, LINE, SERIES, JournalWriter
from hypothesis import given
from hypothesis import strategies as st

from cov_data import DataError, FileRecord, JournalReader, NewerSchema
from cov_data.errors import NotData


def sample(order: str = "<") -> JournalWriter:
    """A journal with everything in it."""
    writer = JournalWriter(order=order, branch=True, mode="append", lost=3, closed=True, pid=42)
    writer.info(argv=["prog.py", "--größe", ""], core="sysmon", trouble="It rained.")
    writer.facts("/x/a.py", [1, 2, 3], [(2, 3), (2, -1)])
    writer.stamp("/x/a.py", 2**32 - 1, 1_700_000_000_123_456_789)
    writer.facts("/x/ä.py", [1], context="test_eins|run")
    writer.pad(80)
    writer.records.append(bytes(16))  # A slot that was claimed and never filled.
    writer.facts("/x/a.py", [9, 3], [(-7, 9)], context="test_eins|run")
    return writer


RECORDS = [
    FileRecord("/x/a.py", "", frozenset({1, 2, 3}), frozenset({(2, 3), (2, -1)})),
    FileRecord("/x/ä.py", "test_eins|run", frozenset({1}), frozenset()),
    FileRecord("/x/a.py", "test_eins|run", frozenset({3, 9}), frozenset({(-7, 9)})),
]


def read(tmp_path: Path, data: bytes) -> JournalReader:
    path = tmp_path / "journal"
    path.write_bytes(data)
    return JournalReader(path)


@pytest.mark.parametrize("order", ["<", ">"], ids=["little endian", "big endian"])
def test_a_whole_journal_is_read(tmp_path: Path, order: str) -> None:
    reader = read(tmp_path, sample(order).to_bytes())
    assert reader.records() == RECORDS
    assert reader.problems == []
    assert reader.info == {
        "argv": ["prog.py", "--größe", ""],
        "core": ["sysmon"],
        "trouble": ["It rained."],
    }


@pytest.mark.parametrize("order", ["<", ">"], ids=["little endian", "big endian"])
def test_the_header_tells_of_the_process(tmp_path: Path, order: str) -> None:
    reader = read(tmp_path, sample(order).to_bytes())
    assert (reader.pid, reader.run, reader.mode) == (42, "11" * 16, "append")
    assert (reader.branch, reader.closed, reader.lost) == (True, True, 3)
    assert reader.created_ns == 1_700_000_000_000_000_000


def test_a_journal_without_branches_has_none(tmp_path: Path) -> None:
    data = JournalWriter().facts("a.py", [0, 5], [(5, 6)]).to_bytes()
    assert read(tmp_path, data).records() == [FileRecord("a.py", "", frozenset({0, 5}), None)]


def test_a_file_that_ran_no_line_yet_is_known(tmp_path: Path) -> None:
    data = JournalWriter().facts("a.py").to_bytes()
    assert read(tmp_path, data).records() == [FileRecord("a.py", "", frozenset(), None)]


def test_a_journal_without_facts_has_no_records(tmp_path: Path) -> None:
    reader = read(tmp_path, JournalWriter().to_bytes())
    assert reader.records() == []
    assert reader.problems == []


def test_facts_may_name_their_series_in_any_order(tmp_path: Path) -> None:
    writer = JournalWriter()
    first, second = writer.series("a.py"), writer.series("b.py")
    for line in range(1, 50):
        writer.record(LINE, a=first if line % 2 else second, b=line)
    odd, even = read(tmp_path, writer.to_bytes()).records()
    assert odd.lines == set(range(1, 50, 2))
    assert even.lines == set(range(2, 50, 2))


def test_two_series_of_one_file_and_context_are_one_record(tmp_path: Path) -> None:
    writer = JournalWriter().facts("a.py", [1])
    writer.record(SERIES, a=2, text=b"a.py")
    writer.record(LINE, a=2, b=2)
    assert read(tmp_path, writer.to_bytes()).records() == [
        FileRecord("a.py", "", frozenset({1, 2}), None)
    ]


def test_nothing_beyond_the_tail_is_believed(tmp_path: Path) -> None:
    writer = JournalWriter().facts("a.py", [1, 2, 3])
    tail = 128 + sum(map(len, writer.records)) - 16
    reader = read(tmp_path, writer.to_bytes(tail=tail))
    assert reader.records()[0].lines == {1, 2}
    assert reader.problems == []


def test_reserved_blocks_behind_the_tail_are_no_matter(tmp_path: Path) -> None:
    reader = JournalReader(sample().save(tmp_path / "journal", reserve=65536))
    assert reader.records() == RECORDS


def facts_of(records: list[FileRecord]) -> set[object]:
    facts: set[object] = {(r.path, r.context) for r in records}
    facts |= {(r.path, r.context, line) for r in records for line in r.lines}
    facts |= {(r.path, r.context, arc) for r in records for arc in r.arcs or ()}
    return facts


def test_a_journal_cut_at_any_byte_gives_what_is_whole(tmp_path: Path) -> None:
    data = sample().to_bytes()
    everything = facts_of(RECORDS)
    before: set[object] = set()
    for size in range(len(data) + 1):
        if size < 128:
            with pytest.raises(DataError, match="not a journal" if size < 8 else "cut off"):
                read(tmp_path, data[:size])
            continue
        reader = read(tmp_path, data[:size])
        now = facts_of(reader.records())
        assert before <= now <= everything
        assert (size < len(data)) == bool(reader.problems)
        before = now
    assert before == everything


def test_a_tail_cut_at_any_byte_gives_what_is_whole(tmp_path: Path) -> None:
    """A kill between two facts: the file is long enough, but the tail is not there yet."""
    size = len(sample().to_bytes())
    before: set[object] = set()
    for tail in range(size + 1):
        now = facts_of(read(tmp_path, sample().to_bytes(tail=tail)).records())
        assert before <= now
        before = now
    assert before == facts_of(RECORDS)


def test_a_byte_that_rots_anywhere_never_invents_a_fact(tmp_path: Path) -> None:
    """Apart from text: a path is guarded with its record, so that it vanishes as a whole."""
    data = sample().to_bytes()
    everything = facts_of(RECORDS)
    for position in range(128, len(data)):
        rotten = bytearray(data)
        rotten[position] ^= 0x55
        reader = read(tmp_path, bytes(rotten))
        assert facts_of(reader.records()) <= everything, position


def test_rubbish_between_records_hides_nothing_behind_it(tmp_path: Path) -> None:
    chance = random.Random(7)
    for _ in range(300):
        writer = sample()
        rubbish = chance.randbytes(16 * chance.randrange(1, 8))
        writer.records.insert(chance.randrange(len(writer.records) + 1), rubbish)
        reader = read(tmp_path, writer.to_bytes())
        assert reader.records() == RECORDS
        assert any("passed over" in problem for problem in reader.problems)


@given(st.binary(max_size=400))
def test_rubbish_at_the_end_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, rubbish: bytes
) -> None:
    tmp_path = tmp_path_factory.mktemp("rubbish")
    whole = sample().to_bytes()
    assert read(tmp_path, whole + rubbish).records() == RECORDS


def test_facts_of_an_unknown_series_are_passed_over_and_counted(tmp_path: Path) -> None:
    writer = JournalWriter().facts("a.py", [1])
    writer.record(LINE, a=9, b=4)
    writer.record(JUMP, a=9, b=4, c=5)
    writer.facts("a.py", [2])
    reader = read(tmp_path, writer.to_bytes())
    assert reader.records() == [FileRecord("a.py", "", frozenset({1, 2}), None)]
    assert reader.problems == ["2 damaged or unknown records were passed over"]


@pytest.mark.parametrize(
    ("kind", "sub", "a", "b", "c"),
    [(77, 0, 1, 2, 3), (LINE, 1, 1, 5, 0), (LINE, 0, 1, -5, 0), (LINE, 0, 1, 5, 9)],
    ids=["kind", "sub", "negative line", "more than a line"],
)
def test_what_is_not_known_is_passed_over_and_counted(
    tmp_path: Path, kind: int, sub: int, a: int, b: int, c: int
) -> None:
    writer = JournalWriter().facts("a.py", [1])
    writer.record(kind, sub, a, b, c)
    writer.facts("a.py", [2])
    reader = read(tmp_path, writer.to_bytes())
    assert reader.records() == [FileRecord("a.py", "", frozenset({1, 2}), None)]
    assert reader.problems == ["1 damaged or unknown records were passed over"]


def test_info_of_an_unknown_key_is_ignored(tmp_path: Path) -> None:
    writer = JournalWriter()
    writer.record(INFO, sub=200, text=b"tomorrow")
    reader = read(tmp_path, writer.info(core="ctrace").to_bytes())
    assert reader.info == {"core": ["ctrace"]}
    assert reader.problems == []


def test_text_is_read_whatever_its_bytes_are(tmp_path: Path) -> None:
    writer = JournalWriter().facts("lone\udc80.py", [1])
    writer.record(SERIES, a=2, text=b"raw\xff.py")
    writer.record(LINE, a=2, b=2)
    paths = [record.path for record in read(tmp_path, writer.to_bytes()).records()]
    assert paths == ["lone\udc80.py", "raw\\xff.py"]


def test_a_journal_that_grows_tells_more_each_time(tmp_path: Path) -> None:
    writer = JournalWriter().facts("a.py", [1])
    path = writer.save(tmp_path / "journal", reserve=4096)
    reader = JournalReader(path)
    assert reader.records()[0].lines == {1}
    writer.facts("a.py", [2]).save(path, reserve=4096)
    assert reader.records()[0].lines == {1}  # What it said, it stands by, until told to forget.
    reader.forget()
    assert reader.records()[0].lines == {1, 2}


def test_a_journal_that_vanishes_says_so_instead_of_raising(tmp_path: Path) -> None:
    path = sample().save(tmp_path / "journal")
    reader = JournalReader(path)
    path.unlink()
    assert reader.records() == []
    assert "cannot be read" in reader.problems[0]


def test_a_tail_beyond_all_bounds_is_said_and_does_no_harm(tmp_path: Path) -> None:
    reader = read(tmp_path, sample().to_bytes(tail=2**64 - 1))
    assert reader.records() == RECORDS
    assert "bytes are missing at the end" in reader.problems[0]


@pytest.mark.parametrize(
    "data", [b"", b"SQLite format 3\0", b"\0" * 4096, b"COVJRNX\n" + bytes(200)]
)
def test_a_file_that_is_no_journal_is_refused(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(NotData, match="is not a journal"):
        read(tmp_path, data)


def test_a_journal_without_byte_order_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="damaged header"):
        read(tmp_path, b"COVJRNL\n" + bytes(120))


def test_a_newer_journal_is_refused_with_the_advice_to_upgrade(tmp_path: Path) -> None:
    data = bytearray(sample().to_bytes())
    data[12] = 2
    with pytest.raises(NewerSchema, match="version 2; this cov-data reads 1: upgrade"):
        read(tmp_path, bytes(data))


def test_a_fact_of_an_unknown_series_is_passed_over_under_a_right_sum_too(tmp_path: Path) -> None:
    writer = JournalWriter(closed=True).facts("a.py", [1])
    writer.record(LINE, a=9, b=5)
    writer.facts("a.py", [2])
    path = tmp_path / "j"
    path.write_bytes(writer.to_bytes(summed=True))
    reader = JournalReader(path)
    assert [record.lines for record in reader.records()] == [frozenset({1, 2})]
    assert reader.problems == ["1 damaged or unknown records were passed over"]


def test_a_right_sum_spares_the_checks_and_a_wrong_one_does_not(tmp_path: Path) -> None:
    """A journal that ended in order says the same with and without its sum, damaged or not."""
    writer = JournalWriter(branch=True, closed=True).info(core="sysmon")
    writer.facts("a.py", [1, 2], [(1, 2)]).facts("b.py", [7]).facts("a.py", [3], [(2, 3)])
    writer.pad(64)
    writer.facts("b.py", [8], [(8, -1)])
    whole = writer.to_bytes(summed=True)
    path = tmp_path / "j"
    path.write_bytes(whole)
    expected = facts_of(JournalReader(path).records())
    path.write_bytes(writer.to_bytes())
    assert facts_of(JournalReader(path).records()) == expected
    for position in range(128, len(whole)):
        path.write_bytes(whole[:position] + bytes([whole[position] ^ 0x40]) + whole[position + 1 :])
        assert facts_of(JournalReader(path).records()) <= expected


def test_many_facts_take_few_calls_each(tmp_path: Path) -> None:
    """Reading costs what the calls of functions cost. Counted, since the time says more about the
    machine; the benchmarks have that."""
    writer = JournalWriter(branch=True)
    for number in range(100):
        writer.facts(f"/x/{number}.py", range(1, 1001), [(n, n % 1000 + 1) for n in range(1, 1001)])
    path = writer.save(tmp_path / "journal")
    calls = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        records = JournalReader(path).records()
    finally:
        sys.setprofile(before)
    assert sum(len(r.lines) + len(r.arcs or ()) for r in records) == 200_000
    assert 0 < calls < 3 * 200_000
