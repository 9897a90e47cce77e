"""The sessions of this repository: `nox -l` lists them, CONTRIBUTING.md explains them."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import nox

# Every supported Python, once. tests/repo/test_metadata.py compares the classifiers with it.
PYTHONS = ("3.11", "3.12", "3.13", "3.14", "3.15")
# Providers before consumers.
PACKAGES = ("cov-tracer", "cov-data", "cov-analysis", "cov-report", "cov-cli")
# Compiled, so one wheel for each Python; the others have one wheel for all.
COMPILED = ("cov-tracer",)

ROOT = Path(__file__).parent
CACHE = ROOT / ".nox" / "wheels"
GROUPS = nox.project.load_toml(ROOT / "pyproject.toml")

nox.needs_version = ">=2025.2"
nox.options.default_venv_backend = "virtualenv"
nox.options.error_on_missing_interpreters = False
nox.options.sessions = ["lint", "types", "ctest", "build", "alone", "tests", "coverage"]


def group(name: str) -> list[str]:
    """The requirements of one dependency group of pyproject.toml."""
    return list(nox.project.dependency_groups(GROUPS, name))


def modules() -> list[str]:
    return [package.replace("-", "_") for package in PACKAGES]


def digest(package: str) -> str:
    """A name for the sources of a package: it changes when a file that goes into a wheel does."""
    folder = ROOT / "packages" / package
    found = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts and "changelog.d" not in path.parts:
            found.update(f"{path.relative_to(folder)}\0{path.stat().st_size}\0".encode())
            found.update(path.read_bytes())
    return found.hexdigest()[:16]


def wheel(session: nox.Session, package: str) -> Path:
    """The wheel of a package for the session's Python, built unless the cache has it."""
    folder = CACHE / f"{package}-{digest(package)}"
    if package in COMPILED:
        tag = "import sys; print(sys.implementation.cache_tag + sys.abiflags)"
        folder /= str(session.run("python", "-c", tag, silent=True)).strip()
    if not list(folder.glob("*.whl")):
        source = ROOT / "packages" / package
        session.run(
            "python", "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", str(folder), str(source)
        )
    (built,) = folder.glob("*.whl")
    return built


def install_wheels(session: nox.Session) -> None:
    """Install all five packages as their users get them: from wheels, never editable."""
    # --force-reinstall: the version does not change while the sources do.
    wheels = [str(wheel(session, package)) for package in PACKAGES]
    session.install("--force-reinstall", "--no-deps", *wheels)


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    """The whole suite on built wheels. Arguments go to pytest: nox -s tests-3.13 -- tests/data"""
    install_wheels(session)
    session.install(*group("test"))
    session.run("python", "-m", "pytest", *(session.posargs or ["tests"]))


@nox.session
def coverage(session: nox.Session) -> None:
    """Measure our own suite, in all its processes, with our own tool; report in text and JSON."""
    install_wheels(session)
    session.install(*group("test"))
    session.run("cov", "erase")
    session.run("cov", "run", "-m", "pytest", "-q", *(session.posargs or ["tests"]))
    session.run("cov", "report")
    session.run("cov", "json", "-o", "coverage.json")


@nox.session
@nox.parametrize("package", PACKAGES)
def alone(session: nox.Session, package: str) -> None:
    """Install one package with what it declares and nothing else; import and use all of it."""
    found = [str(wheel(session, name).parent) for name in PACKAGES]
    links = [argument for folder in found for argument in ("--find-links", folder)]
    # --no-index: a stranger's package with a sibling's name must never be taken for it.
    session.install("--no-index", "--force-reinstall", *links, package)
    session.run("python", "-m", "pip", "check")
    session.run("python", str(ROOT / "tools" / "use_alone.py"), str(ROOT / "packages" / package))


@nox.session
def lint(session: nox.Session) -> None:
    """Style and mistakes, without changing a file."""
    session.install(*group("lint"))
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")


@nox.session
def types(session: nox.Session) -> None:
    """mypy --strict everywhere, and the stubs of the C module against the C module."""
    session.install(*group("types"))
    install_wheels(session)
    session.run("mypy", "--strict")
    session.run("python", "-m", "mypy.stubtest", "cov_tracer._tracer")


@nox.session
def ctest(session: nox.Session) -> None:
    """C units that know no Python object, under address and undefined-behaviour sanitizers."""
    session.run("python", str(ROOT / "tools" / "ctest.py"), *session.posargs)


@nox.session
def build(session: nox.Session) -> None:
    """Wheel and sdist of each package, their contents compared with the tree."""
    session.install(*group("build"))
    output = Path(session.create_tmp())
    for stale in (*output.glob("*.whl"), *output.glob("*.tar.gz")):
        stale.unlink()
    for package in PACKAGES:
        session.run("python", "-m", "build", "-o", str(output), str(ROOT / "packages" / package))
    session.run("python", str(ROOT / "tools" / "check_dists.py"), str(output))


@nox.session
def differential(session: nox.Session) -> None:
    """Six real projects' suites under coverage.py and under cov, compared line by line."""
    session.install("packaging", "nox", *group("build"))
    script = ROOT / "tools" / "differential" / "run.py"
    session.run("python", str(script), *session.posargs)


@nox.session
def bench(session: nox.Session) -> None:
    """Workloads under plain Python, cov, and its peers: nox -s bench -- --python 3.14"""
    session.run("python", str(ROOT / "benchmarks" / "run.py"), *session.posargs)


if __name__ == "__main__":
    sys.exit("run me with nox: pip install nox && nox")
