"""Where one project's suite runs on one Python: a venv, and the sdist without its sources."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
from dataclasses import dataclass
from pathlib import Path

from tools.differential.projects import PEER, Project
from tools.wheels import ROOT

CONSTRAINTS = Path(__file__).with_name("constraints.txt")


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


@dataclass(frozen=True)
class Workspace:
    folder: Path
    project: Project
    version: str  # of Python, such as 3.13

    @property
    def python(self) -> str:
        return str(self.folder / "venv" / "bin" / "python")

    @property
    def tree(self) -> Path:
        return self.folder / "tree"

    def prepare(self, *, ours: bool) -> None:
        """Make the venv and unpack the sdist where that is not done; install our wheels afresh."""
        ready = self.folder / "ready"
        wanted = "\n".join([self.project.requirement, *self.project.needs, PEER])
        wanted += "\n" + CONSTRAINTS.read_text()
        if not ready.exists() or ready.read_text() != wanted:
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder.mkdir(parents=True)
            self._install()
            self._unpack()
            ready.write_text(wanted)
        if ours:
            built = run([self.python, str(ROOT / "tools" / "wheels.py")], ROOT).splitlines()
            wheels = [line for line in built if line.endswith(".whl")]  # pip may have had its say
            self._pip("install", "--force-reinstall", "--no-deps", *wheels)

    def _pip(self, *arguments: str) -> None:
        run([self.python, "-m", "pip", "--quiet", *arguments], self.folder)

    def _install(self) -> None:
        run([f"python{self.version}", "-m", "venv", "venv"], self.folder)
        needs = ["pytest", PEER, *self.project.needs]
        self._pip("install", "-c", str(CONSTRAINTS), self.project.requirement, *needs)

    def _unpack(self) -> None:
        name = self.project.name
        self._pip("download", "--no-deps", "--no-binary", name, self.project.requirement)
        (archive,) = self.folder.glob("*.tar.gz")
        with tarfile.open(archive) as sdist:
            sdist.extractall(self.folder, filter="data")
        os.rename(self.folder / archive.name.removesuffix(".tar.gz"), self.tree)
        for source in self.project.sources:
            shutil.rmtree(self.tree / source)


def environment(**extra: str) -> dict[str, str]:
    """What makes suites repeat themselves, and no coverage setting from outside."""
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
