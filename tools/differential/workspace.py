"""Where one project's suite runs on one Python: a venv, and the sdist without its sources."""

from __future__ import annotations

import os
import shutil
import tarfile
from dataclasses import dataclass
from pathlib import Path

from tools.differential.projects import Project
from tools.pythons import PEER, Venv

CONSTRAINTS = Path(__file__).with_name("constraints.txt")


@dataclass(frozen=True)
class Workspace:
    folder: Path
    project: Project
    version: str  # of Python, such as 3.13

    @property
    def venv(self) -> Venv:
        return Venv(self.folder / "venv", self.version)

    @property
    def tree(self) -> Path:
        return self.folder / "tree"

    def prepare(self, *, ours: bool) -> None:
        """Make the venv and unpack the sdist where that is not done; install our wheels afresh."""
        ready = self.folder / "ready"
        project = self.project
        wanted = "\n".join([project.requirement, *project.needs, PEER, "", *project.sources])
        wanted += "\n" + CONSTRAINTS.read_text()
        if not ready.exists() or ready.read_text() != wanted:
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder.mkdir(parents=True)
            self._install()
            self._unpack()
            ready.write_text(wanted)
        if ours:
            self.venv.install_ours()

    def _install(self) -> None:
        needs = ["pytest", PEER, *self.project.needs]
        self.venv.pip("install", "-c", str(CONSTRAINTS), self.project.requirement, *needs)

    def _fetch(self) -> Path:
        """The project's sdist, fetched once for all Pythons: pip takes its time for each."""
        shelf = self.folder.parent / "sdists" / self.project.requirement
        if not list(shelf.glob("*.tar.gz")):
            shelf.mkdir(parents=True, exist_ok=True)
            what = ("--no-binary", self.project.name, self.project.requirement)
            self.venv.pip("download", "--no-deps", "--dest", str(shelf), *what)
        (archive,) = shelf.glob("*.tar.gz")
        return archive

    def _unpack(self) -> None:
        archive = self._fetch()
        with tarfile.open(archive) as sdist:
            sdist.extractall(self.folder, filter="data")
        os.rename(self.folder / archive.name.removesuffix(".tar.gz"), self.tree)
        for source in self.project.sources:
            shutil.rmtree(self.tree / source)
