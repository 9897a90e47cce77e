"""Facts kept beside the data file, from one report to the next."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli.running import Project

PROGRAM = "x = 1\nif x:\n    y = 2\nelse:\n    y = 3\n"


@pytest.fixture
def measured(project: Project) -> Project:
    project.write("main.py", PROGRAM)
    assert project.cov("run", "--branch", "main.py").code == 0
    return project


def kept(project: Project) -> list[Path]:
    return sorted((project.root / ".cov_cache").glob("facts-*"))


def test_a_report_keeps_facts_and_the_next_says_the_same(measured: Project) -> None:
    first = measured.cov("report", "-m")
    assert first.code == 0
    (file,) = kept(measured)
    before = file.stat()
    assert measured.cov("report", "-m") == first
    after = file.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    file.write_bytes(b"damaged")
    assert measured.cov("report", "-m") == first


def test_the_cache_is_beside_the_data_file(measured: Project) -> None:
    (measured.root / "data").mkdir()
    (measured.root / ".coverage").rename(measured.root / "data" / "mine")
    assert measured.cov("report", "--data-file=data/mine").code == 0
    assert not (measured.root / ".cov_cache").exists()
    assert list((measured.root / "data" / ".cov_cache").glob("facts-*"))


def test_other_exclusions_are_not_answered_from_the_cache(measured: Project) -> None:
    def total() -> list[str]:
        return measured.cov("report").out.splitlines()[-1].split()

    assert total() == ["TOTAL", "4", "1", "2", "1", "67%"]
    measured.write(".coveragerc", "[report]\nexclude_also = y = 3\n")
    assert total() == ["TOTAL", "3", "0", "0", "0", "100%"]


@pytest.mark.parametrize("how", ["flag", "setting"])
def test_it_can_be_turned_off(measured: Project, how: str) -> None:
    if how == "setting":
        measured.write(".coveragerc", "[report]\ncache = false\n")
    assert measured.cov("report", *(["--no-cache"] if how == "flag" else [])).code == 0
    assert not (measured.root / ".cov_cache").exists()
    assert measured.cov("report", "--cache").code == 0
    assert kept(measured)
