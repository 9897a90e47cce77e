"""One file per process: its name, and finding the files again."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from cov_data import data_file_name, find_data_files
from cov_data.naming import (
    digest_in_name,
    digest_part,
    host_part,
    remove_unfinished,
    temporary_name,
)


def test_a_name_says_host_process_and_chance() -> None:
    """NAM-01."""
    host = re.escape(os.uname().nodename.replace(".", "_"))
    name = data_file_name("/x/.coverage", pid=77)
    assert re.fullmatch(rf"/x/\.coverage\.{host}\.pid77\.X[A-Za-z0-9]{{6}}x", name)
    assert f".pid{os.getpid()}." in data_file_name(Path("/x/.coverage"))


def test_two_names_are_never_the_same() -> None:
    assert len({data_file_name("d") for _ in range(200)}) == 200


def test_a_digest_of_the_content_ends_the_name_and_is_found_there() -> None:
    """NAM-01, COM-02."""
    name = data_file_name("/x/.coverage", digest="0123456789")
    assert name.endswith("x.H0123456789h")
    assert digest_in_name(name) == "0123456789"
    assert digest_in_name("/x/.coverage") == ""
    assert digest_in_name(data_file_name("/x/.coverage")) == ""


def test_a_digest_part_has_letters_and_digits_only() -> None:
    """NAM-02: the base64 alphabet without the two signs that file names dislike."""
    for byte in range(256):
        assert re.fullmatch("[A-Za-z0-9]{10}", digest_part(f"{byte:02x}" * 32))


def test_a_suffix_stands_alone() -> None:
    """NAM-04."""
    assert data_file_name("/x/.coverage", suffix="abc") == "/x/.coverage.abc"


def test_siblings_are_found_sorted_and_without_the_file_itself(tmp_path: Path) -> None:
    """COM-01."""
    for name in (".coverage", ".coverage.b", ".coverage.a", ".coveragerc", "x.coverage.a"):
        tmp_path.joinpath(name).touch()
    tmp_path.joinpath(".coverage.dir").mkdir()
    found = find_data_files(tmp_path / ".coverage")
    assert found == [tmp_path / ".coverage.a", tmp_path / ".coverage.b"]


def test_journals_are_found_and_unfinished_files_are_not(tmp_path: Path) -> None:
    """COM-01: what ends in -journal is nobody's data, but for ours."""
    base = tmp_path / ".coverage"
    for name in ("-journal", ".a-journal", ".h.pid1.X00000001x.cov-journal"):
        Path(f"{base}{name}").touch()
    Path(temporary_name(str(base))).touch()
    assert [path.name for path in find_data_files(base)] == [
        ".coverage.h.pid1.X00000001x.cov-journal"
    ]


def test_unfinished_files_of_processes_that_are_gone_are_removed(tmp_path: Path) -> None:
    target = str(tmp_path / ".coverage")
    mine, other = Path(temporary_name(target)), Path(temporary_name(f"{target}.unit"))
    gone = mine.with_name(mine.name.replace(f"pid{os.getpid()}.", f"pid{2**22 + 1}."))
    for path in (mine, other, gone):
        path.touch()
    remove_unfinished(target)
    assert sorted(tmp_path.iterdir()) == sorted([mine, other])


def test_wildcards_in_a_name_are_taken_literally(tmp_path: Path) -> None:
    """COM-01."""
    for name in ("d*t", "d*t.1", "dat.1"):
        tmp_path.joinpath(name).touch()
    assert find_data_files(tmp_path / "d*t") == [tmp_path / "d*t.1"]


def test_a_directory_that_is_not_there_has_no_files(tmp_path: Path) -> None:
    assert find_data_files(tmp_path / "none" / ".coverage") == []


@pytest.mark.parametrize("content", [b"", bytes(65536)], ids=["empty", "reserved"])
def test_a_journal_whose_process_died_before_the_first_byte_is_removed(
    content: bytes, tmp_path: Path
) -> None:
    """A pool's worker may be told to end while it creates its journal."""
    ended = subprocess.Popen([sys.executable, "-c", "pass"])
    ended.wait()
    target = str(tmp_path / ".coverage")
    names = [
        f".coverage.{host_part()}.pid{pid}.X0x.cov-journal" for pid in (ended.pid, os.getpid())
    ]
    for name in names:
        (tmp_path / name).write_bytes(content)
    begun = f".coverage.{host_part()}.pid{ended.pid}.X1x.cov-journal"
    (tmp_path / begun).write_bytes(b"COVJRNL\n" + content)
    remove_unfinished(target)
    assert sorted(os.listdir(tmp_path)) == sorted([names[1], begun])
