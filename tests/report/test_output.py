"""Where reports are written."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cov_report import MemoryOutput, Output, ReportError


def test_a_file_is_written_with_the_folders_above_it(tmp_path: Path) -> None:
    """REP-13."""
    target = tmp_path / "new" / "folder" / "report.txt"
    Output().write(str(target), ["é\n", "2\n"])
    assert target.read_bytes() == "é\n2\n".encode()


def test_a_name_without_a_folder_is_in_the_current_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Output().write("report.txt", ["x"])
    assert os.listdir() == ["report.txt"]


def test_a_report_that_breaks_off_leaves_the_old_one_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "report.txt"
    target.write_text("old")

    def chunks() -> Iterator[str]:
        yield "new"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Output().write(str(target), chunks())
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("report.txt", "old")]


@pytest.mark.skipif(sys.platform == "win32", reason="links and modes as on POSIX")
def test_a_link_stays_a_link_and_a_mode_the_same(tmp_path: Path) -> None:
    real = tmp_path / "real.txt"
    real.write_text("old")
    real.chmod(0o640)
    link = tmp_path / "link.txt"
    link.symlink_to(real)
    Output().write(str(link), ["new"])
    assert link.is_symlink()
    assert real.read_text() == "new"
    assert real.stat().st_mode & 0o777 == 0o640


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such file")
def test_what_is_no_ordinary_file_is_written_and_not_replaced() -> None:
    Output().write(os.devnull, ["text"])
    assert not os.path.isfile(os.devnull)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no such file")
def test_a_full_disk_is_an_error_with_its_reason() -> None:
    with pytest.raises(ReportError, match="cannot write the report to /dev/full: No space left"):
        Output().write("/dev/full", ["text"])


@pytest.mark.parametrize("name", ["folder", "file/below", "nul\0"])
def test_a_place_that_cannot_be_written_is_named(name: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    with pytest.raises(ReportError) as caught:
        Output().write(str(tmp_path / name), ["text"])
    assert "cannot write the report to " in str(caught.value)
    assert str(tmp_path / name) in str(caught.value)


def test_a_dash_is_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    Output().write("-", ["one\n", "two\n"])
    assert capsys.readouterr().out == "one\ntwo\n"


def test_another_stream_can_stand_for_standard_output() -> None:
    stream = io.StringIO()
    Output(stream).write("-", ["text"])
    assert stream.getvalue() == "text"


def test_what_a_terminal_cannot_show_becomes_a_question_mark() -> None:
    raw = io.BytesIO()
    with io.TextIOWrapper(raw, encoding="ascii", newline="") as stream:
        Output(stream).write("-", ["plain\n", "é日\n"])
        assert raw.getvalue() == b"plain\n??\n"


def test_a_closed_stream_is_an_error_with_a_name() -> None:
    stream = io.StringIO()
    stream.close()
    with pytest.raises(ReportError, match="cannot write the report to standard output"):
        Output(stream).write("-", ["text"])


def test_a_process_without_standard_output_is_told() -> None:
    program = (
        "import sys; sys.stdout = None\n"
        "from cov_report import Output, ReportError\n"
        "try: Output().write('-', ['text'])\n"
        "except ReportError as error: sys.exit(str(error))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stderr == "cannot write the report to standard output: it is closed\n"


def test_a_broken_pipe_is_left_to_the_caller() -> None:
    read_end, write_end = os.pipe()
    os.close(read_end)
    with pytest.raises(BrokenPipeError), open(write_end, "w") as stream:
        Output(stream).write("-", ["text"])


def test_the_one_in_memory_keeps_files_and_adds_up_standard_output() -> None:
    output = MemoryOutput()
    output.write("a", ["1"])
    output.write("a", ["2", "3"])
    output.write("-", ["x"])
    output.write("-", ["y"])
    assert output.files == {"a": "23", "-": "xy"}
