"""`Writer`: a data file that appears whole or not at all."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cov_data import DataError, FileRecord, MixedKinds, Reader, Writer, find_data_files

LINES = FileRecord("a.py", "", frozenset({1, 2}), None)
ARCS = FileRecord("a.py", "", frozenset({1, 2}), frozenset({(1, 2), (2, -1)}))


def write(path: Path, *records: FileRecord) -> Path:
    with Writer(path) as writer:
        for record in records:
            writer.add(record)
        writer.commit()
    return path


def names(folder: Path) -> list[str]:
    return sorted(os.listdir(folder))


def test_lines_are_kept(tmp_path: Path) -> None:
    with Reader(write(tmp_path / "d", LINES)) as reader:
        assert not reader.has_arcs
        assert reader.lines("a.py") == {1, 2}
        assert reader.arcs("a.py") == set()


def test_arcs_are_kept_with_every_line_that_none_of_them_mentions(tmp_path: Path) -> None:
    record = FileRecord("a.py", "", frozenset({1, 2, 7}), frozenset({(1, 2)}))
    with Reader(write(tmp_path / "d", record)) as reader:
        assert reader.has_arcs
        assert reader.lines("a.py") == {1, 2, 7}
        assert reader.arcs("a.py") == {(1, 2), (7, 7)}


def test_line_zero_stays_among_lines_and_out_of_arcs(tmp_path: Path) -> None:
    """NUM-03."""
    empty = FileRecord("a.py", "", frozenset({0}), None)
    with Reader(write(tmp_path / "d", empty)) as reader:
        assert reader.lines("a.py") == {0}
    empty = FileRecord("a.py", "", frozenset({0}), frozenset())
    with Reader(write(tmp_path / "e", empty)) as reader:
        assert (reader.files(), reader.arcs("a.py")) == (["a.py"], set())


def test_adding_again_is_a_union(tmp_path: Path) -> None:
    more = FileRecord("a.py", "", frozenset({2, 900}), None)
    with Reader(write(tmp_path / "d", LINES, more, LINES)) as reader:
        assert reader.lines("a.py") == {1, 2, 900}


@given(
    st.lists(
        st.builds(
            FileRecord,
            st.sampled_from(["a.py", "ü.py"]),
            st.sampled_from(["", "one", "zwölf|x\n"]),
            st.frozensets(st.integers(1, 99)),
            st.frozensets(st.tuples(st.integers(-50, 50), st.integers(-50, 50))),
        )
    )
)
def test_what_is_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, records: list[FileRecord]
) -> None:
    path = write(tmp_path_factory.mktemp("round") / "d", *records)
    with Reader(path) as reader:
        for name in ("a.py", "ü.py"):
            own = [record for record in records if record.path == name]
            lines = {line for record in own for line in record.lines}
            arcs = {arc for record in own for arc in record.arcs or ()}
            assert reader.lines(name) == lines | {line for arc in arcs for line in arc if line > 0}
            assert arcs <= reader.arcs(name) <= arcs | {(line, line) for line in lines}
        assert reader.contexts() == sorted({record.context for record in records})


def test_a_touched_file_is_known_without_data(tmp_path: Path) -> None:
    """SCH-12."""
    with Writer(tmp_path / "d") as writer:
        writer.touch(["b.py"])
        writer.commit()
    with Reader(tmp_path / "d") as reader:
        assert reader.files() == ["b.py"]
        assert reader.lines("b.py") == set()
        assert reader.kind() is None
        assert "has_arcs" not in reader.meta()


def test_owners_are_kept_and_must_agree(tmp_path: Path) -> None:
    """SCH-11, COM-08."""
    owned = FileRecord("t.html", "", frozenset({1}), None, tracer="plug.In")
    with Reader(write(tmp_path / "d", LINES, owned)) as reader:
        assert (reader.tracer("t.html"), reader.tracer("a.py")) == ("plug.In", "")
        assert reader.tracer("unknown.py") == ""
    with pytest.raises(DataError, match=r"t.html is owned by plug.In .* by no plugin"):
        write(tmp_path / "e", owned, FileRecord("t.html", "x", frozenset({1}), None))
    assert names(tmp_path) == ["d"]


@pytest.mark.parametrize("records", [(LINES, ARCS), (ARCS, LINES)], ids=["arcs", "lines"])
def test_lines_and_arcs_do_not_mix(tmp_path: Path, records: tuple[FileRecord, ...]) -> None:
    """SCH-09."""
    with pytest.raises(MixedKinds, match=r"a\.py was measured with .*/d has .*"):
        write(tmp_path / "d", *records)
    assert names(tmp_path) == []


def test_meta_says_who_wrote_it_and_what_kind_it_is(tmp_path: Path) -> None:
    """SCH-08."""
    with Writer(tmp_path / "d") as writer:
        writer.add(ARCS)
        writer.set_meta("cov_runs", "aa")
        writer.commit()
    with Reader(tmp_path / "d") as reader:
        assert reader.meta() == {"version": "0.1.0", "has_arcs": "1", "cov_runs": "aa"}


def test_nothing_is_there_before_the_commit(tmp_path: Path) -> None:
    target = write(tmp_path / "d", LINES)
    before = target.read_bytes()
    with Writer(target) as writer:
        writer.add(ARCS)
        assert target.read_bytes() == before
        assert find_data_files(target) == []  # The unfinished file is nobody's input.
    assert names(tmp_path) == ["d"]
    assert target.read_bytes() == before


def test_an_error_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), Writer(tmp_path / "d") as writer:
        writer.add(ARCS)
        raise ZeroDivisionError
    assert names(tmp_path) == []


def test_a_finished_writer_takes_no_more(tmp_path: Path) -> None:
    with Writer(tmp_path / "d") as writer:
        writer.commit()
        with pytest.raises(DataError, match="is finished"):
            writer.add(ARCS)


def test_missing_folders_are_made(tmp_path: Path) -> None:
    """RUN-03."""
    write(tmp_path / "deep" / "er" / "d", LINES)
    assert names(tmp_path / "deep" / "er") == ["d"]


def test_a_symbolic_link_is_written_through(tmp_path: Path) -> None:
    tmp_path.joinpath("real").mkdir()
    tmp_path.joinpath("d").symlink_to(tmp_path / "real" / "data")
    write(tmp_path / "d", LINES)
    assert tmp_path.joinpath("d").is_symlink()
    assert names(tmp_path / "real") == ["data"]


def test_the_permissions_of_the_old_file_stay(tmp_path: Path) -> None:
    target = write(tmp_path / "d", LINES)
    target.chmod(0o640)
    write(target, LINES)
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


def test_a_folder_in_the_place_of_the_file_is_an_error(tmp_path: Path) -> None:
    """RUN-25: not a traceback."""
    tmp_path.joinpath("d").mkdir()
    with pytest.raises(DataError, match=r"/d cannot be written: .*nothing was changed"):
        write(tmp_path / "d", LINES)
    assert names(tmp_path) == ["d"]


def test_a_file_in_the_place_of_a_folder_is_an_error(tmp_path: Path) -> None:
    tmp_path.joinpath("d").touch()
    with pytest.raises(DataError, match="cannot be written"):
        Writer(tmp_path / "d" / "e")


def test_a_name_that_no_file_can_hold_is_left_out_and_said(tmp_path: Path) -> None:
    """SEL-12; a context is kept as well as it can be."""
    with Writer(tmp_path / "d") as writer:
        writer.add(FileRecord("lone\udc80.py", "", frozenset({1}), None))
        writer.touch(["lone\udc81.py"])
        writer.add(FileRecord("a.py", "test[\udc80]", frozenset({1}), None))
        writer.commit()
        assert writer.left_out == ["'lone\\udc80.py'", "'lone\\udc81.py'"]
    with Reader(tmp_path / "d") as reader:
        assert reader.files() == ["a.py"]
        assert reader.contexts() == ["test[\\udc80]"]


@pytest.mark.parametrize(
    "changed",
    [
        replace(ARCS, path="b.py"),
        replace(ARCS, context="other"),
        replace(ARCS, lines=frozenset({1, 2, 9})),
        replace(ARCS, arcs=frozenset({(1, 2), (2, -2)})),
        replace(ARCS, tracer="plug.In"),
    ],
    ids=["path", "context", "lines", "arcs", "tracer"],
)
def test_a_digest_is_of_all_the_content_and_of_nothing_else(
    tmp_path: Path, changed: FileRecord
) -> None:
    """NAM-02."""

    def digest(*records: FileRecord, name: str = "d") -> str:
        with Writer(tmp_path / name) as writer:
            for record in records:
                writer.add(record)
            writer.set_meta("when", name)
            return writer.digest()

    other = FileRecord("c.py", "", frozenset({1}), frozenset())
    assert digest(ARCS, other) == digest(other, ARCS, name="e")
    assert digest(changed, other) != digest(ARCS, other)


def test_a_full_disk_is_an_error_and_leaves_the_old_file(tmp_path: Path) -> None:
    """A limit on the size of files stands for it: SQLite sees the same kind of failure."""
    target = write(tmp_path / "d", LINES)
    before = target.read_bytes()
    program = """
import resource, signal, sys
from cov_data import DataError, FileRecord, Writer
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    with Writer(sys.argv[1]) as writer:
        for number in range(300):
            arcs = frozenset((n, n + 1) for n in range(1, 300))
            writer.add(FileRecord(f"{number}.py", "", frozenset(), arcs))
        writer.commit()
except DataError as error:
    print(error)
"""
    done = subprocess.run(
        [sys.executable, "-c", program, str(target)], capture_output=True, text=True, check=True
    )
    assert f"{target} cannot be written" in done.stdout
    assert names(tmp_path) == ["d"]
    assert target.read_bytes() == before
