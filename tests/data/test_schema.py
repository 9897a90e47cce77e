"""The tables of a data file."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import coverage
import pytest

from cov_data import (
    SCHEMA_VERSION,
    DataError,
    FileRecord,
    NewerSchema,
    Reader,
    Writer,
)
from cov_data.errors import NotData
from cov_data.schema import DDL

ROOT = Path(__file__).resolve().parents[2]


def shape(path: Path) -> dict[str, object]:
    """Tables, their columns with types, and what is unique in them: SCH-01 to SCH-07."""
    found: dict[str, object] = {}
    with sqlite3.connect(path) as connection:
        tables = connection.execute("select name from sqlite_master where type = 'table'")
        for (table,) in tables.fetchall():
            columns = connection.execute(f"pragma table_info({table})").fetchall()
            indexes = connection.execute(f"pragma index_list({table})").fetchall()
            found[table] = (
                [(name, kind.lower(), key) for _, name, kind, _, _, key in columns],
                sorted(
                    [row[2] for row in connection.execute(f"pragma index_info({index[1]})")]
                    for index in indexes
                ),
                sorted(row[2:5] for row in connection.execute(f"pragma foreign_key_list({table})")),
            )
    connection.close()
    return found


def ours(path: Path) -> Path:
    with Writer(path) as writer:
        writer.add(FileRecord("a.py", "", frozenset({1}), None))
        writer.commit()
    return path


def test_the_tables_are_those_of_coverage(tmp_path: Path) -> None:
    """SCH-01 to SCH-07."""
    data = coverage.CoverageData(str(tmp_path / "theirs"))
    data.add_lines({"a.py": [1]})
    data.close()
    assert shape(ours(tmp_path / "ours")) == shape(tmp_path / "theirs")


def test_the_format_page_shows_the_tables_word_for_word() -> None:
    page = ROOT.joinpath("docs/formats/data-file.md").read_text("utf-8")
    shown = re.search(r"<!-- begin ddl.*?```sql\n(.*?)```\n<!-- end ddl -->", page, re.DOTALL)
    assert shown is not None
    assert shown[1] == DDL


def set_version(path: Path, version: object) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("update coverage_schema set version = ?", (version,))
    connection.close()


def test_a_newer_schema_is_refused_with_both_numbers_and_the_advice_to_upgrade(
    tmp_path: Path,
) -> None:
    """SCH-16."""
    set_version(ours(tmp_path / "d"), SCHEMA_VERSION + 1)
    with pytest.raises(NewerSchema, match=r"/d has schema 8; this cov-data reads 7: upgrade"):
        Reader(tmp_path / "d")


def test_an_older_schema_is_refused_with_both_numbers(tmp_path: Path) -> None:
    """SCH-16."""
    set_version(ours(tmp_path / "d"), SCHEMA_VERSION - 1)
    with pytest.raises(DataError, match="has schema 6; this cov-data reads 7"):
        Reader(tmp_path / "d")


def test_a_schema_that_is_no_number_is_refused(tmp_path: Path) -> None:
    set_version(ours(tmp_path / "d"), "seven")
    with pytest.raises(DataError, match="does not say which schema"):
        Reader(tmp_path / "d")


def test_somebody_elses_database_is_no_data_file(tmp_path: Path) -> None:
    """SCH-16, LIM-47."""
    with sqlite3.connect(tmp_path / "d") as connection:
        connection.execute("create table t (x)")
    connection.close()
    with pytest.raises(NotData, match="not one of coverage data"):
        Reader(tmp_path / "d")
