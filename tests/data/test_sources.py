"""Which source a measurement was of: stamps in journals, digests in data files."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest
from data.journals import JournalWriter
from support.pipes import needs_pipes, pipe_at

from cov_data import FileRecord, JournalReader, PathMap, Reader, Writer, combine
from cov_data.schema import SOURCE_DDL
from cov_data.seal import seal
from cov_data.sources import CHANGED, digest

ROOT = Path(__file__).resolve().parents[2]
TEXT = b"x = 1\ny = 2\n"


class Folder:
    """A data file to be, and a source that is measured."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.data = path / ".coverage"
        self.source = path / "a.py"
        self.source.write_bytes(TEXT)

    def journal(self, number: int = 0, host: str | None = None) -> Path:
        """What a process leaves that runs the source as it is now."""
        found = self.source.stat()
        writer = JournalWriter(closed=True, pid=1, host=host)
        writer.facts(str(self.source), [1]).stamp(
            str(self.source), found.st_size, found.st_mtime_ns
        )
        path = self.path / f".coverage.host.pid1.X{number:08x}x.cov-journal"
        path.write_bytes(writer.to_bytes())
        return path

    def combine(self) -> set[str]:
        """The digests that a combine of all journals comes to."""
        combine(self.data, sorted(self.path.glob("*.cov-journal")), append=False)
        return self.digests()

    def digests(self, name: str = ".coverage") -> set[str]:
        with Reader(self.path / name) as reader:
            return reader.digests(str(self.source))


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


@pytest.mark.parametrize(
    "text", [b"a\r\nb\r\n", b"a\rb\r", b"\r\r\n\n"], ids=["crlf", "cr", "mixed"]
)
def test_line_ends_do_not_matter(text: bytes) -> None:
    assert digest(text) == digest(b"\n".join(text.replace(b"\r\n", b"\n").split(b"\r")))
    assert digest(text) != digest(text + b"\n.")


def test_a_comment_behind_a_line_changes_nothing_and_one_above_does() -> None:
    assert digest(b"x = 1\ny = 2\n") == digest(b"x = 1  # pragma: no cover\ny = 2 # \n")
    assert digest(b"x = 1\ny = 2\n") != digest(b"# more\nx = 1\ny = 2\n")
    assert digest(b"x = 1\ny = 2\n") != digest(b"  x = 1\ny = 2\n")


def test_a_journal_tells_what_the_source_looked_like(folder: Folder) -> None:
    os.utime(folder.source, ns=(0, 0x1122334455667788))
    reader = JournalReader(folder.journal())
    assert reader.stamps == {(str(folder.source), (len(TEXT), 0x11223344 ^ 0x55667788))}
    assert reader.problems == []


def test_a_stamp_of_a_series_that_is_not_there_is_passed_over(tmp_path: Path) -> None:
    writer = JournalWriter(closed=True).facts("a.py", [1])
    writer.record(6, a=2, b=1, c=1)
    path = tmp_path / "journal"
    path.write_bytes(writer.to_bytes())
    reader = JournalReader(path)
    assert reader.stamps == set()
    assert reader.problems == ["1 damaged or unknown records were passed over"]


def test_the_digest_of_a_source_that_is_as_it_was_goes_into_the_data(folder: Folder) -> None:
    folder.journal()
    assert folder.combine() == {digest(TEXT)}


def test_sealing_notes_digests_too(folder: Folder) -> None:
    folder.journal()
    seal(folder.data, run="11" * 16, mode="fresh")
    assert folder.digests() == {digest(TEXT)}


def test_of_a_source_of_another_size_it_is_known_that_it_changed(folder: Folder) -> None:
    folder.journal()
    folder.source.write_bytes(b"# more\n" + TEXT)
    assert folder.combine() == {CHANGED}


def test_of_a_source_that_was_only_touched_nothing_is_known(folder: Folder) -> None:
    folder.journal()
    os.utime(folder.source, ns=(1, 1))
    assert folder.combine() == set()


def test_of_a_source_that_is_gone_nothing_is_known(folder: Folder) -> None:
    folder.journal()
    folder.source.unlink()
    assert folder.combine() == set()


@needs_pipes
def test_nobody_waits_for_a_source_that_became_a_pipe(folder: Folder) -> None:
    folder.journal()
    folder.source.unlink()
    with pipe_at(folder.source):
        assert folder.combine() == set()


def test_the_files_of_another_host_are_not_looked_for_here(folder: Folder) -> None:
    folder.journal(host="elsewhere")
    folder.source.write_bytes(b"# more\n" + TEXT)
    assert folder.combine() == set()


def test_processes_that_ran_different_sources_leave_both_digests(folder: Folder) -> None:
    folder.journal()
    folder.combine()
    folder.data.rename(folder.path / "first")
    folder.source.write_bytes(b"z = 3\n")
    folder.journal(1)
    folder.combine()
    combine(folder.data, [folder.path / "first"], append=True)
    assert folder.digests() == {digest(TEXT), digest(b"z = 3\n")}


def test_a_renamed_file_keeps_its_digests(tmp_path: Path) -> None:
    for name, text in (("one", b"1"), ("two", b"2")):
        with Writer(tmp_path / name) as writer:
            writer.add(FileRecord(f"/{name}/a.py", "", frozenset({1}), None))
            writer.add_sources([(f"/{name}/a.py", digest(text))])
            writer.commit()
    path_map = PathMap([["/src", "/one", "/two"]], exists=lambda path: True)
    combine(tmp_path / "all", [tmp_path / "one", tmp_path / "two"], append=False, path_map=path_map)
    with Reader(tmp_path / "all") as reader:
        assert reader.digests("/src/a.py") == {digest(b"1"), digest(b"2")}
        assert reader.digests("/one/a.py") == set()


def test_a_file_without_digests_has_no_table_for_them(tmp_path: Path) -> None:
    with Writer(tmp_path / "data") as writer:
        writer.add(FileRecord("a.py", "", frozenset({1}), None))
        writer.commit()
    connection = sqlite3.connect(tmp_path / "data")
    assert not connection.execute("select 1 from sqlite_master where name like 'cov_s%'").fetchall()
    connection.close()
    with Reader(tmp_path / "data") as reader:
        assert reader.digests("a.py") == set()
        assert reader.all_digests() == []


def test_the_document_shows_the_table() -> None:
    assert SOURCE_DDL in (ROOT / "docs" / "formats" / "data-file.md").read_text(encoding="utf-8")
