"""cov_tracer._bulk does what cov_data.bulk does, whatever it is given."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from data.journals import JournalWriter
from hypothesis import given, settings
from hypothesis import strategies as st

from cov_data import FileRecord, JournalReader, Reader, Writer, bulk, pages
from cov_data.packing import pack_lines, unpack_lines
from cov_data.pages import put_arcs
from cov_data.schema import DDL
from cov_tracer import _bulk

# By file id and context id.
Arcs = dict[tuple[int, int], list[tuple[int, int]]]

LINES = st.one_of(st.integers(-3, 60), st.sampled_from([-(2**31), 2**31 - 1, 2**27, 90_000]))
PAIRS = st.lists(st.tuples(LINES, LINES), max_size=30)


def test_the_c_module_has_the_functions_it_stands_for() -> None:
    names = {name for name in vars(_bulk) if not name.startswith("__")}
    assert names == {"decode", "read_arcs", "settle", "unite", "write_arcs"}
    assert all(callable(getattr(bulk, name)) for name in names)


@given(PAIRS, PAIRS)
def test_unions_are_the_same(one: list[tuple[int, int]], two: list[tuple[int, int]]) -> None:
    a, b = bulk.pack_pairs(one), bulk.pack_pairs(two)
    assert _bulk.unite(a, b) == bulk.unite(a, b) == bulk.pack_pairs(one + two)
    assert bulk.unpack_pairs(_bulk.unite(a, b)) == sorted({*one, *two})


@given(st.sets(st.integers(0, 60)), PAIRS)
def test_lines_and_jumps_become_the_same_arcs(
    lines: set[int], jumps: list[tuple[int, int]]
) -> None:
    facts = pack_lines(lines), bulk.pack_pairs(jumps)
    arcs, astray = _bulk.settle(*facts)
    assert (arcs, astray) == bulk.settle(*facts)
    assert {to for _, to in bulk.unpack_pairs(astray)}.isdisjoint(lines)
    assert lines - {0} <= {line for pair in bulk.unpack_pairs(arcs) for line in pair}


def journal(order: str, facts: list[tuple[str, list[int], list[tuple[int, int]]]]) -> JournalWriter:
    log = JournalWriter(order=order, branch=True, closed=True)
    for number, (path, lines, jumps) in enumerate(facts):
        log.facts(path, lines, jumps, context="c" * (number % 3))
        log.stamp(path, 7 * number, number << 40, context="c" * (number % 2))
        if number % 4 == 3:
            log.pad(48)
    return log


FACTS = st.lists(
    st.tuples(st.sampled_from(["a.py", "b.py", "é\udc80.py"]), st.lists(LINES, max_size=9), PAIRS),
    max_size=6,
)


def read_with(which: bulk.Bulk, path: Path) -> tuple[object, ...]:
    reader = JournalReader(path, which)
    return list(reader.packed_facts()), reader.stamps, reader.info, reader.problems


@settings(max_examples=150)
@given(st.sampled_from("<>"), FACTS, st.booleans(), st.data())
def test_journals_are_read_alike_whole_and_damaged(
    tmp_path_factory: pytest.TempPathFactory,
    order: str,
    facts: list[tuple[str, list[int], list[tuple[int, int]]]],
    summed: bool,
    data: st.DataObject,
) -> None:
    content = bytearray(journal(order, facts).to_bytes(summed=summed))
    path = tmp_path_factory.getbasetemp() / "bulk.cov-journal"
    path.write_bytes(content)
    whole = read_with(bulk, path)
    assert read_with(_bulk, path) == whole
    for _ in range(data.draw(st.integers(0, 6))):
        if len(content) > 128:
            at = data.draw(st.integers(128, len(content) - 1))
            content[at] = data.draw(st.integers(0, 255))
    del content[data.draw(st.integers(128, len(content))) :]
    path.write_bytes(content)
    assert read_with(_bulk, path) == read_with(bulk, path)


def test_a_record_behind_the_data_is_refused() -> None:
    for begin, end in ((0, 16), (-1, 0), (0, -1)):
        with pytest.raises(ValueError, match="not within the data"):
            _bulk.decode(b"", begin, end, False, 0, {})


@settings(max_examples=300)
@given(st.sampled_from("<>"), FACTS, st.lists(st.tuples(*[st.integers(0, 2**16)] * 2), max_size=4))
def test_fields_that_make_no_sense_are_judged_alike(
    order: str,
    facts: list[tuple[str, list[int], list[tuple[int, int]]]],
    changes: list[tuple[int, int]],
) -> None:
    # With its check right again, nothing but its fields tells that a record is wrong.
    log = journal(order, facts)
    for place, value in changes:
        number = place % (len(log.records) + 1)
        fields = [value % 8, value >> 3 & 1, *(x % 5 - 1 for x in (value >> 4, value >> 8))]
        kind, sub, b, c = fields if value % 11 else (255, 0, 0, value)
        text = None if kind in (3, 4, 6, 255) else bytes(max(c, 0))
        records = log.records[number:]
        del log.records[number:]
        log.record(kind, sub, max(value >> 12, 0), b, c, text)
        log.records += records
    content = log.to_bytes()
    swapped = (order == "<") != (sys.byteorder == "little")
    arguments = (content, 128, len(content), swapped, 0)
    texts: tuple[bulk.Texts, bulk.Texts] = ({}, {})
    found = _bulk.decode(*arguments, texts[0])
    assert found == bulk.decode(*arguments, texts[1])
    assert list(found[0]) == list(bulk.decode(*arguments, {})[0])
    assert texts[0] == texts[1]
    assert _bulk.decode(*arguments, texts[0]) == found


def test_lines_beyond_what_a_bitmap_may_hold_are_damaged() -> None:
    log = JournalWriter(closed=True).facts("a.py", [1, bulk.LAST_LINE, bulk.LAST_LINE + 1, 2])
    content = log.to_bytes()
    for which in (bulk, _bulk):
        series, *_, damaged, cut = which.decode(content, 128, len(content), False, 0, {})
        assert (damaged, cut) == (1, -1)
        assert unpack_lines(series[1][2]) == {1, 2, bulk.LAST_LINE}


# ---- data files ------------------------------------------------------------------------------


def packed(path: Path, which: bulk.Bulk) -> list[tuple[str, str, bytes]]:
    with Reader(path) as reader:
        return sorted(reader.all_packed(which))


def root(path: Path) -> int:
    with sqlite3.connect(path) as connection:
        query = "select rootpage from sqlite_master where name = 'arc'"
        found: int = connection.execute(query).fetchone()[0]
    connection.close()
    return found


def write(path: Path, files: int, arcs: int) -> Path:
    with Writer(path) as writer:
        for number in range(files):
            pairs = frozenset((n * 7 % 90_000, -n if n % 5 == 0 else n * 3) for n in range(arcs))
            for context in ("", "t"):
                writer.add(FileRecord(f"{number}.py", context, frozenset({1}), pairs))
        writer.commit()
    return path


@pytest.mark.parametrize(("files", "arcs"), [(1, 0), (1, 3), (3, 200), (40, 700)])
@pytest.mark.parametrize("page", [512, 4096, 65536])
def test_arcs_are_read_from_pages_as_by_sql(
    tmp_path: Path, files: int, arcs: int, page: int
) -> None:
    path = write(tmp_path / "d", files, arcs)
    with sqlite3.connect(path) as connection:
        connection.execute(f"pragma page_size = {page}")
        connection.execute("vacuum")
    connection.close()
    found = _bulk.read_arcs(path.read_bytes(), root(path))
    assert found is not None
    assert sum(map(len, found.values())) > 0
    assert packed(path, _bulk) == packed(path, bulk)


def test_pages_that_were_freed_are_not_read(tmp_path: Path) -> None:
    path = write(tmp_path / "d", 4, 600)
    with sqlite3.connect(path) as connection:
        connection.execute("delete from arc where file_id = 2 or tono % 3 = 0")
    connection.close()
    assert _bulk.read_arcs(path.read_bytes(), root(path)) is not None
    assert packed(path, _bulk) == packed(path, bulk)


@pytest.mark.parametrize("value", ["null", "1.5", "'x'", "x'00'", str(2**31), str(-(2**40))])
def test_what_is_no_line_number_is_left_to_sql(tmp_path: Path, value: str) -> None:
    path = write(tmp_path / "d", 1, 5)
    with sqlite3.connect(path) as connection:
        connection.execute(f"insert into arc values (1, 1, 5, {value})")
    connection.close()
    assert _bulk.read_arcs(path.read_bytes(), root(path)) is None


@settings(max_examples=300)
@given(st.data())
def test_damaged_pages_never_crash(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.getbasetemp() / "pages"
    if not path.exists():
        write(path, 3, 400)
    content = bytearray(path.read_bytes())
    first = (root(path) - 1) * 4096
    for _ in range(data.draw(st.integers(1, 12))):
        low = data.draw(st.sampled_from([0, first, 4096 * 12]))
        at = data.draw(st.integers(low, min(low + 600, len(content) - 1)))
        content[at] = data.draw(st.integers(0, 255))
    del content[data.draw(st.integers(0, len(content))) :]
    found = _bulk.read_arcs(
        bytes(content), data.draw(st.sampled_from([root(path), 0, 1, 2**32 - 1]))
    )
    assert found is None or isinstance(found, dict)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Callable[..., sqlite3.Connection]]:
    """Makes files that have the tables of a data file, and nothing in them."""
    made: list[sqlite3.Connection] = []

    def make(*pragmas: str) -> sqlite3.Connection:
        path = tmp_path / str(len(made))
        made.append(sqlite3.connect(path, isolation_level=None))
        statements = ["pragma synchronous = off", *(f"pragma {pragma}" for pragma in pragmas)]
        for text in (*statements, *DDL.split(";\n")):
            made[-1].execute(text)
        return made[-1]

    yield make
    for connection in made:
        connection.close()


def put(connection: sqlite3.Connection, arcs: Arcs, which: bulk.Bulk = _bulk) -> bool:
    ((_, _, path),) = connection.execute("pragma database_list")
    packed = {key: bulk.pack_pairs(pairs) for key, pairs in arcs.items()}
    return put_arcs(connection, path, packed, which)


def reopened(connection: sqlite3.Connection) -> sqlite3.Connection:
    """Whoever has a file open does not see what others put there without its knowledge."""
    ((_, _, path),) = connection.execute("pragma database_list")
    connection.close()
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("pragma synchronous = off")
    return connection


def is_sound(connection: sqlite3.Connection) -> bool:
    return connection.execute("pragma integrity_check").fetchall() == [("ok",)]


def rows_as_sql_numbers_them(arcs: Arcs) -> list[tuple[int, ...]]:
    keys = [(*key, *pair) for key, pairs in sorted(arcs.items()) for pair in sorted(set(pairs))]
    return [(number + 1, *key) for number, key in enumerate(keys)]


def check_written(connection: sqlite3.Connection, arcs: Arcs) -> None:
    """The table, its index and the file around them are as if SQLite had made them."""
    found = connection.execute("select rowid, * from arc order by rowid").fetchall()
    assert found == rows_as_sql_numbers_them(arcs)
    indexed = "select rowid, * from arc indexed by sqlite_autoindex_arc_1 order by 2, 3, 4, 5"
    assert connection.execute(indexed).fetchall() == found
    assert is_sound(connection)


COUNTS = [0, 1, 2, 3, *range(14, 60), 150, 700, 5_000]


@pytest.mark.parametrize("page", [512, 4096, 65536])
def test_arcs_are_written_as_pages_that_sqlite_takes_for_its_own(
    database: Callable[..., sqlite3.Connection], page: int
) -> None:
    for count in COUNTS if page == 512 else [*COUNTS[-4:], 40_000]:
        arcs = {(1, 1): [(n, n * n % 70_001 - n) for n in range(count)], (2, 300): [(-1, count)]}
        connection = database(f"page_size = {page}")
        assert put(connection, arcs)
        connection = reopened(connection)
        check_written(connection, arcs)
        # It goes on from there: rows are found, go and come, and pages are split and joined.
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute(f"insert into arc values (2, 300, -1, {count})")
        connection.execute("begin")
        connection.execute("delete from arc where rowid % 7 < 5")
        added = [(3, 1, n, -n) for n in range(count)]
        connection.executemany("insert into arc values (?, ?, ?, ?)", added)
        connection.execute("commit")
        assert is_sound(connection)
        connection.execute("vacuum")
        assert is_sound(connection)
        connection.close()


@settings(max_examples=60)
@given(st.dictionaries(st.tuples(*[st.integers(1, 2**31 - 1)] * 2), PAIRS, max_size=60))
def test_any_numbers_are_written_and_read_back(
    tmp_path_factory: pytest.TempPathFactory, arcs: Arcs
) -> None:
    path = tmp_path_factory.getbasetemp() / "written"
    path.unlink(missing_ok=True)
    connection = sqlite3.connect(path, isolation_level=None)
    for text in ("pragma synchronous = off", "pragma page_size = 512", *DDL.split(";\n")):
        connection.execute(text)
    assert put(connection, arcs)
    connection = reopened(connection)
    check_written(connection, arcs)
    connection.close()
    found = _bulk.read_arcs(path.read_bytes(), root(path))
    assert found == {key: bulk.pack_pairs(pairs) for key, pairs in arcs.items() if pairs}


def test_files_out_of_the_ordinary_are_left_to_sql(
    database: Callable[..., sqlite3.Connection], monkeypatch: pytest.MonkeyPatch
) -> None:
    arcs = {(1, 1): [(n, n + 1) for n in range(1000)]}
    assert not put(database("auto_vacuum = full"), arcs)
    assert not put(database("auto_vacuum = incremental"), arcs)
    assert not put(database(), arcs, bulk)
    connection = database()
    monkeypatch.setattr(pages, "_LOCKED", 64_000)  # what is not to be written to begins there
    assert not put(connection, arcs)
    assert connection.execute("select count(*) from arc").fetchone() == (0,)
    assert is_sound(connection)


def test_data_files_are_the_same_with_and_without_c(tmp_path: Path) -> None:
    dumps = []
    for which in (bulk, _bulk):
        path = tmp_path / which.__name__
        with Writer(path, which) as writer:
            for number in range(30):
                writer.set_meta("version", "1")
                pairs = frozenset((n * 7 % 900, -n if n % 5 == 0 else n * 3) for n in range(300))
                writer.add(FileRecord(f"{number}.py", "ab"[number % 2], frozenset(), pairs))
            writer.commit()
        with sqlite3.connect(path) as connection:
            dumps.append(list(connection.iterdump()))
        connection.close()
    assert dumps[0] == dumps[1]


def test_a_failure_to_write_is_told(tmp_path: Path) -> None:
    def refuse(data: bytes) -> None:
        raise OSError(f"no room for {len(data)} bytes")

    with pytest.raises(OSError, match="no room for"):
        _bulk.write_arcs([(1, 1, bulk.pack_pairs((n, n) for n in range(9999)))], 512, 9, refuse)
    with pytest.raises(ValueError, match="1000 is not the size of a page"):
        _bulk.write_arcs([], 1000, 9, refuse)
    with pytest.raises(TypeError):
        _bulk.write_arcs([(1, 1, "text")], 512, 9, refuse)  # type: ignore[list-item]
    with pytest.raises(TypeError, match="a tuple is wanted, not list"):
        _bulk.write_arcs([[1, 1, b""]], 512, 9, refuse)  # type: ignore[list-item]
