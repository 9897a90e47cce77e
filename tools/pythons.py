"""Interpreters, venvs and processes for the tools that run other people's programs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tools.wheels import ROOT

PYTHONS = ("3.11", "3.12", "3.13", "3.14", "3.15")
PEER = "coverage==7.17.3"


class Failed(Exception):
    """A step that has to work did not; the message has its output."""


def run(command: list[str], cwd: Path, env: dict[str, str] | None = None) -> str:
    """Run a command to its end; its output, both streams. Raises Failed when it exits non-zero."""
    done = subprocess.run(
        command, cwd=cwd, env=env, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    if done.returncode != 0:
        raise Failed(f"{' '.join(command)}: exit code {done.returncode}\n{done.stdout}")
    return done.stdout


def environment(**extra: str) -> dict[str, str]:
    """What makes programs repeat themselves, and no coverage setting from outside."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("COV", "PYTHON", "PYTEST"))}
    return kept | {"PYTHONHASHSEED": "0", "CI": "1", "TZ": "UTC", "LC_ALL": "C.UTF-8"} | extra


def available(version: str) -> bool:
    """Whether python<version> is on PATH and runs (a pyenv shim may be there and fail)."""
    try:
        run([f"python{version}", "-c", "pass"], Path.cwd())
    except (OSError, Failed):
        print(f"python{version} was not found: skipped", file=sys.stderr)
        return False
    return True


class Venv:
    """A virtual environment in `folder`, made by pythonX.Y when it is not there yet."""

    def __init__(self, folder: Path, version: str) -> None:
        self.folder = folder
        self.version = version
        self.python = str(folder / "bin" / "python")
        if not folder.exists():
            run([f"python{version}", "-m", "venv", str(folder)], folder.parent)

    def pip(self, *arguments: str) -> None:
        """Run pip in it, in the folder beside it. Raises Failed."""
        run([self.python, "-m", "pip", "--quiet", *arguments], self.folder.parent)

    def install_ours(self) -> None:
        """Build what is not built yet, and install our five packages from their wheels."""
        printed = run([self.python, str(ROOT / "tools" / "wheels.py")], ROOT).splitlines()
        wheels = [line for line in printed if line.endswith(".whl")]  # pip may have had its say
        self.pip("install", "--force-reinstall", "--no-deps", *wheels)
