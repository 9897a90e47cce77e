"""Every error becomes one line on stderr and an exit code."""

from __future__ import annotations

import errno
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from cov_analysis import NotPython
from cov_cli.errors import ConfigError, NothingToDo, UsageError, describe, say, settle
from cov_data import DataError
from cov_report import ReportError


@pytest.mark.parametrize(
    "error",
    [
        ConfigError("setup.cfg: [coverage:run] branch: wrong"),
        NothingToDo("no data"),
        DataError("x is damaged"),
        ReportError("no such column"),
    ],
)
def test_errors_of_the_packages_are_told_in_their_own_words(
    error: Exception, capsys: pytest.CaptureFixture[str]
) -> None:
    """EXI-02, and stderr in place of stdout (CLI-14)."""
    assert settle(error) == 1
    assert capsys.readouterr() == ("", f"cov: error: {error}\n")


def test_errors_of_the_analysis_are_expected_too() -> None:
    from cov_analysis import Source, analyze

    with pytest.raises(NotPython) as caught:
        analyze(Source.from_bytes("a.py", b"def"))
    assert describe(caught.value) == str(caught.value)
    assert "bug" not in str(caught.value)


def test_a_usage_error_points_at_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    """CLI-07."""
    assert settle(UsageError("no such option: -z", "report")) == 1
    expected = "cov: error: no such option: -z\nTry 'cov help report'.\n"
    assert capsys.readouterr() == ("", expected)
    assert settle(UsageError("no such command: 'x'")) == 1
    assert capsys.readouterr().err.endswith("\nTry 'cov help'.\n")


def test_an_error_of_the_system_names_the_file() -> None:
    error = PermissionError(errno.EACCES, "Permission denied", "data/.coverage")
    assert describe(error) == "data/.coverage: Permission denied"
    both = OSError(errno.EXDEV, "Invalid link", "a", None, "b")
    assert describe(both) == "a: Invalid link: b"


def test_a_bug_is_one_line_with_its_place() -> None:
    """CLI-18 has a traceback there."""

    def broken() -> None:
        raise RuntimeError("two\n  lines")

    with pytest.raises(RuntimeError) as caught:
        broken()
    text = describe(caught.value)
    assert text.startswith("RuntimeError: two lines (at test_errors.py:")
    assert text.endswith("): this is a bug in cov")


def test_running_out_of_memory_is_no_bug() -> None:
    assert describe(MemoryError()) == "out of memory"


def test_an_interrupt_is_quiet(capsys: pytest.CaptureFixture[str]) -> None:
    assert settle(KeyboardInterrupt()) == 130
    assert capsys.readouterr() == ("", "")


def test_a_missing_or_closed_stderr_stops_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    closed = io.StringIO()
    closed.close()
    for stream in (None, closed):
        monkeypatch.setattr(sys, "stderr", stream)
        say("unheard")
        assert settle(NothingToDo("no data")) == 1


@pytest.mark.skipif(os.name == "nt", reason="a directory in use cannot be removed there")
@pytest.mark.parametrize("verb", ["run -m json.tool", "report", "combine", "erase"])
def test_a_directory_that_is_gone_is_named_as_what_is_missing(tmp_path: Path, verb: str) -> None:
    words = [sys.executable, "-m", "cov_cli", *verb.split()]
    program = f"import os, subprocess\nos.rmdir(os.getcwd())\nsubprocess.run({words!r})\n"
    folder = tmp_path / "gone"
    folder.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=folder, capture_output=True, text=True, check=True
    )
    assert done.stderr == "cov: error: the current directory is gone: change to one that exists\n"
