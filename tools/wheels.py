"""Print the wheels of our packages for the Python that runs this, building those that changed.

    python tools/wheels.py [package ...]

Wheels are kept in .nox/wheels, in a folder named after the sources they were made from, so every
nox session and every Python shares the pure ones. Nothing but pip is needed.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CACHE = ROOT / ".nox" / "wheels"
# Parts of a package's folder that never reach a wheel; nor does anything hidden.
IGNORED = {"__pycache__", "changelog.d", "CHANGELOG.md"}


def packages() -> list[str]:
    """The names of our distributions, as the tree has them."""
    return sorted(path.parent.name for path in ROOT.glob("packages/*/pyproject.toml"))


def digest(folder: Path) -> str:
    """A name for the sources in a package's folder: it changes when one of them does."""
    found = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        hidden = any(part.startswith(".") for part in name.parts)
        if path.is_file() and not hidden and not IGNORED.intersection(name.parts):
            content = path.read_bytes()
            found.update(f"{name}\0{len(content)}\0".encode())
            found.update(content)
    return found.hexdigest()[:16]


def wheel(package: str) -> Path:
    """The wheel of one package; raises CalledProcessError when it cannot be built."""
    source = ROOT / "packages" / package
    folder = CACHE / f"{package}-{digest(source)}"
    if (source / "meson.build").exists():  # compiled: one wheel for each Python
        folder /= f"{sys.implementation.cache_tag}{getattr(sys, 'abiflags', '')}"
    if not list(folder.glob("*.whl")):
        folder.mkdir(parents=True, exist_ok=True)
        # Renamed when complete: another session may look for the same wheel meanwhile.
        with tempfile.TemporaryDirectory(dir=folder) as scratch:
            command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps"]
            subprocess.run(
                [*command, "-w", scratch, str(source)], check=True, stdout=sys.stderr.fileno()
            )
            for built in Path(scratch).glob("*.whl"):
                os.replace(built, folder / built.name)
    (found,) = folder.glob("*.whl")
    return found


def main(wanted: list[str]) -> None:
    for package in wanted or packages():
        try:
            print(wheel(package))
        except subprocess.CalledProcessError:  # pip has said why
            sys.exit(f"wheels.py: {package} could not be built for Python {sys.version.split()[0]}")


if __name__ == "__main__":
    main(sys.argv[1:])
