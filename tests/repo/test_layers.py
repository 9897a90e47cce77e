"""Who may import whom. The tables are in import order: a module imports only from rows above it.

A row is a module's path below its package, or a pattern for several modules that do not import one
another. A new module gets a row here; a row that matches nothing is an error too.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

LAYERS = {
    "cov_tracer": (
        "_bulk",
        "_tracer",
        "pytracer",
        "__init__",
    ),
    "cov_data": (
        "_version",
        "errors",
        "heads",
        "records",
        "liveness",
        "packing",
        "bulk",
        "journal",
        "schema",
        "naming",
        "copies",
        "ledger",
        "commandlines",
        "processes",
        "pathmap",
        "locking",
        "pages",
        "writing",
        "reading",
        "runs",
        "sources",
        "merging",
        "combining",
        "seal",
        "__init__",
    ),
    "cov_analysis": (
        "_version",
        "errors",
        "source",
        "scanning",
        "tokens",
        "tree",
        "flow.__init__",
        "flow.blocks",
        "flow.constants",
        "flow.walk",
        "quirks.model",
        "quirks.annotate",
        "quirks.leftovers",
        "quirks.__init__",
        "statements",
        "outline",
        "exclusions",
        "regions",
        "facts",
        "packing",
        "cache",
        "worker",
        "recorded",
        "results",
        "explain",
        "dropped",
        "reasons",
        "unreached",
        "__init__",
    ),
    "cov_report": (
        "_version",
        "errors",
        "output",
        "percent",
        "model",
        "crew",
        "staffing",
        "examining",
        "gathering",
        "explanations",
        "explaining",
        "table",
        "formats.__init__",
        "formats.*",
        "registry",
        "__init__",
    ),
    "cov_cli": (
        "_version",
        "measured.globs",
        "measured.__init__",
        "measured.settings",
        "measured.selection",
        "measured.session",
        "bootstrap",
        "errors",
        "slugs",
        "suggesting",
        "kinds",
        "table.__init__",
        "table.row",
        "table.*",
        "options",
        "substitution",
        "configfile",
        "config",
        "checks",
        "packages",
        "preparing",
        "startup",
        "hooks",
        "installing",
        "interpreters",
        "lastwords",
        "sealing",
        "unsealed",
        "progress",
        "datafiles",
        "processes",
        "unmeasured",
        "reporting",
        "commands.__init__",
        "parsing",
        "reference",
        "commands.*",
        "main",
        "__init__",
        "__main__",
    ),
}

# The sibling packages each may import, and the modules where that is narrower.
SIBLINGS = {
    "cov_tracer": set[str](),
    "cov_data": set[str](),
    "cov_analysis": set[str](),
    "cov_report": {"cov_data", "cov_analysis"},
    "cov_cli": {"cov_tracer", "cov_data", "cov_analysis", "cov_report"},
}
ONLY_IMPORTER = {("cov_report", "cov_data"): {"gathering", "explaining"}}

# Modules that a measured process loads, and all that they may import besides one another.
MEASURED = (
    "cov_tracer.*",
    "cov_cli.__init__",
    "cov_cli._version",
    "cov_cli.measured.*",
    "cov_cli.bootstrap",
)
GUEST_IMPORTS = {"sys", "os", "time", "_thread", "_signal"}
# Where no hook can run, the program is run as `python -m` or `python DIR` would: with these.
MORE_GUEST_IMPORTS = {
    "cov_cli.bootstrap": {"runpy", "importlib.machinery"},
}


def source(package: str) -> Path:
    return ROOT / "packages" / package.replace("_", "-") / "src" / package


def modules(package: str) -> dict[str, Path]:
    """The modules of a package, by their dotted path below it."""
    paths = (path for path in source(package).rglob("*.py*") if path.suffix in {".py", ".pyi"})
    return {".".join(p.relative_to(source(package)).with_suffix("").parts): p for p in paths}


ALL = [(package, module) for package in LAYERS for module in sorted(modules(package))]
EVERY_MODULE = pytest.mark.parametrize(
    ("package", "module"), ALL, ids=[f"{package}.{module}" for package, module in ALL]
)


def row(package: str, module: str) -> int | None:
    """The row of a module in its package's table: its own before a pattern; None without one."""
    rows = LAYERS[package]
    if module in rows:
        return rows.index(module)
    return next((n for n, pattern in enumerate(rows) if fnmatchcase(module, pattern)), None)


def is_type_checking(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.If)
        and isinstance(node.test, ast.Name)
        and node.test.id == "TYPE_CHECKING"
    )


