"""Programs that are run twice, plain and under `cov run`, in a folder of their own.

Lines of a program that must not be reported as run carry the mark `# not run`; all other
statements must be. So nothing a test expects stands anywhere but beside the line it is about.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from support.reports import json_report

from cov_data import JournalReader

VARIABLE: Final = "COV_SETTINGS"
LINUX: Final = sys.platform == "linux"
CORES: Final = (
    ("sysmon", "ctrace", "pytrace") if sys.version_info >= (3, 12) else ("ctrace", "pytrace")
)

_NOT_RUN = re.compile(r"#.*\bnot run\b")
_PATIENCE = 60  # seconds until a process counts as hung


@dataclass(frozen=True)
class Outcome:
    """How a process ended (minus the signal's number if by one) and what it wrote."""

    code: int
    out: str
    err: str


class Program:
    """A folder with a program in it; paths are relative to it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.data_file = root / ".coverage"

    def write(self, name: str, text: str) -> Path:
        """Write a file; the text's indentation is removed."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text).lstrip("\n"), encoding="utf-8")
        return path

    def plain(self, *words: str, **how: Any) -> Outcome:
        """Run `python words` unmeasured."""
        return self.start([sys.executable, *words], **how)

    def run(self, *words: str, flags: Sequence[str] = (), **how: Any) -> Outcome:
        """Run `python flags -m cov_cli run words`."""
        return self.cov("run", *words, flags=flags, **how)

    def cov(self, *words: str, flags: Sequence[str] = (), **how: Any) -> Outcome:
        """Run a command of cov."""
        # Whoever measures the tests themselves measures this process, too.
        env = {VARIABLE: os.environ[VARIABLE]} if VARIABLE in os.environ else {}
        env.update(how.pop("env", {}))
        return self.start([sys.executable, *flags, "-m", "cov_cli", *words], env=env, **how)

    def start(
        self,
        command: Sequence[str],
        *,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        **how: Any,
    ) -> Outcome:
        """Run a command in the folder, unmeasured unless `env` has settings."""
        # Empty, since whoever measures the tests themselves would put it back if it were missing.
        base = {**os.environ, VARIABLE: ""}
        done = subprocess.run(
            command,
            cwd=cwd or self.root,
            env={**base, **(env or {})},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="surrogateescape",
            timeout=_PATIENCE,
            **how,
        )
        return Outcome(done.returncode, done.stdout, done.stderr)

    def report(self, *options: str) -> dict[str, dict[str, Any]]:
        """What `cov json` tells of each file, by name."""
        files: dict[str, dict[str, Any]] = json.loads(json_report(self.root, *options))["files"]
        return files

    def missing(self, *options: str) -> dict[str, list[int]]:
        """The lines that did not run, by file, of all files in the report."""
        return {name: file["missing_lines"] for name, file in self.report(*options).items()}

    def marked(self, *names: str) -> dict[str, list[int]]:
        """What `missing` has to be: the marked lines of these files."""
        return {name: self._marks(self.root / name) for name in names}

    def _marks(self, path: Path) -> list[int]:
        lines = path.read_text(encoding="utf-8").splitlines()
        return [number for number, line in enumerate(lines, 1) if _NOT_RUN.search(line)]

    def journals(self) -> list[JournalReader]:
        """The journals beside the data file."""
        return [JournalReader(path) for path in sorted(self.root.glob("*.cov-journal"))]

    def left_behind(self) -> list[str]:
        """What lies around of ours besides the data file."""
        return sorted(path.name for path in self.root.glob(".coverage?*"))
