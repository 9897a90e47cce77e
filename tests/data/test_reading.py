"""`Reader`: a data file, read-only, file by file."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import coverage
import pytest

from cov_data import DataError, FileRecord, PathMap, Reader, Writer
from cov_data.errors import NotData, Unreadable


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    """Lines in three contexts, written by coverage.py."""
    data = coverage.CoverageData(str(tmp_path / ".coverage"))
    for context, ran in {"": [1, 2], "test_one": [2, 3], "test_two|run": [3, 64]}.items():
        data.set_context(context)
        data.add_lines({"/x/b.py": ran, "/x/a.py": [1]})
    data.touch_file("/x/never.py")
    data.close()
    return tmp_path / ".coverage"


@pytest.fixture
def arcs(tmp_path: Path) -> Path:
    """Arcs in two contexts, written by coverage.py."""
    data = coverage.CoverageData(str(tmp_path / ".coverage"))
    data.set_context("one")
    data.add_arcs({"/x/b.py": [(-1, 1), (1, 2), (2, -1)]})
    data.set_context("two")
    data.add_arcs({"/x/b.py": [(1, 4), (4, 4), (4, -1)]})
    data.close()
    return tmp_path / ".coverage"


def test_files_are_sorted_and_include_those_without_data(lines: Path) -> None:
    """SCH-12."""
    with Reader(lines) as reader:
        assert reader.files() == ["/x/a.py", "/x/b.py", "/x/never.py"]


def test_lines_are_those_of_all_contexts(lines: Path) -> None:
    with Reader(lines) as reader:
        assert reader.lines("/x/b.py") == {1, 2, 3, 64}
        assert reader.lines("/x/never.py") == set()
        assert reader.lines("/x/unknown.py") == set()
        assert reader.arcs("/x/b.py") == set()
        assert reader.kind() is False


@pytest.mark.parametrize(
    ("patterns", "expected"),
    [
        (["one"], {2, 3}),
        (["^test_"], {2, 3, 64}),
        (["^$"], {1, 2}),
        (["one", "run$"], {2, 3, 64}),
        (["nowhere"], set()),
        ([], set()),
    ],
)
def test_contexts_are_chosen_by_regex(lines: Path, patterns: list[str], expected: set[int]) -> None:
    """CTX-03."""
    with Reader(lines) as reader:
        assert reader.lines("/x/b.py", patterns) == expected
        assert set(reader.contexts_by_line("/x/b.py", patterns)) == expected


def test_a_bad_regex_is_an_error_that_shows_it(lines: Path) -> None:
    """CDA-15."""
    with Reader(lines) as reader, pytest.raises(DataError, match=r"'te\(st' is not a regular"):
        reader.lines("/x/b.py", ["te(st"])


def test_contexts_by_line_are_sorted(lines: Path) -> None:
    with Reader(lines) as reader:
        assert reader.contexts() == ["", "test_one", "test_two|run"]
        assert reader.contexts_by_line("/x/b.py") == {
            1: [""],
            2: ["", "test_one"],
            3: ["test_one", "test_two|run"],
            64: ["test_two|run"],
        }


def test_lines_of_arcs_are_the_positive_numbers_on_either_side(arcs: Path) -> None:
    """ARC-08, CTX-04."""
    with Reader(arcs) as reader:
        assert reader.has_arcs
        assert reader.kind() is True
        assert reader.lines("/x/b.py") == {1, 2, 4}
        assert reader.lines("/x/b.py", ["two"]) == {1, 4}
        assert reader.arcs("/x/b.py") == {(-1, 1), (1, 2), (2, -1), (1, 4), (4, 4), (4, -1)}
        assert reader.arcs("/x/b.py", ["one"]) == {(-1, 1), (1, 2), (2, -1)}
        assert reader.contexts_by_line("/x/b.py") == {1: ["one", "two"], 2: ["one"], 4: ["two"]}


def test_meta_is_read(lines: Path) -> None:
    with Reader(lines) as reader:
        assert reader.meta() == {"version": coverage.__version__, "has_arcs": "0"}


def test_owners_are_read(tmp_path: Path) -> None:
    """SCH-11."""
    data = coverage.CoverageData(str(tmp_path / "d"))
    data.add_lines({"t.html": [1], "a.py": [1]})
    data.add_file_tracers({"t.html": "plug.In"})
    data.close()
    with Reader(tmp_path / "d") as reader:
        assert reader.tracer("t.html") == "plug.In"
        assert reader.owner_of_each() == [("t.html", "plug.In")]


def test_a_path_map_renames_and_unites(tmp_path: Path) -> None:
    """REP-15."""
    with Writer(tmp_path / "d") as writer:
        writer.add(FileRecord("/ci/one/a.py", "x", frozenset({1}), None))
        writer.add(FileRecord("/ci/two/a.py", "y", frozenset({2}), None))
        writer.add(FileRecord("/else/a.py", "z", frozenset({3}), None))
        writer.commit()
    here = PathMap([["/here", "/ci/one", "/ci/two"]], exists=lambda path: path == "/here/a.py")
    with Reader(tmp_path / "d", here) as reader:
        assert reader.files() == ["/else/a.py", "/here/a.py"]
        assert reader.lines("/here/a.py") == {1, 2}
        assert reader.contexts_by_line("/here/a.py") == {1: ["x"], 2: ["y"]}


def test_reading_makes_and_changes_nothing(lines: Path) -> None:
    """SCH-15, REP-09."""
    lines.chmod(0o444)
    before = lines.read_bytes(), lines.stat().st_mtime_ns
    with Reader(lines) as reader:
        reader.lines("/x/b.py")
    assert (lines.read_bytes(), lines.stat().st_mtime_ns) == before
    with pytest.raises(Unreadable, match="does not exist: measure something first"):
        Reader(lines.with_name("missing"))
    assert os.listdir(lines.parent) == [lines.name]


def test_a_rollback_journal_beside_it_is_not_replayed(lines: Path) -> None:
    """SCH-15."""
    before = lines.read_bytes()
    lines.with_name(".coverage-journal").write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" * 200)
    with Reader(lines) as reader:
        assert reader.lines("/x/a.py") == {1}
    assert lines.read_bytes() == before


@pytest.mark.parametrize("name", ["a b", "100%", "what?", "no#1", "ä;x", "x&mode=rwc"])
def test_any_name_of_a_file_will_do(tmp_path: Path, name: str) -> None:
    with Writer(tmp_path / name) as writer:
        writer.touch(["a.py"])
        writer.commit()
    with Reader(tmp_path / name) as reader:
        assert reader.files() == ["a.py"]
    assert os.listdir(tmp_path) == [name]


@pytest.mark.parametrize("data", [b"", b"hello", b"\0" * 5000], ids=["empty", "text", "zeros"])
def test_a_file_of_something_else_is_refused(tmp_path: Path, data: bytes) -> None:
    """SCH-17."""
    tmp_path.joinpath("d").write_bytes(data)
    with pytest.raises(NotData, match="is not a coverage data file: delete it, or name another"):
        Reader(tmp_path / "d")


def test_a_file_cut_anywhere_is_an_error_unless_all_facts_are_there(arcs: Path) -> None:
    data = arcs.read_bytes()
    with Reader(arcs) as reader:
        whole = reader.arcs("/x/b.py")
    cut = arcs.with_name("cut")
    refused = 0
    for size in range(0, len(data), 512):
        cut.write_bytes(data[:size])
        try:
            with Reader(cut) as reader:
                assert reader.arcs("/x/b.py") == whole
                assert sum(len(packed) // 8 for *_, packed in reader.all_packed()) == len(whole)
        except DataError as error:
            assert str(cut) in str(error)
            refused += 1
    assert refused > len(data) // 512 // 2


def test_a_damaged_table_is_an_error_that_names_the_file(arcs: Path) -> None:
    with sqlite3.connect(arcs) as connection:
        connection.execute("update arc set file_id = 99 where tono = 2")
        connection.execute("drop table tracer")
    connection.close()
    with pytest.raises(Unreadable, match=r"\.coverage is damaged: no such table"):
        Reader(arcs)


def test_a_row_that_belongs_to_nothing_is_damage(arcs: Path) -> None:
    with sqlite3.connect(arcs) as connection:
        connection.execute("update arc set file_id = 99 where tono = 2")
    connection.close()
    with Reader(arcs) as reader, pytest.raises(Unreadable, match="a file has no name"):
        list(reader.all_packed())