def import_nodes(
    node: ast.AST, *, typing: bool, late: bool = True
) -> Iterator[ast.Import | ast.ImportFrom]:
    """Every import statement below a node.

    Those for type checkers come only if `typing`, those inside functions only if `late`.
    """
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import | ast.ImportFrom):
            yield child
        elif (typing or not is_type_checking(child)) and (late or not is_function(child)):
            yield from import_nodes(child, typing=typing, late=late)


def is_package(module: str) -> bool:
    return module.endswith("__init__")


def is_function(node: ast.AST) -> bool:
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)


def imported(package: str, module: str, node: ast.Import | ast.ImportFrom) -> list[str]:
    """The absolute names of the modules that a statement imports."""
    if isinstance(node, ast.Import):
        # The package itself is there already, whoever runs; what counts is what is taken from it.
        return [alias.name for alias in node.names if alias.name != package]
    base = node.module or ""
    if node.level:
        parts = [package, *module.split(".")]
        base = ".".join(parts[: len(parts) - node.level] + ([base] if base else []))
    owner, _, inside = base.partition(".")
    names = []
    for alias in node.names:
        below = f"{inside}.{alias.name}" if inside else alias.name
        is_module = owner in LAYERS and (
            below in modules(owner) or f"{below}.__init__" in modules(owner)
        )
        names.append(f"{base}.{alias.name}" if is_module else base)
    return names


def inner_name(package: str, name: str) -> str:
    """A module's row name from its absolute one: a package stands for its __init__."""
    below = name.removeprefix(package).removeprefix(".")
    if below in modules(package):
        return below
    return f"{below}.__init__".removeprefix(".")


def imports(
    package: str, module: str, *, typing: bool = True, late: bool = True
) -> list[tuple[int, str]]:
    """(line, absolute module name) of everything a module imports, anywhere in it."""
    tree = ast.parse(modules(package)[module].read_text(encoding="utf-8"))
    return [
        (node.lineno, name)
        for node in import_nodes(tree, typing=typing, late=late)
        for name in imported(package, module, node)
    ]


def is_measured(package: str, module: str) -> bool:
    """Whether a measured process may load a module (a stub is for type checkers only)."""
    stub = modules(package)[module].suffix == ".pyi"
    return not stub and any(fnmatchcase(f"{package}.{module}", name) for name in MEASURED)


@EVERY_MODULE
def test_a_module_has_a_row_in_its_packages_table(package: str, module: str) -> None:
    assert row(package, module) is not None, f"add {module} to LAYERS[{package!r}]"


@pytest.mark.parametrize("package", LAYERS)
def test_every_row_of_a_table_is_a_module_that_exists(package: str) -> None:
    found = modules(package)
    unused = [r for r in LAYERS[package] if not any(fnmatchcase(m, r) for m in found)]
    assert unused == []


@EVERY_MODULE
def test_a_module_imports_only_from_rows_above_its_own(package: str, module: str) -> None:
    own = row(package, module)
    assert own is not None
    for line, name in imports(package, module):
        if name == package or name.startswith(f"{package}."):
            other = inner_name(package, name)
            above = row(package, other)
            assert above is not None and above < own, f"{module}:{line} imports {other}"


@EVERY_MODULE
def test_a_package_imports_only_the_siblings_below_it(package: str, module: str) -> None:
    for line, name in imports(package, module):
        owner = name.partition(".")[0]
        if owner in LAYERS and owner != package:
            assert owner in SIBLINGS[package], f"{package}.{module}:{line} imports {name}"
            allowed = ONLY_IMPORTER.get((package, owner), {module})
            assert module in allowed, f"{package}.{module}:{line} imports {name}"


@EVERY_MODULE
def test_a_module_of_the_measured_process_imports_little(package: str, module: str) -> None:
    if not is_measured(package, module):
        return
    # An __init__ looks its public names up when somebody asks, which no measured process does.
    for line, name in imports(package, module, typing=False, late=not is_package(module)):
        owner = name.partition(".")[0]
        if owner in LAYERS:
            below = inner_name(owner, name)
            guest = any(fnmatchcase(f"{owner}.{below}", pattern) for pattern in MEASURED)
            assert guest, f"{package}.{module}:{line} imports {name}"
        else:
            allowed = GUEST_IMPORTS | MORE_GUEST_IMPORTS.get(f"{package}.{module}", set())
            assert name in allowed, f"{package}.{module}:{line} imports {name}"


@EVERY_MODULE
def test_a_module_of_the_measured_process_imports_nothing_later(package: str, module: str) -> None:
    # The user's own files may shadow the standard library by then.
    if not is_measured(package, module) or is_package(module):
        return
    tree = ast.parse(modules(package)[module].read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if is_function(node):
            late = list(import_nodes(node, typing=False))
            assert late == [], f"{package}.{module}:{late[0].lineno} imports inside a function"
