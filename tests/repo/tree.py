"""The files of the project: what git knows, and what it would know if everything were added."""

from __future__ import annotations

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def files(folder: Path = ROOT) -> list[Path]:
    """The project's files below a folder; made ones (caches, bytecode) are not among them."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", "--", "."]
    listed = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    paths = (folder / name for name in listed.stdout.split("\0") if name)
    return [path for path in paths if path.is_file()]
