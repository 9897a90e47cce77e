"""Python environments made for one test: venvs, bases, user sites, with or without our wheels."""

from __future__ import annotations

import importlib.metadata
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from support.program import VARIABLE, Outcome

from cov_cli.measured.settings import Settings

OURS = ("cov-tracer", "cov-data", "cov-analysis", "cov-report", "cov-cli")
VERSION = f"python{sys.version_info.major}.{sys.version_info.minor}"
_BASE = os.path.realpath(sys._base_executable)  # type: ignore[attr-defined]
_UNWANTED = (VARIABLE, "COVERAGE_", "PYTHONPATH", "PYTHONUSERBASE", "PYTHONDONTWRITEBYTECODE")
_PATIENCE = 60  # seconds until a process counts as hung


class Environment:
    """An interpreter and the directory in which its packages lie."""

    def __init__(self, python: Path, site: Path) -> None:
        self.python = str(python)
        self.site = site
        self.variables: dict[str, str] = {}

    def install(self, *distributions: str) -> None:
        """Install what is installed for the tests, as pip leaves it."""
        install(self.site, *distributions)

    def run(
        self,
        *words: str,
        cwd: Path,
        env: Mapping[str, str] | None = None,
        before: Callable[[], None] | None = None,
    ) -> Outcome:
        """Run this Python in a directory, unmeasured unless `env` has settings."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(_UNWANTED)}
        wanted = {**kept, **self.variables, **(env or {})}
        command = [self.python, *words]
        if VARIABLE not in wanted:
            # Whoever measures the tests themselves puts it into the environment of any process.
            command = ["env", "-u", VARIABLE, *command]
        done = subprocess.run(
            command,
            cwd=cwd,
            env=wanted,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=_PATIENCE,
            preexec_fn=before,
        )
        return Outcome(done.returncode, done.stdout, done.stderr)

    def cov(self, *words: str, cwd: Path, env: Mapping[str, str] | None = None) -> Outcome:
        """Run the cov that is installed in it; who measures the tests measures that."""
        known = {VARIABLE: os.environ[VARIABLE]} if VARIABLE in os.environ else {}
        return self.run("-m", "cov_cli", *words, cwd=cwd, env={**known, **(env or {})})

    def arms(self, folder: Path, *flags: str) -> bool:
        """Whether a program that is started with settings is measured. It must not notice."""
        program = folder / "prog.py"
        program.write_text("import sys\nprint(len(sys.argv))\n", encoding="utf-8")
        outcome = self.run(*flags, "prog.py", cwd=folder, env=settings(folder))
        assert outcome == Outcome(0, "1\n", ""), outcome
        journals = list(folder.glob("*.cov-journal"))
        for path in (*journals, *folder.glob("*.cov-ledger-journal")):
            path.unlink()
        assert len(journals) <= 1
        return bool(journals)


def settings(folder: Path) -> dict[str, str]:
    """What `cov run` would put into the environment of a program in a folder."""
    data_file = str(folder / ".coverage")
    run = Settings(data_file=data_file, run="5" * 32, created=time.time_ns(), cwd=str(folder))
    return {VARIABLE: run.pack()}


def install(site: Path, *distributions: str) -> None:
    """Copy installed distributions to another directory for packages."""
    site.mkdir(parents=True, exist_ok=True)
    for name in distributions:
        try:
            files = importlib.metadata.files(name)
        except importlib.metadata.PackageNotFoundError:
            pytest.skip(f"{name} is not installed: use nox -s tests")
        for file in files or ():
            if file.parts[0] != ".." and "__pycache__" not in file.parts:
                target = site / file
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(str(file.locate()), target)


def make_venv(folder: Path, *, system: bool = False, base: Path | None = None) -> Environment:
    """A venv without pip, over a base (by default the one that runs the tests)."""
    binaries = (base / "bin" if base else Path(_BASE).parent).resolve()
    site = folder / "lib" / VERSION / "site-packages"
    site.mkdir(parents=True)
    (folder / "bin").mkdir()
    python = folder / "bin" / VERSION
    python.symlink_to(binaries / (VERSION if base else Path(_BASE).name))
    told = str(system).lower()
    text = f"home = {binaries}\ninclude-system-site-packages = {told}\n"
    (folder / "pyvenv.cfg").write_text(text, encoding="utf-8")
    return Environment(python, site)


def make_our_venv(folder: Path) -> Environment:
    """A venv with our wheels in it, and nothing else."""
    environment = make_venv(folder)
    environment.install(*OURS)
    return environment


def make_base(folder: Path) -> Environment:
    """A Python installation of its own: the same interpreter and library, no packages."""
    library = folder / "lib" / VERSION
    library.mkdir(parents=True)
    for entry in Path(os.__file__).parent.iterdir():
        if entry.name not in ("site-packages", "dist-packages", "sitecustomize.py"):
            (library / entry.name).symlink_to(entry)
    (folder / "bin").mkdir()
    python = folder / "bin" / VERSION
    python.symlink_to(_BASE)
    code = "import sysconfig; print(sysconfig.get_path('purelib'))"
    environment = Environment(python, folder)
    environment.variables = {"PYTHONHOME": str(folder)}
    outcome = environment.run("-c", code, cwd=folder)
    environment.site = Path(outcome.out.strip())
    assert folder in environment.site.parents, outcome
    return environment
