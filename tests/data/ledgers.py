"""A writer of ledgers in plain Python, after docs/formats/ledger.md and nothing else.

It shares no code with the reader, so that the two check each other.
"""

from __future__ import annotations

import os
from pathlib import Path

SECOND = 1_000_000_000
BEGIN = 1_700_000_000 * SECOND
RUN = "11" * 16
GONE = 2**22 + 1  # No process has this pid.


def line(kind: str, **values: str | int | list[str]) -> bytes:
    """One record with its check, as it stands in the file."""
    fields = [kind]
    for key, value in values.items():
        for item in value if isinstance(value, list) else [str(value)]:
            escaped = item.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")
            fields.append(f"{key}={escaped}")
    body = "\t".join(fields).encode("utf-8", "surrogatepass")
    return b"cov1\t%x\t%s\n" % (sum(body) % 2**32, body)


class LedgerWriter:
    """Builds the lines of one ledger. Times are in seconds since the run began."""

    def __init__(
        self,
        *,
        run: str = RUN,
        created_ns: int = BEGIN,
        mode: str = "fresh",
        host: str | None = None,
        data_file: str = "",
    ) -> None:
        self.run = run
        self.created = created_ns
        self.mode = mode
        self.host = os.uname().nodename if host is None else host
        self.data_file = data_file
        self.lines: list[bytes] = []
        self._starts = 0

    def record(self, kind: str, pid: int, at: float, **values: str | int | list[str]) -> None:
        time = self.created + int(at * SECOND)
        self.lines.append(line(kind, pid=pid, time=time, **values))

    def began(self, pid: int = 100, argv: str = "python prog.py") -> LedgerWriter:
        """The record of the run itself."""
        about: dict[str, str | int | list[str]] = {"run": self.run, "created": self.created}
        about |= {"mode": self.mode, "host": self.host, "cwd": "/work", "argv": argv.split()}
        if self.data_file:
            about["data_file"] = self.data_file
        self.record("run", pid, 0, **about)
        return self

    def armed(
        self,
        pid: int,
        at: float,
        argv: str = "python child.py",
        *,
        how: str = "hook",
        ppid: int = 0,
        token: int = 0,
        executable: str = "/usr/bin/python",
        **values: str | int,
    ) -> LedgerWriter:
        about: dict[str, str | int | list[str]] = {"how": how, "ppid": ppid, "start": token}
        if how != "fork":
            about |= {"argv": argv.split(), "executable": executable}
            about |= {"python": "3.14.0", "core": "sysmon"}
        self.record("armed", pid, at, **about, **values)
        return self

    def start(
        self,
        pid: int,
        at: float,
        argv: str | list[str],
        *,
        how: str = "subprocess",
        child: int = 0,
        place: str = "/work/build.py:41",
        **values: str | int,
    ) -> str:
        """Returns the start's id."""
        self._starts += 1
        identity = f"{pid}.{self._starts}"
        file, _, number = place.rpartition(":")
        words = argv.split() if isinstance(argv, str) else argv
        about: dict[str, str | int | list[str]] = {"id": identity, "how": how, "file": file}
        about |= {"line": number, "argv": words}
        if child:
            about["child"] = child
        self.record("start", pid, at, **{**about, **values})
        return identity

    def ended(self, pid: int, at: float) -> LedgerWriter:
        self.record("ended", pid, at)
        return self

    def to_bytes(self) -> bytes:
        return b"".join(self.lines)

    def save_beside(self, data_file: Path) -> Path:
        """Write it under the name it has beside a data file."""
        host = self.host.replace(".", "_")
        path = data_file.with_name(f"{data_file.name}.{host}.{self.run}.cov-ledger-journal")
        path.write_bytes(self.to_bytes())
        return path
