"""The only place that writes files, and its twin that keeps them in memory."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterable
from typing import TextIO

from .errors import ReportError

STDOUT = "-"


class Output:
    """Writes the files of a report. The name "-" is standard output.

    `stdout` replaces standard output: any text stream.
    """

    def __init__(self, stdout: TextIO | None = None) -> None:
        self._stdout = stdout

    def write(self, name: str, chunks: Iterable[str]) -> None:
        """Write one whole file as UTF-8, creating the folders above it.

        A file is replaced only once its new content is complete: no half report is left behind.
        Raises ReportError when that fails; a broken pipe stays a BrokenPipeError.
        """
        try:
            if name == STDOUT:
                _to_stream(self._stdout or sys.stdout, chunks)
            else:
                _to_file(name, chunks)
        except BrokenPipeError:
            raise  # the reader of our output went away: that is no failure of ours
        except (OSError, ValueError) as error:
            where = "standard output" if name == STDOUT else name
            # ValueError: a closed stream, or a name with a NUL in it.
            reason = getattr(error, "strerror", None) or str(error)
            raise ReportError(f"cannot write the report to {where}: {reason}") from error


class MemoryOutput(Output):
    """Keeps what is written in `files`, by name; standard output is "-"."""

    def __init__(self) -> None:
        super().__init__()
        self.files: dict[str, str] = {}

    def write(self, name: str, chunks: Iterable[str]) -> None:
        before = self.files.get(name, "") if name == STDOUT else ""
        self.files[name] = before + "".join(chunks)


def _to_stream(stream: TextIO | None, chunks: Iterable[str]) -> None:
    if stream is None:
        raise ValueError("it is closed")
    for chunk in chunks:
        try:
            stream.write(chunk)
        except UnicodeEncodeError:
            # An ASCII terminal: a report with a few question marks beats none.
            encoding = stream.encoding or "ascii"
            stream.write(chunk.encode(encoding, "replace").decode(encoding))
    stream.flush()


def _to_file(name: str, chunks: Iterable[str]) -> None:
    path = os.path.realpath(name)  # a link stays a link
    if os.path.exists(path) and not os.path.isfile(path):
        # A pipe, /dev/null, or a folder (which open() refuses in plain words).
        with open(path, "w", encoding="utf-8", errors="replace", newline="") as stream:
            stream.writelines(chunks)
        return
    folder = os.path.dirname(path)
    os.makedirs(folder, exist_ok=True)
    temporary = os.path.join(folder, f".cov-{os.urandom(6).hex()}.tmp")
    try:
        with open(temporary, "x", encoding="utf-8", errors="replace", newline="") as stream:
            stream.writelines(chunks)
        with contextlib.suppress(FileNotFoundError):
            os.chmod(temporary, os.stat(path).st_mode & 0o7777)
        os.replace(temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise
