"""The sessions of this repository: `nox -l` lists them, CONTRIBUTING.md explains them."""

from __future__ import annotations

import sys
from pathlib import Path

import nox

# Every supported Python, once. tests/repo/test_metadata.py compares the classifiers with it.
PYTHONS = ("3.11", "3.12", "3.13", "3.14", "3.15")
# Providers before consumers.
PACKAGES = ("cov-tracer", "cov-data", "cov-analysis", "cov-report", "cov-cli")

ROOT = Path(__file__).parent
TOOLS = ROOT / "tools"
GROUPS = nox.project.load_toml(ROOT / "pyproject.toml")

nox.needs_version = ">=2025.2"
nox.options.default_venv_backend = "virtualenv"
nox.options.error_on_missing_interpreters = False
nox.options.sessions = ["lint", "types", "ctest", "build", "alone", "tests", "coverage"]


def group(name: str) -> list[str]:
    """The requirements of one dependency group of pyproject.toml."""
    return list(nox.project.dependency_groups(GROUPS, name))


def wheels(session: nox.Session) -> list[str]:
    """The wheels of all five packages for the session's Python, built unless they exist already."""
    output = session.run("python", str(TOOLS / "wheels.py"), silent=True, stderr=None)
    return str(output).split()


def install_wheels(session: nox.Session) -> None:
    """Install all five packages as their users get them: from wheels, never editable."""
    # --force-reinstall: the version does not change while the sources do.
    session.install("--force-reinstall", "--no-deps", *wheels(session))


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    """The whole suite on built wheels. Arguments go to pytest: nox -s tests-3.13 -- tests/data"""
    install_wheels(session)
    session.install(*group("test"))
    session.run("python", "-m", "pytest", *(session.posargs or ["tests"]))


@nox.session(python=PYTHONS)
def systems(session: nox.Session) -> None:
    """Servers, queues and test runners of other people, used plain and under cov."""
    install_wheels(session)
    pins = str(ROOT / "tests" / "systems" / "constraints.txt")
    session.install("--only-binary", ":all:", "--constraint", pins, *group("systems"))
    session.run("python", "-m", "pytest", *(session.posargs or ["tests/systems"]))


@nox.session
def coverage(session: nox.Session) -> None:
    """Measure our own suite, in all its processes, with our own tool; report in text and JSON."""
    install_wheels(session)
    session.install(*group("test"))
    session.run("cov", "erase")
    try:
        session.run("cov", "run", "-m", "pytest", "-q", *(session.posargs or ["tests"]))
    finally:  # what a failing suite has covered is worth knowing too
        session.run("cov", "report")
        session.run("cov", "json", "-o", "coverage.json")


@nox.session
@nox.parametrize("package", PACKAGES)
def alone(session: nox.Session, package: str) -> None:
    """Install one package with what it declares and nothing else; import and use all of it."""
    links = [word for path in wheels(session) for word in ("--find-links", str(Path(path).parent))]
    # --no-index: a stranger's package with a sibling's name must never be taken for it.
    session.install("--no-index", "--force-reinstall", *links, package)
    session.run("python", "-m", "pip", "check")
    session.run("python", str(TOOLS / "use_alone.py"), str(ROOT / "packages" / package))


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
    for version in (PYTHONS[0], PYTHONS[-1]):  # what only newer Pythons run is checked as well
        session.run("mypy", "--strict", "--python-version", version)
    session.run("python", "-m", "mypy.stubtest", "cov_tracer._tracer", "cov_tracer._bulk")


@nox.session
def ctest(session: nox.Session) -> None:
    """C units that know no Python object, under address and undefined-behaviour sanitizers."""
    session.run("python", str(TOOLS / "ctest.py"), *session.posargs)


@nox.session
def build(session: nox.Session) -> None:
    """Wheel and sdist of each package, their contents compared with the tree."""
    session.install(*group("build"))
    output = Path(session.create_tmp())
    for stale in (*output.glob("*.whl"), *output.glob("*.tar.gz")):
        stale.unlink()
    for package in PACKAGES:
        session.run("python", "-m", "build", "-o", str(output), str(ROOT / "packages" / package))
    session.run("python", str(TOOLS / "check_dists.py"), str(output))


@nox.session
def differential(session: nox.Session) -> None:
    """Real projects' suites under coverage.py and under cov, compared line by line."""
    session.run("python", "-m", "tools.differential", *session.posargs)


@nox.session(python=PYTHONS)
def fuzz(session: nox.Session) -> None:
    """Made-up programs under every event source: nox -s fuzz-3.14 -- --programs 2000

    nox -s fuzz-3.14 -- --hostile 10000: mutated source for the analyser instead.
    """
    install_wheels(session)
    session.run("python", "-m", "tools.fuzz", *session.posargs)


@nox.session
def bench(session: nox.Session) -> None:
    """Workloads under plain Python, cov, and its peers: nox -s bench -- --python 3.14

    nox -s bench -- combine: what combining the data of a thousand processes costs.
    nox -s bench -- report: what a report of a big package costs, the first time and the next.
    nox -s bench -- idle: what the startup hook costs a Python that nobody measures.
    """
    what, words = "run", session.posargs
    if words and words[0] in ("combine", "report", "idle"):
        what, *words = words
    session.run("python", "-m", f"benchmarks.{what}", *words)


if __name__ == "__main__":
    sys.exit("run me with nox: pip install nox && nox")
