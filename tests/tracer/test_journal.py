"""What the journal in C writes is what the reader in Python reads: docs/formats/journal.md."""

from __future__ import annotations

import os
import random
import sys
from pathlib import Path

import pytest
from tracer.observing import observe

from cov_data import DataError, FileRecord, JournalReader
from cov_tracer import Journal

HOST = os.uname().nodename
RUN = bytes(range(16))
CREATED = 1_700_000_000_123_456_789
HEADER = 128


def make(
    folder: Path, *, branch: bool = True, mode: int = 0, context: str = "", host: str = HOST
) -> Journal:
    info = [(1, "prog.py"), (1, "--größe"), (1, ""), (3, "3.99"), (8, "sysmon"), (200, "?")]
    return Journal(
        str(folder / ".coverage.here"),
        host=host,
        run=RUN,
        created=CREATED,
        branch=branch,
        mode=mode,
        context=context,
        info=info,
    )


def read(journal: Journal) -> JournalReader:
    assert journal.path is not None
    return JournalReader(journal.path)


def sample(folder: Path) -> bytes:
    """A complete journal with everything in it that C writes, but for PAD."""
    journal = make(folder, context="test_eins|run")
    path = journal_path(journal)
    for file, lines in (("/x/a.py", [1, 2, 30]), ("/x/ä.py", [1, 0])):
        series = journal.series(file)
        for line in lines:
            journal.line(series, line)
        journal.jump(series, 2, 30)
        journal.jump(series, 2, -1)
    journal.close()
    del journal  # the end: cut to size and summed up
    return path.read_bytes()


def journal_path(journal: Journal) -> Path:
    """The path, of which a first fact must tell."""
    journal.series("/x/first.py")
    assert journal.path is not None
    return Path(journal.path)


def facts(reader: JournalReader) -> set[object]:
    found: set[object] = set()
    for record in reader.records():
        found.add((record.path, record.context))
        found |= {(record.path, record.context, line) for line in record.lines}
        found |= {(record.path, record.context, arc) for arc in record.arcs or ()}
    return found


@pytest.mark.parametrize(("mode", "word"), [(0, "fresh"), (1, "append"), (2, "parallel")])
@pytest.mark.parametrize("branch", [True, False])
def test_every_field_arrives(tmp_path: Path, branch: bool, mode: int, word: str) -> None:
    journal = make(tmp_path, branch=branch, mode=mode)
    series = journal.series("/x/a.py")
    journal.line(series, 7)
    reader = read(journal)
    assert (reader.pid, reader.run, reader.created_ns) == (os.getpid(), RUN.hex(), CREATED)
    assert (reader.branch, reader.mode, reader.lost) == (branch, word, 0)
    assert reader.info == {
        "argv": ["prog.py", "--größe", ""],
        "python": ["3.99"],
        "core": ["sysmon"],
    }
    arcs: frozenset[tuple[int, int]] | None = frozenset() if branch else None
    assert reader.records() == [FileRecord("/x/a.py", "", frozenset({7}), arcs)]
    assert reader.problems == []


def test_facts_are_those_of_the_context(tmp_path: Path) -> None:
    journal = make(tmp_path, context="größe|\udcff\0x")
    series = journal.series("/x/a.py")
    journal.line(series, 1)
    journal.jump(series, 1, -1)
    (record,) = read(journal).records()
    assert record.context == "größe|\udcff\0x"
    assert record.arcs == frozenset({(1, -1)})


def test_nothing_is_opened_before_the_first_fact(tmp_path: Path) -> None:
    journal = make(tmp_path)
    journal.close()
    assert journal.path is None
    del journal
    assert list(tmp_path.iterdir()) == []


def test_a_journal_is_live_until_it_is_closed(tmp_path: Path) -> None:
    journal = make(tmp_path)
    series = journal.series("a")
    assert (read(journal).closed, read(journal).live) == (False, True)
    journal.close()
    assert (read(journal).closed, read(journal).live) == (True, False)
    journal.line(series, 1)  # as an atexit function may do
    assert (read(journal).closed, read(journal).live) == (False, True)
    assert read(journal).records()[0].lines == {1}


def test_hosts_are_told_apart_whatever_their_names_are(tmp_path: Path) -> None:
    odd = make(tmp_path, host="h\udcffst")
    odd.series("a")
    assert not read(odd).is_local()
    here = make(tmp_path)
    here.series("a")
    assert read(here).is_local()


@pytest.mark.skipif(sys.platform != "linux", reason="names are any bytes on Linux")
def test_a_path_need_not_be_text(tmp_path: Path) -> None:
    folder = tmp_path / os.fsdecode(b"\xff\xfe")
    folder.mkdir()
    journal = make(folder)
    journal.line(journal.series("a"), 1)
    assert read(journal).records()[0].lines == {1}


def test_a_file_of_many_segments_is_read_whole(tmp_path: Path) -> None:
    journal = make(tmp_path)
    wanted: dict[str, set[int]] = {}
    for number in range(400):
        path = "/x/" + "long/" * number + "a.py"
        series = journal.series(path)
        wanted[path] = set(range(number, number + 500))
        for line in wanted[path]:
            journal.line(series, line)
    while_open = {record.path: record.lines for record in read(journal).records()}
    assert while_open == wanted
    journal.close()
    whole = journal_path(journal)
    del journal
    reader = JournalReader(whole)
    found = {record.path: record.lines for record in reader.records()}
    assert found.pop("/x/first.py") == set()
    assert found == wanted
    assert reader.problems == []


