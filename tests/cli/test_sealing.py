"""The helper that saves the data when a program has ended."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from cov_cli.measured.settings import Settings


@pytest.mark.parametrize(
    ("data_file", "reason"),
    [
        pytest.param("nowhere\0/data", "this is a bug in cov", id="unexpected"),
        pytest.param("file/data", "file", id="expected"),
    ],
)
def test_whatever_goes_wrong_is_one_line_and_not_the_exit_code(
    tmp_path: Path, data_file: str, reason: str
) -> None:
    """The program has ended well, and its journals wait for the next report."""
    (tmp_path / "file").touch()
    settings = Settings(data_file=data_file, run="0" * 32, created=1)
    command = "import sys; from cov_cli.sealing import main; main(sys.argv[1])"
    # No word of a command line has a NUL: it is put back where it was.
    command = command.replace("sys.argv[1]", "sys.argv[1].replace('%', chr(0))")
    done = subprocess.run(
        [sys.executable, "-c", command, settings.pack().replace("\0", "%")],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith("cov: the data could not be saved, its journals are kept: ")
    assert reason in line
