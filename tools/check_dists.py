"""Compare the wheels and sdists in a folder with the tree they were made from.

    python tools/check_dists.py FOLDER

A wheel holds exactly what the project has under the package's `src` (and what is compiled); an
sdist holds the package's folder. The tracer's sdist is made from what is committed.
"""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ROOT / "packages"
# Made by the build backend, not in the tree.
GENERATED = {"PKG-INFO", ".gitignore"}


def tracked(folder: Path) -> set[str]:
    """Paths below a folder, relative to it, that belong to the project."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", "."]
    listed = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    return {name for name in listed.stdout.splitlines() if (folder / name).exists()}


def is_compiled(name: str) -> bool:
    return name.endswith((".so", ".pyd"))


def wheel_problems(wheel: Path) -> list[str]:
    """What a wheel has too much or too little; empty when it is right."""
    package = wheel.name.split("-")[0].replace("_", "-")
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if not name.endswith("/")}
    info = {name for name in names if ".dist-info/" in name}
    expected = tracked(PACKAGES / package / "src")
    problems = differences(wheel.name, {n for n in names - info if not is_compiled(n)}, expected)
    if (PACKAGES / package / "meson.build").exists() != any(map(is_compiled, names)):
        problems.append(f"{wheel.name}: an extension module is missing, or there is one too many")
    for ending in ("/METADATA", "/RECORD", "/licenses/LICENSE"):
        if not any(name.endswith(ending) for name in info):
            problems.append(f"{wheel.name}: no *.dist-info{ending}")
    return problems


def sdist_problems(sdist: Path) -> list[str]:
    """What an sdist has too much or too little; empty when it is right."""
    package = sdist.name.rsplit("-", 1)[0].replace("_", "-")
    with tarfile.open(sdist) as archive:
        names = {member.name.split("/", 1)[1] for member in archive if member.isfile()}
    return differences(sdist.name, names - GENERATED, tracked(PACKAGES / package))


def differences(archive: str, found: set[str], expected: set[str]) -> list[str]:
    missing = [f"{archive}: {name} is missing" for name in sorted(expected - found)]
    return missing + [f"{archive}: {name} does not belong" for name in sorted(found - expected)]


def main(folder: Path) -> int:
    wheels, sdists = sorted(folder.glob("*.whl")), sorted(folder.glob("*.tar.gz"))
    problems = [problem for wheel in wheels for problem in wheel_problems(wheel)]
    problems += [problem for sdist in sdists for problem in sdist_problems(sdist)]
    expected = len(list(PACKAGES.glob("*/pyproject.toml")))
    if not len(wheels) == len(sdists) == expected:
        problems.append(f"{expected} packages, {len(wheels)} wheels, {len(sdists)} sdists")
    print(
        "\n".join(problems) or f"{len(wheels)} wheels and {len(sdists)} sdists are as the tree is"
    )
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