def test_a_journal_cut_at_any_byte_gives_what_is_whole(tmp_path: Path) -> None:
    data = sample(tmp_path)
    copy = tmp_path / "copy"
    copy.write_bytes(data)
    everything = facts(JournalReader(copy))
    before: set[object] = set()
    for size in range(len(data) + 1):
        copy.write_bytes(data[:size])
        if size < HEADER:
            with pytest.raises(DataError):
                JournalReader(copy)
            continue
        now = facts(JournalReader(copy))
        assert before <= now <= everything
        before = now
    assert before == everything
    assert ("/x/ä.py", "test_eins|run", 0) in everything


@pytest.mark.parametrize("rotten", [0x01, 0xFF])
def test_a_byte_that_rots_never_invents_a_fact(tmp_path: Path, rotten: int) -> None:
    data = sample(tmp_path)
    copy = tmp_path / "copy"
    copy.write_bytes(data)
    everything = facts(JournalReader(copy))
    for position in range(HEADER, len(data)):
        changed = bytearray(data)
        changed[position] ^= rotten
        copy.write_bytes(changed)
        assert facts(JournalReader(copy)) <= everything, position


def test_rubbish_behind_the_tail_is_not_read(tmp_path: Path) -> None:
    data = sample(tmp_path)
    chance = random.Random(5)
    copy = tmp_path / "copy"
    copy.write_bytes(data)
    everything = facts(JournalReader(copy))
    for _ in range(200):
        copy.write_bytes(data + data[HEADER:] * 2 + chance.randbytes(chance.randrange(200)))
        reader = JournalReader(copy)
        assert facts(reader) == everything
        assert reader.problems == []


def test_a_fact_of_no_series_is_lost_and_counted(tmp_path: Path) -> None:
    journal = make(tmp_path)
    journal.line(journal.series("a"), 1)
    journal.line(0, 2)
    journal.jump(9, 2, 3)
    assert journal.lost == 2
    path = Path(journal.path or "")
    journal.close()
    del journal
    reader = JournalReader(path)
    assert reader.lost == 2
    assert [(record.path, set(record.lines)) for record in reader.records()] == [("a", {1})]
    assert reader.problems == []


@pytest.mark.parametrize(
    ("how", "error"),
    [
        ({"run": b"short"}, TypeError),
        ({"run": "text"}, TypeError),
        ({"host": 5}, TypeError),
        ({"context": 5}, TypeError),
        ({"mode": 3}, ValueError),
        ({"mode": -1}, ValueError),
        ({"created": -1}, OverflowError),
        ({"created": 2**64}, OverflowError),
        ({"created": "now"}, TypeError),
        ({"info": 5}, TypeError),
        ({"info": [5]}, TypeError),
        ({"info": [(1, b"bytes")]}, TypeError),
        ({"info": [("1", "text")]}, TypeError),
        ({"surprise": 1}, TypeError),
    ],
    ids=repr,
)
def test_what_makes_no_sense_is_refused(
    tmp_path: Path, how: dict[str, object], error: type[Exception]
) -> None:
    given: dict[str, object] = {"host": "h", "run": RUN, "created": 1} | how
    for _ in range(300):  # and costs nothing: a reference too many given back would crash
        with pytest.raises(error):
            Journal(str(tmp_path / "x"), **given)  # type: ignore[arg-type]


@pytest.mark.parametrize("missing", ["host", "run", "created"])
def test_what_must_be_given_must_be_given(tmp_path: Path, missing: str) -> None:
    given: dict[str, object] = {"host": "h", "run": RUN, "created": 1}
    del given[missing]
    with pytest.raises(TypeError, match="must be given"):
        Journal(str(tmp_path / "x"), **given)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="null"):
        Journal("with\0null", host="h", run=RUN, created=1)


def test_a_forked_child_writes_a_journal_of_its_own(tmp_path: Path) -> None:
    program = """
    series = journal.series("parent")
    journal.line(series, 1)
    generation = journal.generation()
    if (pid := os.fork()) == 0:
        assert journal.path is None and journal.generation() != generation
        journal.line(journal.series("child"), 2)
        if (grandchild := os.fork()) == 0:
            journal.line(journal.series("grandchild"), 3)
            os._exit(0)
        os.waitpid(grandchild, 0)
        os._exit(0)
    assert os.waitpid(pid, 0)[1] == 0
    assert journal.generation() == generation
    journal.line(series, 4)
    """
    seen = observe(tmp_path, program, "ctrace")
    assert len(seen.journals) == 3
    by_path = {record.path: record.lines for record in seen.records}
    assert by_path == {"parent": {1, 4}, "child": {2}, "grandchild": {3}}
    assert len({JournalReader(path).pid for path in seen.journals}) == 3


def test_what_was_told_before_a_kill_is_told(tmp_path: Path) -> None:
    program = """
    pid = os.fork()
    if pid == 0:
        series = journal.series("victim")
        for line in range(9000):
            journal.line(series, line)
        os.kill(os.getpid(), 9)
    os.waitpid(pid, 0)
    """
    seen = observe(tmp_path, program, "ctrace")
    (path,) = seen.journals
    assert seen.lines("victim") == set(range(9000))
    assert (JournalReader(path).closed, JournalReader(path).live) == (False, False)
