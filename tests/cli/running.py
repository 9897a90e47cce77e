"""Running the command as its users do: in a process of its own, in a directory of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Outcome:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str


class Project:
    """A directory in which `cov` is run."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def write(self, name: str, text: str) -> Path:
        """Write a file below the directory, as UTF-8."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def cov(self, *words: str, env: Mapping[str, str] | None = None) -> Outcome:
        """Run `cov` with these words and return what came of it."""
        done = subprocess.run(
            [sys.executable, "-m", "cov_cli", *words],
            cwd=self.root,
            env={**os.environ, **(env or {})},
            capture_output=True,
            encoding="utf-8",
            timeout=60,
        )
        assert "Traceback" not in done.stderr, done.stderr
        return Outcome(done.returncode, done.stdout, done.stderr)

    def fails(self, *words: str, code: int = 1, env: Mapping[str, str] | None = None) -> str:
        """Run `cov`, which must fail with nothing on stdout; return its one line on stderr."""
        outcome = self.cov(*words, env=env)
        assert (outcome.code, outcome.out) == (code, ""), outcome
        line, *rest = outcome.err.splitlines()
        assert not rest or (len(rest) == 1 and rest[0].startswith("Try 'cov help")), outcome.err
        return line
